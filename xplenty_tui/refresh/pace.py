"""How often a screen wants what it draws from. Light: the first frame needs it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a screen wants a kind that it draws from."""

    every_s: float
    """Seconds between two looks at what changed."""
    progress_s: float | None = None
    """Seconds between two looks at the progress of what runs; None: not shown here."""
    gone: bool = True
    """Whether deleted items have to go from the screen while it is looked at."""

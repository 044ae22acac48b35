"""Where a person has been, as in a browser: back, forward, and the last places. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

LONGEST = 100
"""Places that are remembered; the oldest are forgotten first."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that can be gone to again, also when it was closed."""

    section: str
    """The section in whose stack it lay."""
    kind: str
    """The name of the place: a kind, or ``triage``."""
    key: str = ""
    """The item's key; empty for a list or the first place of a section."""
    title: str = field(default="", compare=False)
    """What a person calls it."""


class Trail:
    """The places of one session in the order in which they were seen."""

    def __init__(self) -> None:
        self._spots: list[Spot] = []
        self._at = -1

    @property
    def here(self) -> Spot | None:
        """The place that is seen; None before the first."""
        return self._spots[self._at] if self._spots else None

    def visit(self, spot: Spot) -> None:
        """Note a place that came to the front. One that back or forward led to changes nothing but its title."""
        if spot == self.here:
            self._spots[self._at] = spot
            return
        self._spots[self._at + 1 :] = [spot]
        del self._spots[:-LONGEST]
        self._at = len(self._spots) - 1

    def back(self) -> Spot | None:
        """Return the place before, and be there; None when there is none."""
        return self._move(-1)

    def forward(self) -> Spot | None:
        """Return the place that back came from, and be there; None when there is none."""
        return self._move(1)

    def _move(self, step: int) -> Spot | None:
        if not 0 <= self._at + step < len(self._spots):
            return None
        self._at += step
        return self._spots[self._at]

    def recent(self, most: int) -> list[Spot]:
        """Return the last places, the latest first, each once and without the one that is seen."""
        before = [*reversed(self._spots[: max(self._at, 0)]), *self._spots[self._at + 1 :]]
        return [spot for spot in dict.fromkeys(before) if spot != self.here][:most]

    def clear(self) -> None:
        """Forget all: they belong to another session."""
        self._spots.clear()
        self._at = -1

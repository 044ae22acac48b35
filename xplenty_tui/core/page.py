"""A page is a list of blocks: headings, rows and short lists. Pure; widgets draw it, tests read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from xplenty_tui.core.declare import Resource, Row, Tone


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a part of a page."""

    name: str
    """Which part: the section's name."""
    title: str
    hint: str = ""
    """Said dim behind the title: ``1 credit``, ``loading``, ``3 of 12 loaded``."""
    open: bool | None = None
    """Folded (False) or unfolded (True) by ``enter``; None: always open."""
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Listing:
    """A few items of a kind inside a page, drawn with that kind's own columns; ``enter`` on one opens it."""

    resource: Resource[Any]
    items: tuple[Any, ...]
    columns: tuple[str, ...] = ()
    """Names of the columns wanted; empty: all that fit."""
    head: bool = True
    """Whether the column heads are drawn."""


Block = Heading | Row | Listing

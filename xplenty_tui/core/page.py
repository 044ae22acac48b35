"""A page is a list of blocks: headings, rows, entries and short lists. Pure; widgets draw it, tests read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from xplenty_tui.core.declare import Context, Link, Resource, Row, Tone

Sign = tuple[str, Tone]
"""A symbol of one cell, and its meaning."""


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
    ends: tuple[str, ...] = ()
    """Heads of the right-hand texts of the entries below."""
    passed: bool = False
    """The cursor passes over it: there is nothing to open."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line that stands for something: a sign, a name, a sentence about it, short texts at its right end."""

    key: str
    """What stays the same when the page is made anew, wherever the entry is then: the cursor stays on it."""
    sign: Sign
    name: str
    """What it is called; cut in the middle where it must be."""
    text: str = ""
    """What there is to say; cut at its end where it must be."""
    ends: tuple[str, ...] = ()
    """Texts at the right end, each as wide as the widest of its part."""
    detail: str = ""
    """A second line, dim; empty: none."""
    link: Link | None = None
    """``enter`` goes there."""
    open: bool | None = None
    """Folded (False) or unfolded (True); None: there is nothing in it."""
    depth: int = 0
    """How far it stands in: an entry that another one holds has 1."""
    dim: bool = False
    """It matters no more: drawn dim, its sign as well."""
    holds: tuple[str, ...] = ()
    """Keys of entries that are folded into this one: a cursor that was on one of them is here now."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A few items of a kind inside a page, drawn with that kind's own columns; ``enter`` on one opens it."""

    resource: Resource[Any]
    items: tuple[Any, ...]
    columns: tuple[str, ...] = ()
    """Names of the columns wanted; empty: all that fit."""
    head: bool = True
    """Whether the column heads are drawn."""
    beside: bool = False
    """The heads of all columns but the first stand on the line of the heading above: two lines fewer."""
    sign: Callable[[Any, Context], Sign] | None = None
    """The symbol before each item; None: none."""


Block = Heading | Row | Entry | Listing

"""Which columns a terminal of some width shows, and how wide each is. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from xplenty_tui.core.declare import Column

C = TypeVar("C", bound=Column[Any])

GAP = 2
"""Empty cells between two columns."""
GUTTER = 2
"""Cells before the first column, where the mark of a marked item stands."""
NARROWEST = 6
"""A column that grows is never shrunk below this to make others fit."""


def fit(columns: Sequence[C], width: int, *, gap: int = GAP, gutter: int = GUTTER) -> list[tuple[C, int]]:
    """Return the columns that fit into ``width`` cells, in their declared order, each with its cells.

    The highest rank leaves first, of one rank the last declared; rank 1 stays, made narrower if it must be.
    Cells left over go to the columns that grow. A wider terminal never loses a column that a narrower one has.
    """
    room = max(width - gutter, 1)
    kept = list(columns)
    while _needed(_widths(kept), gap) > room:
        last = max(kept, key=lambda column: column.rank)  # of equals max takes the first
        if last.rank <= 1 or len(kept) == 1:
            return _squeeze(kept, room, gap)
        kept.remove(next(column for column in reversed(kept) if column.rank == last.rank))
    widths = _widths(kept)
    spare = room - _needed(widths, gap)
    return [(column, wide) for column, wide in zip(kept, _grown(kept, widths, spare), strict=True)]


def _widths(columns: Iterable[Column[Any]]) -> list[int]:
    return [max(column.width, 1) for column in columns]


def _needed(widths: Sequence[int], gap: int) -> int:
    return sum(widths) + gap * max(len(widths) - 1, 0)


def _grown(columns: Sequence[Column[Any]], widths: list[int], spare: int) -> list[int]:
    """Share the spare cells by ``grow``; what does not divide goes to the first that grow."""
    shares = [max(column.grow, 0) for column in columns]
    total = sum(shares)
    if not total:
        return widths
    extra = [spare * share // total for share in shares]
    rest = spare - sum(extra)
    for place, share in enumerate(shares):
        if share and rest:
            extra[place] += 1
            rest -= 1
    return [wide + more for wide, more in zip(widths, extra, strict=True)]


def _squeeze(columns: list[C], room: int, gap: int) -> list[tuple[C, int]]:
    """Shrink the columns that grow, the widest first; when that is not enough, cut from the right."""
    widths = _widths(columns)
    can = [place for place, column in enumerate(columns) if column.grow and widths[place] > NARROWEST]
    while can and _needed(widths, gap) > room:
        widest = max(can, key=lambda place: widths[place])
        widths[widest] -= 1
        can = [place for place in can if widths[place] > NARROWEST]
    shown: list[tuple[C, int]] = []
    for column, wide in zip(columns, widths, strict=True):
        left = room - (gap if shown else 0)
        if left < 1:
            break
        shown.append((column, min(wide, left)))
        room = left - min(wide, left)
    return shown

"""Runs drawn as text, a cell or a few each: how they came out, how long they took, a grid of steps. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from xplenty_tui.core.widths import cells, pad

LEVELS = "▁▂▃▄▅▆▇█"
ASCII_LEVELS = "_,:-=+*#"
"""From short to long, where blocks cannot be shown."""


def newest(symbols: Sequence[str], width: int) -> str:
    """Return the last of ``symbols`` (one cell each, the newest last) that have room in ``width`` cells."""
    return "".join(symbols[-width:]) if width > 0 else ""


def spark(values: Sequence[float | None], width: int, *, ascii_: bool = False, unknown: str = " ") -> str:
    """Return the last of ``values`` that have room, each a block as high as its part of the largest.

    What is not told is ``unknown`` (one cell). The scale begins at nothing, so that twice as high is twice as long.
    """
    shown = values[-width:] if width > 0 else ()
    told = [value for value in shown if value is not None and isfinite(value) and value >= 0]
    most = max(told, default=0.0)
    drawn = (level(value, most, ascii_=ascii_) for value in shown)
    return "".join(unknown if one == " " else one for one in drawn)


def level(value: float | None, most: float, *, ascii_: bool = False) -> str:
    """Return the block of a value on a scale that ends at ``most``; a space for none."""
    levels = ASCII_LEVELS if ascii_ else LEVELS
    if value is None or not isfinite(value) or value < 0:
        return " "
    return levels[min(int(value / most * len(levels)), len(levels) - 1)] if most > 0 else levels[0]


def grid_line(texts: Sequence[str], width: int) -> str:
    """Return the cells of a grid's line, each in exactly ``width`` cells with its text at the right."""
    return "".join(pad(text, width, right=True) for text in texts)


def column_width(heads: Sequence[str]) -> int:
    """Return how wide the columns of a grid are, so that no head is cut and two stand apart."""
    return max((cells(head) for head in heads), default=0) + 1

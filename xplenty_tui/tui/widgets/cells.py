"""The cells of a row and the heads over them, drawn from the declaration of the columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from rich.style import Style

from xplenty_tui.core import layout, words
from xplenty_tui.core.declare import Column, Context, Resource, Tone
from xplenty_tui.tui import theme
from xplenty_tui.tui.widgets.spans import ASCII, Runs, fit

GAP = 2
"""Cells between two columns."""
Cells = Sequence[tuple[Column[Any], int]]
"""The columns that are drawn, each with its width."""


def fitted(resource: Resource[Any], columns: Sequence[Column[Any]], width: int, longest_key: int) -> Cells:
    """Return which columns fit into ``width`` cells and how wide each is; the id is as wide as the longest needs."""
    needed = min(longest_key, width // 2)
    asked = [replace(column, width=max(column.width, needed)) if column.name == "id" else column for column in columns]
    own = {column.name: column for column in (*resource.columns, *resource.further)}
    return [(own[column.name], cells) for column, cells in layout.fit(asked, width, gap=GAP, gutter=0)]


def cell(column: Column[Any], item: Any, ctx: Context) -> str:
    """Return the text of one cell, not yet safe."""
    value = column.value(item, ctx)
    if value is None:
        return words.NONE
    return column.show(value, ctx) if column.show else words.plain(value, ctx)


def draw_cells(runs: Runs, cells: Cells, item: Any, ctx: Context, styles: theme.Tones, *, news: bool = False) -> None:
    """Draw an item's cells; the first one with a tone is its status, whose symbol is bold when there is news."""
    plain, mark = styles[Tone.PLAIN], "~" if ctx.ascii else "…"
    for place, (column, width) in enumerate(cells):
        if place:
            runs.space(GAP, plain)
        text = cell(column, item, ctx)
        if ctx.ascii:
            text = words.NONE.translate(ASCII) if text == words.NONE else text
        if column.keep_start:
            text = words.cut(text, width)
        text = fit(text, width, right=column.right, mark=mark)
        if column.tone is None:
            runs.add(text, plain, width)
            continue
        style = styles[column.tone(item, ctx)]
        if news:
            symbol, _, rest = text.partition(" ")
            runs.add(symbol, style + Style(bold=True))
            runs.add(f" {rest}" if rest or _ else "", style)
            news = False
        else:
            runs.add(text, style, width)


def draw_heads(runs: Runs, cells: Cells, style: Style, ctx: Context, sort: tuple[str, str] | None = None) -> None:
    """Draw the heads of the columns; the arrow of the sorted one may take the cell behind its column."""
    room = 0
    for place, (column, width) in enumerate(cells):
        if place:
            runs.space(GAP - room, style)
        room = 0
        title = column.title.upper()
        if sort is None or column.name != sort[0]:
            runs.add(fit(title, width, right=column.right), style, width)
            continue
        arrow = "▼" if sort[1] == "desc" else "▲"
        arrow = arrow.translate(ASCII) if ctx.ascii else arrow
        room = 1
        if column.right:
            text = fit(title, width, right=True) + arrow
        else:
            text = fit(words.shorten(title, width) + arrow, width + room)
        runs.add(text, style, width + room)

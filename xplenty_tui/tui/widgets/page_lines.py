"""The lines of a page, one at a time: headings, rows, entries and items, each drawn from its block."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rich.style import Style

from xplenty_tui.core import words
from xplenty_tui.core.declare import Row, Tone
from xplenty_tui.core.page import Entry, Heading, Listing
from xplenty_tui.core.store import Odd
from xplenty_tui.tui import theme
from xplenty_tui.tui.widgets.cells import GAP, draw_cells, draw_heads
from xplenty_tui.tui.widgets.sheet import Sheet
from xplenty_tui.tui.widgets.spans import ASCII, Runs, fit, safe
from xplenty_tui.tui.widgets.table import GUTTER

LOOK_AROUND = 200
"""Characters before and behind a line in which a match may begin that reaches into it."""
STEP = 2
"""Cells that an entry inside another one stands in."""


@dataclass(frozen=True, slots=True)
class Pen:
    """What the lines of one drawing have in common."""

    sheet: Sheet
    styles: theme.Tones
    match: Style
    """Added to the style of a text that was searched for."""
    sought: re.Pattern[str] | None
    ascii: bool

    def line(self, runs: Runs, index: int, width: int) -> None:
        """Draw one line of a block; what is left of the width is filled by the caller."""
        sheet = self.sheet
        place, offset = sheet.at(index)
        one = sheet.blocks[place]
        match one:
            case Heading() if offset >= sheet.lead(place):
                self._heading(runs, place, one, width)
            case Listing():
                self._listing(runs, place, one, offset - sheet.lead(place))
            case Row():
                self._row(runs, place, one, offset)
            case Entry() if offset == 0:
                self._entry(runs, place, one, width)
            case Entry():
                runs.space(GUTTER + (one.depth + 1) * STEP, self.styles[Tone.DIM])
                self._marked(runs, words.cut(safe(one.detail), width - runs.width, self._sign("…")), Tone.DIM)

    def _heading(self, runs: Runs, place: int, one: Heading, width: int) -> None:
        sign = "" if one.open is None else "▾" if one.open else "▸"
        tone = Tone.DIM if one.tone is Tone.PLAIN else one.tone
        style = self.styles[tone] + Style(bold=True)
        runs.add(fit(f" {self._sign(sign)}", GUTTER), style, GUTTER)
        cells, ends = self.sheet.beside(place), self.sheet.ends[place]
        room = cells[0][1] if cells else width - GUTTER - _needed(ends)
        title = one.title.upper()
        runs.add(fit(title, min(len(title), room), mark=self._sign("…")), style)
        if one.hint:
            left = GUTTER + room - runs.width
            runs.add(fit(f"   {one.hint}", max(left, 0), mark=self._sign("…")), self.styles[Tone.DIM])
        dim = self.styles[Tone.DIM]
        if cells[1:]:
            runs.space(GUTTER + room + GAP - runs.width, dim)
            draw_heads(runs, cells[1:], dim, self.sheet.ctx)
        elif ends:
            runs.space(GUTTER + room - runs.width, dim)
            self._ends(runs, one.ends, ends, Tone.DIM)

    def _listing(self, runs: Runs, place: int, one: Listing, row: int) -> None:
        sheet, cells = self.sheet, self.sheet.cells[place]
        if row < 0:
            runs.space(GUTTER, self.styles[Tone.PLAIN])
            draw_heads(runs, cells, self.styles[Tone.DIM], sheet.ctx)
            return
        item = one.items[row]
        if isinstance(item, Odd):
            runs.space(GUTTER, self.styles[Tone.PLAIN])
            room = sheet.width - GUTTER
            runs.add(fit(f"? undecodable  {item.key}  {item.reason}", room), self.styles[Tone.WARN])
            return
        sign, tone = one.sign(item, sheet.ctx) if one.sign is not None else ("", Tone.PLAIN)
        runs.add(fit(f" {sign}", GUTTER), self.styles[tone], GUTTER)
        draw_cells(runs, cells, item, sheet.ctx, self.styles)

    def _entry(self, runs: Runs, place: int, one: Entry, width: int) -> None:
        """Draw fold and sign in the gutter, then the name, what there is to say and the right end."""
        sign, tone = one.sign
        fold = " " if one.open is None else "▾" if one.open else "▸"
        told = Tone.DIM if one.dim else Tone.PLAIN
        runs.add(self._sign(fold), self.styles[Tone.DIM], 1)
        runs.space(one.depth * STEP, self.styles[tone])
        runs.add(fit(sign, 1) + " ", self.styles[Tone.DIM if one.dim else tone], 2)
        ends = self.sheet.ends[place]
        room = width - runs.width - _needed(ends)
        mark = self._sign("…")
        name = words.shorten(safe(_short(one.name, width)), room if not one.text else max(room // 2, 8), mark)
        text = words.cut(safe(_short(one.text, width)), max(room - words.cells(name) - 1, 0), mark)
        self._marked(runs, name, Tone.DIM if one.dim else Tone.STRONG)
        if text:
            runs.space(1, self.styles[told])
            self._marked(runs, text, told)
        if ends:
            runs.space(width - _needed(ends) - runs.width, self.styles[told])
            self._ends(runs, one.ends, ends, Tone.DIM)

    def _ends(self, runs: Runs, texts: tuple[str, ...], widths: tuple[int, ...], tone: Tone) -> None:
        for place, cells in enumerate(widths):
            if not cells:
                continue
            text = texts[place] if place < len(texts) else ""
            runs.space(GAP, self.styles[tone])
            runs.add(fit(text, cells, right=True, mark=self._sign("…")), self.styles[tone], cells)

    def _marked(self, runs: Runs, text: str, tone: Tone) -> None:
        """Draw a text, what was searched for marked in it."""
        style, begin = self.styles[tone], 0
        for found in self.sought.finditer(text) if self.sought is not None else ():
            runs.add(text[begin : found.start()], style)
            runs.add(text[found.start() : found.end()], style + self.match)
            begin = found.end()
        runs.add(text[begin:], style)

    def _row(self, runs: Runs, place: int, row: Row, offset: int) -> None:
        sheet, styles = self.sheet, self.styles
        text, (begin, end) = sheet.texts[place], sheet.spans[place][offset]
        tone = Tone.LINK if row.link and row.tone is Tone.PLAIN else row.tone
        style, indent = styles[tone], sheet.indent(place)
        runs.space(GUTTER, styles[Tone.PLAIN])
        if offset == 0 and row.label:
            room = sheet.labels[place]
            runs.add(fit(row.label, room, mark=self._sign("…")) + "  ", styles[Tone.DIM], room + 2)
        if offset == 0 and row.bullet:
            runs.add(fit(row.bullet, 1) + " ", style, 2)
        runs.space(indent - runs.width, style)
        if self.sought is None:
            runs.add(self._text(text[begin:end]), style)
            return
        for found in self.sought.finditer(text, max(begin - LOOK_AROUND, 0), min(end + LOOK_AROUND, len(text))):
            first, last = max(found.start(), begin), min(found.end(), end)
            if first < last:
                runs.add(self._text(text[begin:first]), style)
                runs.add(self._text(text[first:last]), style + self.match)
                begin = last
        runs.add(self._text(text[begin:end]), style)

    def _sign(self, sign: str) -> str:
        return sign.translate(ASCII) if self.ascii else sign

    def _text(self, text: str) -> str:
        return text.replace("›", ">") if self.ascii and text.endswith("›") else text


def _needed(widths: tuple[int, ...]) -> int:
    return sum(cells + GAP for cells in widths if cells)


def _short(text: str, width: int) -> str:
    """Return no more of a hostile text than could ever be drawn."""
    return text if len(text) <= 8 * width + 16 else f"{text[: 4 * width + 8]}…{text[-4 * width - 8 :]}"

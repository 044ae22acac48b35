"""A page of blocks: headings, rows of facts and texts, short lists. One cursor walks over all of it."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from typing import Any

from rich.style import Style
from textual.message import Message
from textual.strip import Strip

from xplenty_tui.core.declare import Context, Resource, Row, Tone
from xplenty_tui.core.page import Block, Heading, Listing
from xplenty_tui.core.store import Odd
from xplenty_tui.tui import theme
from xplenty_tui.tui.widgets.lines import Lines
from xplenty_tui.tui.widgets.sheet import Sheet, key_of
from xplenty_tui.tui.widgets.spans import ASCII, Runs, fit
from xplenty_tui.tui.widgets.table import GUTTER, draw_cells, draw_heads


class Page(Lines):
    """Draws blocks. The cursor stays on what it was on when the page is shown again with other blocks."""

    DEFAULT_CSS = "Page { background: $background; }"

    class Moved(Message):
        """The cursor is on another line; bursts collapse into one."""

        def can_replace(self, message: Message) -> bool:
            """Whether an older message may be dropped for this one."""
            return isinstance(message, Page.Moved) and message._sender is self._sender

    class Opened(Message):
        """The person asked with the mouse for what the cursor is on."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._blocks: tuple[Block, ...] = ()
        self._ctx: Context | None = None
        self._sheet: Sheet | None = None
        self._revealed: tuple[Hashable, str] | None = None
        """Which block's secret is drawn, and the secret: another one of the same name stays masked."""
        self._sought: re.Pattern[str] | None = None

    # What the screen says and asks.

    def show(self, blocks: Sequence[Block], ctx: Context) -> None:
        """Draw these blocks; what did not change is not repainted."""
        self._blocks, self._ctx, self.ascii = tuple(blocks), ctx, ctx.ascii
        self._lay_out()
        self.paint()

    def current(self) -> Block | None:
        """Return the block under the cursor."""
        if self._sheet is None or not self.count():
            return None
        return self._sheet.blocks[self._sheet.at(self.cursor)[0]]

    def current_item(self) -> tuple[Resource[Any], Any] | None:
        """Return the item of a listing under the cursor, with its kind."""
        one = self.current()
        if self._sheet is None or not isinstance(one, Listing) or not self.stands(self.cursor):
            return None
        place, offset = self._sheet.at(self.cursor)
        return one.resource, one.items[offset - self._sheet.lead(place)]

    def current_part(self) -> str:
        """Return the name of the part under the cursor; empty above the first heading."""
        if self._sheet is None or not self.count():
            return ""
        above = self._sheet.blocks[: self._sheet.at(self.cursor)[0] + 1]
        return next((one.name for one in reversed(above) if isinstance(one, Heading)), "")

    def current_text(self) -> str:
        """Return the whole text of what the cursor is on, masked as it is drawn: for copying."""
        one = self.current()
        match one:
            case Row():
                return one.secret if one.secret is not None and self._secret_here() == self._revealed else one.text
            case Heading():
                return one.title
            case Listing():
                item = self.current_item()
                return key_of(*item) if item else ""
        return ""

    def goto(self, name: str) -> bool:
        """Put the cursor on the heading of a part and show as much of the part as there is room for."""
        sheet = self._sheet
        if sheet is None:
            return False
        for place, one in enumerate(sheet.blocks):
            if isinstance(one, Heading) and one.name == name:
                self.go(sheet.starts[place] + sheet.lead(place), top=sheet.starts[place])
                return True
        return False

    def part(self, by: int) -> None:
        """Go to the next heading (+1) or the one before (-1)."""
        sheet = self._sheet
        if sheet is None:
            return
        heads = [
            sheet.starts[place] + sheet.lead(place)
            for place, one in enumerate(sheet.blocks)
            if isinstance(one, Heading)
        ]
        ahead = [line for line in heads if (line > self.cursor if by > 0 else line < self.cursor)]
        if ahead:
            self.go(ahead[0] if by > 0 else ahead[-1])
        else:
            self.go(self.count() - 1 if by > 0 else 0, toward=-by)

    def find(self, text: str, forward: bool = True) -> bool:
        """Go to the next (or previous) line that contains ``text`` in any case; empty: forget it."""
        self._sought = re.compile(re.escape(text), re.IGNORECASE) if text else None
        line = None
        if self._sheet is not None and self._sought is not None:
            line = self._sheet.search(self._sought, self.cursor, forward)
        if line is not None:
            self.go(line)
        self.paint()
        return line is not None

    def reveal(self) -> bool:
        """Show the masked value under the cursor until the cursor leaves it, or mask it again."""
        here = self._secret_here()
        if here is None:
            return False
        self._revealed = None if self._revealed == here else here
        self._lay_out()
        self.paint()
        return True

    def hide(self) -> None:
        """Mask what was revealed."""
        if self._revealed is not None:
            self.reveal()

    # What Lines asks.

    def count(self) -> int:
        """Return how many lines the page has."""
        return self._sheet.count if self._sheet is not None else 0

    def identity(self, index: int) -> Hashable:
        """Return the block of a line and the place within it."""
        return self._sheet.identity(index) if self._sheet is not None else None

    def stands(self, index: int) -> bool:
        """Whether the line says something that can be opened, copied or read on."""
        return self._sheet is not None and self._sheet.stands(index)

    def resized(self) -> None:
        """Break the texts anew."""
        if self._sheet is not None and self._sheet.width != self.size.width - 1:
            self._lay_out()
        super().resized()

    def moved(self) -> None:
        """Mask what was revealed when the cursor leaves it, and tell the screen."""
        if self._revealed is not None and self._secret_here() != self._revealed:
            self._lay_out()
            self.paint()
        self.post_message(self.Moved())

    def opened(self) -> None:
        """Tell the screen."""
        self.post_message(self.Opened())

    def line(self, index: int, width: int, cursor: bool) -> Strip:
        """Draw one line of a block."""
        look, sheet = self.look, self._sheet
        styles = look.cursor if cursor else look.tones
        runs = Runs()
        if sheet is not None:
            place, offset = sheet.at(index)
            one = sheet.blocks[place]
            match one:
                case Heading() if offset >= sheet.lead(place):
                    self._draw_heading(runs, one, width, styles)
                case Listing():
                    self._draw_listing(runs, sheet, (place, offset), width, styles)
                case Row():
                    self._draw_row(runs, sheet, (place, offset), styles, look.match)
        return runs.strip(width, styles[Tone.PLAIN])

    def _draw_heading(self, runs: Runs, one: Heading, width: int, styles: theme.Tones) -> None:
        sign = "" if one.open is None else "▾" if one.open else "▸"
        tone = Tone.DIM if one.tone is Tone.PLAIN else one.tone
        style = styles[tone] + Style(bold=True)
        runs.add(fit(f" {self._sign(sign)}", GUTTER), style, GUTTER)
        title = one.title.upper()
        room = width - GUTTER
        runs.add(fit(title, min(len(title), room), mark=self._sign("…")), style)
        if one.hint:
            runs.add(fit(f"   {one.hint}", max(width - runs.width, 0), mark=self._sign("…")), styles[Tone.DIM])

    def _draw_listing(self, runs: Runs, sheet: Sheet, at: tuple[int, int], width: int, styles: theme.Tones) -> None:
        place, offset = at
        one = sheet.blocks[place]
        assert isinstance(one, Listing)  # noqa: S101  # the caller looked
        cells, row = sheet.cells[place], offset - sheet.lead(place)
        runs.space(GUTTER, styles[Tone.PLAIN])
        if row < 0:
            draw_heads(runs, cells, styles[Tone.DIM], sheet.ctx)
            return
        item = one.items[row]
        if isinstance(item, Odd):
            runs.add(fit(f"? undecodable  {item.key}  {item.reason}", width - GUTTER), styles[Tone.WARN])
        else:
            draw_cells(runs, cells, item, sheet.ctx, styles)

    def _draw_row(self, runs: Runs, sheet: Sheet, at: tuple[int, int], styles: theme.Tones, match: Style) -> None:
        place, offset = at
        row = sheet.blocks[place]
        assert isinstance(row, Row)  # noqa: S101  # the caller looked
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
        if self._sought is None:
            runs.add(self._text(text[begin:end]), style)
            return
        for found in self._sought.finditer(text, max(begin - LOOK_AROUND, 0), min(end + LOOK_AROUND, len(text))):
            first, last = max(found.start(), begin), min(found.end(), end)
            if first < last:
                runs.add(self._text(text[begin:first]), style)
                runs.add(self._text(text[first:last]), style + match)
                begin = last
        runs.add(self._text(text[begin:end]), style)

    def _sign(self, sign: str) -> str:
        return sign.translate(ASCII) if self.ascii else sign

    def _text(self, text: str) -> str:
        return text.replace("›", ">") if self.ascii and text.endswith("›") else text

    def _secret_here(self) -> tuple[Hashable, str] | None:
        """Return the name and the value of the masked row under the cursor."""
        one = self.current()
        if self._sheet is None or not isinstance(one, Row) or one.secret is None:
            return None
        return self._sheet.names[self._sheet.at(self.cursor)[0]], one.secret

    def _lay_out(self) -> None:
        """Make the lines of the page, the cursor on what it was on and that on the same row of the screen."""
        row, held = self.cursor - self.top, self.identity(self.cursor) if self.count() else None
        self._break_lines(held)
        if self._revealed is not None and self._secret_here() != self._revealed:
            self._revealed = None
            self._break_lines(held)
        self.top = self.cursor - row if held is not None else 0
        self.reveal_cursor(margin=0)

    def _break_lines(self, held: Hashable) -> None:
        if self._ctx is None:
            return
        shown = self._revealed[0] if self._revealed else None
        width = max(self.size.width - 1, 1)
        self._sheet = Sheet(self._blocks, self._ctx, width, revealed=shown, before=self._sheet)
        line = self._sheet.line_of(held) if isinstance(held, tuple) else None
        seat = self.seat(self.cursor if line is None else line)
        self.cursor = 0 if seat is None else seat


LOOK_AROUND = 200
"""Characters before and behind a line in which a match may begin that reaches into it."""

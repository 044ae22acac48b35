"""A page of blocks: headings, rows of facts and texts, entries, short lists. One cursor walks over all of it."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from datetime import datetime
from typing import Any

from textual.message import Message
from textual.strip import Strip

from xplenty_tui.core.declare import Context, Resource, Row, Tone
from xplenty_tui.core.page import Block, Entry, Heading, Listing
from xplenty_tui.tui.widgets.lines import Lines
from xplenty_tui.tui.widgets.page_lines import Pen
from xplenty_tui.tui.widgets.sheet import Sheet, key_of
from xplenty_tui.tui.widgets.spans import Runs
from xplenty_tui.tui.widgets.table import REST


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

    def __init__(self, *, id: str | None = None, classes: str | None = None, rests: bool = False) -> None:
        super().__init__(id=id, classes=classes)
        self._rests = rests
        """What comes in above is seen when the page was left at its top and nobody moved for a while."""
        self._touched: datetime | None = None
        self._left_at_top = True
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

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What is shown."""
        return self._blocks

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
            case Entry():
                return " ".join(filter(None, (one.name, one.text)))
            case Listing():
                item = self.current_item()
                return key_of(*item) if item else ""
        return ""

    def goto(self, name: str, *, still: bool = False) -> bool:
        """Put the cursor on the heading of a part (or below) and show as much of the part as there is room for.

        ``still`` moves the window no further than that needs, and not at all when the part is in view.
        """
        sheet = self._sheet
        if sheet is None:
            return False
        heads = [place for place, one in enumerate(sheet.blocks) if isinstance(one, Heading)]
        for nth, place in enumerate(heads):
            head = sheet.blocks[place]
            if isinstance(head, Heading) and head.name == name:
                top = sheet.starts[place]
                end = sheet.starts[heads[nth + 1]] if nth + 1 < len(heads) else sheet.count
                self.go(top + sheet.lead(place), top=min(max(self.top, end - self.window), top) if still else top)
                return True
        return False

    def end_of(self, name: str) -> int | None:
        """Return the last line of a part on which the cursor may stand; None when there is no such part."""
        sheet = self._sheet
        heads = [one for one in enumerate(sheet.blocks) if isinstance(one[1], Heading)] if sheet is not None else []
        for nth, (_, head) in enumerate(heads):
            if sheet is not None and isinstance(head, Heading) and head.name == name:
                behind = heads[nth + 1][0] if nth + 1 < len(heads) else len(sheet.blocks)
                return self.seat(sheet.starts[behind] - 1, -1)
        return None

    def parts(self) -> list[str]:
        """Return the names of the parts, in their order."""
        return [one.name for one in self._blocks if isinstance(one, Heading)]

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
        self._left_at_top = self.top == 0
        self._touched = self._ctx.now if self._ctx else None
        self.post_message(self.Moved())

    def opened(self) -> None:
        """Tell the screen."""
        self.post_message(self.Opened())

    def line(self, index: int, width: int, cursor: bool) -> Strip:
        """Draw one line of a block."""
        look = self.look
        styles = look.cursor if cursor else look.tones
        runs = Runs()
        if self._sheet is not None:
            Pen(self._sheet, styles, look.match, self._sought, self.ascii).line(runs, index, width)
        return runs.strip(width, styles[Tone.PLAIN])

    def _secret_here(self) -> tuple[Hashable, str] | None:
        """Return the name and the value of the masked row under the cursor."""
        one = self.current()
        if self._sheet is None or not isinstance(one, Row) or one.secret is None:
            return None
        return self._sheet.names[self._sheet.at(self.cursor)[0]], one.secret

    @property
    def _at_rest(self) -> bool:
        """Whether the page was left at its top, and long enough ago that nothing moves under a finger."""
        untouched = self._touched is None or (self._ctx is not None and self._ctx.now - self._touched >= REST)
        return self._rests and self._left_at_top and untouched

    def _lay_out(self) -> None:
        """Make the lines of the page, the cursor on what it was on and that on the same row of the screen."""
        row, held = self.cursor - self.top, self.identity(self.cursor) if self.count() else None
        self._break_lines(held)
        if self._revealed is not None and self._secret_here() != self._revealed:
            self._revealed = None
            self._break_lines(held)
        self.top = self.cursor - row if held is not None and not self._at_rest else 0
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

"""A list of one-line items of which only what is visible is ever made, and only what changed is repainted."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Hashable

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.strip import Strip

from xplenty_tui.core.declare import Tone
from xplenty_tui.tui.widgets.canvas import Canvas
from xplenty_tui.tui.widgets.spans import ASCII

MARGIN = 2
"""Lines kept visible above and below the cursor while it moves."""
WHEEL = 3
"""Lines that one notch of the wheel moves."""


class Lines(Canvas, can_focus=True):
    """A vertical list with a cursor. Subclasses say how many lines there are and draw one at a time.

    A step of the cursor repaints two lines, a change of the list those lines that look different, or none.
    """

    DEFAULT_CSS = "Lines { width: 1fr; height: 1fr; }"
    head = 0
    """Lines at the top that do not scroll."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.top = 0
        """The index of the first visible line."""
        self.ascii = False
        """Draw signs that an ASCII terminal can show."""
        self._cursor = 0

    # What a subclass says.

    @abstractmethod
    def count(self) -> int:
        """Return how many lines there are."""

    @abstractmethod
    def line(self, index: int, width: int, cursor: bool) -> Strip:
        """Draw one line in exactly ``width`` cells."""

    @abstractmethod
    def identity(self, index: int) -> Hashable:
        """Return what the line at ``index`` is about; equal before and after a change of the list."""

    def stands(self, index: int) -> bool:
        """Whether the cursor may stand on this line."""
        return 0 <= index < self.count()

    def head_line(self, y: int, width: int) -> Strip:
        """Draw one of the lines that do not scroll."""
        return Strip.blank(width, self.look.of(Tone.PLAIN))

    def moved(self) -> None:
        """Take note that the cursor is on another line or the window elsewhere, by the person's hand."""

    def opened(self) -> None:
        """Take note that the person asked with the mouse for what the cursor is on."""

    def resized(self) -> None:
        """Keep the cursor in view."""
        self.reveal_cursor()

    # Where things are.

    @property
    def cursor(self) -> int:
        """The index of the line under the cursor."""
        return self._cursor

    @cursor.setter
    def cursor(self, index: int) -> None:
        self._cursor = index

    @property
    def window(self) -> int:
        """How many lines of the list are visible at once."""
        return max(self.size.height - self.head, 0)

    @property
    def visible_lines(self) -> range:
        """The indexes of the lines on the screen."""
        return range(self.top, min(self.top + self.window, self.count()))

    # Moving.

    def go(self, index: int, *, toward: int = 1, top: int | None = None, margin: int = MARGIN) -> None:
        """Put the cursor on ``index``, or the nearest line after (before: ``toward=-1``) where it may stand.

        ``top`` is the line that the window should start with, as far as the cursor is seen then.
        """
        seat = self.seat(index, toward)
        if seat is None:
            return
        old, old_top = self.cursor, self.top
        self.cursor, self.top = seat, old_top if top is None else top
        self.reveal_cursor(margin)
        if self.top != old_top:
            self.paint()
        elif seat != old:
            self.paint_lines(old, seat)
        if (seat, self.top) != (old, old_top):
            self.moved()

    def seat(self, index: int, toward: int = 1) -> int | None:
        """Return the nearest line where the cursor may stand, looking ``toward`` first, then the other way."""
        count = self.count()
        index = min(max(index, 0), count - 1)
        for ahead in (range(index, count), range(index, -1, -1))[:: 1 if toward > 0 else -1]:
            for place in ahead:
                if self.stands(place):
                    return place
        return None

    def reveal_cursor(self, margin: int = MARGIN) -> None:
        """Move the window no further than needed to show the cursor with some lines around it. Does not paint."""
        window, cursor = self.window, self.cursor
        if window == 0:
            return
        margin = min(margin, (window - 1) // 2)
        top = min(max(self.top, cursor - window + 1 + margin), cursor - margin)
        self.top = min(max(top, 0), max(self.count() - window, 0))

    def move(self, lines: int) -> None:
        """Move the cursor by lines."""
        self.go(self.cursor + lines, toward=lines)

    def page(self, pages: int) -> None:
        """Move the window and the cursor by whole windows, less a line."""
        self._leap(pages * max(self.window - 1, 1))

    def half(self, halves: int) -> None:
        """Move the window and the cursor by half windows."""
        self._leap(halves * max(self.window // 2, 1))

    def home(self) -> None:
        """Move the cursor to the first line."""
        self.go(0)

    def end(self) -> None:
        """Move the cursor to the last line."""
        self.go(self.count() - 1, toward=-1)

    def all_text(self) -> str:
        """Return all lines as they are drawn, those out of sight too: for a file."""
        width = max(self.size.width - 1, 1)
        return "\n".join(self.line(index, width, False).text.rstrip() for index in range(self.count()))

    def restart(self) -> None:
        """Put the cursor on the first line of what is another list now, and draw that."""
        self.top = 0
        seat = self.seat(0)
        self.cursor = 0 if seat is None else seat
        self.paint()

    def _leap(self, lines: int) -> None:
        old, old_top = self.cursor, self.top
        seat = self.seat(old + lines, lines)
        if seat is None:
            return
        self.cursor = seat
        self.top = min(max(old_top + lines, 0), max(self.count() - self.window, 0))
        self.reveal_cursor()
        if (seat, self.top) != (old, old_top):
            self.paint()
            self.moved()

    def wheel(self, lines: int) -> None:
        """Move the window; the cursor stays on its line until the window leaves it."""
        top = min(max(self.top + lines, 0), max(self.count() - self.window, 0))
        if top == self.top:
            return
        self.top = top
        margin = min(MARGIN, (self.window - 1) // 2)
        low, high = top + (margin if top else 0), top + self.window - 1 - margin
        if not low <= self.cursor <= high:
            seat = self.seat(min(max(self.cursor, low), high), lines)
            self.cursor = self.cursor if seat is None else seat
            self.reveal_cursor()
        self.paint()
        self.moved()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll by the wheel."""
        event.stop()
        self.wheel(WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll by the wheel."""
        event.stop()
        self.wheel(-WHEEL)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the person clicked; a second click opens."""
        offset = event.get_content_offset(self)
        if offset is None or offset.y < self.head:
            return
        index = self.top + offset.y - self.head
        if not self.stands(index):
            return
        if event.chain >= 2 and index == self.cursor:
            self.opened()
        else:
            self.go(index, margin=0)

    # Painting.

    def paint_lines(self, *indexes: int) -> None:
        """Make the lines at these indexes anew, as far as they are visible."""
        self.paint(index - self.top + self.head for index in indexes if index in self.visible_lines)

    def make(self, y: int, width: int) -> Strip:
        """Draw one line of the screen, the column at the right edge being the scroll position's."""
        if y < self.head:
            return self.head_line(y, width)
        row = y - self.head
        index = self.top + row
        if index >= self.count():
            return Strip.blank(width, self.look.of(Tone.PLAIN))
        strip = self.line(index, width - 1, index == self.cursor)
        return _ended(strip, self._thumb_sign if row in self._thumb() else "", self.look.thumb)

    @property
    def _thumb_sign(self) -> str:
        return "▐".translate(ASCII) if self.ascii else "▐"

    def _thumb(self) -> range:
        """Return the rows of the window that show how far the list is scrolled: none when all of it is visible."""
        window, count = self.window, self.count()
        if count <= window:
            return range(0)
        size = max(window * window // count, 1)
        start = self.top * (window - size) // (count - window)
        return range(start, start + size)


def _ended(strip: Strip, sign: str, style: Style) -> Strip:
    """Return the line with its last column: the sign, or a space that belongs to the last run."""
    segments = list(strip)
    if sign:
        segments.append(Segment(sign, style))
    elif segments:
        text, last, _ = segments[-1]
        segments[-1] = Segment(text + " ", last)
    return Strip(segments, strip.cell_length + 1)

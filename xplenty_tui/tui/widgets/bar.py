"""One line of text with a left and a right end, drawn only when what it says changed."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from xplenty_tui.core.declare import Tone
from xplenty_tui.core.widths import cells, cut
from xplenty_tui.tui.theme import tones
from xplenty_tui.tui.widgets.spans import ascii_only, safe

Span = tuple[str, Tone | Style]
"""A text and its meaning (or, for the few places that need it, a style)."""


class Bar(Widget):
    """A line of the frame."""

    DEFAULT_CSS = "Bar { height: 1; width: 100%; }"

    def __init__(self, *, id: str | None = None, classes: str | None = None, indent: int = 1) -> None:
        super().__init__(id=id, classes=classes)
        self._indent = indent
        self._left: tuple[Span, ...] = ()
        self._right: tuple[Span, ...] = ()

    def show(self, left: Sequence[Span], right: Sequence[Span] = ()) -> None:
        """Say this on one line; nothing is drawn when it is what is said already."""
        said = (tuple((safe(text), tone) for text, tone in left), tuple((safe(text), tone) for text, tone in right))
        if said != (self._left, self._right):
            self._left, self._right = said
            self.refresh()

    @property
    def text(self) -> str:
        """What the line says, for tests and screen readers."""
        return "".join(text for text, _ in (*self._left, ("  ", Tone.PLAIN), *self._right)).strip()

    def render_line(self, y: int) -> Strip:
        """Draw the line: the right end stays whole, the left gives way."""
        width, base = self.size.width, self.rich_style
        known = tones(self.app)
        right_width = min(sum(cells(text) for text, _ in self._right), max(0, width - 2))
        room = max(0, width - self._indent - right_width - (2 if right_width else 0))
        parts: list[Segment] = [Segment(" " * min(self._indent, width), base)]
        for text, tone in self._left:
            piece = cut(text, room)
            room -= cells(piece)
            parts.append(Segment(piece, base + (known[tone] if isinstance(tone, Tone) else tone)))
            if room <= 0:
                break
        parts.append(Segment(" " * max(0, room + (1 if right_width else 0)), base))
        left_over = right_width
        for text, tone in self._right:
            piece = cut(text, left_over)
            left_over -= cells(piece)
            parts.append(Segment(piece, base + (known[tone] if isinstance(tone, Tone) else tone)))
        strip = Strip(parts).adjust_cell_length(width, base).simplify()
        return ascii_only(strip) if getattr(self.app, "ascii", False) else strip

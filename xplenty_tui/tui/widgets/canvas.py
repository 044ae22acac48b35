"""A widget that remembers what it drew, line by line, and repaints only the lines that came out different."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from typing import Self

from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from xplenty_tui.core.declare import Tone
from xplenty_tui.tui import theme
from xplenty_tui.tui.widgets.spans import ascii_only


class Canvas(Widget):
    """Lines of the screen, each made by ``make`` and kept until ``paint`` makes it anew."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._drawn: dict[int, Strip] = {}
        self._drawn_size = Size(0, 0)
        self._look: theme.Looks | None = None
        self._drawn_look: theme.Looks | None = None
        """What the lines were drawn with."""

    @abstractmethod
    def make(self, y: int, width: int) -> Strip:
        """Draw one line of the screen in exactly ``width`` cells."""

    def resized(self) -> None:
        """Take note of another size, before anything is drawn in it."""

    @property
    def look(self) -> theme.Looks:
        """The styles for the theme and the background in force."""
        if self._look is None or self._look.theme != self.app.theme:
            self._look = theme.looks(self.app, self.background_colors[1])
            if self._look is not self._drawn_look:
                self._drawn_look = self._look
                self._drawn.clear()
        return self._look

    @property
    def cursor_style(self) -> Style:
        """The style of plain text on the row under the cursor."""
        return self.look.of(Tone.PLAIN, cursor=True)

    def paint(self, rows: Iterable[int] | None = None) -> None:
        """Make lines of the screen anew (all without ``rows``) and repaint those that are different."""
        if not self.is_mounted or not self._settled():
            return
        width, height = self.size
        every = range(height) if rows is None else sorted({row for row in rows if 0 <= row < height})
        changed = [Region(0, y, width, 1) for y in every if self._differs(y)]
        if changed:
            self.refresh(*changed)

    def render_line(self, y: int) -> Strip:
        """Give Textual one line of the screen, made now only if it has not been."""
        self._settled()
        strip = self._drawn.get(y)
        if strip is None:
            strip = self._drawn[y] = self._made(y)
        return strip

    def _made(self, y: int) -> Strip:
        strip = self.make(y, self.size.width)
        return ascii_only(strip) if getattr(self.app, "ascii", False) else strip

    def focus(self, scroll_visible: bool = True) -> Self:
        """Take the focus soon, as any widget does, but without a repaint."""

        def take() -> None:
            if self.is_attached:
                self.screen.set_focus(self, scroll_visible=scroll_visible)

        self.app.call_later(take)
        return self

    def on_focus(self, event: events.Focus) -> None:
        """Take the focus as any widget does, but without its repaint: nothing here looks different for it."""
        self._focus_changed(event, True)

    def on_blur(self, event: events.Blur) -> None:
        """Give the focus up, without a repaint: each time a terminal's window is left costs a page otherwise."""
        self._focus_changed(event, False)

    def _focus_changed(self, event: events.Focus | events.Blur, has_focus: bool) -> None:
        event.prevent_default()
        self.has_focus = has_focus
        if self.parent is not None:
            self.parent.post_message(events.DescendantFocus(self) if has_focus else events.DescendantBlur(self))

    def notify_style_update(self) -> None:
        """Look again at the theme and the background; both are the same when only the focus went elsewhere."""
        super().notify_style_update()
        self._look = None

    def _settled(self) -> bool:
        """Follow a new size; whether there is anything to draw on."""
        _ = self.look  # another one forgets what was drawn
        if self.size != self._drawn_size:
            self._drawn_size = self.size
            self._drawn.clear()
            self.resized()
        return bool(self.size)

    def _differs(self, y: int) -> bool:
        strip = self._made(y)
        if self._drawn.get(y) == strip:
            return False
        self._drawn[y] = strip
        return True

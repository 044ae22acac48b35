"""What is seen in a terminal that is too small to work in: one sentence. Keys do nothing there but leave."""

from __future__ import annotations

from textual import events
from textual.geometry import Size
from textual.strip import Strip

from xplenty_tui.core.declare import Tone
from xplenty_tui.core.widths import cut, pad
from xplenty_tui.tui.widgets.canvas import Canvas
from xplenty_tui.tui.widgets.spans import Runs, wrap

LEAST = Size(60, 16)
"""Columns and lines below which questions would no longer show what they ask."""


def too_small(size: Size) -> bool:
    """Tell whether a terminal is too small."""
    return size.width < LEAST.width or size.height < LEAST.height


class Small(Canvas, can_focus=True):
    """Lies over everything and takes all keys, so that nothing is done that cannot be seen."""

    DEFAULT_CSS = """
    Small { layer: small; position: absolute; width: 100%; height: 100%; background: $background; }
    """

    def on_mount(self) -> None:
        """Take the keys."""
        self.focus()

    @property
    def sentence(self) -> str:
        """What it says."""
        seen = self.app.size
        return f"This terminal is {seen.width}x{seen.height}; xplenty-tui needs {LEAST.width}x{LEAST.height}. q quits."

    def make(self, y: int, width: int) -> Strip:
        """Draw a line of the sentence."""
        style = self.look.of(Tone.WARN if y == 0 else Tone.PLAIN)
        lines = [self.sentence[start:end] for start, end in wrap(self.sentence, max(width, 1))]
        runs = Runs()
        runs.add(pad(cut(lines[y], width) if y < len(lines) else "", width), style)
        return runs.strip(width, style)

    def on_key(self, event: events.Key) -> None:
        """Leave, or do nothing."""
        if event.key == "ctrl+c":
            return
        event.stop()
        event.prevent_default()
        if event.key == "q":
            self.app.exit()

    def on_paste(self, event: events.Paste) -> None:
        """Take no text."""
        event.stop()

"""The smallest program that shows a box over a page, and counts the keys that fell through it."""

from __future__ import annotations

import re

from rich.segment import Segment
from textual import events
from textual.app import App, ComposeResult
from textual.strip import Strip
from textual.widget import Widget

from xplenty_tui.tui import theme
from xplenty_tui.tui.widgets.ask import Ask
from xplenty_tui.tui.widgets.form import Form
from xplenty_tui.tui.widgets.form_box import Box

HOSTILE = "[red]x[/]\x1b[31m\x07\x9b2J\u202emirror 東京のクラスタ \U0001f469\u200d\U0001f467 \ud800\n\tend"
"""Markup, a terminal's commands, other directions, wide and joined characters, half of one."""
UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b-\u200f\ud800-\udfff]")


class Below(Widget):
    """The page under the box."""

    DEFAULT_CSS = "Below { height: 1fr; }"

    def render_line(self, y: int) -> Strip:
        return Strip([Segment("below " * (self.size.width // 6))])


class BoxHost(App[None]):
    """Mounts a box; keys that it does not take are collected."""

    CSS = "Screen { layers: base box; }"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, box: Box, *, look: str = theme.NIGHT.name, ascii: bool = False) -> None:
        super().__init__()
        theme.register(self)
        self.theme, self.ascii, self.box = look, ascii, box
        self.fallen: list[str] = []
        self.closed: list[Form.Closed | Ask.Closed] = []

    def compose(self) -> ComposeResult:
        yield Below()

    def on_mount(self) -> None:
        self.screen.mount(self.box)

    def on_key(self, event: events.Key) -> None:
        self.fallen.append(event.key)

    def on_form_closed(self, message: Form.Closed) -> None:
        self.closed.append(message)

    def on_ask_closed(self, message: Ask.Closed) -> None:
        self.closed.append(message)


def typed(text: str) -> list[str]:
    """Return the keys that type a text."""
    names = {" ": "space", "-": "minus", "_": "underscore", "=": "equals_sign", ".": "full_stop", ":": "colon"}
    return [names.get(one, one) for one in text]


def framed(app: BoxHost) -> list[str]:
    """Return the lines of the screen that the box takes, cut to its width, checked to be whole."""
    strips = app.screen._compositor.render_strips()
    region = app.box.region
    lines = [strips[y].crop(region.x, region.right) for y in range(region.y, region.bottom)]
    assert [strip.cell_length for strip in strips] == [app.size.width] * app.size.height
    assert all(strip.cell_length == region.width for strip in lines)
    return [strip.text for strip in lines]


def find(app: BoxHost, pattern: str) -> bool:
    """Whether something can be read in the box."""
    return re.search(pattern, "\n".join(framed(app))) is not None

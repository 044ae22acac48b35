"""The parts of the connect form: lines to type in, actions, sentences. What is not typing is a ``Wish``."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from xplenty_tui.core.declare import Tone
from xplenty_tui.tui.theme import tones
from xplenty_tui.tui.widgets.bar import Bar, Span


class Wish(Message):
    """A key that means something for the whole place: next, before, press or leave."""

    def __init__(self, what: str) -> None:
        super().__init__()
        self.what = what


_MOVES = {"tab": "next", "down": "next", "shift+tab": "before", "up": "before", "enter": "press"}


class Field(Input):
    """A line to type in; what is not typing is a wish."""

    WISHES: ClassVar[dict[str, str]] = {**_MOVES, "escape": "leave"}

    def __init__(self, placeholder: str, *, password: bool = False) -> None:
        super().__init__(placeholder=placeholder, password=password, compact=True, select_on_focus=False)
        self.cursor_blink = False

    def on_key(self, event: events.Key) -> None:
        """Keep typing from moving, and moving from typing."""
        if (what := self.WISHES.get(event.key)) is not None:
            event.stop()
            event.prevent_default()
            self.post_message(Wish(what))

    def action_copy(self) -> None:
        """Copy what is selected; never a key."""
        if not self.password:
            super().action_copy()

    def action_cut(self) -> None:
        """Cut what is selected; a key is deleted only."""
        if self.password:
            self.delete_selection()
        else:
            super().action_cut()


class Action(Widget):
    """Something that can be done, on one line: reversed and between arrows when it has the focus."""

    can_focus = True
    WISHES: ClassVar[dict[str, str]] = {**_MOVES, "right": "next", "left": "before", "space": "press"}

    def __init__(self, label: str) -> None:
        super().__init__()
        self.label = label
        self.styles.width = len(label) + 6

    def render(self) -> Text:
        """Draw it."""
        text, style = (f"[>{self.label}<]", Style(reverse=True)) if self.has_focus else (f"[ {self.label} ]", Style())
        return Text(text, style=style, no_wrap=True)

    def on_key(self, event: events.Key) -> None:
        """Move or press; other keys are commands."""
        if (what := self.WISHES.get(event.key)) is not None:
            event.stop()
            event.prevent_default()
            self.post_message(Wish(what))

    def on_click(self) -> None:
        """Press it."""
        self.focus()
        self.post_message(Wish("press"))

    def on_focus(self) -> None:
        """Draw it as the one that enter presses."""
        self.refresh()

    def on_blur(self) -> None:
        """Draw it as one of the others."""
        self.refresh()


class Words(Widget):
    """Sentences, as many lines as they need; no text is ever read as markup."""

    DEFAULT_CSS = "Words { height: auto; width: 100%; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._spans: tuple[Span, ...] = ()

    @property
    def text(self) -> str:
        """What is said."""
        return "".join(text for text, _ in self._spans)

    def tell(self, *spans: Span) -> None:
        """Say this instead."""
        self._spans = spans
        self.refresh(layout=True)

    def render(self) -> Text:
        """Draw the sentences."""
        known = tones(self.app)
        return Text.assemble(
            *((text, known[tone] if isinstance(tone, Tone) else tone) for text, tone in self._spans),
            end="",
        )


def hint(text: str) -> Bar:
    """Return a dim line below a field."""
    bar = Bar(indent=0, classes="hint")
    bar.show([(text, Tone.DIM)])
    return bar


def label(text: str) -> Bar:
    """Return the name of a field."""
    bar = Bar(indent=0, classes="label")
    bar.show([(text, Tone.STRONG)])
    return bar

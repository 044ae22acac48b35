"""A box in which one of many is chosen by typing: kinds and commands, columns, accounts.

It lies on a layer over the page, so that opening it repaints the box alone. It takes every key: nothing falls through.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.fuzzy import Matcher
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Input

from xplenty_tui.core.declare import Tone
from xplenty_tui.core.widths import cut, pad
from xplenty_tui.tui.theme import tones
from xplenty_tui.tui.widgets.bar import Bar
from xplenty_tui.tui.widgets.lines import Lines
from xplenty_tui.tui.widgets.typing import edit


@dataclass(frozen=True, slots=True)
class Option:
    """One that can be chosen."""

    id: str
    title: str
    hint: str = ""
    """Said dim at the right: a key, a state."""
    about: str = ""
    """Said dim behind the title; searched too."""
    mark: str = " "
    """A symbol before the title: the one in force."""


def matching(options: Sequence[Option], text: str) -> list[Option]:
    """Return the options that ``text`` finds, the best first; all of them for an empty text."""
    text = text.strip()
    if not text:
        return list(options)
    matcher = Matcher(text)
    scored = [(max(matcher.match(option.title), matcher.match(option.id)), option) for option in options]
    found = [(score, option) for score, option in scored if score > 0]
    if not found:
        return [option for option in options if text.casefold() in option.about.casefold()]
    return [option for _, option in sorted(found, key=lambda pair: -pair[0])]


def unique(options: Sequence[Option]) -> list[Option]:
    """Return the options without those whose id came before."""
    first: dict[str, Option] = {}
    for option in options:
        first.setdefault(option.id, option)
    return list(first.values())


class _Options(Lines):
    """The options as lines."""

    DEFAULT_CSS = "_Options { height: 1fr; }"

    def __init__(self) -> None:
        super().__init__()
        self.options: list[Option] = []
        self.can_focus = False

    def count(self) -> int:
        """Return how many there are."""
        return len(self.options)

    def identity(self, index: int) -> str:
        """Return what a line is, whatever its place."""
        return self.options[index].id

    def line(self, index: int, width: int, cursor: bool) -> Strip:
        """Draw one option: mark, title, what it is, hint."""
        option, known = self.options[index], tones(self.app)
        base = self.cursor_style if cursor else self.rich_style
        hint = cut(option.hint, width // 3)
        room = max(0, width - len(hint) - 4)
        title = cut(option.title, room)
        about = cut(f"  {option.about}" if option.about else "", room - len(title))
        dim = base if cursor else base + known[Tone.DIM]
        parts = [Segment(f" {option.mark} {title}", base), Segment(pad(about, room - len(title)), dim)]
        return Strip([*parts, Segment(f"{hint} ", dim)]).adjust_cell_length(width, base)


class Chooser(Vertical):
    """The box: a title, a line to type in, the options that match."""

    DEFAULT_CSS = """
    Chooser { layer: box; background: $panel; height: auto; border: round $accent; padding: 0 1; }
    Chooser.ascii { border: ascii $accent; }
    Chooser Input { border: none; height: 1; padding: 0; background: $panel; }
    Chooser Input:focus { border: none; background: $panel; }
    """
    MOVES: ClassVar[dict[str, Callable[[Lines], object]]] = {
        "down": lambda lines: lines.move(1),
        "up": lambda lines: lines.move(-1),
        "ctrl+n": lambda lines: lines.move(1),
        "ctrl+p": lambda lines: lines.move(-1),
        "pagedown": lambda lines: lines.page(1),
        "pageup": lambda lines: lines.page(-1),
    }

    class Closed(Message):
        """Left without a choice."""

    def __init__(
        self,
        title: str,
        options: Sequence[Option],
        choose: Callable[[str], object],
        *,
        placeholder: str = "type to search",
        start: str = "",
        also: Callable[[str], tuple[Sequence[Option], Sequence[Option]]] | None = None,
    ) -> None:
        super().__init__()
        self._title, self._all, self._choose, self._also = title, list(options), choose, also
        self._input = Input(value=start, placeholder=placeholder, compact=True, select_on_focus=False)
        self._input.cursor_blink = False
        self.gone = False
        """It was closed; an answer that comes now is late."""
        self._lines = _Options()
        self._lines.options = matching(self._all, start)
        self._matched = start
        """What was typed when the options were found."""

    def compose(self) -> ComposeResult:
        """Draw the box."""
        self.border_title = None
        bar = Bar(indent=0)
        bar.show([(self._title, Tone.STRONG)], [("esc closes", Tone.DIM)])
        yield bar
        yield self._input
        yield self._lines

    def on_mount(self) -> None:
        """Take the keys, and the middle of the screen."""
        self.set_class(bool(getattr(self.app, "ascii", False)), "ascii")
        self.place()
        self._input.cursor_position = len(self._input.value)
        self._input.focus()

    def place(self) -> None:
        """Fit the box to the screen."""
        screen = self.app.size
        width = min(76, max(20, screen.width - 4))
        height = min(max(len(self._all), 3) + 4, max(6, screen.height - 4))
        self.styles.width, self.styles.height = width, height
        self.styles.offset = ((screen.width - width) // 2, min(3, (screen.height - height) // 2))

    def update(self, options: Sequence[Option]) -> None:
        """Show other options (more of them became known); what is typed stays."""
        self._all = list(options)
        if self.is_mounted:
            self.place()
        self._match()

    def _match(self) -> None:
        self._matched = typed = self._input.value
        before, after = self._also(typed) if self._also is not None and typed.strip() else ((), ())
        found = [*before, *matching(self._all, typed), *after]
        self._lines.options = unique(found)
        if self._lines.is_mounted:
            self._lines.restart()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what matches."""
        event.stop()
        self._match()

    def on_key(self, event: events.Key) -> None:
        """Take every key that is not typing."""
        if event.key == "escape":
            self.close()
        elif event.key == "enter":
            if self._matched != self._input.value:  # typed so fast that nobody has looked yet
                self._match()
            if self._lines.options:
                chosen = self._lines.options[self._lines.cursor].id
                self.close()
                self._choose(chosen)
        elif event.key in self.MOVES:
            self.MOVES[event.key](self._lines)
        else:
            return  # the input's own editing keys
        event.stop()
        event.prevent_default()

    def take(self, event: events.Key) -> None:
        """Take a key, wherever the focus is."""
        self.on_key(event)
        if not self.gone:
            edit(self._input, event)

    def take_keys(self) -> None:
        """Type here again: a box that lay over this one is gone."""
        self._input.focus()

    @property
    def ready(self) -> bool:
        """Whether typed keys arrive by themselves."""
        return self._input.has_focus

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys that work now, the most needed first."""
        return (("type", "to search"), ("enter", "takes it"), ("down", "next"), ("esc", "closes"))

    def close(self) -> None:
        """Go away."""
        self.gone = True
        self.post_message(self.Closed())
        self.remove()


class Awaited(Chooser):
    """A box whose choice is waited for."""

    def __init__(self, title: str, options: Sequence[Option]) -> None:
        self._answer: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        super().__init__(title, options, self._answer.set_result)

    def close(self) -> None:
        """Go away; without a choice the answer is None."""
        super().close()
        asyncio.get_running_loop().call_soon(self._left)

    def _left(self) -> None:
        if not self._answer.done():
            self._answer.set_result(None)

    async def answer(self) -> str | None:
        """Return what was chosen; None when the person left."""
        return await self._answer

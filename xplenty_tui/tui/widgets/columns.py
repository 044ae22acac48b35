"""A box in which the columns of a list are chosen and put in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from textual.message import Message

from xplenty_tui.core.declare import Column, Tone
from xplenty_tui.core.widths import cut
from xplenty_tui.tui.widgets.form_box import REVERSED, Box, Line
from xplenty_tui.tui.widgets.spans import safe

PAGE = 5
HELP_AT = 20
"""The cell at which the help of a column begins."""


class ColumnsBox(Box):
    """All columns of a kind, the shown ones first and in their order. ``done`` gets the names that are shown."""

    widest = 76

    class Closed(Message):
        """It was left or kept, and went away."""

    def __init__(
        self, title: str, columns: Sequence[Column[Any]], shown: Sequence[str], done: Callable[[list[str]], object]
    ) -> None:
        super().__init__(title, "")
        self._known = {column.name: column for column in columns}
        self._shown = [name for name in shown if name in self._known]
        self._order = [*self._shown, *(name for name in self._known if name not in self._shown)]
        self._declared = [column.name for column in columns]
        self._on = set(self._shown)
        self._was = list(self._shown)
        self._at = self._top = 0
        self._done, self._kept = done, False

    def head(self) -> Line:
        """Return the title and how many are shown."""
        return [(self.title_, Tone.STRONG), (f"  {len(self._on)} of {len(self._order)} shown", Tone.DIM)]

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys that work now."""
        return (
            ("space", "shows or hides"),
            ("<", "up"),
            (">", "down"),
            ("0", "as declared"),
            ("enter", "keeps"),
            ("esc", "leaves"),
        )

    def tail(self) -> str:
        """Return how to move and keep, for the edge."""
        return "space shows or hides, < > move it, enter keeps"

    def wanted(self, width: int) -> int:
        """Return how many lines all columns fill."""
        return len(self._order)

    def inside(self, y: int, width: int) -> Line:
        """Return the line of one column: whether it is shown, its name, its help."""
        room = self.room[1]
        self._top = min(max(self._top, self._at - room + 1, 0), self._at)
        place = self._top + y
        if place >= len(self._order):
            return ()
        name = self._order[place]
        column, on = self._known[name], name in self._on
        text = cut(f"{'[x]' if on else '[ ]'} {safe(column.title).lower()}", HELP_AT - 2).ljust(HELP_AT)
        return [(text, REVERSED if place == self._at else Tone.PLAIN if on else Tone.DIM), (column.help, Tone.DIM)]

    def on_typed(self, key: str, character: str | None) -> None:
        """Move, show or hide, put in order, keep or leave."""
        steps = {"down": 1, "j": 1, "up": -1, "k": -1, "pagedown": PAGE, "pageup": -PAGE, "home": -999, "end": 999}
        if key == "escape":
            self.close()
        elif key == "enter":
            self._kept = bool(self._on)
            self.close()
        elif key in steps:
            self._at = min(max(self._at + steps[key], 0), len(self._order) - 1)
        elif key == "space":
            self._on ^= {self._order[self._at]}
        elif character in ("<", ">", ",", "."):
            self._move(-1 if character in ("<", ",") else 1)
        elif character == "0":
            self._order, self._on, self._at = list(self._declared), set(self._declared), 0
        self.paint()

    def _move(self, step: int) -> None:
        to = self._at + step
        if 0 <= to < len(self._order):
            self._order[self._at], self._order[to] = self._order[to], self._order[self._at]
            self._at = to

    def on_pasted(self, text: str) -> None:
        """Take no text."""

    def closing(self) -> None:
        """Hand the names on, once, when they are to be kept. As declared counts as no choice."""
        self.post_message(self.Closed())
        if self._kept:
            chosen = [name for name in self._order if name in self._on]
            if chosen != self._was:
                self._done([] if chosen == self._declared else chosen)

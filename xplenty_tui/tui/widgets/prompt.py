"""The line in which a filter or a search text is typed. Nothing typed here reaches a command."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.message import Message
from textual.widgets import Input


class Prompt(Input):
    """One line of input: enter keeps what was typed, escape takes it back."""

    DEFAULT_CSS = """
    Prompt { height: 1; width: 1fr; border: none; padding: 0; background: $surface; }
    Prompt:focus { border: none; background: $surface; }
    """
    MOVES: ClassVar[dict[str, str]] = {
        "down": "cursor.down",
        "up": "cursor.up",
        "pagedown": "cursor.page_down",
        "pageup": "cursor.page_up",
    }

    class Kept(Message):
        """Enter: the text stays in force."""

    class Left(Message):
        """Escape: back to the list without the text."""

    class Move(Message):
        """An arrow: the list below moves while the text has the focus."""

        def __init__(self, command: str) -> None:
            super().__init__()
            self.command = command

    def __init__(self, *, placeholder: str = "", id: str | None = None) -> None:
        super().__init__(placeholder=placeholder, id=id, compact=True, select_on_focus=False)
        self.cursor_blink = False

    def on_key(self, event: events.Key) -> None:
        """Enter, escape and the arrows mean the list; the rest is typing."""
        if event.key == "enter":
            self.post_message(self.Kept())
        elif event.key == "escape":
            self.post_message(self.Left())
        elif event.key in self.MOVES:
            self.post_message(self.Move(self.MOVES[event.key]))
        else:
            return
        event.stop()
        event.prevent_default()

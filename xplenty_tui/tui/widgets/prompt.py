"""The line in which a filter or a search text is typed. Nothing typed here reaches a command."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.message import Message
from textual.widgets import Input

from xplenty_tui.tui.widgets.typing import edit


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

    class Late(Message):
        """A key that was pressed when the line was left already: it means what is below."""

        def __init__(self, key: events.Key) -> None:
            super().__init__()
            self.key = key

    def __init__(self, *, placeholder: str = "", id: str | None = None) -> None:
        super().__init__(placeholder=placeholder, id=id, compact=True, select_on_focus=False)
        self.cursor_blink = False
        self.left = False
        """Enter or escape was pressed; the focus may still be here."""

    def begin(self) -> None:
        """Take the focus, to be typed into."""
        self.left = False
        self.focus()

    def take(self, event: events.Key) -> None:
        """Take a key, wherever the focus is: text that arrives in one piece must not be lost."""
        typing = not self.left
        self.on_key(event)
        if typing and not self.left:
            edit(self, event)

    def on_key(self, event: events.Key) -> None:
        """Enter, escape and the arrows mean the list; the rest is typing."""
        if self.left:
            self.post_message(self.Late(event))
        elif event.key in ("enter", "escape"):
            self.left = True
            self.post_message(self.Kept() if event.key == "enter" else self.Left())
        elif event.key in self.MOVES:
            self.post_message(self.Move(self.MOVES[event.key]))
        else:
            return
        event.stop()
        event.prevent_default()

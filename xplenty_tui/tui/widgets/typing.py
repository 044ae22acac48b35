"""Keys for a line of input, done as soon as they come.

A widget gets its keys through a queue of its own. While the focus moves, one key would wait in the queue of the widget
that had it and the next in that of the widget that has it: what is typed fast would be lost, or come in another order.
"""

from __future__ import annotations

from textual import events
from textual.widgets import Input

_ELSEWHERE = frozenset({"enter", "ctrl+c"})
_EDITING = {
    key: binding.action
    for binding in Input.BINDINGS
    if not isinstance(binding, tuple)
    for key in binding.key.split(",")
    if key not in _ELSEWHERE
}
"""Textual's own editing keys, each with its action: ``delete_left``, ``cursor_left(True)``."""


def edit(line: Input, event: events.Key) -> None:
    """Type a character, or do what an editing key means; any other key does nothing."""
    if event.is_printable and event.character:
        line.replace(event.character, *line.selection)
    elif action := _EDITING.get(event.key):
        name, _, argument = action.partition("(")
        act = getattr(line, f"action_{name}")
        act(True) if argument else act()

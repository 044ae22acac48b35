"""The application."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static


class XplentyApp(App[None]):
    """The full-screen program."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS = [("q", "quit", "Quit")]

    def compose(self) -> ComposeResult:
        """Draw the frame."""
        yield Static("xplenty-tui   q quit", markup=False)

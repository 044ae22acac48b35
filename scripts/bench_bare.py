"""The measure of all starts: an application that does nothing, on the same machine in the same minute."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import DataTable, Footer, Header


class BareApp(App[None]):
    """A header, an empty table, a footer."""

    def compose(self) -> ComposeResult:
        """Draw them."""
        yield Header()
        yield DataTable()
        yield Footer()


if __name__ == "__main__":
    BareApp().run()

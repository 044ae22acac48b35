"""A small program that lends its terminal: e edits, q leaves; a counter shows that the loop is alive.

``python -m tests.tui.editing_app FILE [LINE]`` edits the text of FILE. While the editor has the terminal, ``COUNT``
names a file that is written after 60 beats, and ``CANCEL_AT`` the number of beats after which the edit is cancelled.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Static

from xplenty_tui.tui.editor import Edited, edit


class EditingApp(App[str]):
    """Shows what came back, how wide it is, and a beat that is drawn most often while the terminal is lent."""

    def __init__(self, text: str, line: int | None) -> None:
        super().__init__()
        self.given, self.line = text, line
        self.beats = self.lent = 0
        self.editing: asyncio.Task[None] | None = None

    def compose(self) -> ComposeResult:
        yield Static("ready", id="shown", markup=False)
        yield Static("", id="width")
        yield Static("", id="beats")

    def on_mount(self) -> None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, self.exit, None, 143)
        self.set_interval(0.01, self.beat)

    def beat(self) -> None:
        self.beats += 1
        if self.editing is not None and not self.editing.done():
            self.lent += 1
            if self.lent == 60:
                Path(os.environ["COUNT"]).write_text(str(self.lent))
            if self.lent == int(os.environ.get("CANCEL_AT", "0")):
                self.editing.cancel()
        elif self.beats % 20:
            return
        self.query_one("#beats", Static).update(f"beat {self.beats}")

    async def on_unmount(self) -> None:
        if self.editing is not None:
            self.editing.cancel()

    def on_resize(self, event: events.Resize) -> None:
        self.query_one("#width", Static).update(f"width {event.size.width}")

    def on_key(self, event: events.Key) -> None:
        if event.key == "q":
            self.exit()
        elif event.key == "e":
            self.editing = asyncio.create_task(self.run_editor())

    async def run_editor(self) -> None:
        try:
            back = await edit(self, self.given, self.line, environment=os.environ)
        except asyncio.CancelledError:
            back = Edited(self.given, ok=False, sentence="cancelled")
        shown = back.text.replace("\n", "|")
        if self.return_code is None:
            self.query_one("#shown", Static).update(f"ok={back.ok} changed={back.changed} <{shown}> {back.sentence}")


if __name__ == "__main__":
    app = EditingApp(Path(sys.argv[1]).read_text("utf-8"), int(sys.argv[2]) if len(sys.argv) > 2 else None)
    app.run()
    sys.exit(app.return_code or 0)

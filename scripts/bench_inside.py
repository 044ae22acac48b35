"""The program's own table over its own store, worked from outside by signals, for what can only be measured inside.

``bench_inside.py N`` holds N jobs. SIGUSR1 shows them (or hides them again); SIGUSR2 changes one visible job.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from datetime import UTC, datetime, timedelta

from textual.app import App, ComposeResult
from textual.widgets import Static

from xplenty_tui.api.jobs import Job
from xplenty_tui.core.declare import Context
from xplenty_tui.core.store import Store
from xplenty_tui.core.view import View
from xplenty_tui.resources.jobs import JOBS
from xplenty_tui.tui import theme
from xplenty_tui.tui.widgets.table import Table

NOW = datetime(2026, 11, 22, 2, 55, tzinfo=UTC)
RUNNING = 3
"""The newest jobs run."""


def job(number: int, count: int, progress: float = 0.25) -> Job:
    """Return the job with this number; the highest is the newest."""
    running = number > count - RUNNING
    started = NOW - timedelta(minutes=7 * (count - number) + 1)
    fields = {
        "id": number,
        "status": "running" if running else ("failed" if number % 7 == 0 else "completed"),
        "progress": progress if running else 1.0,
        "package_id": number % 12,
        "package": {"id": number % 12, "name": f"orders_to_warehouse_{number % 12}"},
        "cluster_id": number % 6,
        "cluster": {"id": number % 6, "name": f"nightly-{number % 6}"},
        "created_at": started.isoformat(),
        "started_at": started.isoformat(),
        "completed_at": None if running else (started + timedelta(minutes=5)).isoformat(),
        "runtime_in_seconds": 300,
        "errors": "Access Denied on an object" if number % 7 == 0 and not running else None,
    }
    return Job.model_validate(fields)


class InsideApp(App[None]):
    """One table and a line that says how far it is."""

    CSS = "Table { height: 1fr; } Static { height: 1; }"

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count
        self.progress = 0.25
        self.store = Store()
        self.store.put("jobs", [(str(number), job(number, count)) for number in range(1, count + 1)], NOW)
        self.table = Table()
        self.said = Static("ready", markup=False)

    def compose(self) -> ComposeResult:
        """Draw the line and the table."""
        yield self.said
        yield self.table

    def on_mount(self) -> None:
        """Listen to the signals."""
        theme.register(self)
        self.theme = theme.fitting(self)
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGUSR1, self.show_or_hide)
        loop.add_signal_handler(signal.SIGUSR2, self.change)
        self.table.focus()

    def show_or_hide(self) -> None:
        """Make a view of all jobs and show it, or one of none."""
        nothing = self.table.count() > 0
        self.table.show(View(JOBS, (lambda _: False) if nothing else None), self.context)

    def change(self) -> None:
        """Let the newest job go on by one per cent, as a refresh would find it."""
        self.progress += 0.01
        self.store.put("jobs", [(str(self.count), job(self.count, self.count, self.progress))], NOW)
        self.table.reconcile()

    def context(self) -> Context:
        """Return the time, which stands still, and the store."""
        return Context(NOW, self.store, UTC)


if __name__ == "__main__":
    InsideApp(int(sys.argv[1])).run(mouse=False)

"""The program's own table over its own store, worked from outside by signals, for what can only be measured inside.

``bench_inside.py N`` holds N jobs. SIGUSR1 shows them (or hides them again); SIGUSR2 changes one visible job.
Keys: ``w`` makes the items ready for a filter, ``f`` types another letter of one, ``F`` takes it away, ``s`` sorts by
the next column, ``t`` changes 100 jobs as a refresh finds them, ``b`` says how long the loop was blocked at most since
``s`` or ``t`` began, and again hides it.
The keys of the table move in it.
"""

from __future__ import annotations

import asyncio
import signal
import sys
import time
from datetime import UTC, datetime, timedelta

from textual.app import App, ComposeResult
from textual.widgets import Static

from xplenty_tui.api.jobs import Job
from xplenty_tui.api.wire import many
from xplenty_tui.core.declare import Context
from xplenty_tui.core.store import Store
from xplenty_tui.core.view import View
from xplenty_tui.resources.jobs import JOBS
from xplenty_tui.tui import theme
from xplenty_tui.tui.widgets.table import Table

NOW = datetime(2026, 11, 22, 2, 55, tzinfo=UTC)
RUNNING = 3
"""The newest jobs run."""
BEAT_S = 0.005
"""How often the loop is looked at; not so often that the looking is what is measured."""
FILTERS = [f"nightly-{number}" for number in range(6)]
"""Each shows other rows, so that every keystroke is seen."""
SORTS = ("status", "id", "runtime")


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
    [decoded], _ = many(Job, [fields])
    return decoded


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
        self.view: View[Job] = View(JOBS)
        self.letters = self.sorts = self.ticks = 0
        self.longest = 0.0
        """Seconds that the loop stood still at most."""
        self.saying = False

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
        self.watch_task = asyncio.create_task(self.beat())

    async def beat(self) -> None:
        """Note how late a short sleep ends: so long was the loop blocked."""
        while True:
            before = time.perf_counter()
            await asyncio.sleep(BEAT_S)
            self.longest = max(self.longest, time.perf_counter() - before - BEAT_S)

    def key_pagedown(self) -> None:
        """Go a page down."""
        self.table.page(1)

    def key_end(self) -> None:
        """Go to the last row."""
        self.table.end()

    def key_home(self) -> None:
        """Go to the first row."""
        self.table.home()

    def key_f(self) -> None:
        """Let the filter end in another letter."""
        self.letters = (self.letters + 1) % len(FILTERS)
        self.view.set_filter(FILTERS[self.letters], self.context())
        self.table.reconcile()

    def key_upper_f(self) -> None:
        """Take the filter away."""
        self.letters = 0
        self.view.set_filter("", self.context())
        self.table.reconcile()

    def key_w(self) -> None:
        """Make all items ready for a filter, as the program does in idle moments."""
        while not self.view.warm(10_000):
            pass
        self.said.update("warm")

    def key_s(self) -> None:
        """Sort by the next column."""
        self.longest = 0.0
        self.sorts += 1
        self.table.sort(SORTS[self.sorts % len(SORTS)], "asc", self.table.reconcile)

    def key_t(self) -> None:
        """Take in 100 changed jobs, as a refresh does."""
        self.ticks += 1
        first = max(self.count - 100, 0) + 1
        fresh = [(str(n), job(n, self.count, 0.3 + self.ticks / 100)) for n in range(first, self.count + 1)]
        for _, one in fresh[:-RUNNING]:
            one.__dict__["runtime_in_seconds"] = 300 + self.ticks
        self.call_later(self.take, fresh)

    def take(self, fresh: list[tuple[str, Job]]) -> None:
        """Put them into the store and let the table follow: what was decoded before is not counted."""
        self.call_later(self.count_from_here, fresh)

    async def count_from_here(self, fresh: list[tuple[str, Job]]) -> None:
        """Begin to count and take the jobs in."""
        await asyncio.sleep(BEAT_S * 2)
        self.longest = 0.0
        self.store.put("jobs", fresh, NOW)
        self.table.reconcile()

    def key_b(self) -> None:
        """Say how long the loop was blocked, or hide it."""
        self.saying = not self.saying
        self.said.update(f"blocked {self.longest * 1000:.1f} ms" if self.saying else "ready")

    def show_or_hide(self) -> None:
        """Make a view of all jobs and show it, or one of none."""
        nothing = self.table.count() > 0
        self.view = View(JOBS, (lambda _: False) if nothing else None)
        self.table.show(self.view, self.context)

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

"""The one line with a real clock: how long the interface stands still while 10,000 jobs change.

The whole program runs, headless, against a demo server in another process; a task in its event loop wants to run
every 5 ms and notes by how much it was kept waiting.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pydantic import SecretStr
from sim_line import Line
from sim_trouble import CHANGED

from xplenty_tui.config.launch import Launch, Prepared
from xplenty_tui.config.settings import Settings
from xplenty_tui.demo.start import ACCOUNT, KEY
from xplenty_tui.tui.app import XplentyApp

TITLE = "10,000 jobs change at once, on the screen"
JOBS = 12_000
SECONDS = 30.0
"""For how long the screen is watched after the change."""
CADENCE_S = 0.005
LIMIT_MS = 50.0
PATIENCE_S = 60.0
"""Only a broken program takes that long to show rows."""
CALM_S = 4.0
"""How long the rows are there before anything is measured."""


class Server:
    """The demo server in its own process."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.url = self._read()

    def _read(self) -> str:
        assert self._process.stdout is not None  # noqa: S101  # it was asked for
        return self._process.stdout.readline().strip()

    def storm(self) -> None:
        """Let the jobs change; returns when they have."""
        assert self._process.stdin is not None  # noqa: S101  # it was asked for
        self._process.stdin.write(f"storm {CHANGED}\n")
        self._process.stdin.flush()
        self._read()


@contextmanager
def served() -> Iterator[Server]:
    """Run a server for as long as this lasts."""
    command = [sys.executable, str(Path(__file__).with_name("sim_server.py")), str(JOBS)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Server(process)
        finally:
            process.terminate()


class Lag:
    """Notes by how much a task that wants to run every ``CADENCE_S`` is late."""

    def __init__(self) -> None:
        self.waits: list[float] = []
        """Seconds, since ``clear``."""
        self._task = asyncio.create_task(self._watch())

    async def _watch(self) -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(CADENCE_S)
            self.waits.append(time.perf_counter() - before - CADENCE_S)

    def take_ms(self) -> float:
        """Return the longest wait since the last time, and begin anew."""
        longest, self.waits = max(self.waits, default=0.0), []
        return longest * 1000

    def stop(self) -> None:
        """Watch no longer."""
        self._task.cancel()


def program(url: str) -> XplentyApp:
    """Return the program, opened on the jobs of a server."""

    def how(launch: Launch) -> Prepared:
        return Prepared(
            settings=Settings(),
            profile="simulated",
            account=launch.account or ACCOUNT,
            url=url,
            clock=lambda: datetime.now(UTC),
            key=SecretStr(KEY),
            key_source="the demo",
        )

    return XplentyApp(Launch(how=how, environment={"LANG": "C.UTF-8"}, screen="jobs"))


async def until(reached: Callable[[], object]) -> None:
    """Wait for a state of the program."""
    async with asyncio.timeout(PATIENCE_S):
        while not reached():  # noqa: ASYNC110  # states of the program have no event
            await asyncio.sleep(CADENCE_S)


async def watch(server: Server, seconds: float) -> tuple[float, float, int]:
    """Return the longest blocks in ms, before and after the change, and how many shown jobs changed meanwhile."""
    app = program(server.url)
    async with app.run_test(size=(120, 40)):
        await until(lambda: app.session is not None and app.session.store.of("jobs").loaded_at is not None)
        session, lag = app.session, Lag()
        assert session is not None  # noqa: S101  # waited for
        await asyncio.sleep(CALM_S)
        lag.take_ms()
        await asyncio.sleep(CALM_S)
        before = lag.take_ms()
        await asyncio.to_thread(server.storm)
        await asyncio.sleep(seconds)
        after = lag.take_ms()
        lag.stop()
        changed = len(session.store.of("jobs").changed_at)
    return before, after, changed


def lines(seconds: float) -> list[Line]:
    """Measure and return the lines of the table."""
    with served() as server:
        before, after, changed = asyncio.run(watch(server, seconds))
    told = f"watched for {seconds:.0f} s, {changed:,} jobs came changed; {before:.0f} ms in calm"
    return [
        Line("the interface stood still for", after, LIMIT_MS, "ms", told),
        Line("changed jobs that came meanwhile", changed, 100, least=True),
    ]

"""A stage for one scenario: virtual time, a world, and sessions as the program makes them, without a screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from random import Random
from typing import Any

from pydantic import SecretStr
from sim_see import Eye
from sim_time import VirtualLoop, Wall, run
from sim_wire import Wire
from sim_world import BEGIN, SimWorld

from xplenty_tui.api.client import Client
from xplenty_tui.api.credits import Meter
from xplenty_tui.demo.start import ACCOUNT, KEY
from xplenty_tui.refresh.pace import Pace
from xplenty_tui.refresh.plan import Knobs
from xplenty_tui.refresh.session import Session, begin
from xplenty_tui.refresh.together import Pool
from xplenty_tui.resources import BY_NAME
from xplenty_tui.triage.look import look
from xplenty_tui.tui.screens.list import ListPlace
from xplenty_tui.tui.screens.triage import TriagePlace

KEYS_S = 240.0
"""A person who looks presses a key now and then."""

Look = Mapping[str, Pace]


def jobs_look() -> Look:
    """Return what the list of jobs wants, by its own word."""
    return ListPlace(BY_NAME["jobs"]).wants()


def triage_look() -> Look:
    """Return what the triage page wants, by its own word."""
    return TriagePlace(look, BY_NAME).wants()


class Terminal:
    """One session in one terminal, and what can be known of it."""

    def __init__(self, stage: Stage, number: int, *, folder: Path | None, sampled: bool) -> None:
        self.wire = Wire(stage.world)
        monotonic = stage.loop.time
        meter = Meter(stage.wall, monotonic)
        client = Client("https://demo.invalid", ACCOUNT, SecretStr(KEY), meter=meter, transport=self.wire)
        pool = None
        if folder is not None:
            pool = Pool(folder, client.host, wall=lambda: stage.wall().timestamp(), pid=number, token=f"sim{number}")
        self.session: Session = begin(
            client,
            meter,
            BY_NAME,
            profile="simulated",
            clock=stage.wall,
            knobs=Knobs(),
            jitter=Random(f"jitter {number}").random,  # noqa: S311  # the same waits in every run
            pool=pool,
            aside=_aside,
        )
        self.eye = Eye(stage.world, self.session.store, sampled=sampled)
        self._refreshing = asyncio.create_task(self.session.loop.run())

    async def close(self) -> None:
        """End the session; raises what its refresh raised."""
        self._refreshing.cancel()
        await asyncio.gather(self._refreshing, return_exceptions=True)
        await self.session.close()
        if not self._refreshing.cancelled() and (crash := self._refreshing.exception()) is not None:
            raise crash


async def _aside(work: Callable[[], Any]) -> Any:
    return await asyncio.to_thread(work)


class Stage:
    """Virtual time from 0 and a world in it."""

    def __init__(self, *, jobs: int = 400) -> None:
        self.loop = VirtualLoop()
        self.wall = Wall(BEGIN, self.loop.time)
        self.world = SimWorld(self.loop.time, jobs=jobs)
        self.terminals: list[Terminal] = []
        self._helpers: list[asyncio.Task[None]] = []

    def play(self, scene: Callable[[Stage], Coroutine[Any, Any, None]]) -> None:
        """Run a scene to its end."""

        async def whole() -> None:
            try:
                await scene(self)
            finally:
                for helper in self._helpers:
                    helper.cancel()
                for terminal in self.terminals:
                    await terminal.close()

        with self.world.watched():
            run(self.loop, whole())

    def open(
        self,
        look: Look,
        *,
        folder: Path | None = None,
        sampled: bool = False,
        present: bool = True,
        around: bool = False,
    ) -> Terminal:
        """Start a session that shows something; ``present``: somebody presses a key now and then.

        ``around``: it also shows what is asked beside the kinds.
        """
        terminal = Terminal(self, len(self.terminals) + 1, folder=folder, sampled=sampled)
        self.terminals.append(terminal)
        terminal.session.loop.around.others = around
        terminal.session.loop.look(look, around=around)
        if present:
            self._every(KEYS_S, terminal.session.loop.touched)
        if sampled:
            self._every(1.0, terminal.eye.sample)
        return terminal

    def _every(self, seconds: float, work: Callable[[], object]) -> None:
        async def again() -> None:
            while True:
                await asyncio.sleep(seconds)
                self.world.api.world.advance()
                work()

        self._helpers.append(asyncio.create_task(again()))

    async def until(self, at_s: float) -> None:
        """Let virtual time pass up to a moment."""
        await asyncio.sleep(max(0.0, at_s - self.loop.time()))
        self.world.api.world.advance()

    async def soon(self, reached: Callable[[], bool], within_s: float, step_s: float = 0.5) -> float:
        """Wait for a state; returns the moment, or infinity when it did not come in time."""
        end_s = self.loop.time() + within_s
        while not reached():
            if self.loop.time() >= end_s:
                return float("inf")
            await asyncio.sleep(step_s)
        return self.loop.time()

    def spent(self, since_s: float = 0.0, until_s: float = float("inf")) -> int:
        """Return the credits that all sessions took within a span of time."""
        return sum(terminal.wire.spent(since_s, until_s) for terminal in self.terminals)

"""Virtual time: an event loop that leaps over waiting, and a wall clock that can be set wrong.

Nothing sleeps: when no callback is ready, the loop's clock moves to the next timer. Work for threads is done at once
in the loop, so that one order of events is the only one.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor
from datetime import datetime, timedelta
from random import Random
from typing import Any, TypeVar, TypeVarTuple, Unpack

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

LATE_S = 0.02
"""A timer is late by up to this much, so that the sessions' rhythm drifts against the world's whole seconds."""


class StuckError(RuntimeError):
    """Every task waits for something that nobody is going to do."""


class _Leaping(selectors.SelectSelector):
    """Waits for nothing: tells the loop how long it would have waited."""

    def __init__(self, leap: Callable[[float], None]) -> None:
        super().__init__()
        self._leap = leap

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Return what is ready now; else move the clock by ``timeout`` seconds."""
        ready = super().select(0)
        if ready or (timeout is not None and timeout <= 0):
            return ready
        if timeout is None:
            raise StuckError("no timer is set and nothing is ready: virtual time would stand for ever")
        self._leap(timeout)
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop whose clock moves by leaps. Seconds from 0."""

    def __init__(self) -> None:
        self._now_s = 0.0
        self._chance = Random("timers")  # noqa: S311  # the same in every run
        super().__init__(_Leaping(lambda seconds: self.leap(seconds + LATE_S * self._chance.random())))

    def time(self) -> float:
        """Return the virtual monotonic clock."""
        return self._now_s

    def leap(self, seconds: float) -> None:
        """Let time pass at once: what was due meanwhile is late, as after a suspended process."""
        self._now_s += seconds

    def run_in_executor(
        self, executor: Executor | None, func: Callable[[Unpack[Ts]], T], *args: *Ts
    ) -> asyncio.Future[T]:
        """Do in the loop, in no time, what would be done in a thread."""

        async def work() -> T:
            return func(*args)

        return self.create_task(work())


class Wall:
    """The wall clock of the simulated host: ``begin`` plus virtual time, and how wrong it was set."""

    def __init__(self, begin: datetime, monotonic: Callable[[], float]) -> None:
        self.offset = timedelta()
        """Added to the true time."""
        self._begin, self._monotonic = begin, monotonic

    def __call__(self) -> datetime:
        """Return what the host takes for the time; aware, UTC."""
        return self._begin + timedelta(seconds=self._monotonic()) + self.offset


def run(loop: VirtualLoop, work: Coroutine[Any, Any, T]) -> T:
    """Run ``work`` to its end in virtual time, and close the loop."""
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        return runner.run(work)

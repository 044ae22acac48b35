"""One request for one question: who asks what is already on its way waits for the same answer."""

from __future__ import annotations

import asyncio
import copy
from collections.abc import Callable, Coroutine, Hashable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from xplenty_tui.api.errors import ApiError

T = TypeVar("T")


@dataclass(slots=True, eq=False)
class _Flight(Generic[T]):
    """A request on its way and how many wait for it."""

    task: asyncio.Task[T]
    waiters: int = 0


class Joining(Generic[T]):
    """The questions on their way, by what tells one from another."""

    def __init__(self) -> None:
        self._flights: dict[Hashable, _Flight[T]] = {}

    async def share(self, key: Hashable, ask: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Return what ``ask`` brings, or what the same question that is on its way brings; an ApiError likewise.

        Whoever asked first pays: ``ask`` runs in that caller's context. A waiter that is cancelled leaves the others
        alone; the last one takes the request with it.
        """
        flight = self._flights.get(key)
        if flight is None or flight.task.done():
            flight = self._flights[key] = _Flight(asyncio.create_task(ask()))
            flight.task.add_done_callback(_retrieve)
        flight.waiters += 1
        try:
            await asyncio.wait((flight.task,))
        finally:
            flight.waiters -= 1
            if not flight.waiters:
                await self._land(key, flight)
        return _outcome(flight.task)

    def forget(self) -> None:
        """Let nobody join what is on its way: after a write its answers may tell what was before."""
        self._flights.clear()

    async def _land(self, key: Hashable, flight: _Flight[T]) -> None:
        if self._flights.get(key) is flight:
            del self._flights[key]
        if not flight.task.done():
            flight.task.cancel()
            await asyncio.wait((flight.task,))  # nothing goes on behind the back of who was cancelled


def _retrieve(task: asyncio.Task[Any]) -> None:
    """Look at the error, so that one whose waiters all left is not complained of."""
    if not task.cancelled():
        task.exception()


def _outcome(task: asyncio.Task[T]) -> T:
    """Return the result, or raise the error: a copy for each waiter, or they would lengthen one common traceback."""
    problem = None if task.cancelled() else task.exception()
    if isinstance(problem, ApiError):
        raise copy.copy(problem)
    return task.result()

"""A loop whose server, clock and answers are held in the hand: nothing sleeps, everything waits for a state."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.core.things import COLUMNS, THINGS, Thing
from xplenty_tui.api.credits import Meter
from xplenty_tui.api.limits import RateLimit
from xplenty_tui.api.wire import Answer, Page
from xplenty_tui.core.declare import Refresh, Resource
from xplenty_tui.core.store import Store
from xplenty_tui.refresh.loop import Loop
from xplenty_tui.refresh.pace import Pace
from xplenty_tui.refresh.plan import Knobs
from xplenty_tui.refresh.purse import Purse

BEGIN = datetime(2026, 3, 1, 3, 0, tzinfo=UTC)
LIMIT = 5000
NEVER_IDLE_S = 1e9

RateLimit.model_rebuild()  # else the first free call builds it in a thread, whose time is not in the hand


def page(first: int, last: int, *, following: int | None = None) -> Page[Thing]:
    """Return the things from ``first`` down to ``last``."""
    items = tuple(Thing(number) for number in range(first, last - 1, -1))
    return Page(items, (), following, len(items))


class Free:
    """A client of which only the free call is made: it tells what is left, or raises."""

    def __init__(self, meter: Meter) -> None:
        self.meter = meter
        self.limits: dict[str, int | None] = {"limit": LIMIT, "remaining": LIMIT}
        self.error: Exception | None = None
        self.checks = 0

    async def get(self, path: str, *, counted: bool = True) -> Answer:
        assert (path, counted) == ("/rate_limit_status", False)
        self.checks += 1
        await asyncio.sleep(0)
        if self.error is not None:
            raise self.error
        return Answer(200, {}, {"limits": dict(self.limits)}, "rig.invalid", "GET", path)


@dataclass
class Ask:
    """One request that waits for its answer."""

    kind: str
    offset: int
    answer: asyncio.Future[Any]
    what: str = "load"
    since: datetime | None = None
    dropped: bool = False


@dataclass
class Rig:
    """The kinds ``things`` (hidden 120 s) and ``places`` (seen only) of one account.

    With ``tells`` the server can say of things what changed and what runs.
    """

    visible_s: float = 15.0
    now_s: float = 1000.0
    asks: list[Ask] = field(default_factory=list)
    store: Store = field(default_factory=Store)
    initial_pages: int = 1
    tells: bool = False
    knobs: Knobs = field(default_factory=lambda: Knobs(idle_s=NEVER_IDLE_S))
    looked: dict[str, Pace] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.resources: dict[str, Resource[Any]] = {
            "things": self._kind("things", Refresh(visible=15, hidden=120, gone=600), self.initial_pages, self.tells),
            "places": self._kind("places", Refresh(visible=60), 1),
        }
        self.meter = Meter(self.clock, lambda: self.now_s)
        self.client = Free(self.meter)
        self.knobs = replace(self.knobs, fastest_s=self.visible_s)
        self.purse = Purse(self.meter, self.knobs, jitter=lambda: 0.5)
        self.loop = Loop(self.client, self.store, self.resources, clock=self.clock, purse=self.purse)

    def clock(self) -> datetime:
        return BEGIN + timedelta(seconds=self.now_s)

    def _kind(self, name: str, refresh: Refresh, pages: int, tells: bool = False) -> Resource[Any]:
        async def load(_client: Any, offset: int) -> Any:
            return await self._carry(name, offset)

        async def changes(_client: Any, since: datetime, offset: int) -> Any:
            return await self._carry(name, offset, "changes", since)

        async def active(_client: Any, offset: int) -> Any:
            return await self._carry(name, offset, "active")

        made = replace(THINGS, name=name, load=load, columns=COLUMNS, refresh=refresh, initial_pages=pages)
        if not tells:
            return made
        running = {"active": active, "is_active": lambda thing: thing.status == "running"}
        return replace(made, changes=changes, updated=lambda thing: thing.started, **running)

    async def _carry(self, name: str, offset: int, what: str = "load", since: datetime | None = None) -> Any:
        ask = Ask(name, offset, asyncio.get_running_loop().create_future(), what, since)
        self.asks.append(ask)
        self.meter.leaves()
        try:
            return await ask.answer
        except asyncio.CancelledError:
            ask.dropped = True
            raise
        finally:
            self.meter.lands(name)

    def open(self) -> list[tuple[str, int]]:
        """Return what is in flight."""
        return sorted((ask.kind, ask.offset) for ask in self.asks if not ask.answer.done())

    async def until(self, reached: Callable[[], object]) -> None:
        """Let the loop do what it can until a state is reached; fails when it never is."""
        for _ in range(200):
            if reached():
                return
            await asyncio.sleep(0)
        raise AssertionError(f"not reached; in flight: {self.open()}")

    async def settle(self) -> None:
        """Let everything that can go on without an answer or the time go on."""
        for _ in range(30):
            await asyncio.sleep(0)

    async def asked(self, *wanted: tuple[str, int]) -> None:
        """Wait until exactly this is in flight, and nothing more comes."""
        await self.until(lambda: self.open() == sorted(wanted))
        await self.settle()
        assert self.open() == sorted(wanted)

    async def answer(self, kind: str, result: Any) -> None:
        """Answer the request of ``kind`` that is in flight, with a page or by raising."""
        await self.until(lambda: any(known == kind for known, _ in self.open()))
        waiting = [one for one in self.asks if one.kind == kind and not one.answer.done()]
        [ask] = waiting  # never two of a kind
        if isinstance(result, Exception):
            ask.answer.set_exception(result)
        else:
            ask.answer.set_result(result)
        await self.settle()

    async def look(self, **kinds: float | Pace) -> None:
        self.looked = {kind: pace if isinstance(pace, Pace) else Pace(pace) for kind, pace in kinds.items()}
        self.loop.look(self.looked)
        await self.settle()

    def hold(self, still: bool) -> None:
        """Stop or resume the background."""
        switch = self.loop.pause  # the loop's; no wait
        switch(still)

    async def turn(self, seconds: float) -> None:
        """Let time pass: the loop looks at the clock again."""
        self.now_s += seconds
        self.loop.look(self.looked)
        await self.settle()

    def ids(self, kind: str = "things") -> set[int]:
        return {int(key) for key in self.store.of(kind).items}


@asynccontextmanager
async def running(rig: Rig, looked: Mapping[str, float | Pace] | None = None) -> AsyncIterator[Rig]:
    """Run the loop of ``rig`` with a first look; it is stopped in the end."""
    task = asyncio.create_task(rig.loop.run())
    await rig.look(**(looked if looked is not None else {"things": 15}))
    try:
        yield rig
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

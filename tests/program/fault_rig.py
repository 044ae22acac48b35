"""The whole program in process before the demo server: real HTTP on loopback, faults at will, and time by hand."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from pydantic import SecretStr
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from xplenty_tui.api import connections, curl
from xplenty_tui.api.patience import Limits
from xplenty_tui.config.keep import DemoPlace
from xplenty_tui.config.launch import Launch, Prepared
from xplenty_tui.config.settings import Settings
from xplenty_tui.core.declare import Resource
from xplenty_tui.demo import server as demo
from xplenty_tui.demo.faults import Faulty
from xplenty_tui.demo.replies import Reply
from xplenty_tui.demo.start import ACCOUNT, KEY, SEED, start
from xplenty_tui.tui import sending, warm
from xplenty_tui.tui.app import XplentyApp

BEGIN = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
JOBS = 60
LIMIT_S = 90.0
"""Only a failing run waits that long."""
QUICK = Limits(connect_s=5, read_s=1, total_s=1.5)
"""The program's 20 and 30 seconds in 20 times less, while a fault lasts that is about time."""
SLOW = {"slow-head", "slow-body", "stall"}
FREE = "/rate_limit_status"


class Counting:
    """A spoilt world that notes what it was asked: method and path from the account on."""

    def __init__(self, faulty: Faulty) -> None:
        self.faulty = faulty
        self.asked: list[str] = []

    def handle(
        self, method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes
    ) -> Reply:
        self.asked.append(f"{method} {path.partition('/api')[2]}")
        return self.faulty.handle(method, path, query, headers, body)


@dataclass
class Rig:
    """A running program, the world behind it, and the time of both."""

    app: XplentyApp
    pilot: Pilot[str]
    served: Counting
    now_s: list[float]
    answers_s: list[float] = field(default_factory=list)
    """Processor seconds that the program took to answer a key, each time it was measured."""

    @property
    def session(self) -> Any:
        return self.app.session

    @property
    def place(self) -> Any:
        return self.app.places.front

    @property
    def text(self) -> str:
        """What can be read on the screen."""
        return "\n".join(strip.text.rstrip() for strip in self.app.screen._compositor.render_strips())

    def fault(self, word: str = "", rate: float = 1.0) -> None:
        """Spoil every answer from now on; without a word none."""
        self.served.faulty.faults = [(word, rate)] if word else []
        wait(self.session.client._door, word)

    def spent(self) -> int:
        """Return how many requests were sent so far that cost a credit."""
        return sum(not one.endswith(FREE) for one in self.served.asked)

    async def until(self, reached: Callable[[], object], what: str = "") -> None:
        """Wait for a state; fails with the screen when it is never reached."""
        try:
            async with asyncio.timeout(LIMIT_S):
                while not reached():
                    await asyncio.sleep(0)
                    await self.pilot.pause()
        except TimeoutError:
            raise AssertionError(f"not reached: {what}; the screen:\n{self.text}") from None

    def flying(self) -> bool:
        """Tell whether something is under way."""
        loop = self.session.loop
        return bool(self.app._tasks or self.app._changed) or any(
            one.busy or one.forced for one in loop._tracks.values()
        )

    async def settle(self) -> None:
        """Let everything in flight land and be drawn."""
        await self.until(lambda: not self.flying(), "all is answered")
        await self.pilot.pause()
        self.app._message = None
        self.app.tick()
        await self.pilot.pause()

    async def pass_time(self, seconds: float) -> None:
        """Let time pass at once, and what became due by it be done."""
        self.now_s[0] += seconds
        self.session.loop.touched()
        self.session.loop.force(())  # it looks at the clock again
        self.app.tick()
        await self.pilot.pause()
        await self.settle()

    async def go(self, kind: Resource[Any]) -> None:
        """Go to a kind with the palette, as a person does, and note how long the box took to come."""
        began = time.process_time()
        self.app.post_message(events.Key("colon", ":"))
        await self.until(lambda: self.app.boxes() and self.app.boxes()[-1].ready, "the palette")
        self.answers_s.append(time.process_time() - began)
        for one in kind.title:
            self.app.post_message(events.Key(_character_to_key(one), one))
        box = self.app.boxes()[-1]
        await self.until(lambda: box._input.value == kind.title, "it is typed")
        await self.pilot.press("enter")
        await self.until(lambda: not self.app.boxes() and self.place.name_ in (kind.name, "account"), kind.title)
        await self.settle()

    async def keys(self, *keys: str) -> None:
        """Press keys, and wait for what they began."""
        await self.pilot.press(*keys)
        await self.settle()


def limits_of(word: str) -> Limits:
    """Return how long the program waits while a fault lasts."""
    return QUICK if word in SLOW else Limits()


def wait(door: Any, word: str) -> None:
    """Make the program wait as long as a fault needs."""
    door.limits = limits = limits_of(word)
    if door._http is not None:
        door._http.timeout = httpx.Timeout(limits.read_s, connect=limits.connect_s, pool=None)


@contextmanager
def in_haste(word: str = "") -> Iterator[None]:
    """Make the server a little late where it is very late, and the program as impatient."""
    patch, session_of = pytest.MonkeyPatch(), warm.session_of

    def hasty(prepared: Prepared) -> Any:
        session = session_of(prepared)
        session.client._door.limits = limits_of(word)
        return session

    patch.setattr(warm, "session_of", hasty)
    patch.setattr(sending, "AGAIN_S", 0.0)
    for module in (connections, curl) if word in SLOW else ():  # what a test of a connection may take
        patch.setattr(module, "WAIT_S", QUICK.total_s)
    for name, value in {"SLOW_S": 3.0, "SLOW_BYTES": 4, "SLOW_PACE_S": 0.1}.items():
        patch.setattr(demo, name, value)
    try:
        yield
    finally:
        patch.undo()


@asynccontextmanager
async def running(screen: str = "triage", fault: str = "", size: tuple[int, int] = (80, 24)) -> AsyncIterator[Rig]:
    """Run the program before a server that spoils its answers by ``fault`` from the first one on."""
    now_s = [1000.0]
    api, _ = start(SEED, JOBS, 1.0, lambda: now_s[0], BEGIN)
    served = Counting(Faulty(api, [(fault, 1.0)] if fault else []))
    with in_haste(fault), demo.serve(served, 0) as server:

        def how(launch: Launch) -> Prepared:
            return Prepared(
                settings=Settings(), profile="demo", account=launch.account or ACCOUNT, url=server.url,
                clock=lambda: BEGIN + timedelta(seconds=now_s[0] - 1000.0), key=SecretStr(KEY), key_source="the demo",
                place=DemoPlace(), monotonic=lambda: now_s[0], jitter=lambda: 0.5,
            )  # fmt: skip

        app = XplentyApp(Launch(how=how, environment={"LANG": "C.UTF-8"}, screen=screen))
        app.zone = UTC
        async with app.run_test(size=size) as pilot:
            rig = Rig(app, pilot, served, now_s)
            await rig.until(lambda: app.session is not None and served.asked, "the session")
            await rig.settle()
            yield rig

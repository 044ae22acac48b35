"""The whole program in process over the demo world: time stands, requests are counted, answers can be spoilt or held.

async with running(screen="jobs") as host:
    await host.press("j", "enter")
    await host.until(lambda: host.depth == 2)
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
from pydantic import SecretStr
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from xplenty_tui.config.keep import DemoPlace
from xplenty_tui.config.launch import Launch, Prepared
from xplenty_tui.config.settings import Settings
from xplenty_tui.core.store import Collection
from xplenty_tui.demo.start import ACCOUNT, KEY, start
from xplenty_tui.demo.transport import DemoTransport
from xplenty_tui.tui.app import XplentyApp
from xplenty_tui.tui.widgets.bar import Bar

BEGIN = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
LIMIT_S = 20.0
"""Only a failing test waits that long."""

Answer = int | Exception | bytes
"""A status, something to raise, or a body that is sent with status 200."""


class Line(httpx.AsyncBaseTransport):
    """The way to the world: notes every request, and spoils or holds those that a test names."""

    def __init__(self, api: Any) -> None:
        self.api, self.world = api, DemoTransport(api)
        self.asked: list[str] = []
        """Path and query of all that costs a credit, without the account's prefix; writes with their method."""
        self.bodies: list[Any] = []
        """What was sent with each write."""
        self.after: dict[str, Answer] = {}
        """What spoils an answer after the world has acted."""
        self.free: list[str] = []
        """The same of those that cost none."""
        self.accounts: list[str] = []
        self.spoilt: dict[str, Answer] = {}
        self.held: dict[str, asyncio.Event] = {}
        self.late = 0
        """Held requests that were let go."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        full = request.url.raw_path.decode()
        found = re.match(r"/(?P<account>[^/]+)/api(?P<path>/.*)", full)
        path = found["path"] if found else full
        if request.method != "GET":
            path = f"{request.method} {path}"
            self.bodies.append(json.loads(await request.aread() or b"null"))
        (self.free if path == "/rate_limit_status" else self.asked).append(path)
        self.accounts.append(found["account"] if found else "")
        for pattern, gate in list(self.held.items()):
            if re.match(pattern, path):
                try:
                    await gate.wait()
                finally:
                    self.late += 1
        for pattern, answer in self.spoilt.items():
            if re.match(pattern, path):
                return spoil(answer)
        answer = await self.world.handle_async_request(request)
        for pattern, spoilt in self.after.items():
            if re.match(pattern, path):
                return spoil(spoilt)
        return answer


def spoil(answer: Answer) -> httpx.Response:
    """Return a status or a body, or raise."""
    if isinstance(answer, Exception):
        raise answer
    if isinstance(answer, bytes):
        return httpx.Response(200, content=answer)
    return httpx.Response(answer, json={"message": f"told off {answer}"})


@dataclass
class Host:
    """A running program and what a test asks of it."""

    app: XplentyApp
    pilot: Pilot[str]
    line: Line
    now_s: list[float]
    """The refresh's clock: it stands until ``pass_time``."""

    async def until(self, reached: Callable[[], object]) -> None:
        """Wait for a state; fails with the screen when it is never reached."""
        try:
            async with asyncio.timeout(LIMIT_S):
                while not reached():
                    await self.pilot.pause()
        except TimeoutError:
            raise AssertionError(f"not reached; asked {self.line.asked[-5:]}; the screen:\n{self.text}") from None

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    def type(self, text: str) -> None:
        """Send printable keys all at once, as a fast typist or a paste without brackets does."""
        for one in text:
            self.app.post_message(events.Key(_character_to_key(one), one))

    async def settle(self) -> None:
        """Let everything in flight land and be drawn."""
        await self.until(lambda: not self.app._tasks and not self.flying)
        await self.pilot.pause()

    @property
    def flying(self) -> list[str]:
        loop = self.app.session.loop if self.app.session else None
        return [kind for kind in loop._tracks if loop.busy(kind)] if loop else []

    async def see(self, pattern: str) -> None:
        await self.until(lambda: re.search(pattern, self.text))

    @property
    def text(self) -> str:
        """What can be read on the screen."""
        return "\n".join(strip.text.rstrip() for strip in self.app.screen._compositor.render_strips())

    @property
    def place(self) -> Any:
        return self.app.places.front

    @property
    def depth(self) -> int:
        return self.app.places.depth

    @property
    def state(self) -> str:
        return self.app.state_word(self.place)

    @property
    def status(self) -> str:
        """The state line without a message that may lie over it."""
        self.app._message = None
        self.app.draw_status()
        return self.bar("status")

    def bar(self, id_: str) -> str:
        return self.app.query_one(f"#{id_}", Bar).text

    def held(self, kind: str) -> Collection[Any]:
        assert self.app.session is not None
        return self.app.session.store.of(kind)

    async def open(self, digit: str, kind: str) -> None:
        """Go to a section, or to a kind without one, and wait for its rows."""
        if digit:
            await self.press(digit)
        else:
            self.app.open_kind(kind)
        await self.until(lambda: self.place is not None and self.place.name_ == kind and self.held(kind).loaded_at)
        await self.settle()

    def pass_time(self, seconds: float) -> None:
        assert self.app.session is not None
        self.now_s[0] += seconds
        self.app.session.loop.force(())  # the loop looks at the clock again


def prepared(line: Line, clock: Callable[[], datetime], account: str | None = None, **more: Any) -> Prepared:
    settings = more.pop("settings", None) or Settings()
    return Prepared(
        settings=settings, profile="demo", account=account or ACCOUNT, url="https://demo.invalid", clock=clock,
        key=SecretStr(KEY), key_source="the demo", place=DemoPlace(), transport=line, **more,
    )  # fmt: skip


@asynccontextmanager
async def running(
    *,
    screen: str | None = None,
    size: tuple[int, int] = (120, 40),
    jobs: int = 150,
    before: Callable[[], None] = lambda: None,
    spoilt: dict[str, Answer] | None = None,
    begun: bool = True,
    lang: str = "C.UTF-8",
    **more: Any,
) -> AsyncIterator[Host]:
    """Run the program; ``before`` runs in the thread that prepares, ``begun`` waits for the session."""
    api, clock = start(7, jobs, 0, lambda: 0.0, BEGIN)
    line, now_s = Line(api), [1000.0]
    line.spoilt.update(spoilt or {})

    def how(launch: Launch) -> Prepared:
        before()
        return prepared(line, clock, launch.account, monotonic=lambda: now_s[0], jitter=lambda: 0.5, **more)

    app = XplentyApp(Launch(how=how, environment={"LANG": lang}, screen=screen))
    async with app.run_test(size=size) as pilot:
        host = Host(app, pilot, line, now_s)
        if begun:
            await host.until(lambda: app.places.front is not None and line.asked)
            await host.settle()
        yield host

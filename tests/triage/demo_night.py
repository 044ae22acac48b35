"""The demo world in the hand: its clock, its API, and what a person who asked for everything knows of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import SecretStr

from xplenty_tui.api.client import Client
from xplenty_tui.api.credits import Meter
from xplenty_tui.core.declare import Context
from xplenty_tui.core.store import Store
from xplenty_tui.demo.account import Account
from xplenty_tui.demo.api import DemoApi
from xplenty_tui.demo.records import Job, Package, Schedule
from xplenty_tui.demo.start import ACCOUNT, KEY, start
from xplenty_tui.demo.transport import DemoTransport
from xplenty_tui.refresh.plan import Knobs
from xplenty_tui.refresh.session import Session, begin
from xplenty_tui.resources import BY_NAME
from xplenty_tui.triage.limits import LIMITS, Limits
from xplenty_tui.triage.look import problems
from xplenty_tui.triage.problem import Problem
from xplenty_tui.tui.judging import beside_of

BEGIN = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
KINDS = ("jobs", "clusters", "schedules", "packages")
STEP_S = 5.0
"""What is waited for is looked at so often."""
MOST_S = 26 * 3600.0
"""Longer nothing is waited for."""


@dataclass
class Night:
    """The demo world, its time, and what a person knows of it."""

    session: Session
    api: DemoApi
    now_s: list[float]
    limits: Limits = LIMITS
    first_page: bool = False
    """Only the newest jobs are asked for, as at the start of the program."""
    around: tuple[str, ...] = ()
    """What is asked beside the kinds."""

    @property
    def client(self) -> Client:
        return self.session.client

    @property
    def store(self) -> Store:
        return self.session.store

    @property
    def now(self) -> datetime:
        return BEGIN + timedelta(seconds=self.now_s[0])

    # The world.

    @property
    def account(self) -> Account:
        return self.api.world.accounts[ACCOUNT]

    def package(self, name: str, account: Account | None = None) -> Package:
        """Return a package of the world that fails only when it is told to."""
        found = (account or self.account).packages.values()
        one = next(each for each in found if each.name == name)
        one.risk = 0.0
        return one

    def schedule(self, name: str) -> Schedule:
        return next(each for each in self.account.schedules.values() if each.name == name)

    def newest(self, package: Package) -> Job:
        """Return the newest run of a package."""
        return next(job for job in reversed(self.account.jobs.values()) if job.package is package)

    def pass_time(self, **length: float) -> None:
        self.now_s[0] += timedelta(**length).total_seconds()
        self.api.world.advance()

    def busy(self, schedule: Schedule) -> bool:
        """Tell whether runs of a schedule are under way."""
        return any(job.creator is schedule and not job.ended for job in self.account.jobs.values())

    def until(self, so: Callable[[], bool], step_s: float = STEP_S) -> None:
        """Let time pass until something is so."""
        end = self.now_s[0] + MOST_S
        while not so():
            assert self.now_s[0] < end, "it does not happen"
            self.pass_time(seconds=step_s)

    # What is known.

    async def load(self) -> None:
        """Ask for everything."""
        for kind in KINDS:
            resource, offset = BY_NAME[kind], 0
            found: dict[str, Any] = {}
            while offset is not None:
                page = await resource.load(self.client, offset)
                found |= {resource.key(item): item for item in page.items}
                offset = None if self.first_page and kind == "jobs" else page.next_offset
            self.store.put(kind, found.items(), self.now, merge=resource.merge, whole=True)
        for name in self.around:
            await self.session.loop.around.ask(name)

    async def look(self, limits: Limits | None = None) -> list[Problem]:
        """Ask for everything, and return what the rules make of it."""
        await self.load()
        ctx = Context(self.now, self.store, UTC, ACCOUNT)
        return list(problems(ctx, limits or self.limits, beside_of(self.session)))

    async def rules(self, limits: Limits | None = None) -> set[str]:
        return {one.rule for one in await self.look(limits) if not one.recovered}


@asynccontextmanager
async def demo_night(jobs: int = 300) -> AsyncIterator[Night]:
    """Begin a night at the demo's usual account; 300 jobs reach back for a week."""
    now_s = [0.0]
    api, clock = start(7, jobs, 1.0, lambda: now_s[0], BEGIN, limit=100_000)
    meter = Meter(clock, lambda: now_s[0])
    client = Client("https://demo.invalid", ACCOUNT, SecretStr(KEY), meter=meter, transport=DemoTransport(api))
    session = begin(client, meter, BY_NAME, profile="demo", clock=clock, knobs=Knobs(), jitter=lambda: 0.5)
    yield Night(session, api, now_s)
    await session.close()

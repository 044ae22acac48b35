"""A session with the demo: it fills its store, knows the server's time, and closes."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest
from pydantic import SecretStr

from tests.demo.asking import BEGIN, asker
from xplenty_tui.api.client import Client
from xplenty_tui.api.credits import Meter
from xplenty_tui.api.errors import Unreachable
from xplenty_tui.demo.start import ACCOUNT, KEY
from xplenty_tui.demo.transport import DemoTransport
from xplenty_tui.refresh.pace import Pace
from xplenty_tui.refresh.plan import Knobs
from xplenty_tui.refresh.session import Session, begin
from xplenty_tui.resources import BY_NAME
from xplenty_tui.triage.page import KINDS


def session(clock_is_late: timedelta = timedelta(0)) -> Session:
    """Begin a session with a world that stands still."""
    world = asker(jobs=250)

    def clock() -> datetime:
        return BEGIN - clock_is_late

    meter = Meter(clock, lambda: 0.0)
    client = Client(
        "https://demo.invalid", ACCOUNT, SecretStr(KEY), meter=meter, transport=DemoTransport(world.api), read_only=True
    )
    return begin(
        client, meter, BY_NAME,
        profile="demo", clock=clock, knobs=Knobs(), jitter=lambda: 0.5,
        production=True, key_source="the demo",
    )  # fmt: skip


async def filled(one: Session, kinds: tuple[str, ...]) -> None:
    """Run the loop until these kinds are loaded and nothing is in flight."""
    task = asyncio.create_task(one.loop.run())
    one.loop.look({kind: Pace(float(BY_NAME[kind].refresh.visible)) for kind in kinds})
    async with asyncio.timeout(30):
        while any(one.store.of(kind).empty or one.loop.busy(kind) for kind in kinds):
            await asyncio.sleep(0)
    await one.close()
    await task


async def test_a_session_fills_its_store() -> None:
    one = session()
    await filled(one, KINDS)
    for kind in KINDS:
        held = one.store.of(kind)
        assert held.error is None
        assert held.loaded_at == BEGIN
        assert len(one.store.good(kind)) == len(held.items) > 0
    assert len(one.store.of("jobs").items) > 200  # all the first pages
    assert (one.profile, one.account, one.key_source) == ("demo", ACCOUNT, "the demo")
    assert (one.read_only, one.production) == (True, True)


async def test_every_kind_can_be_looked_at() -> None:
    one = session()
    await filled(one, tuple(BY_NAME))
    assert {kind: one.store.of(kind).error for kind in BY_NAME} == dict.fromkeys(BY_NAME)
    assert one.meter.burn() <= len(BY_NAME), "a credit a kind; packages take two, and some kinds none"


async def test_ages_are_told_by_the_servers_clock() -> None:
    one = session(timedelta(hours=3))
    assert one.now() == BEGIN - timedelta(hours=3)
    await filled(one, ("clusters",))
    assert one.now() == BEGIN
    assert one.store.of("clusters").loaded_at == BEGIN


async def test_a_closed_session_asks_nothing() -> None:
    one = session()
    one.loop.look({"jobs": Pace(15)})
    await one.close()
    await asyncio.wait_for(one.loop.run(), 5)
    assert one.store.of("jobs").empty
    with pytest.raises(Unreachable):
        await one.client.get("/jobs")

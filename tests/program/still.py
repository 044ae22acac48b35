"""The program standing still: the demo account at one moment, and ways to wait until a screen has settled."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import httpx
from pydantic import SecretStr
from textual.pilot import Pilot
from textual.widgets import Input

from xplenty_tui.config.keep import DemoPlace
from xplenty_tui.config.launch import Launch, Prepared
from xplenty_tui.config.settings import Settings
from xplenty_tui.demo.start import ACCOUNT, JOBS, KEY, SEED, start
from xplenty_tui.demo.transport import DemoTransport
from xplenty_tui.tui.app import XplentyApp
from xplenty_tui.tui.screens.connect import ConnectPlace

BEGIN = datetime(2026, 11, 24, 2, 53, tzinfo=UTC)
"""The moment at which the world stands: a night that did not go well."""

PATIENCE_S = 30.0
"""How long a screen may take to settle on a busy machine before its picture is given up."""

Step = str | Callable[[XplentyApp], object]
"""A key, or something to do in the program."""


def moment() -> datetime:
    """Return the time: always the same."""
    return BEGIN


def world() -> DemoTransport:
    """Return a transport to a fresh demo account that stands at ``BEGIN``."""
    api, _ = start(SEED, JOBS, 0, lambda: 0.0, BEGIN)
    return DemoTransport(api)


def still(
    transport: httpx.AsyncBaseTransport | None = None,
    *,
    screen: str = "triage",
    change: Callable[[Prepared], Prepared] = lambda prepared: prepared,
) -> XplentyApp:
    """Return the program over the demo account, or over ``transport``; ``change`` alters what it was started with."""
    carried = transport if transport is not None else world()

    def prepare(launch: Launch) -> Prepared:
        prepared = Prepared(
            settings=Settings(),
            profile="demo",
            account=launch.account or ACCOUNT,
            url="https://demo.invalid",
            clock=moment,
            monotonic=lambda: 1000.0,
            jitter=lambda: 0.5,
            key=SecretStr(KEY),
            key_source="the demo",
            place=DemoPlace(),
            transport=carried,
        )
        return change(prepared)

    app = XplentyApp(Launch(prepare, {}, screen=screen))
    app.zone = UTC
    app.title = "xplenty-tui"
    app.animation_level = "none"
    return app


def without_key(prepared: Prepared) -> Prepared:
    """Take the key away: the program asks for one."""
    return replace(prepared, account="", key=None, problems=("XPLENTY_API_KEY is not set.", "The keyring has no key."))


def answered(app: XplentyApp) -> bool:
    """Tell whether all that the place in front waits for has been answered, one way or the other, and is drawn."""
    front, session = app.places.front, app.session
    boxes = app.boxes()  # an errand waits behind a question or a form for its answer
    under_way = len(app._tasks) > 1 or not boxes[-1].ready if boxes else bool(app._tasks)
    if front is None or not front.is_mounted or under_way or app._changed:
        return False
    if session is None:
        return isinstance(front, ConnectPlace)
    loop, store = session.loop, session.store
    if any(track.forced or track.busy for track in loop._tracks.values()):
        return False
    return all(store.of(kind).loaded_at is not None or store.of(kind).error is not None for kind in front.wants())


def asking(app: XplentyApp) -> bool:
    """Tell whether the place in front is drawn and has asked, and has no answer yet."""
    front, session = app.places.front, app.session
    return front is not None and session is not None and all(map(session.loop.busy, front.wants()))


async def settle(pilot: Pilot[str], ready: Callable[[XplentyApp], bool] = answered) -> None:
    """Wait until ``ready`` holds and everything is painted; raises TimeoutError when that never happens."""
    app = pilot.app
    assert isinstance(app, XplentyApp)
    async with asyncio.timeout(PATIENCE_S):
        while not ready(app):
            await pilot.pause()
            if app._exception is not None:
                raise app._exception
    for field in app.query(Input):
        field.cursor_blink = False
    app.tick()  # as a second later: whether one has passed by now depends on the machine
    await pilot.pause()
    await pilot.pause()


async def walk(pilot: Pilot[str], steps: Sequence[Step] = (), ready: Callable[[XplentyApp], bool] = answered) -> None:
    """Take the steps, each from a settled screen to a settled one."""
    await settle(pilot, ready)
    for step in steps:
        if isinstance(step, str):
            await pilot.press(step)
        else:
            app = pilot.app
            assert isinstance(app, XplentyApp)
            step(app)
        await settle(pilot, ready)

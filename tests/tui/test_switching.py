"""Another account: nothing of the old one lands in the new one, and the frame says where one is."""

from __future__ import annotations

import asyncio

import httpx

from tests.tui.host import running
from xplenty_tui.demo.start import OTHER_ACCOUNT
from xplenty_tui.tui.widgets.chooser import Chooser


async def switch(host) -> None:
    await host.press("a")
    await host.until(lambda: host.app.query(Chooser) and host.app.query_one(Chooser)._input.has_focus)
    box = host.app.query_one(Chooser)
    await host.until(lambda: any(one.title == OTHER_ACCOUNT for one in box._all))
    host.type("staging")
    await host.until(lambda: box._lines.options and box._lines.options[0].title == OTHER_ACCOUNT)
    await host.press("enter")
    await host.until(lambda: host.app.session is not None and host.app.session.account == OTHER_ACCOUNT)


async def test_the_accounts_of_the_key_cost_one_request_and_the_frame_names_the_new_one():
    async with running(screen="jobs", jobs=60) as host:
        host.line.asked.clear()
        host.line.accounts.clear()
        old = host.app.session
        await switch(host)
        await host.settle()
        assert host.line.asked[0].startswith("/accounts")
        assert set(host.line.accounts[1:]) == {OTHER_ACCOUNT}
        assert host.app.session is not old
        assert host.bar("nav").startswith(OTHER_ACCOUNT)
        assert host.status.startswith(OTHER_ACCOUNT)
        await host.until(lambda: not host.app.query(Chooser))
        await host.open("2", "jobs")
        ours = set(host.held("jobs").items)
        assert ours
        assert not ours & set(old.store.of("jobs").items)


async def test_answers_of_the_old_account_are_dropped():
    async with running(screen="jobs", jobs=60) as host:
        old, keys = host.app.session, set(host.held("jobs").items)
        gates = [host.line.held.setdefault(one, asyncio.Event()) for one in ("/jobs/", "/clusters", "/schedules")]
        await host.press("enter")
        await host.until(lambda: host.depth == 2)
        await host.press("3")
        await host.until(lambda: any(one.startswith("/clusters") for one in host.line.asked))
        await switch(host)
        host.line.held.clear()
        for gate in gates:
            gate.set()
        await host.until(lambda: host.held("jobs").loaded_at)
        await host.settle()
        new = host.app.session
        assert new is not old
        assert old.store.of("clusters").loaded_at is None
        assert not keys & set(new.store.of("jobs").items)
        for kind in ("jobs", "clusters", "schedules"):
            assert new.store.of(kind).error is None
        assert host.state == "live"
        assert host.app.places.section == "triage"


async def test_an_answer_that_cannot_be_stopped_is_dropped_too():
    """A transport that finishes what it began even when it is cancelled."""
    async with running(screen="jobs", jobs=60) as host:
        gate, world = asyncio.Event(), host.line.world
        landed: list[str] = []

        async def stubborn(request: httpx.Request) -> httpx.Response:
            while "/acme/" in request.url.path and not gate.is_set():
                try:
                    await gate.wait()
                except asyncio.CancelledError:
                    continue
            landed.append(request.url.path)
            return await type(world).handle_async_request(world, request)

        old, keys = host.app.session, set(host.held("jobs").items)
        world.handle_async_request = stubborn
        await host.press("R")
        await host.until(lambda: host.app.session.loop.busy("jobs"))
        await switch(host)
        await host.until(lambda: host.held("jobs").loaded_at)
        gate.set()
        await host.until(lambda: any("/acme/" in one for one in landed))
        await host.settle()
        assert host.app.session is not old
        assert not keys & set(host.held("jobs").items)
        assert host.state == "live"


async def test_accounts_that_cannot_be_listed_say_so_and_the_session_stays():
    async with running(screen="jobs", jobs=40) as host:
        old = host.app.session
        host.line.spoilt["/accounts"] = 403
        await host.press("a")
        await host.until(lambda: host.app.query(Chooser) and host.held("accounts").error is not None)
        await host.see("could not be listed")
        await host.press("escape")
        await host.until(lambda: not host.app.query(Chooser) and host.place.table.has_focus)
        assert host.app.session is old
        assert host.state == "live"


async def test_the_same_account_again_changes_nothing():
    async with running(screen="jobs", jobs=40) as host:
        old, place = host.app.session, host.place
        await host.press("a")
        await host.until(lambda: host.app.query(Chooser) and host.app.query_one(Chooser)._input.has_focus)
        await host.until(lambda: host.held("accounts").loaded_at)
        await host.press(*"acme", "enter")
        await host.until(lambda: not host.app.query(Chooser))
        await host.settle()
        assert (host.app.session, host.place) == (old, place)

"""Between an action's key and its box keys act on nothing; esc leaves, ctrl+c ends the program."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from textual import events

from tests.tui.acting import RUNNING, asked, at, halt, halting, outcomes, writes
from tests.tui.form_keys import formed, since
from tests.tui.host import Host, running
from xplenty_tui.core.journal import Outcome
from xplenty_tui.demo.start import OTHER_ACCOUNT

__all__ = ["halting"]

BLIND = ("enter", "x", "j", "r", "n", "y", "ctrl+s", "q", "1", "colon", "slash", "question_mark", "space", "T")
"""Keys that all mean something on the page behind or in the box that comes."""


async def loading(host: Host, key: str) -> asyncio.Event:
    """Press the key of an action whose form needs a request, and let that request hang."""
    gate = host.line.held[r"/jobs/\d+|/packages/\d+"] = asyncio.Event()
    await host.press(key)
    await host.until(lambda: host.app.held and "Loading" in host.bar("status"))
    return gate


async def blind(host: Host) -> None:
    """Press everything, and look whether anything came of it."""
    before = host.place, host.depth, host.place.view.cursor, set(host.place.view.marks), list(host.line.asked)
    await host.press(*BLIND)
    await host.pilot.pause()
    after = host.place, host.depth, host.place.view.cursor, set(host.place.view.marks), list(host.line.asked)
    assert after == before and host.app.is_running


async def test_keys_typed_while_a_form_is_loaded_act_on_nothing_and_are_not_kept_for_it():
    async with running(screen="packages") as host:
        gate = await loading(host, "r")
        assert host.bar("keys") == "esc cancels"
        await blind(host)
        assert not host.app.boxes()
        gate.set()
        form = await formed(host)
        assert not writes(host) and form.picking is None and not form.touched, "nothing was typed into it"
        assert "ctrl+s run" in host.bar("keys")
        await host.press("escape")
        await host.until(lambda: not host.app.boxes() and not host.app.held)
        assert "r run" in host.bar("keys")


async def test_keys_that_are_on_their_way_already_act_on_nothing():
    async with running(screen="packages") as host:
        await host.settle()
        gate = host.line.held[r"/packages/\d+"] = asyncio.Event()
        host.type("r1qTD")
        await host.until(lambda: host.app.held)
        await host.pilot.pause()
        assert host.place.name_ == "packages" and host.depth == 1 and host.app.is_running
        gate.set()
        await formed(host)
        assert len(host.app.boxes()) == 1


async def test_esc_leaves_what_is_loaded_and_the_keys_work_again():
    async with running(screen="packages") as host:
        gate = await loading(host, "r")
        await host.press("escape")
        await host.see("run: left; nothing was sent")
        gate.set()
        await host.settle()
        assert not host.app.boxes() and not host.app.held and not writes(host)
        await host.press("2")
        await host.until(lambda: host.place.name_ == "jobs")


async def click(host: Host, y: int) -> None:
    """Click as a terminal does: the program gets it, not the screen."""
    for kind in (events.MouseDown, events.MouseUp):
        host.app.post_message(kind(None, 12, y, 0, 0, 1, False, False, False, 12, y))
        await host.pilot.pause()


async def test_a_click_while_it_is_loaded_moves_nothing():
    async with running(screen="packages") as host:
        first = host.place.view.cursor
        await click(host, 8)
        second = host.place.view.cursor
        assert second != first, "else it would show nothing"
        gate = await loading(host, "r")
        await click(host, 6)
        assert host.place.view.cursor == second
        gate.set()
        await formed(host)


async def test_ctrl_c_ends_the_program_while_it_is_loaded():
    async with running(screen="packages") as host:
        await loading(host, "r")
        host.app.post_message(events.Key("ctrl+c", None))
        await host.until(lambda: not host.app.is_running or host.app._exit)


@pytest.mark.usefixtures("halting")
async def test_keys_typed_while_a_subject_is_read_again_act_on_nothing_and_esc_sends_nothing():
    async with running(screen="jobs") as host:
        await at(host)
        gate = host.line.held[f"/jobs/{RUNNING}"] = asyncio.Event()
        await halt(host)
        await host.until(lambda: "Reading it again" in host.bar("status"))
        await blind(host)
        await host.press("escape")
        await host.see("halt: left; nothing was sent")
        gate.set()
        await host.settle()
        assert not writes(host) and outcomes(host) == [Outcome.CANCELLED]


@pytest.mark.usefixtures("halting")
async def test_once_it_is_sent_the_keys_are_free_and_nobody_is_taken_anywhere():
    async with running(screen="jobs") as host:
        await at(host)
        gate = host.line.held["DELETE /jobs"] = asyncio.Event()
        await halt(host)
        await host.until(lambda: writes(host))
        assert host.bar("status") == "halt…"
        await host.press("3")
        await host.until(lambda: host.place.name_ == "clusters")
        told = since(host)
        gate.set()
        await host.until(lambda: Outcome.DONE in outcomes(host))
        await host.settle()
        assert host.place.name_ == "clusters" and not [path for path in told() if path.startswith("DELETE")]
        assert "halt…" not in host.bar("status")


async def test_an_account_that_is_left_while_a_form_is_loaded_takes_it_along():
    async with running(screen="packages") as host:
        gate = await loading(host, "r")
        await host.app.enter(replace(host.app.prepared, account=OTHER_ACCOUNT, problems=()))
        gate.set()
        await host.settle()
        assert not host.app.held and not host.app.boxes() and not writes(host)
        await host.press("2")
        await host.until(lambda: host.place.name_ == "jobs" and ": go" in host.bar("keys"))


async def test_the_key_line_says_the_keys_of_the_box_and_then_those_of_the_page():
    async with running(screen="jobs") as host:
        await at(host)
        page = host.bar("keys")
        await host.press("colon")
        await host.until(host.app.boxes)
        assert host.bar("keys").startswith("type to search  enter takes it")
        await host.press("escape")
        await host.until(lambda: host.bar("keys") == page)
        await host.press("n")
        form = await formed(host)
        assert host.bar("keys").startswith("ctrl+s new run  esc closes")
        await host.press("enter")
        await host.until(lambda: form.picking)
        await host.until(lambda: host.bar("keys").startswith("type to search  enter takes it  esc takes none"))
        await host.press("escape", "escape")
        await host.until(lambda: host.bar("keys") == page)
        await host.press("x")
        await asked(host)
        assert host.bar("keys") == "enter cancels  tab next  esc cancels"
        await host.press("tab")
        await host.until(lambda: host.bar("keys") == "enter confirms  tab next  esc cancels")
        await host.press("escape")
        await host.until(lambda: host.bar("keys") == page)

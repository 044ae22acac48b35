"""How a write ends when no good answer comes: it is sent once, and what became of it is found out by reading."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from tests.tui.acting import asked, at, halt, halting, outcomes, writes
from tests.tui.host import running
from xplenty_tui.core.journal import Outcome

__all__ = ["halting"]

pytestmark = pytest.mark.usefixtures("halting")


LOST = {
    "reset": httpx.RemoteProtocolError("gone"),
    "timeout": httpx.ReadTimeout("slow"),
    "500": 500,
    "502": 502,
    "garbage": b"<html>",
}


@pytest.mark.parametrize("lost", LOST.values(), ids=LOST.keys())
async def test_an_answer_that_is_lost_after_it_was_done_is_found_out_by_reading(lost):
    async with running(screen="jobs") as host:
        await at(host)
        host.line.after["DELETE /jobs"] = lost
        await halt(host)
        await host.until(lambda: len(outcomes(host)) == 2)
        await host.settle()
        assert len(writes(host)) == 1
        assert outcomes(host) == [Outcome.ASKED, Outcome.DONE]


@pytest.mark.parametrize("lost", [500, 502, httpx.ReadTimeout("slow")], ids=["500", "502", "timeout"])
async def test_what_was_not_done_is_said_and_not_repeated(lost):
    async with running(screen="jobs") as host:
        await at(host)
        host.line.spoilt["DELETE /jobs"] = lost
        await halt(host)
        await host.see("It was not done")
        assert len(writes(host)) == 1
        assert outcomes(host) == [Outcome.ASKED, Outcome.NOT_DONE]
        await host.press("escape")
        await host.until(lambda: not host.app.boxes())


async def test_what_nobody_knows_is_said():
    async with running(screen="jobs") as host:
        await at(host)
        await host.press("X")
        await asked(host)
        gate = asyncio.Event()
        host.line.held["DELETE /jobs"] = gate
        host.line.spoilt["DELETE /jobs"] = httpx.ReadTimeout("slow")
        await host.press("tab", "enter")
        await host.until(lambda: writes(host))
        host.line.spoilt["/jobs/"] = 503
        gate.set()
        await host.see("Nobody knows whether it was done")
        assert outcomes(host) == [Outcome.ASKED, Outcome.UNKNOWN]
        assert len(writes(host)) == 1


@pytest.mark.parametrize(
    ("status", "said"), [(402, "paid"), (403, "allowed"), (404, "does not have"), (429, "credits")]
)
async def test_refusals_have_their_own_words(status, said):
    async with running(screen="jobs") as host:
        await at(host)
        host.line.spoilt["DELETE /jobs"] = status
        await halt(host)
        await host.see("Nothing was done")
        assert said in host.text
        assert outcomes(host) == [Outcome.ASKED, Outcome.REFUSED]
        assert len(writes(host)) == 1


async def test_what_a_crash_left_without_an_end_is_unknown_in_the_journal():
    async with running(screen="jobs") as host:
        await at(host)
        gate = host.line.held["DELETE /jobs"] = asyncio.Event()
        await halt(host)
        await host.until(lambda: writes(host))
        await host.press("number_sign")
        await host.see(r"asked +jobs\.halt 90435")
        host.app.under_way.clear()  # as after a crash: nobody is at it any more
        await host.press("R")
        await host.see(r"unknown +jobs\.halt 90435")
        assert "Look at it before you do it again" in " ".join(host.text.split())
        gate.set()
        await host.settle()


async def test_the_words_of_a_sending_go_with_it():
    async with running(screen="jobs") as host:
        await at(host)
        host.line.spoilt["DELETE /jobs"] = 403
        await halt(host)
        await host.see("Nothing was done")
        assert "halt…" not in host.bar("status") and host.bar("keys") == "enter closes  esc closes"
        await host.press("enter")
        await host.until(lambda: not host.app.boxes())
        await host.pilot.pause()
        assert "X halt" in host.bar("keys") and "halt…" not in host.bar("status")


@pytest.mark.parametrize("insists", [False, True])
async def test_leaving_waits_for_a_write_unless_the_person_insists(insists: bool):
    async with running(screen="jobs") as host:
        await at(host)
        gate = host.line.held["DELETE /jobs"] = asyncio.Event()
        await halt(host)
        await host.until(lambda: writes(host))
        await host.press("q")
        await host.see("leaving once it has ended")
        assert not host.app._exit
        if insists:
            await host.press("ctrl+c")
        else:
            gate.set()
        await host.until(lambda: host.app._exit)
        assert outcomes(host) == ([Outcome.ASKED] if insists else [Outcome.ASKED, Outcome.DONE])

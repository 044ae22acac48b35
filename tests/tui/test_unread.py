"""A danger whose subject cannot be read again: the person may go on unread, and then it is tried exactly once."""

from __future__ import annotations

import httpx
import pytest

from tests.tui.acting import RUNNING, asked, at, halting, outcomes, writes
from tests.tui.host import Answer, Host, running
from xplenty_tui.core.journal import Outcome
from xplenty_tui.tui.screens.results import ResultsPlace

__all__ = ["halting"]

pytestmark = pytest.mark.usefixtures("halting")

PASSING: dict[str, Answer] = {
    "402": 402,
    "429": 429,
    "500": 500,
    "503": 503,
    "timeout": httpx.ReadTimeout("slow"),
    "unreachable": httpx.ConnectError("down"),
    "garbage": b"<html>",
}


async def refused(host: Host, answer: Answer) -> None:
    """Say yes to the question, and let the reading of the subject fail."""
    await at(host)
    await host.press("X")
    await asked(host)
    host.line.spoilt[f"/jobs/{RUNNING}"] = answer
    await host.press("tab", "enter")


@pytest.mark.parametrize("answer", PASSING.values(), ids=PASSING.keys())
async def test_it_may_be_done_unread_and_cancel_is_the_answer(answer: Answer):
    async with running(screen="jobs") as host:
        await refused(host, answer)
        await host.see("could not be read again")
        box = await asked(host)
        text = " ".join(box.text.replace("┃", " ").split())
        for said in ("DANGER", "is up to now old", "sends it once, unread", "[>Cancel<]", "Costs 1 credit."):
            assert said in text.replace("up to 0s", "up to now"), text
        assert not writes(host)
        await host.press("enter")
        await host.until(lambda: not host.app.boxes())
        await host.settle()
        assert not writes(host) and outcomes(host) == [Outcome.CANCELLED]


@pytest.mark.parametrize("answer", PASSING.values(), ids=PASSING.keys())
async def test_who_goes_on_has_it_sent_once(answer: Answer):
    async with running(screen="jobs") as host:
        await refused(host, answer)
        await host.see("could not be read again")
        await asked(host)
        await host.press("tab", "enter")
        await host.until(lambda: Outcome.DONE in outcomes(host))
        await host.settle()
        assert writes(host) == [f"DELETE /jobs/{RUNNING}"]
        assert outcomes(host) == [Outcome.ASKED, Outcome.DONE]


@pytest.mark.parametrize(
    ("status", "said"), [(401, "xplenty-tui login"), (403, "Your role"), (404, "Nothing is left to halt")]
)
async def test_what_the_write_would_meet_as_well_ends_it_with_its_own_words(status: int, said: str):
    async with running(screen="jobs") as host:
        await refused(host, status)
        await host.see(said)
        await host.press("tab", "enter", "escape")
        await host.settle()
        assert not writes(host)


async def test_at_no_credits_several_are_read_no_further_and_tried_in_turn_until_refused():
    async with running(screen="jobs") as host:
        keys = [key for key in host.place.view.keys if host.app.session.store.get("jobs", key).status == "running"][:3]
        for key in keys:
            await at(host, key)
            await host.press("space")
        await host.press("X")
        await asked(host)
        before = len(host.line.asked)
        host.line.spoilt[r"(DELETE )?/jobs/\d+"] = 429
        await host.press("tab", "enter")
        await host.see("3 of 3 jobs could not be read again")
        assert host.line.asked[before:] == [f"/jobs/{keys[0]}"], "each further try could cost a credit"
        await asked(host)
        await host.press("tab", "enter")
        await host.until(lambda: isinstance(host.place, ResultsPlace))
        await host.see("0 OF 3 DONE")
        assert writes(host) == [f"DELETE /jobs/{keys[0]}"] and host.text.count("not tried") == 2

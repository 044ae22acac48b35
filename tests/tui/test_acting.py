"""From a key to an outcome: question, reading again, one request, journal; never in another account."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from tests.tui.acting import HALT, RUNNING, asked, at, halt, halting, outcomes, writes
from tests.tui.host import running
from xplenty_tui.api import jobs as api
from xplenty_tui.core.journal import Outcome
from xplenty_tui.demo import runs
from xplenty_tui.demo.start import OTHER_ACCOUNT
from xplenty_tui.resources import BY_NAME
from xplenty_tui.tui.screens.results import ResultsPlace

__all__ = ["halting"]

pytestmark = pytest.mark.usefixtures("halting")


async def test_cancel_is_the_default_and_nothing_is_sent():
    async with running(screen="jobs") as host:
        await at(host)
        before = list(host.line.asked)
        await host.press("X")
        await asked(host)
        for said in ("DANGER", "Halt jobs", "This halts 1.", "acme / demo", "Costs 2 credits."):
            assert said in host.text
        await host.press("enter")
        await host.until(lambda: not host.app.boxes() and not host.app._tasks)
        assert host.line.asked == before
        assert outcomes(host) == [Outcome.CANCELLED]


async def test_yes_reads_again_sends_once_tells_and_follows():
    async with running(screen="jobs") as host:
        await at(host)
        before = len(host.line.asked)
        await halt(host)
        await host.until(lambda: Outcome.DONE in outcomes(host))
        await host.settle()
        assert host.line.asked[before : before + 2] == [f"/jobs/{RUNNING}", f"DELETE /jobs/{RUNNING}"]
        assert f"{RUNNING} is asked to stop." in host.app.entries[-1].sentence
        assert outcomes(host) == [Outcome.ASKED, Outcome.DONE]
        assert host.app.session.store.get("jobs", RUNNING).status == "pending_stoppage"
        assert "/clusters" not in "".join(host.line.asked[:before])
        assert any(path.startswith("/clusters?") for path in host.line.asked[before:]), "what it touches is fetched"
        assert host.line.asked.count(f"/jobs/{RUNNING}") == 2, "it is followed"
        await host.press("X")
        assert "the job has ended" not in host.text


async def test_a_subject_that_changed_is_asked_about_again():
    async with running(screen="jobs") as host:
        await at(host)
        await host.press("X")
        await asked(host)
        account = host.line.api.world.accounts["acme"]
        account.jobs[int(RUNNING)].status = "queued"
        await host.press("tab", "enter")
        await host.see("changed while you were asked")
        assert not writes(host)
        await host.press("enter")  # Cancel is the answer again
        await host.until(lambda: not host.app.boxes())
        await host.settle()
        assert not writes(host)


async def test_a_subject_that_ended_meanwhile_is_left_alone():
    async with running(screen="jobs") as host:
        await at(host)
        await host.press("X")
        await asked(host)
        account = host.line.api.world.accounts["acme"]
        runs._end(account, account.jobs[int(RUNNING)], "completed", 1.0)
        await host.press("tab", "enter")
        await host.see("Nothing is left to halt")
        assert not writes(host)


async def test_what_cannot_be_done_says_why_and_is_not_on_the_key_line():
    async with running(screen="jobs") as host:
        await at(host)
        assert "X halt" in host.bar("keys")
        await at(host, "90434")
        host.app.draw_keys()
        assert "X halt" not in host.bar("keys")
        await host.press("X")
        await host.see("halt: the job has ended")
        await host.press("question_mark")
        await host.see("Not now: the job has ended")


async def test_read_only_refuses_by_key_and_in_the_client_and_leaving_it_asks():
    async with running(screen="jobs") as host:
        await at(host)
        await host.press("exclamation_mark")
        assert host.app.session.read_only
        assert "read-only" in host.status
        await host.press("X")
        await host.see("halt: read-only")
        assert not host.app.boxes()
        with pytest.raises(Exception, match=r"(?i)read-only"):
            await api.stop(host.app.session.client, RUNNING)
        assert not writes(host)
        await host.press("exclamation_mark")
        await asked(host)
        await host.press("enter")
        assert host.app.session.read_only, "Cancel is the default"
        await host.press("exclamation_mark")
        await asked(host)
        await host.press("tab", "enter")
        await host.until(lambda: not host.app.session.read_only)


async def test_a_role_without_the_permission_is_told(monkeypatch):
    monkeypatch.setitem(
        BY_NAME, "jobs", replace(BY_NAME["jobs"], actions=(replace(HALT, permission="stop_everything"),))
    )
    async with running(screen="jobs") as host:
        await at(host)
        asked_before = len(host.line.asked)
        await host.press("X")  # what the role may do is asked once
        await host.see("no permission stop_everything")
        assert host.line.asked[asked_before:] == ["/accounts?offset=0&limit=100"]
        await host.press("X")
        await host.settle()
        assert len(host.line.asked) == asked_before + 1
        assert not host.app.boxes()
        await host.press("question_mark")
        await host.see("Not now: not allowed")


async def test_several_get_one_question_a_result_each_and_only_failed_ones_are_tried_again():
    async with running(screen="jobs") as host:
        keys = [key for key in host.place.view.keys if host.app.session.store.get("jobs", key).status == "running"][:3]
        for key in keys:
            await at(host, key)
            await host.press("space")
        host.line.spoilt[f"DELETE /jobs/{keys[1]}"] = 422
        await host.press("X")
        await asked(host)
        assert "This halts 3." in host.text
        assert "Costs 6 credits." in host.text
        await host.press("tab", "enter")
        await host.until(lambda: isinstance(host.place, ResultsPlace))
        await host.see("2 OF 3 DONE")
        assert writes(host) == [f"DELETE /jobs/{key}" for key in keys]
        host.line.spoilt.clear()
        await host.press("r")
        await asked(host)
        assert "This halts 1." in host.text
        await host.press("tab", "enter")
        await host.until(lambda: len(writes(host)) == 4)
        assert writes(host)[-1] == f"DELETE /jobs/{keys[1]}"


async def test_a_row_of_writes_stops_at_the_first_401():
    async with running(screen="jobs") as host:
        keys = [key for key in host.place.view.keys if host.app.session.store.get("jobs", key).status == "running"][:3]
        for key in keys:
            await at(host, key)
            await host.press("space")
        host.line.spoilt["DELETE /jobs"] = 401
        await halt(host)
        await host.until(lambda: isinstance(host.place, ResultsPlace))
        await host.see("0 OF 3 DONE")
        await host.see("not tried")
        assert len(writes(host)) == 1


async def test_a_question_dies_with_its_account():
    async with running(screen="jobs") as host:
        await at(host)
        await host.press("X")
        await asked(host)
        await host.app.enter(replace(host.app.prepared, account=OTHER_ACCOUNT, problems=()))
        await host.settle()
        assert not host.app.boxes()
        await host.press("tab", "enter")
        await host.settle()
        assert not writes(host)


async def test_a_write_that_is_under_way_ends_in_its_own_account_before_another_is_entered():
    async with running(screen="jobs") as host:
        await at(host)
        await host.press("X")
        await asked(host)
        gate = host.line.held["DELETE /jobs"] = asyncio.Event()
        await host.press("tab", "enter")
        await host.until(lambda: writes(host))
        entering = asyncio.create_task(host.app.enter(replace(host.app.prepared, account=OTHER_ACCOUNT, problems=())))
        await host.see("waiting for its end")
        assert host.app.session.account == "acme"
        gate.set()
        await entering
        assert outcomes(host) == [Outcome.ASKED, Outcome.DONE]
        assert {entry.account for entry in host.app.entries} == {"acme"}
        assert [account for path, account in zip(host.line.asked, host.line.accounts, strict=False) if "DELETE" in path]


async def test_the_journal_tells_what_was_done():
    async with running(screen="jobs") as host:
        await at(host)
        await halt(host)
        await host.until(lambda: Outcome.DONE in outcomes(host))
        await host.settle()
        await host.press("number_sign")
        await host.see(r"done +jobs\.halt 90435")
        assert host.text.count("jobs.halt") == 1, "one line, though the file has two"
        assert "2 credits" not in host.text and "1 credit" in host.text, (
            "what the write cost, whatever else was fetched"
        )
        await host.see("asked to stop")
        assert "acme/demo" in host.text

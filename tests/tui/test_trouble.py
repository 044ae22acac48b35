"""What is shown when the API does not answer, or answers something else: old rows marked old, never "empty"."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from tests.tui.host import Answer, running
from xplenty_tui.resources import BY_NAME

TROUBLES: dict[str, tuple[Answer, str]] = {
    "401": (401, "refused"),
    "402": (402, "refused"),
    "403": (403, "refused"),
    "404": (404, "refused"),
    "429": (429, "waiting"),
    "500": (500, "trouble"),
    "502": (502, "trouble"),
    "503": (503, "trouble"),
    "timeout": (httpx.ReadTimeout("slow"), "offline"),
    "no connection": (httpx.ConnectError("refused"), "offline"),
    "reset": (httpx.RemoteProtocolError("gone"), "offline"),
    "garbage": (b"<html>Sign in to the hotel</html>", "trouble"),
    "half": (b'[{"id": 1', "trouble"),
}
EVERY = pytest.mark.parametrize(("answer", "word"), TROUBLES.values(), ids=TROUBLES.keys())


@EVERY
async def test_rows_stay_and_are_marked_and_it_recovers_by_itself(answer, word):
    async with running(screen="jobs", jobs=40) as host:
        keys = list(host.place.view.keys)
        host.line.spoilt["/jobs"] = answer
        host.pass_time(16)
        await host.until(lambda: host.held("jobs").error is not None)
        await host.settle()
        assert host.place.view.keys == keys
        assert keys[0] in host.text
        assert "┃" in host.text, "a banner says what happened"
        waits = answer in (429, 503)
        assert ("next free check in" if waits else "old.") in host.place._banner.text
        assert host.state == word
        assert word in host.status
        assert "live" not in host.status
        host.line.spoilt.clear()
        host.pass_time(301)
        await host.until(lambda: host.held("jobs").error is None)
        await host.settle()
        assert host.state == "live"
        assert "┃" not in host.text


@EVERY
async def test_an_error_before_the_first_row_is_never_taken_for_an_empty_list(answer, word):
    async with running(screen="jobs", jobs=40, spoilt={"/jobs": answer}) as host:
        await host.until(lambda: host.held("jobs").error is not None)
        await host.settle()
        assert "Jobs could not be loaded." in host.text
        assert BY_NAME["jobs"].none[:20] not in host.text
        assert "in all" not in host.text
        assert "Loading" not in host.text
        assert host.state == word
        host.line.spoilt.clear()
        await host.press("R")
        await host.until(lambda: host.place.view.keys)
        await host.settle()
        assert host.state == "live"
        assert "could not be loaded" not in host.text


async def test_loading_and_empty_look_different():
    async with running(screen="jobs", jobs=40, begun=False) as host:
        gate = host.line.held.setdefault("/jobs", asyncio.Event())
        await host.until(lambda: host.line.asked)
        await host.see("Loading jobs")
        assert host.state == "loading"
        host.line.spoilt["/jobs"] = b"[]"
        gate.set()
        await host.until(lambda: host.held("jobs").loaded_at)
        await host.settle()
        assert BY_NAME["jobs"].none[:20] in host.text
        assert host.state == "live"


async def test_an_item_that_cannot_be_decoded_is_a_row_of_its_own():
    body = b'[{"id": 7, "status": "running"}, {"id": {"a": 1}, "status": 3}, 12]'
    async with running(screen="jobs", spoilt={"/jobs": body}) as host:
        assert "7" in host.place.view.keys
        assert len(host.place.view.keys) >= 2
        odd = next(index for index, key in enumerate(host.place.view.keys) if key != "7")
        host.place.table.go(odd)
        await host.see("could not be decoded")
        await host.press("enter")
        await host.until(lambda: host.depth == 2)
        assert "JSON" in host.text


async def test_a_failed_search_is_no_empty_answer():
    async with running(screen="jobs", jobs=40) as host:
        host.line.spoilt["/jobs/search"] = 503
        await host.press("slash")
        await host.until(lambda: host.place.typed.has_focus)
        host.type("status:failed")
        await host.until(lambda: host.place.view.text == "status:failed")
        await host.press("enter", "S")
        await host.until(lambda: host.depth == 2)
        await host.settle()
        assert "could not be loaded" in host.text
        assert "found no" not in host.text
        host.line.spoilt.clear()
        await host.press("m")
        await host.until(lambda: host.place.view.keys)
        assert "could not be loaded" not in host.text


async def test_triage_and_a_mistake_of_ours_end_differently():
    async with running(jobs=40, spoilt={"/": 503}) as host:
        await host.until(lambda: host.held("jobs").error is not None)
        await host.settle()
        assert host.state == "trouble"
        assert "live" not in host.status
        assert "No cluster is up" not in host.text
        assert "No schedule is enabled" not in host.text

"""What a person does in a list: filter, search, sort, mark, load older ones, copy. Keys in, requests and rows out."""

from __future__ import annotations

import asyncio
import json
import string

import pytest

from tests.tui.host import LIMIT_S, running
from xplenty_tui.tui.widgets.chooser import Chooser


async def filtered(host, text: str) -> None:
    await host.press("slash")
    await host.until(lambda: host.place.typed.has_focus)
    host.type(text)
    await host.until(lambda: host.place.view.text == text)


async def test_the_rows_are_what_the_server_sent():
    async with running(screen="jobs") as host:
        assert len(host.place.view.keys) == len(host.held("jobs").items) > 100
        assert host.line.asked == ["/jobs?offset=0&limit=100", "/jobs?offset=100&limit=100"]
        for key in host.place.view.keys[:20]:
            assert key in host.text
        assert "in all" in host.text


async def test_a_filter_that_arrives_in_one_piece_is_taken_whole_however_slow_the_rows_are():
    async with running(screen="jobs") as host:
        place, busy, whole = host.place, asyncio.Event(), asyncio.Event()
        filtered = place.view.set_filter

        def set_filter(text, ctx):
            filtered(text, ctx)
            if text == "status:failed":
                whole.set()

        place.view.set_filter = set_filter
        place.table.call_later(busy.wait)
        host.type("/status:failed")
        try:
            async with asyncio.timeout(LIMIT_S):
                await whole.wait()
        finally:
            busy.set()
        await host.until(lambda: place.typed.has_focus)
        assert place.typed.value == "status:failed"


async def test_nothing_typed_into_the_filter_is_an_action():
    async with running(screen="jobs") as host:
        place, session, asked = host.place, host.app.session, len(host.line.asked)
        await host.press("slash")
        await host.until(lambda: place.typed.has_focus)
        typed = string.digits + string.ascii_letters + string.punctuation
        host.type(f"{typed} x")
        await host.until(lambda: place.typed.value == f"{typed} x")
        await host.settle()
        assert (host.place, host.depth, host.app.session, host.app.places.section) == (place, 1, session, "jobs")
        assert len(host.line.asked) == asked
        assert host.app._message is None
        assert host.app._clipboard == ""
        assert not place.view.marks
        assert place.view.sort == ("id", "desc")
        assert not session.loop.paused
        assert not host.app.query(Chooser)
        assert host.app.is_running
        await host.press("escape")
        await host.until(lambda: place.table.has_focus)
        assert place.view.text == ""
        assert len(place.view.keys) == place.view.known


async def test_a_filter_is_kept_by_enter_and_cleared_by_escape():
    async with running(screen="jobs") as host:
        await filtered(host, "status:failed")
        failed = [str(job.id) for job in host.app.session.store.good("jobs") if job.status == "failed"]
        assert sorted(host.place.view.keys) == sorted(failed)
        await host.press("enter")
        await host.until(lambda: host.place.table.has_focus)
        assert f"{len(failed)} of {host.place.view.known} loaded" in host.text
        await host.press("j", "escape")
        await host.until(lambda: host.place.view.text == "")
        assert len(host.place.view.keys) == host.place.view.known


async def test_arrows_move_the_rows_while_typing():
    async with running(screen="jobs") as host:
        await filtered(host, "status:failed")
        await host.press("down", "down", "up")
        await host.until(lambda: host.place.table.cursor == 1)
        assert host.place.typed.has_focus


async def test_a_filter_says_what_it_does_not_know_and_when_it_finds_nothing():
    async with running(screen="jobs") as host:
        await filtered(host, "stat:failed")
        assert host.place.view.query.problems[0].startswith('no column "stat"')
        await host.press("enter")
        await host.see('no column "stat"')
        await host.press("escape")
        await filtered(host, "zzzzz")
        await host.see("No jobs match +zzzzz")
        assert "esc clears the filter" in host.text


async def test_search_sends_the_filter_to_the_server():
    async with running(screen="jobs") as host:
        await host.press("S")
        await host.see("Type a filter first")
        assert host.depth == 1
        asked = len(host.line.asked)
        await filtered(host, "status:failed")
        await host.press("enter", "S")
        await host.until(lambda: host.depth == 2)
        await host.settle()
        sent = host.line.asked[asked:]
        assert len(sent) == 1
        assert sent[0].startswith("/jobs/search?q=")
        assert "failed" in sent[0]
        await host.see(r"server search")
        assert host.place.view.keys
        assert {host.held("jobs").items[key].status for key in host.place.view.keys} == {"failed"}
        await host.press("escape")
        await host.until(lambda: host.depth == 1)
        assert host.place.view.text == "status:failed"


async def test_sort_by_any_column_and_turn_round():
    async with running(screen="jobs") as host:
        for turn in ("first", "second"):
            await host.press("o")
            await host.until(lambda: host.app.query(Chooser) and host.app.query_one(Chooser)._input.has_focus)
            await host.press(*"runtime", "enter")
            await host.until(lambda: not host.app.query(Chooser) and host.place.view.sort[0] == "runtime")
            direction = host.place.view.sort[1]
            assert direction == ("desc" if turn == "first" else "asc")
            column, ctx = host.place.resource.column("runtime"), host.app.context()
            items = [host.held("jobs").items[key] for key in host.place.view.keys]
            values = [value for one in items if (value := column.value(one, ctx)) is not None]
            assert values == sorted(values, reverse=direction == "desc")
            await host.until(lambda: host.place.table.has_focus)


async def test_marks():
    async with running(screen="jobs") as host:
        keys = list(host.place.view.keys)
        await host.press("space", "space")
        await host.see("2 marked")
        assert set(host.place.view.marks) == set(keys[:2])
        assert host.place.table.cursor == 2
        await host.press("asterisk")
        await host.until(lambda: not host.place.view.marks)
        await host.press("asterisk")
        await host.see(f"{len(keys)} marked")
        await host.press("escape")
        await host.until(lambda: not host.place.view.marks)


async def test_older_ones_come_by_m_with_exactly_one_request():
    async with running(screen="jobs", jobs=600) as host:
        asked = len(host.line.asked)
        assert "m: 100 older, 1 credit" in host.text
        start = host.held("jobs").next_offset
        known = len(host.held("jobs").items)
        await host.press("m")
        await host.until(lambda: len(host.held("jobs").items) > known)
        await host.settle()
        assert host.line.asked[asked:] == [f"/jobs?offset={start}&limit=100"]


async def test_the_end_of_the_list_loads_older_ones_by_itself():
    async with running(screen="jobs", jobs=600) as host:
        asked, start = len(host.line.asked), host.held("jobs").next_offset
        key = host.place.view.keys[-1]
        await host.press("G")
        await host.until(lambda: len(host.line.asked) > asked)
        await host.settle()
        assert host.line.asked[asked:] == [f"/jobs?offset={start}&limit=100"]
        assert host.place.view.keys[host.place.table.cursor] == key, "the cursor stays on its row"


async def test_a_filter_loads_nothing_by_itself():
    async with running(screen="jobs", jobs=600) as host:
        asked = len(host.line.asked)
        await filtered(host, "status:failed")
        await host.press("enter", "G")
        await host.settle()
        assert len(host.line.asked) == asked


async def test_copies():
    async with running(screen="jobs") as host:
        key = host.place.view.keys[0]
        await host.press("y")
        assert host.app._clipboard == key
        assert "clipboard" in host.bar("status")
        await host.press("Y")
        assert str(json.loads(host.app._clipboard)["id"]) == key
        await host.press("u")
        assert host.app._clipboard.startswith("https://")
        assert host.app._clipboard.endswith(key)
        assert host.app._clipboard in host.bar("status")


async def test_raw_json_as_received():
    async with running(screen="jobs") as host:
        key = host.place.view.keys[0]
        await host.press("J")
        await host.until(lambda: host.depth == 2)
        await host.see(f'"id": {key}')
        await host.press("Y")
        assert str(json.loads(host.app._clipboard)["id"]) == key
        await host.press("escape")
        await host.until(lambda: host.depth == 1)


async def test_refresh_asks_once_and_pause_stops_the_background():
    async with running(screen="jobs") as host:
        asked = len(host.line.asked)
        await host.press("R")
        await host.until(lambda: len(host.line.asked) > asked)
        await host.settle()
        assert host.line.asked[asked:] == ["/jobs?offset=0&limit=100"]
        host.pass_time(5)
        await host.until(lambda: len(host.line.asked) == asked + 2)
        await host.settle()
        assert host.line.asked[-1].startswith("/jobs?sort=updated&direction=asc&since=")
        host.pass_time(11)
        await host.until(lambda: len(host.line.asked) == asked + 4)
        await host.settle()
        assert "/jobs?status=running&offset=0&limit=100" in host.line.asked[-2:]
        await host.press("p")
        assert host.state == "paused"
        host.pass_time(300)
        await host.settle()
        assert len(host.line.asked) == asked + 4
        await host.press("R")
        await host.until(lambda: len(host.line.asked) == asked + 5)
        await host.settle()
        assert host.line.asked[-1] == "/jobs?offset=0&limit=100"
        host.pass_time(6)
        await host.press("p")
        await host.until(lambda: len(host.line.asked) == asked + 7)
        await host.settle()
        assert host.state == "live"


@pytest.mark.parametrize("kind", ["clusters", "schedules", "packages"])
async def test_the_other_lists_open_and_come_back(kind):
    async with running(screen=kind) as host:
        place = host.place
        await host.press("j", "enter")
        await host.until(lambda: host.depth == 2)
        await host.settle()
        assert host.place.key == place.view.keys[1]
        assert host.state == "live"
        assert "Traceback" not in host.text
        await host.press("escape")
        await host.until(lambda: host.place is place)
        assert place.table.cursor == 1


async def test_the_key_line_follows_the_row_that_a_filter_or_a_sort_brings_under_the_cursor():
    async with running(screen="jobs") as host:
        await host.until(lambda: "x stop" in host.bar("keys"))  # the newest job runs
        await host.press("slash", *"status:failed", "enter")
        await host.until(lambda: "x stop" not in host.bar("keys"))
        await host.press("escape")
        await host.until(lambda: "x stop" in host.bar("keys"))


async def test_half_a_page_down_and_up():
    async with running(screen="jobs") as host:
        view, rows = host.place.view, host.place.table.size.height - 1
        await host.press("ctrl+d")
        await host.until(lambda: view.index > 0)
        half = view.index
        assert rows // 2 - 1 <= half <= rows // 2 + 1
        await host.press("ctrl+d", "ctrl+d", "ctrl+u")
        await host.until(lambda: view.index == 2 * half)
        await host.press("ctrl+u", "ctrl+u", "ctrl+u")
        await host.until(lambda: view.index == 0)


async def test_the_help_can_be_searched():
    async with running(screen="jobs") as host:
        await host.press("question_mark")
        await host.until(lambda: host.depth == 2)
        page = host.place.page
        host.type("/incident")
        await host.press("enter")
        await host.until(lambda: "incident" in page.current_text())
        await host.press("n")
        await host.pilot.pause()
        assert "incident" in page.current_text()

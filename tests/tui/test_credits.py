"""Credits on the screen: gauge, page, banner, asking before a sum, the heartbeat of an unfocused terminal, the bell."""

from __future__ import annotations

import asyncio
import re

from textual import events

from tests.tui.host import Host, running
from xplenty_tui.config.settings import NotifyGroup, Settings
from xplenty_tui.refresh.guard import Block
from xplenty_tui.tui.screens.credits import CreditsPlace
from xplenty_tui.tui.widgets.chooser import Chooser


def loop_of(host: Host):
    assert host.app.session is not None
    return host.app.session.loop


async def choose(host: Host, number: int) -> None:
    """Take an option of the open box and wait until that box is gone."""
    await host.until(lambda: host.app.query(Chooser) and host.app.query(Chooser).last()._input.has_focus)
    box = host.app.query(Chooser).last()
    await host.press(*["down"] * number, "enter")
    await host.until(lambda: box.gone and not box.is_attached)


async def test_the_state_line_tells_what_is_left_how_fast_it_goes_and_how_long_it_lasts():
    async with running(screen="jobs", size=(120, 24)) as host:
        meter = host.app.session.meter
        assert re.search(r"█░? [\d,]+/5,000 credits, 2/h by us, lasts the hour", host.status)
        for _ in range(10):
            host.now_s[0] += 60
            meter.seen(5000, meter.remaining - 130)
        assert re.search(r"lasts (2\d|3\d) min", host.status)
        meter.seen(5000, 40)
        assert "nearly used up" in host.status


async def test_at_80_cells_the_line_is_whole():
    async with running(screen="jobs", size=(80, 24)) as host:
        assert len(host.status) <= 78
        assert re.search(r"[\d,]+/5,000 credits, \d+/h( by us)?, lasts the hour$", host.status)


async def test_the_page_of_the_credits_says_who_why_and_how_often():
    async with running(screen="jobs") as host:
        asked = len(host.line.asked)
        await host.press("dollar_sign")
        await host.until(lambda: isinstance(host.place, CreditsPlace))
        await host.settle()
        assert len(host.line.asked) == asked, "looking at the figures costs nothing"
        for said in (
            r"left +█+░* +[\d,]+ of 5,000, lasts the hour",
            r"spent by us, last hour +2, of these 0 by the background",
            r"screens opened +2 +100%",
            r"jobs +2 +100%",
            r"share of the background +1,000 an hour \(20% of 5,000\)",
            r"reserve +100 credits",
            r"jobs changes +every 5s +720\.0/h",
            r"jobs progress +every 15s",
            r"jobs deletions +every 10m00",
        ):
            assert re.search(said, host.text), said
        free = len(host.line.free)
        await host.press("R")
        await host.until(lambda: len(host.line.free) > free)
        await host.settle()
        assert len(host.line.asked) == asked
        await host.press("escape")
        await host.until(lambda: host.place.name_ == "jobs")


async def test_the_banner_counts_down_the_background_waits_and_it_recovers_by_itself():
    async with running(screen="jobs") as host:
        for path in ("/jobs", "/rate_limit_status"):
            host.line.spoilt[path] = 429
        await host.press("R")
        await host.see("next free check in 30s")
        assert host.state == "waiting"
        host.now_s[0] += 3
        host.app.tick()
        await host.see("next free check in 27s")
        asked, free = len(host.line.asked), len(host.line.free)
        for wait, following in ((28, "1m00"), (61, "2m00"), (121, "4m00"), (241, "5m00"), (301, "5m00")):
            host.pass_time(wait)
            free += 1
            await host.until(lambda: len(host.line.free) == free)  # noqa: B023  # waited for within the round
            await host.settle()
            host.app.tick()
            await host.see(f"next free check in {following}")
        assert len(host.line.asked) == asked, "nothing that costs is sent while it lasts"
        await host.press("R")  # the person's own are tried, once
        await host.until(lambda: len(host.line.asked) == asked + 1)
        await host.settle()
        assert len(host.line.asked) == asked + 1
        host.line.spoilt.clear()
        host.pass_time(301)
        await host.until(lambda: host.held("jobs").error is None)
        await host.settle()
        assert (host.state, loop_of(host).purse.guard.why) == ("live", Block.NONE)
        assert "┃" not in host.text


async def test_the_reserve_is_kept_for_the_person():
    async with running(screen="jobs") as host:
        host.line.api.credits.others = lambda _now: 4910
        await host.press("R")
        await host.until(lambda: loop_of(host).purse.guard.why is Block.RESERVE)
        host.app.tick()
        await host.see("the reserve of 100 is kept for what you do")
        assert host.state == "waiting"
        asked = len(host.line.asked)
        await host.press("R")
        await host.until(lambda: len(host.line.asked) == asked + 1)


async def test_loading_many_older_ones_says_the_cost_and_asks_above_the_sum():
    async with running(screen="jobs", jobs=1500) as host:
        asked, known = len(host.line.asked), len(host.held("jobs").items)
        await host.press("M")
        await host.see(r"100 older jobs .*1 credit")
        await host.see(r"2,000 older jobs .*20 credits")
        await choose(host, 1)
        await host.until(lambda: len(host.line.asked) == asked + 5)
        await host.settle()
        assert len(host.held("jobs").items) == known + 500
        await host.press("M")
        await choose(host, 3)
        await host.see(r"up to 100 credits")
        await host.press("enter")  # Cancel is what enter does
        await host.until(lambda: not host.app.boxes())
        await host.settle()
        assert len(host.line.asked) == asked + 5
        await host.press("M")
        await choose(host, 3)
        await host.see(r"up to 100 credits")
        await host.press("tab", "enter")
        await host.until(lambda: not host.held("jobs").more)
        await host.settle()
        assert "in all" in host.text
        assert len(host.line.asked) <= asked + 5 + 12


async def test_loading_older_ones_can_be_stopped():
    async with running(screen="jobs", jobs=1500) as host:
        gate = host.line.held[r"/jobs\?offset=400"] = asyncio.Event()
        await host.press("M")
        await choose(host, 2)
        await host.until(lambda: loop_of(host).loading("jobs") == 18)
        await host.see(r"up to 1,[89]00 more coming \(M stops\)")
        await host.press("M")
        await choose(host, 0)
        gate.set()
        await host.until(lambda: not loop_of(host).loading("jobs"))
        await host.settle()
        assert host.held("jobs").more


async def test_rows_older_than_three_intervals_are_marked():
    async with running(screen="jobs") as host:
        key = host.place.view.keys[0]
        row = re.compile(rf"^.\?.*{key}", re.MULTILINE)
        assert "jobs" not in host.app.context().aged
        host.line.spoilt["/jobs"] = 500
        host.pass_time(14)
        await host.until(lambda: host.held("jobs").error is not None)
        await host.settle()
        assert not row.search(host.text.replace("  ?", " ?"))
        host.pass_time(3)
        await host.settle()
        host.app.tick()
        await host.until(lambda: row.search(host.text.replace("  ?", " ?")))
        assert "jobs" in host.app.context().aged


async def test_without_focus_the_refresh_is_a_heartbeat_and_a_failure_rings_once():
    async with running(screen="jobs") as host:
        rang: list[None] = []
        host.app.bell = lambda: rang.append(None)
        host.app.post_message(events.AppBlur())
        await host.until(lambda: loop_of(host).purse.away)
        host.pass_time(1)
        await host.settle()
        assert loop_of(host).planned_s("jobs") == 60
        fail(host, 0, 1)
        await host.until(lambda: rang)
        assert len(rang) == 1
        host.now_s[0] += 5
        fail(host, 2)
        await host.pilot.pause()
        assert len(rang) == 1, "a storm rings once"
        host.app.post_message(events.AppFocus())
        await host.until(lambda: not loop_of(host).purse.away)
        host.now_s[0] += 500
        fail(host, 3)
        await host.pilot.pause()
        assert len(rang) == 1, "who looks needs no bell"


async def test_the_bell_can_be_turned_off():
    settings = Settings(notify=NotifyGroup(bell=False))
    async with running(screen="jobs", settings=settings) as host:
        rang: list[None] = []
        host.app.bell = lambda: rang.append(None)
        host.app.post_message(events.AppBlur())
        await host.until(lambda: loop_of(host).purse.away)
        fail(host, 0)
        await host.pilot.pause()
        assert not rang


async def test_ten_minutes_without_a_key_are_nobody_looking_and_a_key_comes_back():
    async with running(screen="jobs") as host:
        host.pass_time(601)
        assert loop_of(host).purse.away
        await host.press("j")
        assert not loop_of(host).purse.away


def fail(host: Host, *numbers: int) -> None:
    """Let completed jobs come back as failed."""
    store = host.app.session.store
    good = [job for job in store.good("jobs") if job.status == "completed"]
    changed = [good[number].model_copy(update={"status": "failed"}) for number in numbers]
    store.put("jobs", [(str(job.id), job) for job in changed], host.app.session.now())

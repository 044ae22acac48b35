"""What a page asked for in vain is asked for again by itself, as it says: with pauses, and never while it may not."""

from __future__ import annotations

from tests.tui.host import Host, running
from xplenty_tui.api.errors import NotFound, ServerError
from xplenty_tui.core.declare import Link
from xplenty_tui.resources import BY_NAME
from xplenty_tui.tui.again import LONGEST_S, Again
from xplenty_tui.tui.screens.detail import DetailPlace
from xplenty_tui.tui.screens.timeline import TimelinePlace

LATER_S = 31.0


async def later(host: Host, seconds: float = LATER_S) -> None:
    """Let time pass, and the second that notices."""
    host.pass_time(seconds)
    host.app.session.loop.touched()  # somebody looks
    host.app.tick()
    await host.settle()


async def page(host: Host, kind: str, key: str) -> None:
    host.app.open_item(BY_NAME[kind], key)
    await host.until(lambda: isinstance(host.place, DetailPlace) and host.place.key == key)
    await host.settle()


async def test_a_page_whose_item_did_not_come_has_it_later_without_a_key():
    async with running(screen="jobs", spoilt={r"/jobs/\d+$": 500}) as host:
        await page(host, "jobs", "90428")
        assert "tried again by itself" in host.text and host.state == "trouble"
        await later(host)
        assert host.state == "trouble" and len([one for one in host.line.asked if one == "/jobs/90428"]) == 2
        await later(host)
        assert len([one for one in host.line.asked if one == "/jobs/90428"]) == 2, "the second pause is longer"
        host.line.spoilt.clear()
        await later(host)
        assert host.state == "live" and "┃" not in host.text
        asked = host.line.asked.count("/jobs/90428")
        await later(host, LONGEST_S)
        assert host.line.asked.count("/jobs/90428") == asked, "what was answered is not asked again"


async def test_a_part_that_did_not_come_is_there_later_without_a_key():
    async with running(screen="jobs", spoilt={"/clusters/help": 503}) as host:
        host.app.open_kind("help_articles")
        await host.until(lambda: host.place.name_ == "help_articles")
        await page(host, "help_articles", "clusters")
        assert "About clusters" not in host.text
        host.line.spoilt.clear()
        await later(host)
        assert "About clusters" not in host.text, "after a 503 only a free check and one call of the refresh may try"
        await later(host, LONGEST_S)
        await later(host, LONGEST_S)
        assert "About clusters" in host.text


async def test_nothing_is_asked_again_while_the_background_is_paused():
    async with running(screen="jobs", spoilt={r"/jobs/\d+$": 500}) as host:
        await page(host, "jobs", "90428")
        await host.press("p")
        asked = list(host.line.asked)
        await later(host, LONGEST_S)
        assert host.line.asked == asked


async def test_the_page_of_an_item_whose_list_did_not_come_says_so():
    async with running(screen="jobs", spoilt={"/connections/types": 500}) as host:
        await page(host, "connection_types", "s3")
        await host.until(lambda: host.held("connection_types").error)
        await host.settle()
        assert "is not among what is loaded" not in host.text and "failed inside (500)" in host.text
        host.line.spoilt.clear()
        await host.press("R")
        await host.until(lambda: host.held("connection_types").loaded_at)
        await host.settle()
        assert "failed inside" not in host.text and host.state == "live"


async def test_a_timeline_keeps_its_bars_when_asking_again_fails():
    async with running(screen="jobs") as host:
        host.app.push(TimelinePlace(Link("jobs", "90432")))
        await host.see("run_email_events")
        host.line.spoilt["/jobs/90432"] = 500
        await host.press("R")
        await host.see("children could not be loaded")
        assert "run_email_events" in host.text
        host.line.spoilt.clear()
        await later(host)
        assert "could not be loaded" not in host.text and "run_email_events" in host.text


def test_the_pauses_grow_and_what_was_refused_waits_longest():
    again, asked = Again(), list[str]()
    now_s, waits = 0.0, list[float]()
    for _ in range(6):
        again.failed("item", lambda: asked.append("item"), ServerError("It broke."), now_s)
        waits.append(next(wait for wait in range(1, 1000) if again._missed["item"].due_s <= now_s + wait))
        now_s += waits[-1]
        (ask,) = again.due(now_s)
        ask()
        assert not again.due(now_s + 1), "it is under way"
    assert waits == [30, 60, 120, 240, 300, 300] and len(asked) == 6
    again.failed("gone", lambda: None, NotFound("It is gone."), now_s)
    assert len(again.due(now_s + LONGEST_S - 1)) == 0 and again.due(now_s + LONGEST_S)
    again.answered("gone")
    again.answered("item")
    assert not again.due(now_s + 10_000)

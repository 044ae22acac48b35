"""Watching with keys: what is followed, how its end is told, where it is seen, and that it costs nothing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.tui.acting import at
from tests.tui.deed_keys import on
from tests.tui.host import Host, running
from xplenty_tui.core.declare import Link
from xplenty_tui.demo.start import OTHER_ACCOUNT
from xplenty_tui.tui.screens.page import TextPlace
from xplenty_tui.tui.screens.watching import WatchingPlace

JOB, OTHER, DONE = "90435", "90427", "90428"


@pytest.fixture(autouse=True)
def rang(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Hear what is told by bell and notification."""
    heard: list[str] = []
    monkeypatch.setattr("xplenty_tui.tui.app.XplentyApp.alert", lambda _self, text: heard.append(text))
    return heard


def change(host: Host, kind: str, *keys: str, **changes: Any) -> None:
    """Let the server's next answer say something else of some items."""
    session = host.app.session
    assert session is not None
    items = [(key, session.store.get(kind, key).model_copy(update=changes)) for key in keys]
    session.store.put(kind, items, session.now())


def watched(host: Host) -> list[str]:
    return [link.key for link in host.app.watches.under_way]


async def test_w_follows_a_job_without_a_call_and_tells_when_it_settles_on_another_screen(rang):
    async with running(screen="jobs") as host:
        await at(host, JOB)
        asked = len(host.line.asked)
        await host.press("w")
        await host.see(f"Watching job {JOB} invoices_export: you hear of it when it settles")
        assert len(host.line.asked) == asked and not host.app.entries, "no call, no write, no journal"
        assert "1 watched · " in host.status
        await host.open("3", "clusters")
        change(host, "jobs", JOB, status="failed", errors="No such table")
        await host.see(f"job {JOB} invoices_export failed.*: No such table")
        assert len(rang) == 1 and f"job {JOB} invoices_export failed" in rang[0]
        assert watched(host) == [] and "1 settled (@)" in host.status


async def test_w_once_more_leaves_it(rang):
    async with running(screen="jobs") as host:
        await at(host, JOB)
        await host.press("w", "w")
        await host.see(f"No longer watching job {JOB} invoices_export")
        change(host, "jobs", JOB, status="completed")
        await host.pilot.pause()
        assert not rang and "watched" not in host.status


async def test_all_marked_are_watched_and_what_ended_is_left_out(rang):
    async with running(screen="jobs") as host:
        for key in (JOB, OTHER, DONE):
            await at(host, key)
            await host.press("space")
        await host.press("w")
        await host.see("Watching these 2: you hear of it when each settles")
        assert set(watched(host)) == {JOB, OTHER}
        change(host, "jobs", JOB, OTHER, status="completed")
        await host.see("2 of what you watch settled")
        assert len(rang) == 1, "one bell for all that settled at once"
        assert f"job {JOB}" in rang[0] and f"job {OTHER}" in rang[0]


async def test_marked_ones_of_which_some_are_watched_are_all_watched_then_all_left():
    async with running(screen="jobs") as host:
        await at(host, JOB)
        await host.press("w", "space")
        await at(host, OTHER)
        await host.press("space", "w")
        assert set(watched(host)) == {JOB, OTHER}
        await host.press("w")
        await host.see("No longer watching 2 things")
        assert watched(host) == []


@pytest.mark.parametrize(
    ("screen", "key", "reason"),
    [
        ("jobs", DONE, "watch: the job has failed"),
        ("clusters", "", "watch: the cluster is terminated"),
        ("packages", "412", "watch: there is no job, cluster or schedule under the cursor"),
    ],
)
async def test_what_cannot_be_watched_says_why_and_has_no_key_on_the_key_line(screen: str, key: str, reason: str):
    async with running(screen=screen) as host:
        ended = [
            one for one, item in host.held("clusters").items.items() if getattr(item, "status", "") == "terminated"
        ]
        await on(host, ended[0] if screen == "clusters" else key)
        assert "w watch" not in host.bar("keys")
        await host.press("w")
        await host.see(reason)
        await host.press("question_mark")
        await host.until(lambda: isinstance(host.place, TextPlace))
        assert "Not now: " + reason.removeprefix("watch: ") in host.place.text()


async def test_a_cluster_and_a_schedule_are_followed_too(rang):
    async with running(screen="clusters") as host:
        up = next(k for k in host.place.view.keys if host.held("clusters").items[k].status == "available")
        await on(host, up)
        assert "w watch" in host.bar("keys")
        await host.press("w")
        await host.open("4", "schedules")
        await host.press("w")
        assert "2 watched" in host.status
        change(host, "clusters", up, status="terminated")
        await host.see("cluster .* is terminated")
        (schedule,) = watched(host)
        change(host, "schedules", schedule, status="disabled")
        await host.see("schedule .* is disabled")
        assert len(rang) == 2


async def test_the_page_lists_what_is_watched_and_what_came_of_it():
    async with running(screen="jobs", size=(80, 24)) as host:
        await host.press("at")
        await host.see("Nothing. w on a job, a cluster or a schedule follows it")
        await host.see("Nothing yet.")
        await host.press("escape")
        for key in (JOB, OTHER):
            await at(host, key)
            await host.press("w")
        change(host, "jobs", OTHER, status="completed")
        await host.until(lambda: watched(host) == [JOB])
        assert "1 settled (@)" in host.status
        await host.press("at")
        await host.until(lambda: isinstance(host.place, WatchingPlace))
        await host.see(rf"▶ job {JOB} invoices_export · running · watched since 09:30")
        await host.see(rf"09:30 +✓ job {OTHER} clickstream_sessions completed")
        assert "settled (@)" not in host.status, "it is seen now"
        change(host, "jobs", JOB, status="failed", errors="")
        await host.see(rf"✗ job {JOB} invoices_export failed")
        assert "settled (@)" not in host.status, "who looks at the page needs no counter"
        assert "live" in host.status or "still" in host.status


async def test_on_the_page_w_leaves_and_enter_opens():
    async with running(screen="jobs") as host:
        await at(host, JOB)
        await host.press("w", "at")
        await host.until(lambda: isinstance(host.place, WatchingPlace))
        await host.until(lambda: host.place.page.current().link == Link("jobs", JOB))  # the cursor stands there
        await host.press("enter")
        await host.until(lambda: host.place.name_ == "jobs" and host.place.path()[-1].startswith(JOB))
        await host.press("escape")
        await host.until(lambda: isinstance(host.place, WatchingPlace))
        await host.press("w")
        assert watched(host) == []
        await host.see("Nothing. w on a job")


async def test_a_kind_that_is_watched_is_looked_at_although_nobody_sees_it():
    async with running(screen="clusters") as host:
        session = host.app.session
        assert session is not None
        await on(host, next(k for k in host.place.view.keys if host.held("clusters").items[k].status == "available"))
        await host.press("w")
        await host.open("2", "jobs")
        await host.until(lambda: 30 <= (session.loop.planned_s("clusters") or 0) < 40)  # stretched by the plan
        host.pass_time(41)
        await host.settle()
        assert any(path.startswith("/clusters") and "since=" in path for path in host.line.asked)
        await host.press("at")
        await host.until(lambda: isinstance(host.place, WatchingPlace))
        await host.press("home", "down", "w")
        assert watched(host) == []
        await host.press("escape")
        await host.until(lambda: (session.loop.planned_s("clusters") or 0) >= 300)


async def test_leaving_the_account_leaves_what_is_watched_with_a_word(rang):
    async with running(screen="jobs") as host:
        await at(host, JOB)
        await host.press("w")
        await host.app.begin(account=OTHER_ACCOUNT)
        await host.see("1 thing of acme is no longer watched: the account was left")
        assert watched(host) == [] and "watched ·" not in host.status
        assert not rang


async def test_it_stays_through_every_change_of_place():
    async with running(screen="jobs") as host:
        await at(host, JOB)
        await host.press("w")
        for key in "134562":
            await host.press(key)
            await host.settle()
        assert watched(host) == [JOB]


async def test_at_80_cells_the_state_line_is_whole():
    async with running(screen="jobs", size=(80, 24)) as host:
        for key in (JOB, OTHER):
            await at(host, key)
            await host.press("w")
        assert len(host.status) <= 78 and "2 watched" in host.status and "credits" in host.status


async def test_an_error_with_a_secret_or_escape_is_told_clean(rang):
    async with running(screen="jobs") as host:
        await at(host, JOB)
        await host.press("w")
        change(host, "jobs", JOB, status="failed", errors="login failed, password=hunter2")
        await host.until(lambda: rang)
        assert "hunter2" not in rang[0] and "hunter2" not in host.text.splitlines()[-2]

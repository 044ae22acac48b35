"""The triage screen by its keys: a problem's subject is acted on, incidents unfold, parts are one key away."""

from __future__ import annotations

from tests.triage.nights import finding, idle, problem, storm
from tests.tui.acting import asked, halting, writes
from tests.tui.triage_host import keys, night, under
from xplenty_tui.core.declare import Link
from xplenty_tui.demo.start import OTHER_ACCOUNT
from xplenty_tui.triage.page import MORE
from xplenty_tui.triage.problem import Severity

__all__ = ["halting"]
RUNNING, CLUSTER = "90435", "2216"


async def test_the_cursor_begins_on_the_first_problem_and_enter_says_why(monkeypatch):
    look = finding(lambda now: problem(90428, now), lambda now: idle(CLUSTER, now))
    async with night(monkeypatch, look) as host:
        assert under(host) == "job_failed:jobs:90428"
        assert host.bar("keys").startswith("enter why  r run again  ")
        await host.press("enter")
        await host.until(lambda: host.depth == 2)
        assert (host.place.name_, host.place.key) == ("jobs", "90428")
        await host.press("escape")
        await host.until(lambda: host.depth == 1)
        assert under(host) == "job_failed:jobs:90428"
        await host.press("j")
        await host.until(lambda: under(host) == f"cluster_idle:clusters:{CLUSTER}")
        assert host.bar("keys").startswith("enter open  T terminate")
        await host.press("enter")
        await host.until(lambda: host.depth == 2)
        assert (host.place.name_, host.place.key) == ("clusters", CLUSTER)


async def test_a_key_on_a_problem_acts_on_its_subject(monkeypatch, halting):
    look = finding(
        lambda now: problem(90428, now),
        lambda now: problem(RUNNING, now, rule="job_long", severity=Severity.WARNING, acts=("jobs.halt",)),
    )
    async with night(monkeypatch, look) as host:
        assert "X halt" not in host.bar("keys"), "it has ended"
        await host.press("j")
        await host.until(lambda: under(host).endswith(RUNNING))
        assert host.bar("keys").startswith("enter why  X halt")
        await host.press("X")
        box = await asked(host)
        assert "Halt jobs" in host.text
        await host.press("tab", "enter")
        await host.until(lambda: box.gone)
        await host.settle()
        assert writes(host) == [f"DELETE /jobs/{RUNNING}"]


async def test_what_is_not_loaded_is_fetched_by_opening_it_and_offers_no_action(monkeypatch):
    look = finding(lambda now: problem(90001, now, acts=("jobs.again",)))
    async with night(monkeypatch, look, jobs=1200) as host:
        assert host.held("jobs").items.get("90001") is None
        assert host.place.here() is None
        await host.press("r")
        assert "run again" not in host.text
        await host.press("enter")
        await host.until(lambda: host.depth == 2)
        await host.settle()
        assert "/jobs/90001" in host.line.asked


async def test_an_incident_unfolds_by_enter_and_space_and_folds_again(monkeypatch):
    look = finding(lambda now: storm(now, 200), lambda now: idle(CLUSTER, now))
    async with night(monkeypatch, look) as host:
        assert len(keys(host)) == 2
        assert "×200" in host.text
        assert host.bar("keys").startswith("enter unfold")
        first = under(host)
        await host.press("space")
        await host.until(lambda: len(keys(host)) == 202)
        assert under(host) == first
        assert "load_000" in host.text
        await host.press("j", "j")
        await host.until(lambda: under(host) == "job_failed:jobs:2")
        await host.press("space")
        await host.until(lambda: len(keys(host)) == 2)
        assert under(host) == first, "the cursor is where its problem was folded into"
        await host.press("enter")
        await host.until(lambda: len(keys(host)) == 202)
        await host.press("enter")
        await host.until(lambda: len(keys(host)) == 2)
        assert host.depth == 1


async def test_the_parts_are_one_key_away_in_a_small_terminal(monkeypatch):
    look = finding(*(lambda now, nth=nth: problem(nth, now, nth) for nth in range(1, 31)))
    async with night(monkeypatch, look, size=(80, 24)) as host:
        assert "RUNNING" not in host.text
        assert "tab running" in host.bar("keys")
        for title, name in (("RUNNING", "running"), ("UPCOMING", "upcoming"), ("CLUSTERS", "clusters")):
            await host.press("tab")
            await host.until(lambda name=name: host.place.page.current_part() == name)
            assert title in host.text
        here = host.place.here()
        assert here is not None
        assert here[0].name == "clusters", "the keys of clusters work on it"
        assert "tab problems" in host.bar("keys")
        await host.press("tab")
        await host.until(lambda: under(host) == "job_failed:jobs:1")
        await host.press("shift+tab")
        await host.until(lambda: host.place.page.current_part() == "clusters")


async def test_all_parts_are_seen_in_a_usual_terminal_however_many_problems_there_are(monkeypatch):
    look = finding(*(lambda now, nth=nth: problem(nth, now, nth) for nth in range(1, 31)))
    async with night(monkeypatch, look) as host:
        for title in ("PROBLEMS", "RUNNING", "UPCOMING", "CLUSTERS", "17 more"):
            assert title in host.text
        assert host.place.page.count() <= host.place.page.window
        for _ in range(13):
            await host.press("j")
        await host.until(lambda: under(host) == MORE)
        await host.press("enter")
        await host.until(lambda: len(keys(host)) == 31)


async def test_a_subject_that_is_no_item_does_what_helps_first(monkeypatch):
    look = finding(lambda now: problem("", now, subject=Link("credits", ""), name="credits", acts=("credits",)))
    async with night(monkeypatch, look) as host:
        assert host.place.here() is None
        await host.press("enter")
        await host.until(lambda: host.depth == 2)
        assert host.place.name_ == "credits"


async def test_find_goes_to_a_problem(monkeypatch):
    look = finding(*(lambda now, nth=nth: problem(nth, now, nth, name=f"load_{nth}") for nth in range(1, 20)))
    async with night(monkeypatch, look) as host:
        await host.press("slash", *"load_7", "enter")
        await host.until(lambda: under(host) == "job_failed:jobs:7")
        assert host.bar("keys").startswith("enter why")


async def test_the_problem_of_another_account_switches_to_it(monkeypatch):
    other = Link("accounts", OTHER_ACCOUNT)
    look = finding(lambda now: problem("", now, subject=other, name=OTHER_ACCOUNT, sentence="has 2 problems"))
    async with night(monkeypatch, look, jobs=60) as host:
        assert host.bar("keys").startswith("enter switch")
        await host.press("enter")
        await host.until(lambda: host.app.session is not None and host.app.session.account == OTHER_ACCOUNT)
        await host.until(lambda: host.held("jobs").loaded_at)
        await host.settle()
        assert host.bar("keys").startswith("enter open"), "here it is this account's own"


async def test_keys_that_have_nothing_to_do_on_a_line_are_not_offered(monkeypatch):
    async with night(monkeypatch, finding()) as host:
        assert "Nothing needs you." in host.text
        for key in ("enter", "J raw", "M reveal", "u web"):
            assert key not in host.bar("keys")
        await host.press("enter")
        assert host.depth == 1
        await host.press("tab")
        await host.until(lambda: host.place.here() is not None)
        for key in ("enter open", "J raw"):
            assert key in host.bar("keys")


async def test_an_act_that_cannot_be_done_now_is_not_offered(monkeypatch):
    look = finding(lambda now: problem(90428, now, acts=("jobs.unwatch", "jobs.again")))
    async with night(monkeypatch, look) as host:
        assert host.app.reason("jobs.unwatch", host.place)
        assert host.bar("keys").startswith("enter why  r run again")
        assert "unwatch" not in host.bar("keys")

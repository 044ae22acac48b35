"""Which fetch is worth a credit now."""

from __future__ import annotations

from dataclasses import replace

import pytest

from xplenty_tui.refresh.plan import (
    AT_ONCE,
    LONGEST_S,
    RECHECK_S,
    STARVED,
    TOGETHER,
    Budget,
    Decision,
    Knobs,
    Rank,
    Want,
    plan,
    rate_of,
    reserve_of,
    wait_s,
)

KNOBS = Knobs()
FULL = Budget(limit=5000, left=5000)


def decide(wants: list[Want], now_s: float = 100.0, **budget: object) -> Decision:
    return plan(wants, now_s, replace(FULL, **budget), KNOBS)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("want", "due"),
    [
        (Want("jobs", None, asked_s=90), None),
        (Want("jobs", 15, asked_s=90), 105),
        (Want("jobs", 15, asked_s=90, in_flight=True), None),
        (Want("jobs", 15, forced=True, in_flight=True), None),
        (Want("jobs", 15, asked_s=90, failures=1), 120),
        (Want("jobs", 15, asked_s=90, failures=3), 210),
        (Want("jobs", 15, asked_s=90, failures=9), 390),
        (Want("plans", 3600, asked_s=0, failures=2), 300),
        (Want("plans", 3600, asked_s=0, failures=2, rank=Rank.REST), 3600),
        (Want("jobs", 15, asked_s=96, failures=1, unreachable=True), 101),
        (Want("plans", 3600, asked_s=96, failures=1, unreachable=True), 101),
        (Want("jobs", None, asked_s=90, failures=1, unreachable=True), None),
    ],
)
def test_when_a_fetch_is_due(want: Want, due: float | None) -> None:
    assert (decide([want]).go, decide([want]).wake_s) == ((), due)
    if due is not None:
        assert decide([want], due).go == (want.name,)


@pytest.mark.parametrize(
    "want", [Want("jobs", 15), Want("jobs", 15, asked_s=90, forced=True), Want("jobs", None, forced=True)]
)
def test_what_was_never_asked_or_is_asked_for_goes_at_once(want: Want) -> None:
    assert decide([want]).go == ("jobs",)


def test_the_ladder_back_to_a_server_that_cannot_be_reached() -> None:
    waits = [wait_s(Want("jobs", 15, failures=times, unreachable=True), 15) for times in range(1, 9)]
    assert waits == [5, 10, 20, 40, 60, 60, 60, 60]


def test_a_month_of_refusals_is_counted_without_trouble() -> None:
    assert wait_s(Want("jobs", 15.0, failures=10_000), 15.0) == LONGEST_S


def test_what_is_seen_and_seldom_fetched_is_tried_again_as_soon_as_the_rest() -> None:
    """A fault when a list of an hour's interval is opened would stay on the screen for that hour."""
    assert wait_s(Want("plans", 3600.0, failures=1), 3600.0) == LONGEST_S
    assert wait_s(Want("plans", 3600.0, failures=1), 7200.0) == 2 * LONGEST_S, "few credits stretch this, too"
    assert wait_s(Want("packages", 900.0, failures=1, rank=Rank.REST), 900.0) == 900
    assert wait_s(Want("clusters", 30.0, failures=1, away_s=900.0), 900.0) == 900, "nobody looks"


def test_who_comes_first() -> None:
    wants = [
        Want("rest", 300, asked_s=-100, rank=Rank.REST),
        Want("running", 60, asked_s=20, rank=Rank.RUNNING),
        Want("seen", 15, asked_s=80),
        Want("seen longer", 15, asked_s=78),
        Want("asked", 60, asked_s=99, forced=True, rank=Rank.ASKED),
    ]
    assert decide(wants, 220.0 - 100).go == ("asked", "seen longer", "seen", "running")
    assert decide(wants, 205.0).go[0] == "asked"
    assert decide(wants, 205.0, spent=998).go == ("asked", "seen longer")


def test_who_starved_and_who_was_never_asked_come_before_all_ranks() -> None:
    seen = [Want(f"seen {number}", 60, asked_s=30) for number in range(6)]
    late = Want("late", 20, asked_s=100 - 20 - 20 * STARVED - 1, rank=Rank.REST)
    assert decide([*seen, late]).go[0] == "late"
    assert decide([*seen, replace(late, asked_s=70)]).go == tuple(want.name for want in seen[:AT_ONCE])
    assert decide([*seen, replace(late, asked_s=None)]).go[0] == "late"


def test_a_pause_lets_through_what_a_person_asks_for() -> None:
    wants = [Want("jobs", 15), Want("clusters", 30, asked_s=90, forced=True), Want("credits", 30, free=True)]
    decision = decide(wants, paused=True)
    assert (decision.go, decision.wake_s) == (("clusters",), None)


def test_nothing_wanted_is_never_due() -> None:
    assert decide([]) == Decision(why="as often as is useful", rate=1000.0)
    decision = decide([Want("jobs", None), Want("clusters", 15, in_flight=True)])
    assert (decision.go, decision.wake_s) == ((), None)


def test_one_of_a_kind_goes_at_a_time() -> None:
    wants = [Want("jobs.news", 5), Want("jobs.progress", 15), Want("clusters.news", 30)]
    assert decide(wants).go == ("jobs.news", "clusters.news")
    assert decide([replace(wants[0], forced=True), *wants[1:]]).go == ("jobs.news", "clusters.news")
    flying = [replace(want, in_flight=want.kind == "jobs") for want in wants]
    assert decide(flying).go == ("clusters.news",)


def test_what_is_in_flight_takes_a_place_and_its_credits() -> None:
    flying = [Want("jobs.news", 5, in_flight=True), Want("jobs.progress", 15, in_flight=True, credits=3)]
    due = [Want(f"kind {number}", 30) for number in range(6)]
    assert len(decide([*flying, *due]).go) == AT_ONCE - 1
    assert len(decide([*flying, *due], spent=995).go) == 2
    assert len(decide([*flying, *due], left=105).go) == 2


def test_what_is_too_dear_now_lets_the_rest_go_by_and_is_looked_at_again() -> None:
    wants = [Want("jobs.progress", 60, asked_s=30, credits=5), Want("clusters.news", 60, asked_s=30)]
    decision = decide(wants, spent=997)
    assert (decision.go, decision.wake_s) == (("clusters.news",), 100 + RECHECK_S)


def test_all_intervals_stretch_evenly() -> None:
    wants = [
        Want("jobs.news", 5.0, asked_s=99),
        Want("jobs.progress", 15.0, asked_s=99, credits=2),
        Want("plans", 60.0),
    ]
    free = Want("credits", 300.0, asked_s=99, free=True)
    decision = decide([*wants, free], left=300)
    assert decision.demand == pytest.approx(720 + 480 + 60)
    assert (decision.rate, decision.stretch) == (200, pytest.approx(6.3))
    assert [decision.planned[want.name] for want in wants] == pytest.approx([31.5, 94.5, 378])
    assert decision.planned["credits"] == 300.0
    assert decision.why == "300 credits are left for the hour"


@pytest.mark.parametrize(
    ("budget", "rate"),
    [
        (Budget(), 1000),
        (Budget(limit=5000, left=5000), 1000),
        (Budget(limit=50, left=50), 10),
        (Budget(limit=5000, left=5000, sessions=5), 200 * TOGETHER),
        (Budget(limit=5000, left=5000, away=True), 100),
        (Budget(limit=5000, left=5000, away=True, sessions=4), 25),
        (Budget(limit=5000, left=600), 500),
        (Budget(limit=5000, left=600, horizon_s=1800), 1000),
        (Budget(limit=5000, left=1600, drain=1000), 500),
        (Budget(limit=5000, left=1600, drain=4800), 100),
        (Budget(limit=5000, left=101), 100),
        (Budget(limit=5000, left=100), 0),
        (Budget(limit=5000, left=0), 0),
        (Budget(limit=50, left=12), 0),
        (Budget(limit=0, left=0), 0),
        (Budget(limit=1, left=1), 0.2),
    ],
)
def test_what_the_background_may_have(budget: Budget, rate: float) -> None:
    assert rate_of(budget, KNOBS)[0] == pytest.approx(rate)


@pytest.mark.parametrize(("limit", "reserve"), [(5000, 100), (400, 100), (50, 12), (4, 1), (1, 0), (0, 0)])
def test_the_reserve_of_a_small_limit_is_a_part_of_it(limit: int, reserve: int) -> None:
    assert reserve_of(limit, KNOBS) == reserve


def test_away_what_runs_is_looked_at_seldom_and_the_rest_not_at_all() -> None:
    wants = [Want("jobs.news", 5.0, asked_s=0.0, away_s=60.0), Want("jobs.progress", 15.0, asked_s=0.0)]
    decision = decide(wants, 30.0, away=True)
    assert (decision.go, decision.wake_s, decision.why) == ((), 60.0, "nobody looks")
    assert decision.planned == {"jobs.news": 60.0, "jobs.progress": None}


def test_a_block_lets_through_free_calls_and_the_persons() -> None:
    wants = [Want("jobs", 5), Want("clusters", 5, forced=True), Want("credits", 30, free=True)]
    assert decide(wants, blocked=True).go == ("clusters", "credits")
    trial = decide([wants[0], Want("plans", 5), wants[2]], blocked=True, trial=True)
    assert trial.go == ("credits", "jobs")
    assert decide([wants[0], replace(wants[1], in_flight=True)], blocked=True, trial=True).go == ()
    assert decide([wants[0]], blocked=True, trial=True, spent=1000).go == ()

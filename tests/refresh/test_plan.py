"""Which fetch is worth a credit now."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xplenty_tui.refresh.plan import LONGEST_S, Want, due_s, plan, wait_s

NEVER = float("-inf")


@pytest.mark.parametrize(
    ("want", "due"),
    [
        (Want("jobs", 15), NEVER),
        (Want("jobs", None), None),
        (Want("jobs", None, asked_s=90), None),
        (Want("jobs", 15, asked_s=90), 105),
        (Want("jobs", 15, asked_s=90, in_flight=True), None),
        (Want("jobs", 15, asked_s=90, forced=True), NEVER),
        (Want("jobs", None, forced=True), NEVER),
        (Want("jobs", 15, forced=True, in_flight=True), None),
        (Want("jobs", 15, asked_s=90, failures=1), 120),
        (Want("jobs", 15, asked_s=90, failures=3), 210),
        (Want("jobs", 15, asked_s=90, failures=9), 390),
        (Want("plans", 3600, asked_s=0, failures=2), 3600),
        (Want("jobs", 15, asked_s=90, failures=1, unreachable=True), 95),
        (Want("plans", 3600, asked_s=90, failures=1, unreachable=True), 95),
        (Want("jobs", None, asked_s=90, failures=1, unreachable=True), None),
    ],
)
def test_when_a_kind_is_due(want: Want, due: float | None) -> None:
    assert due_s(want) == due


def test_the_ladder_back_to_a_server_that_does_not_answer() -> None:
    waits = [wait_s(Want("jobs", 15, failures=times, unreachable=True)) for times in range(1, 9)]
    assert waits == [5, 10, 20, 40, 60, 60, 60, 60]


def test_a_month_of_refusals_is_counted_without_trouble() -> None:
    assert wait_s(Want("jobs", 15.0, failures=10_000)) == LONGEST_S


def test_what_a_person_asked_for_comes_first_then_what_waited_longest() -> None:
    wants = [
        Want("jobs", 15, asked_s=80),
        Want("clusters", 30, asked_s=10),
        Want("schedules", 60, asked_s=99, forced=True),
        Want("packages", 300, asked_s=50),
        Want("accounts", 600),
    ]
    assert plan(wants, 100) == (["schedules", "accounts", "clusters", "jobs"], 350)


def test_a_pause_lets_through_what_a_person_asks_for() -> None:
    wants = [Want("jobs", 15), Want("clusters", 30, asked_s=90, forced=True), Want("schedules", 60, asked_s=90)]
    assert plan(wants, 100, paused=True) == (["clusters"], None)


def test_nothing_wanted_is_never_due() -> None:
    assert plan([], 100) == ([], None)
    assert plan([Want("jobs", None), Want("clusters", 15, in_flight=True)], 100) == ([], None)


SECONDS = st.floats(0, 1e6)
WANTS = st.lists(
    st.builds(
        Want,
        kind=st.text(min_size=1, max_size=8),
        every_s=st.none() | st.floats(1, 1e5),
        asked_s=st.none() | SECONDS,
        in_flight=st.booleans(),
        forced=st.booleans(),
        failures=st.integers(0, 10_000),
        unreachable=st.booleans(),
    ),
    max_size=8,
    unique_by=lambda want: want.kind,
)


@given(WANTS, SECONDS, st.booleans())
def test_whatever_is_wanted(wants: list[Want], now_s: float, paused: bool) -> None:
    by_kind = {want.kind: want for want in wants}
    kinds, due = plan(wants, now_s, paused=paused)
    chosen = [by_kind[kind] for kind in kinds]
    assert len(set(kinds)) == len(kinds)
    assert not any(want.in_flight for want in chosen)
    assert [want.forced for want in chosen] == sorted((want.forced for want in chosen), reverse=True)
    assert {want.kind for want in wants if want.forced and not want.in_flight} <= set(kinds)
    if paused:
        assert all(want.forced for want in chosen)
        assert due is None
    assert due is None or due > now_s


@given(WANTS, SECONDS)
def test_nothing_starves(wants: list[Want], now_s: float) -> None:
    """What is worth a request at all is asked for within its interval or five minutes, whatever else is wanted."""
    asked = {want.kind: want.asked_s for want in wants}
    waiting = {want.kind for want in wants if want.every_s is not None and not want.in_flight}
    last_s = max([now_s, *(at for at in asked.values() if at is not None)])
    kinds, _ = plan(wants, last_s + max([LONGEST_S, *(want.every_s or 0 for want in wants)]) + 1)
    assert waiting <= set(kinds)


@given(st.floats(1, 1e4), st.integers(0, 5000), st.booleans())
def test_a_try_is_never_more_than_five_minutes_later_than_wanted(
    every: float, failures: int, unreachable: bool
) -> None:
    wait = wait_s(Want("jobs", every, failures=failures, unreachable=unreachable))
    assert wait is not None
    assert 5 <= wait <= max(every, LONGEST_S) or wait == every

"""What holds of every single decision, whatever is wanted and whatever there is to spend."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xplenty_tui.refresh.plan import (
    AT_ONCE,
    LONGEST_S,
    STARVED,
    USUAL_LIMIT,
    Budget,
    Knobs,
    Rank,
    Want,
    plan,
    reserve_of,
    wait_s,
)

KNOBS = Knobs()
FULL = Budget(limit=5000, left=5000)

SECONDS = st.floats(0, 1e6)
WANTS = st.lists(
    st.builds(
        Want,
        name=st.sampled_from([f"{kind}.{what}" for kind in "abcdef" for what in ("news", "progress", "gone")]),
        every_s=st.none() | st.floats(1, 1e5),
        asked_s=st.none() | SECONDS,
        in_flight=st.booleans(),
        forced=st.booleans(),
        failures=st.integers(0, 10_000),
        unreachable=st.booleans(),
        rank=st.sampled_from(Rank),
        away_s=st.none() | st.floats(1, 1e5),
        free=st.booleans(),
        credits=st.integers(1, 5),
    ),
    max_size=12,
    unique_by=lambda want: want.name,
)
AMOUNTS = st.integers(0, 120) | st.integers(0, 20_000)
BUDGETS = st.builds(
    Budget,
    limit=st.none() | AMOUNTS,
    left=st.none() | AMOUNTS,
    drain=st.floats(0, 1e6),
    horizon_s=st.floats(60, 3600),
    spent=AMOUNTS,
    spent_away=AMOUNTS,
    sessions=st.integers(1, 20),
    away=st.booleans(),
    paused=st.booleans(),
    blocked=st.booleans(),
).flatmap(lambda one: st.builds(replace, st.just(one), trial=st.booleans() if one.blocked else st.just(False)))
ALL_KNOBS = st.builds(Knobs, share=st.floats(0.01, 1), reserve=st.integers(0, 5000), away_share=st.floats(0.0001, 0.2))


@given(WANTS, SECONDS, BUDGETS, ALL_KNOBS)
def test_whatever_is_wanted(wants: list[Want], now_s: float, budget: Budget, knobs: Knobs) -> None:
    by_name = {want.name: want for want in wants}
    decision = plan(wants, now_s, budget, knobs)
    chosen = [by_name[name] for name in decision.go]
    asked = [want for want in chosen if want.forced]
    paid = [want for want in chosen if not want.forced and not want.free]
    assert len(set(decision.go)) == len(decision.go)
    assert not any(want.in_flight for want in chosen)
    assert chosen[: len(asked)] == asked
    assert {want.name for want in wants if want.forced and not want.in_flight} == {want.name for want in asked}
    assert decision.wake_s is None or decision.wake_s > now_s
    if budget.paused:
        assert chosen == asked
        assert decision.wake_s is None
    busy = {want.kind for want in wants if want.in_flight and not want.free} | {
        want.kind for want in asked if not want.free
    }
    kinds = [want.kind for want in paid]
    assert len(set(kinds)) == len(kinds)
    assert not busy & set(kinds)
    _within(paid, len(busy), budget, knobs)
    assert all(math.isfinite(every) and every > 0 for every in decision.planned.values() if every is not None)
    assert decision.stretch >= 1
    assert math.isfinite(decision.rate)
    assert decision.why


def _within(paid: list[Want], flying: int, budget: Budget, knobs: Knobs) -> None:
    """Fail where the background takes more than the budget has."""
    limit, cost = budget.limit or USUAL_LIMIT, sum(want.credits for want in paid)
    if not paid:
        return
    assert cost + budget.spent <= limit * knobs.share
    if budget.away:
        assert cost + budget.spent_away <= max(1, limit * knobs.away_share)
    if budget.trial:
        assert (len(paid), flying) == (1, 0)
        return
    assert not budget.blocked
    assert len(paid) + flying <= AT_ONCE
    assert budget.left is None or budget.left - cost >= reserve_of(limit, knobs)


@given(WANTS, SECONDS)
def test_ranks_hold_among_those_that_did_not_starve(wants: list[Want], now_s: float) -> None:
    decision = plan(wants, now_s, FULL, KNOBS)
    by_name = {want.name: want for want in wants}

    def starved(want: Want) -> bool:
        planned, due = decision.planned[want.name], want.asked_s
        if due is None or planned is None:
            return True
        return now_s - (due + (wait_s(want, planned) or 0.0)) > STARVED * planned

    paid = [by_name[name] for name in decision.go if not by_name[name].forced and not by_name[name].free]
    turns = [(not starved(want), 0 if starved(want) else want.rank) for want in paid]
    assert turns == sorted(turns)


@given(WANTS, SECONDS, st.integers(1, 5))
def test_intervals_are_stretched_by_the_same_factor(wants: list[Want], now_s: float, sessions: int) -> None:
    decision = plan(wants, now_s, replace(FULL, sessions=sessions), KNOBS)
    paid, rate = [want for want in wants if want.every_s is not None and not want.free], decision.rate
    assert rate <= 1000 / sessions
    for want in paid:
        assert decision.planned[want.name] == pytest.approx((want.every_s or 0) * decision.stretch)
    taken = sum(want.credits * 3600 / (decision.planned[want.name] or math.inf) for want in paid)
    assert taken <= rate + 1e-6
    assert decision.stretch == 1 or taken == pytest.approx(rate)


@given(st.floats(1, 1e4), st.integers(0, 5000), st.booleans())
def test_a_try_is_never_more_than_five_minutes_later_than_planned(
    every: float, failures: int, unreachable: bool
) -> None:
    wait = wait_s(Want("jobs", every, failures=failures, unreachable=unreachable), every)
    assert wait is not None
    assert 5 <= wait <= max(every, LONGEST_S) or wait == every

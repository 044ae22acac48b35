"""The ladder after a 429 or a 503: when the next free check is due, and what ends the wait."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xplenty_tui.refresh.guard import FIRST_S, JITTER, LONGEST_ASKED_S, LONGEST_S, Block, Guard


def guard(jitter: float = 0.5) -> Guard:
    """Return a guard whose jitter stands still; 0.5 is none."""
    return Guard(lambda: jitter)


def waits(one: Guard, times: int) -> list[float]:
    """Return the waits before as many checks that all find nothing left."""
    found, now_s = [], one.since_s
    for _ in range(times):
        found.append(one.check_s - now_s)
        now_s = one.check_s
        one.checked(now_s, good=False)
    return found


def test_nothing_is_blocked_at_first() -> None:
    one = guard()
    assert (one.blocked, one.why, one.trial) == (False, Block.NONE, False)
    one.checked(5.0, good=False)
    one.checked(6.0, good=True)
    assert (one.blocked, one.trial, one.checks) == (False, False, 0)


def test_the_ladder_doubles_from_half_a_minute_to_five() -> None:
    one = guard()
    one.strike(Block.LIMIT, 100.0)
    assert (one.blocked, one.why, one.since_s, one.check_s) == (True, Block.LIMIT, 100.0, 130.0)
    assert waits(one, 7) == pytest.approx([30, 60, 120, 240, 300, 300, 300])


def test_twenty_minutes_take_few_checks() -> None:
    one, checks = guard(0.0), 0
    one.strike(Block.LIMIT, 0.0)
    while one.check_s < 1200:
        one.checked(one.check_s, good=False)
        checks += 1
    assert checks <= 8


@given(st.floats(0, 1), st.integers(0, 100))
def test_jitter_moves_a_wait_by_a_tenth_at_most(jitter: float, bad: int) -> None:
    one = guard(jitter)
    one.strike(Block.DOWN, 0.0)
    for wait, exact in zip(waits(one, bad), [30, 60, 120, 240, *[300] * bad], strict=False):
        assert exact * (1 - JITTER) - 1e-6 <= wait <= exact * (1 + JITTER) + 1e-6


def test_two_programs_do_not_come_back_in_one_moment() -> None:
    early, late = guard(0.0), guard(1.0)
    for one in (early, late):
        one.strike(Block.LIMIT, 0.0)
    assert (early.check_s, late.check_s) == pytest.approx((FIRST_S * 0.9, FIRST_S * 1.1))


@pytest.mark.parametrize(
    ("asked", "least"),
    [(7.0, 7.0), (0.0, 1.0), (-5.0, 1.0), (900.0, 900.0), (10_000.0, LONGEST_ASKED_S), (float("inf"), LONGEST_ASKED_S)],
)
@pytest.mark.parametrize("jitter", [0.0, 1.0])
def test_what_the_server_asks_for_is_waited_and_never_cut_short(asked: float, least: float, jitter: float) -> None:
    one = guard(jitter)
    one.strike(Block.DOWN, 50.0, asked)
    assert one.check_s - 50.0 == pytest.approx(least * (1 + JITTER * jitter))
    one.checked(one.check_s, good=False, retry_after=asked)
    assert one.check_s >= 50.0 + 2 * least


def test_further_refusals_while_one_is_known_change_nothing() -> None:
    one = guard()
    one.strike(Block.LIMIT, 100.0)
    for why, at_s in ((Block.LIMIT, 101.0), (Block.DOWN, 102.0), (Block.RESERVE, 110.0)):
        one.strike(why, at_s, 3000.0)
    assert (one.why, one.since_s, one.check_s) == (Block.LIMIT, 100.0, 130.0)


def test_a_good_check_lets_one_try_and_its_success_ends_it() -> None:
    one = guard()
    one.strike(Block.LIMIT, 0.0)
    one.checked(30.0, good=True)
    assert (one.blocked, one.trial) == (True, True)
    one.clear()
    assert (one.blocked, one.trial, one.checks) == (False, False, 0)


def test_a_failed_trial_goes_on_waiting_longer() -> None:
    one = guard()
    one.strike(Block.LIMIT, 0.0)
    found = []
    for _ in range(6):
        at_s = one.check_s
        one.checked(at_s, good=True)
        assert one.trial
        one.strike(Block.LIMIT, at_s)
        assert not one.trial
        found.append(one.check_s - at_s)
    assert found == pytest.approx([60, 120, 240, 300, 300, 300])
    assert one.since_s == 0.0


def test_a_trial_may_show_another_trouble() -> None:
    one = guard()
    one.strike(Block.DOWN, 0.0)
    one.checked(30.0, good=True)
    one.strike(Block.LIMIT, 30.0, 500.0)
    assert (one.why, one.trial) == (Block.LIMIT, False)
    assert one.check_s >= 530.0


def test_the_next_block_begins_the_ladder_anew() -> None:
    one = guard()
    one.strike(Block.LIMIT, 0.0)
    waits(one, 5)
    one.clear()
    one.strike(Block.LIMIT, 9000.0)
    assert (one.since_s, one.checks, one.check_s) == (9000.0, 0, 9030.0)


def test_a_check_that_tells_of_more_than_the_reserve_needs_no_trial() -> None:
    one = guard()
    one.strike(Block.RESERVE, 0.0)
    one.checked(30.0, good=False)
    assert one.blocked
    one.checked(90.0, good=True)
    assert (one.blocked, one.trial) == (False, False)


def test_a_check_that_tells_nothing_frees_only_a_trial() -> None:
    one = guard()
    one.strike(Block.RESERVE, 0.0)
    one.checked(30.0, good=True, blind=True)
    assert (one.blocked, one.trial) == (True, True)


def test_a_week_of_checks_is_counted_without_trouble() -> None:
    one = guard()
    one.strike(Block.DOWN, 0.0)
    one.checks = 10_000
    one.checked(1.0, good=False)
    assert one.check_s == 1.0 + LONGEST_S

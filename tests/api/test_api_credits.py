"""The meter against servers that count truly: whose credits went, whatever order the answers come in."""

from __future__ import annotations

import pytest

from tests.api.conftest import NOW
from tests.api.counting import Account, Timer
from xplenty_tui.api.credits import HOUR_S, Meter, Reason, because


def test_nothing_is_known_at_first() -> None:
    meter = Meter(lambda: NOW, lambda: 0.0)
    assert (meter.limit, meter.remaining, meter.at_s, meter.reset_s) == (None, None, None, None)
    assert (meter.burn(), meter.background(), meter.others(), meter.drain()) == (0, 0, 0, 0.0)
    assert (meter.expected(), meter.lasts_s()) == (None, None)
    assert meter.minutes() == [(0, 0)] * 60


def test_each_figure_stays_until_it_is_told_anew() -> None:
    timer = Timer()
    meter = Meter(lambda: NOW, timer)
    meter.seen(5000, 4000)
    timer.now_s += 60
    meter.seen(None, None)
    assert (meter.limit, meter.remaining, meter.at_s) == (5000, 4000, 1000.0)
    meter.seen(None, 0)
    assert (meter.limit, meter.remaining, meter.at_s) == (5000, 0, 1060.0)
    meter.seen(6000, None)
    assert (meter.limit, meter.remaining) == (6000, 0)


def test_calls_are_forgotten_after_an_hour() -> None:
    account = Account(window="rolling")
    for _ in range(90):
        account.call()
        account.timer.now_s += 60
    assert account.meter.burn() == 59
    assert sum(ours for ours, _ in account.meter.minutes()) == 59
    account.timer.now_s += 58 * 60
    assert account.meter.burn() == 1
    account.timer.now_s += 60
    assert account.meter.burn() == 0


def test_why_and_for_what_is_kept() -> None:
    account = Account()
    account.call()
    with because(Reason.VISIBLE):
        account.call()
        with because(Reason.OPENED):
            account.call()
        account.call()
    assert [call.reason for call in account.meter.calls()] == ["asked", "visible", "opened", "visible"]
    assert (account.meter.burn(), account.meter.background()) == (4, 2)


def test_what_others_take_is_what_is_missing() -> None:
    account = Account()
    account.call()
    account.others(7)
    assert account.meter.others() == 0
    account.call()
    assert (account.meter.others(), account.meter.burn()) == (7, 2)
    account.others(3)
    account.call(free=True)
    assert (account.meter.others(), account.meter.burn(), account.meter.remaining) == (10, 2, 4988)


def test_what_others_took_is_forgotten_after_an_hour() -> None:
    account = Account()
    account.call()
    account.others(7)
    account.call()
    account.timer.now_s += HOUR_S
    assert account.meter.others() == 0


def test_answers_that_overtake_each_other_are_no_others() -> None:
    account = Account()
    account.call()
    first, second = account.leave(), account.leave()
    account.arrive(first)
    account.arrive(second)
    account.deliver(second)
    assert account.meter.remaining == 4997
    account.deliver(first)
    assert (account.meter.remaining, account.meter.others()) == (4997, 0)
    account.call()
    assert (account.meter.remaining, account.meter.others()) == (4996, 0)


def test_a_free_answer_overtaken_by_a_counted_one_is_no_credit_that_came_back() -> None:
    account = Account()
    account.call()
    free, counted = account.leave(free=True), account.leave()
    account.arrive(free)
    account.arrive(counted)
    account.deliver(counted)
    account.deliver(free)
    assert (account.meter.remaining, account.meter.others()) == (4998, 0)
    account.call()
    assert account.meter.others() == 0


def test_what_others_take_while_calls_are_on_their_way_is_found_when_they_are_back() -> None:
    account = Account()
    account.call()
    flights = [account.leave() for _ in range(4)]
    for flight in flights:
        account.others(1)
        account.arrive(flight)
    for flight in reversed(flights):
        account.deliver(flight)
    assert account.meter.others() == 4


def test_a_call_whose_answer_never_came_is_ours() -> None:
    account = Account()
    account.call()
    lost = account.leave()
    account.lose(lost)
    account.call()  # the server has not got to the lost one
    account.arrive(lost)
    account.call()
    assert (account.meter.others(), account.meter.burn()) == (0, 4)


def test_a_call_that_never_left_costs_nothing() -> None:
    account = Account()
    account.call()
    account.meter.leaves()
    assert account.meter.flying == 1
    account.meter.lands("jobs", sent=False)
    assert (account.meter.flying, account.meter.burn()) == (0, 1)
    account.call()
    assert (account.meter.others(), account.meter.expected()) == (0, 4998)


def test_the_hour_that_begins_anew_is_seen() -> None:
    account = Account(window="fixed")
    account.others(3000)
    account.call()
    assert account.meter.horizon_s() == HOUR_S
    account.timer.now_s = 3610.0
    account.call()
    assert (account.meter.reset_s, account.meter.remaining, account.meter.others()) == (3610.0, 4999, 0)
    account.timer.now_s += 600
    assert account.meter.horizon_s() == 3000.0
    account.timer.now_s += HOUR_S
    assert account.meter.horizon_s() == 3000.0, "it began again unseen"


def test_an_answer_from_before_the_hour_began_anew_is_no_fall() -> None:
    account = Account(window="fixed")
    account.others(3000)
    account.call()
    old, new = account.leave(), account.leave()
    account.arrive(old)
    account.timer.now_s = 3610.0
    account.arrive(new)
    account.deliver(new)
    account.deliver(old)
    account.call()
    assert (account.meter.others(), account.meter.reset_s) == (0, 3610.0)


def test_credits_that_come_back_one_by_one_are_no_new_hour() -> None:
    account = Account(window="rolling")
    for _ in range(130):
        account.others(20)
        account.call(free=True)
        account.timer.now_s += 60
    assert account.meter.reset_s is None
    assert account.meter.drain() == 0.0, "as many come back as go"


def test_the_first_answer_of_several_blames_nobody() -> None:
    account = Account()
    first, second = account.leave(), account.leave()
    account.arrive(first)
    account.deliver(first)
    account.arrive(second)
    account.deliver(second)
    assert (account.meter.others(), account.meter.remaining) == (0, 4998)


def test_a_new_hour_is_believed_from_an_answer_that_was_overtaken() -> None:
    account = Account(window="fixed")
    account.others(3000)
    account.call()
    slow, quick = account.leave(), account.leave()
    account.arrive(quick)
    account.deliver(quick)
    assert account.meter.remaining == 1998
    account.timer.now_s = 3610.0
    account.arrive(slow)
    account.deliver(slow)
    assert (account.meter.remaining, account.meter.reset_s) == (4999, 3610.0)


def test_credits_that_only_come_back_are_no_pace_below_zero() -> None:
    account = emptied("rolling", 60, 20)
    for _ in range(20):
        account.timer.now_s += 60
        account.call(free=True)
    assert account.meter.drain() == 0.0
    assert account.meter.expected() == account.meter.remaining


def emptied(window: str, minutes: int, others: int) -> Account:
    """An account that others use evenly, looked at once a minute."""
    account = Account(window=window)
    account.timer.now_s = 3600.0
    account.call(free=True)
    for _ in range(minutes):
        account.timer.now_s += 60
        account.others(others)
        account.call(free=True)
    return account


@pytest.mark.parametrize("window", ["fixed", "rolling"])
def test_the_pace_of_others(window: str) -> None:
    account = emptied(window, 30, 50)
    assert account.meter.others() == 1500
    assert account.meter.drain() == pytest.approx(3000, rel=0.02)
    account.timer.now_s += 300
    assert account.meter.expected() == pytest.approx(5000 - 1500 - 250, abs=130), "they go on meanwhile"


def test_no_pace_from_less_than_a_minute() -> None:
    account = Account()
    account.call()
    account.others(100)
    account.timer.now_s += 59
    account.call()
    assert (account.meter.others(), account.meter.drain()) == (100, 0.0)
    account.timer.now_s += 1
    assert account.meter.drain() == 6000.0


def test_how_long_the_rest_lasts() -> None:
    account = emptied("none", 30, 80)
    left_s = account.meter.lasts_s()
    assert left_s == pytest.approx((5000 - 2400) / 4800 * HOUR_S, rel=0.02)
    assert emptied("none", 30, 10).meter.lasts_s() is None, "it lasts the hour"


def test_calls_on_their_way_are_not_expected_to_be_left() -> None:
    account = Account()
    account.call()
    account.leave()
    account.leave()
    assert account.meter.expected() == 4997


def test_minutes_tell_ours_from_theirs() -> None:
    account = Account()
    account.call()
    account.timer.now_s += 120
    account.others(5)
    account.call()
    account.call()
    minutes = account.meter.minutes()
    assert len(minutes) == 60
    assert (minutes[-1], minutes[-2], minutes[-3]) == ((2, 5), (0, 0), (1, 0))

"""The meter, whatever happens in whatever order: nobody is blamed for our calls."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.api.counting import Account

STEPS = st.lists(
    st.tuples(st.sampled_from(["leave", "free", "arrive", "deliver", "lose", "others", "wait"]), st.integers(0, 9)),
    max_size=80,
)


def play(account: Account, steps: list[tuple[str, int]], check: bool) -> None:
    """Let everything happen in the order given; whoever is meant is counted round."""
    for what, number in steps:
        waiting = [flight for flight in account.flights if flight.remaining is None]
        answered = [flight for flight in account.flights if flight.remaining is not None]
        if what in ("leave", "free"):
            account.leave(free=what == "free")
        elif what == "arrive" and waiting:
            account.arrive(waiting[number % len(waiting)])
        elif what == "deliver" and answered:
            account.deliver(answered[number % len(answered)])
        elif what == "lose" and answered:
            account.lose(answered[number % len(answered)])
        elif what == "others":
            account.others(number)
        elif what == "wait":
            account.timer.now_s += number * (50 if account.window != "none" else 0.1)
        if check:
            assert account.meter.others() <= account.theirs, (what, number)


def finish(account: Account, order: random.Random) -> None:
    """Let every call come to its end, in any order, and look once more."""
    for flight in order.sample(account.flights, len(account.flights)):
        if flight.remaining is None:
            account.arrive(flight)
    for flight in order.sample(account.flights, len(account.flights)):
        account.deliver(flight)
    account.timer.now_s += 61
    account.call(free=True)


@settings(max_examples=400, deadline=None)
@given(STEPS, st.randoms(use_true_random=False))
def test_others_are_never_blamed_for_our_calls(steps: list[tuple[str, int]], order: random.Random) -> None:
    account = Account()
    account.call(free=True)
    play(account, steps, check=True)
    finish(account, order)
    assert account.meter.others() == account.theirs, "exact as soon as nothing is on its way"
    assert account.meter.burn() == account.ours
    assert (account.meter.remaining, account.meter.flying) == (account.remaining, 0)


@settings(max_examples=400, deadline=None)
@given(STEPS, st.sampled_from(["rolling", "fixed"]), st.randoms(use_true_random=False))
def test_nor_when_credits_come_back(steps: list[tuple[str, int]], window: str, order: random.Random) -> None:
    account = Account(window=window, limit=500)
    account.call(free=True)
    play(account, steps, check=True)
    finish(account, order)
    assert account.meter.remaining == account.remaining
    assert account.meter.others() <= account.theirs

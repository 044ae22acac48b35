"""Whatever is wanted, told and spent by others, and however the clock goes: the share and the reserve hold.

``tests/refresh/hour.py`` checks all limits whenever something is started; here are the lives that it is led through.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.refresh.hour import Driver, Server
from xplenty_tui.api.credits import HOUR_S, Reason
from xplenty_tui.refresh.plan import Knobs, Rank, Want
from xplenty_tui.refresh.together import Others

Step = Callable[[Driver], None]
"""Something that happens."""

LIMITS = st.sampled_from([0, 1, 4, 10, 50, 200, 5000]) | st.integers(0, 6000)
PASSES = st.one_of(
    st.sampled_from([0.0, 0.001, 1.0, 5.0, 30.0, 60.0, 300.0, 3599.0, 3600.0, 7200.0]), st.floats(0, 100)
)
WANTS = st.builds(
    Want,
    name=st.sampled_from([f"{kind}.{what}" for kind in "abcd" for what in ("news", "progress", "gone")]),
    every_s=st.none() | st.sampled_from([5.0, 15.0, 60.0, 600.0]),
    rank=st.sampled_from([Rank.VISIBLE, Rank.RUNNING, Rank.REST]),
    away_s=st.none() | st.sampled_from([60.0, 900.0]),
    credits=st.sampled_from([1, 1, 1, 2, 5]),
    forced=st.sampled_from([False, False, False, True]),
).map(lambda want: replace(want, forced=want.forced and want.name.endswith("news")))


def waits(seconds: float) -> Step:
    """The clock goes on; a host that slept has one long step."""

    def step(driver: Driver) -> None:
        driver.now_s += seconds

    return step


def serves(**values: object) -> Step:
    """The server changes."""

    def step(driver: Driver) -> None:
        for name, value in values.items():
            setattr(driver.server, name, value)
        driver.server.left = min(driver.server.left, driver.server.limit)

    return step


def others_take(count: int) -> Step:
    def step(driver: Driver) -> None:
        driver.server.left = max(0, driver.server.left - count)

    return step


def person(deed: str) -> Step:
    """The person leaves, comes back, pauses or presses a key."""

    def step(driver: Driver) -> None:
        purse = driver.purse
        if deed in ("leaves", "comes"):
            purse.focused = deed == "comes"
        elif deed in ("pauses", "resumes"):
            purse.paused = deed == "pauses"
        else:
            purse.touched()

    return step


def beside(live: int, away: int, spent: int) -> Step:
    def step(driver: Driver) -> None:
        driver.others = Others(live=live, away=min(live, away), spent=spent)

    return step


STEPS = st.one_of(
    PASSES.map(waits),
    PASSES.map(waits),
    st.integers(0, 5).map(lambda index: lambda driver: driver.land(index)),
    st.integers(0, 5).map(lambda index: lambda driver: driver.land(index)),
    st.sampled_from([1.0, 60.0, 900.0]).map(lambda span: lambda driver: driver.run(driver.now_s + span)),
    WANTS.map(lambda want: lambda driver: driver.want(want)),
    WANTS.map(lambda want: lambda driver: driver.want(want)),
    LIMITS.map(lambda limit: serves(limit=limit)),
    LIMITS.map(lambda left: serves(left=left)),
    st.booleans().map(lambda tells: serves(tells=tells)),
    st.booleans().map(lambda knows: serves(knows=knows)),
    st.booleans().map(lambda down: serves(down=down)),
    st.integers(0, 5000).map(others_take),
    st.sampled_from(["leaves", "comes", "pauses", "resumes", "presses"]).map(person),
    st.builds(beside, st.integers(0, 6), st.integers(0, 6), st.integers(0, 800)),
)
KNOBS = st.builds(
    Knobs,
    share=st.sampled_from([0.2, 0.2, 0.01, 0.5]),
    reserve=st.sampled_from([100, 100, 0, 2500]),
    away_share=st.sampled_from([0.02, 0.02, 0.001]),
)


@given(st.lists(WANTS, max_size=6), st.lists(STEPS, max_size=60), KNOBS, st.sampled_from([None, 0.5, 40.0]), LIMITS)
@settings(max_examples=300, deadline=None)
def test_the_share_and_the_reserve_hold_whatever_happens(
    wants: list[Want], steps: list[Step], knobs: Knobs, latency_s: float | None, limit: int
) -> None:
    driver = Driver(Server(limit, limit), knobs, latency_s=latency_s)
    for want in wants:
        driver.want(want)
    for step in steps:
        driver.decide()
        step(driver)
    driver.decide()


BUSY = [
    Want("jobs.news", 5.0, away_s=60.0),
    Want("jobs.progress", 15.0),
    Want("jobs.gone", 600.0, rank=Rank.REST),
    Want("clusters.news", 30.0, away_s=900.0, rank=Rank.REST),
    Want("schedules.news", 30.0, away_s=900.0, rank=Rank.REST),
    Want("packages.news", 120.0, away_s=900.0, rank=Rank.REST),
]


def busy(limit: int, **values: object) -> Driver:
    """Return a session that wants more than a small limit gives."""
    driver = Driver(Server(limit, limit), **values)  # type: ignore[arg-type]
    for want in BUSY:
        driver.want(want)
    return driver


def live(driver: Driver, hours: float, *, present: bool = True, refill: bool = True) -> None:
    """Let hours pass; a person presses a key now and then, and the server gives credits back as they age."""
    end_s, known = driver.now_s + hours * HOUR_S, 0
    while driver.now_s < end_s:
        if present:
            driver.purse.touched()
        driver.run(min(end_s, driver.now_s + 60.0))
        back = sum(at_s <= driver.now_s - HOUR_S for at_s, _, _ in driver.spent)
        driver.server.left, known = driver.server.left + (back - known if refill else 0), back


def most_in_an_hour(driver: Driver) -> int:
    """Return the most credits that the background spent within any hour."""
    times = [at_s for at_s, reason, _ in driver.spent if reason is not Reason.ASKED]
    return max((sum(at <= other < at + HOUR_S for other in times) for at in times), default=0)


@pytest.mark.parametrize("limit", [5, 10, 50, 100, 1000, 5000])
@pytest.mark.parametrize("latency_s", [0.2, 25.0])
def test_no_hour_takes_more_than_the_share_and_none_starves(limit: int, latency_s: float) -> None:
    driver = busy(limit, latency_s=latency_s)
    live(driver, 4)
    assert most_in_an_hour(driver) <= limit * 0.2
    if latency_s < 1:  # else what is in flight holds its kind up for longer than its interval
        assert most_in_an_hour(driver) >= min(0.9 * limit * 0.2 - 2, 800)
    if limit >= 50:
        assert driver.counted().keys() >= {want.name for want in BUSY}


def test_an_account_without_any_header_is_taken_for_the_usual_one() -> None:
    driver = busy(10**6)
    driver.server.tells = driver.server.knows = False
    live(driver, 3)
    assert driver.meter.limit is None
    assert 900 <= most_in_an_hour(driver) <= 1000


def test_a_night_alone_is_a_heartbeat() -> None:
    driver = busy(5000)
    live(driver, 12, present=False)
    night = [at_s for at_s, _, _ in driver.spent if at_s > 700]
    assert 12 * 50 <= len(night) <= 12 * 100
    assert all(sum(at <= other < at + HOUR_S for other in night) <= 100 for at in night[::20])


def test_others_who_burn_everything_find_the_reserve_untouched() -> None:
    driver = busy(5000)
    for _ in range(3600 // 5):
        others_take(7)(driver)
        driver.purse.touched()
        driver.run(driver.now_s + 5)
    late = [at_s for at_s, _, _ in driver.spent if at_s > 3000]
    assert driver.purse.guard.blocked or driver.server.left > 100
    assert len(late) < 120
    assert len(driver.checks) < 80


def test_a_limit_that_others_reached_takes_few_free_checks_and_no_counted_call() -> None:
    driver = busy(5000)
    live(driver, 0.2)
    driver.server.left = 0
    driver.run(driver.now_s + 10)
    before, checks = len(driver.spent), len(driver.checks)
    live(driver, 1 / 3, refill=False)
    assert len(driver.spent) == before
    assert len(driver.checks) - checks <= 25
    driver.server.left, checks = 4000, len(driver.checks)
    driver.run(driver.now_s + 331)
    assert len(driver.checks) == checks + 1
    assert not driver.purse.guard.blocked
    assert len(driver.spent) > before


@given(
    st.lists(
        st.tuples(st.floats(5, 600), st.sampled_from([Rank.VISIBLE, Rank.RUNNING, Rank.REST]), st.integers(1, 3)),
        min_size=1, max_size=10,
    ),
    st.sampled_from([60, 500, 5000]),
    st.sampled_from([0.1, 5.0, 30.0]),
    st.integers(0, 3),
)  # fmt: skip
@settings(max_examples=40, deadline=None)
def test_nothing_starves_for_ever(
    wanted: list[tuple[float, Rank, int]], limit: int, latency_s: float, live_beside: int
) -> None:
    driver = Driver(Server(limit, limit), latency_s=latency_s, others=Others(live=live_beside))
    for number, (every_s, rank, pages) in enumerate(wanted):
        driver.want(Want(f"kind {number}.news", every_s, rank=rank, credits=pages))
    live(driver, 3)
    assert driver.purse.last.rate > 0
    longest = max(every for every in driver.purse.last.planned.values() if every)
    bound = 5 * longest + 60 + 10 * 3 * latency_s
    for number in range(len(wanted)):
        times = [at_s for at_s, name in driver.started if name == f"kind {number}.news"]
        assert max(later - at for at, later in pairwise([0.0, *times, driver.now_s])) <= max(bound, HOUR_S)
        assert times or longest > driver.now_s


@given(st.sampled_from([3600.0, 7200.0, 86_400.0]), st.sampled_from([50, 5000]))
@settings(max_examples=20, deadline=None)
def test_a_host_that_slept_makes_no_burst_and_no_stall(slept_s: float, limit: int) -> None:
    driver = busy(limit)
    live(driver, 0.5)
    driver.now_s += slept_s
    driver.server.left = limit
    driver.purse.touched()
    before = len(driver.started)
    driver.decide()
    assert 0 < len(driver.started) - before <= 4
    driver.run(driver.now_s + 60)
    assert len(driver.started) - before <= 32

"""What an hour of looking costs: the declared intervals, the real plan, a clock that only counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest

from xplenty_tui.core.declare import Loaded
from xplenty_tui.refresh.plan import Want, plan
from xplenty_tui.resources import ALL, BY_NAME
from xplenty_tui.triage.summary import KINDS

MOST = 600
"""Credits that one screen may cost in an hour."""
HOUR_S = 3600.0
VISIBLE_S = 15.0


def hour(looked: Iterable[str], answer_s: float = 0.3) -> Counter[str]:
    """Return the requests of one hour in which every kind was loaded before and ``looked`` stays in sight."""
    seen, spent, now_s = set(looked), Counter[str](), 0.0
    asked: dict[str, float | None] = dict.fromkeys(BY_NAME)
    while now_s < HOUR_S:
        wants = [_want(kind, kind in seen, asked[kind], now_s, answer_s) for kind in BY_NAME]
        kinds, due = plan(wants, now_s)
        for kind in kinds:
            spent[kind] += 1
            asked[kind] = now_s
        flying = [at + answer_s for at in asked.values() if at is not None and at + answer_s > now_s]
        now_s = min([HOUR_S, *flying, *([] if due is None else [due])])
    return spent


def _want(kind: str, seen: bool, asked_s: float | None, now_s: float, answer_s: float) -> Want:
    refresh = BY_NAME[kind].refresh
    every = max(float(refresh.visible), VISIBLE_S) if seen else refresh.hidden
    return Want(kind, every, asked_s, in_flight=asked_s is not None and now_s < asked_s + answer_s)


def extra(looked: Iterable[str]) -> int:
    """Return what opening costs beside: older pages at first, and the parts of a page that are asked for at once."""
    pages = sum(BY_NAME[kind].initial_pages - 1 for kind in looked)
    return pages + max(sum(isinstance(part, Loaded) for part in BY_NAME[kind].detail) for kind in looked)


@pytest.mark.parametrize(
    "looked", [KINDS, ("accounts", "members", "notifications"), *((one.name,) for one in ALL)], ids="+".join
)
def test_an_hour_of_looking_is_within_the_budget(looked: tuple[str, ...]) -> None:
    spent = hour(looked)
    assert spent.keys() >= set(looked)
    assert sum(spent.values()) + extra(looked) <= MOST, spent


def test_the_hour_is_counted_truly() -> None:
    """By hand: 3600 / 15 s of jobs; whoever looks at jobs sees a change within a quarter of a minute."""
    assert hour(("jobs",), answer_s=0.1)["jobs"] == 240
    assert 0 < hour(("jobs",), answer_s=40.0)["jobs"] <= 90


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.name)
def test_nobody_asks_more_often_unseen_than_seen(one: object) -> None:
    refresh = BY_NAME[getattr(one, "name", "")].refresh
    assert refresh.visible >= VISIBLE_S
    assert refresh.hidden is None or refresh.hidden >= refresh.visible

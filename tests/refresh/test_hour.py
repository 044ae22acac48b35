"""What an hour of looking costs: the real wants and plan over all kinds at the paces of the places, call by call."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from xplenty_tui.api.credits import HOUR_S, Meter
from xplenty_tui.api.jobs import Job
from xplenty_tui.core.declare import Resource
from xplenty_tui.core.store import Store
from xplenty_tui.refresh.pace import Pace
from xplenty_tui.refresh.plan import Knobs
from xplenty_tui.refresh.purse import Purse
from xplenty_tui.refresh.wants import CREDITS, Track, wants
from xplenty_tui.resources import ALL, BY_NAME
from xplenty_tui.tui.screens.place import LENT
from xplenty_tui.tui.screens.triage import PACES

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
ANSWER_S = 0.3
KNOBS = Knobs()


def places() -> dict[str, dict[str, Pace]]:
    """Return what each list and triage want of which kinds."""
    lists = {one.name: {**dict.fromkeys(one.also, LENT), one.name: own(one)} for one in ALL}
    return {"triage": dict(PACES), **lists}


def own(resource: Resource[Any]) -> Pace:
    return Pace(float(resource.refresh.visible), resource.refresh.progress)


def loaded(kinds: Mapping[str, object]) -> Store:
    """Return a store in which these kinds are known, with a job that runs."""
    store = Store()
    for kind in kinds:
        items = [("1", Job(id=1, status="running"))] if kind == "jobs" else []
        store.put(kind, items, NOW)
    return store


def hour(
    looked: Mapping[str, Pace], *, known: Mapping[str, object] | None = None, focused: bool = True
) -> Counter[str]:
    """Return the fetches of one hour by name; everything of ``known`` was loaded before."""
    now_s, store, spent = 0.0, loaded({**looked, **(known or {})}), Counter[str]()
    tracks = {kind: Track() for kind in BY_NAME}
    meter = Meter(lambda: NOW + timedelta(seconds=now_s), lambda: now_s)
    meter.seen(5000, 5000)
    purse = Purse(meter, KNOBS, jitter=lambda: 0.5)
    purse.focused = focused
    flying: dict[str, float] = {}
    while now_s < HOUR_S:
        purse.touched()
        for kind in [kind for kind, at_s in flying.items() if at_s <= now_s]:
            del flying[kind]
            tracks[kind].busy = False
            meter.lands(kind)
        decision = purse.decide(wants(BY_NAME, tracks, looked, store, KNOBS))
        for name in decision.go:
            if name == CREDITS:
                purse._checked_s = now_s
                continue
            kind, _, what = name.rpartition(".")
            tracks[kind].busy, tracks[kind].strand(what).asked_s = True, now_s
            flying[kind] = now_s + ANSWER_S
            meter.leaves()
            spent[name] += 1
        following = [at for at in (decision.wake_s, *flying.values()) if at is not None and at > now_s]
        now_s = min(following, default=HOUR_S)
    return spent


@pytest.mark.parametrize("place", places())
def test_an_hour_of_looking_is_within_the_share(place: str) -> None:
    looked = places()[place]
    spent = hour(looked)
    assert {name.partition(".")[0] for name in spent} >= set(looked)
    assert spent.total() <= 5000 * KNOBS.share


def test_triage_can_be_left_open_all_night_and_jobs_are_looked_at_every_five_seconds() -> None:
    assert hour(PACES).total() <= 380
    jobs = hour(places()["jobs"])
    assert jobs["jobs.news"] >= 700
    assert jobs["jobs.progress"] >= 220


def test_what_was_seen_before_is_kept_fresh_within_the_same_share() -> None:
    spent = hour(places()["jobs"], known=dict.fromkeys(("clusters", "schedules", "packages")))
    assert spent.total() <= 5000 * KNOBS.share
    assert spent["clusters.news"] >= 10
    assert spent["packages.news"] >= 3


def test_nobody_looking_costs_no_more_than_the_heartbeat() -> None:
    spent = hour(PACES, focused=False)
    assert spent.total() <= 5000 * KNOBS.away_share
    assert spent["jobs.news"] >= 55
    assert spent["jobs.progress"] == 0


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.name)
def test_nobody_asks_more_often_unseen_than_seen(one: Resource[Any]) -> None:
    refresh = one.refresh
    assert refresh.visible >= KNOBS.fastest_s
    assert refresh.hidden is None or refresh.hidden >= refresh.visible
    assert refresh.progress is None or refresh.progress >= KNOBS.progress_s
    assert refresh.gone is None or refresh.gone >= refresh.visible

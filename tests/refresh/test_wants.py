"""What each kind is worth fetching for, and the reason that is noted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.core.things import NOW, Thing
from tests.refresh.rig import Rig
from xplenty_tui.api.credits import Reason
from xplenty_tui.refresh.pace import Pace
from xplenty_tui.refresh.plan import Knobs, Rank, Want
from xplenty_tui.refresh.wants import (
    AWAY_RUNNING_S,
    AWAY_S,
    CATCH_UP_S,
    GONE,
    NEWS,
    PROGRESS,
    PROGRESS_PAGES,
    WATCHED_S,
    Track,
    Walk,
    progress_pages,
    reason_of,
    wants,
)

SEEN = {"things": Pace(5.0, 15.0)}


class Table:
    """The wants of a rig's kinds: what is loaded, looked at and remembered."""

    def __init__(self, *, running: int = 0, loaded: bool = True, tells: bool = True, pages: int = 1) -> None:
        self.rig = Rig(tells=tells, initial_pages=pages)
        self.tracks = {kind: Track() for kind in self.rig.resources}
        self.knobs = Knobs()
        if loaded:
            things = [Thing(number, status="running") for number in range(running)]
            self.rig.store.put("things", [(str(one.id), one) for one in [*things, Thing(10_000)]], NOW)

    @property
    def track(self) -> Track:
        return self.tracks["things"]

    def all(self, looked: dict[str, Pace]) -> dict[str, Want]:
        found = list(wants(self.rig.resources, self.tracks, looked, self.rig.store, self.knobs))
        assert len({want.name for want in found}) == len(found)
        return {want.name: want for want in found}

    def news(self, looked: dict[str, Pace]) -> Want:
        return self.all(looked)["things.news"]


def test_what_is_looked_at_is_wanted_at_the_pace_of_the_screen() -> None:
    found = Table(running=1).all(SEEN)
    assert found.keys() == {"things.news", "things.progress", "things.gone", "places.news"}
    assert {name: want.every_s for name, want in found.items()} == {
        "things.news": 5.0, "things.progress": 15.0, "things.gone": 600.0, "places.news": None,
    }  # fmt: skip
    ranks = [found[f"things.{what}"].rank for what in (NEWS, PROGRESS, GONE)]
    assert ranks == [Rank.VISIBLE, Rank.VISIBLE, Rank.REST]
    assert [found[f"things.{what}"].away_s for what in (NEWS, PROGRESS, GONE)] == [AWAY_RUNNING_S, None, None]


def test_nothing_is_asked_for_more_often_than_the_person_allows() -> None:
    table = Table(running=1)
    table.knobs = Knobs(fastest_s=40.0, progress_s=50.0)
    found = table.all(SEEN)
    assert (found["things.news"].every_s, found["things.progress"].every_s) == (40.0, 50.0)
    slow = table.all({"things": Pace(90.0, 120.0)})
    assert (slow["things.news"].every_s, slow["things.progress"].every_s) == (90.0, 120.0)


def test_progress_is_wanted_where_it_is_shown_and_something_runs() -> None:
    assert "things.progress" not in Table(running=0).all(SEEN)
    assert "things.progress" not in Table(running=3).all({"things": Pace(5.0, None)})
    assert "things.progress" not in Table(running=3).all({})
    assert "things.progress" not in Table(running=3, tells=False).all(SEEN)
    table = Table(running=1)
    assert "things.progress" in table.all(SEEN)
    table.rig.store.put("things", [("0", Thing(0, status="completed"))], NOW)
    assert "things.progress" not in table.all(SEEN)


@pytest.mark.parametrize(("running", "pages"), [(1, 1), (100, 1), (101, 2), (500, 5), (900, PROGRESS_PAGES)])
def test_progress_costs_a_credit_a_page(running: int, pages: int) -> None:
    table = Table(running=running)
    assert progress_pages(table.rig.resources["things"], table.rig.store) == pages
    assert table.all(SEEN)["things.progress"].credits == pages


def test_deleted_ones_are_looked_for_where_it_matters() -> None:
    assert "things.gone" not in Table().all({"things": Pace(5.0, gone=False)})
    assert "things.gone" not in Table().all({})
    assert "things.gone" not in Table(tells=False).all(SEEN)  # each of its lists is whole
    assert "things.gone" not in Table(loaded=False).all(SEEN)


def test_what_is_opened_is_fetched_at_once_and_only_once() -> None:
    table = Table(loaded=False, pages=3)
    want = table.news(SEEN)
    assert (want.forced, want.rank, want.credits) == (True, Rank.ASKED, 3)
    table.track.news.asked_s = 5.0  # and failed
    want = table.news(SEEN)
    assert (want.forced, want.rank, want.every_s, want.asked_s) == (False, Rank.VISIBLE, 5.0, 5.0)
    assert not table.news({}).forced


def test_what_is_not_seen_is_wanted_seldom_once_it_was_loaded() -> None:
    assert Table(loaded=False).news({}).every_s is None
    running, rest = Table().news({}), Table(tells=False).news({})
    assert (running.every_s, running.rank, running.away_s) == (120.0, Rank.RUNNING, AWAY_RUNNING_S)
    assert (rest.every_s, rest.rank, rest.away_s) == (120.0, Rank.REST, AWAY_S)


def test_what_a_person_asked_for_is_forced_also_unseen_and_unloaded() -> None:
    for table in (Table(), Table(loaded=False)):
        table.track.forced = True
        want = table.news({})
        assert (want.forced, want.rank) == (True, Rank.ASKED)


def test_a_storm_is_walked_through_page_by_page_beside_the_news() -> None:
    table = Table()
    usual = table.all(SEEN)["things.news"].every_s
    table.track.walk = Walk(NOW, NOW)
    found = table.all(SEEN)
    assert found["things.news"].every_s == usual
    walk = found["things.behind"]
    assert (walk.every_s, walk.rank, walk.away_s) == (CATCH_UP_S, Rank.REST, AWAY_RUNNING_S)
    assert 60 / CATCH_UP_S < 9


def test_in_a_storm_the_newest_page_comes_soon() -> None:
    table = Table()
    table.track.newest = True
    assert (table.news({}).every_s or 0.0) <= CATCH_UP_S


def test_one_request_holds_all_of_its_kind() -> None:
    table = Table(running=1)
    table.track.busy = True
    table.track.progress.failures, table.track.progress.unreachable, table.track.progress.asked_s = 2, True, 7.0
    found = table.all(SEEN)
    assert [want.in_flight for want in found.values()] == [True, True, True, False]
    progress = found["things.progress"]
    assert (progress.failures, progress.unreachable, progress.asked_s) == (2, True, 7.0)
    assert found["things.news"].failures == 0


@pytest.mark.parametrize(
    ("what", "forced", "seen", "loaded", "tells", "reason"),
    [
        (NEWS, True, True, False, True, Reason.ASKED),
        (NEWS, True, False, True, True, Reason.ASKED),
        (NEWS, False, True, False, True, Reason.OPENED),
        (NEWS, False, True, True, True, Reason.VISIBLE),
        (NEWS, False, False, True, True, Reason.RUNNING),
        (NEWS, False, False, True, False, Reason.REST),
        (PROGRESS, True, True, True, True, Reason.VISIBLE),
        (GONE, True, True, True, True, Reason.GONE),
    ],
)
def test_the_reason_of_a_fetch(what: str, forced: bool, seen: bool, loaded: bool, tells: bool, reason: Reason) -> None:
    resource: Any = Rig(tells=tells).resources["things"]
    pace = SEEN["things"] if seen else None
    assert reason_of(what, Track(forced=forced), pace, resource, loaded=loaded) == reason


def test_a_kind_that_is_only_fetched_on_demand_stays_so_when_unseen() -> None:
    table = Table()
    resource = table.rig.resources["things"]
    table.rig.resources["things"] = replace(resource, refresh=replace(resource.refresh, hidden=None))
    assert table.news({}).every_s is None
    table.track.walk = Walk(NOW, NOW)
    assert table.news({}).every_s is None


def test_a_kind_of_which_something_is_watched_is_looked_at_unseen_and_while_nobody_looks() -> None:
    table = Table()

    def news(looked: dict[str, Pace]) -> Want:
        found = wants(
            table.rig.resources, table.tracks, looked, table.rig.store, table.knobs, watched=frozenset({"things"})
        )
        return next(want for want in found if want.name == "things.news")

    assert (news({}).every_s, news({}).away_s, news({}).rank) == (WATCHED_S, AWAY_RUNNING_S, Rank.RUNNING)
    assert news({"things": Pace(300.0)}).every_s == WATCHED_S, "a page that needs it seldom does not slow it"
    assert news(SEEN).every_s == 5.0 and news(SEEN).rank is Rank.VISIBLE
    table.knobs = Knobs(fastest_s=120.0)
    assert news({}).every_s == 120.0, "never more often than the person allows"
    unknown = Table(loaded=False)
    assert all(
        want.every_s is None
        for want in wants(
            unknown.rig.resources, unknown.tracks, {}, unknown.rig.store, Knobs(), watched=frozenset({"things"})
        )
    )

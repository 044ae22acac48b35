"""What a fetch asks and what becomes of the answer: the first load, what changed, progress."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from tests.refresh.shelf import BEGIN, Shelf
from xplenty_tui.api.errors import Unreachable
from xplenty_tui.refresh.fetch import OVERLAP

SILENT = Unreachable("Nobody there.")
SECOND = timedelta(seconds=1)


async def loaded(count: int = 30, *, pages: int = 1, every_s: float = 60.0, **values: object) -> Shelf:
    """Return a shelf whose newest pages are known; then a minute passes."""
    shelf = Shelf(pages=pages)
    shelf.add(count, every_s=every_s, **values)
    await shelf.news()
    shelf.wait(60)
    return shelf


async def caught_up(shelf: Shelf, most: int = 60, every_s: float = 7.0) -> int:
    """Look for news, and go on through a storm, until nothing is behind; returns how many calls that took."""
    begun = len(shelf.asked)
    while len(shelf.asked) - begun < most:
        for step in (shelf.news, shelf.walk):
            await step()
            if not (shelf.track.behind or shelf.track.newest):
                return len(shelf.asked) - begun
        shelf.wait(every_s)
    raise AssertionError(f"still behind after {most} calls")


async def test_a_first_load_sets_from_where_changes_are_asked_for() -> None:
    shelf = await loaded(250)
    assert shelf.asked == [("load", 0)]
    assert shelf.track.since == BEGIN
    assert set(shelf.known) == set(range(151, 251))
    assert (shelf.held.more, shelf.held.next_offset, shelf.held.loaded_at) == (True, 100, BEGIN)
    assert await shelf.news() == [("changes", 0)]
    assert shelf.since == [BEGIN - OVERLAP]


async def test_the_first_load_of_nothing_asks_from_now_on() -> None:
    shelf = await loaded(0)
    assert (shelf.track.since, shelf.held.loaded_at) == (BEGIN, BEGIN)
    shelf.add(1)
    await shelf.news()
    assert set(shelf.known) == {1}


async def test_an_empty_answer_makes_the_list_younger_and_nothing_else() -> None:
    shelf = await loaded()
    shelf.track.since = shelf.now  # nothing is in the overlap
    version = shelf.held.version
    for _ in range(3):
        shelf.wait(10)
        await shelf.news()
        assert (shelf.held.loaded_at, shelf.held.version) == (shelf.now, version)
    assert shelf.track.since == BEGIN + 60 * SECOND
    assert len(shelf.known) == 30


async def test_what_comes_twice_is_known_once_and_no_change() -> None:
    shelf = await loaded()
    shelf.change(7, note="new")
    await shelf.news()
    assert set(shelf.held.changed_at) == {"7"}
    version = shelf.held.version
    for _ in range(3):
        assert await shelf.news() == [("changes", 0)]
    assert (shelf.held.version, len(shelf.known)) == (version, 30)
    assert shelf.since[-1] == shelf.track.since - OVERLAP  # type: ignore[operator]


async def test_a_change_that_came_late_is_not_missed() -> None:
    shelf = await loaded()
    shelf.change(9, note="on time")
    await shelf.news()
    shelf.change(3, note="late", updated_at=shelf.now - OVERLAP)
    shelf.wait(5)
    await shelf.news()
    assert shelf.known[3].note == "late"


async def test_new_ones_beside_older_pages_leave_the_older_pages_alone() -> None:
    shelf = await loaded(250)
    shelf.add(3)
    await shelf.news()
    assert set(shelf.known) == set(range(151, 254))
    assert (shelf.held.more, shelf.held.next_offset) == (True, 100)
    await shelf.older(2)
    assert set(shelf.known) == set(range(1, 254))


async def test_an_old_item_that_changed_is_learned_without_its_page() -> None:
    shelf = await loaded(250)
    shelf.change(2, note="changed")
    await shelf.news()
    assert shelf.known[2].note == "changed"


async def test_a_page_full_of_changes_shows_the_newest_first_and_then_walks_by_time() -> None:
    shelf = await loaded(400, pages=4)
    for number in range(350):
        shelf.change(number + 1, note="x")
        shelf.wait(0.2)
    age = shelf.held.loaded_at
    assert await shelf.news() == [("changes", 0)]
    assert (shelf.track.behind, shelf.track.newest, shelf.held.loaded_at) == (True, True, age)
    walk = shelf.track.walk
    assert await shelf.news() == [("load", 0)]
    assert (shelf.track.behind, shelf.track.newest, shelf.held.loaded_at) == (True, False, age)
    assert shelf.track.walk == walk  # the newest page hides no change of an older item
    shelf.change(3, note="in the storm")
    shelf.wait(5)
    assert await shelf.news() == [("changes", 0)]
    assert shelf.known[3].note == "in the storm"  # it does not wait for its turn in the walk
    assert await shelf.walk() == [("changes", 0)]
    assert walk is not None
    assert shelf.since[-1] == walk.since
    assert (shelf.track.behind, shelf.held.loaded_at) == (True, age)
    assert await caught_up(shelf) <= 6
    assert shelf.known == shelf.items
    await shelf.news()
    assert shelf.held.loaded_at == shelf.now
    assert await shelf.news() == [("changes", 0)]


async def test_the_newest_page_that_failed_is_still_wanted_first() -> None:
    shelf = await loaded(300)
    shelf.change(*range(1, 301))
    await shelf.news()
    shelf.error = SILENT
    with pytest.raises(Unreachable):
        await shelf.news()
    shelf.error = None
    assert await shelf.news() == [("load", 0)]


async def test_a_walk_that_failed_goes_on_where_it_was() -> None:
    shelf = await loaded(350, pages=4)
    shelf.change(*range(1, 351), note="x")
    for _ in range(2):
        await shelf.news()
        await shelf.walk()
        shelf.wait(7)
    shelf.error = SILENT
    with pytest.raises(Unreachable):
        await shelf.walk()
    shelf.error = None
    await caught_up(shelf)
    assert shelf.known == shelf.items


@pytest.mark.parametrize("count", [100, 101, 200, 201, 350, 999])
async def test_one_second_that_holds_more_than_a_page_is_walked_by_offset(count: int) -> None:
    shelf = await loaded(1000, pages=10)
    shelf.change(*range(1, count + 1), note="x")
    shelf.wait(5)
    calls = await caught_up(shelf)
    assert shelf.known == shelf.items
    assert calls <= 4 + 2 * (count // 90)


async def test_ten_thousand_that_change_at_once_are_walked_to_the_end() -> None:
    shelf = await loaded(10_000)
    shelf.change(*range(1, 10_001), note="x")
    await caught_up(shelf, most=260)
    assert shelf.known == shelf.items


@pytest.mark.parametrize("seed", range(20))
async def test_nothing_that_changes_during_the_walk_is_lost(seed: int) -> None:
    random = Random(seed)  # noqa: S311  # the same changes in every run
    shelf = await loaded(600, pages=6)
    for number in range(1, 600):
        shelf.change(number, note="x")
        if random.random() < 0.02:
            shelf.wait(1)
    for _ in range(40):
        await shelf.news()
        await shelf.walk()
        shelf.wait(7)
        keys = random.sample(sorted(shelf.items), random.randint(0, 8))
        shelf.change(*keys, note=f"{shelf.now}")
        if random.random() < 0.3:
            shelf.add(random.randint(1, 3))
    await caught_up(shelf)
    assert shelf.known == shelf.items


async def test_the_order_of_the_walk_survives_a_person_who_asks_for_the_newest() -> None:
    shelf = await loaded(400, pages=4)
    shelf.change(*range(1, 401), note="x")
    age = shelf.held.loaded_at
    await shelf.news()
    shelf.track.forced = True
    assert await shelf.news() == [("load", 0)]
    assert not shelf.track.forced
    assert (shelf.track.behind, shelf.held.loaded_at) == (True, age)
    await caught_up(shelf)
    assert shelf.known == shelf.items


@pytest.mark.parametrize("count", [1, 99, 100, 250])
async def test_times_of_the_future_hide_no_change(count: int) -> None:
    shelf = await loaded(300, pages=3)
    shelf.change(*range(1, count + 1), note="future", updated_at=shelf.now + timedelta(days=30_000))
    await caught_up(shelf)
    for number in range(5):
        shelf.wait(30)
        shelf.change(300 - number, note="new")
        at = shelf.now
        await caught_up(shelf)
        assert shelf.known[300 - number].note == "new"
        assert shelf.track.since is not None
        assert at <= shelf.track.since <= shelf.now + OVERLAP
    assert shelf.known == shelf.items


async def test_a_list_whose_times_are_all_of_the_future_is_asked_about_from_now_on() -> None:
    shelf = Shelf()
    shelf.add(3)
    shelf.change(1, 2, 3, updated_at=BEGIN + timedelta(days=9))
    await shelf.news()
    assert shelf.track.since == BEGIN
    shelf.wait(9)
    shelf.change(2, note="new")
    await shelf.news()
    assert shelf.known == shelf.items


@pytest.mark.parametrize("count", [1, 100, 250])
async def test_changes_without_a_time_are_taken_in(count: int) -> None:
    shelf = await loaded(300, pages=3)
    shelf.change(*range(1, count + 1), note="x", updated_at=None)
    await caught_up(shelf)
    assert shelf.known == shelf.items
    assert shelf.track.since is not None
    assert BEGIN <= shelf.track.since <= shelf.now + OVERLAP


async def test_a_kind_that_cannot_tell_its_changes_is_loaded_anew() -> None:
    shelf = await loaded(250)
    shelf.resource = replace(shelf.resource, changes=None)
    assert await shelf.news() == [("load", 0)]
    assert await shelf.news() == [("load", 0)]


async def test_a_whole_list_that_stays_the_same_is_not_drawn_again() -> None:
    shelf = await loaded(40)
    shelf.resource = replace(shelf.resource, changes=None)
    version = shelf.held.version
    await shelf.news()
    assert shelf.held.version == version


# Progress.


async def test_progress_is_merged_into_what_is_known() -> None:
    shelf = await loaded(30)
    shelf.change(4, 5, running=True)
    await shelf.news()
    age, shelf.items[4] = shelf.held.loaded_at, replace(shelf.items[4], note="50 %")  # without a new updated_at
    shelf.wait(15)
    assert await shelf.progress() == [("active", 0)]
    assert shelf.known[4].note == "50 %"
    assert (shelf.held.progress_at, shelf.held.loaded_at) == (shelf.now, age)
    assert len(shelf.known) == 30


async def test_progress_takes_no_more_pages_than_are_known_to_run() -> None:
    shelf = await loaded(150, pages=2, running=True)
    shelf.add(300, running=True)
    assert await shelf.progress() == [("active", 0), ("active", 100)]


async def test_progress_of_very_many_is_cut() -> None:
    shelf = await loaded(800, pages=8, running=True)
    assert len(await shelf.progress()) == 5


async def test_progress_ends_with_the_servers_list() -> None:
    shelf = await loaded(150, pages=2, running=True)
    shelf.change(*range(1, 140), running=False)
    assert await shelf.progress() == [("active", 0)]


async def test_a_kind_of_which_nothing_runs_is_not_asked_for_progress() -> None:
    shelf = await loaded()
    shelf.resource = replace(shelf.resource, active=None)
    assert await shelf.progress() == []

"""The slow pass that finds what was deleted, page by page, and takes nothing away that is still there."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from tests.refresh.shelf import Shelf
from xplenty_tui.api.errors import Unreachable
from xplenty_tui.core.store import Odd


async def loaded(count: int, pages: int = 1) -> Shelf:
    """Return a shelf of which the newest pages are known."""
    shelf = Shelf(pages=pages)
    shelf.add(count, every_s=60)
    await shelf.news()
    return shelf


def delete(shelf: Shelf, *keys: int) -> None:
    for key in keys:
        del shelf.items[key]


async def test_a_list_of_one_page_loses_what_is_gone_at_once() -> None:
    shelf = await loaded(30)
    delete(shelf, 3, 30)
    shelf.wait(60)
    age = shelf.held.loaded_at
    assert await shelf.gone() == [("load", 0)]
    assert shelf.known == shelf.items
    assert shelf.held.loaded_at == age  # it is no look at what changed


async def test_a_list_of_several_pages_loses_only_what_two_passes_missed() -> None:
    shelf = await loaded(400, pages=3)
    delete(shelf, 350, 250)
    assert await shelf.sweep() == [("load", 0), ("load", 90), ("load", 180), ("load", 270)]
    assert min(shelf.known) == 99  # nothing that nobody asked for but what moved up
    assert {350, 250} <= shelf.known.keys()
    await shelf.sweep()
    assert shelf.known.keys() & {350, 250} == set()
    assert shelf.known.items() <= shelf.items.items()


async def test_each_page_is_a_fetch_of_its_own() -> None:
    shelf = await loaded(400, pages=3)
    assert [await shelf.gone() for _ in range(5)] == [[("load", offset)] for offset in (0, 90, 180, 270, 0)]


async def test_the_last_page_of_a_list_that_is_known_to_its_end_is_looked_at_too() -> None:
    shelf = await loaded(250, pages=3)
    assert not shelf.held.more
    delete(shelf, 2, 201)
    for _ in range(2):
        assert (await shelf.sweep())[-1] == ("load", 180)
    assert shelf.known == shelf.items


async def test_what_is_older_than_the_known_part_is_never_taken_for_gone() -> None:
    shelf = await loaded(400, pages=2)
    shelf.store.learn("things", [("5", shelf.items[5]), ("90", shelf.items[90])])
    shelf.change(7, note="learned from its change")
    await shelf.news()
    for _ in range(4):
        await shelf.sweep()
    assert shelf.known.keys() >= {5, 7, 90}


async def test_what_was_pushed_beyond_the_known_part_stays() -> None:
    shelf = await loaded(400, pages=2)
    for _ in range(4):
        shelf.wait(60)
        shelf.add(30)
        await shelf.news()
        await shelf.sweep()
    assert set(shelf.known) == set(range(201, 521))


async def test_what_came_during_a_pass_is_not_gone() -> None:
    shelf = await loaded(400, pages=3)
    for _ in range(3):
        for _ in range(3):
            await shelf.gone()
            shelf.wait(60)
            shelf.add(5)
            await shelf.news()
    assert set(shelf.known) == set(range(101, 446))


@pytest.mark.parametrize("seed", range(20))
async def test_a_list_that_shifts_during_the_pass_loses_only_what_is_gone(seed: int) -> None:
    random = Random(seed)  # noqa: S311  # the same changes in every run
    shelf = await loaded(350, pages=4)
    for _ in range(24):
        await shelf.gone()
        shelf.wait(60)
        if random.random() < 0.5:
            shelf.add(random.randint(1, 4))
            await shelf.news()
        else:
            delete(shelf, *random.sample(sorted(shelf.items), random.randint(0, 3)))
        assert shelf.known.keys() >= shelf.items.keys()
    for _ in range(2):
        await shelf.sweep()
        await shelf.sweep()
    assert shelf.known == shelf.items


async def test_what_is_deleted_and_made_again_stays() -> None:
    shelf = await loaded(400, pages=3)
    item = shelf.items[350]
    for _ in range(3):
        delete(shelf, 350)
        await shelf.sweep()
        shelf.items[350] = item
        await shelf.sweep()
    assert 350 in shelf.known


async def test_the_next_older_page_begins_where_the_rest_moved_up_to() -> None:
    shelf = await loaded(400, pages=2)
    delete(shelf, *range(300, 321))
    for _ in range(2):
        await shelf.sweep()
    await shelf.older(2)
    assert shelf.known == shelf.items


async def test_a_list_that_became_short_is_whole_again() -> None:
    shelf = await loaded(400, pages=3)
    delete(shelf, *range(1, 360))
    await shelf.gone()
    assert shelf.known == shelf.items


async def test_a_pass_that_failed_goes_on_where_it_was() -> None:
    shelf = await loaded(400, pages=3)
    await shelf.gone()
    shelf.error = Unreachable("Nobody there.")
    with pytest.raises(Unreachable):
        await shelf.gone()
    shelf.error = None
    assert await shelf.gone() == [("load", 90)]


async def test_what_cannot_be_read_is_gone_when_the_whole_list_lacks_it_twice() -> None:
    shelf = await loaded(250, pages=3)
    shelf.store.learn("things", [("#7", Odd("#7", "why")), ("9000", Odd("9000", "why"))])
    await shelf.sweep()
    assert len(shelf.held.items) == 252
    await shelf.sweep()
    assert len(shelf.held.items) == 250


async def test_without_times_only_the_whole_list_tells_what_is_gone() -> None:
    shelf = await loaded(400, pages=2)
    shelf.resource = replace(shelf.resource, created=lambda item: None)
    delete(shelf, 350)
    for _ in range(4):
        await shelf.sweep()
    assert 350 in shelf.known
    await shelf.older(5)
    for _ in range(2):
        await shelf.sweep()
    assert 350 not in shelf.known

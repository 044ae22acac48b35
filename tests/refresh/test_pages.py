"""Older pages: how many at first, by scrolling, to the end, and after a burst of new items."""

from __future__ import annotations

from dataclasses import replace

from tests.refresh.rig import Rig, page, running
from xplenty_tui.api.errors import Forbidden, Unreachable
from xplenty_tui.api.wire import Page, Undecodable

REFUSED = Forbidden("You may not.", status=403)


async def loaded(rig: Rig) -> None:
    """Load the newest page of 300 things."""
    await rig.answer("things", page(300, 201, following=100))


async def test_a_first_load_takes_its_pages_and_later_ones_only_the_newest() -> None:
    async with running(Rig(initial_pages=3)) as rig:
        await loaded(rig)
        assert len(rig.ids()) == 100  # the first page is shown before the second comes
        await rig.asked(("things", 100))
        await rig.answer("things", page(200, 101, following=200))
        await rig.asked(("things", 200))
        await rig.answer("things", page(100, 1, following=300))
        await rig.asked()
        held = rig.store.of("things")
        assert (len(held.items), held.more, held.next_offset, held.changed_at) == (300, True, 300, {})
        await rig.turn(15)
        await rig.answer("things", page(301, 202, following=100))
        await rig.asked()
        assert (len(held.items), held.more, held.next_offset) == (301, True, 300)
        assert list(held.changed_at) == ["301"]


async def test_a_first_load_stops_at_the_end() -> None:
    async with running(Rig(initial_pages=3)) as rig:
        await loaded(rig)
        await rig.answer("things", page(200, 101))
        await rig.asked()
        assert (len(rig.ids()), rig.store.of("things").more) == (200, False)


async def test_a_first_load_that_breaks_off_keeps_what_came() -> None:
    async with running(Rig(initial_pages=3)) as rig:
        await loaded(rig)
        await rig.answer("things", Unreachable("Nobody there."))
        held = rig.store.of("things")
        assert (len(held.items), held.more, held.next_offset) == (100, True, 100)
        assert held.error is not None
        assert rig.loop.more("things")
        await rig.answer("things", page(200, 101, following=200))
        assert (len(held.items), held.next_offset, held.error) == (200, 200, None)


async def test_more_pages_to_the_end() -> None:
    async with running(Rig()) as rig:
        assert not rig.loop.more("things")  # nothing is known yet
        await loaded(rig)
        at = rig.store.of("things").loaded_at
        await rig.turn(3)
        assert rig.loop.more("things")
        assert not rig.loop.more("things")  # one is under way
        await rig.asked(("things", 100))
        await rig.answer("things", page(200, 101, following=200))
        assert rig.loop.more("things")
        await rig.answer("things", page(100, 50))
        held = rig.store.of("things")
        assert (rig.ids(), held.more) == (set(range(50, 301)), False)
        assert held.loaded_at == at  # older ones make the newest no fresher
        assert not rig.loop.more("things")


async def test_more_puts_no_refresh_off() -> None:
    async with running(Rig()) as rig:
        await loaded(rig)
        for step in range(2):
            await rig.turn(7)
            assert rig.loop.more("things")
            await rig.answer("things", page(200 - 100 * step, 101 - 100 * step, following=200 + 100 * step))
        assert rig.loop.next_s("things") == 1


async def test_more_forgets_no_wish() -> None:
    async with running(Rig()) as rig:
        await loaded(rig)
        rig.loop.force(["things"])
        assert rig.loop.more("things")
        await rig.asked(("things", 0))
        await loaded(rig)
        await rig.asked(("things", 100))
        rig.loop.force(["things"])
        await rig.answer("things", page(200, 101, following=200))
        await rig.asked(("things", 0))


async def test_several_pages_come_one_by_one_and_let_through_what_is_due() -> None:
    async with running(Rig()) as rig:
        await loaded(rig)
        assert rig.loop.more("things", pages=3)
        await rig.asked(("things", 100))
        assert rig.loop.loading("things") == 2
        await rig.turn(15)
        await rig.answer("things", page(200, 101, following=200))
        await rig.asked(("things", 0))
        await loaded(rig)
        await rig.answer("things", page(100, 51, following=250))
        await rig.asked(("things", 250))
        rig.loop.enough("things")
        await rig.answer("things", page(50, 21, following=280))
        await rig.asked()
        assert (rig.loop.loading("things"), rig.store.of("things").next_offset) == (0, 280)


async def test_an_error_ends_several_pages() -> None:
    async with running(Rig()) as rig:
        await loaded(rig)
        assert rig.loop.more("things", pages=3)
        await rig.answer("things", REFUSED)
        await rig.asked()
        assert rig.loop.loading("things") == 0
        assert rig.loop.next_s("things") == 15  # what failed was not the look at the newest


async def test_older_pages_make_the_newest_no_fresher() -> None:
    async with running(Rig()) as rig:
        await loaded(rig)
        await rig.turn(9)
        assert rig.loop.more("things")
        await rig.answer("things", page(200, 101, following=200))
        assert rig.loop.age_s("things") == 9


async def test_more_that_fails_can_be_tried_again() -> None:
    async with running(Rig()) as rig:
        await loaded(rig)
        assert rig.loop.more("things")
        await rig.answer("things", REFUSED)
        held = rig.store.of("things")
        assert (held.error, len(held.items), held.more, held.next_offset) == (REFUSED, 100, True, 100)
        assert rig.loop.more("things")
        await rig.asked(("things", 100))


async def test_a_server_that_sends_the_same_page_for_ever_is_left() -> None:
    async with running(Rig(initial_pages=50)) as rig:
        await loaded(rig)
        await rig.answer("things", page(300, 201, following=200))
        await rig.asked()
        assert not rig.store.of("things").more


async def test_a_server_that_goes_backwards_is_left() -> None:
    async with running(Rig(initial_pages=50)) as rig:
        await loaded(rig)
        await rig.answer("things", page(200, 101, following=100))
        await rig.asked()
        assert not rig.store.of("things").more


async def test_a_burst_of_new_ones_leaves_a_gap_that_more_fills() -> None:
    async with running(Rig(initial_pages=3)) as rig:
        await loaded(rig)
        await rig.answer("things", page(200, 101, following=200))
        await rig.answer("things", page(100, 1))
        held = rig.store.of("things")
        assert not held.more
        await rig.turn(15)
        await rig.answer("things", page(500, 401, following=100))
        assert (len(held.items), held.more, held.next_offset) == (400, True, 100)
        assert rig.loop.more("things")
        await rig.answer("things", page(400, 301, following=200))
        assert rig.loop.more("things")
        await rig.answer("things", page(300, 201, following=300))  # known ones again: the gap is closed
        assert rig.ids() == set(range(1, 501))


async def test_rows_that_only_have_a_place_hide_no_gap() -> None:
    odd = (Undecodable("#7", "it should be an object"),)
    async with running(Rig()) as rig:
        await rig.answer("things", replace(page(100, 2, following=100), undecodable=odd))
        rig.store.paged("things", more=False, next_offset=100)
        await rig.turn(15)
        await rig.answer("things", replace(page(300, 202, following=100), undecodable=odd))
        assert rig.store.of("things").more


async def test_an_empty_list_is_loaded_and_has_no_more() -> None:
    async with running(Rig(initial_pages=3)) as rig:
        await rig.answer("things", Page())
        await rig.asked()
        held = rig.store.of("things")
        assert (held.items, held.more, held.empty) == ({}, False, False)

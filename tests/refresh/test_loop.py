"""The background task: what it asks, when, and what becomes of the answers."""

from __future__ import annotations

from tests.core.things import Thing
from tests.refresh.rig import Rig, page, running
from xplenty_tui.api.errors import Forbidden, TimedOut, Unreachable
from xplenty_tui.api.wire import Page, Undecodable
from xplenty_tui.core.store import Odd
from xplenty_tui.refresh.pace import Pace

REFUSED = Forbidden("You may not.", status=403)
SILENT = Unreachable("Nobody there.", sent=False)
TOO_SLOW = TimedOut("No answer within 30 s.")


async def test_what_is_looked_at_is_asked_for_at_once_and_then_at_its_interval() -> None:
    async with running(Rig()) as rig:
        await rig.asked(("things", 0))
        assert rig.store.of("things").asked_at == rig.clock()
        await rig.answer("things", page(3, 1))
        assert rig.ids() == {1, 2, 3}
        await rig.turn(14.9)
        await rig.asked()
        await rig.turn(0.1)
        await rig.asked(("things", 0))


async def test_one_is_in_flight_a_kind_whatever_is_wanted() -> None:
    async with running(Rig(), {"things": 15, "places": 60}) as rig:
        await rig.asked(("things", 0), ("places", 0))
        rig.loop.force(["things"])
        await rig.turn(1000)
        await rig.asked(("things", 0), ("places", 0))
        assert rig.loop.busy("things")
        assert not rig.loop.more("things")
        await rig.answer("things", page(1, 1))
        await rig.asked(("things", 0), ("places", 0))  # what was asked for meanwhile is not forgotten
        assert len([ask for ask in rig.asks if ask.kind == "things"]) == 2


async def test_the_interval_is_the_longer_of_the_kinds_and_the_persons() -> None:
    for visible_s, looked, wait in ((15, 15, 15), (40, 15, 40), (15, 60, 60), (0.5, 15, 15)):
        async with running(Rig(visible_s=visible_s), {"things": looked}) as rig:
            await rig.answer("things", page(1, 1))
            assert rig.loop.next_s("things") == wait
            await rig.turn(wait - 0.5)
            assert rig.loop.next_s("things") == 0.5
            await rig.asked()
            await rig.turn(0.5)
            await rig.asked(("things", 0))


async def test_what_is_not_seen_is_fetched_seldom_and_only_once_it_was_loaded() -> None:
    async with running(Rig(), {}) as rig:
        await rig.turn(10_000)
        await rig.asked()
        assert rig.loop.next_s("things") is None
        await rig.look(things=15, places=60)
        await rig.answer("things", page(1, 1))
        await rig.answer("places", page(1, 1))
        await rig.look()
        assert (rig.loop.next_s("things"), rig.loop.next_s("places")) == (120, None)
        await rig.turn(119)
        await rig.asked()
        await rig.turn(1)
        await rig.asked(("things", 0))


async def test_next_tells_when() -> None:
    rig = Rig()
    rig.loop.look({"things": Pace(15)})
    assert rig.loop.next_s("things") == 0
    async with running(rig):
        assert rig.loop.next_s("things") is None  # under way
        await rig.answer("things", page(1, 1))
        await rig.turn(5)
        assert rig.loop.next_s("things") == 10
        rig.hold(True)
        assert rig.loop.next_s("things") is None
        rig.loop.force(["things"])
        assert rig.loop.next_s("things") == 0


async def test_a_pause_stops_all_but_what_a_person_asks_for() -> None:
    async with running(Rig()) as rig:
        await rig.answer("things", page(1, 1))
        rig.hold(True)
        await rig.turn(10_000)
        await rig.asked()
        rig.loop.force(["things", "places"])
        await rig.asked(("things", 0), ("places", 0))
        await rig.answer("things", page(2, 1))
        await rig.asked(("places", 0))
        await rig.turn(15)
        await rig.asked(("places", 0))
        rig.hold(False)
        await rig.asked(("things", 0), ("places", 0))


async def test_a_failure_keeps_the_rows_and_a_good_answer_clears_it() -> None:
    async with running(Rig()) as rig:
        await rig.answer("things", page(3, 1))
        held, loaded = rig.store.of("things"), rig.clock()
        await rig.turn(15)
        await rig.answer("things", REFUSED)
        assert (rig.ids(), held.error, held.loaded_at) == ({1, 2, 3}, REFUSED, loaded)
        assert rig.loop.next_s("things") == 30
        await rig.turn(30)
        await rig.answer("things", REFUSED)
        assert rig.loop.next_s("things") == 60
        await rig.turn(60)
        await rig.answer("things", page(4, 1))
        assert (rig.ids(), held.error, held.loaded_at) == ({1, 2, 3, 4}, None, rig.clock())
        assert rig.loop.next_s("things") == 15


async def test_a_server_that_does_not_answer_is_tried_again_soon() -> None:
    async with running(Rig(), {"places": 60}) as rig:
        for wait in (5, 10, 20, 40, 60, 60):
            await rig.answer("places", SILENT)
            assert rig.loop.next_s("places") == wait
            await rig.turn(wait)
        await rig.answer("places", REFUSED)
        assert rig.loop.next_s("places") == 300


async def test_a_try_that_may_have_cost_a_credit_is_repeated_as_seldom_as_a_refused_one() -> None:
    async with running(Rig(), {"places": 60}) as rig:
        await rig.answer("places", TOO_SLOW)
        assert rig.loop.next_s("places") == 120
        await rig.turn(120)
        await rig.answer("places", TOO_SLOW)
        assert rig.loop.next_s("places") == 240


async def test_a_kind_that_fails_holds_no_other_up() -> None:
    async with running(Rig(), {"things": 15, "places": 60}) as rig:
        await rig.answer("places", REFUSED)
        await rig.answer("things", page(1, 1))
        await rig.turn(15)
        await rig.asked(("things", 0))


async def test_a_whole_list_removes_what_is_gone() -> None:
    async with running(Rig()) as rig:
        await rig.answer("things", page(5, 1))
        await rig.turn(15)
        await rig.answer("things", Page((Thing(6), Thing(2)), (), None, 2))
        assert rig.ids() == {2, 6}
        assert not rig.store.of("things").more


async def test_a_part_of_a_list_removes_nothing() -> None:
    async with running(Rig()) as rig:
        await rig.answer("things", page(200, 101, following=100))
        await rig.turn(15)
        await rig.answer("things", page(205, 150, following=100))
        assert rig.ids() == set(range(101, 206))


async def test_what_cannot_be_decoded_is_kept_as_a_row() -> None:
    async with running(Rig()) as rig:
        await rig.answer("things", Page((Thing(1),), (Undecodable("9", "id: wrong", {"id": "9"}),), None, 2))
        assert rig.store.of("things").items == {"1": Thing(1), "9": Odd("9", "id: wrong", {"id": "9"})}

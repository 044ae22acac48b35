"""What the background may spend: after refusals, at the reserve, and when the free call does not help."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.refresh.rig import LIMIT, Rig, page, running
from xplenty_tui.api.credits import HOUR_S
from xplenty_tui.api.errors import NotFound, RateLimited, ServerError, Unavailable, Unreachable
from xplenty_tui.refresh.guard import Block
from xplenty_tui.refresh.purse import NARROW_S, STALE_S

LIMITED = RateLimited("The credits are used up.", status=429)
DOWN = Unavailable("The server is down.", status=503)
UNKNOWN = NotFound("No such call.", status=404)
BOTH = {"things": 15.0, "places": 60.0}


async def blocked(rig: Rig, error: Exception = LIMITED) -> None:
    """Load things, let the server tell that nothing is left, and be refused."""
    await rig.answer("places", page(1, 1))
    await rig.answer("things", page(3, 1))
    if error is LIMITED:
        rig.client.limits["remaining"] = 0
    await rig.turn(15)
    await rig.answer("things", error)


@pytest.mark.parametrize(("error", "why"), [(LIMITED, Block.LIMIT), (DOWN, Block.DOWN)])
async def test_a_refusal_stops_the_background_and_free_checks_find_its_end(error: Exception, why: Block) -> None:
    async with running(Rig(), BOTH) as rig:
        await blocked(rig, error)
        rig.client.error = error
        assert (rig.purse.guard.why, rig.client.checks) == (why, 1)
        for wait in (30, 60, 120, 240, 300):
            before = rig.client.checks
            await rig.turn(wait - 0.5)
            assert rig.client.checks == before
            await rig.turn(0.5)
            assert rig.client.checks == before + 1
        assert rig.open() == []
        rig.client.error, rig.client.limits["remaining"] = None, LIMIT
        await rig.turn(300)
        [tried] = rig.open()  # one call of the background finds out
        await rig.turn(100)
        assert rig.open() == [tried]
        await rig.answer(tried[0], page(1, 1))
        assert not rig.purse.guard.blocked
        await rig.asked(*((kind, 0) for kind in BOTH))


async def test_a_trial_that_is_refused_goes_on_waiting_longer() -> None:
    async with running(Rig()) as rig:
        await rig.answer("things", page(3, 1))
        await rig.turn(15)
        await rig.answer("things", LIMITED)
        await rig.turn(30)
        await rig.answer("things", LIMITED)
        assert rig.purse.guard.check_s - rig.now_s == 60
        await rig.turn(59)
        await rig.asked()


async def test_what_a_person_asks_for_is_still_tried_once() -> None:
    async with running(Rig(), BOTH) as rig:
        await blocked(rig)
        rig.loop.force(["things"])
        await rig.asked(("things", 0))
        await rig.answer("things", LIMITED)
        await rig.turn(20)
        await rig.asked()
        assert rig.purse.guard.check_s == rig.now_s + 10  # the ladder is where it was
        rig.loop.force(["things"])
        await rig.answer("things", page(4, 1))
        assert not rig.purse.guard.blocked


async def test_a_screen_opened_meanwhile_is_tried_once() -> None:
    async with running(Rig()) as rig:
        await rig.answer("things", LIMITED)
        rig.client.limits["remaining"] = 0
        await rig.look(**BOTH)
        await rig.asked(("places", 0))
        await rig.answer("places", LIMITED)
        await rig.turn(200)
        await rig.asked()


async def test_an_answer_to_a_question_from_before_the_refusal_frees_nothing() -> None:
    async with running(Rig(), BOTH) as rig:
        await rig.asked(("things", 0), ("places", 0))
        rig.client.limits["remaining"] = 0
        await rig.turn(1)
        await rig.answer("places", LIMITED)
        await rig.answer("things", page(3, 1))
        assert rig.purse.guard.why is Block.LIMIT
        rig.loop.heard(None)  # a person's own call, sent later
        assert not rig.purse.guard.blocked


async def test_a_pause_stops_the_free_checks_too() -> None:
    async with running(Rig()) as rig:
        await rig.answer("things", LIMITED)
        rig.hold(True)
        await rig.turn(4000)
        assert rig.client.checks == 1


# The reserve, and a server that does not tell.


async def test_at_the_reserve_only_the_person_spends() -> None:
    async with running(Rig()) as rig:
        await rig.answer("things", page(1, 1))
        rig.meter.seen(LIMIT, 100)
        await rig.turn(15)
        await rig.asked()
        assert rig.purse.guard.why is Block.RESERVE
        rig.loop.force(["things"])
        await rig.answer("things", page(1, 1))
        rig.meter.seen(LIMIT, 99)
        await rig.turn(10)
        assert rig.purse.guard.why is Block.RESERVE
        rig.client.limits["remaining"] = 3000
        await rig.turn(20)
        assert not rig.purse.guard.blocked  # a free check told that there is more: no trial is needed
        await rig.asked(("things", 0))


async def test_the_reserve_never_locks_a_small_account_out() -> None:
    rig = Rig()
    rig.meter.seen(50, 50)
    assert rig.purse.reserve == 12
    rig.meter.seen(0, 0)
    assert rig.purse.reserve > 0


async def test_without_the_free_call_a_trial_is_blind() -> None:
    async with running(Rig()) as rig:
        rig.client.error = UNKNOWN
        await rig.answer("things", page(1, 1))
        rig.meter.seen(LIMIT, 0)
        await rig.turn(15)
        await rig.asked()  # the reserve
        rig.loop.heard(None)
        rig.purse.guard.clear()
        rig.purse.guard.strike(Block.LIMIT, rig.now_s)
        await rig.turn(30)
        await rig.asked(("things", 0))
        await rig.answer("things", LIMITED)
        for wait in (60, 120, 240):
            await rig.turn(wait - 1)
            await rig.asked()
            await rig.turn(1)
            await rig.answer("things", LIMITED)
        assert rig.client.checks == 5


async def test_without_the_free_call_the_reserve_is_left_for_an_hour_and_then_looked_at_once() -> None:
    async with running(Rig()) as rig:
        rig.client.error = UNKNOWN
        await rig.answer("things", page(1, 1))
        rig.meter.seen(LIMIT, 40)
        checks = rig.client.checks
        for _ in range(int(HOUR_S // 30) - 11):
            await rig.turn(30)
            await rig.asked()
        assert rig.client.checks - checks <= 15
        for _ in range(22):
            await rig.turn(30)
        await rig.asked(("things", 0))
        await rig.answer("things", page(1, 1))
        rig.meter.seen(LIMIT, 39)
        await rig.turn(200)
        await rig.asked()
        rig.meter.seen(LIMIT, 4000)
        await rig.turn(1)
        assert not rig.purse.guard.blocked


@pytest.mark.parametrize("told", [{"limit": None, "remaining": None}, {"limit": LIMIT, "remaining": None}])
async def test_a_server_that_tells_no_numbers_is_trusted_after_a_trial(told: dict[str, Any]) -> None:
    async with running(Rig()) as rig:
        rig.client.limits = told
        rig.meter.remaining = None
        await rig.answer("things", DOWN)
        rig.meter.remaining = None
        await rig.turn(30)
        await rig.answer("things", page(1, 1))
        assert not rig.purse.guard.blocked


# The free call.


async def test_the_meter_is_asked_at_the_start_and_when_it_is_old() -> None:
    async with running(Rig()) as rig:
        assert (rig.client.checks, rig.meter.remaining) == (1, LIMIT)
        await rig.turn(STALE_S - 1)
        rig.meter.seen(LIMIT, 4000)  # an answer told, so that it is young
        await rig.turn(STALE_S - 1)
        assert rig.client.checks == 1
        await rig.turn(1)
        assert rig.client.checks == 2


async def test_it_is_asked_more_often_while_others_empty_the_hour() -> None:
    async with running(Rig(), {}) as rig:
        for left in (1000, 900, 800, 700):
            await rig.turn(60)
            rig.meter.seen(LIMIT, left)
        checks = rig.client.checks
        rig.client.limits["remaining"] = 600
        await rig.turn(NARROW_S)
        assert rig.client.checks == checks + 1


async def test_a_server_that_does_not_know_the_call_is_asked_once_an_hour() -> None:
    async with running(Rig(), {}) as rig:
        rig.client.error = UNKNOWN
        await rig.turn(STALE_S)
        assert rig.client.checks == 2
        await rig.turn(HOUR_S - 1)
        assert rig.client.checks == 2
        rig.client.error = None
        await rig.turn(1)
        await rig.turn(STALE_S)
        assert rig.client.checks == 4


@pytest.mark.parametrize("error", [Unreachable("Nobody there.", sent=False), ServerError("Broken.", status=500)])
async def test_trouble_of_the_free_call_alone_blocks_nothing(error: Exception) -> None:
    async with running(Rig()) as rig:
        rig.client.error = error
        await rig.answer("things", page(1, 1))
        await rig.turn(STALE_S)
        assert not rig.purse.guard.blocked
        await rig.asked(("things", 0))
        assert not rig.purse.checking


async def test_a_refused_free_call_blocks() -> None:
    async with running(Rig(), {}) as rig:
        rig.client.error = DOWN
        await rig.turn(STALE_S)
        assert rig.purse.guard.why is Block.DOWN


async def test_a_cancelled_check_is_no_longer_under_way() -> None:
    rig = Rig()
    rig.purse.checking = True
    task = asyncio.create_task(rig.purse.check(rig.client))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert not rig.purse.checking

"""How the background ends: by the person, by another account, by a mistake of ours."""

from __future__ import annotations

import asyncio

import pytest

from tests.refresh.rig import Rig, page, running


class OurMistakeError(Exception):
    """What no server did."""


async def started() -> tuple[Rig, asyncio.Task[None]]:
    rig = Rig()
    task = asyncio.create_task(rig.loop.run())
    await rig.look(things=15)
    return rig, task


async def test_a_late_answer_is_dropped() -> None:
    rig, task = await started()
    asked = rig.asks[0]
    asked.answer.set_result(page(3, 1))  # it is here, but nobody has read it yet
    rig.loop.close()
    await asyncio.wait_for(task, 5)
    assert rig.ids() == set()
    assert rig.store.of("things").empty


async def test_closing_cancels_what_is_in_flight_and_ends_the_run() -> None:
    rig, task = await started()
    rig.loop.close()
    await asyncio.wait_for(task, 5)
    await rig.until(lambda: rig.asks[0].dropped)
    await rig.until(lambda: not rig.loop.busy("things"))
    rig.store.paged("things", more=True, next_offset=100)
    assert not rig.loop.more("things")
    rig.loop.force(["things"])
    await rig.settle()
    assert len(rig.asks) == 1


async def test_closing_before_the_request_was_sent_leaves_nothing_behind() -> None:
    rig = Rig()
    rig.store.paged("things", more=True, next_offset=100)
    assert rig.loop.more("things")
    rig.loop.close()
    await rig.settle()
    assert rig.asks == []
    assert not rig.loop.busy("things")
    await asyncio.wait_for(rig.loop.run(), 5)


async def test_cancelling_the_run_closes() -> None:
    rig, task = await started()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await rig.until(lambda: rig.asks[0].dropped)


@pytest.mark.parametrize("older", [False, True])
async def test_a_mistake_of_ours_is_loud(older: bool) -> None:
    rig, task = await started()
    if older:
        await rig.answer("things", page(300, 201, following=100))
        assert rig.loop.more("things")
        await rig.asked(("things", 100))
    await rig.look(things=15, places=60)
    await rig.answer("things", OurMistakeError("no such column"))
    with pytest.raises(OurMistakeError, match="no such column"):
        await asyncio.wait_for(task, 5)
    await rig.until(lambda: next(ask for ask in rig.asks if ask.kind == "places").dropped)


async def test_an_account_begun_after_another_is_a_loop_of_its_own() -> None:
    first, task = await started()
    first.loop.close()
    await asyncio.wait_for(task, 5)
    async with running(Rig()) as second:
        await second.answer("things", page(2, 1))
        assert (first.ids(), second.ids()) == (set(), {1, 2})

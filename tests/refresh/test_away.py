"""What the background may spend while nobody looks, and beside other sessions of the same person."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from tests.refresh.rig import Rig, page, running
from xplenty_tui.api.credits import HOUR_S, Reason, because
from xplenty_tui.refresh.plan import Knobs
from xplenty_tui.refresh.purse import Purse
from xplenty_tui.refresh.together import BEAT_S, Others
from xplenty_tui.refresh.wants import CREDITS


async def test_without_focus_the_background_is_a_heartbeat() -> None:
    async with running(Rig(tells=True)) as rig:
        await rig.answer("things", page(1, 1))
        rig.loop.focus(False)
        assert rig.purse.away
        await rig.turn(59)
        await rig.asked()
        await rig.turn(1)
        await rig.asked(("things", 0))


async def test_whoever_comes_back_finds_it_fresh() -> None:
    async with running(Rig()) as rig:
        await rig.answer("things", page(1, 1))
        rig.loop.focus(False)
        await rig.turn(899)
        await rig.asked()
        rig.loop.focus(True)
        await rig.asked(("things", 0))


async def test_who_has_not_pressed_a_key_for_long_does_not_look() -> None:
    rig = Rig(knobs=Knobs(idle_s=600))
    await rig.turn(600)
    assert not rig.purse.away
    await rig.turn(0.5)
    assert rig.purse.away
    assert rig.purse.touched()
    assert not rig.purse.touched()
    rig.loop.focus(False)
    assert not rig.purse.touched()  # a key is no focus


async def test_what_is_spent_while_nobody_looks_is_counted_apart() -> None:
    rig = Rig()
    rig.purse.starts(Reason.VISIBLE)
    rig.purse.focused = False
    for reason in (Reason.VISIBLE, Reason.GONE, Reason.ASKED, Reason.OPENED):
        rig.purse.starts(reason)
    assert rig.purse.budget().spent_away == 2
    rig.now_s += HOUR_S
    assert rig.purse.budget().spent_away == 0


async def test_the_share_counts_what_was_opened_but_not_what_was_asked_for() -> None:
    rig = Rig()
    for reason in Reason:
        with because(reason):
            rig.meter.leaves()
            rig.meter.lands("things")
    assert rig.purse.budget().spent == len(Reason) - 1
    assert sum(rig.purse.minutes().values()) == len(Reason) - 1
    assert set(rig.purse.minutes()) == {int(rig.clock().timestamp() // 60)}


class Pool:
    """The place where sessions meet, as far as one of them sees it."""

    def __init__(self) -> None:
        self.told: list[tuple[dict[int, int], bool]] = []
        self.left = False
        self.problem = ""
        self.others = Others(live=4, spent=300, away=3)

    def beat(self, minutes: Mapping[int, int], *, away: bool) -> Others:
        self.told.append((dict(minutes), away))
        return self.others

    def leave(self) -> None:
        self.left = True


class Disk:
    """A thread whose work ends when it is let."""

    def __init__(self) -> None:
        self.free = asyncio.Event()
        self.free.set()
        self.begun = 0

    async def __call__(self, work: Callable[[], Any]) -> Any:
        self.begun += 1
        await self.free.wait()
        return work()


def together(rig: Rig) -> tuple[Pool, Disk]:
    """Give the rig's purse other sessions."""
    pool, disk = Pool(), Disk()
    rig.purse = Purse(rig.meter, rig.knobs, jitter=lambda: 0.5, pool=pool, aside=disk)  # type: ignore[arg-type]
    rig.loop.purse = rig.purse
    return pool, disk


async def test_sessions_hear_of_each_other_again_and_again() -> None:
    rig = Rig()
    pool, disk = together(rig)
    async with running(rig):
        await rig.until(lambda: rig.purse.others == pool.others)
        budget = rig.purse.budget()
        assert (budget.sessions, budget.spent) == (2, 300)
        rig.loop.focus(False)
        assert rig.purse.budget().sessions == 4
        await rig.turn(BEAT_S - 0.5)
        assert disk.begun == 1
        await rig.turn(0.5)
        await rig.until(lambda: len(pool.told) == 2)
        assert [away for _, away in pool.told] == [False, True]


async def test_a_disk_that_hangs_is_not_asked_again_and_holds_nothing_up() -> None:
    rig = Rig()
    pool, disk = together(rig)
    disk.free.clear()
    decisions = 0
    decide = rig.purse.decide

    def counted(wants: Any) -> Any:
        nonlocal decisions
        decisions += 1
        return decide(wants)

    rig.purse.decide = counted  # type: ignore[method-assign]
    async with running(rig):
        await rig.answer("things", page(1, 1))
        await rig.turn(10 * BEAT_S)
        await rig.answer("things", page(1, 1))
        decisions = 0
        await rig.settle()
        assert (disk.begun, decisions) == (1, 0)  # it waits, it does not spin
        disk.free.set()
        await rig.until(lambda: len(pool.told) == 1)
        await rig.turn(BEAT_S)
        await rig.until(lambda: len(pool.told) == 2)


async def test_who_leaves_says_first_what_was_spent() -> None:
    rig = Rig()
    pool, _ = together(rig)
    with because(Reason.VISIBLE):
        rig.meter.leaves()
        rig.meter.lands("things")
    await rig.purse.leave()
    assert [sum(minutes.values()) for minutes, _ in pool.told] == [1]
    assert pool.left


async def test_who_is_alone_needs_no_disk() -> None:
    rig = Rig()
    await rig.purse.beat()
    await rig.purse.leave()
    assert not rig.purse.beat_due()
    assert rig.purse.others == Others()
    assert rig.purse.next_s(CREDITS, []) is None

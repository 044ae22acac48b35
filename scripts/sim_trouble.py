"""Scenarios in which something goes wrong: others take the credits, much changes at once, clocks jump."""

from __future__ import annotations

from datetime import timedelta

from sim_line import HOUR_S, Line, Scene
from sim_see import p95
from sim_stage import Stage, Terminal, jobs_look
from sim_wire import LATENCY_S
from sim_world import SimWorld

from xplenty_tui.api.errors import ApiError
from xplenty_tui.tui.deeds import SLOWED

WARM_S = 10.0
"""What changes before the lists are there is not counted."""
RESERVE = 100
"""Credits that are the person's, unless set otherwise."""


def busy(world: SimWorld) -> None:
    """Keep twenty jobs running, of which sixty end in an hour."""
    world.keep_running(20, 60)


def unexplained(terminal: Terminal) -> tuple[int, int]:
    """Return (1, 1) when rows are old and no state says so, (0, 1) when one does, (0, 0) when they are not old."""
    loop = terminal.session.loop
    age_s = loop.age_s("jobs")
    if age_s is None or age_s <= 2 * jobs_look()["jobs"].every_s + 1:
        return 0, 0
    told = loop.purse.guard.blocked or loop.aged("jobs") or loop.decision.stretch >= SLOWED
    return int(not told), 1


async def burnt(stage: Stage) -> list[Line]:
    """Let others empty the hour; at minute 58 a person stops a job."""
    one = stage.open(jobs_look())
    silent = old = 0
    for at_s in range(10, 58 * 60, 10):
        await stage.until(at_s)
        told = unexplained(one)
        silent, old = silent + told[0], old + told[1]
    at, left = stage.loop.time(), stage.world.remaining()
    stopped = await stop(stage, one)
    await stage.until(HOUR_S)
    background = [call for call in one.wire.log if call.background]
    least = min(call.after for call in background)
    refused = sum(call.status == 429 for call in background)
    lasted = max(call.at_s for call in background if call.at_s < at)
    late = p95(one.eye.late(since_s=WARM_S))
    told_of = f"{len(background)} calls, {refused} refused; changes shown after {late:.0f} s"
    return [
        Line("credits left after a call of the background", least, RESERVE, detail=told_of, least=True),
        Line("the person's stop at minute 58 goes through", stopped, 1, detail=f"{left} credits were left", least=True),
        Line(
            "moments with old rows and no word of it",
            silent,
            0,
            detail=f"of {old} with old rows; last call before the stop at minute {lasted / 60:.0f}",
        ),
    ]


async def stop(stage: Stage, terminal: Terminal) -> int:
    """Let a person stop a running job; returns 1 when that went through."""
    job = next(job for job in stage.world.running.values() if not job.package.steps)
    try:
        answer = await terminal.session.client.send("DELETE", f"/jobs/{job.id}")
    except ApiError:
        return 0
    return int(answer.status == 200)


def ramp(world: SimWorld) -> None:
    """Let others spend 4,800 credits evenly within the hour."""
    busy(world)
    world.others(lambda at_s: 4800 * min(at_s, HOUR_S) / HOUR_S)


def steady(world: SimWorld) -> None:
    """Let others have spent 4,800 credits in every hour."""
    busy(world)
    world.others(lambda at_s: 4800)


EMPTY_S, FREE_S = 1200, 2400


def empty(world: SimWorld) -> None:
    """Let others use up the limit for twenty minutes."""
    busy(world)
    world.others(lambda at_s: 5000 if EMPTY_S <= at_s < FREE_S else 400)


async def refused(stage: Stage) -> list[Line]:
    """Run into the limit that others reached, and out of it."""
    one = stage.open(jobs_look())
    await stage.until(HOUR_S)
    log = one.wire.log
    first = next((call.at_s for call in log if call.status == 429), float(EMPTY_S))
    during = [call for call in log if first + LATENCY_S < call.at_s < FREE_S]
    earlier = sum(call.status == 429 and call.at_s <= first + LATENCY_S for call in log)
    after = [call for call in log if call.at_s >= FREE_S]
    back = next((place for place, call in enumerate(after) if call.background and call.spent), len(after))
    probes = sum(call.probe for call in after[:back])
    back_s = after[back].at_s - FREE_S if back < len(after) else float("inf")
    return [
        Line("free probes while it lasts", sum(call.probe for call in during), 25),
        Line(
            "counted calls of the background once known",
            sum(call.background for call in during),
            0,
            detail=f"{earlier} refused on the way to knowing it",
        ),
        Line("probes until the background is back", probes, 1, detail=f"{back_s:.0f} s after there was room again"),
    ]


STORM_S = 600.0
CHANGED = 10_000


def storm(world: SimWorld) -> None:
    """Let most of a large account change in one second."""
    busy(world)
    world.storm(STORM_S, CHANGED)


async def many(stage: Stage) -> list[Line]:
    """See how the changes are caught up with."""
    one = stage.open(jobs_look())
    await stage.until(STORM_S - 1)
    store = one.session.store
    truth = stage.world.account.jobs
    newest = sorted((int(key) for key in store.of("jobs").items), reverse=True)[:40]
    await stage.until(STORM_S + 1)

    def right(ids: list[int]) -> bool:
        return all((job := store.get("jobs", id_)) is not None and job.status == truth[id_].status for id_ in ids)

    first_s = await stage.soon(lambda: right(newest), 600) - STORM_S
    await stage.until(STORM_S + 60)
    calls = [call for call in one.wire.log if STORM_S <= call.at_s < STORM_S + 60]
    caught_s = await stage.soon(lambda: not one.session.loop.behind("jobs"), HOUR_S) - STORM_S
    later = p95(one.eye.late(since_s=STORM_S + 1))
    told = f"{len(calls)} calls; the first 40 rows right after {first_s:.0f} s, all after {caught_s / 60:.0f} min"
    told += f", what changed meanwhile shown after {later:.0f} s"
    return [Line("full pages in the minute after it", sum(call.full for call in calls), 10, detail=told)]


JUMP_S = 1200.0


def jump(name: str, title: str, wall_h: float, slept_s: float) -> Scene:
    """Return the scene of a clock that jumps: the wall clock alone, or all clocks because the process stood still."""

    async def play(stage: Stage) -> list[Line]:
        one = stage.open(jobs_look())
        await stage.until(JUMP_S)
        usual = one.wire.busiest(300, JUMP_S)
        stage.wall.offset = timedelta(hours=wall_h)
        stage.loop.leap(slept_s)
        now_s = JUMP_S + slept_s
        if slept_s:
            one.session.loop.touched()
        await stage.until(now_s + HOUR_S / 3)
        burst = one.wire.busiest(now_s, now_s + HOUR_S / 3)
        calls = [call.at_s - now_s for call in one.wire.log if not call.probe and call.at_s >= now_s]
        gaps = [after - before for before, after in zip([0.0, *calls], calls, strict=False)]
        late = p95(one.eye.late(since_s=now_s + 1))
        pace = jobs_look()["jobs"].every_s
        return [
            Line("most calls in a minute, beside before", burst / usual, 2.0, "×", f"{burst} beside {usual}"),
            Line(
                "longest wait for a fetch after it",
                max(gaps, default=float("inf")),
                2 * pace + 1,
                "s",
                f"changes shown after {late:.1f} s",
            ),
        ]

    return Scene(name, title, play, busy, int(JUMP_S + slept_s + HOUR_S / 3))

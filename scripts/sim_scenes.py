"""The scenarios of the table: what happens, what must hold, what was found."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from sim_line import HOUR_S, Line, Scene, credits_line, late_line
from sim_see import Ear, p95
from sim_stage import Stage, jobs_look, triage_look
from sim_trouble import WARM_S, burnt, busy, empty, jump, many, ramp, refused, steady, storm


async def _on_jobs(stage: Stage) -> list[Line]:
    one = stage.open(jobs_look(), sampled=True)
    await stage.until(HOUR_S)
    ages = one.eye.ages[20 * int(WARM_S) :]
    return [
        credits_line(stage.spent(), 1000, f"the meter counted {one.session.meter.burn()}"),
        late_line("a status change is shown", one.eye.late(since_s=WARM_S), 5.0),
        Line("age of shown progress, p95", p95(ages), 15.0, "s", f"{len(ages)} looks, at most {max(ages):.1f} s"),
    ]


async def _on_triage(stage: Stage) -> list[Line]:
    one = stage.open(triage_look(), around=True)
    await stage.until(HOUR_S)
    return [
        credits_line(stage.spent(), 400),
        late_line("a new failure is shown", one.eye.late("failed", since_s=WARM_S), 15.0),
    ]


async def _unfocused(stage: Stage) -> list[Line]:
    one, left_s = stage.open(triage_look(), present=False, around=True), 60.0
    ear = Ear(one)
    await stage.until(left_s)
    one.session.loop.focus(False)
    await stage.until(left_s + HOUR_S)
    before = f"{stage.spent(until_s=left_s)} in the minute before, with focus"
    failures = one.eye.late("failed", since_s=left_s)
    return [
        credits_line(stage.spent(left_s), 100, before),
        late_line("a new failure is noticed", failures, 90.0, f"the bell rang {ear.rang} times"),
    ]


async def _overnight(stage: Stage) -> list[Line]:
    one = stage.open(triage_look(), present=False, around=True)
    await stage.until(24 * HOUR_S)
    hours = [stage.spent(hour * HOUR_S, (hour + 1) * HOUR_S) for hour in range(24)]
    failures = one.eye.late("failed", since_s=HOUR_S)
    told = f"first hour {hours[0]}, the dearest after it {max(hours[1:])}; failures known after {p95(failures):.0f} s"
    return [credits_line(stage.spent(), 2400, told)]


async def _together(stage: Stage) -> list[Line]:
    with TemporaryDirectory() as folder:
        for number in range(5):
            stage.open(jobs_look(), folder=Path(folder))
            await stage.until(5.0 * (number + 1))
        await stage.until(HOUR_S)
        seen = [1 + one.session.loop.purse.others.live for one in stage.terminals]
        each = ", ".join(str(one.wire.spent()) for one in stage.terminals)
        late = p95(stage.terminals[0].eye.late(since_s=60.0))
    return [
        credits_line(stage.spent(), 1000, f"{each}; changes shown after {late:.0f} s"),
        Line("sessions that each one knows of", min(seen), 5, least=True),
    ]


SCENES: tuple[Scene, ...] = (
    Scene("jobs", "on Jobs, 20 running, 60 finish", _on_jobs, busy),
    Scene("triage", "on Triage, quiet account", _on_triage, lambda world: world.fail(12, 1)),
    Scene("unfocused", "without focus", _unfocused, lambda world: world.fail(12, 2)),
    Scene("others", "others burn 4,800 within the hour", burnt, ramp),
    Scene("others-always", "others burn 4,800 every hour", burnt, steady),
    Scene("five", "5 sessions on one host, on Jobs", _together, busy, sessions=5),
    Scene("limit", "limit reached by others for 20 min", refused, empty),
    Scene("night", "24 h left open", _overnight, lambda world: world.fail(1, 24), seconds=24 * HOUR_S),
    Scene("many", "10,000 jobs change at once", many, storm, jobs=12_000),
    jump("clock-ahead", "clock set 1 h ahead", 1.0, 0.0),
    jump("clock-back", "clock set 1 h back", -1.0, 0.0),
    jump("suspended", "process suspended for 1 h", 0.0, float(HOUR_S)),
)

"""Running a schedule by hand: its answer names no job, so the job is looked for."""

from __future__ import annotations

from typing import Any

from xplenty_tui.api import jobs
from xplenty_tui.api import schedules as api
from xplenty_tui.api.jobs import Job
from xplenty_tui.api.schedules import Schedule
from xplenty_tui.core.action import Attempt, ReadBack, Verdict
from xplenty_tui.core.declare import Link
from xplenty_tui.resources import history, verdicts

LOOK = "Look at the newest jobs of the schedule before you run it again."
_BOTH = 2
"""Runs that prove that one was by hand when another was due."""


async def send(client: Any, item: Schedule | None, _draft: Any) -> Schedule | None:
    """Run the schedule once."""
    return None if item is None else await api.run(client, item.id)


async def started(client: Any, attempt: Attempt[Schedule]) -> list[Job]:
    """Return the jobs that the schedule started since the attempt began, oldest first."""
    since = verdicts.earliest(attempt)
    page = await jobs.list_(client, since=since, sort="created", direction="desc")
    key = str(attempt.item.id) if attempt.item else ""
    own = [job for job in page.items if history.schedule_key(job) == key]
    return sorted((job for job in own if job.created_at and job.created_at >= since), key=lambda job: job.id)


async def finds(client: Any, attempt: Attempt[Schedule], _answer: Any) -> Link | None:
    """Return the first job that the run started; None while there is none."""
    found = [
        job for job in await started(client, attempt) if (job.created_at or attempt.began) >= verdicts.second(attempt)
    ]
    return Link("jobs", str(found[0].id)) if found else None


async def _check(client: Any, attempt: Attempt[Schedule]) -> ReadBack:
    now = await api.get(client, attempt.item.id if attempt.item else "")
    times = [job.created_at for job in await started(client, attempt)] + [now.last_run_at]
    last = max((time for time in times if time is not None), default=None)
    counted = (now.execution_count or 0) - (attempt.item.execution_count or 0) if attempt.item else 0
    if last is not None and last >= verdicts.second(attempt):
        if _due(attempt, now) and counted < _BOTH:
            return verdicts.unknown(LOOK, now, "It ran, but it was due by itself at that time, too.")
        return ReadBack(Verdict.DONE, now)
    if last is not None and last >= verdicts.earliest(attempt):
        return verdicts.unknown(LOOK, now, "It ran at about that time.")
    return ReadBack(verdicts.verdict(last is None and counted > 0), now)


def _due(attempt: Attempt[Schedule], now: Schedule) -> bool:
    """Tell whether it had a run of its own since the attempt began."""
    item = attempt.item
    if item is None or item.status != "enabled" or item.next_run_at is None:
        return False
    moved = now.next_run_at is not None and now.next_run_at > item.next_run_at
    return moved and item.next_run_at >= verdicts.earliest(attempt)


check = verdicts.careful(_check, LOOK)

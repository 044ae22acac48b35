"""What a watched job, cluster or schedule has come to: pure, from what is loaded, so that watching costs no call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from xplenty_tui.api.clusters import Cluster
from xplenty_tui.api.jobs import ENDED, Job
from xplenty_tui.api.schedules import Schedule
from xplenty_tui.core import words
from xplenty_tui.core.declare import Context
from xplenty_tui.resources import history, load
from xplenty_tui.resources.masks import masked
from xplenty_tui.resources.watched import Settled, Watched

OVER = frozenset({"terminated", "error"})
"""Where a cluster ends."""


def look(watched: Watched, ctx: Context) -> Watched | Settled:
    """Return what is remembered from now on, or how it came out."""
    item = ctx.store.get(watched.kind, watched.key)
    if item is None:
        if watched.key in ctx.store.of(watched.kind).items:
            return watched  # the last answer could not be read; the next may be
        return Settled(watched, f"{watched.name} is gone: nothing is left to watch.", False, ctx.now)
    return _JUDGES[watched.kind](watched, item, ctx) or replace(watched, status=item.status or "")


def _job(watched: Watched, job: Job, ctx: Context) -> Settled | None:
    if not job.ended:
        return None
    return Settled(watched, f"{watched.name} {_ended(job, ctx)}", job.status == "completed", ctx.now)


def _ended(job: Job, ctx: Context) -> str:
    """Return how a job ended: ``failed after 12m04: Access Denied``."""
    length = history.runtime(job, ctx)
    verb = "was stopped" if job.status == "stopped" else job.status
    word = "in" if job.status == "completed" else "after"
    why = words.first_line(job.errors) if job.status == "failed" else ""
    return f"{verb}{f' {word} {words.duration(length)}' if length else ''}{f': {masked(why, job)}' if why else '.'}"


def _cluster(watched: Watched, cluster: Cluster, ctx: Context) -> Settled | None:
    now, before = cluster.status, watched.status
    if now == before:
        return None
    if now in OVER:
        said = "is terminated." if now == "terminated" else "is in error: its jobs fail or wait."
        return Settled(watched, f"{watched.name} {said}", now == "terminated", ctx.now)
    if now in load.READY and before not in load.READY:
        nodes = f" with {words.count(cluster.nodes, 'node')}" if cluster.nodes else ""
        return Settled(watched, f"{watched.name} is available{nodes}.", True, ctx.now)
    return None


def _schedule(watched: Watched, schedule: Schedule, ctx: Context) -> Settled | None:
    """Judge by the jobs that it started, which tell more and sooner than the schedule; else by its own last run."""
    if schedule.status != watched.status and schedule.status in ("enabled", "disabled"):
        return Settled(watched, f"{watched.name} is {schedule.status}.", schedule.status == "enabled", ctx.now)
    runs = [
        job
        for job in history.of_schedule(schedule.id, ctx)
        if str(job.id) in watched.runs or (job.created_at is not None and job.created_at >= watched.since)
    ]
    if runs:
        return Settled(watched, *_ran(watched, runs, ctx), ctx.now) if all(job.ended for job in runs) else None
    ran = schedule.last_run_at is not None and schedule.last_run_at != watched.ran_at
    if ran and schedule.last_run_status in ENDED:
        good = schedule.last_run_status == "completed"
        return Settled(watched, f"{watched.name} ran: {schedule.last_run_status}.", good, ctx.now)
    return None


def _ran(watched: Watched, runs: Sequence[Job], ctx: Context) -> tuple[str, bool]:
    bad = [job for job in runs if job.status != "completed"]
    if not bad:
        done = _ended(runs[0], ctx) if len(runs) == 1 else f"{words.count(len(runs), 'job')} completed."
        return f"{watched.name} ran: {f'job {runs[0].id} ' if len(runs) == 1 else ''}{done}", True
    first = next((job for job in bad if job.status == "failed"), bad[0])
    more = f"{len(bad)} of {len(runs)} jobs did not complete; " if len(runs) > 1 else ""
    return f"{watched.name} ran: {more}job {first.id} {_ended(first, ctx)}", False


_JUDGES: dict[str, Callable[[Watched, Any, Context], Settled | None]] = {
    "jobs": _job,
    "clusters": _cluster,
    "schedules": _schedule,
}

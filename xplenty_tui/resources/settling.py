"""What a watched job, cluster or schedule has come to: pure, from what is loaded, so that watching costs no call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from xplenty_tui.api.clusters import Cluster
from xplenty_tui.api.jobs import ENDED, Job
from xplenty_tui.api.schedules import Schedule
from xplenty_tui.core import words
from xplenty_tui.core.declare import Context
from xplenty_tui.core.scrub import scrub
from xplenty_tui.resources import history, load, parts

DRAWS: dict[str, frozenset[str]] = {
    "jobs": frozenset({"jobs"}),
    "clusters": frozenset({"clusters"}),
    "schedules": frozenset({"schedules", "jobs"}),
}
"""The kinds that can be watched, each with the kinds that tell how it came out."""
OVER = frozenset({"terminated", "error"})
"""Where a cluster ends."""


@dataclass(frozen=True, slots=True)
class Watched:
    """Something that is followed until it settles."""

    kind: str
    key: str
    name: str
    """What a sentence calls it: ``job 90412 orders_to_redshift``."""
    since: datetime
    """When watching began, aware."""
    status: str
    """Its status when it was last looked at."""
    runs: frozenset[str] = frozenset()
    """Of a schedule: the jobs of it that were under way when watching began."""
    ran_at: datetime | None = None
    """Of a schedule: its last run when watching began."""


@dataclass(frozen=True, slots=True)
class Settled:
    """How something came out."""

    watched: Watched
    sentence: str
    """One sentence: ``job 90412 orders_to_redshift failed after 12m04: Access Denied``. Secrets are masked."""
    good: bool
    at: datetime
    """When that was seen, aware."""


def unwatchable(kind: str, item: Any, _ctx: Context | None = None) -> str | None:
    """Return why there is nothing to wait for, in words; None when there is."""
    if kind == "jobs" and item.status in ENDED:
        return f"the job {'was stopped' if item.status == 'stopped' else f'has {item.status}'}"
    if kind == "clusters" and item.status == "terminated":
        return "the cluster is terminated"
    return None if kind in DRAWS else "only jobs, clusters and schedules can be watched"


def begin(kind: str, item: Any, ctx: Context) -> Watched:
    """Return what is remembered of an item from now on."""
    watched = Watched(kind, str(item.id), name(kind, item, ctx), ctx.now, item.status or "")
    if kind != "schedules":
        return watched
    runs = frozenset(str(job.id) for job in history.of_schedule(item.id, ctx) if job.active)
    return replace(watched, runs=runs, ran_at=item.last_run_at)


def name(kind: str, item: Any, ctx: Context) -> str:
    """Return what a sentence calls an item: its kind, its name, and its number where that is what people use."""
    if kind == "jobs":
        return f"job {item.id} {history.package_name(item, ctx) or ''}".rstrip()
    noun = kind.removesuffix("s")
    called = " ".join((getattr(item, "name", "") or "").split())
    return f"{noun} {called or item.id}"


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


def masked(text: str, job: Job) -> str:
    """Return a text about a job with secrets masked: those of its variables, and what looks like one."""
    return scrub(text, (parts.as_text(value) for name, value in job.variables.items() if parts.secret(name, value)))


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

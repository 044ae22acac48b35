"""What needs a person now: the rules over the store. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from xplenty_tui.api.jobs import Job
from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Link
from xplenty_tui.resources import history, load, usual
from xplenty_tui.triage.beside import NOTHING, Beside
from xplenty_tui.triage.incidents import Incident, grouped
from xplenty_tui.triage.limits import LIMITS, Limits
from xplenty_tui.triage.problem import Problem, Severity

DAY = timedelta(hours=24)
"""How far back a failure is news."""
LONGER = 1.5
"""Times the median from which a run is longer than usual, when it is above the 95th percentile too."""
_NEVER = datetime.min.replace(tzinfo=UTC)


def look(ctx: Context, limits: Limits = LIMITS, beside: Beside = NOTHING) -> tuple[Incident, ...]:
    """Return what deserves a look: the worst first, what recovered last."""
    return grouped((*_failed(ctx), *_long(ctx), *_idle(ctx)))


def _failed(ctx: Context) -> Iterator[Problem]:
    for jobs in history.by_package(ctx).values():
        ended = [job for job in jobs if job.ended]
        failed = next((job for job in ended if job.status == "failed"), None)
        if failed is None or (failed.ended_at or _NEVER) < ctx.now - DAY:
            continue
        recovered = any(job.status == "completed" for job in ended[: ended.index(failed)])
        yield _failure(failed, ended, ctx, recovered=recovered)


def _failure(job: Job, ended: Sequence[Job], ctx: Context, *, recovered: bool) -> Problem:
    row = 0
    for one in ended[ended.index(job) :]:
        if one.status != "failed":
            break
        row += 1
    why = words.first_line(job.errors)
    times = f" {row} times in a row" if row > 1 else ""
    last = next((one for one in ended[ended.index(job) :] if one.status == "completed"), None)
    success = f"last success {words.when(last.ended_at, ctx.now, ctx.zone)}" if last else "no success loaded"
    return Problem(
        rule="job_failed",
        severity=Severity.NOTE if recovered else Severity.ERROR,
        subject=Link("jobs", str(job.id)),
        name=history.package_name(job, ctx) or f"job {job.id}",
        sentence="failed, recovered" if recovered else f"failed{times}: {why}" if why else f"failed{times}",
        since=job.ended_at,
        detail=f"job {job.id} · {success}",
        acts=("jobs.again", "jobs.watch"),
        incident="" if recovered else why,
        recovered=recovered,
    )


def _long(ctx: Context) -> Iterator[Problem]:
    for job in ctx.store.good("jobs"):
        ran = history.runtime(job, ctx) if job.status == "running" else None
        known = usual.of_package(history.package_key(job), ctx)
        if ran is None or known is None or ran <= max(known.median * LONGER, known.p95):
            continue
        yield Problem(
            rule="job_long",
            severity=Severity.WARNING,
            subject=Link("jobs", str(job.id)),
            name=history.package_name(job, ctx) or f"job {job.id}",
            sentence=f"runs {ran / known.median:.1f} times longer than usual",
            since=job.started_at,
            detail=f"job {job.id} · usually {words.duration(known.median)}",
            acts=("jobs.stop", "jobs.watch"),
        )


def _idle(ctx: Context) -> Iterator[Problem]:
    for item in ctx.store.good("clusters"):
        if not load.wasteful(item, ctx):
            continue
        hours = load.node_hours(item, load.idle(item, ctx))
        burnt = f": {words.number(hours)} node hours" if hours else ""
        yield Problem(
            rule="cluster_idle",
            severity=Severity.WARNING,
            subject=Link("clusters", str(item.id)),
            name=f"cluster {item.name or item.id}",
            sentence=f"idle and will not terminate{burnt}",
            since=item.idle_since,
            detail=f"cluster {item.id} · {words.count(item.nodes or 0, 'node')}",
            acts=("clusters.terminate", "clusters.auto"),
        )

"""Rules about jobs: failed, failed again, out of retries, longer than usual, waiting, stopping. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from xplenty_tui.api.jobs import Job
from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Link
from xplenty_tui.resources import history, parts, usual
from xplenty_tui.triage.clusters import broken
from xplenty_tui.triage.limits import Limits
from xplenty_tui.triage.problem import Problem, Severity
from xplenty_tui.triage.runs import Failing, active, failing
from xplenty_tui.triage.same import normal

STOPPING = frozenset({"pending_stoppage", "stopping"})
_WAITS = {"idle": "asked for, but not begun", "pending": "waiting for a cluster", "queued": "queued"}
_STOPPABLE = ("jobs.stop", "watch")
"""What helps against a job that takes too long."""


def called(job: Job, ctx: Context) -> str:
    """Return what a person calls a job in a list of problems: its package."""
    return history.package_name(job, ctx) or f"job {job.id}"


def link(job: Job) -> Link:
    """Return where the job is."""
    return Link("jobs", str(job.id))


def _warning(
    rule: str,
    job: Job,
    ctx: Context,
    sentence: str,
    since: datetime | None,
    *details: str | None,
    acts: tuple[str, ...],
) -> Problem:
    """Return what is wrong with a job that is not over."""
    return Problem(
        rule=rule,
        severity=Severity.WARNING,
        subject=link(job),
        name=called(job, ctx),
        sentence=sentence,
        since=since,
        detail=parts.joined(f"job {job.id}", *details),
        acts=acts,
    )


# Failures.


def failed(ctx: Context, limits: Limits) -> Iterator[Problem]:
    """Yield the failures of each package whose newest finished run failed, and of one that has recovered since."""
    first = ctx.now - timedelta(hours=limits.failed_hours)
    news = [found for found in failing(ctx) if (ended := found.streak[0].ended_at) is not None and ended >= first]
    steps = {found.streak[0].parent_id: found for found in news if found.after is None}
    for found in news:
        if found.after is not None:
            yield _recovered(found, found.after, ctx)
        else:
            yield from _streak(found, steps.get(found.streak[0].id), ctx)


def _recovered(found: Failing, after: Job, ctx: Context) -> Problem:
    job, tries = found.streak[0], after.attempts or 0
    how = f"on retry {_tries(after)}" if tries else f"at {words.when(after.ended_at, ctx.now, ctx.zone)}"
    times = f" {found.times} times" if found.times > 1 else ""
    why = words.first_line(job.errors)
    return Problem(
        rule="job_failed",
        severity=Severity.NOTE,
        subject=link(job),
        name=called(job, ctx),
        sentence=f"failed{times}, recovered {how}",
        since=after.ended_at or job.ended_at,
        detail=parts.joined(f"job {job.id}", why),
        acts=("jobs.again",),
        incident=_cause(found, ctx),
        recovered=True,
    )


def _streak(found: Failing, step: Failing | None, ctx: Context) -> Iterator[Problem]:
    """Yield the failures in a row, the newest first: it stands for all of them.

    ``step`` is the step of the workflow that failed, where that is known: it is the cause, and tells why.
    """
    rule, incident = "job_failed_again" if found.times > 1 else "job_failed", _cause(step or found, ctx)
    for nth, job in enumerate(found.streak):
        why = words.first_line(job.errors) or "the service gave no reason"
        if nth == 0 and step is not None and (reason := words.first_line(step.streak[0].errors)):
            why = f"{called(step.streak[0], ctx)}: {reason}"
        times = f" {found.times} times in a row" if nth == 0 and found.times > 1 else ""
        yield Problem(
            rule=rule,
            severity=Severity.ERROR,
            subject=link(job),
            name=called(job, ctx),
            sentence=f"failed{times}: {why}",
            since=job.ended_at,
            detail=_detail(found, job, ctx) if nth == 0 else f"job {job.id}",
            acts=("jobs.again",),
            incident=incident,
        )


def _detail(found: Failing, job: Job, ctx: Context) -> str:
    success = found.success
    last = f"last success {words.when(success.ended_at, ctx.now, ctx.zone)}" if success else "no success loaded"
    tries = f"retry {_tries(job)}" if job.attempts else None
    again = f"{found.again.id} {words.status(found.again.status, 'jobs').word} now" if found.again else None
    return parts.joined(f"job {job.id}", tries, last, again)


def _tries(job: Job) -> str:
    allowed = job.master_auto_retry_attempts
    return f"{job.attempts} of {allowed}" if allowed else f"{job.attempts}"


def _cause(found: Failing, ctx: Context) -> str:
    """Return what makes failures one incident: their cluster in error, the same error, else the same package."""
    job, over = found.streak[0], "recovered " if found.after is not None else ""
    cluster = ctx.store.get("clusters", history.cluster_key(job))
    if cluster is not None and cluster.status == "error" and not found.after:
        return broken(cluster)
    error = normal(job.errors)
    package = history.package_key(job)
    if error and not found.after:
        return f"error {error}"
    return f"{over}package {package}" if package else f"{over}job {job.id}"


def retries_out(ctx: Context, limits: Limits) -> Iterator[Problem]:
    """Yield jobs that run on their last try: when this one fails nothing tries again."""
    for job in active(ctx):
        allowed, done = job.master_auto_retry_attempts or 0, job.attempts or 0
        if allowed and done >= allowed:
            said = f"is on its last try (retry {done} of {allowed})"
            yield _warning("retries_out", job, ctx, said, job.created_at, acts=("watch",))


# What runs and waits.


def long(ctx: Context, limits: Limits) -> Iterator[Problem]:
    """Yield jobs that run longer than their package's runs usually do."""
    for job in active(ctx):
        ran = history.runtime(job, ctx) if job.status == "running" else None
        known = usual.of_package(history.package_key(job), ctx)
        if ran is None or known is None or known.runs < limits.usual_runs or not known.median:
            continue
        if ran > known.median * limits.longer_than_usual and ran > known.p95:
            times, took = ran / known.median, words.duration(ran)
            said = f"runs {times:.1f} times longer than usual ({took}, usually {words.duration(known.median)})"
            most = f"95 of 100 runs end within {words.duration(known.p95)}"
            yield _warning("job_long", job, ctx, said, job.started_at, most, _where(job, ctx), acts=_STOPPABLE)


def _where(job: Job, ctx: Context) -> str | None:
    cluster = history.cluster_name(job, ctx)
    return f"on {cluster}" if cluster else None


@dataclass(frozen=True, slots=True)
class _Slow:
    """How long something has taken that should be quick."""

    since: datetime
    took: timedelta


def _slow(since: datetime | None, minutes: float, ctx: Context) -> _Slow | None:
    if since is None or ctx.now - since < timedelta(minutes=minutes):
        return None
    return _Slow(since, ctx.now - since)


def waiting(ctx: Context, limits: Limits) -> Iterator[Problem]:
    """Yield jobs that wait too long to begin."""
    for job in active(ctx):
        slow = _slow(job.created_at, limits.waiting_minutes, ctx) if job.status in _WAITS else None
        if slow is None:
            continue
        cluster = ctx.store.get("clusters", history.cluster_key(job))
        state = f"cluster {cluster.name or cluster.id} is {words.status(cluster.status).word}" if cluster else None
        said = f"{_WAITS[job.status]} for {words.duration(slow.took)}"
        found = _warning("job_waiting", job, ctx, said, slow.since, state, acts=_STOPPABLE)
        key = history.cluster_key(job)
        yield replace(found, incident=f"waiting for cluster {key}") if key else found


def stopping(ctx: Context, limits: Limits) -> Iterator[Problem]:
    """Yield jobs that were asked to stop and do not."""
    for job in active(ctx):
        slow = _slow(job.updated_at, limits.stopping_minutes, ctx) if job.status in STOPPING else None
        if slow is not None:
            said = f"should have stopped {words.duration(slow.took)} ago and still has not"
            yield _warning("job_stopping", job, ctx, said, slow.since, _where(job, ctx), acts=("watch",))

"""Rules about schedules and what they should have run: overdue, failed, disabled, piled up, missed. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta

from xplenty_tui.api.jobs import Job
from xplenty_tui.api.schedules import Schedule
from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Link
from xplenty_tui.resources import history, parts, timing
from xplenty_tui.triage.limits import Limits
from xplenty_tui.triage.problem import Problem, Severity
from xplenty_tui.triage.runs import active, starts

_DAY = timedelta(days=1)
_SLACK_S = 30 * 60.0
"""Seconds after its latest usual time before a package is missed."""


def _problem(
    schedule: Schedule,
    rule: str,
    sentence: str,
    since: datetime | None,
    *acts: str,
    severity: Severity = Severity.WARNING,
    detail: str = "",
) -> Problem:
    """Return a problem of a schedule."""
    every = timing.Every.of(schedule)
    return Problem(
        rule=rule,
        severity=severity,
        subject=Link("schedules", str(schedule.id)),
        name=f"schedule {schedule.name or schedule.id}",
        sentence=sentence,
        since=since,
        detail=parts.joined(f"schedule {schedule.id}", f"every {every.words}" if every else None, detail),
        acts=acts,
    )


def overdue(ctx: Context, limits: Limits) -> Iterator[Problem]:
    """Yield enabled schedules whose next run should have begun."""
    for schedule in ctx.store.good("schedules"):
        due = timing.next_run(schedule)
        late = ctx.now - due if due is not None else timedelta()
        if due is None or late < timedelta(minutes=limits.overdue_minutes):
            continue
        severity = Severity.ERROR if late >= timing.VERY_LATE else Severity.WARNING
        said = f"is {words.duration(late)} overdue (due {words.when(due, ctx.now, ctx.zone)})"
        yield _problem(schedule, "schedule_overdue", said, due, "schedules.run", "schedules.turn", severity=severity)


def failed(ctx: Context, limits: Limits, told: Collection[str]) -> Iterator[Problem]:
    """Yield schedules whose last run failed, but for those whose failed job is ``told`` (keys of jobs) already."""
    first = ctx.now - timedelta(hours=limits.failed_hours)
    for schedule in ctx.store.good("schedules"):
        if schedule.last_run_status != "failed" or schedule.status == "disabled":
            continue
        if schedule.last_run_at is not None and schedule.last_run_at < first:
            continue
        jobs = history.of_schedule(schedule.id, ctx)
        if any(str(job.id) in told for job in jobs) or any(job.status == "completed" for job in jobs[:1]):
            continue
        said = "failed at its last run; the job is not loaded" if not jobs else "failed at its last run"
        yield _problem(
            schedule, "schedule_failed", said, schedule.last_run_at, "schedules.run", severity=Severity.ERROR
        )


def disabled(ctx: Context, limits: Limits) -> Iterator[Problem]:
    """Yield schedules that worked and were disabled a short while ago: somebody may have forgotten them."""
    first = ctx.now - timedelta(days=limits.disabled_days)
    for schedule in ctx.store.good("schedules"):
        off, last = schedule.updated_at, schedule.last_run_at
        if schedule.status != "disabled" or schedule.last_run_status != "completed":
            continue
        if off is None or last is None or not first <= off <= ctx.now or off <= last:
            continue
        said = f"is disabled since its last success ({words.when(last, ctx.now, ctx.zone)})"
        yield _problem(schedule, "schedule_disabled", said, off, "schedules.turn", severity=Severity.NOTE)


def overlapping(ctx: Context, limits: Limits) -> Iterator[Problem]:
    """Yield schedules whose runs of one package run on top of each other; one line a schedule, of its worst package."""
    piles: dict[str, dict[str | None, list[Job]]] = {}
    for job in active(ctx):
        if (key := history.schedule_key(job)) is not None:
            piles.setdefault(key, {}).setdefault(history.package_key(job), []).append(job)
    for key, by_package in sorted(piles.items()):
        schedule = ctx.store.get("schedules", key)
        high = {name: jobs for name, jobs in by_package.items() if len(jobs) >= max(limits.overlapping_runs, 2)}
        if not high or schedule is None:
            continue
        jobs = max(high.values(), key=len)
        oldest = min((began for job in jobs if (began := history.began(job)) is not None), default=None)
        for_ = f", the oldest for {words.duration(ctx.now - oldest)}" if oldest else ""
        name = history.package_name(jobs[0], ctx) or "one package"
        more = f", and so has {words.count(len(high) - 1, 'other package')}" if len(high) > 1 else ""
        said = f"has {len(jobs)} runs of {name} on top of each other{for_}{more}"
        allowed = "it may run on top of itself" if schedule.overlap else ""
        yield _problem(schedule, "schedule_overlap", said, oldest, "schedules.turn", detail=allowed)


def missed(ctx: Context, limits: Limits, told: Collection[str]) -> Iterator[Problem]:
    """Yield packages that ran by this time of the day on each of the last days, and today have not.

    Days are those of the person's zone. Packages whose schedule is ``told`` (keys of schedules) to be overdue are not
    told again. Without loaded jobs that reach back so far nothing is said.
    """
    midnight = ctx.now.astimezone(ctx.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    days = [(midnight - nth * _DAY).timestamp() for nth in range(limits.daily_days + 1)]
    known, now = starts(ctx), ctx.now.timestamp()
    if limits.daily_days < 1 or known.oldest > days[-1]:
        return
    late = {key for schedule in told for key in _packages(schedule, ctx)}
    for key, times in known.by_package.items():
        latest = _latest(times, days)
        if not times or latest is None or now - days[0] < latest + _SLACK_S or times[-1] >= days[0] or key in late:
            continue
        package = ctx.store.get("packages", key)
        name = parts.name_of(ctx, "packages", key) or f"package {key}"
        if package is None or package.status == "archived":
            continue
        by = datetime.fromtimestamp(days[0] + latest, ctx.now.tzinfo).astimezone(ctx.zone)
        yield Problem(
            rule="package_missed",
            severity=Severity.WARNING,
            subject=Link("packages", key),
            name=name,
            sentence=f"ran by {by:%H:%M} on each of the last {limits.daily_days} days, and today it has not",
            since=by,
            detail=f"package {key}",
            acts=("packages.run",),
        )


def _latest(times: Sequence[float], days: Sequence[float]) -> float | None:
    """Return the latest second of the day by which a package had begun on each of the days before today."""
    latest = 0.0
    for nth in range(1, len(days)):
        place = bisect_left(times, days[nth])
        if place >= len(times) or times[place] >= days[nth - 1]:
            return None
        latest = max(latest, times[place] - days[nth])
    return latest


def _packages(schedule: str, ctx: Context) -> tuple[str, ...]:
    found = ctx.store.get("schedules", schedule)
    return timing.package_keys(found) if found is not None else ()

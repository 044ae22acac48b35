"""How each package stands by its loaded runs: computed once a version of the store, whatever the time. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import inf

from xplenty_tui.api.jobs import Job
from xplenty_tui.core.declare import Context
from xplenty_tui.resources import history

NEVER = datetime.min.replace(tzinfo=UTC)
HABIT = timedelta(days=32)
"""How far back a habit is looked for: more days than can be set."""
MOST = 20
"""Failures in a row that are told one by one."""


@dataclass(frozen=True, slots=True)
class Failing:
    """A package whose newest finished run failed, or had failed before it recovered."""

    streak: tuple[Job, ...]
    """The failures in a row, the newest first; at most ``MOST``."""
    times: int
    """How many there are."""
    success: Job | None
    """The last success before them; None: none is loaded."""
    after: Job | None
    """The success that came after them; None: it has not recovered."""
    again: Job | None
    """A run of the package that runs or waits now."""


def failing(ctx: Context) -> Sequence[Failing]:
    """Return the packages that fail or failed last, from all loaded runs; who stopped a job meant it."""

    def build(jobs: list[Job]) -> Sequence[Failing]:
        groups: Iterable[Sequence[Job]] = history.by_package(ctx).values()
        alone = ([job] for job in jobs if job.package_id is None and job.package is None)
        return [found for group in (*groups, *alone) if (found := _failing(group)) is not None]

    return ctx.store.derive(history.JOBS, "failing", build)


def _failing(jobs: Sequence[Job]) -> Failing | None:
    """Read the runs of one package, newest first."""
    after = again = success = None
    streak: list[Job] = []
    for job in jobs:
        if job.status == "failed":
            streak.append(job)
        elif job.status == "completed":
            if streak:
                success = job
                break
            after = after or job
        elif job.active and not streak and after is None and again is None:
            again = job
    if not streak:
        return None
    return Failing(tuple(streak[:MOST]), len(streak), success, after, again)


def active(ctx: Context) -> Sequence[Job]:
    """Return the jobs that run or wait."""
    return ctx.store.derive(history.JOBS, "what runs or waits", lambda jobs: [job for job in jobs if job.active])


@dataclass(frozen=True, slots=True)
class Starts:
    """When the loaded runs of all packages began."""

    oldest: float
    """Of all loaded jobs, in seconds since 1970; inf without any."""
    by_package: Mapping[str, Sequence[float]]
    """Of each package, the oldest first."""


def starts(ctx: Context) -> Starts:
    """Return when the runs of each package were asked for."""

    def build(_: list[Job]) -> Starts:
        groups, oldest, first = history.by_package(ctx), inf, ctx.now - HABIT
        found: dict[str, list[float]] = {}
        for key, jobs in groups.items():
            times = found[key] = []
            for job in jobs:
                if job.created_at is not None:
                    if job.created_at < first:
                        break
                    times.append(job.created_at.timestamp())
            times.reverse()
            last = jobs[-1].created_at
            oldest = min(oldest, last.timestamp() if last is not None else inf)
        return Starts(oldest, found)

    return ctx.store.derive(history.JOBS, "starts", build)

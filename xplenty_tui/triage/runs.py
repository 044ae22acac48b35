"""How each package stands by its loaded runs: computed once a version of the store, whatever the time. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from xplenty_tui.api.jobs import Job
from xplenty_tui.core.declare import Context
from xplenty_tui.resources import history

NEVER = datetime.min.replace(tzinfo=UTC)
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
        alone = ([job] for job in jobs if history.package_key(job) is None)
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
    if not streak or (after is not None and not _soon(streak[0], after)):
        return None
    return Failing(tuple(streak[:MOST]), len(streak), success, after, again)


def _soon(failed: Job, after: Job) -> bool:
    """Tell whether a success came at all after a failure; both know when they ended."""
    return failed.ended_at is not None and after.ended_at is not None


def active(ctx: Context) -> Sequence[Job]:
    """Return the jobs that run or wait."""
    return ctx.store.derive(history.JOBS, "active", lambda jobs: [job for job in jobs if job.active])


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
        found = {
            key: [job.created_at.timestamp() for job in reversed(jobs) if job.created_at is not None]
            for key, jobs in history.by_package(ctx).items()
        }
        return Starts(min((times[0] for times in found.values() if times), default=float("inf")), found)

    return ctx.store.derive(history.JOBS, "starts", build)

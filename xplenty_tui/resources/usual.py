"""What is usual for a package, from its loaded runs that completed, and its runs in one line. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from xplenty_tui.api.jobs import Job
from xplenty_tui.core import words
from xplenty_tui.core.declare import Context
from xplenty_tui.resources import history, parts

RUNS = 50
"""The newest runs that say what is usual: what was usual last year is not."""
STRIP = 12
"""Runs shown in a history strip."""


@dataclass(frozen=True, slots=True)
class Usual:
    """The usual runtime of a package."""

    runs: int
    """Completed runs that it is taken from; with few of them it says little."""
    median: timedelta
    p95: timedelta
    """95 of 100 runs are not longer (nearest rank, so it is a runtime that was)."""


def of_runs(jobs: Iterable[Job]) -> Usual | None:
    """Return what is usual from ``jobs`` (newest first), of which the completed ones count; None without any."""
    lengths: list[float] = []
    for job in jobs:
        length = parts.length(job.runtime_in_seconds) if job.status == "completed" else None
        if length:
            lengths.append(length.total_seconds())
        if len(lengths) == RUNS:
            break
    if not lengths:
        return None
    lengths.sort()
    rank = -(-len(lengths) * 95 // 100) - 1
    return Usual(len(lengths), timedelta(seconds=median(lengths)), timedelta(seconds=lengths[rank]))


def of_package(key: str | int | None, ctx: Context) -> Usual | None:
    """Return what is usual for a package, from its loaded runs; None when none of them completed."""

    def build(_: list[Job]) -> Mapping[str, Usual]:
        groups = history.by_package(ctx)
        return {name: usual for name, jobs in groups.items() if (usual := of_runs(jobs)) is not None}

    return ctx.store.derive(history.JOBS, "usual by package", build).get(str(key))


def middle(jobs: Iterable[Job]) -> timedelta | None:
    """Return the median runtime of the completed ones among ``jobs``; None when there is none."""
    completed = (parts.length(job.runtime_in_seconds) for job in jobs if job.status == "completed")
    seconds = [length.total_seconds() for length in completed if length]
    return timedelta(seconds=median(seconds)) if seconds else None


def strip(jobs: Sequence[Job], ctx: Context, length: int = STRIP) -> str:
    """Return the states of the newest of ``jobs`` (given newest first) as ``✓✓✗``, the newest at the right."""
    return "".join(parts.symbol(job.status, ctx, history.JOBS) for job in reversed(jobs[:length]))


def summary(jobs: Sequence[Job], ctx: Context) -> str:
    """Return the strip of ``jobs`` with the usual runtime and the share that failed; empty without jobs."""
    if not jobs:
        return ""
    length = middle(jobs)
    failed = sum(job.status == "failed" for job in jobs)
    return parts.joined(
        strip(jobs, ctx),
        f"usual {words.duration(length)}" if length else None,
        f"{failed} of {words.count(len(jobs), 'run')} failed" if failed else words.count(len(jobs), "run"),
    )

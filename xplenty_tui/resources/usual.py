"""What is usual for a package, from its loaded runs that completed: pure, computed once a version of the store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from xplenty_tui.api.jobs import Job
from xplenty_tui.core.declare import Context
from xplenty_tui.resources import history, parts

RUNS = 50
"""The newest runs that say what is usual: what was usual last year is not."""


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

"""What the loaded jobs say about a package, a cluster and a schedule: pure, computed once a version of the store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from xplenty_tui.api.jobs import Job
from xplenty_tui.core.declare import Context
from xplenty_tui.resources import parts

JOBS = "jobs"
RUNNING = frozenset({"running", "stopping", "pending_stoppage"})
"""Statuses of jobs that hold a cluster busy."""
_NEVER = datetime.min.replace(tzinfo=UTC)


def package_key(job: Job) -> str | None:
    """Return the key of the job's package, also from the nested package of list answers."""
    if job.package_id is not None:
        return str(job.package_id)
    return str(job.package.id) if job.package else None


def cluster_key(job: Job) -> str | None:
    """Return the key of the job's cluster, also from the nested cluster of list answers."""
    if job.cluster_id is not None:
        return str(job.cluster_id)
    return str(job.cluster.id) if job.cluster else None


def schedule_key(job: Job) -> str | None:
    """Return the key of the schedule that created the job; None when a person did."""
    creator = job.creator
    if creator is None or creator.type != "Schedule" or creator.id is None:
        return None
    return str(creator.id)


def package_name(job: Job, ctx: Context) -> str | None:
    """Return the name of the job's package: as the answer has it, else of the loaded package, else ``#7``."""
    if job.package and job.package.name:
        return job.package.name
    return parts.name_of(ctx, "packages", package_key(job))


def cluster_name(job: Job, ctx: Context) -> str | None:
    """Return the name of the job's cluster: as the answer has it, else of the loaded cluster, else ``#7``."""
    if job.cluster and job.cluster.name:
        return job.cluster.name
    return parts.name_of(ctx, "clusters", cluster_key(job))


def starter(job: Job, ctx: Context) -> str | None:
    """Return who started the job: the schedule's or the user's name."""
    creator = job.creator
    if creator is None:
        return None
    key = schedule_key(job)
    if key is not None and ctx.store.get("schedules", key) is not None:
        return parts.name_of(ctx, "schedules", key)
    return creator.display_name or (
        f"{creator.type or 'user'} #{creator.id}".lower() if creator.id is not None else None
    )


def began(job: Job) -> datetime | None:
    """Return when the job started to run, else when it was asked for."""
    return job.started_at or job.created_at


_NO_TIME = timedelta()


def runtime(job: Job, ctx: Context) -> timedelta | None:
    """Return how long the job ran, up to now while it runs; None when it never did."""
    if job.active:
        return max(ctx.now - job.started_at, timedelta()) if job.started_at else None
    told = parts.length(job.runtime_in_seconds)
    if told is not None and told > _NO_TIME:
        return told
    if job.started_at and job.ended_at:
        return max(job.ended_at - job.started_at, timedelta())
    return None


def progress(job: Job) -> int | None:
    """Return the progress in whole hundredths, rounded down; None where it says nothing (not begun, failed at once)."""
    if job.status == "completed":
        return 100
    done = job.progress
    if done is None or not done >= 0 or (done == 0 and job.status != "running"):
        return None
    return int(min(done, 1) * 100 + 1e-9)


def newest_first(jobs: Iterable[Job]) -> tuple[Job, ...]:
    """Return the jobs by creation, the newest first."""
    return tuple(sorted(jobs, key=lambda job: (job.created_at or _NEVER, job.id), reverse=True))


def by_package(ctx: Context) -> Mapping[str, Sequence[Job]]:
    """Return the loaded jobs by package, each newest first."""
    return _grouped("by package", package_key, ctx)


def of_package(key: str | int | None, ctx: Context) -> Sequence[Job]:
    """Return the loaded jobs of a package, newest first."""
    return by_package(ctx).get(str(key), ())


def of_cluster(key: str | int | None, ctx: Context) -> Sequence[Job]:
    """Return the loaded jobs of a cluster, newest first."""
    return _grouped("by cluster", cluster_key, ctx).get(str(key), ())


def of_schedule(key: str | int | None, ctx: Context) -> Sequence[Job]:
    """Return the loaded jobs that a schedule created, newest first."""
    return _grouped("by schedule", schedule_key, ctx).get(str(key), ())


def _grouped(name: str, key: Callable[[Job], str | None], ctx: Context) -> Mapping[str, Sequence[Job]]:
    def build(_: list[Job]) -> dict[str, list[Job]]:
        groups: dict[str, list[Job]] = {}
        for job in ctx.store.derive(JOBS, "newest first", newest_first):
            belongs = key(job)
            if belongs is None:
                continue
            group = groups.get(belongs)
            if group is None:
                groups[belongs] = [job]
            else:
                group.append(job)
        return groups

    return ctx.store.derive(JOBS, name, build)

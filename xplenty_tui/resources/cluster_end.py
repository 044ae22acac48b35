"""The end of a cluster: when it can be terminated, and what is said before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from xplenty_tui.api.clusters import Cluster
from xplenty_tui.api.jobs import Job
from xplenty_tui.api.schedules import Schedule
from xplenty_tui.core import words
from xplenty_tui.core.action import Line, Question
from xplenty_tui.core.declare import Context, Tone
from xplenty_tui.resources import history, parts, timing
from xplenty_tui.resources.cluster_forms import label
from xplenty_tui.resources.cluster_limits import GONE
from xplenty_tui.resources.questions import gaps, line, one_line, some

_NAMED = 3
"""Schedules that are named."""


def over(cluster: Cluster) -> str | None:
    """Return why nothing can be changed of a cluster any more; None while it can."""
    if cluster.status == "terminated":
        return "the cluster is terminated"
    return "the cluster is terminating already" if cluster.status in GONE else None


def untouchable(cluster: Cluster | None, _ctx: Context) -> str | None:
    """Return why a cluster cannot be changed."""
    if cluster is None:
        return None
    return over(cluster) or ("the cluster is in error: all it takes is its end" if cluster.status == "error" else None)


def unready(cluster: Cluster | None, _ctx: Context) -> str | None:
    """Return why a cluster cannot be terminated: the API refuses it while it comes up."""
    if cluster is None:
        return None
    coming = cluster.status in ("pending", "creating")
    return over(cluster) or (
        "the cluster is still coming up and can be terminated once it is there" if coming else None
    )


def active(cluster: Cluster, ctx: Context) -> list[Job]:
    """Return the loaded jobs that run on it or wait for it, those that run first."""
    jobs = [job for job in history.of_cluster(cluster.id, ctx) if job.active]
    return sorted(jobs, key=lambda job: job.status not in history.RUNNING)


def missing(cluster: Cluster, jobs: Sequence[Job]) -> int:
    """Return how many more jobs run on it by the service's count than are loaded."""
    running = sum(job.status in history.RUNNING for job in jobs)
    return max((cluster.running_jobs_count or 0) - running, 0)


def job_line(job: Job, ctx: Context) -> Line:
    """Return a job as a line: ``▶ 90440 invoices_export  31%, 4m00``."""
    done, length = history.progress(job), history.runtime(job, ctx)
    told = [f"{done}%"] if done is not None else []
    told += [words.duration(length)] if length is not None else []
    look = words.status(job.status, "jobs")
    return (
        (f"  {look.ascii if ctx.ascii else look.symbol} {job.id} ", look.tone),
        (words.shorten(history.package_name(job, ctx) or words.NONE, 32), Tone.PLAIN),
        (f"  {', '.join(told) or look.word}", Tone.DIM),
    )


def _doomed(jobs: Sequence[Job], more: int, ctx: Context) -> Iterator[Line]:
    if jobs:
        running = sum(job.status in history.RUNNING for job in jobs)
        waiting = len(jobs) - running
        shares = [f"{running} running"] * bool(running) + [f"{waiting} waiting"] * bool(waiting)
        noun = "job" if len(jobs) == 1 else "jobs"
        yield line(f"This ends {' and '.join(shares)} {noun} for good:", Tone.BAD)
        yield from some((job_line(job, ctx) for job in jobs), "job")
    if more:
        noun = words.count(more, "more job" if jobs else "job")
        yield line(f"{noun} {'runs' if more == 1 else 'run'} there, not loaded here.", Tone.BAD)


def _users(clusters: Sequence[Cluster], ctx: Context) -> Iterator[Line]:
    """Say which schedules may reuse the clusters, and when they run next."""
    if ctx.store.of("schedules").loaded_at is None:
        yield line("The schedules are not loaded: which of them reuse it is not known.", Tone.DIM)
        return
    makers = {str(item.creator.id) for item in clusters if item.creator and item.creator.type == "Schedule"}

    def reuses(schedule: Schedule) -> bool:
        own = str(schedule.id) in makers
        strategy = schedule.reuse_cluster_strategy
        return timing.next_run(schedule) is not None and (strategy == "any" or (strategy == "self" and own))

    found = [item for item in ctx.store.good("schedules") if reuses(item)]
    found.sort(key=lambda item: (str(item.id) not in makers, item.next_run_at))
    if found:
        named = [f"{one_line(item.name)} {timing.countdown(item.next_run_at, ctx)}" for item in found[:_NAMED]]
        more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
        yield line(f"Schedules that may reuse it ({', '.join(named)}{more}) take another or a new one.")


def _released(clusters: Sequence[Cluster]) -> Line:
    types = {item.type for item in clusters}
    nodes = sum(item.nodes or 0 for item in clusters)
    noun = f"{types.pop()} node".strip() if len(types) == 1 else "node"
    return line(f"{words.count(nodes, noun)} {'is' if nodes == 1 else 'are'} released. It cannot be undone.")


def _typed(clusters: Sequence[Cluster], jobs: Sequence[Job], more: int, ctx: Context) -> str | None:
    """Return what has to be typed: always where a job dies, may die, or where the profile is production."""
    unseen = ctx.store.of("jobs").loaded_at is None and any(item.running_jobs_count is None for item in clusters)
    if not (jobs or more or unseen or ctx.production):
        return None
    first = clusters[0]
    return (one_line(first.name) or str(first.id)) if len(clusters) == 1 else f"{len(clusters)} clusters"


def ask(clusters: Sequence[Cluster], _draft: Any, ctx: Context) -> Question:
    """Ask before clusters are terminated: which jobs die, what is released, who wanted to use them."""
    by_cluster = [(item, active(item, ctx)) for item in clusters]
    jobs = [job for _, found in by_cluster for job in found]
    more = sum(missing(item, found) for item, found in by_cluster)
    lines: list[Line] = []
    if len(clusters) > 1:
        lines += some((_cluster_line(item, len(found), ctx) for item, found in by_cluster), "cluster")
    lines += _doomed(jobs, more, ctx)
    if not (jobs or more) and ctx.store.of("jobs").loaded_at is not None:
        lines.append(line("No loaded job runs there or waits."))
    lines += gaps("jobs", ctx)
    lines += [_released(clusters), *_users(clusters, ctx)]
    title = f"cluster {label(clusters[0])}" if len(clusters) == 1 else f"{len(clusters)} clusters"
    return Question(f"Terminate {title}", tuple(lines), "Terminate", _typed(clusters, jobs, more, ctx))


def _cluster_line(cluster: Cluster, jobs: int, ctx: Context) -> Line:
    return (
        (f"  {parts.symbol(cluster.status, ctx)} ", words.status(cluster.status).tone),
        (label(cluster), Tone.STRONG),
        (f"  {words.count(cluster.nodes or 0, 'node')}, {words.count(jobs, 'job')}", Tone.DIM),
    )

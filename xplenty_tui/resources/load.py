"""How busy a cluster is, how long it has been up and idle, and what that costs. Pure."""

from __future__ import annotations

from datetime import timedelta

from xplenty_tui.api.clusters import Cluster
from xplenty_tui.core.declare import Context, Tone
from xplenty_tui.resources import history

READY = frozenset({"available", "idle", "scaling"})
"""Statuses in which a cluster is up, can run jobs and costs node hours."""


def up(cluster: Cluster, ctx: Context) -> timedelta | None:
    """Return how long the cluster has been, or was, available."""
    if cluster.available_since is None or (cluster.status == "terminated" and cluster.terminated_at is None):
        return None
    return max((cluster.terminated_at or ctx.now) - cluster.available_since, timedelta())


def running(cluster: Cluster, ctx: Context) -> int | None:
    """Return how many jobs run on the cluster: the service's count, else that of the loaded jobs."""
    if cluster.running_jobs_count is not None:
        return cluster.running_jobs_count
    return counts(cluster.id, ctx)[0]


def queued(cluster: Cluster, ctx: Context) -> int | None:
    """Return how many jobs wait for the cluster; list answers lack the count, so it is that of the loaded jobs."""
    if cluster.queued_jobs_count is not None:
        return cluster.queued_jobs_count
    return counts(cluster.id, ctx)[1]


def idle(cluster: Cluster, ctx: Context) -> timedelta | None:
    """Return how long the cluster has been up without work; None while it works or is not up."""
    if cluster.status not in READY or cluster.idle_since is None:
        return None
    if cluster.status != "idle" and running(cluster, ctx):
        return None
    return max(ctx.now - cluster.idle_since, timedelta())


def wasteful(cluster: Cluster, ctx: Context) -> bool:
    """Tell whether the cluster is idle and will not terminate by itself."""
    return cluster.terminate_on_idle is False and idle(cluster, ctx) is not None


def node_hours(cluster: Cluster, length: timedelta | None) -> float | None:
    """Return nodes × hours: an estimate, because earlier numbers of nodes are not told."""
    if length is None or not cluster.nodes:
        return None
    hours = cluster.nodes * length.total_seconds() / 3600
    return round(hours, 1 if hours < 100 else 0)


def idle_tone(cluster: Cluster, ctx: Context) -> Tone:
    """Return a warning for a cluster that idles for money."""
    return Tone.WARN if wasteful(cluster, ctx) else Tone.PLAIN


def counts(key: str | int, ctx: Context) -> tuple[int, int]:
    """Return how many loaded jobs run and wait on a cluster."""
    jobs = [job for job in history.of_cluster(key, ctx) if job.active]
    busy = sum(job.status in history.RUNNING for job in jobs)
    return busy, len(jobs) - busy

"""Rules about clusters: in error, slow to come or to go, idle for money. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from xplenty_tui.api.clusters import Cluster
from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Link
from xplenty_tui.resources import load, parts
from xplenty_tui.triage.limits import Limits
from xplenty_tui.triage.problem import Problem, Severity

_STARTS, _ENDS = frozenset({"pending", "creating"}), frozenset({"pending_terminate", "terminating"})


def _problem(
    cluster: Cluster,
    rule: str,
    sentence: str,
    since: datetime | None,
    *acts: str,
    severity: Severity = Severity.WARNING,
    incident: str = "",
) -> Problem:
    """Return a problem of a cluster."""
    nodes = words.count(cluster.nodes, "node") if cluster.nodes else None
    return Problem(
        rule=rule,
        severity=severity,
        subject=Link("clusters", str(cluster.id)),
        name=f"cluster {cluster.name or cluster.id}",
        sentence=sentence,
        since=since,
        detail=parts.joined(f"cluster {cluster.id}", nodes, cluster.type),
        acts=acts,
        incident=incident,
    )


def broken(cluster: Cluster) -> str:
    """Return what makes a cluster in error and the jobs that failed on it one incident."""
    return f"cluster {cluster.id} in error"


def in_error(ctx: Context, limits: Limits) -> Iterator[Problem]:
    """Yield clusters in error; jobs that were sent to them fail."""
    first = ctx.now - timedelta(hours=limits.failed_hours)
    for cluster in ctx.store.good("clusters"):
        since = cluster.updated_at or cluster.created_at
        if cluster.status == "error" and (since is None or since >= first):
            said = "is in error: its jobs fail"
            yield _problem(
                cluster,
                "cluster_error",
                said,
                since,
                "clusters.terminate",
                severity=Severity.ERROR,
                incident=broken(cluster),
            )


def starting(ctx: Context, limits: Limits) -> Iterator[Problem]:
    """Yield clusters that take too long to become available."""
    for cluster in ctx.store.good("clusters"):
        took = ctx.now - cluster.created_at if cluster.created_at and cluster.status in _STARTS else None
        if took is not None and took >= timedelta(minutes=limits.starting_minutes):
            said = f"has been {words.status(cluster.status).word} for {words.duration(took)}"
            yield _problem(cluster, "cluster_starting", said, cluster.created_at, "clusters.terminate", "watch")


def ending(ctx: Context, limits: Limits) -> Iterator[Problem]:
    """Yield clusters that take too long to terminate; they may still cost."""
    for cluster in ctx.store.good("clusters"):
        took = ctx.now - cluster.updated_at if cluster.updated_at and cluster.status in _ENDS else None
        if took is not None and took >= timedelta(minutes=limits.ending_minutes):
            said = f"has been terminating for {words.duration(took)} and may still cost"
            yield _problem(cluster, "cluster_ending", said, cluster.updated_at, "watch")


def idle(ctx: Context, limits: Limits) -> Iterator[Problem]:
    """Yield clusters that are idle and do not terminate by themselves, with the node hours that they burn."""
    for cluster in ctx.store.good("clusters"):
        free = load.idle(cluster, ctx) if load.wasteful(cluster, ctx) else None
        if free is None or free < timedelta(minutes=limits.idle_minutes):
            continue
        burnt = load.node_hours(cluster, free)
        hours = f": {words.number(burnt)} node hours so far, {cluster.nodes} more each hour" if burnt else ""
        said = f"idle and will not terminate{hours}"
        yield _problem(cluster, "cluster_idle", said, cluster.idle_since, "clusters.terminate", "clusters.auto")

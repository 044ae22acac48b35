"""Which clusters a job can be sent to, the best first, and what is said of them in a list to choose from."""

from __future__ import annotations

from xplenty_tui.api.clusters import Cluster
from xplenty_tui.api.jobs import Job
from xplenty_tui.core import words
from xplenty_tui.core.action import Choice
from xplenty_tui.core.declare import Context
from xplenty_tui.resources import history, load, parts
from xplenty_tui.resources.run_form import NEW

_READY = ("available", "idle")
_COMING = ("pending", "creating", "scaling")
_OVER = frozenset({"error", "pending_terminate", "terminating", "terminated"})


def usable(cluster: Cluster) -> bool:
    """Whether a job may be sent to it: it is up, coming up, or in a state that nobody knows."""
    return cluster.status not in _OVER


def clusters(ctx: Context) -> list[Cluster]:
    """Return the usable clusters: ready, coming up, then of unknown states; sandboxes last, the idlest first."""

    def place(cluster: Cluster) -> tuple[int, bool, int, int]:
        rank = 0 if cluster.status in _READY else 1 if cluster.status in _COMING else 2
        jobs = (load.running(cluster, ctx) or 0) + (load.queued(cluster, ctx) or 0)
        return rank, cluster.type == "sandbox", jobs, -cluster.id

    return sorted(filter(usable, ctx.store.good("clusters")), key=place)


def choices(ctx: Context) -> list[Choice]:
    """Return the clusters to choose from, and last the new one."""
    found = [_choice(cluster, ctx) for cluster in clusters(ctx)]
    return [*found, Choice(NEW, "new cluster", "", "is created first, as the lines below say")]


def _choice(cluster: Cluster, ctx: Context) -> Choice:
    running, queued = load.running(cluster, ctx) or 0, load.queued(cluster, ctx) or 0
    idle = load.idle(cluster, ctx)
    about = parts.joined(
        words.count(cluster.nodes, "node") if cluster.nodes else None,
        cluster.type if cluster.type == "sandbox" else None,
        words.count(running, "job") if running else "no jobs",
        f"{queued} waiting" if queued else None,
        f"idle {words.duration(idle)}" if idle else None,
    )
    return Choice(str(cluster.id), cluster.name or f"cluster {cluster.id}", words.status(cluster.status).word, about)


def best(ctx: Context) -> str:
    """Return the key of the cluster that comes first, if it is up; "" leaves the choice to the person."""
    found = clusters(ctx)
    return str(found[0].id) if found and found[0].status in (*_READY, *_COMING) else ""


def same_or_best(job: Job, ctx: Context) -> str:
    """Return the key of the job's cluster as long as it is usable, else of the best one.

    What the job tells of its cluster counts only while the clusters are not loaded: it may be old.
    """
    key = history.cluster_key(job)
    known = ctx.store.get("clusters", key) if ctx.store.of("clusters").loaded_at else job.cluster
    return key if key is not None and known is not None and usable(known) else best(ctx)

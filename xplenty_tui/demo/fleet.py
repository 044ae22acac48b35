"""The life of clusters: pending → creating → available ⇄ idle → terminated, or error."""

from __future__ import annotations

from xplenty_tui.demo.account import Account
from xplenty_tui.demo.history import ZONES
from xplenty_tui.demo.records import COMING_CLUSTERS, USABLE_CLUSTERS, Cluster, Creator, Schedule, User

IDLE_AFTER = 60
"""Seconds without a job after which an available cluster counts as idle, since it had none."""

ERROR_SHARE = 0.01
"""Of the clusters that are created."""


def create(
    account: Account,
    creator: Creator,
    *,
    name: str,
    nodes: int,
    description: str = "",
    type_: str = "production",
    terminate_on_idle: bool = False,
    time_to_idle: int = 3600,
) -> Cluster:
    """Order a cluster: it is pending and comes up in a few minutes."""
    cluster = Cluster(
        id=max(account.clusters, default=0) + 1,
        name=name,
        description=description,
        status="pending",
        nodes=nodes,
        type=type_,
        owner=creator if isinstance(creator, User) else creator.owner,
        creator=creator,
        created=account.now,
        updated=account.now,
        terminate_on_idle=terminate_on_idle,
        time_to_idle=time_to_idle,
        zone=account.chance.choice(ZONES),
    )
    account.clusters[cluster.id] = cluster
    account.soon(15, 40, "cluster.creating", cluster)
    return cluster


def create_for(account: Account, schedule: Schedule) -> Cluster:
    """Order a cluster for a schedule's task."""
    number = account.numbers[schedule.prefix] = account.numbers.get(schedule.prefix, 0) + 1
    return create(
        account,
        schedule,
        name=f"{schedule.prefix}-{number}",
        nodes=schedule.nodes,
        description=schedule.description,
        terminate_on_idle=schedule.terminate_on_idle,
        time_to_idle=schedule.time_to_idle,
    )


def _become(account: Account, cluster: Cluster, status: str) -> None:
    cluster.status = status
    cluster.updated = account.now


def creating(account: Account, cluster: Cluster, _stamp: int) -> None:
    """Ask for the machines."""
    if cluster.status == "pending":
        _become(account, cluster, "creating")
        account.soon(140, 240, "cluster.available", cluster)


def available(account: Account, cluster: Cluster, _stamp: int) -> None:
    """Bring the machines up, unless they are not to be had."""
    if cluster.status not in COMING_CLUSTERS:
        return
    unlucky = account.chance.random() < ERROR_SHARE
    if unlucky or cluster.broken:
        _become(account, cluster, "error")
        text = f"Cluster {account.link(cluster)} is in error and does not run jobs. Please terminate it."
        account.tell("Cluster error", text)
    else:
        _become(account, cluster, "available")
        cluster.available = account.now
        account.tell("Cluster available", f"Cluster {account.link(cluster)} is available.")
    account.at(account.now, "cluster.dispatch", cluster)


def rest(account: Account, cluster: Cluster, _stamp: int) -> None:
    """Note that a cluster has nothing to do."""
    if cluster.status == "available" and not (cluster.running or cluster.queue or cluster.flows):
        cluster.free = account.now
        account.at(account.now + IDLE_AFTER, "cluster.idle", cluster, account.now)


def idle(account: Account, cluster: Cluster, stamp: int) -> None:
    """Nothing has come since: it is idle, and ends itself later if it is told to."""
    if cluster.free == stamp and cluster.status == "available":
        _become(account, cluster, "idle")
        cluster.idle = stamp
        if cluster.terminate_on_idle:
            account.at(stamp + cluster.time_to_idle, "cluster.expire", cluster, stamp)


def wake(account: Account, cluster: Cluster) -> None:
    """Note that a job came to a cluster."""
    cluster.free = 0
    if cluster.status == "idle":
        _become(account, cluster, "available")
        cluster.idle = 0


def expire(account: Account, cluster: Cluster, stamp: int) -> None:
    """End a cluster that has been idle for as long as it may."""
    if cluster.status == "idle" and cluster.idle == stamp and cluster.terminate_on_idle:
        cluster.terminated_on_idle = True
        terminate(account, cluster)


def scale(account: Account, cluster: Cluster, nodes: int) -> None:
    """Give a cluster another size; it takes no new jobs until that is done."""
    cluster.nodes = nodes
    cluster.free = cluster.idle = 0
    _become(account, cluster, "scaling")
    account.soon(60, 120, "cluster.scaled", cluster)


def scaled(account: Account, cluster: Cluster, _stamp: int) -> None:
    """Note that the cluster has its new size."""
    if cluster.status == "scaling":
        _become(account, cluster, "available")
        account.at(account.now, "cluster.dispatch", cluster)


def can_terminate(cluster: Cluster) -> bool:
    """Whether it is up: one that is not yet there, or on its way out, cannot be terminated."""
    return cluster.status in USABLE_CLUSTERS or cluster.status in ("error", "scaling")


def terminate(account: Account, cluster: Cluster) -> None:
    """Begin the end; jobs on it are stopped."""
    _become(account, cluster, "pending_terminate")
    account.at(account.now, "cluster.evict", cluster)
    account.soon(4, 9, "cluster.terminating", cluster)


def terminating(account: Account, cluster: Cluster, _stamp: int) -> None:
    """Let the machines go."""
    _become(account, cluster, "terminating")
    account.soon(50, 80, "cluster.terminated", cluster)


def terminated(account: Account, cluster: Cluster, _stamp: int) -> None:
    """Note that the machines are gone."""
    _become(account, cluster, "terminated")
    cluster.terminated = account.now
    account.tell("Cluster terminated", f"Cluster {account.link(cluster)} was terminated.")

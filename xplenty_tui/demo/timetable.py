"""Schedules fire: on which cluster, what if the last run still runs, and when next."""

from __future__ import annotations

from xplenty_tui.demo import fleet, runs
from xplenty_tui.demo.account import Account
from xplenty_tui.demo.records import COMING_CLUSTERS, USABLE_CLUSTERS, Cluster, Job, Schedule
from xplenty_tui.demo.stamps import later


def fire(account: Account, schedule: Schedule, stamp: int) -> None:
    """Run a schedule whose time has come, and plan its next run."""
    if schedule.status != "enabled" or schedule.missed or schedule.next_run != stamp:
        return
    schedule.next_run = later(stamp, schedule.amount, schedule.unit)
    schedule.updated = account.now
    account.at(schedule.next_run, "schedule.fire", schedule, schedule.next_run)
    if schedule.overlap or not _busy(account, schedule):
        launch(account, schedule)


def launch(account: Account, schedule: Schedule) -> list[Job]:
    """Run a schedule's task once, now."""
    cluster = _cluster(account, schedule)
    schedule.runs += 1
    schedule.last_run = schedule.updated = account.now
    allowance = schedule.allowance if schedule.retry else None
    return [
        runs.request(account, package, cluster, schedule, variables, allowance=allowance)
        for package, variables in schedule.packages
    ]


def _busy(account: Account, schedule: Schedule) -> bool:
    return any(
        job.creator is schedule
        for cluster in account.clusters.values()
        if cluster.status != "terminated"
        for job in (*cluster.running, *cluster.queue, *cluster.flows)
    )


def _cluster(account: Account, schedule: Schedule) -> Cluster:
    """Find the cluster by the schedule's strategy: one of its own, any of the size it wants, or a new one."""
    if schedule.reuse != "none":
        for wanted in (USABLE_CLUSTERS, COMING_CLUSTERS):
            fitting = [
                cluster
                for cluster in account.clusters.values()
                if cluster.status in wanted
                and cluster.type == "production"
                and (cluster.creator is schedule or (schedule.reuse == "any" and cluster.nodes == schedule.nodes))
            ]
            if fitting:
                own = [cluster for cluster in fitting if cluster.name.startswith(schedule.prefix + "-")]
                return min(own or fitting, key=lambda cluster: len(cluster.running) + len(cluster.queue))
    return fleet.create_for(account, schedule)

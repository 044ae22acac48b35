"""A story in the demo world for each rule: what happens, and whether the rule tells of it then.

Each yields the name of a subject and whether the rule has to tell it now: quiet, then told, then quiet again.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace

from tests.triage.demo_night import Night
from xplenty_tui.api import clusters, jobs, limits, schedules
from xplenty_tui.api.drafts import ClusterChange, NewCluster, ScheduleDraft
from xplenty_tui.demo import failures
from xplenty_tui.demo.records import Job, Package
from xplenty_tui.demo.stamps import DAY
from xplenty_tui.demo.start import OTHER_ACCOUNT
from xplenty_tui.refresh.around import ACCOUNTS, TRIAL, failed_of

Moments = AsyncIterator[tuple[str, bool]]


async def up(night: Night, nodes: int = 2) -> int:
    """Make a cluster, wait until it is up, and return its id."""
    made = await clusters.create(night.client, NewCluster(nodes=nodes, name="by hand"))
    night.until(lambda: night.account.clusters[made.id].status == "available")
    return made.id


async def begun(night: Night, package: Package, cluster: int) -> Job:
    """Run a package."""
    made = await jobs.run(night.client, cluster_id=cluster, package_id=package.id)
    return night.account.jobs[made.id]


async def ended(night: Night, package: Package, cluster: int) -> Job:
    """Run a package until it is over."""
    job = await begun(night, package, cluster)
    night.until(lambda: bool(job.ended))
    return job


# Jobs.


async def job_failed(night: Night) -> Moments:
    package, cluster = night.package("ads_spend_load"), await up(night)
    await ended(night, package, cluster)
    yield package.name, False
    package.broken = failures.ACCESS_DENIED
    await ended(night, package, cluster)
    yield package.name, True
    package.broken = None
    await ended(night, package, cluster)
    yield package.name, False


async def job_failed_again(night: Night) -> Moments:
    package, cluster = night.package("ads_spend_load"), await up(night)
    await ended(night, package, cluster)
    package.broken = failures.ACCESS_DENIED
    await ended(night, package, cluster)
    yield package.name, False
    await ended(night, package, cluster)
    yield package.name, True
    package.broken = None
    await ended(night, package, cluster)
    yield package.name, False


async def retries_out(night: Night) -> Moments:
    schedule, package = night.schedule("daily_finance"), night.package("daily_finance")
    package.broken = failures.TIMED_OUT
    await schedules.run(night.client, schedule.id)
    for attempt in range(schedule.allowance):
        night.until(
            lambda wanted=attempt: (job := night.newest(package)).status == "running" and job.attempts == wanted
        )
        yield package.name, False
    night.until(lambda: night.newest(package).attempts == schedule.allowance)
    yield package.name, True
    night.until(lambda: bool(night.newest(package).ended))
    yield package.name, False


async def job_long(night: Night) -> Moments:
    package, cluster = night.package("hourly_inventory"), await up(night)
    usual, package.typical = package.typical, 4 * package.typical
    job = await begun(night, package, cluster)
    night.until(lambda: job.status == "running")
    package.typical = usual  # the runs of its schedule go on as ever
    night.pass_time(seconds=usual)
    yield package.name, False
    night.pass_time(seconds=usual)
    yield package.name, True
    night.until(lambda: bool(job.ended))
    yield package.name, False


async def job_waiting(night: Night) -> Moments:
    long, other, cluster = night.package("orders_backfill"), night.package("email_events"), await up(night)
    first = await begun(night, long, cluster)
    second = await begun(night, other, cluster)
    night.pass_time(minutes=14)
    assert second.status == "queued", "a cluster of two nodes runs one job at a time"
    yield other.name, False
    night.pass_time(minutes=2)
    yield other.name, True
    await jobs.stop(night.client, first.id)
    night.until(lambda: second.status == "running")
    yield other.name, False


async def job_stopping(night: Night) -> Moments:
    night.limits = replace(night.limits, stopping_minutes=3 / 60)  # the demo stops within ten seconds
    package, cluster = night.package("orders_backfill"), await up(night)
    job = await begun(night, package, cluster)
    night.until(lambda: job.status == "running")
    yield package.name, False
    await jobs.stop(night.client, job.id)
    night.until(lambda: job.status == "stopping", step_s=1)
    yield package.name, False
    night.pass_time(seconds=3)
    yield package.name, True
    night.until(lambda: job.status == "stopped")
    yield package.name, False


# Clusters.


async def cluster_error(night: Night) -> Moments:
    made = await clusters.create(night.client, NewCluster(nodes=2, name="by hand"))
    yield "cluster by hand", False
    cluster = night.account.clusters[made.id]
    cluster.broken = True
    night.until(lambda: cluster.status == "error")
    yield "cluster by hand", True
    await clusters.terminate(night.client, made.id)
    yield "cluster by hand", False


async def cluster_starting(night: Night) -> Moments:
    night.limits = replace(night.limits, starting_minutes=2)  # the demo needs about four
    made = await clusters.create(night.client, NewCluster(nodes=2, name="by hand"))
    yield "cluster by hand", False
    night.pass_time(minutes=2)
    yield "cluster by hand", True
    night.until(lambda: night.account.clusters[made.id].status == "available")
    yield "cluster by hand", False


async def cluster_ending(night: Night) -> Moments:
    night.limits = replace(night.limits, ending_minutes=0.5)  # the demo needs about one
    made = await up(night)
    await clusters.terminate(night.client, made)
    night.until(lambda: night.account.clusters[made].status == "terminating")
    yield "cluster by hand", False
    night.pass_time(seconds=35)
    yield "cluster by hand", True
    night.until(lambda: night.account.clusters[made].status == "terminated")
    yield "cluster by hand", False


async def cluster_idle(night: Night) -> Moments:
    made = await up(night)
    night.until(lambda: night.account.clusters[made].status == "idle")
    night.pass_time(minutes=25)
    yield "cluster by hand", False
    night.pass_time(minutes=10)
    yield "cluster by hand", True
    await clusters.update(night.client, made, ClusterChange(terminate_on_idle=True))
    yield "cluster by hand", False


# Schedules and packages.


async def schedule_overdue(night: Night) -> Moments:
    schedule = night.schedule("hourly_inventory")
    name = f"schedule {schedule.name}"
    schedule.missed = True
    night.pass_time(minutes=14)
    yield name, False
    night.pass_time(minutes=4)
    yield name, True
    await schedules.update(night.client, schedule.id, ScheduleDraft(status="disabled"))
    yield name, False


async def schedule_failed(night: Night) -> Moments:
    schedule, package = night.schedule("daily_finance"), night.package("daily_finance")
    name, other, night.first_page = f"schedule {schedule.name}", night.package("email_events"), True
    schedule.retry = False
    package.broken = failures.TIMED_OUT
    await schedules.run(night.client, schedule.id)
    night.until(lambda: schedule.last_status == "failed")
    yield name, False  # its job is told, once
    cluster = await up(night, 8)
    for _ in range(100):
        await jobs.run(night.client, cluster_id=cluster, package_id=other.id)
    yield name, True  # its job is not on the first page any more
    package.broken = None
    await schedules.run(night.client, schedule.id)
    night.until(lambda: schedule.last_status == "completed")
    yield name, False


async def schedule_disabled(night: Night) -> Moments:
    schedule = night.schedule("invoices_every_6h")
    name = f"schedule {schedule.name}"
    yield name, False
    night.pass_time(minutes=15)
    await schedules.update(night.client, schedule.id, ScheduleDraft(status="disabled"))
    yield name, True
    await schedules.update(night.client, schedule.id, ScheduleDraft(status="enabled"))
    yield name, False


async def schedule_overlap(night: Night) -> Moments:
    schedule = night.schedule("invoices_every_6h")
    name = f"schedule {schedule.name}"
    night.package("invoices_export")
    night.pass_time(hours=1)
    await schedules.run(night.client, schedule.id)
    yield name, False
    await schedules.run(night.client, schedule.id)
    yield name, True
    night.until(lambda: schedule.last_status == "completed" and not night.busy(schedule))
    yield name, False


async def package_missed(night: Night) -> Moments:
    package, schedule = night.package("daily_finance"), night.schedule("daily_finance")
    await schedules.update(night.client, schedule.id, ScheduleDraft(status="disabled"))
    night.pass_time(minutes=90)
    yield package.name, False  # it runs at 10:35, and there are thirty minutes of slack
    night.pass_time(minutes=10)
    yield package.name, True
    await begun(night, package, await up(night))
    yield package.name, False


# Beside the store.


async def trial_ends(night: Night) -> Moments:
    night.around = (TRIAL,)
    yield "the trial", False
    night.account.trial_end = night.account.now + 15 * DAY
    yield "the trial", False
    night.pass_time(days=1, minutes=1)
    yield "the trial", True
    night.pass_time(days=14)
    yield "the trial", True
    night.account.paid = True
    yield "the trial", False


async def credits_low(night: Night) -> Moments:
    night.api.credits.limit = 300
    yield "credits", False
    while night.api.credits.remaining(night.account.now) > 35:
        await jobs.list_(night.client, limit=1)
    yield "credits", True
    night.pass_time(hours=1, seconds=1)
    await limits.rate_limit_status(night.client)
    yield "credits", False


async def other_account(night: Night) -> Moments:
    night.around = (ACCOUNTS, failed_of(OTHER_ACCOUNT))
    there = night.api.world.accounts[OTHER_ACCOUNT]
    client, name = night.client.for_account(OTHER_ACCOUNT), f"account {OTHER_ACCOUNT}"
    package = night.package("staging_smoke", there)
    yield name, True  # it failed before the world began
    for broken in (None, failures.TIMED_OUT, None):
        package.broken = broken
        made = await jobs.run(client, cluster_id=max(there.clusters), package_id=package.id)
        night.until(lambda id_=made.id: bool(there.jobs[id_].ended))
        yield name, broken is not None


SCENARIOS: Mapping[str, Callable[[Night], Moments]] = {
    each.__name__: each
    for each in (
        job_failed, job_failed_again, retries_out, job_long, job_waiting, job_stopping,
        cluster_error, cluster_starting, cluster_ending, cluster_idle,
        schedule_overdue, schedule_failed, schedule_disabled, schedule_overlap, package_missed,
        trial_ends, credits_low, other_account,
    )
}  # fmt: skip
"""By rule."""

"""Sets the stage: an account from its cast, with everything that is going on when the world begins."""

from __future__ import annotations

from xplenty_tui.demo import history
from xplenty_tui.demo.account import Account
from xplenty_tui.demo.cast import Cast, ScheduleCast
from xplenty_tui.demo.chance import between
from xplenty_tui.demo.records import Cluster, Job, Notification, Package, Schedule, User
from xplenty_tui.demo.stamps import DAY, HOUR, later

LEAST = 80
"""With fewer jobs the story that is written down would be cut."""

SHOWN = 24
"""How many notifications of the past are kept."""


def build(cast: Cast, seed: int, begin: int, jobs: int) -> Account:
    """Make the account as it is at the beginning, with ``jobs`` × its share (at least ``LEAST`` ×) jobs behind it."""
    account = Account(cast, seed, begin)
    for person in cast.people:
        joined = begin - between(200, 900, person.id) * DAY
        account.users[person.id] = User(person.id, person.name, person.email, person.role, joined)
    _packages(account)
    for plan in sorted(cast.schedules, key=lambda plan: plan.id):
        account.schedules[plan.id] = _schedule(account, plan)
    history.write(account, max(int(LEAST * cast.share), round(jobs * cast.share)))
    for cluster in account.clusters.values():
        _stand(account, cluster)
    for job in account.jobs.values():
        if job.ended:
            if isinstance(job.creator, Schedule) and job.parent is None:
                job.creator.last_status = job.status
        else:
            _resume(account, job)
    for plan in cast.schedules:
        _arm(account, plan)
    _tidings(account)
    return account


def _packages(account: Account) -> None:
    by_name: dict[str, Package] = {}
    begin = account.begin
    for cast in sorted(account.cast.packages, key=lambda cast: bool(cast.steps)):
        made = begin - (cast.updated_days + between(30, 300, cast.id)) * DAY
        by_name[cast.name] = Package(
            id=cast.id,
            name=cast.name,
            description=cast.description,
            status="archived" if cast.archived else "active",
            typical=cast.typical,
            targets=cast.targets,
            variables=cast.variables,
            failures=cast.failures,
            risk=cast.risk,
            owner=account.users[cast.owner],
            created=made,
            updated=begin - cast.updated_days * DAY - between(0, DAY, cast.id),
            steps=tuple(by_name[step] for step in cast.steps),
            broken=cast.broken,
            flow_type="workflow" if cast.steps else "dataflow",
        )
    account.packages.update((package.id, package) for package in sorted(by_name.values(), key=lambda p: p.id))


def _schedule(account: Account, cast: ScheduleCast) -> Schedule:
    by_name = {package.name: package for package in account.packages.values()}
    made = account.begin - between(30, 90, cast.id) * DAY
    return Schedule(
        id=cast.id,
        name=cast.name,
        description=cast.description,
        status=cast.status,
        amount=cast.amount,
        unit=cast.unit,
        start=made - made % HOUR,
        packages=tuple((by_name[name], cast.variables) for name in cast.packages),
        nodes=cast.nodes,
        reuse=cast.reuse,
        overlap=cast.overlap,
        retry=cast.retry is not None,
        allowance=3 if cast.retry is None else cast.retry,
        terminate_on_idle=cast.terminate_on_idle,
        time_to_idle=cast.time_to_idle,
        owner=account.users[cast.owner],
        created=made,
        updated=made,
        next_run=made - made % HOUR,
        missed=cast.missed,
        prefix=cast.line,
    )


def _stand(account: Account, cluster: Cluster) -> None:
    """Bring a cluster that still stands into the state that its line gives it."""
    if cluster.status == "terminated":
        return
    line = next(line for line in account.cast.lines if cluster.name.startswith(line.name + "-"))
    cluster.idle = 0
    cluster.updated = cluster.available or cluster.created
    if cluster.status == "idle":
        cluster.idle = cluster.free = cluster.updated = account.begin - account.begin % 60 - line.idle * 60
        if cluster.terminate_on_idle:
            account.at(cluster.idle + cluster.time_to_idle, "cluster.expire", cluster, cluster.idle)
    elif cluster.status == "creating":
        account.at(account.begin + 75, "cluster.available", cluster)
    elif cluster.status == "error":
        cluster.updated = cluster.created + 390


def _resume(account: Account, job: Job) -> None:
    """Put a job that has not ended where it is, and let it go on."""
    cluster = job.cluster
    if job.status in ("queued", "pending"):
        cluster.queue.append(job)
        job.updated = job.created + 5
        if job.status == "queued":
            account.at(account.begin + 5, "cluster.dispatch", cluster)
    elif job.package.steps:
        cluster.flows.append(job)
        last = job.children[-1] if job.children else None
        if last is None or last.ended:
            account.at(account.begin + 3, "flow.next", job)
    else:
        cluster.running.append(job)
        job.failure = job.failure or job.package.broken
        account.at(job.started + (12 * HOUR if job.hangs else job.planned), "job.finish", job)


def _arm(account: Account, cast: ScheduleCast) -> None:
    schedule = account.schedules[cast.id]
    if schedule.last_run:
        schedule.next_run = later(schedule.last_run, schedule.amount, schedule.unit)
    if schedule.status == "enabled" and not schedule.missed:
        account.at(schedule.next_run, "schedule.fire", schedule, schedule.next_run)


def _tidings(account: Account) -> None:
    """Tell the last failures and clusters of the past as notifications."""
    told: list[tuple[int, str, str]] = []
    for job in list(account.jobs.values())[-400:]:
        if job.status == "failed" and job.parent is None:
            told.append((job.ended, "Job failed", f"Job {account.link(job)} failed."))
    for cluster in list(account.clusters.values())[-12:]:
        if cluster.available:
            told.append((cluster.available, "Cluster available", f"Cluster {account.link(cluster)} is available."))
        if cluster.status == "terminated":
            told.append((cluster.terminated, "Cluster terminated", f"Cluster {account.link(cluster)} was terminated."))
        if cluster.status == "error":
            text = f"Cluster {account.link(cluster)} is in error and does not run jobs. Please terminate it."
            told.append((cluster.updated, "Cluster error", text))
    told.sort()
    first = account.cast.last_notification - len(told) + 1
    for id_, (at, title, message) in list(enumerate(told, first))[-SHOWN:]:
        read = 0 if at > account.begin - 10 * HOUR else at + between(600, 4 * HOUR, id_)
        account.notifications.append(Notification(id_, title, message, at, read))

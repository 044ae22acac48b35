"""The life of jobs: idle → pending → queued → running → completed, failed or stopped; retries and workflows."""

from __future__ import annotations

from collections.abc import Mapping

from xplenty_tui.demo import failures, fleet
from xplenty_tui.demo.account import Account
from xplenty_tui.demo.plot import RETRY_AFTER
from xplenty_tui.demo.records import ACTIVE_JOBS, USABLE_CLUSTERS, Cluster, Creator, Job, Package, Schedule


def request(
    account: Account,
    package: Package,
    cluster: Cluster,
    creator: Creator,
    variables: Mapping[str, str],
    *,
    attempts: int = 0,
    allowance: int | None = None,
) -> Job:
    """Ask for a run: the job is idle for a second, then waits for its cluster."""
    job = Job(
        id=max(next(reversed(account.jobs), 0), account.cast.last_job) + 1,
        package=package,
        cluster=cluster,
        creator=creator,
        status="idle",
        created=account.now,
        started=0,
        ended=0,
        updated=account.now,
        planned=package.typical,
        attempts=attempts,
        allowance=allowance,
        variables=variables,
        children=[] if package.steps else None,
    )
    account.jobs[job.id] = job
    account.at(account.now + 1, "job.accept", job)
    return job


def _become(account: Account, job: Job, status: str) -> None:
    job.status = status
    job.updated = account.now


def accept(account: Account, job: Job, _stamp: int) -> None:
    """Look at a new job."""
    if job.status == "idle":
        _become(account, job, "pending")
        account.soon(2, 4, "job.place", job)


def place(account: Account, job: Job, _stamp: int) -> None:
    """Bring the job to its cluster: it runs, is queued, waits for the cluster, or fails because there is none."""
    cluster = job.cluster
    if job.status != "pending":
        return
    if cluster.status in USABLE_CLUSTERS:
        fleet.wake(account, cluster)
        _become(account, job, "queued")
        cluster.queue.append(job)
        dispatch(account, cluster, 0)
    elif cluster.status in ("pending", "creating", "scaling"):
        cluster.queue.append(job)
    else:
        job.failure = failures.DEAD_CLUSTER
        _end(account, job, "failed", 0.0)


def dispatch(account: Account, cluster: Cluster, _stamp: int) -> None:
    """Start what waits on a cluster, as far as there is room."""
    if cluster.status == "error":
        for job in cluster.queue:
            job.failure = failures.DEAD_CLUSTER
            _end(account, job, "failed", 0.0)
        cluster.queue.clear()
    if cluster.status not in USABLE_CLUSTERS:
        return
    waiting, cluster.queue = cluster.queue, []
    for job in waiting:
        if job.package.steps:
            cluster.flows.append(job)
            _start(account, job)
        elif len(cluster.running) < cluster.slots:
            cluster.running.append(job)
            _start(account, job)
        else:
            if job.status != "queued":
                _become(account, job, "queued")
            cluster.queue.append(job)
    fleet.rest(account, cluster, 0)


def _start(account: Account, job: Job) -> None:
    fleet.wake(account, job.cluster)
    _become(account, job, "running")
    job.started = account.now
    package, chance = job.package, account.chance
    if package.steps:
        account.at(account.now + 4, "flow.next", job)
        return
    job.planned = int(package.typical * (0.85 + 0.3 * chance.random()))
    unlucky = chance.random() < package.risk * (0.5 if job.attempts else 1.0)
    job.failure = package.broken or (chance.choice(package.failures) if unlucky and package.failures else None)
    if job.failure is not None:
        job.progress = round(0.1 + 0.7 * chance.random(), 2)
        job.planned = max(5, int(job.planned * job.progress))
    account.at(account.now + job.planned, "job.finish", job)


def finish(account: Account, job: Job, _stamp: int) -> None:
    """Bring a running job to its end."""
    if job.status != "running":
        return
    if job.hangs:
        job.failure = failures.OVERRUN
    if job.failure is None:
        _end(account, job, "completed", 1.0)
    else:
        _end(account, job, "failed", job.progress)


def _end(account: Account, job: Job, status: str, progress: float) -> None:
    _become(account, job, status)
    job.ended = account.now
    job.progress = progress
    job.planned = job.ended - job.started if job.started else 0
    cluster = job.cluster
    for place_ in (cluster.running, cluster.flows):
        if job in place_:
            place_.remove(job)
    account.at(account.now, "cluster.dispatch", cluster)
    if job.parent is not None:
        account.at(account.now + 6, "flow.next", job.parent)
        return
    if isinstance(job.creator, Schedule):
        job.creator.last_status = status
    if status == "failed":
        account.tell("Job failed", f"Job {account.link(job)} failed.")
        if job.allowance and job.attempts < job.allowance:
            account.at(account.now + RETRY_AFTER, "job.retry", job)


def retry(account: Account, job: Job, _stamp: int) -> None:
    """Try a failed run of a schedule again, on the same cluster if it still stands."""
    cluster = job.cluster
    if cluster.status not in USABLE_CLUSTERS and isinstance(job.creator, Schedule):
        cluster = fleet.create_for(account, job.creator)
    request(
        account,
        job.package,
        cluster,
        job.creator,
        job.variables,
        attempts=job.attempts + 1,
        allowance=job.allowance,
    )


def next_step(account: Account, flow: Job, _stamp: int) -> None:
    """Go on in a workflow: the next step, or its end."""
    children = flow.children
    if flow.status != "running" or children is None or (children and not children[-1].ended):
        return
    if children and children[-1].status != "completed":
        flow.failure = failures.STEP_FAILED
        _end(account, flow, "failed", round((len(children) - 1) / len(flow.package.steps), 2))
    elif len(children) == len(flow.package.steps):
        _end(account, flow, "completed", 1.0)
    else:
        package = flow.package.steps[len(children)]
        child = request(account, package, flow.cluster, flow.creator, {})
        child.parent = flow
        child.component = f"run_{package.name}"
        children.append(child)


def stop(account: Account, job: Job) -> None:
    """Ask a job to stop; its steps stop with it."""
    _become(account, job, "pending_stoppage")
    if job in job.cluster.queue:
        job.cluster.queue.remove(job)
    account.soon(2, 4, "job.stopping", job)
    for child in job.children or ():
        if child.status in ACTIVE_JOBS and child.status not in ("pending_stoppage", "stopping"):
            stop(account, child)


def stopping(account: Account, job: Job, _stamp: int) -> None:
    """Kill the job's tasks."""
    if job.status == "pending_stoppage":
        _become(account, job, "stopping")
        account.soon(4, 9, "job.stopped", job)


def stopped(account: Account, job: Job, _stamp: int) -> None:
    """Note that the job is over, unfinished."""
    if job.status == "stopping":
        job.failure = None
        _end(account, job, "stopped", progress_of(job, account.now))


def evict(account: Account, cluster: Cluster, _stamp: int) -> None:
    """Stop every job of a cluster that goes."""
    for job in [*cluster.flows, *cluster.running, *cluster.queue]:
        if job.status in ("queued", "pending", "running"):
            stop(account, job)


def progress_of(job: Job, now: int) -> float:
    """How far a job is; it grows without touching ``updated_at``."""
    if job.ended:
        return job.progress
    if not job.started:
        return 0.0
    if job.children is not None:
        done = sum(progress_of(child, now) if not child.ended else 1.0 for child in job.children)
        return min(0.99, done / len(job.package.steps))
    whole = max(1, int(job.planned / job.progress)) if job.failure is not None else max(1, job.planned)
    share = (now - job.started) / whole
    return min(share, job.progress if job.hangs else 0.99)

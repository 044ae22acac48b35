"""Makes jobs and clusters of the plot: what has ended is history, what has not is alive when the world begins."""

from __future__ import annotations

from collections.abc import Iterable

from xplenty_tui.demo.account import Account
from xplenty_tui.demo.cast import Line
from xplenty_tui.demo.chance import between, pick
from xplenty_tui.demo.plot import Plot, Row
from xplenty_tui.demo.records import COMING_CLUSTERS, Cluster, Job, Schedule
from xplenty_tui.demo.stamps import day

ZONES = ("us-east-1a", "us-east-1b", "us-east-1c")


class Berths:
    """Finds the cluster that a run of the past was on, and makes it on its first run."""

    def __init__(self, account: Account, base: int, rows: Iterable[Row]) -> None:
        self.account = account
        self.base = base
        self.newest = {row.line.name: row.origin or row.created for row in rows if row.line.life == 0}
        """The last run on each line that has a cluster for every run."""
        self.made: dict[tuple[str, int], Cluster] = {}

    def of(self, line: Line, created: int) -> Cluster:
        """Give the cluster of that line at that time."""
        if line.life == 0:
            key = self.newest[line.name] // 60 - created // 60
        else:
            key = max(0, -((created - self.base + line.edge * 60) // (line.life * 60)))
        cluster = self.made.get((line.name, key))
        if cluster is None:
            stands = line.living and key == 0
            since = self.base - line.edge * 60 if stands and line.life else created + 1
            cluster = self.made[line.name, key] = self._make(line, since, stands=stands)
        return cluster

    def _make(self, line: Line, created: int, *, stands: bool) -> Cluster:
        status = line.status if stands else "terminated"
        creator = self.account.by(line.creator)
        return Cluster(
            id=0,
            name=line.name,
            description=line.description,
            status=status,
            nodes=line.nodes,
            type=line.type,
            owner=creator.owner if isinstance(creator, Schedule) else creator,
            creator=creator,
            created=created,
            updated=created,
            terminate_on_idle=line.terminate_on_idle,
            time_to_idle=line.time_to_idle,
            zone=pick(ZONES, self.account.seed, created),
            available=0 if status in ("creating", "error") else created + between(150, 240, self.account.seed, created),
        )

    def settle(self) -> None:
        """Name and number the clusters by age, and end those whose time is over."""
        lines = {line.name: line for line in self.account.cast.lines}
        for line in lines.values():
            if line.living and (line.name, 0) not in self.made:
                self.newest.setdefault(line.name, self.base)
                self.of(line, self.newest[line.name] if line.life == 0 else self.base)
        clusters = sorted(self.made.values(), key=lambda cluster: cluster.created)
        first = self.account.cast.last_cluster - len(clusters) + 1
        by_line: dict[str, list[Cluster]] = {name: [] for name in lines}
        for id_, cluster in enumerate(clusters, first):
            cluster.id = id_
            by_line[cluster.name].append(cluster)
            self.account.clusters[id_] = cluster
        for line in lines.values():
            self._number(line, by_line[line.name])

    def _number(self, line: Line, clusters: list[Cluster]) -> None:
        self.account.numbers[line.name] = line.number
        for number, cluster in enumerate(clusters, line.number - len(clusters) + 1):
            cluster.name = f"{line.name}-{number}" if number > 0 else f"{line.name}-{day(cluster.created)}"
            if cluster.status == "terminated":
                end = max(cluster.idle, cluster.available) + cluster.time_to_idle + 70
                cluster.terminated = cluster.updated = min(end, self.account.begin - 60)
                cluster.terminated_on_idle = cluster.terminate_on_idle


def write(account: Account, jobs: int) -> None:
    """Fill an account with a past of that many jobs."""
    plot = Plot(account, jobs)
    rows = plot.rows()
    berths = Berths(account, plot.base, rows)
    flows: dict[int, Job] = {}
    made = account.jobs
    for id_, row in enumerate(rows, account.cast.last_job - len(rows) + 1):
        job = made[id_] = _job(id_, row, berths.of(row.line, row.origin or row.created), account.begin)
        if row.flow:
            if row.step:
                _join(job, flows.get(row.flow))
            else:
                flows[row.flow] = job
                job.children = []
    berths.settle()


def _join(job: Job, parent: Job | None) -> None:
    job.component = f"run_{job.package.name}"
    job.parent = parent
    if parent is not None and parent.children is not None:
        parent.children.append(job)


def _job(id_: int, row: Row, cluster: Cluster, begin: int) -> Job:
    """Make the job of a run, in the state it has when the world begins."""
    created, runtime, script = row.created, row.runtime, row.script
    fate = script.fate if script else ""
    started = max(created + 4, cluster.available + 3)
    ended = started + runtime
    progress = 1.0
    status: str
    if fate in ("queued", "pending"):
        status, started, ended = fate, 0, 0
    elif fate == "dead":
        status, started, ended, runtime, progress = "failed", 0, created + 9, 0, 0.0
    elif fate == "hang" or ended > begin:
        status, ended = "running", 0
        if started > begin:
            status, started = "pending" if cluster.status in COMING_CLUSTERS else "queued", 0
    elif row.failure is not None:
        status, progress = "failed", round(min(0.95, runtime / row.package.typical), 2)
    else:
        status = "stopped" if fate == "stopped" else "completed"
    if script is not None and script.progress is not None:
        progress = script.progress
    cluster.idle = max(cluster.idle, ended)
    return Job(
        id_, row.package, cluster, row.creator, status, created, started, ended, ended or started or created, runtime,
        row.failure, row.attempts, row.allowance, progress, fate == "hang", row.variables,
        script.wrote if script is not None else 1.0,
    )  # fmt: skip

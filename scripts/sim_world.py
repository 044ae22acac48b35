"""The account that is simulated: the demo world on virtual time, with what a scenario needs to happen in it.

The world itself is the demo's, untouched; work is added through its own events, and every change of a job's status is
noted where the world makes it, so that what a session shows can be held against what was true.
"""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from random import Random
from typing import Any

from xplenty_tui.demo import failures, fleet, life, runs
from xplenty_tui.demo.account import Account
from xplenty_tui.demo.records import ACTIVE_JOBS, Cluster, Job, Package
from xplenty_tui.demo.start import ACCOUNT, KEY, SEED, start

BEGIN = datetime(2026, 3, 2, 2, 30, tzinfo=UTC)
"""A night, as in the demo."""
ENDS = frozenset({"completed", "failed", "stopped"})
RUN = "sim.run"
"""Starts a run of a package, and when that ended the next one if the package is to be kept running."""
STORM = "sim.storm"

Heard = Callable[[Job, int, str], None]
"""(job, second since 1970, status)."""


class SimWorld:
    """A demo world that begins at ``BEGIN`` and goes as fast as ``monotonic`` (seconds)."""

    def __init__(self, monotonic: Callable[[], float], *, jobs: int = 400) -> None:
        self.api, self.clock = start(SEED, jobs, 1.0, monotonic, BEGIN)
        self.monotonic = monotonic
        self.begin = self.api.world.begin
        self.account: Account = self.api.world.accounts[ACCOUNT]
        self.running = {job.id: job for job in self.account.jobs.values() if job.status == "running"}
        """What truly runs."""
        self.heard: list[Heard] = []
        self.asked: Counter[str] = Counter()
        """Credits by what was asked for."""
        self._kept: set[int] = set()
        """Packages of which a new run starts as soon as one ended."""
        key = base64.b64encode(f"{KEY}:".encode()).decode()
        self._headers = {"Authorization": f"Basic {key}"}

    @property
    def now(self) -> int:
        """The world's second, whether or not anybody asked in it."""
        return self.begin + int(self.monotonic())

    def virtual(self, stamp: int) -> float:
        """Return a time of the world in seconds of the virtual clock."""
        return float(stamp - self.begin)

    def remaining(self) -> int:
        """Return the credits that are left now."""
        return self.api.credits.remaining(self.now)

    def ask(self, path: str, query: Mapping[str, str]) -> int:
        """Send one request as a script would; returns the status."""
        return self.api.handle("GET", f"/{ACCOUNT}/api{path}", query, self._headers, b"").status

    def others(self, spent: Callable[[float], float]) -> None:
        """Let others have spent ``spent(virtual seconds)`` credits within the hour before."""
        begin = self.begin
        self.api.credits.others = lambda now: int(spent(float(now - begin)))  # type: ignore[method-assign]

    # What happens.

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Note every change of a job's status for as long as this lasts, and know the events of the simulation."""
        before = runs._become

        def become(account: Account, job: Job, status: str) -> None:
            before(account, job, status)
            if account is self.account:
                self._became(job, status)

        runs._become = become
        life.EVENTS[RUN] = _run
        life.EVENTS[STORM] = storm
        try:
            yield
        finally:
            runs._become = before
            del life.EVENTS[RUN], life.EVENTS[STORM]

    def _became(self, job: Job, status: str) -> None:
        if status == "running":
            self.running[job.id] = job
        else:
            self.running.pop(job.id, None)
        if status in ENDS and job.package.id in self._kept:
            self.account.at(self.account.now, RUN, (job.package, job.cluster))
        for tell in self.heard:
            tell(job, self.account.now, status)

    def _cluster(self, nodes: int) -> Cluster:
        cluster = fleet.create(self.account, self.account.me, name="simulated", nodes=nodes)
        cluster.status, cluster.available = "available", self.account.now
        return cluster

    def _package(self, typical: int, **more: Any) -> Package:
        packages = self.account.packages
        model = next(package for package in packages.values() if not package.steps and package.status == "active")
        new = replace(model, id=max(packages) + 1, name=f"simulated_{typical}", typical=typical, **more)
        packages[new.id] = new
        return new

    def keep_running(self, count: int, ended_an_hour: int) -> None:
        """Keep ``count`` jobs running, of which ``ended_an_hour`` end in an hour, one in ten of them in failure."""
        length = count * 3600 // ended_an_hour
        package = self._package(length, broken=None, risk=0.1, failures=(failures.TIMED_OUT,))
        cluster = self._cluster(2 * count + 2)
        self._kept.add(package.id)
        for number in range(count):
            job = runs.request(self.account, package, cluster, self.account.me, {})
            job.status, job.planned = "running", length
            job.started = job.updated = self.account.now - number * length // count - 7
            job.created = job.started - 5
            cluster.running.append(job)
            self.running[job.id] = job
            self.account.at(job.started + length, "job.finish", job)

    def fail(self, an_hour: int, hours: int) -> None:
        """Let jobs fail through ``hours``: every other one at once, the rest after some minutes of running."""
        cluster, chance = self._cluster(12), Random("failures")  # noqa: S311
        soon = self._package(10, broken=failures.ACCESS_DENIED)
        late = self._package(900, broken=failures.OUT_OF_MEMORY)
        every = 3600 / an_hour
        for number in range(an_hour * hours):
            at = self.begin + int(every * (number + 0.2 + 0.6 * chance.random()))
            self.account.at(at, RUN, ((soon, late)[number % 2], cluster))

    def storm(self, at_s: float, count: int) -> None:
        """Let ``count`` jobs change in one second."""
        self.account.at(self.begin + int(at_s), STORM, count)


def _run(account: Account, subject: tuple[Package, Cluster], _stamp: int) -> None:
    package, cluster = subject
    runs.request(account, package, cluster, account.me, {})


def storm(account: Account, count: int, _stamp: int) -> None:
    """Change the newest jobs that have ended: they were stopped after all."""
    ended = [job for job in reversed(account.jobs.values()) if job.status not in ACTIVE_JOBS]
    for job in ended[:count]:
        runs._become(account, job, "failed" if job.status == "stopped" else "stopped")

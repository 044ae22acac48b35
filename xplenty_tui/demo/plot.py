"""The plot of the past: which runs there were, before anything is made of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random
from typing import NamedTuple

from xplenty_tui.demo import failures
from xplenty_tui.demo.account import Account
from xplenty_tui.demo.cast import EMPTY, Line, ScheduleCast, Script
from xplenty_tui.demo.records import Creator, Failure, Package, Schedule
from xplenty_tui.demo.stamps import DAY, UNITS

QUIET = 26 * 3600
"""Seconds before the beginning in which only what is written down goes wrong."""

CASUAL = 0.5
"""Runs a day that people start by hand."""

RETRY_AFTER = 45
"""Seconds from a failed try to the next."""


class Row(NamedTuple):
    """One run of the past."""

    created: int
    package: Package
    creator: Creator
    line: Line
    runtime: int
    failure: Failure | None
    script: Script | None
    variables: Mapping[str, str]
    attempts: int = 0
    allowance: int | None = None
    flow: int = 0
    """Number of the workflow run that it is, or is a step of; 0: neither."""
    step: bool = False
    origin: int = 0
    """When the first try was made; 0: this is the first."""


class Plot:
    """Makes up the runs of an account, from its cast and from chance."""

    def __init__(self, account: Account, jobs: int) -> None:
        self.account = account
        self.cast = account.cast
        self.base = account.begin - account.begin % 60
        """The story is told in whole minutes."""
        self.chance = Random(f"{account.seed}/{account.slug}/past")
        self.named = {package.name: package for package in account.packages.values()}
        self.lines = {line.name: line for line in self.cast.lines}
        self.flows = 0
        self.span = self._span(jobs)
        self.jobs = jobs

    def rows(self) -> list[Row]:
        """Give the runs, oldest first."""
        rows: list[Row] = []
        for plan in self.cast.schedules:
            rows.extend(self._runs(plan, self.account.schedules[plan.id]))
        rows.extend(self._extras())
        rows.extend(self._casual())
        rows.sort(key=lambda row: row.created)
        while rows and rows[-1].created > self.account.begin:
            rows.pop()
        return rows[-self.jobs :]

    def _span(self, jobs: int) -> int:
        """How many seconds to go back for that many jobs."""
        daily = CASUAL
        for plan in self.cast.schedules:
            if plan.last is not None:
                each = sum(1 + len(self.named[name].steps) for name in plan.packages)
                part = 1.0 if plan.age_days is None else plan.age_days / 14
                daily += each * part * DAY / (plan.amount * UNITS[plan.unit])
        return int((jobs / daily * 1.06 + 2) * DAY)

    def _runs(self, plan: ScheduleCast, schedule: Schedule) -> Iterator[Row]:
        if plan.last is None:
            return
        every = plan.amount * UNITS[plan.unit]
        last = self.base - plan.last * 60
        part = 1.0 if plan.age_days is None else plan.age_days / 14
        count = max(1, int(self.span * part) // every)
        schedule.last_run, schedule.runs = last, count
        schedule.start = last - (count - 1) * every
        schedule.created = schedule.start - 3 * 3600
        schedule.updated = last
        line = self.lines[plan.line]
        allowance = plan.retry
        for k in range(count):
            script = plan.scripts.get(k)
            for package, variables in schedule.packages:
                created = last - k * every + self.chance.randrange(2)
                if package.steps:
                    yield from self._flow(created, package, schedule, line, script)
                else:
                    row = self._row(
                        created, package, schedule, line, script=script, variables=variables, allowance=allowance
                    )
                    yield row
                    if row.failure and allowance:
                        yield from self._retries(row, allowance)

    def _row(
        self,
        created: int,
        package: Package,
        creator: Creator,
        line: Line,
        *,
        script: Script | None = None,
        variables: Mapping[str, str] = EMPTY,
        allowance: int | None = None,
    ) -> Row:
        chance = self.chance.random
        failure = None
        if script is not None:
            runtime = package.typical if script.runtime is None else script.runtime
            failure = script.failure
            variables = {**variables, **script.given}
        else:
            runtime = int(package.typical * (0.85 + 0.3 * chance()))
            if package.failures and self.base - created > QUIET and chance() < package.risk:
                failure = self.chance.choice(package.failures)
                runtime = int(runtime * (0.1 + 0.7 * chance()))
        return Row(created, package, creator, line, runtime, failure, script, variables, 0, allowance)

    def _retries(self, first: Row, allowance: int) -> Iterator[Row]:
        created = first.created + 5 + first.runtime + RETRY_AFTER
        for attempt in range(1, allowance + 1):
            good = self.chance.random() < 0.6 if first.script is None else not first.script.lost
            runtime = int(first.package.typical * (0.9 + 0.2 * self.chance.random())) if good else first.runtime
            yield first._replace(
                created=created,
                runtime=runtime,
                failure=None if good else first.failure,
                attempts=attempt,
                script=None,
                origin=first.created,
            )
            if good:
                return
            created += 5 + runtime + RETRY_AFTER

    def _flow(
        self, created: int, package: Package, schedule: Schedule, line: Line, script: Script | None
    ) -> Iterator[Row]:
        self.flows += 1
        flow = self.flows
        offset = 5
        failure = None
        steps: list[Row] = []
        doomed = self.chance.randrange(len(package.steps)) if script and script.failure else -1
        for index, step in enumerate(package.steps):
            fate = Script("fail", script.failure) if script and index == doomed else (script and Script("ok"))
            row = self._row(created + offset, step, schedule, line, script=fate)
            steps.append(row._replace(flow=flow, step=True))
            offset += row.runtime + 6
            if row.failure:
                failure = failures.STEP_FAILED
                break
        yield Row(created, package, schedule, line, offset, failure, None, EMPTY, flow=flow)
        yield from steps

    def _extras(self) -> Iterator[Row]:
        for extra in self.cast.extras:
            creator = self.account.users[extra.person]
            package = self.named[extra.package]
            created = self.base - extra.ago * 60
            line = self.lines[extra.line]
            yield self._row(created, package, creator, line, script=extra.script, variables=extra.variables)

    def _casual(self) -> Iterator[Row]:
        people = [user for user in self.account.users.values() if user.role != "viewer"]
        for _ in range(int((self.span / DAY - 1.5) * CASUAL)):
            created = self.base - QUIET - 3600 - self.chance.randrange(self.span)
            package = self.named[self.chance.choice(self.cast.casual)]
            person = self.chance.choice(people)
            yield self._row(created, package, person, self.lines["sandbox"])

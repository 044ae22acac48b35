"""Schedules made and changed by calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from xplenty_tui.demo import reference
from xplenty_tui.demo.account import Account
from xplenty_tui.demo.params import Params
from xplenty_tui.demo.records import Package, Schedule
from xplenty_tui.demo.replies import invalid
from xplenty_tui.demo.stamps import UNITS, later, parse

LEAST_NODES = 2


def create(account: Account, params: Params) -> Schedule:
    """Make a schedule."""
    schedule = Schedule(
        id=max(account.schedules, default=0) + 1,
        name="Untitled",
        description="",
        status="disabled",
        amount=1,
        unit="hours",
        start=account.now,
        packages=(),
        nodes=LEAST_NODES,
        reuse="any",
        overlap=True,
        retry=False,
        allowance=3,
        terminate_on_idle=False,
        time_to_idle=3600,
        owner=account.me,
        created=account.now,
        updated=account.now,
        next_run=0,
        prefix="scheduled",
    )
    change(account, params, schedule)
    account.schedules[schedule.id] = schedule
    return schedule


def clone(account: Account, original: Schedule) -> Schedule:
    """Copy a schedule: enabled, and as if it had never run."""
    copy = replace(
        original,
        id=max(account.schedules) + 1,
        name=f"Copy of {original.name}",
        status="enabled",
        created=account.now,
        updated=account.now,
        last_run=0,
        last_status=None,
        runs=0,
        missed=False,
    )
    account.schedules[copy.id] = copy
    _plan(account, copy)
    return copy


def change(account: Account, params: Params, schedule: Schedule) -> None:
    """Take over what a call says of a schedule, all of it or (422) nothing."""
    new = replace(schedule)
    new.amount = params.whole("interval_amount", new.amount, 1, 1000)
    new.unit = params.choice("interval_unit", tuple(UNITS), new.unit)
    new.status = params.choice("status", ("enabled", "disabled"), new.status)
    new.reuse = params.choice("reuse_cluster_strategy", ("none", "self", "any"), new.reuse)
    new.overlap = params.flag("overlap", new.overlap)
    new.retry = params.flag("auto_retry", new.retry)
    new.allowance = params.whole("auto_retry_attempts", new.allowance, 1, 5)
    new.start = _start(params, new)
    new.name = params.text("name") or new.name
    new.description = params.text("description") or new.description
    _task(account, params.raw("task"), new)
    if not new.packages:
        raise invalid("task must have at least one package.")
    for name in ("amount", "unit", "status", "reuse", "overlap", "retry", "allowance", "start", "name", "description"):
        setattr(schedule, name, getattr(new, name))
    for name in ("packages", "nodes", "terminate_on_idle", "time_to_idle"):
        setattr(schedule, name, getattr(new, name))
    schedule.updated = account.now
    _plan(account, schedule)


def _start(params: Params, schedule: Schedule) -> int:
    text = params.text("start_at")
    if text is None:
        return schedule.start
    try:
        start = parse(text)
    except ValueError:
        raise invalid("start_at is not a valid date-time.") from None
    if schedule.runs and start != schedule.start:
        raise invalid("start_at can't be changed once the schedule has run.")
    return start


def _task(account: Account, task: Any, schedule: Schedule) -> None:
    if task is None:
        return
    if not isinstance(task, dict):
        raise invalid("task is not an object.")
    values = Params({}, task)
    schedule.nodes = values.whole("nodes", schedule.nodes, LEAST_NODES, reference.MOST_NODES)
    schedule.terminate_on_idle = values.flag("terminate_on_idle", schedule.terminate_on_idle)
    schedule.time_to_idle = values.whole("time_to_idle", schedule.time_to_idle, 1)
    packages = task.get("packages")
    if isinstance(packages, list):
        schedule.packages = tuple(_package(account, each) for each in packages)


def _package(account: Account, given: Any) -> tuple[Package, Mapping[str, str]]:
    values = Params({}, given if isinstance(given, dict) else {})
    package = account.packages.get(values.whole("package_id", 0, 0))
    if package is None:
        raise invalid("package_id is not a package.")
    variables = values.raw("variables") or {}
    if not isinstance(variables, dict):
        raise invalid("variables is not an object.")
    return package, {str(name): str(value) for name, value in variables.items()}


def _plan(account: Account, schedule: Schedule) -> None:
    """Find the next time to run, and run then if enabled."""
    at = schedule.start
    if schedule.unit != "months" and at <= account.now:
        every = schedule.amount * UNITS[schedule.unit]
        at += ((account.now - at) // every + 1) * every
    while at <= account.now:
        at = later(at, schedule.amount, schedule.unit)
    schedule.missed = False
    schedule.next_run = at
    if schedule.status == "enabled":
        account.at(at, "schedule.fire", schedule, at)

"""The rules over the demo world, asked as the program asks it: each speaks when something happens, and stops."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic import SecretStr

from xplenty_tui.api import clusters, jobs, schedules
from xplenty_tui.api.client import Client
from xplenty_tui.api.credits import Meter
from xplenty_tui.api.drafts import NewCluster, ScheduleDraft
from xplenty_tui.core.declare import Context
from xplenty_tui.core.store import Store
from xplenty_tui.demo.start import ACCOUNT, KEY, start
from xplenty_tui.demo.transport import DemoTransport
from xplenty_tui.resources import BY_NAME
from xplenty_tui.triage.limits import LIMITS, Limits
from xplenty_tui.triage.look import problems
from xplenty_tui.triage.problem import Problem

BEGIN = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
KINDS = ("jobs", "clusters", "schedules", "packages")
AT_ONCE = replace(LIMITS, waiting_minutes=0, stopping_minutes=0, starting_minutes=0, ending_minutes=0)
"""What takes long takes long from its first second on: the demo is quick."""


@dataclass
class Night:
    """The demo world, its time, and what a person knows of it."""

    client: Client
    now_s: list[float]
    store: Store = field(default_factory=Store)

    @property
    def now(self) -> datetime:
        return BEGIN + timedelta(seconds=self.now_s[0])

    def pass_time(self, **length: float) -> None:
        self.now_s[0] += timedelta(**length).total_seconds()

    async def look(self, limits: Limits = LIMITS) -> list[Problem]:
        """Ask for everything, and return what the rules make of it."""
        for kind in KINDS:
            resource, offset = BY_NAME[kind], 0
            found: dict[str, Any] = {}
            while offset is not None:
                page = await resource.load(self.client, offset)
                found |= {resource.key(item): item for item in page.items}
                offset = page.next_offset
            self.store.put(kind, found.items(), self.now, merge=resource.merge, whole=True)
        return list(problems(Context(self.now, self.store, UTC, ACCOUNT), limits))

    async def rules(self, limits: Limits = LIMITS) -> set[str]:
        return {one.rule for one in await self.look(limits) if not one.recovered}


@pytest.fixture
async def night() -> AsyncIterator[Night]:
    now_s = [0.0]
    api, clock = start(7, 400, 1.0, lambda: now_s[0], BEGIN, limit=100_000)
    meter = Meter(clock, lambda: now_s[0])
    client = Client("https://demo.invalid", ACCOUNT, SecretStr(KEY), meter=meter, transport=DemoTransport(api))
    yield Night(client, now_s)
    await client.aclose()


async def test_what_is_wrong_when_the_world_begins(night: Night) -> None:
    found = await night.look()
    assert {one.rule for one in found if not one.recovered} == {
        "job_failed", "job_failed_again", "job_long", "cluster_error", "cluster_idle", "schedule_overdue",
    }  # fmt: skip
    assert {one.name for one in found if one.recovered} == {"dim_customers", "hourly_inventory"}
    told = {one.name: one.sentence for one in found}
    assert told["clickstream_sessions"].startswith("runs 2.6 times longer than usual")
    assert told["orders_to_redshift"].startswith(("failed 3 times in a row: Access Denied", "failed: Access Denied"))


async def test_a_long_run_ends_and_is_told_no_more(night: Night) -> None:
    long = [one.subject.key for one in await night.look() if one.rule == "job_long"]
    assert len(long) == 1
    while night.store.get("jobs", long[0]).active:
        night.pass_time(minutes=10)
        found = await night.look()
    assert long[0] not in {one.subject.key for one in found if one.rule == "job_long"}


async def test_old_failures_are_no_news_and_the_night_goes_on(night: Night) -> None:
    before = {one.key for one in await night.look()}
    night.pass_time(hours=30)
    after = await night.look()
    assert not {one.key for one in after if one.rule == "job_failed"} & before
    assert "schedule_overdue" in {one.rule for one in after}, "a schedule that is stuck stays stuck"


async def test_a_schedule_is_disabled_and_enabled_again(night: Night) -> None:
    assert "schedule_disabled" not in await night.rules()
    able = [one for one in night.store.good("schedules") if one.status == "enabled"]
    one = next(one for one in able if one.last_run_status == "completed")
    night.pass_time(minutes=5)
    await schedules.update(night.client, one.id, ScheduleDraft(status="disabled"))
    assert str(one.id) in {each.subject.key for each in await night.look() if each.rule == "schedule_disabled"}
    await schedules.update(night.client, one.id, ScheduleDraft(status="enabled"))
    assert str(one.id) not in {each.subject.key for each in await night.look() if each.rule == "schedule_disabled"}


async def test_a_cluster_comes_and_goes(night: Night) -> None:
    made = await clusters.create(night.client, NewCluster(nodes=2, name="by hand"))

    async def told(rule: str) -> bool:
        return str(made.id) in {one.subject.key for one in await night.look(AT_ONCE) if one.rule == rule}

    assert await told("cluster_starting")
    assert "cluster_starting" not in await night.rules(), "not before it has taken long"
    while night.store.get("clusters", str(made.id)).status in ("pending", "creating"):
        night.pass_time(minutes=1)
        await night.look()
    assert not await told("cluster_starting")
    await clusters.terminate(night.client, made.id)
    assert await told("cluster_ending")
    while night.store.get("clusters", str(made.id)).status != "terminated":
        night.pass_time(minutes=1)
        await night.look()
    assert not await told("cluster_ending")


async def test_a_job_waits_and_another_is_stopped(night: Night) -> None:
    assert "job_waiting" in await night.rules(AT_ONCE), "some are queued when the world begins"
    running = next(job for job in night.store.good("jobs") if job.status == "running")
    await jobs.stop(night.client, running.id)
    told = {one.subject.key for one in await night.look(AT_ONCE) if one.rule == "job_stopping"}
    assert told == {str(running.id)}
    while night.store.get("jobs", str(running.id)).status != "stopped":
        night.pass_time(seconds=20)
        await night.look()
    assert "job_stopping" not in await night.rules(AT_ONCE)


async def test_a_schedule_that_runs_on_top_of_itself(night: Night) -> None:
    assert "schedule_overlap" not in await night.rules()
    one = next(each for each in night.store.good("schedules") if each.name == "crm_sync")
    for _ in range(2):
        await schedules.run(night.client, one.id)
    found = [each for each in await night.look() if each.rule == "schedule_overlap"]
    assert [each.subject.key for each in found] == [str(one.id)]
    assert "on top of each other" in found[0].sentence
    night.pass_time(hours=3)
    assert str(one.id) not in {each.subject.key for each in await night.look() if each.rule == "schedule_overlap"}

"""What the rules make of the demo world as it begins, and a day later; ``scenarios.py`` has a story for each rule."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.triage.demo_night import Night, demo_night
from xplenty_tui.api import jobs, schedules
from xplenty_tui.demo import failures
from xplenty_tui.refresh.fetch import pairs
from xplenty_tui.resources import BY_NAME
from xplenty_tui.triage.incidents import grouped


@pytest.fixture
async def night() -> AsyncIterator[Night]:
    async with demo_night(400) as one:
        yield one


async def test_what_is_wrong_when_the_world_begins(night: Night) -> None:
    found = await night.look()
    assert {one.rule for one in found if not one.recovered} == {
        "job_failed", "job_failed_again", "job_long", "cluster_error", "cluster_idle", "schedule_overdue",
    }  # fmt: skip
    assert {one.name for one in found if one.recovered} == {"dim_customers", "hourly_inventory"}
    told = {one.name: one.sentence for one in found}
    assert told["clickstream_sessions"].startswith("runs 2.6 times longer than usual")
    assert told["orders_to_redshift"].startswith(("failed 3 times in a row: Access Denied", "failed: Access Denied"))


async def test_old_failures_are_no_news_and_the_night_goes_on(night: Night) -> None:
    before = {one.key for one in await night.look()}
    night.pass_time(hours=30)
    after = await night.look()
    assert not {one.key for one in after if one.rule == "job_failed"} & before
    assert "schedule_overdue" in {one.rule for one in after}, "a schedule that is stuck stays stuck"


async def test_a_workflow_and_its_failed_step_are_one_incident_once_its_steps_were_asked_for(night: Night) -> None:
    flow, step = night.package("marketing_workflow"), night.package("email_events")
    night.until(lambda: bool(night.newest(flow).ended))
    step.broken = failures.MISSING_PATH
    await schedules.run(night.client, night.schedule("marketing_daily").id)
    night.until(lambda: night.newest(flow).status == "failed")
    parent, child = (f"job_failed:jobs:{night.newest(package).id}" for package in (flow, step))

    async def together() -> tuple[str, ...]:
        [one] = [one for one in grouped(await night.look()) if parent in {each.key for each in one.problems}]
        return tuple(each.key for each in one.problems)

    assert await together() == (parent,), "a list does not tell a job's parent"
    page = await jobs.children(night.client, night.newest(flow).id)
    night.store.learn("jobs", pairs(BY_NAME["jobs"], page), merge=BY_NAME["jobs"].merge)
    assert await together() == (parent, child), "and the lists that come after do not forget it"
    [told] = [one for one in await night.look() if one.key == parent]
    assert told.sentence.startswith("failed: email_events: Input path does not exist: s3://acme-raw/")
    step.broken = None
    made = await jobs.run(night.client, cluster_id=night.newest(step).cluster.id, package_id=step.id)
    night.until(lambda: bool(night.account.jobs[made.id].ended))
    assert await together() == (parent,), "the step has recovered, the workflow has not"

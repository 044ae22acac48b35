"""What the rules make of the demo world as it begins, and a day later; ``scenarios.py`` has a story for each rule."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.triage.demo_night import Night, demo_night


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

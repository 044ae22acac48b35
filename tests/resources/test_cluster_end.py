"""Terminating clusters of the demo: what the question says, what is sent, and what reading back shows."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from tests.resources.acting import Stage, asked, by_name, staged, text
from tests.resources.samples import NOW, at, context, one
from xplenty_tui.api import clusters as api
from xplenty_tui.core.action import Verdict
from xplenty_tui.core.declare import Tone
from xplenty_tui.resources.cluster_actions import ACTIONS

TERMINATE = by_name(ACTIONS, "terminate")


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as made:
        await made.load("clusters", "jobs", "schedules")
        yield made


# terminate


async def test_terminate_lists_the_jobs_that_die_and_wants_the_name(stage: Stage) -> None:
    item = stage.named("clusters", "nightly-4")
    question = asked(TERMINATE, stage.ctx, item)
    said = text(question.lines)
    assert TERMINATE.danger and TERMINATE.bulk
    assert question.typed == "nightly-4" and question.verb == "Terminate"
    active = [job for job in stage.store.good("jobs") if job.active and job.cluster_id == item.id]
    assert active
    for job in active[:5]:
        assert f"{job.id} " in said
    running = sum(job.status == "running" for job in active)
    assert f"This ends {running} running" in said
    assert "%, " in said, "progress and runtime"
    assert "4 production nodes are released. It cannot be undone." in said
    assert "nightly_orders in " in said
    assert "Only 100 jobs are loaded" in said


async def test_terminate_is_followed_to_the_end(stage: Stage) -> None:
    item = stage.named("clusters", "nightly-4")
    answer = await TERMINATE.send(stage.client, item, None)
    assert stage.wire.sent == [("DELETE", f"/clusters/{item.id}", None)]
    assert TERMINATE.said(answer, item, stage.ctx) == "nightly-4 was told to terminate."
    assert TERMINATE.settled is not None and TERMINATE.outcome is not None
    assert not TERMINATE.settled(answer) and TERMINATE.disabled(answer, stage.ctx)
    stage.pass_(200)
    now = await api.get(stage.client, item.id)
    assert TERMINATE.settled(now) and TERMINATE.outcome(now) == "nightly-4 is terminated."


async def test_an_idle_cluster_needs_no_name_unless_the_profile_is_production(stage: Stage) -> None:
    item = stage.named("clusters", "adhoc-1")
    question = asked(TERMINATE, stage.ctx, item)
    assert question.typed is None and "No loaded job runs there or waits." in text(question.lines)
    stage.production = True
    assert asked(TERMINATE, stage.ctx, item).typed == "adhoc-1"
    assert asked(TERMINATE, stage.ctx, one("clusters", name="", running_jobs_count=0)).typed == "2214"


def test_jobs_that_are_not_loaded_are_not_passed_over() -> None:
    item = one("clusters")
    question = asked(TERMINATE, context(), item)
    assert question.typed == "nightly-4"
    assert "2 jobs run there, not loaded here." in text(question.lines)
    assert "The jobs are not loaded" in text(question.lines)
    assert "The schedules are not loaded" in text(question.lines)
    assert asked(TERMINATE, context(), one("clusters", running_jobs_count=None)).typed == "nightly-4"
    running = one("jobs", status="running", completed_at=None)
    said = text(asked(TERMINATE, context(jobs=[running]), item).lines)
    assert "This ends 1 running job for good:" in said and "1 more job runs there" in said
    assert "orders_to_redshift  42%, 45m57" in said


def test_an_old_list_of_jobs_says_so() -> None:
    ctx = context(jobs=[])
    ctx.store.of("jobs").loaded_at = NOW - timedelta(minutes=6)
    ctx.store.fail("jobs", OSError())
    said = text(asked(TERMINATE, ctx, one("clusters", running_jobs_count=0)).lines)
    assert "The list of jobs is 6m old, and asking again failed." in said


def test_only_schedules_that_run_by_themselves_and_may_reuse_it_are_named() -> None:
    own = one("schedules", reuse_cluster_strategy="self")
    other = one("schedules", id=4, name="other_self", reuse_cluster_strategy="self")
    off = one("schedules", id=5, name="off_any", reuse_cluster_strategy="any", status="disabled")
    shared = one("schedules", id=6, name="any_soon", reuse_cluster_strategy="any", next_run_at=at(-1))
    said = text(asked(TERMINATE, context(jobs=[], schedules=[own, other, off, shared]), one("clusters")).lines)
    assert "(nightly_orders in 1h05m, any_soon in 1m) take another or a new one." in said


async def test_several_are_asked_for_at_once(stage: Stage) -> None:
    items = [stage.named("clusters", name) for name in ("adhoc-1", "nightly-4", "backfill-2")]
    question = asked(TERMINATE, stage.ctx, *items)
    said = text(question.lines)
    assert question.title == "Terminate 3 clusters" and question.typed == "3 clusters"
    assert all(item.name in said for item in items)
    assert "16 production nodes are released" in said
    assert len(question.lines) <= 14


def test_the_question_fits_a_small_terminal() -> None:
    jobs = [one("jobs", id=number, status="running", package={"id": 7, "name": "x" * 90}) for number in range(40)]
    question = asked(TERMINATE, context(jobs=jobs, schedules=[one("schedules")]), one("clusters"))
    assert "and 35 more jobs" in text(question.lines)
    assert len(question.lines) <= 12
    assert any(tone is Tone.BAD for line in question.lines for _, tone in line)


@pytest.mark.parametrize(
    ("fault", "verdict"), [("before", Verdict.NOT_DONE), ("after", Verdict.DONE), ("500", Verdict.DONE)]
)
async def test_terminate_is_read_back(stage: Stage, fault: str, verdict: Verdict) -> None:
    found = await stage.failing(TERMINATE, stage.named("clusters", "nightly-4"), fault)
    assert found.verdict is verdict
    assert found.item.status == ("pending_terminate" if verdict is Verdict.DONE else "available")


async def test_one_that_is_gone_proves_nothing(stage: Stage) -> None:
    found = await TERMINATE.check(stage.client, stage.attempt(one("clusters", id=1)))
    assert found.verdict is Verdict.UNKNOWN and "not there any more" in found.check


REASONS = {
    "terminated": "the cluster is terminated",
    "terminating": "the cluster is terminating already",
    "pending_terminate": "the cluster is terminating already",
}


@pytest.mark.parametrize("status", ["pending", "creating", "available", "idle", "scaling", "error", *REASONS, "flying"])
def test_what_cannot_be_done_says_why(status: str) -> None:
    item, ctx = one("clusters", status=status), context()
    over = REASONS.get(status)
    error = "the cluster is in error: all it takes is its end" if status == "error" else None
    coming = "the cluster is still coming up and can be terminated once it is there"
    assert by_name(ACTIONS, "edit").disabled(item, ctx) == (over or error)
    assert by_name(ACTIONS, "auto").disabled(item, ctx) == (over or error)
    assert TERMINATE.disabled(item, ctx) == (over or (coming if status in ("pending", "creating") else None))
    assert by_name(ACTIONS, "watch").disabled(item, ctx) is None

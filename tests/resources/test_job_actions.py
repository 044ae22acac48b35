"""What can be done to jobs, done to the demo: run, run again, stop, watch; what is sent, said, asked, read back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.resources.acting import Stage, asked, by_name, staged, text
from tests.resources.samples import at, context, one
from xplenty_tui.api import jobs as api
from xplenty_tui.core.action import Action, Verdict
from xplenty_tui.core.declare import Tone
from xplenty_tui.resources.job_actions import ACTIONS

STOP, WATCH, UNWATCH = (by_name(ACTIONS, name) for name in ("stop", "watch", "unwatch"))
LOST = [("before", Verdict.NOT_DONE), ("after", Verdict.DONE), ("500", Verdict.DONE)]


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as made:
        await made.load("clusters", "jobs", "schedules", "packages")
        yield made


def of(stage: Stage, status: str, package: str = "") -> Any:
    """Return the newest job in that state."""
    found = [job for job in stage.store.good("jobs") if job.status == status and package in ("", job.package.name)]
    return max(found, key=lambda job: job.id)


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.name)
def test_every_action_is_named_and_helped(action: Action[Any]) -> None:
    assert action.help.endswith(".") and len(action.help) <= 110
    assert len(action.title.split()) <= 2
    assert not action.danger or action.ask is not None


def test_keys_and_weights_are_unique() -> None:
    assert sorted(key for action in ACTIONS for key in action.keys) == sorted(["r", "A", "x", "n", "W", "ctrl+w"])
    weights = [action.weight for action in ACTIONS if action.weight]
    assert len(set(weights)) == len(weights)


# stop


async def test_stop_is_sent_once_and_followed_until_the_job_is_stopped(stage: Stage) -> None:
    job = of(stage, "running")
    answer = await STOP.send(stage.client, job, None)
    assert stage.wire.sent == [("DELETE", f"/jobs/{job.id}", None)]
    assert STOP.said(answer, job, stage.ctx) == f"Job {job.id} {job.package.name} is asked to stop."
    assert STOP.settled is not None and STOP.outcome is not None
    assert answer.status == "pending_stoppage" and not STOP.settled(answer)
    stage.pass_(60)
    now = await api.get(stage.client, job.id)
    assert STOP.settled(now) and STOP.outcome(now) == f"Job {job.id} is stopped."


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("stopped", "Job 90412 is stopped."),
        ("completed", "Job 90412 completed before it could be stopped."),
        ("failed", "Job 90412 failed before it could be stopped: Access Denied on s3://acme-raw/orders/ (403)."),
    ],
)
def test_the_outcome_is_honest(status: str, said: str) -> None:
    assert STOP.outcome is not None
    assert STOP.outcome(one("jobs", status=status)) == said


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("completed", "the job has completed"),
        ("failed", "the job has failed"),
        ("stopped", "the job was stopped"),
        ("stopping", "the job is being stopped already"),
        ("pending_stoppage", "the job is being stopped already"),
        ("running", None),
        ("queued", None),
        ("idle", None),
        ("levitating", None),
    ],
)
def test_what_is_over_cannot_be_stopped(status: str, reason: str | None) -> None:
    assert STOP.disabled(one("jobs", status=status), context()) == reason


def test_the_question_says_what_is_lost_and_what_goes_on() -> None:
    job = one("jobs", status="running", attempts=1, started_at=at(4), completed_at=None)
    question = asked(STOP, context(schedules=[one("schedules")]), job)
    said = text(question.lines)
    assert question.title == "Stop job 90412 orders_to_redshift" and question.verb == "Stop"
    assert question.typed is None and STOP.danger and STOP.bulk
    assert "4m00 of work is lost" in said
    assert "▶ 90412 orders_to_redshift  42%, 4m00" in said
    assert "Automatic retry has 2 tries left" in said
    assert "Its schedule nightly_orders stays on: it runs next in 1h05m." in said
    assert "workflow" not in said


def test_the_question_about_a_workflow_names_its_children() -> None:
    flow = one("jobs", status="running", package={"id": 7, "name": "flow"}, creator=None, attempts=None)
    assert "workflow" not in text(asked(STOP, context(packages=[one("packages")]), flow).lines)
    unknown = ("If it is a workflow, the jobs that it has started stop with it.", Tone.DIM)
    assert unknown in [line[0] for line in asked(STOP, context(), flow).lines]
    flow = one("jobs", status="running", package={"id": 7}, creator=None, master_auto_retry_attempts=None)
    question = asked(STOP, context(packages=[one("packages", flow_type="workflow")]), flow)
    assert ("The jobs that a workflow has started stop with it.", Tone.WARN) in [line[0] for line in question.lines]


def test_several_are_asked_about_at_once() -> None:
    jobs = [one("jobs", id=number, status="queued", started_at=None, creator=None) for number in range(9)]
    question = asked(STOP, context(), *jobs)
    assert question.title == "Stop 9 jobs"
    assert "and 4 more jobs" in text(question.lines)
    assert "of work" not in text(question.lines), "none has begun"


@pytest.mark.parametrize(("fault", "verdict"), LOST)
async def test_stop_is_read_back(stage: Stage, fault: str, verdict: Verdict) -> None:
    found = await stage.failing(STOP, of(stage, "running"), fault)
    assert found.verdict is verdict
    assert found.item is not None


async def test_a_stop_of_what_is_gone_or_cannot_be_read_is_unknown(stage: Stage) -> None:
    gone = of(stage, "running").model_copy(update={"id": 1})
    found = await STOP.check(stage.client, stage.attempt(gone))
    assert found.verdict is Verdict.UNKNOWN and found.check == "It is not there any more. Look at the job."
    stage.wire.deaf = True
    found = await STOP.check(stage.client, stage.attempt(of(stage, "running")))
    assert found.verdict is Verdict.UNKNOWN and found.check.endswith("Look at the job.")


async def test_one_that_completed_meanwhile_was_not_stopped(stage: Stage) -> None:
    found = await STOP.check(stage.client, stage.attempt(of(stage, "completed")))
    assert found.verdict is Verdict.NOT_DONE and found.item.status == "completed"


# watch


async def test_watch_and_unwatch(stage: Stage) -> None:
    job = of(stage, "running")
    name = f"job {job.id} {job.package.name}"
    answer = await WATCH.send(stage.client, job, None)
    told = f"The service watches {name} for you: it tells you when it completes, fails or is stopped."
    assert WATCH.said(answer, job, stage.ctx) == told
    assert (await WATCH.check(stage.client, stage.attempt(job))).verdict is Verdict.DONE
    assert (await UNWATCH.check(stage.client, stage.attempt(job))).verdict is Verdict.NOT_DONE
    await UNWATCH.send(stage.client, job, None)
    assert (await UNWATCH.check(stage.client, stage.attempt(job))).verdict is Verdict.DONE
    path = f"/jobs/{job.id}/watchers"
    assert stage.wire.sent == [("POST", path, None), ("DELETE", path, None)]


def test_watching_what_is_over_makes_no_sense() -> None:
    assert WATCH.disabled(one("jobs", status="failed"), context()) == "the job has failed"
    assert WATCH.disabled(one("jobs", status="running"), context()) is None
    assert WATCH.bulk and not WATCH.danger and WATCH.ask is None

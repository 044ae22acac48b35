"""Running, enabling, cloning and deleting schedules of the demo, and what reading back shows of each."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.resources.acting import Stage, asked, by_name, staged, text
from tests.resources.samples import at, context, decode, one
from xplenty_tui.api import jobs
from xplenty_tui.api import schedules as api
from xplenty_tui.api.errors import NotFound
from xplenty_tui.core.action import Verdict
from xplenty_tui.core.declare import Link
from xplenty_tui.resources.schedule_actions import ACTIONS

RUN, TURN, CLONE, DELETE = (by_name(ACTIONS, name) for name in ("run", "turn", "clone", "delete"))


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as made:
        await made.load("schedules", "jobs", "packages")
        yield made


# run


async def test_run_goes_to_the_job_that_it_started(stage: Stage) -> None:
    item = stage.named("schedules", "nightly_exports")
    question = asked(RUN, stage.ctx, item)
    said = text(question.lines)
    assert question.title == "Run schedule nightly_exports" and question.typed is None
    assert "runs 2 packages once" in said and "segments_to_salesforce" in said
    assert "Every run gets a new cluster with 3 nodes." in said
    assert "The job that this starts is looked for then, and opened." in said
    attempt = stage.attempt(item)
    assert RUN.finds is not None
    assert await RUN.finds(stage.client, attempt, None) is None
    answer = await RUN.send(stage.client, item, None)
    assert stage.wire.sent == [("POST", f"/schedules/{item.id}/run", None)]
    assert "its job is looked for" in RUN.said(answer, item, stage.ctx)
    found = await RUN.finds(stage.client, attempt, answer)
    assert found is not None and found.kind == "jobs"
    job = await jobs.get(stage.client, found.key)
    assert job.creator is not None and str(job.creator.id) == str(item.id)
    assert {"jobs", "clusters"} <= set(RUN.touches)


async def test_the_question_says_what_runs_beside_it(stage: Stage) -> None:
    running = stage.named("schedules", "nightly_clickstream")
    said = text(asked(RUN, stage.ctx, running).lines)
    assert "Its last run is not over, and it may not run twice at a time." in said
    assert "clickstream_sessions" in said and "that it created itself" in said
    disabled = stage.named("schedules", "ads_spend_legacy")
    said = text(asked(RUN, stage.ctx, disabled).lines)
    assert "It is disabled, and stays so" in said and "By itself" not in said


def test_one_without_packages_cannot_run() -> None:
    assert RUN.disabled(one("schedules", task={"packages": []}), context()) == "the schedule has no packages to run"
    assert RUN.disabled(one("schedules"), context()) is None


@pytest.mark.parametrize(
    ("fault", "verdict"), [("before", Verdict.NOT_DONE), ("after", Verdict.DONE), ("500", Verdict.DONE)]
)
async def test_run_is_read_back(stage: Stage, fault: str, verdict: Verdict) -> None:
    assert (await stage.failing(RUN, stage.named("schedules", "invoices_every_6h"), fault)).verdict is verdict


async def test_an_item_that_is_old_does_not_make_a_run(stage: Stage) -> None:
    old = stage.named("schedules", "invoices_every_6h")
    await api.run(stage.client, old.id)
    stage.pass_(60)
    assert (await stage.failing(RUN, old, "before")).verdict is Verdict.NOT_DONE


async def test_a_run_just_before_proves_nothing(stage: Stage) -> None:
    item = stage.named("schedules", "invoices_every_6h")
    await api.run(stage.client, item.id)
    stage.pass_(3)
    assert (await stage.failing(RUN, item, "before")).verdict is Verdict.UNKNOWN


async def test_a_run_of_its_own_at_that_time_proves_nothing(stage: Stage) -> None:
    item = stage.named("schedules", "hourly_inventory")
    stage.pass_((item.next_run_at - stage.clock()).total_seconds() - 1)
    attempt = stage.attempt(item)
    stage.pass_(2)
    found = await RUN.check(stage.client, attempt)
    assert found.verdict is Verdict.UNKNOWN and "due by itself" in found.check


# enable, disable


async def test_disabling_asks_and_enabling_says_when_it_runs(stage: Stage) -> None:
    item = stage.named("schedules", "nightly_orders")
    question = asked(TURN, stage.ctx, item)
    assert question.verb == "Disable" and "does not happen, nor any after it" in text(question.lines)
    off = await TURN.send(stage.client, item, None)
    assert TURN.said(off, item, stage.ctx) == "nightly_orders is disabled: it does not run by itself any more."
    assert TURN.ask is not None and TURN.ask((off,), None, stage.ctx) is None
    on = await TURN.send(stage.client, off, None)
    assert "nightly_orders is enabled and runs next in " in TURN.said(on, off, stage.ctx)
    path = f"/schedules/{item.id}"
    assert stage.wire.sent == [("PUT", path, {"status": "disabled"}), ("PUT", path, {"status": "enabled"})]
    bare = decode("schedules", {"id": item.id})
    assert "enabled; when it runs next is not told" in TURN.said(bare, off, stage.ctx)


def test_what_is_neither_cannot_be_turned() -> None:
    assert TURN.disabled(one("schedules", status="sulking"), context()) is not None
    assert TURN.disabled(one("schedules"), context()) is None


@pytest.mark.parametrize(
    ("fault", "verdict"), [("before", Verdict.NOT_DONE), ("after", Verdict.DONE), ("500", Verdict.DONE)]
)
async def test_turning_is_read_back(stage: Stage, fault: str, verdict: Verdict) -> None:
    assert (await stage.failing(TURN, stage.named("schedules", "nightly_orders"), fault)).verdict is verdict


# clone


async def test_a_copy_that_comes_back_enabled_says_so(stage: Stage) -> None:
    item = stage.named("schedules", "nightly_orders")
    assert "The copy may be enabled" in text(asked(CLONE, stage.ctx, item).lines)
    answer = await CLONE.send(stage.client, item, None)
    assert stage.wire.sent == [("POST", f"/schedules/{item.id}/clone", None)]
    said = CLONE.said(answer, item, stage.ctx)
    assert "Copy of nightly_orders is enabled and runs next in " in said and said.endswith("; t disables it.")
    assert CLONE.lands(answer) == Link("schedules", str(answer.id))
    off = answer.model_copy(update={"status": "disabled"})
    assert CLONE.said(off, item, stage.ctx).endswith("Copy of nightly_orders is disabled; t enables it.")
    unknown = answer.model_copy(update={"status": ""})
    assert "look whether it is enabled" in CLONE.said(unknown, item, stage.ctx)


@pytest.mark.parametrize(
    ("fault", "verdict"), [("before", Verdict.NOT_DONE), ("after", Verdict.DONE), ("500", Verdict.DONE)]
)
async def test_clone_is_read_back(stage: Stage, fault: str, verdict: Verdict) -> None:
    item = stage.named("schedules", "nightly_orders")
    await api.clone(stage.client, item.id)
    stage.pass_(60)
    found = await stage.failing(CLONE, item, fault)
    assert found.verdict is verdict
    assert (found.item is not None) is (verdict is Verdict.DONE)


# delete


async def test_delete_wants_the_name_and_is_for_good(stage: Stage) -> None:
    item = stage.named("schedules", "nightly_clickstream")
    question = asked(DELETE, stage.ctx, item)
    said = text(question.lines)
    assert DELETE.danger and question.typed == "nightly_clickstream" and question.verb == "Delete"
    assert "It runs clickstream_sessions every day." in said
    assert f"It ran {item.execution_count} times" in said
    assert "gone for good" in said and "not documented" in said
    assert len(question.lines) <= 12
    assert await DELETE.send(stage.client, item, None) is None
    assert stage.wire.sent == [("DELETE", f"/schedules/{item.id}", None)]
    assert DELETE.said(None, item, stage.ctx) == "nightly_clickstream is deleted."
    with pytest.raises(NotFound):
        await api.get(stage.client, item.id)
    assert asked(DELETE, context(), one("schedules", name="", next_run_at=at(0))).typed == "3"


@pytest.mark.parametrize(
    ("fault", "verdict"), [("before", Verdict.NOT_DONE), ("after", Verdict.DONE), ("500", Verdict.DONE)]
)
async def test_delete_is_read_back(stage: Stage, fault: str, verdict: Verdict) -> None:
    assert (await stage.failing(DELETE, stage.named("schedules", "nightly_orders"), fault)).verdict is verdict

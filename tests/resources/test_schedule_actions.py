"""What can be done to schedules, done to the demo: what is sent, said, asked, and read back when the answer is lost."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.resources.acting import Stage, asked, by_name, staged, text, typed
from tests.resources.samples import context, decode, one
from xplenty_tui.api import schedules as api
from xplenty_tui.api.errors import Unprocessable
from xplenty_tui.api.refused import by_field
from xplenty_tui.core.action import Action, Verdict
from xplenty_tui.core.declare import Link
from xplenty_tui.core.fields import pairs_of, pairs_text
from xplenty_tui.resources.schedule_actions import ACTIONS

CREATE, EDIT, RUN, TURN, CLONE, DELETE, WATCH, UNWATCH = ACTIONS
SECRET = "hunter2"


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as made:
        await made.load("schedules", "jobs", "packages")
        yield made


def new(stage: Stage, **changes: str) -> Any:
    """Fill in the form of a new schedule that runs two packages."""
    packages = [stage.named("packages", name) for name in ("invoices_export", "ads_spend_load")]
    given = {
        "name": "twice",
        "interval_amount": "2",
        "interval_unit": "days",
        "task__nodes": "3",
        "task__packages__0__package_id": str(packages[0].id),
        "task__packages__0__variables": pairs_text({"Format": "'csv'", "sftp_password": f"'{SECRET}'"}),
        "task__packages__1__package_id": str(packages[1].id),
        "task__packages__1__variables": "",
    }
    return typed(CREATE, stage.ctx, **(given | changes))


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.name)
def test_every_action_is_named_and_helped(action: Action[Any]) -> None:
    assert action.help.endswith(".") and len(action.help) <= 110
    assert len(action.title.split()) <= 2 and action.title.islower()
    assert not action.danger or action.ask is not None


def test_keys_are_unique() -> None:
    assert sorted(key for action in ACTIONS for key in action.keys) == sorted([*"nertcDW", "ctrl+w"])
    assert by_name(ACTIONS, "delete") is DELETE


# create


async def test_create_sends_the_form(stage: Stage) -> None:
    draft = new(stage, start_at="2026-03-05 04:30")
    assert CREATE.ask is not None
    assert CREATE.ask((), draft, stage.ctx) is None, "a disabled one does nothing"
    answer = await CREATE.send(stage.client, None, draft)
    method, path, body = stage.wire.sent[0]
    assert (method, path, len(stage.wire.sent)) == ("POST", "/schedules", 1)
    assert (body["name"], body["status"], body["start_at"]) == ("twice", "disabled", "2026-03-05T04:30:00Z")
    assert body["task"]["nodes"] == 3 and body["task"]["terminate_on_idle"] is True
    assert body["task"]["packages"][0]["variables"] == {"Format": "'csv'", "sftp_password": f"'{SECRET}'"}
    assert list(body["task"]["packages"][1]) == ["package_id"]
    assert CREATE.said(answer, None, stage.ctx) == "twice is made, and is disabled."
    assert CREATE.lands(answer) == Link("schedules", str(answer.id))
    assert list(CREATE.names(draft)) == ["Format", "sftp_password"]


async def test_an_enabled_one_is_asked_for(stage: Stage) -> None:
    draft = new(stage, status="enabled")
    question = asked(CREATE, stage.ctx, draft=draft)
    assert question.title == "Create schedule twice, enabled"
    assert "Every 2 days: invoices_export, ads_spend_load" in text(question.lines)
    assert "runs by itself from then on" in text(question.lines)
    answer = await CREATE.send(stage.client, None, draft)
    assert "is enabled and runs next in " in CREATE.said(answer, None, stage.ctx)


def test_a_new_schedule_needs_a_package() -> None:
    assert "task.packages.0.package_id" in typed(CREATE, context())


async def test_the_preview_names_variables_and_never_their_values(stage: Stage) -> None:
    assert CREATE.fill is not None and CREATE.fill.preview is not None
    package = stage.named("packages", "invoices_export")
    values = {
        "task.nodes": "2",
        "task.packages.0.package_id": str(package.id),
        "task.packages.0.variables": pairs_text({"sftp_password": SECRET}),
        "reuse_cluster_strategy": "none",
    }
    said = text(CREATE.fill.preview(values, stage.ctx))
    assert "Every hour: invoices_export" in said and "sftp_password" in said and SECRET not in said
    assert "Every run gets a new cluster with 2 nodes." in said and "stays up until" in said
    assert CREATE.fill.preview({**values, "task.nodes": "x"}, stage.ctx) == ()


async def test_packages_are_chosen_from_what_is_loaded_without_archived_ones(stage: Stage) -> None:
    assert CREATE.fill is not None and CREATE.fill.kinds == ("packages",)
    found = CREATE.fill.choices(stage.ctx, None)["task.packages.*.package_id"]
    assert [choice.title for choice in found] == sorted(choice.title for choice in found)
    assert str(stage.named("packages", "invoices_export").id) in [choice.id for choice in found]
    archived = decode("packages", {"id": 9, "name": "old", "status": "archived"})
    assert CREATE.fill.choices(context(packages=[archived]), None)["task.packages.*.package_id"] == []


async def test_the_packages_own_variables_are_one_key_away(stage: Stage) -> None:
    assert CREATE.fill is not None
    preset = CREATE.fill.presets[0]
    package = stage.named("packages", "invoices_export")
    values = {
        "task.packages.0.package_id": str(package.id),
        "task.packages.0.variables": pairs_text({"Format": "'json'"}),
        "task.packages.1.package_id": "none",
    }
    found = await preset.values(stage.client, values, stage.ctx)
    assert found is not None and list(found) == ["task.packages.0.variables"]
    assert dict(pairs_of(found["task.packages.0.variables"])) == {**package.variables, "Format": "'json'"}
    assert await preset.values(stage.client, {}, stage.ctx) is None


@pytest.mark.parametrize(
    ("fault", "verdict"), [("before", Verdict.NOT_DONE), ("after", Verdict.DONE), ("500", Verdict.DONE)]
)
async def test_create_is_read_back(stage: Stage, fault: str, verdict: Verdict) -> None:
    found = await stage.failing(CREATE, None, fault, new(stage))
    assert found.verdict is verdict
    assert (found.item is not None and found.item.name == "twice") is (verdict is Verdict.DONE)


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.name)
async def test_nothing_is_known_where_reading_back_fails(stage: Stage, action: Action[Any]) -> None:
    item = None if action is CREATE else stage.named("schedules", "nightly_orders")
    draft = new(stage) if action is CREATE else typed(EDIT, stage.ctx, item, name="x") if action is EDIT else None
    attempt = stage.attempt(item, draft)
    stage.wire.deaf = True
    found = await action.check(stage.client, attempt)
    assert found.verdict is Verdict.UNKNOWN
    assert "Reading it back failed" in found.check and found.check.endswith(".")


# edit


async def test_edit_sends_only_what_is_different(stage: Stage) -> None:
    item = stage.named("schedules", "nightly_orders")
    draft = typed(EDIT, stage.ctx, item, interval_amount="2", overlap="no")
    question = asked(EDIT, stage.ctx, item, draft=draft)
    assert question.title == "Change schedule nightly_orders" and question.typed is None
    assert "interval amount  1 → 2" in text(question.lines) and "yes → no" in text(question.lines)
    answer = await EDIT.send(stage.client, item, draft)
    assert stage.wire.sent == [("PUT", f"/schedules/{item.id}", {"interval_amount": 2, "overlap": False})]
    assert EDIT.said(answer, item, stage.ctx).startswith("nightly_orders is changed, and is enabled and runs next in")


async def test_every_schedule_of_the_demo_stands_unchanged_in_its_form(stage: Stage) -> None:
    for item in stage.store.good("schedules"):
        draft = typed(EDIT, stage.ctx, item)
        assert not isinstance(draft, dict), (item.name, draft)
        assert await EDIT.send(stage.client, item, draft) is None
        assert EDIT.same(item, draft)
    assert stage.wire.sent == []
    assert "nothing was sent" in EDIT.said(None, item, stage.ctx)


async def test_a_task_is_sent_whole_and_asked_for_without_values(stage: Stage) -> None:
    item = stage.named("schedules", "nightly_orders")
    old = item.task.packages[0]
    variables = {"InputPath": f"'{SECRET}'", "Fresh": "'1'"}
    draft = typed(EDIT, stage.ctx, item, task__nodes="6", task__packages__0__variables=pairs_text(variables))
    said = text(asked(EDIT, stage.ctx, item, draft=draft).lines)
    assert "nodes  4 → 6" in said
    assert "Variables of orders_to_redshift: + Fresh, ≠ InputPath" in said
    assert SECRET not in said and old.variables["InputPath"] not in said
    await EDIT.send(stage.client, item, draft)
    assert stage.wire.sent[0][2] == {
        "task": {
            "nodes": 6,
            "terminate_on_idle": item.task.terminate_on_idle,
            "time_to_idle": item.task.time_to_idle,
            "packages": [{"package_id": int(old.key), "variables": variables}],
        }
    }
    assert list(EDIT.names(draft)) == ["InputPath", "Fresh"]
    assert EDIT.state(item) != EDIT.state(await api.get(stage.client, item.id))


async def test_the_start_of_one_that_has_run_is_refused_at_its_field(stage: Stage) -> None:
    item = stage.named("schedules", "nightly_orders")
    assert item.execution_count
    draft = typed(EDIT, stage.ctx, item, start_at="2027-01-01 02:00", name="x")
    assert "It has run, so its start cannot change: the server will refuse." in text(
        asked(EDIT, stage.ctx, item, draft=draft).lines
    )
    with pytest.raises(Unprocessable) as caught:
        await EDIT.send(stage.client, item, draft)
    assert len(stage.wire.sent) == 1
    assert list(by_field(caught.value, ["start_at", "name"])) == ["start_at"]
    unrun = stage.named("schedules", "ads_spend_legacy")
    assert not unrun.execution_count
    await EDIT.send(stage.client, unrun, typed(EDIT, stage.ctx, unrun, start_at="2027-01-01 02:00"))
    assert stage.wire.sent[1][2] == {"start_at": "2027-01-01T02:00:00Z"}


def test_what_the_answers_did_not_say_is_left_as_it_is() -> None:
    item, ctx = decode("schedules", {"id": 3, "name": "x", "status": "enabled"}), context()
    assert EDIT.same(item, typed(EDIT, ctx, item)) and not EDIT.same(item, typed(EDIT, ctx, item, name="y"))


def test_the_question_of_a_change_says_what_it_means_to_disable() -> None:
    item, ctx = one("schedules"), context()
    assert "The run that is due in 1h05m does not happen" in text(
        asked(EDIT, ctx, item, draft=typed(EDIT, ctx, item, status="disabled")).lines
    )


@pytest.mark.parametrize(
    ("fault", "verdict"), [("before", Verdict.NOT_DONE), ("after", Verdict.DONE), ("500", Verdict.DONE)]
)
async def test_edit_is_read_back(stage: Stage, fault: str, verdict: Verdict) -> None:
    item = stage.named("schedules", "nightly_orders")
    draft = typed(EDIT, stage.ctx, item, name="x", task__nodes="6")
    assert (await stage.failing(EDIT, item, fault, draft)).verdict is verdict


# watch


async def test_watching_begins_ends_and_is_read_back(stage: Stage) -> None:
    item = stage.named("schedules", "nightly_orders")
    assert await WATCH.send(stage.client, item, None) is None
    assert "is enabled or disabled" in WATCH.said(None, item, stage.ctx)
    assert (await WATCH.check(stage.client, stage.attempt(item))).verdict is Verdict.DONE
    assert (await stage.failing(UNWATCH, item, "before")).verdict is Verdict.NOT_DONE
    assert (await stage.failing(UNWATCH, item, "after")).verdict is Verdict.DONE

"""What can be done to packages, done to the demo: validate, edit, archive. Runs, files and new ones are beside it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.resources.acting import Stage, asked, by_name, staged, text, typed
from tests.resources.samples import at, context, one
from xplenty_tui.api import packages as api
from xplenty_tui.api.packages import PackageValidation
from xplenty_tui.core.action import Action, Verdict
from xplenty_tui.core.declare import Link
from xplenty_tui.resources import package_checks
from xplenty_tui.resources.package_actions import ACTIONS

VALIDATE, EDIT, ARCHIVE = (by_name(ACTIONS, name) for name in ("validate", "edit", "archive"))
LOST = [("before", Verdict.NOT_DONE), ("after", Verdict.DONE), ("500", Verdict.DONE)]


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as made:
        await made.load("packages", "schedules", "jobs")
        yield made


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.name)
def test_every_action_is_named_and_helped(action: Action[Any]) -> None:
    assert action.help.endswith(".") and len(action.help) <= 110
    assert len(action.title.split()) <= 2
    assert not action.danger or action.ask is not None


def test_keys_and_weights_are_unique() -> None:
    assert sorted(key for action in ACTIONS for key in action.keys) == sorted("rVenXD")
    weights = [action.weight for action in ACTIONS if action.weight]
    assert len(set(weights)) == len(weights)


# validate


@pytest.mark.parametrize(("name", "said", "lands"), [
    ("invoices_export", "invoices_export is valid.", False),
    (
        "orders_to_redshift",
        "orders_to_redshift is not valid (2 errors; v on its page lists them): clean_1: unknown field 'consent'",
        True,
    ),
])  # fmt: skip
async def test_validate_waits_and_tells_the_result(stage: Stage, name: str, said: str, lands: bool) -> None:
    item = stage.named("packages", name)
    answer = await VALIDATE.send(stage.client, item, typed(VALIDATE, stage.ctx, item))
    assert stage.wire.sent == [("POST", f"/packages/{item.id}/validate", None)]
    assert VALIDATE.said(answer, item, stage.ctx) == said
    assert VALIDATE.lands(answer) == (Link("packages", str(item.id)) if lands else None)
    assert VALIDATE.progress is not None
    spent = stage.client.meter.burn()
    assert await VALIDATE.progress(stage.client, stage.attempt(item), answer) == (True, said)
    assert stage.client.meter.burn() == spent, "the result is known"


async def test_validate_in_the_background_is_followed(stage: Stage) -> None:
    item = stage.named("packages", "invoices_export")
    answer = await VALIDATE.send(stage.client, item, typed(VALIDATE, stage.ctx, item, mode="background"))
    assert stage.wire.sent == [("POST", f"/packages/{item.id}/validations", None)]
    assert VALIDATE.said(answer, item, stage.ctx) == "invoices_export is being validated."
    assert VALIDATE.lands(answer) is None and VALIDATE.progress is not None
    attempt = stage.attempt(item)
    assert await VALIDATE.progress(stage.client, attempt, answer) == (False, "invoices_export is being validated.")
    stage.pass_(60)
    assert await VALIDATE.progress(stage.client, attempt, answer) == (True, "invoices_export is valid.")


async def test_validate_waits_no_longer_than_it_was_told(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float | None] = []
    real = api.validate

    async def noted(client: Any, id_: Any, *, wait_s: float | None = None) -> Any:
        waits.append(wait_s)
        return await real(client, id_, wait_s=wait_s)

    monkeypatch.setattr(api, "validate", noted)
    item = stage.named("packages", "invoices_export")
    for text_ in ("60", "600"):
        await VALIDATE.send(stage.client, item, typed(VALIDATE, stage.ctx, item, wait_s=text_))
    assert waits == [60, 600]
    assert "wait_s" in typed(VALIDATE, stage.ctx, item, wait_s="601")


@pytest.mark.parametrize(("fault", "verdict"), LOST)
@pytest.mark.parametrize("mode", ["wait", "background"])
async def test_validate_is_read_back(stage: Stage, fault: str, verdict: Verdict, mode: str) -> None:
    item = stage.named("packages", "invoices_export")
    found = await stage.failing(VALIDATE, item, fault, typed(VALIDATE, stage.ctx, item, mode=mode))
    assert found.verdict is verdict
    if verdict is Verdict.DONE:
        assert VALIDATE.said(found.item, item, stage.ctx).startswith("invoices_export is ")


def test_a_result_without_errors_or_words_is_still_told() -> None:
    assert package_checks.sentence(PackageValidation(id=1, status="failed"), "x") == "x is not valid (no error told)."
    told = PackageValidation(id=1, status="failed", status_message="Syntax error")
    assert package_checks.sentence(told, "x") == "x is not valid (no error told): Syntax error"


# edit


async def test_edit_sends_only_what_is_different(stage: Stage) -> None:
    item = stage.named("packages", "orders_to_redshift")
    draft = typed(EDIT, stage.ctx, item, name="orders")
    answer = await EDIT.send(stage.client, item, draft)
    assert stage.wire.sent == [("PUT", "/packages/412", {"name": "orders"})]
    assert answer.name == "orders" and EDIT.said(answer, item, stage.ctx) == "orders is changed."


async def test_edit_can_empty_the_description_and_sends_nothing_for_nothing(stage: Stage) -> None:
    item = stage.named("packages", "orders_to_redshift")
    await EDIT.send(stage.client, item, typed(EDIT, stage.ctx, item, description=""))
    assert stage.wire.sent == [("PUT", "/packages/412", {"description": ""})]
    assert await EDIT.send(stage.client, item, typed(EDIT, stage.ctx, item)) is item
    assert len(stage.wire.sent) == 1
    assert "name" in typed(EDIT, stage.ctx, item, name="")


@pytest.mark.parametrize(("fault", "verdict"), LOST)
async def test_edit_is_read_back(stage: Stage, fault: str, verdict: Verdict) -> None:
    item = stage.named("packages", "orders_to_redshift")
    found = await stage.failing(EDIT, item, fault, typed(EDIT, stage.ctx, item, name="a", description="b"))
    assert found.verdict is verdict and found.item.id == 412


# archive


async def test_archive_asks_for_the_name_and_is_done_once(stage: Stage) -> None:
    item = stage.named("packages", "orders_to_redshift")
    question = asked(ARCHIVE, stage.ctx, item)
    assert question.title == "Archive package orders_to_redshift" and question.typed == "orders_to_redshift"
    assert "nightly_orders" in text(question.lines) and "cannot bring it back" in text(question.lines)
    answer = await ARCHIVE.send(stage.client, item, None)
    assert stage.wire.sent == [("DELETE", "/packages/412", None)]
    assert ARCHIVE.settled is not None and ARCHIVE.settled(answer) and ARCHIVE.outcome is not None
    assert ARCHIVE.outcome(answer) == "orders_to_redshift is archived."
    assert ARCHIVE.disabled(answer, stage.ctx) == "the package is archived already"
    assert VALIDATE.disabled(answer, stage.ctx) == "the package is archived"


def test_the_question_lists_schedules_and_what_runs() -> None:
    schedules = [one("schedules"), one("schedules", id=4, name="off", status="disabled")]
    running = one("jobs", status="running", started_at=at(4), completed_at=None)
    said = text(asked(ARCHIVE, context(schedules=schedules, jobs=[running]), one("packages")).lines)
    assert "2 schedules that run it:\n  nightly_orders  in 1h05m\n  off  disabled" in said
    assert "Jobs of it that are not over yet:\n  ▶ 90412 orders_to_redshift" in said
    said = text(asked(ARCHIVE, context(schedules=[]), one("packages", name="")).lines)
    assert "No loaded schedule runs it." in said
    said = text(asked(ARCHIVE, context(), one("packages")).lines)
    assert "The schedules are not loaded" in said and "No loaded schedule" not in said


@pytest.mark.parametrize(("fault", "verdict"), LOST)
async def test_archive_is_read_back(stage: Stage, fault: str, verdict: Verdict) -> None:
    found = await stage.failing(ARCHIVE, stage.named("packages", "orders_to_redshift"), fault)
    assert found.verdict is verdict

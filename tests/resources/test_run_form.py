"""The form of a run: what stands in it, what can be chosen, what is wrong, what it says will be sent."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.resources.acting import Stage, by_name, staged, text, typed
from tests.resources.samples import at, context, one
from xplenty_tui.core.action import Action
from xplenty_tui.core.fields import pairs_of, pairs_text
from xplenty_tui.resources import job_actions, package_actions
from xplenty_tui.resources.run_form import RunForm, split

NEW, AGAIN = (by_name(job_actions.ACTIONS, name) for name in ("new", "again"))
RUN = by_name(package_actions.ACTIONS, "run")


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as made:
        await made.load("clusters", "jobs", "packages")
        yield made


def fill(action: Action[Any]) -> Any:
    assert action.fill is not None
    return action.fill


def texts(values: Any) -> dict[str, dict[str, str]]:
    return {name: dict(pairs_of(values[name])) for name in ("variables", "dynamic_variables")}


def state(stage: Stage, key: str) -> str:
    """Return how a loaded cluster stands."""
    return next(str(cluster.status) for cluster in stage.store.good("clusters") if str(cluster.id) == key)


async def test_a_run_of_a_package_begins_with_its_variables_and_the_best_cluster(stage: Stage) -> None:
    package = stage.named("packages", "orders_to_redshift")
    values = await fill(RUN).load(stage.client, package, stage.ctx)
    assert values["package_id"] == "412"
    assert texts(values)["dynamic_variables"]["InputPath"] == "'/today'"
    assert texts(values)["variables"] == {}, "the defaults of a package are expressions"
    assert state(stage, values["cluster_id"]) in ("available", "idle")
    assert [choice.id for choice in fill(RUN).choices(stage.ctx, package)["package_id"]] == ["412"]


async def test_choosing_a_package_brings_its_variables(stage: Stage) -> None:
    assert "package_id" not in fill(NEW).start(None, stage.ctx)
    derive = fill(NEW).derive["package_id"]
    values = await derive(stage.client, "440", {}, stage.ctx)
    assert texts(values) == {
        "variables": {},
        "dynamic_variables": {"Ledger": "'main'", "BookingDate": "'today'", "BANK_API_TOKEN": "'tok_7f31'"},
    }
    assert await derive(stage.client, "44x", {}, stage.ctx) == {}


async def test_only_active_packages_and_usable_clusters_are_offered_the_best_first(stage: Stage) -> None:
    found = fill(NEW).choices(stage.ctx, None)
    names = [choice.title for choice in found["package_id"]]
    assert names == sorted(names) and "orders_to_redshift" in names and "orders_to_redshift_v1" not in names
    assert found["cluster_id"][-1].id == "new"
    ids = [choice.id for choice in found["cluster_id"][:-1]]
    ranks = [state(stage, id_) in ("available", "idle") for id_ in ids]
    assert ids and ranks == sorted(ranks, reverse=True)
    assert not {"terminated", "error"} & {state(stage, id_) for id_ in ids}


def test_a_cluster_is_offered_with_its_load_and_how_long_it_idles() -> None:
    idle = one("clusters", id=1, status="idle", idle_since=at(353), running_jobs_count=0)
    coming = one("clusters", id=2, status="creating", running_jobs_count=0, name="")
    odd = one("clusters", id=3, status="flying")
    busy = one("clusters", id=4)
    over = one("clusters", id=5, status="pending_terminate")
    found = fill(NEW).choices(context(clusters=[odd, over, coming, busy, idle]), None)["cluster_id"]
    assert [(choice.id, choice.hint) for choice in found] == [
        ("1", "idle"), ("4", "available"), ("2", "creating"), ("3", "flying"), ("new", ""),
    ]  # fmt: skip
    assert found[0].about == "4 nodes · no jobs · idle 5h53m"
    assert found[1].about == "4 nodes · 2 jobs" and found[2].title == "cluster 2"


def test_again_keeps_the_cluster_while_it_is_usable_and_the_quotes_of_values() -> None:
    job, other = one("jobs"), one("clusters", id=1, status="idle")
    start = fill(AGAIN).start
    values = start(job, context(clusters=[one("clusters"), other]))
    assert (values["package_id"], values["cluster_id"]) == ("7", "2214")
    assert texts(values) == {
        "variables": {"db_password": "hunter2"},
        "dynamic_variables": {"until": "CurrentTime()", "InputPath": "'/today'"},
    }
    assert start(job, context(clusters=[one("clusters", status="terminated"), other]))["cluster_id"] == "1"
    assert start(job, context(clusters=[other]))["cluster_id"] == "1"
    assert start(job, context(clusters=[one("clusters", status="error")]))["cluster_id"] == ""
    assert start(job, context())["cluster_id"] == "2214", "it is all that is known"
    gone = one("jobs", cluster={"id": 2214, "status": "terminated"})
    assert start(gone, context())["cluster_id"] == ""


def test_a_sandbox_is_not_taken_while_there_is_another_one() -> None:
    sandbox = one("clusters", id=9, type="sandbox", status="idle", running_jobs_count=0)
    assert fill(NEW).start(None, context(clusters=[sandbox, one("clusters")]))["cluster_id"] == "2214"
    assert fill(NEW).start(None, context(clusters=[sandbox]))["cluster_id"] == "9"


def test_what_is_no_text_becomes_one_and_dynamic_values_win() -> None:
    job = one("jobs", variables={"n": 32, "x": "'a'", "y": "b"}, dynamic_variables={"y": "Now()"})
    assert texts(split(job)) == {"variables": {"n": "32"}, "dynamic_variables": {"y": "Now()", "x": "'a'"}}


async def test_again_asks_for_the_variables_where_they_were_not_told(stage: Stage) -> None:
    job = max((job for job in stage.store.good("jobs") if job.variables), key=lambda job: job.id)
    bare = api_bare(job)
    assert texts(await fill(AGAIN).load(stage.client, bare, stage.ctx)) == texts(split(job))


def api_bare(job: Any) -> Any:
    return type(job).model_validate({"id": job.id})


async def test_the_last_runs_values_are_a_key_away(stage: Stage) -> None:
    (preset,) = fill(NEW).presets
    assert preset.key == "ctrl+l"
    last = max((job for job in stage.store.good("jobs") if job.package.id == 412), key=lambda job: job.created_at)
    values = await preset.values(stage.client, {"package_id": "412"}, stage.ctx)
    assert values is not None and texts(values) == texts(split(last))
    assert await preset.values(stage.client, {"package_id": ""}, stage.ctx) is None
    assert await preset.values(stage.client, {"package_id": "999999"}, stage.ctx) is None


def test_archived_packages_are_not_run() -> None:
    archived = one("packages", status="archived")
    assert RUN.disabled(archived, context()) == "the package is archived"
    assert AGAIN.disabled(one("jobs"), context(packages=[archived])) == "its package is archived"
    assert AGAIN.disabled(one("jobs"), context(packages=[one("packages")])) is None
    assert AGAIN.disabled(one("jobs"), context()) is None


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({}, {"package_id", "cluster_id"}),
        ({"package_id": "7", "cluster_id": "nightly"}, {"cluster_id"}),
        ({"package_id": "x", "cluster_id": "0"}, {"package_id", "cluster_id"}),
        ({"package_id": "7", "cluster_id": "new", "nodes": "1"}, {"nodes"}),
        ({"package_id": "7", "cluster_id": "new", "type": "sandbox", "nodes": "3"}, {"nodes"}),
        ({"package_id": "7", "cluster_id": "new", "nodes": "0"}, {"nodes"}),
    ],
)
def test_the_form_knows_what_is_wrong(values: dict[str, str], wrong: set[str]) -> None:
    assert set(typed(NEW, context(), **values)) == wrong


def test_fields_of_a_new_cluster_count_only_for_one() -> None:
    draft = typed(NEW, context(), package_id="7", cluster_id="3", type="sandbox", nodes="9")
    assert isinstance(draft, RunForm) and not draft.is_new
    draft = typed(NEW, context(), package_id="7", cluster_id="new")
    assert draft.cluster().sent() == {"type": "production", "nodes": 2, "terminate_on_idle": True}
    draft = typed(NEW, context(), package_id="7", cluster_id="new", type="sandbox", name="x", terminate_on_idle="no")
    assert draft.cluster().sent() == {"type": "sandbox", "nodes": 1, "name": "x", "terminate_on_idle": False}


def test_the_preview_shows_what_is_sent_and_no_secret() -> None:
    ctx = context(packages=[one("packages")], clusters=[one("clusters")])
    values = {
        "package_id": "7", "cluster_id": "2214",
        "variables": pairs_text({"path": "'/x'", "day": "CurrentTime()", "token": "t0p", "n": "1"}),
        "dynamic_variables": pairs_text({"until": "CurrentTime()"}),
    }  # fmt: skip
    assert text(fill(NEW).preview(values, ctx)).splitlines() == [
        "runs orders_to_redshift on nightly-4",
        "nodes no new ones: it has 4, available, 2 jobs run there",
        "the quotes of path are sent as a part of it",
        "day is sent as text, not worked out",
        "values path = '/x' · day = CurrentTime() · token = •••••••• · n = 1",
        "expressions until = CurrentTime()",
    ]
    many = {f"name_{number}": "x" * 20 for number in range(5)}
    lines = text(fill(NEW).preview({"variables": pairs_text(many)}, ctx)).splitlines()[1:]
    assert len(lines) == 3 and all(f"{name} = {value}" in "".join(lines) for name, value in many.items())
    long = "ToString(SubtractDuration(CurrentTime(), 'P1D'), 'yyyy-MM-dd') + '/' + " * 2
    first, *rest = text(fill(NEW).preview({"dynamic_variables": pairs_text({"path": long})}, ctx)).splitlines()[1:]
    assert rest and all(len(line) <= 70 for line in (first, *rest)), "a long one goes on below"
    assert first[12:] + "".join(line[12:] for line in rest) == f"path = {long}"
    said = text(fill(NEW).preview({"cluster_id": "new", "name": "adhoc", "variables": "{"}, ctx))
    assert said.splitlines() == [
        "first creates production cluster adhoc of 2 nodes, ends when idle",
        "runs which package? on it",
    ]

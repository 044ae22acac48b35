"""What is written is checked before it is sent, explained field by field, and understood by the demo."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from tests.demo.asking import Asker, asker
from xplenty_tui.api import clusters, jobs, packages, schedules
from xplenty_tui.api.client import Client
from xplenty_tui.api.credits import Meter
from xplenty_tui.api.drafts import (
    ClusterChange,
    Draft,
    NewCluster,
    NewJob,
    NewPackage,
    NewSchedule,
    PackageChange,
    ScheduleDraft,
    TaskDraft,
    TaskPackageDraft,
    imported,
    nodes_problem,
)
from xplenty_tui.api.errors import ApiError, BadRequest, Unprocessable
from xplenty_tui.api.refused import by_field
from xplenty_tui.core.described import described
from xplenty_tui.demo.start import ACCOUNT, KEY
from xplenty_tui.demo.transport import DemoTransport

MODELS = [NewJob, NewCluster, ClusterChange, TaskPackageDraft, TaskDraft, ScheduleDraft, NewSchedule]
MODELS += [PackageChange, NewPackage]


@pytest.mark.parametrize("model", MODELS)
def test_every_field_is_explained(model: type[Draft]) -> None:
    assert model.__doc__
    explained = described(model)
    assert explained.keys() == model.model_fields.keys()
    assert all(text.endswith(".") and "\n" not in text for text in explained.values())
    if "time_to_idle" in explained:
        assert any(word in explained["time_to_idle"] for word in ("Seconds", "unit"))


@pytest.mark.parametrize("model", MODELS)
def test_what_nobody_knows_is_refused(model: type[Draft]) -> None:
    with pytest.raises(ValidationError) as caught:
        model.model_validate({"nodez": "hush"})
    assert "extra_forbidden" in {error["type"] for error in caught.value.errors()}
    assert "hush" not in str(caught.value)


BAD: list[tuple[type[Draft], dict[str, Any], str]] = [
    (NewJob, {"package_id": 0, "cluster_id": 1}, "package_id"),
    (NewJob, {"package_id": 1}, "cluster_id"),
    (NewJob, {"package_id": 1, "cluster_id": 2, "variables": {"a": ["b"]}}, "variables"),
    (NewCluster, {}, "nodes"),
    (NewCluster, {"nodes": 1}, "nodes"),
    (NewCluster, {"type": "sandbox", "nodes": 2}, "nodes"),
    (NewCluster, {"type": "huge", "nodes": 2}, "type"),
    (NewCluster, {"nodes": 2, "time_to_idle": 0}, "time_to_idle"),
    (ClusterChange, {"nodes": 0}, "nodes"),
    (ScheduleDraft, {"interval_amount": 0}, "interval_amount"),
    (ScheduleDraft, {"interval_unit": "years"}, "interval_unit"),
    (ScheduleDraft, {"auto_retry_attempts": 6}, "auto_retry_attempts"),
    (ScheduleDraft, {"auto_retry_attempts": 0}, "auto_retry_attempts"),
    (ScheduleDraft, {"reuse_cluster_strategy": "some"}, "reuse_cluster_strategy"),
    (ScheduleDraft, {"start_at": "soon"}, "start_at"),
    (ScheduleDraft, {"name": "  "}, "name"),
    (ScheduleDraft, {"task": {"packages": []}}, "task"),
    (NewSchedule, {}, "task"),
    (NewSchedule, {"task": {"nodes": 2}}, "task"),
    (PackageChange, {"name": ""}, "name"),
    (NewPackage, {"name": ""}, "name"),
    (NewPackage, {"name": "a", "flow_type": "river"}, "flow_type"),
    (NewPackage, {"name": "a", "source_package_id": 1, "package_template_id": 2}, "package_template_id"),
    (NewPackage, {"name": "a", "source_package_id": 1, "data_flow_json": {}}, "data_flow_json"),
]


@pytest.mark.parametrize(("model", "given", "field"), BAD)
def test_what_the_documentation_forbids(model: type[Draft], given: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as caught:
        model.model_validate(given)
    assert {str(error["loc"][0]) for error in caught.value.errors()} == {field}


@pytest.mark.parametrize(
    ("type_", "nodes", "good"),
    [("production", 1, False), ("production", 2, True), ("sandbox", 1, True), ("sandbox", 2, False), ("new", 1, True)],
)
def test_how_many_nodes_a_cluster_has(type_: str, nodes: int, good: bool) -> None:
    assert (nodes_problem(type_, nodes) == "") == good


@pytest.mark.parametrize("model", MODELS)
def test_nothing_given_is_nothing_sent(model: type[Draft]) -> None:
    assert model.model_construct(set()).sent() == {}


def test_only_what_was_given_is_sent() -> None:
    assert ScheduleDraft().sent() == {}
    assert ScheduleDraft(overlap=True).sent() == {"overlap": True}
    assert ClusterChange(description="", name=" ").sent() == {"description": ""}
    assert NewCluster(nodes=2, region=" ").sent() == {"nodes": 2}
    assert TaskDraft(packages=(TaskPackageDraft(package_id=1),)).sent() == {"packages": [{"package_id": 1}]}
    assert NewPackage(name="a", data_flow_json={"b": None}).sent() == {"name": "a", "data_flow_json": {"b": None}}


@pytest.mark.parametrize("text", ["2026-01-02T03:04:05", "2026-01-02 03:04:05Z", "2026-01-02T06:04:05+03:00"])
def test_a_time_is_sent_in_utc(text: str) -> None:
    assert ScheduleDraft.model_validate({"start_at": text}).sent() == {"start_at": "2026-01-02T03:04:05Z"}
    assert ScheduleDraft.model_validate({"start_at": ""}).sent() == {}


def test_values_of_variables_are_texts_and_are_not_shown() -> None:
    draft = NewJob.model_validate({"package_id": 1, "cluster_id": 2, "variables": {"a": " hush ", "b": 5}})
    assert draft.sent()["variables"] == {"a": " hush ", "b": "5"}
    assert "hush" not in repr(draft)


def test_an_export_becomes_a_package() -> None:
    flow = {"steps": [1]}
    full = {"name": "old", "id": 4, "description": None, "flow_type": "workflow", "data_flow_json": flow, "odd": 1}
    assert imported(full, "new").sent() == {"name": "new", "flow_type": "workflow", "data_flow_json": flow}
    assert imported(flow, "new").sent() == {"name": "new", "data_flow_json": flow}
    with pytest.raises(ValidationError):
        imported({"data_flow_json": {}, "flow_type": "river"}, "new")


@pytest.mark.parametrize(
    ("body", "server_text", "found"),
    [
        ({"message": "nodes must be at least 2."}, "nodes must be at least 2.", {"nodes": "nodes must be at least 2."}),
        (
            {"message": "Validation failed: Time to idle is short, Name is taken"},
            "Validation failed: Time to idle is short, Name is taken",
            {"time_to_idle": "Time to idle is short", "name": "Name is taken"},
        ),
        ({"errors": {"nodes": ["too few", "too odd"], "odd": ["x"]}}, "", {"nodes": "too few; too odd"}),
        ({"nodes": ["too few"]}, "", {"nodes": "too few"}),
        ({"errors": [{"field": "name", "message": "taken"}, "what"]}, "", {"name": "taken"}),
        ({"message": "Names are hard, and nodesque"}, "Names are hard, and nodesque", {}),
        (["x", None, {"field": []}], "", {}),
        ("no JSON at all", "", {}),
    ],
)
def test_which_field_a_refusal_is_about(body: Any, server_text: str, found: dict[str, str]) -> None:
    text = body if isinstance(body, str) else json.dumps(body)
    problem = Unprocessable("no", status=422, server_text=server_text, body=text)
    assert by_field(problem, {"nodes", "name", "time_to_idle"}) == found


@pytest.mark.parametrize("body", ["[" * 20_000, "", "null"])
def test_a_refusal_that_is_about_nothing(body: str) -> None:
    assert by_field(BadRequest("no", body=body), {"nodes"}) == {}


@pytest.fixture
def world() -> Asker:
    return asker(jobs=300)


@pytest.fixture
async def demo(world: Asker) -> AsyncIterator[Client]:
    meter = Meter(world.clock, lambda: 0.0)
    made = Client("https://demo.invalid", ACCOUNT, SecretStr(KEY), meter=meter, transport=DemoTransport(world.api))
    yield made
    await made.aclose()


async def test_the_demo_runs_and_stops_a_job(demo: Client, world: Asker) -> None:
    package = (await packages.list_(demo, flow_type="dataflow")).items[0]
    cluster = await clusters.create(demo, NewCluster(nodes=3, name="night", terminate_on_idle=True, time_to_idle=900))
    assert (cluster.name, cluster.nodes, cluster.time_to_idle, cluster.terminate_on_idle) == ("night", 3, 900, True)
    draft = NewJob(package_id=package.id, cluster_id=cluster.id, variables={"day": "1"})
    job = await jobs.run(demo, **draft.sent())
    assert (job.package_id, job.cluster_id, job.active) == (package.id, cluster.id, True)
    assert (await jobs.watch(demo, job.id)).created_at
    await jobs.unwatch(demo, job.id)
    assert (await jobs.stop(demo, job.id)).status == "pending_stoppage"
    changed = await clusters.update(demo, cluster.id, ClusterChange(description="soon gone"))
    assert changed.description == "soon gone"
    assert demo.meter.others() == 0
    before = world.api.credits.others(int(world.clock.now.timestamp()))
    world.clock.turn(minutes=15)
    assert (await clusters.terminate(demo, cluster.id)).status == "pending_terminate"
    theirs = world.api.credits.others(int(world.clock.now.timestamp())) - before
    assert demo.meter.others() == theirs > 0, "what the demo's other programs took meanwhile"


async def test_the_demo_keeps_schedules(demo: Client) -> None:
    package = (await packages.list_(demo)).items[0]
    task = TaskDraft(nodes=2, packages=(TaskPackageDraft(package_id=package.id, variables={"day": "'monday'"}),))
    start = datetime(2027, 1, 2, 3, 4, 5, tzinfo=UTC)
    made = await schedules.create(demo, NewSchedule(name="daily", interval_unit="days", start_at=start, task=task))
    assert (made.name, made.interval_unit, made.status, made.start_at) == ("daily", "days", "disabled", start)
    assert made.task and made.task.packages[0].key == str(package.id)
    on = await schedules.update(demo, made.id, ScheduleDraft(status="enabled", auto_retry=True, auto_retry_attempts=5))
    assert (on.name, on.status, on.auto_retry_attempts, on.task) == ("daily", "enabled", 5, made.task)
    assert (await schedules.run(demo, made.id)).id == made.id
    copy = await schedules.clone(demo, made.id)
    assert (copy.id != made.id, copy.name, copy.status) == (True, "Copy of daily", "enabled")
    assert (await schedules.delete(demo, copy.id)).id == copy.id
    with pytest.raises(ApiError) as caught:
        await schedules.get(demo, copy.id)
    assert caught.value.status == 404


async def test_the_demo_keeps_packages(demo: Client) -> None:
    original = (await packages.list_(demo)).items[0]
    copy = await packages.create(demo, NewPackage(name="copy", source_package_id=original.id))
    assert (copy.name, copy.flow_type) == ("copy", "dataflow")
    assert (await packages.update(demo, copy.id, PackageChange(name="other"))).name == "other"
    flow = await packages.export(demo, copy.id)
    again = await packages.create(demo, imported(flow, "from a file"))
    assert again.name == "from a file"
    assert (await packages.templates(demo)).items
    assert (await packages.validate(demo, copy.id)).status in ("completed", "failed")
    check = await packages.start_validation(demo, copy.id)
    assert check.status == "running"
    assert (await packages.validation(demo, copy.id, check.id)).id == check.id
    assert (await packages.archive(demo, copy.id)).status == "archived"


async def test_the_demo_says_which_field_is_wrong(demo: Client) -> None:
    cluster = next(item for item in (await clusters.list_(demo)).items if item.status == "available")
    with pytest.raises(Unprocessable) as caught:
        await clusters.update(demo, cluster.id, ClusterChange(nodes=10_000))
    assert list(by_field(caught.value, ClusterChange.model_fields)) == ["nodes"]

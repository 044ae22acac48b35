"""Every call that acts sends what the documentation says, and understands any success."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.api.conftest import MakeClient
from tests.api.server import Server, response
from tests.conftest import EXAMPLES
from xplenty_tui.api import clusters, jobs, packages, schedules
from xplenty_tui.api.client import Client
from xplenty_tui.api.drafts import (
    ClusterChange,
    NewCluster,
    NewPackage,
    NewSchedule,
    PackageChange,
    ScheduleDraft,
    TaskDraft,
    TaskPackageDraft,
)
from xplenty_tui.api.errors import NotFound, ReadOnly, UndecodableAnswer, Unprocessable
from xplenty_tui.api.wire import overlay

Write = Callable[[Client], Awaitable[Any]]

TASK = TaskDraft(nodes=3, packages=(TaskPackageDraft(package_id=7, variables={"day": "'monday'"}),))
TASK_SENT = {"nodes": 3, "packages": [{"package_id": 7, "variables": {"day": "'monday'"}}]}
START = datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC)

MAKING: dict[str, tuple[Write, str, Any]] = {
    "jobs.run": (
        lambda c: jobs.run(c, cluster_id=1, package_id=2, variables={"a": "b c"}, dynamic_variables={"t": "Now()"}),
        "POST jobs",
        {"cluster_id": 1, "package_id": 2, "variables": {"a": "b c"}, "dynamic_variables": {"t": "Now()"}},
    ),
    "jobs.run without variables": (
        lambda c: jobs.run(c, cluster_id=1, package_id=2),
        "POST jobs",
        {"cluster_id": 1, "package_id": 2},
    ),
    "clusters.create": (
        lambda c: clusters.create(c, NewCluster(nodes=2, name="night", terminate_on_idle=True, time_to_idle=900)),
        "POST clusters",
        {"nodes": 2, "name": "night", "terminate_on_idle": True, "time_to_idle": 900},
    ),
    "clusters.create a sandbox": (
        lambda c: clusters.create(c, NewCluster(type="sandbox", nodes=1, region="", stack="white-everest")),
        "POST clusters",
        {"type": "sandbox", "nodes": 1, "stack": "white-everest"},
    ),
    "schedules.create": (
        lambda c: schedules.create(c, NewSchedule(name="daily", interval_unit="days", start_at=START, task=TASK)),
        "POST schedules",
        {"name": "daily", "interval_unit": "days", "start_at": "2026-01-02T03:04:05Z", "task": TASK_SENT},
    ),
    "schedules.clone": (lambda c: schedules.clone(c, 5), "POST schedules/5/clone", None),
    "packages.create": (
        lambda c: packages.create(c, NewPackage(name="copy", source_package_id=4)),
        "POST packages",
        {"name": "copy", "source_package_id": 4},
    ),
    "packages.validate": (lambda c: packages.validate(c, 5), "POST packages/5/validate", None),
    "packages.start_validation": (lambda c: packages.start_validation(c, 5), "POST packages/5/validations", None),
}
ACTING: dict[str, tuple[Write, str, Any]] = {
    "jobs.stop": (lambda c: jobs.stop(c, 5), "DELETE jobs/5", None),
    "clusters.update": (
        lambda c: clusters.update(c, 5, ClusterChange(nodes=4, description="")),
        "PUT clusters/5",
        {"nodes": 4, "description": ""},
    ),
    "clusters.terminate": (lambda c: clusters.terminate(c, 5), "DELETE clusters/5", None),
    "schedules.update": (
        lambda c: schedules.update(c, 5, ScheduleDraft(status="enabled")),
        "PUT schedules/5",
        {"status": "enabled"},
    ),
    "schedules.update to the defaults": (
        lambda c: schedules.update(c, 5, ScheduleDraft(overlap=True, auto_retry_attempts=3, task=TASK)),
        "PUT schedules/5",
        {"overlap": True, "auto_retry_attempts": 3, "task": TASK_SENT},
    ),
    "schedules.run": (lambda c: schedules.run(c, 5), "POST schedules/5/run", None),
    "schedules.delete": (lambda c: schedules.delete(c, 5), "DELETE schedules/5", None),
    "packages.update": (
        lambda c: packages.update(c, 5, PackageChange(name="new")),
        "PUT packages/5",
        {"name": "new"},
    ),
    "packages.archive": (lambda c: packages.archive(c, 5), "DELETE packages/5", None),
}
WATCHING: dict[str, tuple[Write, str, Any]] = {
    "jobs.watch": (lambda c: jobs.watch(c, 5), "POST jobs/5/watchers", None),
    "jobs.unwatch": (lambda c: jobs.unwatch(c, 5), "DELETE jobs/5/watchers", None),
    "clusters.watch": (lambda c: clusters.watch(c, 5), "POST clusters/5/watchers", None),
    "clusters.unwatch": (lambda c: clusters.unwatch(c, 5), "DELETE clusters/5/watchers", None),
    "schedules.watch": (lambda c: schedules.watch(c, 5), "POST schedules/5/watchers", None),
    "schedules.unwatch": (lambda c: schedules.unwatch(c, 5), "DELETE schedules/5/watchers", None),
}
ALL = {**MAKING, **ACTING, **WATCHING}


@pytest.mark.parametrize("name", ALL)
async def test_what_is_sent(server: Server, client: Client, name: str) -> None:
    write, route, body = ALL[name]
    server.plays(response({"id": 5}))
    await write(client)
    (request,) = server.requests
    method, _, path = route.partition(" ")
    assert (request.method, request.path, request.query) == (method, f"/acme/api/{path}", {})
    assert request.data == body
    assert ("content-type" in request.headers) == (body is not None)
    assert request.headers["accept"] == "application/vnd.xplenty+json; version=2"
    assert client.meter.burn() == 1
    assert [call.kind for call in client.meter.calls()] == [path.partition("/")[0]]


async def test_json_is_what_the_content_is_called(server: Server, client: Client) -> None:
    server.plays(response({"id": 5}, 201))
    await jobs.run(client, cluster_id=1, package_id=2, variables={"word": "Zürich\n\x00"})
    assert server.requests[0].headers["content-type"] == "application/json"
    assert server.requests[0].data["variables"] == {"word": "Zürich\n\x00"}


SUCCESSES = {
    "an object": response({"id": 5, "name": "n", "status": "s"}, 200),
    "made": response({"id": 5}, 201),
    "accepted": response({"id": 5}, 202),
    "nothing": b"HTTP/1.1 204 No Content\r\n\r\n",
    "an empty body": response(b"", 200),
    "a bare true": response(True, 200),
    "another object": response({"message": "done"}, 200),
    "a strange object": response({"id": 5, "status": {"not": "a text"}}, 200),
}


@pytest.mark.parametrize("success", SUCCESSES)
@pytest.mark.parametrize("name", ACTING)
async def test_any_success_on_a_known_item(server: Server, client: Client, name: str, success: str) -> None:
    server.plays(SUCCESSES[success])
    item = await ACTING[name][0](client)
    assert item.id == 5
    if success != "an object":
        assert item.model_fields_set == {"id"}, "the rest is left as it was known"
    before = type(item)(id=5, status="as it was")
    assert overlay(before, item).status == ("s" if success == "an object" else "as it was")


@pytest.mark.parametrize("success", SUCCESSES)
@pytest.mark.parametrize("name", WATCHING)
async def test_any_success_of_watching(server: Server, client: Client, name: str, success: str) -> None:
    server.plays(SUCCESSES[success])
    await WATCHING[name][0](client)


@pytest.mark.parametrize("status", [200, 201])
@pytest.mark.parametrize("name", MAKING)
async def test_something_new_has_an_id(server: Server, client: Client, name: str, status: int) -> None:
    server.plays(response({"id": 5}, status), response(b"", status))
    assert (await MAKING[name][0](client)).id == 5
    with pytest.raises(UndecodableAnswer) as caught:
        await MAKING[name][0](client)
    assert (caught.value.status, caught.value.sent) == (status, True), "it was made: the status says so"
    assert len(server.requests) == 2


EXAMPLE_OF: dict[str, tuple[Write, tuple[str, ...]]] = {
    r"POST .*/jobs": (MAKING["jobs.run"][0], ("id", "status")),
    r"DELETE .*/jobs/:job_id": (ACTING["jobs.stop"][0], ("id", "status")),
    r"POST .*/clusters": (MAKING["clusters.create"][0], ("id", "nodes", "type")),
    r"PUT .*/clusters/:cluster_id": (ACTING["clusters.update"][0], ("id", "nodes")),
    r"DELETE .*/clusters/:cluster_id": (ACTING["clusters.terminate"][0], ("id", "status")),
    r"POST .*/schedules": (MAKING["schedules.create"][0], ("id", "name", "interval_unit")),
    r"PUT .*/schedules/:schedule_id": (ACTING["schedules.update"][0], ("id", "name")),
    r"POST .*/schedules/:schedule_id/clone": (MAKING["schedules.clone"][0], ("id", "name")),
    r"POST .*/schedules/:schedule_id/run": (ACTING["schedules.run"][0], ("id", "name")),
    r"DELETE .*/schedules/:schedule_id": (ACTING["schedules.delete"][0], ("id", "name")),
    r"POST .*/packages": (MAKING["packages.create"][0], ("id", "name", "flow_type")),
    r"DELETE .*/packages/:package_id": (ACTING["packages.archive"][0], ("id", "status")),
    r"POST .*/packages/:package_id/validate": (MAKING["packages.validate"][0], ("id", "status")),
    r"POST .*/packages/:package_id/validations": (MAKING["packages.start_validation"][0], ("id", "status")),
    r"POST .*/jobs/:job_id/watchers": (lambda c: jobs.watch(c, 5), ("job_url",)),
    r"POST .*/clusters/:cluster_id/watchers": (lambda c: clusters.watch(c, 5), ("cluster_url",)),
    r"POST .*/schedules/:schedule_id/watchers": (lambda c: schedules.watch(c, 5), ("schedule_url",)),
    r"GET .*/packages/templates": (packages.templates, ()),
}


async def test_what_the_documentation_answers_is_understood(server: Server, client: Client) -> None:
    if EXAMPLES is None:
        return
    seen = 0
    for entry in json.loads((EXAMPLES / "manifest.json").read_text("utf-8"))["responses"]:
        for route, (write, fields) in EXAMPLE_OF.items():
            if re.fullmatch(route, f"{entry['method']} {entry['path']}"):
                data = json.loads((EXAMPLES / entry["file"]).read_text("utf-8"))
                server.plays(response(data, entry["status"]))
                item = await write(client)
                assert {name: getattr(item, name) for name in fields} == {name: data[name] for name in fields}
                seen += 1
    assert seen >= 15


async def test_the_templates_and_the_export(server: Server, client: Client) -> None:
    server.plays(response([{"id": 1, "name": "t", "author": {"id": 2, "name": "x"}}]), response({"any": ["thing"]}))
    (template,) = (await packages.templates(client)).items
    assert (template.name, template.author and template.author.name) == ("t", "x")
    assert await packages.export(client, 5) == {"any": ["thing"]}
    assert [request.line.split(" ")[:2] for request in server.requests] == [
        ["GET", "/acme/api/packages/templates"],
        ["GET", "/acme/api/packages/5/export"],
    ]


@pytest.mark.parametrize("name", ALL)
async def test_read_only_sends_nothing(server: Server, make_client: MakeClient, name: str) -> None:
    server.plays(response({"id": 5}))
    client = make_client(read_only=True)
    with pytest.raises(ReadOnly) as caught:
        await ALL[name][0](client)
    assert (caught.value.sent, caught.value.status) == (False, None)
    assert (server.requests, client.meter.burn(), client.meter.flying) == ([], 0, 0)


async def test_read_only_is_one_switch_for_all_accounts(server: Server, client: Client) -> None:
    server.plays(response({"id": 5}))
    other = client.for_account("other")
    client.read_only = True
    assert other.read_only
    with pytest.raises(ReadOnly):
        await jobs.stop(other, 5)
    assert (await jobs.get(other, 5)).id == 5
    other.read_only = False
    await jobs.stop(client, 5)
    assert [request.method for request in server.requests] == ["GET", "DELETE"]


@pytest.mark.parametrize("path", ["/hooks/5/ping", "/hooks/x-y/ping/"])
async def test_a_get_that_acts_is_no_read(server: Server, client: Client, path: str) -> None:
    server.plays(response({"id": 5}))
    with pytest.raises(ValueError, match="acts"):
        await client.get(path)
    client.read_only = True
    with pytest.raises(ReadOnly):
        await client.send("GET", path)
    client.read_only = False
    await client.send("GET", path)
    assert [request.line.split(" ")[0] for request in server.requests] == ["GET"]


@pytest.mark.parametrize("method", ["PATCH", "post", "HEAD", "", "GET /x"])
async def test_a_method_that_the_api_does_not_have(server: Server, client: Client, method: Any) -> None:
    with pytest.raises(ValueError, match="no method"):
        await client.send(method, "/jobs")
    assert server.requests == []


@pytest.mark.parametrize("body", [{"a": float("nan")}, {"a": float("inf")}, {"a": object()}])
async def test_what_is_no_json_is_not_sent(server: Server, client: Client, body: Any) -> None:
    with pytest.raises((ValueError, TypeError)):
        await client.send("POST", "/jobs", body)
    assert (server.requests, client.meter.flying) == ([], 0)


@pytest.mark.parametrize("id_", ["", ".", ".."])
async def test_an_id_that_would_leave_its_place_deletes_nothing(server: Server, client: Client, id_: str) -> None:
    for call in (jobs.stop, clusters.terminate, schedules.delete, packages.archive):
        with pytest.raises(ValueError, match="address"):
            await call(client, id_)
    assert server.requests == []


async def test_equal_writes_at_once_are_two_writes(server: Server, client: Client) -> None:
    server.plays(response({"id": 5}))
    await asyncio.gather(*(jobs.run(client, cluster_id=1, package_id=2) for _ in range(2)))
    assert len(server.requests) == 2


async def test_a_refusal_says_what_was_tried(server: Server, client: Client) -> None:
    server.plays(response({"message": "nodes must be at least 2."}, 422), response({"message": "Not found."}, 404))
    with pytest.raises(Unprocessable) as refused:
        await clusters.update(client, 5, ClusterChange(nodes=1))
    problem = refused.value
    assert (problem.method, problem.path, problem.sent) == ("PUT", "/acme/api/clusters/5", True)
    with pytest.raises(NotFound):
        await jobs.stop(client, 5)

"""Every call asks for what the documentation says and hands back what the documentation shows."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.api.server import Server, response
from tests.conftest import EXAMPLES
from xplenty_tui.api import accounts, billing, calls, clusters, jobs, limits, packages, reference, schedules
from xplenty_tui.api.client import Client
from xplenty_tui.api.errors import UndecodableAnswer
from xplenty_tui.api.wire import Page, Wire

SINCE = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
ALL = {"offset": 0, "limit": 100}
FILTERS = {"status": "failed", "sort": "updated", "direction": "asc", "since": SINCE}
SENT = {"status": "failed", "sort": "updated", "direction": "asc", "since": "2026-01-02T03:04:05Z"}

Call = Callable[[Client], Awaitable[Any]]

LISTS: dict[str, tuple[Call, str, dict[str, Any]]] = {
    "jobs": (jobs.list_, "/acme/api/jobs", ALL),
    "jobs filtered": (
        lambda c: jobs.list_(c, offset=20, limit=10, package_id=7, **FILTERS),
        "/acme/api/jobs",
        {"offset": 20, "limit": 10, "package_id": 7, **SENT},
    ),
    "children": (lambda c: jobs.children(c, 5, **FILTERS), "/acme/api/jobs/5/children", {**ALL, **SENT}),
    "jobs search": (lambda c: jobs.search(c, "log:x y"), "/acme/api/jobs/search", {**ALL, "q": "log:x y"}),
    "clusters": (lambda c: clusters.list_(c, **FILTERS), "/acme/api/clusters", {**ALL, **SENT}),
    "clusters search": (
        lambda c: clusters.search(c, "a", limit=5),
        "/acme/api/clusters/search",
        {**ALL, "limit": 5, "q": "a"},
    ),
    "schedules": (lambda c: schedules.list_(c, **FILTERS), "/acme/api/schedules", {**ALL, **SENT}),
    "schedules search": (lambda c: schedules.search(c, "a"), "/acme/api/schedules/search", {**ALL, "q": "a"}),
    "packages": (
        lambda c: packages.list_(c, flow_type="workflow", **{**FILTERS, "status": "archived"}),
        "/acme/api/packages",
        {**ALL, **SENT, "status": "archived", "flow_type": "workflow"},
    ),
    "packages search": (lambda c: packages.search(c, "a"), "/acme/api/packages/search", {**ALL, "q": "a"}),
    "validations": (
        lambda c: packages.validations(c, 3, **FILTERS),
        "/acme/api/packages/3/validations",
        {**ALL, **SENT},
    ),
    "accounts": (lambda c: accounts.list_(c, role="admin"), "/accounts", {**ALL, "role": "admin"}),
    "members": (lambda c: accounts.members(c, email="a@b"), "/acme/api/members", {**ALL, "email": "a@b"}),
    "notifications": (
        lambda c: accounts.notifications(c, all_=True, since=SINCE),
        "/user/notifications",
        {**ALL, "all": "true", "since": SENT["since"]},
    ),
    "instances": (lambda c: clusters.instances(c, 5), "/acme/api/clusters/5/instances", {}),
    "plans": (billing.plans, "/acme/api/plans", {}),
    "regions": (reference.regions, "/acme/api/regions", {}),
    "stacks": (reference.stacks, "/acme/api/stacks", {}),
}


@pytest.mark.parametrize("name", LISTS)
async def test_lists(server: Server, client: Client, name: str) -> None:
    call, path, query = LISTS[name]
    server.plays(response([{"id": "12", "instance_id": "12"}, 5], headers={"Link": '<x>; rel="next"'}))
    got = await call(client)
    assert isinstance(got, Page)
    assert server.requests[0].path == path
    assert server.requests[0].query == {key: str(value) for key, value in query.items()}
    assert (len(got.items), len(got.undecodable), got.received) == (1, 1, 2)
    assert got.next_offset == query.get("offset", 0) + 2


ITEMS: dict[str, tuple[Call, str, type[Wire]]] = {
    "job": (lambda c: jobs.get(c, 12), "/acme/api/jobs/12", jobs.Job),
    "log": (lambda c: jobs.log(c, 12), "/acme/api/jobs/12/log", jobs.JobLog),
    "preview": (lambda c: jobs.preview(c, 12, 3), "/acme/api/jobs/12/outputs/3/preview", jobs.JobPreview),
    "cluster": (lambda c: clusters.get(c, "12"), "/acme/api/clusters/12", clusters.Cluster),
    "schedule": (lambda c: schedules.get(c, 12), "/acme/api/schedules/12", schedules.Schedule),
    "package": (lambda c: packages.get(c, 12), "/acme/api/packages/12", packages.Package),
    "validation": (
        lambda c: packages.validation(c, 12, 4),
        "/acme/api/packages/12/validations/4",
        packages.PackageValidation,
    ),
    "account": (accounts.get, "/accounts/acme", accounts.Account),
    "another account": (lambda c: accounts.get(c, "other"), "/accounts/other", accounts.Account),
    "user": (accounts.user, "/user", accounts.User),
    "subscription": (billing.subscription, "/acme/api/subscription", billing.Subscription),
}


@pytest.mark.parametrize("name", ITEMS)
async def test_items(server: Server, client: Client, name: str) -> None:
    call, path, model = ITEMS[name]
    server.plays(response({"id": 12}), response([]))
    assert type(await call(client)) is model
    assert (server.requests[0].path, server.requests[0].query) == (path, {})
    with pytest.raises(UndecodableAnswer):
        await call(client)


@pytest.mark.parametrize(("kind", "module"), [("jobs", jobs), ("clusters", clusters), ("schedules", schedules)])
async def test_watchers(server: Server, client: Client, kind: str, module: Any) -> None:
    server.plays(response([{"id": 1, "display_name": "Ann", "created_at": "2013-04-09T11:28:27+03:00"}]))
    (watcher,) = (await module.watchers(client, 5)).items
    assert (watcher.display_name, watcher.created_at.hour) == ("Ann", 8)
    assert server.requests[0].path == f"/acme/api/{kind}/5/watchers"


async def test_variables(server: Server, client: Client) -> None:
    server.plays(response({"a": 32, "b": "test"}), response({"_X": "'+00:00'"}), response([]))
    assert await jobs.variables(client, 5) == {"a": 32, "b": "test"}
    assert await reference.system_variables(client) == {"_X": "'+00:00'"}
    assert [request.path for request in server.requests] == ["/acme/api/jobs/5/variables", "/variables"]
    with pytest.raises(UndecodableAnswer, match="names and values"):
        await jobs.variables(client, 5)


async def test_the_log_summary_comes_with_or_without_a_job(server: Server, client: Client) -> None:
    summary = {"log_summary": {"id": 1, "error_summary": "No such customer", "action_items": ["Look", "Retry"]}}
    if EXAMPLES is not None:
        summary = json.loads((EXAMPLES / "get-job-information-include-log-summary.json").read_text("utf-8"))
    server.plays(response(summary), response({"id": 5, "status": "failed", **summary}))
    for _ in range(2):
        found = await jobs.log_summary(client, 5)
        assert found is not None
        assert found.error_summary == summary["log_summary"]["error_summary"]
        assert found.action_items == tuple(summary["log_summary"]["action_items"])
    assert server.requests[0].query == {"include": "log_summary"}


@pytest.mark.parametrize("data", [{"id": 5}, {"id": 5, "log_summary": None}])
async def test_no_log_summary(server: Server, client: Client, data: dict[str, Any]) -> None:
    server.plays(response(data))
    assert await jobs.log_summary(client, 5) is None


@pytest.mark.parametrize("data", [[], {"log_summary": "x"}, {"log_summary": {"action_items": 5}}])
async def test_a_strange_log_summary(server: Server, client: Client, data: Any) -> None:
    server.plays(response(data))
    with pytest.raises(UndecodableAnswer):
        await jobs.log_summary(client, 5)


async def test_the_credits_cost_nothing_to_ask_for(server: Server, client: Client) -> None:
    server.plays(response({"limits": {"limit": 5000, "remaining": 4321}}))
    found = await limits.rate_limit_status(client)
    assert (found.limit, found.remaining) == (5000, 4321)
    assert (client.meter.limit, client.meter.remaining, client.meter.burn()) == (5000, 4321, 0)
    assert server.requests[0].path == "/acme/api/rate_limit_status"


@pytest.mark.parametrize("data", [{}, [], {"limits": []}, {"limits": {"limit": "many"}}])
async def test_strange_credits(server: Server, client: Client, data: Any) -> None:
    server.plays(response(data))
    with pytest.raises(UndecodableAnswer):
        await limits.rate_limit_status(client)


@pytest.mark.parametrize("id_", ["", ".", ".."])
async def test_an_id_that_would_leave_its_place_is_not_sent(server: Server, client: Client, id_: str) -> None:
    with pytest.raises(ValueError, match="address"):
        await jobs.get(client, id_)
    assert server.requests == []


async def test_an_id_stays_one_part_of_the_path(server: Server, client: Client) -> None:
    server.plays(response({"id": 1}))
    await jobs.get(client, "../../user?x#y")
    assert server.requests[0].path == "/acme/api/jobs/..%2F..%2Fuser%3Fx%23y"


async def test_a_window_that_is_none_is_not_sent(server: Server, client: Client) -> None:
    with pytest.raises(ValueError, match="limit"):
        await jobs.list_(client, limit=101)
    assert server.requests == []


async def test_models_are_built_beside_the_event_loop(server: Server, client: Client) -> None:
    where: list[str] = []

    class Fresh(Wire):
        id: int

        @classmethod
        def __pydantic_on_complete__(cls) -> None:
            where.append(threading.current_thread().name)

    server.plays(response({"id": 1}))
    assert not Fresh.__pydantic_complete__
    assert (await calls.get_one(client, "/x", Fresh)).id == 1
    assert (await calls.get_one(client, "/x", Fresh)).id == 1
    assert Fresh.__pydantic_complete__
    assert threading.main_thread().name not in where


def test_importing_the_package_imports_nothing_else() -> None:
    code = "import sys, xplenty_tui.api.jobs, xplenty_tui.api.accounts; print(' '.join(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"textual", "keyring", "xplenty_tui.core", "xplenty_tui.tui", "xplenty_tui.demo"} & set(found)
    assert "httpx" in found
    code = "import sys, xplenty_tui.api, xplenty_tui.api.errors, xplenty_tui.api.credits; print(' '.join(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"httpx", "pydantic"} & set(found)

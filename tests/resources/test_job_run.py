"""Running packages in the demo: what is sent, what is left behind when it goes wrong, and how that is found out."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from tests.api.server import Conversation, response, serving
from tests.resources.acting import Stage, by_name, staged, typed
from tests.resources.samples import NOW, at
from xplenty_tui.api.client import Client, Limits
from xplenty_tui.api.credits import Meter
from xplenty_tui.api.errors import ApiError, ServerError, TimedOut, Unprocessable
from xplenty_tui.core.action import Attempt, Verdict
from xplenty_tui.core.declare import Link
from xplenty_tui.core.fields import pairs_text
from xplenty_tui.resources import job_actions, run_on
from xplenty_tui.resources.job_run import Halfway
from xplenty_tui.resources.run_form import RunForm

NEW = by_name(job_actions.ACTIONS, "new")
LOST = [("before", Verdict.NOT_DONE), ("after", Verdict.DONE), ("500", Verdict.DONE)]


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as made:
        await made.load("clusters", "jobs", "packages")
        yield made


class SecondFails(httpx.AsyncBaseTransport):
    """Creates clusters, and fails to run jobs: ``before`` or after the server has acted, or with a status."""

    def __init__(self, inner: httpx.AsyncBaseTransport, how: str) -> None:
        self.inner, self.how = inner, how

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.method != "POST" or not request.url.path.endswith("/jobs"):
            return await self.inner.handle_async_request(request)
        if self.how.isdigit():
            return httpx.Response(int(self.how), json={"message": "oh"})
        if self.how == "unreached":
            raise httpx.ConnectError("no", request=request)
        if self.how == "after":
            await self.inner.handle_async_request(request)
        raise httpx.ReadError("gone", request=request)


async def test_a_run_sends_static_and_dynamic_variables_apart(stage: Stage) -> None:
    draft = typed(
        NEW, stage.ctx, package_id="412",
        variables=pairs_text({"Schema": "public"}), dynamic_variables=pairs_text({"InputPath": "'/old'"}),
    )  # fmt: skip
    answer = await NEW.send(stage.client, None, draft)
    assert stage.wire.sent == [
        (
            "POST",
            "/jobs",
            {
                "cluster_id": int(draft.cluster_id),
                "package_id": 412,
                "variables": {"Schema": "public"},
                "dynamic_variables": {"InputPath": "'/old'"},
            },
        )
    ]
    cluster: Any = stage.store.get("clusters", draft.cluster_id)
    name = cluster.name
    assert NEW.said(answer, None, stage.ctx) == f"Job {answer.id} is started: orders_to_redshift on {name}."
    assert NEW.lands(answer) == Link("jobs", str(answer.id))
    assert list(NEW.names(draft)) == ["InputPath", "Schema"]


async def test_a_run_on_a_new_cluster_creates_it_first(stage: Stage) -> None:
    draft = typed(NEW, stage.ctx, package_id="436", cluster_id="new", nodes="3", name="adhoc-9")
    answer = await NEW.send(stage.client, None, draft)
    assert [(method, path) for method, path, _ in stage.wire.sent] == [("POST", "/clusters"), ("POST", "/jobs")]
    assert stage.wire.sent[0][2] == {"type": "production", "nodes": 3, "name": "adhoc-9", "terminate_on_idle": True}
    assert stage.wire.sent[1][2] == {"cluster_id": answer.cluster_id, "package_id": 436}


@pytest.mark.parametrize("how", ["422", "403", "unreached"])
async def test_a_cluster_that_was_created_for_nothing_is_named(stage: Stage, how: str) -> None:
    draft = typed(NEW, stage.ctx, package_id="436", cluster_id="new", name="adhoc-9")
    attempt = stage.attempt(None, draft)
    stage.wire.inner = SecondFails(stage.wire.inner, how)
    with pytest.raises(Halfway) as caught:
        await NEW.send(stage.client, None, draft)
    await stage.load("clusters")
    made = stage.named("clusters", "adhoc-9")
    assert f"Cluster adhoc-9 ({made.id}) was created before" in caught.value.sentence
    assert caught.value.values == {"cluster_id": str(made.id)}
    assert caught.value.sent and not isinstance(caught.value, Unprocessable), "the form must not send it again as it is"
    found = await NEW.check(stage.client, attempt)
    assert found.verdict is Verdict.UNKNOWN and found.check.startswith(
        f"No job was started. Cluster adhoc-9 ({made.id})"
    )


async def test_a_job_on_a_new_cluster_is_found_again(stage: Stage) -> None:
    draft = typed(NEW, stage.ctx, package_id="436", cluster_id="new", name="adhoc-9")
    attempt = stage.attempt(None, draft)
    stage.wire.inner = SecondFails(stage.wire.inner, "after")
    with pytest.raises(ApiError, match="adhoc-9") as caught:
        await NEW.send(stage.client, None, draft)
    assert str(caught.value) == caught.value.sentence
    found = await NEW.check(stage.client, attempt)
    assert found.verdict is Verdict.DONE and found.item.package.id == 436


async def test_a_server_that_fails_with_the_job_leaves_its_own_error(stage: Stage) -> None:
    stage.wire.inner = SecondFails(stage.wire.inner, "500")
    with pytest.raises(ServerError, match="exists now and costs money"):
        await NEW.send(stage.client, None, typed(NEW, stage.ctx, package_id="436", cluster_id="new"))


# reading back


@pytest.mark.parametrize(("fault", "verdict"), LOST)
async def test_a_run_is_read_back(stage: Stage, fault: str, verdict: Verdict) -> None:
    stage.pass_(30)  # nothing else was started just before
    draft = typed(NEW, stage.ctx, package_id="412", variables=pairs_text({"Schema": "public"}))
    found = await stage.failing(NEW, None, fault, draft)
    assert found.verdict is verdict
    if verdict is Verdict.DONE:
        assert found.item.package.name == "orders_to_redshift" and set(found.item.variables) == {"Schema"}


async def test_two_runs_at_once_prove_nothing(stage: Stage) -> None:
    draft = typed(NEW, stage.ctx, package_id="412")
    await NEW.send(stage.client, None, draft)
    stage.pass_(2)
    found = await stage.failing(NEW, None, "after", draft)
    assert found.verdict is Verdict.UNKNOWN and found.check.startswith("2 that were made just now fit.")


async def test_one_from_just_before_proves_nothing(stage: Stage) -> None:
    draft = typed(NEW, stage.ctx, package_id="412")
    await NEW.send(stage.client, None, draft)
    stage.pass_(2)
    found = await stage.failing(NEW, None, "before", draft)
    assert found.verdict is Verdict.UNKNOWN and found.item is not None


async def test_a_job_with_other_variables_proves_nothing(stage: Stage) -> None:
    draft = typed(NEW, stage.ctx, package_id="412", variables=pairs_text({"a": "1"}))
    attempt = stage.attempt(None, typed(NEW, stage.ctx, package_id="412", variables=pairs_text({"b": "1"})))
    await NEW.send(stage.client, None, draft)
    found = await NEW.check(stage.client, attempt)
    assert found.verdict is Verdict.UNKNOWN and "with other variables" in found.check


async def test_jobs_of_schedules_others_and_other_clusters_are_not_ours(stage: Stage) -> None:
    draft = typed(NEW, stage.ctx, package_id="412")
    attempt = stage.attempt(None, draft)
    other = next(str(one.id) for one in run_on.clusters(stage.ctx) if str(one.id) != draft.cluster_id)
    await NEW.send(stage.client, None, typed(NEW, stage.ctx, package_id="412", cluster_id=other))
    await NEW.send(stage.client, None, typed(NEW, stage.ctx, package_id="440"))
    assert (await NEW.check(stage.client, attempt)).verdict is Verdict.NOT_DONE


@pytest.mark.parametrize(
    ("creator", "verdict"),
    [
        ({"type": "User", "id": 5}, Verdict.DONE),
        ({"type": "User", "id": 6}, Verdict.NOT_DONE),
        ({"type": "Schedule", "id": 5}, Verdict.NOT_DONE),
        (None, Verdict.DONE),
    ],
)
async def test_a_server_that_answers_too_late_has_run_it_once(creator: Any, verdict: Verdict) -> None:
    job = {"id": 9, "status": "pending", "package_id": 7, "cluster_id": 3, "creator": creator, "variables": {}}
    with serving() as server:
        stalls = Conversation.stall
        server.plays(stalls, response({"id": 5}), response([{**job, "created_at": at(-0.05)}]))
        limits = Limits(connect_s=2, read_s=0.2, total_s=2)
        client = Client(server.url, "acme", SecretStr("k"), meter=Meter(lambda: NOW, time.monotonic), limits=limits)
        draft = RunForm(package_id=7, cluster_id="3")
        try:
            with pytest.raises(TimedOut) as caught:
                await NEW.send(client, None, draft)
            assert caught.value.sent
            found = await NEW.check(client, Attempt(None, draft, NOW))
        finally:
            await client.aclose()
        assert found.verdict is verdict
        assert [request.method for request in server.requests] == ["POST", "GET", "GET"]
        assert server.requests[2].query["package_id"] == "7"

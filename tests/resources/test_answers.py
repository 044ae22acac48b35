"""Declarations over answers that nobody here wrote: the API documentation's examples, and the demo's world."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import SecretStr

from tests.conftest import EXAMPLES
from tests.resources.samples import context
from xplenty_tui.api.client import Client
from xplenty_tui.api.credits import Meter
from xplenty_tui.api.errors import ApiError
from xplenty_tui.api.jobs import JobLog
from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Facts, Loaded, Related, Resource, Row
from xplenty_tui.core.store import Store
from xplenty_tui.demo.start import ACCOUNT, KEY, OTHER_ACCOUNT, SEED, start
from xplenty_tui.demo.transport import DemoTransport
from xplenty_tui.resources import ALL, BY_NAME

BEGIN = datetime(2026, 3, 1, 3, 0, tzinfo=UTC)
LISTS = {
    "list-jobs": "jobs",
    "list-job-children": "jobs",
    "list-clusters": "clusters",
    "list-schedules": "schedules",
    "list-packages": "packages",
    "list-accounts": "accounts",
    "list-members": "members",
    "list-notifications": "notifications",
    "list-plans": "plans",
    "list-account-regions": "regions",
    "list-stacks": "stacks",
}


def draw(resource: Resource[Any], item: Any, ctx: Context) -> dict[str, str]:
    """Draw all of an item that costs nothing; returns its cells."""
    cells = {}
    for column in resource.columns:
        value = column.value(item, ctx)
        cells[column.name] = column.show(value, ctx) if column.show and value is not None else words.plain(value, ctx)
        assert column.tone is None or column.tone(item, ctx)
    for section in resource.detail:
        if isinstance(section, Facts):
            check(section.rows(item, ctx))
    return cells


def check(rows: Any) -> list[Row]:
    seen = list(rows)
    for row in seen:
        assert "\n" not in row.text + row.label
        assert row.label not in ("None", "True")
    return seen


@pytest.mark.parametrize("name", LISTS)
def test_every_example_of_the_documentation_is_drawn(name: str) -> None:
    if EXAMPLES is None:
        return
    resource = BY_NAME[LISTS[name]]
    items = [resource.model.model_validate(raw) for raw in json.loads((EXAMPLES / f"{name}.json").read_text())]
    assert items
    ctx = context(**{resource.name: items})
    for item in items:
        cells = draw(resource, item, ctx)
        assert cells.get("status", "") not in ("–", "? unknown")
        assert resource.label(item)


def test_the_examples_of_one_job_are_drawn() -> None:
    if EXAMPLES is None:
        return
    raw = json.loads((EXAMPLES / "get-job-information.json").read_text())
    cells = draw(BY_NAME["jobs"], BY_NAME["jobs"].model.model_validate(raw), context())
    assert cells["finished"] == "2012-12-30", "completed_at is null there, updated_at is not"
    assert cells["by"] == "Schedule 1"


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    api, clock = start(SEED, 400, 0, lambda: 0.0, BEGIN)
    meter = Meter(clock, lambda: 0.0)
    made = Client("https://demo.example", ACCOUNT, SecretStr(KEY), meter=meter, transport=DemoTransport(api))
    yield made
    await made.aclose()


async def fill(client: Client) -> Context:
    """Load every kind as far as opening its list would."""
    store = Store()
    for resource in ALL:
        offset: int | None = 0
        for _ in range(resource.initial_pages):
            page: Any = await resource.load(client, offset or 0)
            assert page.undecodable == ()
            store.put(resource.name, [(resource.key(item), item) for item in page.items], BEGIN, merge=resource.merge)
            offset = page.next_offset
            if offset is None:
                break
    return Context(BEGIN, store, UTC, ACCOUNT)


async def test_everything_of_the_demo_is_drawn(client: Client) -> None:
    ctx = await fill(client)
    for resource in ALL:
        items = ctx.store.good(resource.name)
        assert items or resource.partial, resource.name
        for item in items:
            cells = draw(resource, item, ctx)
            assert cells.get("name") != "–", resource.name
            assert not cells.get("package", "").startswith("#")


async def test_every_part_that_costs_a_credit_is_asked_for_and_drawn(client: Client) -> None:
    ctx = await fill(client)
    got: dict[str, int] = {}
    for resource in ALL:
        for item in ctx.store.good(resource.name)[:12]:
            for section in resource.detail:
                if isinstance(section, Loaded) and section.when(item):
                    given = item if section.given is None else section.given(item, ctx)
                    if given is None:
                        continue
                    before = client.meter.burn()
                    try:
                        answer = await section.load(client, given)
                    except ApiError as refused:
                        assert refused.status in (403, 404, 422), (section.name, refused)
                    else:
                        rows = check(section.rows(answer, item, ctx))
                        got[f"{resource.name} {section.name}"] = got.get(f"{resource.name} {section.name}", 0) + len(
                            rows
                        )
                    assert client.meter.burn() == before + section.credits, "a part costs what it says"
    empty = [name for name, rows in got.items() if not rows and "watchers" not in name]
    assert empty == []
    assert got["jobs log"] > 0
    assert got["jobs preview"] > 0


async def test_related_items_can_be_asked_for(client: Client) -> None:
    ctx = await fill(client)
    asked = 0
    for resource in ALL:
        for section in resource.detail:
            if isinstance(section, Related) and section.load:
                for item in ctx.store.good(resource.name)[:3]:
                    page = await section.load(client, item, 0)
                    asked += 1
                    if section.name != "children":
                        assert all(section.where(item, other) for other in page.items)
    assert asked


async def test_a_workflow_has_children_that_name_their_steps(client: Client) -> None:
    ctx = await fill(client)
    children: Any = next(section for section in BY_NAME["jobs"].detail if section.name == "children")
    steps = []
    for job in ctx.store.good("jobs")[:60]:
        page = await children.load(client, job, 0)
        steps += [child for child in page.items if child.component]
    assert steps, "the demo has a workflow among its newest jobs"
    timeline: Any = BY_NAME["jobs"].detail[0]
    assert any(row.label == "step" for row in timeline.rows(steps[0], ctx))


async def test_a_get_keeps_what_the_list_said(client: Client) -> None:
    ctx = await fill(client)
    for name in ("jobs", "clusters", "schedules", "packages", "accounts"):
        resource = BY_NAME[name]
        assert resource.get
        listed = ctx.store.good(name)[0]
        merged = resource.merge(listed, await resource.get(client, resource.key(listed)))
        assert draw(resource, merged, ctx)["status" if resource.status else "name"] != "–"
        assert resource.label(merged) == resource.label(listed)


async def test_the_servers_search_is_asked(client: Client) -> None:
    found: Any = await BY_NAME["jobs"].search(client, "status:failed", 0)
    assert found.items
    assert {job.status for job in found.items} == {"failed"}


async def test_another_accounts_page_is_that_accounts(client: Client) -> None:
    accounts: Any = await BY_NAME["accounts"].load(client, 0)
    other = next(account for account in accounts.items if account.account_id == OTHER_ACCOUNT)
    members: Any = next(section for section in BY_NAME["accounts"].detail if section.name == "members")
    mine, theirs = await members.load(client, accounts.items[0]), await members.load(client, other)
    assert mine.items
    assert theirs.items
    assert client.account == ACCOUNT


async def test_nothing_of_the_log_is_lost(client: Client) -> None:
    ctx = await fill(client)
    job = next(job for job in ctx.store.good("jobs") if job.status == "failed")
    log: Any = next(section for section in BY_NAME["jobs"].detail if section.name == "log")
    answer: JobLog = await log.load(client, job)
    drawn = [row.text for row in log.rows(answer, job, ctx)]
    assert drawn == [line.expandtabs(4).rstrip() for line in answer.body.strip("\n").rstrip().splitlines()]

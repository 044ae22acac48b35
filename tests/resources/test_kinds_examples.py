"""Every example of the documentation is a row of its kind's list and a page, in either dialect."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

import httpx
import pytest
from pydantic import SecretStr

from tests.conftest import EXAMPLES
from tests.resources.acting import by_name
from tests.resources.samples import FULL, NOW, context, decode, one
from xplenty_tui.api.accounts import Notification
from xplenty_tui.api.client import Client
from xplenty_tui.api.connections import Schema
from xplenty_tui.api.credits import Meter
from xplenty_tui.api.wire import many
from xplenty_tui.core import words
from xplenty_tui.core.declare import Facts, Loaded
from xplenty_tui.resources import BY_NAME

T = TypeVar("T")
ROUTES = {
    r"/:account_id/api/jobs(/:job_id(/children)?)?": "jobs",
    r"/:account_id/api/clusters(/:cluster_id)?": "clusters",
    r"/:account_id/api/schedules(/:schedule_id(/clone|/run)?)?": "schedules",
    r"/:account_id/api/packages(/:package_id)?": "packages",
    r"/:account_id/api/packages/templates": "templates",
    r"/:account_id/api/packages/:package_id/validat(e|ions(/:validation_id)?)": "validations",
    r"/:account_id/api/members(/:\w+)?": "members",
    r"/:account_id/api/plans": "plans",
    r"/:account_id/api/invoices(/:invoice_id)?": "invoices",
    r"/:account_id/api/payment_method": "payment_method",
    r"/:account_id/api/subscription": "subscription",
    r"(/:account_id/api)?/regions(/:type)?": "regions",
    r"/:account_id/api/stacks": "stacks",
    r"/accounts(/:account_id)?": "accounts",
    r"/user(/regenerate-tokens)?": "user",
    r"/user/keys(/:\w+)?": "public_keys",
    r"/user/notifications": "notifications",
    r"/product_updates(/:\w+/like)?": "product_updates",
    r"/timezones": "time_zones",
    r"/:account_id/api/connections(/:\w+(/:\w+)?)?": "connections",
    r"/:account_id/api/connections/types": "connection_types",
    r"/:account_id/api/hooks(/:\w+(/ping)?)?": "hooks",
    r"/:account_id/api/hooks/types": "hook_types",
    r"/hook_events": "hook_events",
    r"/:account_id/api/deliveries(/:\w+)?": "deliveries",
    r"/:account_id/api/clusters/:cluster_id/instances": "instances",
    r"GET /:account_id/api/\w+/:\w+/watchers": "watchers",
}
"""Path, or method and path → the kind whose items the answer has."""
PARTS = {
    r".*/api/jobs/:job_id/variables": ("jobs", "variables"),
    r".*/api/jobs/:job_id\?include=log_summary": ("jobs", "summary"),
    r".*/api/jobs/:job_id/log": ("jobs", "log"),
    r".*/outputs/:output_id/preview": ("outputs", "preview"),
    r".*/metadata/adwords/.*": ("connections", "customers"),
    r".*/metadata/analytics/.*": ("connections", "accounts"),
    r".*/metadata/bingads/.*/accounts": ("connections", "bing_accounts"),
    r".*/metadata/bingads/.*/columns": ("connections", "columns"),
    r".*/metadata/facebookadsinsights/.*/accounts": ("connections", "facebook_accounts"),
    r".*/metadata/facebookadsinsights/.*/fields": ("connections", "report_fields"),
    r".*/metadata/salesforce/.*/objects": ("connections", "objects"),
    r".*/connections/:connection_type/help": ("connections", "help"),
}
"""Path → the part of a page that draws the answer."""
SHOWN = {
    r".*/connections/:connection_type/:connection_id/schema": ("connections", "schema"),
    r".*/connections/curl/schema": ("connections", "schema"),
    r".*/metadata/salesforce/.*/fields": ("connections", "fields"),
}
"""Path → the action that draws the answer."""
APART = {
    "error-response.json": "an error",
    "list-system-variables.json": "names and values: below",
    "reset-hook-salt.json": "a salt, which nothing shows",
    "test-connection.json": "true: a sentence",
    "test-connection-curl-failed.json": "an error_message: a sentence",
    "test-new-connection.json": "true: a sentence",
    "validate-connection-failed.json": "an error_message: a sentence",
    "validate-connection-curl.json": "true: a sentence",
    "watch-cluster.json": "since when: a sentence",
    "watch-job.json": "since when: a sentence",
    "watch-schedule.json": "since when: a sentence",
}
"""What is neither an item nor a part of a page, and why; the calls' own tests decode these."""


def examples() -> Iterator[tuple[str, str, Any]]:
    """Yield name, kind and JSON: our own samples, and the documentation's examples where they are at hand."""
    yield from ((f"own {kind}", kind, raw) for kind, raw in FULL.items())
    if EXAMPLES is None:
        return
    for name, method, path, data in documented():
        if (kind := place_of(ROUTES, method, path)) is not None and name not in APART:
            yield name, kind, data


def documented() -> Iterator[tuple[str, str, str, Any]]:
    """Yield file, method, path and JSON of every example, and of one of our own where they are not at hand."""
    yield "own log", "GET", "/:account_id/api/jobs/:job_id/log", {"body": "a line"}
    if EXAMPLES is None:
        return
    for entry in json.loads((EXAMPLES / "manifest.json").read_text("utf-8"))["responses"]:
        if name := entry["file"]:
            yield name, entry["method"] or "", entry["path"] or "", json.loads((EXAMPLES / name).read_text("utf-8"))


def place_of(routes: Mapping[str, T], method: str, path: str) -> T | None:
    """Return where an answer belongs: the most exact of the shapes that fit, which is the one with the fewest names."""
    fits = [shape for shape in routes if re.fullmatch(shape, path) or re.fullmatch(shape, f"{method} {path}")]
    return routes[max(fits, key=lambda shape: shape.count("/") - shape.count("\\w"))] if fits else None


FOUND = list(examples())


@pytest.mark.parametrize(("kind", "data"), [each[1:] for each in FOUND], ids=[each[0] for each in FOUND])
def test_an_example_is_a_row_and_a_page(kind: str, data: Any) -> None:
    resource = BY_NAME[kind]
    items, odd = many(resource.model, data if isinstance(data, list) else [data])
    assert items and not odd
    ctx = context(**{kind: items})
    for item in items:
        assert resource.key(item) and resource.label(item)
        cells = []
        for column in resource.columns:
            value = column.value(item, ctx)
            cells.append(column.show(value, ctx) if column.show and value is not None else words.plain(value, ctx))
        assert any(cell != words.NONE for cell in cells)
        rows = [row for section in resource.detail if isinstance(section, Facts) for row in section.rows(item, ctx)]
        assert rows or not any(isinstance(section, Facts) for section in resource.detail)
        assert not any("example-api-key" in row.text + (row.secret or "") for row in rows)


def answering(data: Any) -> Client:
    """Return a client whose server says the same to everything."""
    meter = Meter(lambda: NOW, lambda: 0.0)
    transport = httpx.MockTransport(lambda request: httpx.Response(200, json=data))
    return Client("https://api.example", "acme", SecretStr("key"), meter=meter, transport=transport)


@pytest.mark.parametrize("example", documented(), ids=lambda example: example[0])
async def test_an_example_is_an_item_a_part_or_said(example: tuple[str, str, str, Any]) -> None:
    """No example is passed over: what is no item is drawn by the part or the action that asks for it."""
    name, method, path, data = example
    part, shown = place_of(PARTS, method, path), place_of(SHOWN, method, path)
    if part is not None:
        section = next(each for each in BY_NAME[part[0]].detail if each.name == part[1])
        assert isinstance(section, Loaded)
        item = one(part[0])
        answer = await section.load(answering(data), item)
        assert list(section.rows(answer, item, context()))
    elif shown is not None:
        action = by_name(BY_NAME[shown[0]].actions, shown[1])
        answer = Schema.model_validate(data) if shown[1] == "schema" else data
        assert action.shows is not None and list(action.shows(answer, one(shown[0]), context()))
    else:
        assert (place_of(ROUTES, method, path) is not None) != (name in APART)


async def test_the_system_variables_are_rows() -> None:
    resource = BY_NAME["variables"]
    page = await resource.load(answering({"_COPY_TARGET_SIZE": 64, "_DATE": "CurrentTime()"}), 0)
    names = [resource.label(item) for item in page.items]
    assert names == ["_COPY_TARGET_SIZE", "_DATE"]


def test_both_dialects_of_a_notification_say_the_same() -> None:
    old = decode("notifications", {"id": 1, "title": "t", "message": "<b>x</b>", "last_read_at": None})
    new = decode("notifications", {"id": 1, "title": "t", "body": "<b>x</b>", "read": False})
    assert isinstance(old, Notification) and isinstance(new, Notification)
    resource, ctx = BY_NAME["notifications"], context()
    for column in resource.columns:
        assert column.value(old, ctx) == column.value(new, ctx)
    assert not decode("notifications", {"id": 1, "body": "x", "read": True}).unread


def test_both_dialects_of_a_member_have_a_name() -> None:
    for raw in ({"id": 1, "name": "Ada"}, {"id": 1, "display_name": "Ada"}):
        assert BY_NAME["members"].label(decode("members", raw)) == "Ada"

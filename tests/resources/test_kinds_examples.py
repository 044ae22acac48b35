"""Every example of the documentation is a row of its kind's list and a page, in either dialect."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.conftest import EXAMPLES
from tests.resources.samples import FULL, context, decode
from xplenty_tui.api.accounts import Notification
from xplenty_tui.api.wire import many
from xplenty_tui.core import words
from xplenty_tui.core.declare import Facts
from xplenty_tui.resources import BY_NAME

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
}
KEPT_APART = {"get-job-information-include-log-summary.json"}
"""No whole item: tested with its call."""


def examples() -> Iterator[tuple[str, str, Any]]:
    """Yield name, kind and JSON: our own samples, and the documentation's examples where they are at hand."""
    yield from ((f"own {kind}", kind, raw) for kind, raw in FULL.items())
    if EXAMPLES is None:
        return
    for entry in json.loads((EXAMPLES / "manifest.json").read_text("utf-8"))["responses"]:
        name, path = entry["file"], entry["path"] or ""
        kind = next((kind for shape, kind in ROUTES.items() if re.fullmatch(shape, path)), None)
        if name and kind and name not in KEPT_APART:
            yield name, kind, json.loads((EXAMPLES / name).read_text("utf-8"))


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

"""The models against the documentation's own examples."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from tests.conftest import EXAMPLES
from xplenty_tui.api.accounts import Account, Member, Notification, User
from xplenty_tui.api.billing import Invoice, PaymentMethod, Plan, Subscription
from xplenty_tui.api.clusters import Cluster, Instance
from xplenty_tui.api.connections import Connection, Schema, TypeDescriptor
from xplenty_tui.api.deliveries import Delivery
from xplenty_tui.api.hooks import Hook, HookEvent
from xplenty_tui.api.jobs import Job, JobLog, JobPreview
from xplenty_tui.api.keys import PublicKey
from xplenty_tui.api.packages import Package, PackageTemplate, PackageValidation
from xplenty_tui.api.people import Watch, Watcher
from xplenty_tui.api.reference import Region, Stack, TimeZone
from xplenty_tui.api.schedules import Schedule
from xplenty_tui.api.updates import ProductUpdate
from xplenty_tui.api.wire import MASK, Wire, many, raw

ROUTES: tuple[tuple[str, str, type[Wire]], ...] = (
    (r".*", r"/:account_id/api/jobs(/:job_id(/children)?)?", Job),
    (r".*", r"/:account_id/api/jobs/:job_id/log", JobLog),
    (r".*", r"/:account_id/api/jobs/:job_id/outputs/:output_id/preview", JobPreview),
    (r"GET", r"/:account_id/api/\w+/:\w+/watchers", Watcher),
    (r"POST", r"/:account_id/api/\w+/:\w+/watchers", Watch),
    (r".*", r"/:account_id/api/clusters(/:cluster_id)?", Cluster),
    (r".*", r"/:account_id/api/clusters/:cluster_id/instances", Instance),
    (r".*", r"/:account_id/api/schedules(/:schedule_id(/clone|/run)?)?", Schedule),
    (r".*", r"/:account_id/api/packages(/:package_id)?", Package),
    (r".*", r"/:account_id/api/packages/templates", PackageTemplate),
    (r".*", r"/:account_id/api/packages/:package_id/validat(e|ions(/:validation_id)?)", PackageValidation),
    (r".*", r"/:account_id/api/members(/:user_id)?", Member),
    (r".*", r"/:account_id/api/plans", Plan),
    (r".*", r"/:account_id/api/invoices(/:invoice_id)?", Invoice),
    (r".*", r"/:account_id/api/payment_method", PaymentMethod),
    (r".*", r"/user/keys(/:key_id|/:public_key_id|/:id)?", PublicKey),
    (r".*", r"/product_updates(/:\w+/like)?", ProductUpdate),
    (r".*", r"/timezones", TimeZone),
    (r".*", r"/:account_id/api/subscription", Subscription),
    (r".*", r"(/:account_id/api)?/regions(/:type)?", Region),
    (r".*", r"/:account_id/api/stacks", Stack),
    (r"GET", r"/:account_id/api/(connections|hooks)/types", TypeDescriptor),
    (r".*", r"/:account_id/api/connections(/:\w+(/:connection_id)?)?", Connection),
    (r"GET", r"/:account_id/api/connections/(:\w+/:connection_id|curl)/schema", Schema),
    (r".*", r"/:account_id/api/hooks(/:\w+)?", Hook),
    (r"GET", r"/hook_events", HookEvent),
    (r".*", r"/:account_id/api/deliveries(/:delivery_id)?", Delivery),
    (r".*", r"/accounts(/:account_id)?", Account),
    (r".*", r"/user(/regenerate-tokens)?", User),
    (r"GET", r"/user/notifications", Notification),
)

MASKED = ("api_key", "salt")
"""Fields whose value no view shows."""
KEYS = {TypeDescriptor: ("type",)}
"""What a model cannot be without, where that is not its id."""
OWN: dict[str, tuple[type[Wire], Any]] = {
    "job": (
        Job,
        {
            "id": 9,
            "status": "failed",
            "variables": {"day": "'monday'", "count": 3},
            "progress": 0.5,
            "outputs": [{"id": 4, "name": "table", "records_count": 12, "component": {"name": "d", "fields": ["a"]}}],
            "errors": None,
            "completed_at": "2026-01-02T03:04:05Z",
            "started_at": None,
            "creator": {"type": "User", "id": 1, "display_name": "Somebody"},
            "package": {"id": 2, "name": "daily"},
            "cluster": {"id": 3, "nodes": 2, "bootstrap_actions": [{"script_path": "s3://x", "args": ["a"]}]},
            "something_new": {"a": [1]},
        },
    ),
    "schedules": (Schedule, [{"id": 1, "task": {"nodes": 2, "packages": [{"package_id": "7", "variables": {}}]}}]),
    "clusters": (Cluster, [{"id": 1, "status": "idle", "terminate_on_idle": True, "slave_spot_price": 0.15}]),
    "validation": (PackageValidation, {"id": 1, "errors": [{"message": "line 5"}], "runtime": 50}),
    "members": (Member, [{"id": 1, "name": "A"}, {"id": 2, "display_name": "B"}]),
    "plans": (Plan, [{"id": "free", "price_cents": 0}]),
    "instances": (Instance, [{"instance_id": "i-1", "master": True}]),
    "connections": (Connection, [{"id": 53, "type": "s3", "username": "johndoe", "unique_id": "S3_CONNECTION_53"}]),
    "schema": (Schema, {"data": [], "raw": ["{}"], "fields": [{"item": "string"}]}),
    "hook types": (TypeDescriptor, [{"type": "web", "groups": [{"group_type": "web", "group_name": "Web"}]}]),
    "hooks": (
        Hook,
        [{"id": 1, "salt": "s", "active": True, "type": "web", "settings": {"url": "u"}, "events": ["job"]}],
    ),
    "deliveries": (Delivery, [{"id": 2, "source": {"connection": {"type": "s3", "id": 1}, "properties": {"a": 1}}}]),
    "subscription": (Subscription, {"plan_id": 4, "trialling": False}),
}


@dataclass(frozen=True)
class Example:
    name: str
    model: type[Wire]
    data: Any


def route(method: str, path: str) -> type[Wire] | None:
    return next((m for verb, shape, m in ROUTES if re.fullmatch(verb, method) and re.fullmatch(shape, path)), None)


def examples() -> Iterator[Example]:
    for name, (model, data) in OWN.items():
        yield Example(name, model, data)
    if EXAMPLES is None:
        return
    for entry in json.loads((EXAMPLES / "manifest.json").read_text("utf-8"))["responses"]:
        if entry["file"] and entry["path"] and (model := route(entry["method"], entry["path"])) is not None:
            yield Example(entry["file"], model, json.loads((EXAMPLES / entry["file"]).read_text("utf-8")))


FOUND = list(examples())


def same(received: Any, shown: Any) -> None:
    """Compare an item as received with what the raw view shows: secrets, one misspelling and zones apart."""
    if isinstance(received, dict):
        assert {name.replace("idol", "idle") for name in received} == set(shown)
        for name, value in received.items():
            if name in MASKED:
                assert shown[name] == MASK
            else:
                same(value, shown[name.replace("idol", "idle")])
    elif isinstance(received, list):
        assert len(received) == len(shown)
        for left, right in zip(received, shown, strict=True):
            same(left, right)
    elif isinstance(received, str) and received.endswith("+03:00"):
        assert datetime.fromisoformat(received) == datetime.fromisoformat(shown)
        assert shown.endswith("Z")
    else:
        assert received == shown
        assert type(received) is type(shown)


@pytest.mark.parametrize("example", FOUND, ids=lambda example: example.name)
def test_every_example_decodes_and_can_be_shown_as_received(example: Example) -> None:
    listed = isinstance(example.data, list)
    received = example.data if listed else [example.data]
    good, bad = many(example.model, copy.deepcopy(received))
    assert bad == ()
    for item, model in zip(received, good, strict=True):
        same(item, raw(model))
        json.dumps(raw(model))


@pytest.mark.parametrize("example", FOUND, ids=lambda example: example.name)
def test_every_field_of_an_example_is_declared(example: Example) -> None:
    item = example.data[0] if isinstance(example.data, list) else example.data
    model = example.model.model_validate(item)
    assert set(model.__pydantic_extra__ or {}) <= {"something_new"}


@pytest.mark.parametrize("example", FOUND, ids=lambda example: example.name)
def test_every_field_but_the_id_may_be_null_or_missing(example: Example) -> None:
    item = example.data[0] if isinstance(example.data, list) else example.data
    kept = {name: value for name, value in item.items() if name in KEYS.get(example.model, ("id", "instance_id"))}
    nulls = {**dict.fromkeys(item), **kept}
    empty, nothing = example.model.model_validate(nulls), example.model.model_validate(kept)
    same(nulls, {**raw(empty), **{name: MASK for name in MASKED if name in nulls}})
    for name in type(empty).model_fields:
        if name not in kept:
            assert getattr(empty, name) == getattr(nothing, name)
            assert not getattr(empty, name)


def test_no_example_of_these_resources_is_passed_over() -> None:
    words = ("jobs", "clusters", "schedules", "packages", "members", "accounts", "user", "plans", "subscription")
    words += ("invoices", "payment_method", "product_updates", "timezones", "regions", "stacks")
    left = set()
    if EXAMPLES is not None:
        for entry in json.loads((EXAMPLES / "manifest.json").read_text("utf-8"))["responses"]:
            parts = (entry["path"] or "").replace("/:account_id/api", "", 1).split("/")
            if entry["file"] and parts[1:2] and parts[1] in words and not route(entry["method"], entry["path"]):
                left.add(entry["file"])
    assert left <= {
        "get-job-execution-variables.json",  # an object of names and values
        "get-job-information-include-log-summary.json",  # not a whole job: tested with the call
    }

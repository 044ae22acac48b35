"""Items written by hand, as the API's documentation says they look: full ones, bare ones, and ones from hell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any

from tests.resources import account_samples, samples_wired
from tests.resources.account_samples import NOW, at
from xplenty_tui.api.wire import Wire
from xplenty_tui.core.declare import Context, Resource
from xplenty_tui.core.store import Store
from xplenty_tui.resources import BY_NAME

__all__ = ["FAR_EAST", "FULL", "HOSTILE", "NOW", "at", "context", "decode", "items_of", "one"]
FAR_EAST = timezone(timedelta(hours=14))


JOB: dict[str, Any] = {
    "id": 90412,
    "status": "failed",
    "variables": {"InputPath": "'/today'", "db_password": "hunter2"},
    "dynamic_variables": {"until": "CurrentTime()"},
    "owner_id": 1,
    "progress": 0.4299,
    "attempts": 3,
    "master_auto_retry_attempts": 3,
    "outputs_count": 3,
    "outputs": [
        {
            "id": 521,
            "name": "redshift.orders",
            "records_count": 184210,
            "component": {"name": "destination7", "type": "amazon_redshift_destination_component", "fields": ["id"]},
        },
        {"id": 522, "name": "s3.rejects", "records_count": None},
    ],
    "created_at": at(46),
    "started_at": at(45.95),
    "completed_at": at(33.88),
    "failed_at": None,
    "updated_at": at(33),
    "cluster_id": 2214,
    "package_id": 7,
    "errors": "\nAccess Denied on s3://acme-raw/orders/ (403).\n\tListBucket is not allowed.\n",
    "runtime_in_seconds": 724,
    "html_url": "https://xplenty.example/acme/jobs/90412",
    "creator": {"type": "Schedule", "id": 3, "display_name": "nightly_orders"},
    "package": {"id": 7, "name": "orders_to_redshift", "flow_type": "dataflow"},
    "cluster": {"id": 2214, "name": "nightly-4", "status": "available", "nodes": 4},
}
CLUSTER: dict[str, Any] = {
    "id": 2214,
    "name": "nightly-4",
    "description": "The nightly loads",
    "status": "available",
    "owner_id": 1,
    "plan_id": 1,
    "nodes": 4,
    "type": "production",
    "created_at": at(250),
    "updated_at": at(3),
    "available_since": at(240),
    "running_jobs_count": 2,
    "terminate_on_idle": False,
    "time_to_idle": 3600,
    "region": "amazon-web-services::us-east-1",
    "zone": "us-east-1b",
    "master_instance_type": "m3.xlarge",
    "slave_instance_type": "m3.xlarge",
    "stack": "white-everest",
    "html_url": "https://xplenty.example/acme/clusters/2214",
    "creator": {"type": "Schedule", "id": 3, "display_name": "nightly_orders"},
}
SCHEDULE: dict[str, Any] = {
    "id": 3,
    "name": "nightly_orders",
    "description": "Orders, every night",
    "status": "enabled",
    "owner_id": 1,
    "interval_amount": 2,
    "interval_unit": "hours",
    "start_at": at(100_000),
    "next_run_at": at(-65),
    "last_run_at": at(46),
    "last_run_status": "failed",
    "execution_count": 812,
    "overlap": False,
    "reuse_cluster_strategy": "self",
    "auto_retry": True,
    "auto_retry_attempts": 3,
    "task": {
        "nodes": 4,
        "packages": [{"package_id": "7", "variables": {"day": "'val1'", "apiToken": "'t0psecret'"}}],
        "terminate_on_idle": True,
        "time_to_idle": 60,
    },
}
PACKAGE: dict[str, Any] = {
    "id": 7,
    "name": "orders_to_redshift",
    "description": "Loads the orders\nof one day",
    "status": "active",
    "flow_type": "dataflow",
    "flow_version": "2.0.0",
    "variables": {"InputPath": "'/'", "AWS_SECRET_ACCESS_KEY": "abc/123"},
    "owner_id": 1,
    "created_at": at(90_000),
    "updated_at": at(30_000),
}
ACCOUNT: dict[str, Any] = {
    "id": 1,
    "account_id": "acme",
    "name": "Acme Data",
    "region": "amazon-web-services::us-east-1",
    "billing_email": "billing@acme.example",
    "created_at": at(900_000),
    "schedules_count": 14,
    "connections_count": 2,
    "members_count": 5,
    "packages_count": 12,
    "jobs_count": 400,
    "running_jobs_count": 4,
    "hooks_count": 0,
    "role": "admin",
    "permissions": ["createJob", "viewJob"],
    "is_owner": False,
    "owner_id": 1,
    "public_key": "ssh-rsa AAAA",
}
MEMBER: dict[str, Any] = {
    "id": 1,
    "name": "Ada Byron",
    "email": "ada@acme.example",
    "role": "admin",
    "owner": True,
    "confirmed": False,
    "created_at": at(900_000),
}
NOTIFICATION: dict[str, Any] = {
    "id": 2,
    "title": "Cluster error",
    "message": 'Something is wrong with <a href="https://xplenty.example/c/2">acme/nightly-4</a>.<br>We look into it.',
    "last_read_at": None,
    "created_at": at(200),
}
PLAN: dict[str, Any] = {
    "id": "pro",
    "name": "Pro",
    "description": "For teams",
    "price_cents": 150_000,
    "price_currency": "USD",
    "price_unit": "month",
    "cluster_node_hours_included": 100,
    "cluster_node_hours_limit": -1,
    "cluster_node_price_cents": 50,
    "cluster_node_price_currency": "USD",
    "cluster_node_price_unit": "hour",
    "cluster_nodes_limit": 20,
    "clusters_limit": -1,
    "members_limit": 1,
    "updated_at": at(900_000),
}
REGION: dict[str, Any] = {
    "id": "gcloud::us-central1",
    "name": "Google Cloud - Central US",
    "group_name": "Google Cloud",
    "short_name": "Central US",
}
STACK: dict[str, Any] = {"id": "mint-everest", "name": "Mint Everest"}
TEMPLATE: dict[str, Any] = {
    "id": 3, "name": "Orders to a warehouse", "description": "Reads orders and writes them.", "position": 1,
    "author": {"id": 9, "name": "Anna Kovacs"},
}  # fmt: skip

FULL: Mapping[str, dict[str, Any]] = {
    "jobs": JOB,
    "clusters": CLUSTER,
    "schedules": SCHEDULE,
    "packages": PACKAGE,
    "accounts": ACCOUNT,
    "members": MEMBER,
    "notifications": NOTIFICATION,
    "plans": PLAN,
    "regions": REGION,
    "stacks": STACK,
    "templates": TEMPLATE,
    **account_samples.FULL,
    **samples_wired.FULL,
}
"""One full item a kind; the kinds that the API answers as items."""
HOSTILE: Mapping[str, dict[str, Any]] = {
    "jobs": {
        "status": "levitating",
        "progress": float("nan"),
        "runtime_in_seconds": 1e300,
        "attempts": 10**12,
        "created_at": "0001-01-01T00:00:00Z",
        "started_at": "9999-12-31T23:59:59Z",
        "completed_at": "0001-01-01T00:00:00Z",
        "errors": "\n \n\t",
        "creator": {"type": "Robot", "id": "x-1"},
        "package": {"id": 1},
        "cluster": {"id": 1, "status": "flying"},
        "component": {"name": ""},
        "outputs": [{"id": 1, "component": {}}],
        "outputs_count": 10**9,
        "variables": {"": None, "a\nb": {"deep": [1, "x\ny"]}, "token": None},
    },
    "clusters": {
        "status": "flying",
        "nodes": 0,
        "available_since": "9999-12-31T23:59:59Z",
        "idle_since": "9999-12-31T23:59:59Z",
        "terminated_at": "0001-01-01T00:00:00Z",
        "time_to_idle": float("inf"),
        "creator": {"type": ""},
    },
    "schedules": {
        "status": "sulking",
        "interval_unit": "fortnights",
        "interval_amount": 1e300,
        "next_run_at": "9999-12-31T23:59:59Z",
        "last_run_at": "0001-01-01T00:00:00Z",
        "last_run_status": "eaten",
        "task": {"packages": [{}, {"package_id": "no number"}]},
    },
    "packages": {"status": "lost", "variables": {"x": float("nan")}, "updated_at": "9999-12-31T23:59:59Z"},
    "accounts": {"id": "eleven", "owner_id": 10**12, "permissions": [None]},
    "members": {"id": "x", "name": "", "display_name": ""},
    "notifications": {"message": "<<<&#27;[31m<script>x", "created_at": "0001-01-01T00:00:00Z"},
    "plans": {"price_cents": float("nan"), "members_limit": 1e300},
    "regions": {},
    "stacks": {},
    **account_samples.HOSTILE,
    "templates": {"name": "<b>\t\n" * 40, "author": {"id": 0, "name": ""}},
    **samples_wired.HOSTILE,
}
"""What no server should send, and what no screen may die of; laid over a bare item."""


def one(kind: str, **changes: Any) -> Any:
    """Return the full item of a kind with changes."""
    return decode(kind, {**FULL[kind], **changes})


def decode(kind: str, raw: Mapping[str, Any]) -> Any:
    """Decode an item as the wire does."""
    model: type[Wire] = BY_NAME[kind].model
    return model.model_validate(dict(raw))


def bare(kind: str) -> dict[str, Any]:
    """Return the least that decodes."""
    names = [name for name in ("id", "instance_id", "type") if name in FULL[kind]][:1]
    return {name: FULL[kind][name] for name in names}


def nulls(kind: str) -> dict[str, Any]:
    """Return an item with every field that the model knows, null."""
    return {**dict.fromkeys(BY_NAME[kind].model.model_fields), **bare(kind)}


def items_of(resource: Resource[Any]) -> list[Any]:
    """Return every sort of item of a kind."""
    if resource.name in account_samples.KNOWN:
        return list(account_samples.KNOWN[resource.name])
    kind = resource.name
    raws = [FULL[kind], bare(kind), nulls(kind), {**bare(kind), **HOSTILE[kind]}]
    if "status" in resource.model.model_fields:
        raws += [{**FULL[kind], "status": word} for word in ("levitating", "", "idle", "running", "pending_stoppage")]
    return [decode(kind, raw) for raw in raws]


def context(now: datetime = NOW, zone: tzinfo = UTC, *, ascii: bool = False, **kinds: Iterable[Any]) -> Context:
    """Return a context whose store holds these items."""
    store = Store()
    for kind, items in kinds.items():
        store.put(kind, [(BY_NAME[kind].key(item), item) for item in items], now)
    return Context(now, store, zone, "acme", ascii)

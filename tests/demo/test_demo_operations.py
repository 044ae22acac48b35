"""Every documented operation is answered as documented: with its status, and never as if there were no such address."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.demo.asking import Asker

ROOT = Path(__file__).resolve().parents[2]
FACTS = tomllib.loads((ROOT / "scripts" / "operations.toml").read_text("utf-8"))
OPERATIONS = [one for several in FACTS["operations"].values() for one in several]
WIRED = re.compile(r" (?:§/(?:connections|connection_groups|hooks|deliveries)|/hook_events)")
"""What ``test_demo_wired.py`` asks, with the bodies that each of them wants."""
NOT_YET = {one for one in OPERATIONS if WIRED.search(one) and not one.endswith("/help")}
TASK = {"nodes": 2, "packages": [{"package_id": "412", "variables": {}}]}
BODIES: dict[str, Any] = {
    "POST §/clusters": {"nodes": 2},
    "POST §/schedules": {"name": "new", "task": TASK},
    "POST §/packages": {"name": "new"},
    "POST §/members": {"email": "new@acme.example", "role": "viewer"},
    "PUT §/members/{member_id}": {"role": "admin"},
    "POST /accounts": {"name": "new", "region": "gcloud::us-central1"},
    "POST §/accounts": {"name": "other", "region": "gcloud::us-central1"},
    "PUT §/payment_method": {"billing_payment_token": "t"},
    "PUT /user": {"current_password": "x", "location": "Phoenix"},
    "PUT §/user": {"location": "Phoenix"},
    "POST /user_password": {"email": "dana.whitfield@acme.example"},
    "POST §/user/password": {"email": "dana.whitfield@acme.example"},
    "POST /user/keys": {"public_key": "ssh-rsa AAAA a@b"},
    "POST §/user/keys": {"public_key": "ssh-rsa AAAA a@b"},
}
STATUS = {
    **dict.fromkeys(("POST §/clusters", "POST §/jobs", "POST §/schedules", "POST §/packages", "POST §/members"), 201),
    **dict.fromkeys(("POST §/packages/{package_id}/validations", "POST §/schedules/{schedule_id}/clone"), 201),
    **dict.fromkeys(("POST /accounts", "POST §/accounts", "POST /user_password"), 201),
    **dict.fromkeys(("POST /user/keys", "POST §/user/keys", "POST §/jobs/{job_id}/watchers"), 201),
    "POST /product_updates/{product_update_id}/like": 201,
    **{f"DELETE §/{kind}s/{{{kind}_id}}/watchers": 204 for kind in ("cluster", "job", "schedule")},
}
"""What is not 200."""


def names(demo: Asker, operation: str) -> dict[str, Any]:
    """Return something of the demo for each variable part of a path."""
    job = demo.job("dim_customers", status="completed")
    others = [one["id"] for one in demo.get("members") if not one["owner"] and one["id"] != demo.get("/user")["id"]]
    running = demo.job("invoices_export", status="running")["id"]
    return {
        "account_id": "acme" if not operation.startswith("DELETE") else "mine",
        "cluster_id": demo.cluster("nightly-4")["id"],
        "job_id": running if operation == "DELETE §/jobs/{job_id}" else job["id"],
        "output_id": job["outputs"][0]["id"],
        "package_id": 412,
        "validation_id": demo.get("packages/412/validations")[0]["id"],
        "schedule_id": 101,
        "member_id": others[0],
        "invoice_id": demo.get("invoices")[0]["id"],
        "key_id": 1,
        "product_update_id": 9,
        "region_type": "redshift",
        "connection_type": "s3",
    }


@pytest.mark.parametrize("operation", [one for one in OPERATIONS if one not in NOT_YET])
def test_it_is_answered_as_documented(operation: str, demo: Asker) -> None:
    method, _, path = operation.partition(" ")
    if operation == "DELETE /accounts/{account_id}":
        demo.ask("POST", "/accounts", {"name": "mine", "account_id": "mine", "region": "gcloud::us-central1"})
    known = names(demo, operation)
    full = re.sub(r"\{(\w+)\}", lambda match: str(known[match[1]]), path.replace("§", "/acme/api"))
    body = BODIES.get(operation)
    if operation == "POST §/jobs":
        body = {"cluster_id": known["cluster_id"], "package_id": 412}
    query = {"q": "o"} if path.endswith("/search") else {}
    reply = demo.ask(method, full, body, **query)
    assert reply.status == STATUS.get(operation, 200), reply.body


def test_all_operations_are_listed_once() -> None:
    assert len(OPERATIONS) == len(set(OPERATIONS)) == 140
    assert set(BODIES) | set(STATUS) | set(FACTS["left_out"]) | set(FACTS["elsewhere"]) | NOT_YET <= set(OPERATIONS)


def test_an_address_that_is_not_documented_is_refused(demo: Asker) -> None:
    assert demo.refused("GET", "nothing") == 404
    assert demo.refused("PATCH", "jobs/1") == 404

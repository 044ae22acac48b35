"""Connections, hooks and deliveries written by hand, and ones from hell; with the time at which all samples are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.resources.account_samples import at

CONNECTION: dict[str, Any] = {
    "id": 12, "type": "redshift", "name": "warehouse", "username": "etl", "unique_id": "REDSHIFT_CONNECTION_12",
    "owner_id": 1, "host": "warehouse.acme.example", "port": 5439, "database": "dwh", "tunnel_type": "direct",
    "ssl": True, "region": "amazon-web-services::us-east-1", "created_at": at(90_000), "updated_at": at(30_000),
    "url": "https://api.xplenty.example/acme/api/connections/redshift/12", "api_token": "t0psecret",
}  # fmt: skip
GROUP: dict[str, Any] = {
    "id": 1, "name": "Shop and warehouse", "description": "The nightly\nloads", "connections": [CONNECTION],
}  # fmt: skip
CONNECTION_TYPE: dict[str, Any] = {
    "type": "redshift", "name": "Amazon Redshift", "description": "Data warehouse",
    "groups": [{"group_type": "analytical", "group_name": "Analytical Databases"}],
}  # fmt: skip
HOOK_TYPE: dict[str, Any] = {"type": "web", "name": "Web Hook", "description": "Calls an address", "groups": []}
HOOK_EVENT: dict[str, Any] = {"id": "job.failed", "group_name": "Job", "name": "Job Failed"}
HOOK: dict[str, Any] = {
    "id": 1, "type": "web", "name": "On-call", "active": True, "salt": "5a1t",
    "settings": {"url": "https://alerts.acme.example/x", "basic_auth": True, "basic_auth_data": "YWJj"},
    "events": ["job.failed", "cluster"], "created_at": at(900), "updated_at": at(90),
}  # fmt: skip
DELIVERY: dict[str, Any] = {
    "id": 2, "name": "CRM to warehouse", "description": None, "status": "enabled", "owner_id": 1,
    "interval_unit": "days", "interval_amount": 1, "created_at": at(900), "updated_at": at(90),
    "source": {"connection": {"type": "salesforce", "id": 12}, "properties": {}},
    "destination": {"connection": {"type": "redshift", "id": 12}, "properties": {"schema": "crm"}},
}  # fmt: skip
OUTPUT: dict[str, Any] = {
    "id": 521, "name": "redshift.orders", "records_count": 184210, "created_at": at(34), "updated_at": at(34),
    "component": {"name": "destination7", "type": "amazon_redshift_destination_component", "fields": ["id"]},
    "job_id": 90412, "job_status": "failed", "job_ended_at": at(33), "package_id": 7, "package_name": "",
}  # fmt: skip
INSTANCE: dict[str, Any] = {
    "instance_id": "i-4d1b39a7", "private_dns": "ip-10-124-29-23.ec2.internal", "status": "available", "master": True,
    "public_dns": "ec2-55-27-210-201.compute-1.amazonaws.com", "spot": False, "cluster_id": "2214",
}  # fmt: skip
WATCHER: dict[str, Any] = {"id": 1, "display_name": "Ada Byron", "created_at": at(90), "of": "jobs/90412"}
FULL: Mapping[str, dict[str, Any]] = {
    "outputs": OUTPUT,
    "instances": INSTANCE,
    "watchers": WATCHER,
    "connections": CONNECTION,
    "connection_groups": GROUP,
    "connection_types": CONNECTION_TYPE,
    "hook_types": HOOK_TYPE,
    "hook_events": HOOK_EVENT,
    "hooks": HOOK,
    "deliveries": DELIVERY,
}
HOSTILE: Mapping[str, dict[str, Any]] = {
    "outputs": {"name": "\t\n", "component": {}, "job_id": 0, "job_status": "levitating", "records_count": -1},
    "instances": {"status": "flying", "cluster_id": "a/b", "public_dns": "\t" * 40},
    "watchers": {"display_name": "\n", "of": "planets/x"},
    "connections": {"id": "twelve", "type": "a b", "name": "\t\n" * 40, "port": "none", "deep": {"x": [None, "\n"]}},
    "connection_groups": {"id": "x", "connections": [{"id": 1}]},
    "connection_types": {"groups": [{}], "description": "\n\n"},
    "hook_types": {"groups": [{}], "name": "\t\n"},
    "hook_events": {"group_name": "\t"},
    "hooks": {"type": "pigeon", "events": ["", "no.such"], "settings": {"url": 5, "a\nb": {"token": ["x\ny"]}}},
    "deliveries": {
        "status": "lost",
        "interval_amount": 1e300,
        "source": {},
        "destination": {"connection": {"id": "x"}},
    },
}

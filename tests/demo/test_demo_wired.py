"""Connections, hooks and deliveries of the demo: what is refused, and what a change leaves behind."""

from __future__ import annotations

from typing import Any

import pytest

from tests.demo.asking import Asker

S3 = {"name": "New", "username": "me", "password": "secret"}
WEB = {"type": "web", "settings": {"url": "https://a.example"}, "events": ["job"]}


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "connections/s3", {**S3, "name": ""}),
        ("POST", "connections/s3", {"name": "New"}),
        ("POST", "connections/carrier_pigeon", S3),
        ("POST", "connections/mysql", {**S3, "host": "h", "port": 0}),
        ("PUT", "connections/s3/53", {"name": " "}),
        ("GET", "connections/mysql/7/schema", None),
        ("GET", "connections/metadata/salesforce/12/fields", None),
        ("POST", "connections/mysql/7/validate", {"table": "t"}),
        ("POST", "connections/curl/test", {}),
        ("GET", "connection_groups/search", None),
        ("POST", "hooks", {**WEB, "events": []}),
        ("POST", "hooks", {**WEB, "events": ["job.eaten"]}),
        ("POST", "hooks", {**WEB, "settings": {"room": 1}}),
        ("POST", "hooks", {**WEB, "type": "pigeon"}),
        ("PUT", "hooks/1", {"events": []}),
        ("POST", "deliveries", {"source": {"connection": {"type": "s3", "id": 53}}}),
        ("POST", "deliveries", {"source": {"connection": {"type": "s3", "id": 1}}}),
    ],
)
def test_what_cannot_be_is_422(method: str, path: str, body: Any, demo: Asker) -> None:
    assert demo.refused(method, path, body) == 422


@pytest.mark.parametrize("path", ["connections/s3/12", "connections/s3/x", "hooks/9", "deliveries/9"])
def test_what_is_not_there_is_404(path: str, demo: Asker) -> None:
    assert demo.refused("GET", path) == 404
    assert demo.refused("DELETE", path) == 404


def test_numbers_are_counted_for_each_type_and_secrets_are_kept_back(demo: Asker) -> None:
    made = demo.ask("POST", "connections/sftp", {**S3, "host": "sftp.example"})
    assert made.status == 201 and made.data["id"] == 3 and b"secret" not in made.body
    assert b"secret" not in demo.ask("GET", "connections/sftp/3").body
    assert {each["type"] for each in demo.all("connections") if each["id"] == 12} == {"redshift", "salesforce"}


def test_a_host_that_is_nowhere_fails_its_test(demo: Asker) -> None:
    lost = {**S3, "host": "db.invalid"}
    assert demo.ask("POST", "connections/mysql/test", lost).status == 400
    made = demo.ask("POST", "connections/mysql", lost).data
    assert "error_message" in demo.ask("POST", f"connections/mysql/{made['id']}/test").data
    demo.ask("PUT", f"connections/mysql/{made['id']}", {"host": "db.example"})
    assert demo.ask("POST", f"connections/mysql/{made['id']}/test").data is True


def test_both_dialects_of_a_new_test_and_of_another_salt(demo: Asker) -> None:
    told = demo.ask("POST", "connections/test", {"name": "x", "type": "s3"}).data
    assert told["status"] == "success"
    first = demo.get("hooks/1")["salt"]
    demo.clock.turn(minutes=1)
    second = demo.ask("PUT", "hooks/1/reset_salt").data["salt"]
    demo.clock.turn(minutes=1)
    third = demo.ask("PUT", "hooks/1/reset").data
    assert len({first, second, third["salt"]}) == 3 and third["id"] == 1


def test_a_password_of_a_hook_is_kept_back_and_a_group_is_changed(demo: Asker) -> None:
    settings = {"url": "https://a.example", "basic_auth": True, "basic_auth_data": "YWJj"}
    made = demo.ask("POST", "hooks", {**WEB, "settings": settings}).data
    assert made["settings"] == {"url": "https://a.example", "basic_auth": True} and made["name"] == "https://a.example"
    assert demo.get("connection_groups/search", q="shop")[0]["connections"]
    assert demo.ask("PUT", "connection_groups/1", {"connection_group": {"name": "Other"}}).data["name"] == "Other"
    assert demo.ask("PUT", "connection_groups/1", {"name": "Other"}).status == 400


def test_a_delivery_is_idle_until_it_is_set_up(demo: Asker) -> None:
    end = {"connection": {"type": "s3", "id": 53}}
    made = demo.ask("POST", "deliveries", {"source": end, "destination": end}).data
    assert made["status"] == "idle"
    demo.clock.turn(minutes=10)
    assert demo.get(f"deliveries/{made['id']}")["status"] == "enabled"


def test_the_account_counts_them(demo: Asker) -> None:
    account = demo.get("/accounts/acme")
    for kind in ("connections", "hooks", "deliveries"):
        assert account[f"{kind}_count"] == len(demo.all(kind))

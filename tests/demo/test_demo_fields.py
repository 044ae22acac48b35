"""Which fields there are on which call, and how values are written: the quirks that bite a client."""

from __future__ import annotations

from typing import Any

import pytest

from tests.demo.asking import Asker, at

TRIES = {"attempts", "master_auto_retry_attempts"}


def by_call(demo: Asker) -> dict[str, dict[str, Any]]:
    flow = demo.job("marketing_workflow", status="completed")
    child = demo.get(f"jobs/{flow['id']}/children")[0]
    return {
        "list": next(job for job in demo.all("jobs") if job["id"] == child["id"]),
        "children": child,
        "search": demo.get("jobs/search", q=f"id:{child['id']}")[0],
        "get": demo.get(f"jobs/{child['id']}"),
        "run": demo.ask("POST", "jobs", {"cluster_id": child["cluster_id"] and demo.cluster("adhoc-1")["id"],
                                         "package_id": child["package_id"]}).data,
        "stop": demo.ask("DELETE", f"jobs/{demo.job('clickstream_sessions', status='running')['id']}").data,
    }  # fmt: skip


def test_fields_that_only_some_calls_tell(demo: Asker) -> None:
    jobs = by_call(demo)
    there = {
        name: {call for call, job in jobs.items() if name in job}
        for name in ("package", "cluster", "component", "outputs", "log_summary", "dynamic_variables", *TRIES)
    }
    assert there == {
        "package": {"list", "children"},
        "cluster": {"list", "children"},
        "attempts": {"list", "children", "search"},
        "master_auto_retry_attempts": {"list", "children", "search"},
        "component": {"children"},
        "outputs": {"list", "children", "search", "get", "run"},
        "log_summary": set(),
        "dynamic_variables": set(),
    }
    assert jobs["children"]["component"]["type"] == "run_package_component"
    assert "preview_url" in jobs["get"]["outputs"][0]


def test_nested_clusters_differ_from_clusters(demo: Asker) -> None:
    job = demo.job("crm_contacts_sync", status="queued")
    top = demo.get(f"clusters/{job['cluster_id']}")
    assert job["cluster"]["queued_jobs_count"] == 2
    assert set(job["cluster"]) ^ set(top) == {"queued_jobs_count", "idle_since"}
    assert "html_url" not in job["package"]


def test_a_summary_comes_only_when_asked_for_and_only_for_failed_jobs(demo: Asker) -> None:
    failed, good = demo.job("orders_to_redshift", status="failed"), demo.job("dim_customers", status="completed")
    assert "log_summary" not in demo.get(f"jobs/{failed['id']}")
    summary = demo.get(f"jobs/{failed['id']}", include="log_summary")["log_summary"]
    assert set(summary) == {"id", "body", "error_summary", "openai_extract", "action_items", "created_at"}
    assert "ListBucket" in summary["error_summary"]
    assert all(isinstance(item, str) for item in summary["action_items"])
    assert demo.get(f"jobs/{good['id']}", include="log_summary")["log_summary"] is None


def test_package_fields_come_with_the_package_alone(demo: Asker) -> None:
    listed, single = demo.get("packages")[0], demo.get("packages/430")
    assert set(single) - set(listed) == {"flow_type", "flow_version", "package_version", "version", "item_id"}
    assert single["flow_type"] == "workflow"
    assert "run_ads_spend_load" in demo.get("packages/430", include="flow")["data_flow_json"]
    assert isinstance(demo.get("packages/412/export"), dict)


def test_a_task_writes_package_ids_as_text(demo: Asker) -> None:
    for schedule in demo.all("schedules"):
        for package in schedule["task"]["packages"]:
            assert isinstance(package["package_id"], str)
            assert demo.get(f"packages/{package['package_id']}")


@pytest.mark.parametrize("status", ["completed", "failed", "stopped", "running", "queued", "pending"])
def test_values_follow_from_the_status(status: str, demo: Asker) -> None:
    jobs = demo.all("jobs", status=status)
    assert jobs
    ended = status in ("completed", "failed", "stopped")
    for job in jobs:
        assert bool(job["completed_at"]) is ended
        assert job["failed_at"] in ((None, job["completed_at"]) if status == "failed" else (None,))
        assert (job["errors"] or "") == "" or status == "failed"
        assert (job["progress"] == 1 and type(job["progress"]) is int) or status != "completed"
        assert len(job["outputs"]) == job["outputs_count"]
        if status in ("queued", "pending"):
            assert (job["started_at"], job["runtime_in_seconds"], job["progress"]) == (None, 0, 0)
        if ended and job["started_at"]:
            seconds = (at(job["completed_at"]) - at(job["started_at"])).total_seconds()
            assert job["runtime_in_seconds"] == seconds >= 0
            assert job["updated_at"] == job["completed_at"]


def test_failures_tell_of_failed_at_only_sometimes(demo: Asker) -> None:
    assert {bool(job["failed_at"]) for job in demo.all("jobs", status="failed")} == {True, False}


def test_errors_are_text_none_or_empty(demo: Asker) -> None:
    seen = {job["status"]: job["errors"] for job in demo.all("jobs")}
    assert (seen["completed"], seen["running"], seen["stopped"]) == ("", None, None)
    assert seen["failed"]


def test_a_person_started_some_jobs(demo: Asker) -> None:
    kinds = {job["creator"]["type"]: set(job["creator"]) for job in demo.all("jobs")}
    assert kinds["User"] == kinds["Schedule"] == {"type", "id", "display_name", "url", "html_url"}


def test_variables_echo_expressions_and_resolve_to_values(demo: Asker) -> None:
    job = demo.job("orders_to_redshift")
    assert "CurrentTime()" in job["variables"]["InputPath"]
    values = demo.get(f"jobs/{job['id']}/variables")
    assert (values["InputPath"], values["MaxErrors"], values["Schema"]) == ("/2026-03-02", 0, "public")
    assert "REDSHIFT_PASSWORD" in values


def test_a_preview_is_made_of_the_fields_of_the_output(demo: Asker) -> None:
    job = demo.job("dim_customers", status="completed")
    output = job["outputs"][0]
    lines = demo.get(f"jobs/{job['id']}/outputs/{output['id']}/preview")["preview"].splitlines()
    assert 0 < len(lines) <= 100
    assert {line.count("\t") + 1 for line in lines} == {len(output["component"]["fields"])}


def test_watching_adds_and_removes_the_keys_user(demo: Asker) -> None:
    job = f"jobs/{demo.job('dim_customers')['id']}/watchers"
    assert [watcher["display_name"] for watcher in demo.get(job)] == ["Anna Kovacs"]
    added = demo.ask("POST", job)
    assert added.status == 201
    assert added.data["created_at"] == "2026-03-03T17:27:41+03:00"
    assert {watcher["id"] for watcher in demo.get(job)} == {12, 31}
    removed = demo.ask("DELETE", job)
    assert (removed.status, removed.body) == (204, b"")
    assert {watcher["id"] for watcher in demo.get(job)} == {12}


def test_a_notification_is_html_and_only_unread_ones_come_unasked(demo: Asker) -> None:
    unread, every = demo.all("/user/notifications"), demo.all("/user/notifications", all="true")
    assert 0 < len(unread) < len(every)
    assert all(note["last_read_at"] is None for note in unread)
    assert all('<a href="https://' in note["message"] for note in every)
    user = demo.get("/user")
    assert (user["notifications_count"], user["unread_notifications_count"]) == (len(every), len(unread))
    assert "api_key" not in user
    assert user["time_zone_info"]["offset"] == "-0700"


def test_two_accounts_with_different_rights(demo: Asker) -> None:
    accounts = {account["account_id"]: account for account in demo.get("/accounts")}
    assert (accounts["acme"]["role"], accounts["acme-staging"]["role"]) == ("admin", "member")
    assert "viewAccountBillingInfo" not in accounts["acme-staging"]["permissions"]
    assert [each["account_id"] for each in demo.get("/accounts", role="member")] == ["acme-staging"]
    assert demo.refused("GET", "/acme-staging/api/subscription") == 403
    ids = {job["id"] for job in demo.all("/acme-staging/api/jobs")}
    assert len(ids) == accounts["acme-staging"]["jobs_count"] == 32
    assert not ids & {job["id"] for job in demo.all("jobs")}

"""Writes: what the world does when it is told to, and what it refuses."""

from __future__ import annotations

from typing import Any

import pytest

from tests.demo.asking import Asker, at

TASK = {"nodes": 3, "packages": [{"package_id": "412", "variables": {"InputPath": "'/today'"}}]}


def statuses(demo: Asker, path: str, seconds: int) -> list[str]:
    """Return the statuses a thing goes through in the next seconds."""
    seen = [demo.get(path)["status"]]
    for _ in range(seconds):
        demo.clock.turn(seconds=1)
        if (status := demo.get(path)["status"]) != seen[-1]:
            seen.append(status)
    return seen


@pytest.mark.parametrize("status", ["running", "queued", "pending"])
def test_a_job_is_stopped(status: str, demo: Asker) -> None:
    job = demo.all("jobs", status=status)[0]
    path = f"jobs/{job['id']}"
    reply = demo.ask("DELETE", path)
    assert (reply.status, reply.data["status"]) == (200, "pending_stoppage")
    assert statuses(demo, path, 20) == ["pending_stoppage", "stopping", "stopped"]
    stopped = demo.get(path)
    assert stopped["completed_at"] == stopped["updated_at"]
    assert demo.refused("DELETE", path) == 422


@pytest.mark.parametrize("status", ["completed", "failed", "stopped"])
def test_a_job_that_has_ended_cannot_be_stopped(status: str, demo: Asker) -> None:
    assert demo.refused("DELETE", f"jobs/{demo.all('jobs', status=status)[0]['id']}") == 422


def test_a_job_that_is_stopping_cannot_be_stopped_again(demo: Asker) -> None:
    path = f"jobs/{demo.job('invoices_export', status='running')['id']}"
    assert demo.ask("DELETE", path).status == 200
    assert demo.refused("DELETE", path) == 422


def test_a_stopped_workflow_stops_its_step(demo: Asker) -> None:
    flow = demo.job("marketing_workflow", status="running")["id"]
    assert demo.ask("DELETE", f"jobs/{flow}").status == 200
    demo.clock.turn(minutes=20)
    assert demo.get(f"jobs/{flow}")["status"] == "stopped"
    assert [step["status"] for step in demo.get(f"jobs/{flow}/children", direction="asc")] == [
        "completed",
        "completed",
        "stopped",
    ]


def test_a_freed_slot_goes_to_the_next_in_the_queue(demo: Asker) -> None:
    queued = demo.job("crm_contacts_sync", status="queued")
    demo.ask("DELETE", f"jobs/{demo.job('invoices_export', status='running')['id']}")
    demo.clock.turn(seconds=20)
    assert demo.get(f"jobs/{queued['id']}")["status"] == "running"


def test_a_terminated_cluster_takes_its_jobs_with_it(demo: Asker) -> None:
    path = f"clusters/{demo.cluster('nightly-4')['id']}"
    lost = [job["id"] for job in demo.all("jobs") if job["cluster"]["name"] == "nightly-4" and not job["completed_at"]]
    assert len(lost) == 5
    reply = demo.ask("DELETE", path)
    assert (reply.status, reply.data["status"]) == (200, "pending_terminate")
    assert statuses(demo, path, 120) == ["pending_terminate", "terminating", "terminated"]
    assert {demo.get(f"jobs/{id_}")["status"] for id_ in lost} == {"stopped"}
    cluster = demo.get(path)
    assert cluster["terminated_at"] == cluster["updated_at"]
    assert (cluster["terminated_on_idle"], cluster["running_jobs_count"]) == (False, 0)


@pytest.mark.parametrize("status", ["creating", "terminated"])
def test_a_cluster_that_is_not_up_cannot_be_terminated(status: str, demo: Asker) -> None:
    assert demo.refused("DELETE", f"clusters/{demo.all('clusters', status=status)[0]['id']}") == 422


def test_a_cluster_in_error_can_be_terminated(demo: Asker) -> None:
    assert demo.ask("DELETE", f"clusters/{demo.cluster('backfill-2')['id']}").data["status"] == "pending_terminate"


def test_a_cluster_is_created(demo: Asker) -> None:
    reply = demo.ask("POST", "clusters", {"nodes": 2, "name": "mine", "terminate_on_idle": 1, "time_to_idle": 600})
    assert reply.status == 201
    created = reply.data
    assert (created["status"], created["nodes"], created["type"]) == ("pending", 2, "production")
    assert (created["terminate_on_idle"], created["time_to_idle"]) == (True, 600)
    assert created["creator"]["display_name"] == "Dana Whitfield"
    assert demo.get(f"clusters/{created['id']}") == created
    assert demo.refused("DELETE", f"clusters/{created['id']}") == 422


@pytest.mark.parametrize(
    "body",
    [{}, {"nodes": 1}, {"nodes": 41}, {"nodes": 2, "type": "sandbox"}, {"nodes": "x"}, {"nodes": 2, "type": "huge"}],
)
def test_a_cluster_needs_a_size_that_the_plan_allows(body: dict[str, Any], demo: Asker) -> None:
    assert demo.refused("POST", "clusters", body) == 422


def test_a_cluster_is_changed_and_scaled(demo: Asker) -> None:
    path = f"clusters/{demo.cluster('adhoc-1')['id']}"
    idle = demo.get(path)["idle_since"]
    changed = demo.ask("PUT", path, {"name": "spare", "terminate_on_idle": True, "time_to_idle": 60})
    assert (changed.status, changed.data["name"], changed.data["idle_since"]) == (200, "spare", idle)
    demo.clock.turn(seconds=1)
    assert demo.get(path)["status"] == "pending_terminate"
    assert demo.refused("PUT", path, {"name": "late"}) == 422
    nightly = f"clusters/{demo.cluster('nightly-4')['id']}"
    assert demo.ask("PUT", nightly, {"nodes": 8}).data["status"] == "scaling"
    assert statuses(demo, nightly, 130) == ["scaling", "available"]
    assert demo.get(nightly)["running_jobs_count"] == 5


def test_a_run_needs_a_cluster_and_a_package(demo: Asker) -> None:
    good = {"cluster_id": demo.cluster("adhoc-1")["id"], "package_id": 412}
    gone = demo.all("clusters", status="terminated")[0]["id"]
    for wrong in ({"cluster_id": None}, {"package_id": None}, {"cluster_id": gone}, {"package_id": 388},
                  {"package_id": 1}, {"variables": ["a"]}, {"variables": "a"}):  # fmt: skip
        assert demo.refused("POST", "jobs", {**good, **wrong}) == 422
    variables = {"variables": {"Day": "1"}, "dynamic_variables": {"Now": "CurrentTime()"}}
    reply = demo.ask("POST", "jobs", {**good, **variables})
    assert reply.status == 201
    assert reply.data["variables"] == {"Day": "1", "Now": "CurrentTime()"}
    assert reply.data["creator"]["type"] == "User"


def test_a_schedule_run_now_answers_the_schedule_and_makes_its_jobs(demo: Asker) -> None:
    before = demo.schedule("nightly_exports")
    newest = demo.get("jobs", limit=1)[0]["id"]
    reply = demo.ask("POST", f"schedules/{before['id']}/run")
    assert reply.status == 200
    assert (reply.data["id"], reply.data["execution_count"]) == (before["id"], before["execution_count"] + 1)
    assert reply.data["next_run_at"] == before["next_run_at"]
    made = [job for job in demo.all("jobs") if job["id"] > newest]
    assert {job["package"]["name"] for job in made} == {"segments_to_salesforce", "ads_spend_load"}
    assert {job["cluster"]["name"] for job in made} == {"exports-32"}


def test_a_schedule_is_created_enabled_changed_cloned_and_deleted(demo: Asker) -> None:
    created = demo.ask("POST", "schedules", {"name": "mine", "task": TASK, "interval_unit": "minutes"})
    assert (created.status, created.data["status"], created.data["next_run_at"]) == (201, "disabled", None)
    path = f"schedules/{created.data['id']}"
    demo.clock.turn(minutes=10)
    assert demo.get(path)["execution_count"] == 0
    enabled = demo.ask("PUT", path, {"status": "enabled", "interval_amount": 5})
    assert at(enabled.data["next_run_at"]) > demo.clock.now
    demo.clock.turn(minutes=10)
    ran = demo.get(path)
    assert ran["execution_count"] == 2
    assert demo.refused("PUT", path, {"start_at": "2026-01-01T00:00:00Z"}) == 422
    clone = demo.ask("POST", f"{path}/clone")
    assert (clone.status, clone.data["name"], clone.data["status"]) == (201, "Copy of mine", "enabled")
    assert clone.data["execution_count"] == 0
    assert demo.ask("DELETE", path).data["id"] == ran["id"]
    assert demo.refused("GET", path) == 404
    demo.clock.turn(minutes=30)
    assert not [job for job in demo.all("jobs") if job["creator"]["id"] == ran["id"] and job["started_at"] is None]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"task": {"packages": []}},
        {"task": {"packages": [{"package_id": "1"}]}},
        {"task": {**TASK, "nodes": 1}},
        {"task": TASK, "auto_retry_attempts": 6},
        {"task": TASK, "interval_unit": "years"},
        {"task": TASK, "interval_amount": 0},
        {"task": TASK, "start_at": "soon"},
        {"task": TASK, "reuse_cluster_strategy": "some"},
        {"task": "all"},
    ],
)
def test_a_schedule_is_checked(body: dict[str, Any], demo: Asker) -> None:
    assert demo.refused("POST", "schedules", body) == 422
    assert len(demo.all("schedules")) == 14


def test_a_package_is_created_copied_changed_and_archived(demo: Asker) -> None:
    created = demo.ask("POST", "packages", {"name": "mine", "flow_type": "workflow", "variables": {"a": 1}})
    assert (created.status, created.data["flow_type"], created.data["variables"]) == (201, "workflow", {"a": "1"})
    copy = demo.ask("POST", "packages", {"source_package_id": 412}).data
    assert (copy["name"], copy["variables"]) == ("Copy of orders_to_redshift", demo.get("packages/412")["variables"])
    path = f"packages/{copy['id']}"
    assert demo.ask("PUT", path, {"name": "renamed"}).data["name"] == "renamed"
    assert demo.ask("DELETE", path).data["status"] == "archived"
    assert demo.refused("DELETE", path) == 422
    assert copy["id"] not in {package["id"] for package in demo.all("packages")}
    for wrong in ({"source_package_id": 1}, {"package_template_id": 1}, {"flow_type": "x"}, {"variables": "x"}):
        assert demo.refused("POST", "packages", wrong) == 422


def test_a_validation_runs_on_its_own(demo: Asker) -> None:
    started = demo.ask("POST", "packages/412/validations")
    assert (started.status, started.data["status"], started.data["runtime"]) == (201, "running", None)
    path = f"packages/412/validations/{started.data['id']}"
    assert statuses(demo, path, 20) == ["running", "failed"]
    assert demo.get(path)["errors"]
    assert demo.get("packages/412/validations", status="failed")[0]["id"] == started.data["id"]


def test_notifications_are_marked_as_read(demo: Asker) -> None:
    reply = demo.ask("POST", "/user/notifications/mark")
    assert (reply.status, reply.body) == (200, b"")
    assert demo.get("/user/notifications") == []
    assert demo.get("/user")["unread_notifications_count"] == 0

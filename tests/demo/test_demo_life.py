"""The world goes on: jobs, retries, workflows, clusters, schedules, notifications, with a clock held in the hand."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any

import pytest

from tests.demo.asking import Asker, asker, at
from xplenty_tui.demo.failures import TIMED_OUT
from xplenty_tui.demo.records import Package


def packages(demo: Asker) -> dict[str, Package]:
    return {package.name: package for package in demo.api.world.accounts["acme"].packages.values()}


def follow(demo: Asker, path: str, *, minutes: float, step: float = 1) -> list[str]:
    """Return the statuses that a thing goes through, asked every ``step`` seconds of the world."""
    seen = [demo.get(path)["status"]]
    for _ in range(int(minutes * 60 / step)):
        demo.clock.turn(seconds=step)
        status = demo.get(path)["status"]
        if status != seen[-1]:
            seen.append(status)
    return seen


def run(demo: Asker, cluster: str, package_id: int) -> int:
    reply = demo.ask("POST", "jobs", {"cluster_id": demo.cluster(cluster)["id"], "package_id": package_id})
    assert reply.status == 201
    return int(reply.data["id"])


def unfailing(demo: Asker) -> Asker:
    """Take the bad luck out of the world."""
    for package in packages(demo).values():
        package.risk = 0.0
    return demo


def test_progress_moves_and_updated_at_does_not(demo: Asker) -> None:
    path = f"jobs/{demo.job('invoices_export', status='running')['id']}"
    before = demo.get(path)
    demo.clock.turn(minutes=2)
    after = demo.get(path)
    assert after["progress"] > before["progress"] > 0.2
    assert after["runtime_in_seconds"] == before["runtime_in_seconds"] + 120
    assert after["updated_at"] == before["updated_at"] == before["started_at"]


def test_a_job_completes_and_tells_its_outputs(demo: Asker) -> None:
    path = f"jobs/{demo.job('invoices_export', status='running')['id']}"
    assert follow(demo, path, minutes=13, step=10) == ["running", "completed"]
    job = demo.get(path)
    assert (job["progress"], job["errors"], job["runtime_in_seconds"]) == (1, "", 780)
    assert job["updated_at"] == job["completed_at"]
    assert job["outputs"][0]["records_count"] > 5000
    assert "records written" in demo.get(f"{path}/log")["body"]


def test_a_new_job_goes_through_all_waits(demo: Asker) -> None:
    unfailing(demo)
    path = f"jobs/{run(demo, 'adhoc-1', 451)}"
    assert follow(demo, path, minutes=7) == ["idle", "pending", "running", "completed"]


def test_a_job_is_queued_while_the_cluster_has_no_room(demo: Asker) -> None:
    unfailing(demo)
    path = f"jobs/{run(demo, 'nightly-4', 451)}"
    seen = follow(demo, path, minutes=30)
    assert seen[:4] == ["idle", "pending", "queued", "running"]


def test_a_job_may_wait_for_a_cluster_that_is_coming(demo: Asker) -> None:
    unfailing(demo)
    job = demo.job("ads_spend_load", status="pending")
    seen = follow(demo, f"jobs/{job['id']}", minutes=15, step=5)
    assert (seen[0], seen[-2:]) == ("pending", ["running", "completed"])


def test_a_cluster_is_created_for_a_schedule_and_ends_itself(demo: Asker) -> None:
    unfailing(demo)
    demo.clock.now = at(demo.schedule("daily_finance")["next_run_at"])
    cluster = demo.cluster("finance-58")
    assert cluster["creator"]["display_name"] == "daily_finance"
    seen = follow(demo, f"clusters/{cluster['id']}", minutes=80, step=10)
    assert seen in (
        ["pending", "creating", "available", "idle", "pending_terminate", "terminating", "terminated"],
        ["pending", "creating", "available", "idle", "terminating", "terminated"],
    )
    ended = demo.get(f"clusters/{cluster['id']}")
    assert ended["terminated_on_idle"] is True
    idle_for = at(ended["terminated_at"]) - at(ended["idle_since"])
    assert 900 <= idle_for.total_seconds() < 1100
    titles = Counter(note["title"] for note in demo.all("/user/notifications") if "finance-58" in note["message"])
    assert titles == {"Cluster available": 1, "Cluster terminated": 1}


def test_an_idle_cluster_wakes_when_a_job_comes(demo: Asker) -> None:
    path = f"clusters/{demo.cluster('adhoc-1')['id']}"
    run(demo, "adhoc-1", 451)
    demo.clock.turn(seconds=10)
    cluster = demo.get(path)
    assert (cluster["status"], cluster["idle_since"], cluster["running_jobs_count"]) == ("available", None, 1)
    assert follow(demo, path, minutes=9, step=10)[-1] == "idle"


def test_a_schedule_fires_at_its_time_and_plans_the_next(demo: Asker) -> None:
    before = demo.schedule("hourly_inventory")
    newest = demo.get("jobs", limit=1)[0]["id"]
    demo.clock.now = at(before["next_run_at"])
    after = demo.schedule("hourly_inventory")
    assert after["execution_count"] == before["execution_count"] + 1
    assert (at(after["next_run_at"]) - at(before["next_run_at"])).total_seconds() == 3600
    assert after["last_run_at"] == before["next_run_at"] == after["updated_at"]
    (job,) = [job for job in demo.all("jobs", package_id=436) if job["id"] > newest]
    assert (job["status"], job["created_at"]) == ("idle", before["next_run_at"])
    assert job["creator"] == {**job["creator"], "type": "Schedule", "id": 106}
    assert job["cluster"]["name"] == "inventory-1"


def test_a_schedule_that_may_not_overlap_waits_for_its_last_run(demo: Asker) -> None:
    before = demo.schedule("nightly_clickstream")
    assert before["overlap"] is False
    hung = demo.job("clickstream_sessions", status="running")
    demo.api.world.accounts["acme"].schedules[102].next_run -= 86400 - 3600
    planning = demo.ask("PUT", "schedules/102", {"interval_unit": "hours", "interval_amount": 1})
    assert planning.status == 200
    demo.clock.turn(hours=3)
    after = demo.schedule("nightly_clickstream")
    assert after["execution_count"] == before["execution_count"]
    assert at(after["next_run_at"]) > demo.clock.now
    assert demo.job("clickstream_sessions")["id"] == hung["id"]


def test_the_hanging_job_stands_still_until_the_limit(demo: Asker) -> None:
    path = f"jobs/{demo.job('clickstream_sessions', status='running')['id']}"
    demo.clock.turn(hours=9)
    assert (demo.get(path)["status"], demo.get(path)["progress"]) == ("running", 0.78)
    demo.clock.turn(hours=2)
    job = demo.get(path)
    assert (job["status"], job["progress"]) == ("failed", 0.78)
    assert "12 hours" in job["errors"]


def test_a_workflow_runs_its_steps_one_after_another(demo: Asker) -> None:
    unfailing(demo)
    flow = demo.job("marketing_workflow", status="running")
    shares = []
    for _ in range(60):
        demo.clock.turn(minutes=1)
        shares.append(demo.get(f"jobs/{flow['id']}")["progress"])
    assert shares == sorted(shares)
    assert shares[-1] == 1
    steps = demo.get(f"jobs/{flow['id']}/children", direction="asc")
    assert [step["package"]["name"] for step in steps] == [
        "ads_spend_load", "email_events", "crm_contacts_sync", "campaign_attribution", "segments_to_salesforce",
    ]  # fmt: skip
    for earlier, later in pairwise(steps):
        assert earlier["completed_at"] <= later["created_at"]
    assert demo.get(f"jobs/{flow['id']}")["completed_at"] >= steps[-1]["completed_at"]


def test_a_workflow_fails_with_its_step(demo: Asker) -> None:
    unfailing(demo)
    broken = packages(demo)["campaign_attribution"]
    broken.broken = TIMED_OUT
    flow = demo.job("marketing_workflow", status="running")
    demo.clock.turn(hours=1)
    job = demo.get(f"jobs/{flow['id']}")
    assert (job["status"], job["errors"]) == ("failed", "Component run_campaign_attribution failed.")
    steps = demo.get(f"jobs/{flow['id']}/children")
    assert [step["status"] for step in steps] == ["failed", "completed", "completed", "completed"]


@pytest.mark.parametrize("repaired", [True, False])
def test_a_failed_run_of_a_schedule_is_tried_again(repaired: bool, demo: Asker) -> None:
    unfailing(demo)
    package = packages(demo)["dim_customers"]
    package.broken = TIMED_OUT
    newest = demo.get("jobs", limit=1)[0]["id"]
    assert demo.ask("POST", "schedules/105/run").status == 200
    while not [job for job in demo.all("jobs", package_id=433) if job["id"] > newest and job["attempts"] == 1]:
        demo.clock.turn(seconds=20)
    if repaired:
        package.broken = None
    demo.clock.turn(hours=3)
    runs = [job for job in demo.all("jobs", package_id=433, direction="asc") if job["id"] > newest]
    tried = [(job["attempts"], job["status"]) for job in runs]
    if repaired:
        assert tried == [(0, "failed"), (1, "completed")]
    else:
        assert tried == [(attempt, "failed") for attempt in range(4)]
    assert demo.schedule("nightly_dimensions")["last_run_status"] == tried[-1][1]


def test_a_failure_is_notified(demo: Asker) -> None:
    packages(demo)["ads_spend_load"].broken = TIMED_OUT
    unread = demo.get("/user")["unread_notifications_count"]
    job = run(demo, "adhoc-1", 451)
    demo.clock.turn(minutes=10)
    notes = [note for note in demo.all("/user/notifications") if f"/jobs/{job}" in note["message"]]
    assert [(note["title"], note["last_read_at"]) for note in notes] == [("Job failed", None)]
    assert demo.get("/user")["unread_notifications_count"] > unread


def test_a_jump_of_weeks_leaves_a_world_in_order(demo: Asker) -> None:
    before = len(demo.all("jobs"))
    demo.clock.turn(days=40)
    jobs = demo.all("jobs")
    assert len(jobs) > before + 40 * 30
    assert {job["status"] for job in jobs} <= {"completed", "failed", "stopped", "running", "queued", "pending", "idle"}
    now = demo.clock.now
    for schedule in demo.all("schedules", status="enabled"):
        if schedule["name"] != "email_events_daily":
            assert at(schedule["next_run_at"]) > now
    alive = [cluster for cluster in demo.all("clusters") if cluster["status"] != "terminated"]
    assert len(alive) < 12
    active = [job for job in jobs if job["status"] in ("running", "queued", "pending", "idle")]
    assert len(active) < 12


def test_the_way_through_time_does_not_change_where_it_leads() -> None:
    fast, slow = asker(), asker()
    fast.clock.turn(hours=30)
    for _ in range(30 * 60):
        slow.clock.turn(minutes=1)
        slow.api.world.advance()
    for path in ("jobs", "clusters", "schedules", "/user/notifications"):
        assert fast.all(path) == slow.all(path)


def everything(demo: Asker) -> list[Any]:
    found: list[Any] = []
    for account in ("acme", "acme-staging"):
        for kind in ("jobs", "clusters", "schedules", "packages", "members"):
            found.append(demo.ask("GET", f"/{account}/api/{kind}", limit=100))
    found += [demo.ask("GET", path) for path in ("/accounts", "/user", "/user/notifications", "jobs/90412/log")]
    return found


def test_the_same_seed_and_the_same_clock_give_the_same_bytes() -> None:
    worlds = [asker(), asker(), asker(seed=8)]
    for minutes in (0, 7, 61, 2000):
        for world in worlds:
            world.clock.turn(minutes=minutes)
        first, second, other = (everything(world) for world in worlds)
        assert first == second
        assert first != other


def test_a_clock_that_steps_back_stops_the_world(demo: Asker) -> None:
    demo.clock.turn(minutes=30)
    before = demo.get("jobs")
    demo.clock.turn(minutes=-20)
    assert demo.get("jobs") == before

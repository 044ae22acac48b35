"""What a person finds on the night on which the demo begins, whatever the seed and the time of day."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any

import pytest

from tests.demo.asking import BEGIN, Asker, asker, at

BEGINNINGS = [
    (7, BEGIN),
    (1, datetime(2026, 1, 1, 0, 0, 3, tzinfo=UTC)),
    (99, datetime(2028, 2, 29, 23, 59, 58, tzinfo=UTC)),
    (-5, datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
]


@pytest.fixture(params=BEGINNINGS, ids=lambda value: f"seed {value[0]}")
def demo(request: pytest.FixtureRequest) -> Asker:
    seed, begin = request.param
    return asker(seed=seed, begin=begin)


def ago(demo: Asker, text: str) -> float:
    """Return how many minutes ago a time was."""
    return (demo.clock.now - at(text)).total_seconds() / 60


def test_the_size_of_the_account(demo: Asker) -> None:
    clusters = demo.all("clusters")
    assert len(demo.all("jobs")) == 400
    assert len([cluster for cluster in clusters if cluster["status"] != "terminated"]) == 6
    assert len(clusters) > 20
    assert len(demo.all("schedules")) == 14
    assert 11 <= len(demo.all("packages")) <= 13
    assert len(demo.all("packages", status="archived")) == 2
    oldest = demo.all("jobs")[-1]
    assert 12 < ago(demo, oldest["created_at"]) / 60 / 24 < 16


def test_nothing_is_in_the_future_but_what_is_planned(demo: Asker) -> None:
    now = demo.clock.now.strftime("%Y-%m-%dT%H:%M:%SZ")
    for path in ("jobs", "clusters", "schedules", "packages", "/user/notifications", "members"):
        for item in demo.all(path):
            for name, value in item.items():
                if name.endswith(("_at", "_since")) and name not in ("next_run_at",) and value is not None:
                    assert value <= now, (path, item["id"], name)


def test_what_goes_on_at_the_beginning(demo: Asker) -> None:
    statuses = Counter(job["status"] for job in demo.all("jobs"))
    assert (statuses["running"], statuses["queued"], statuses["pending"]) == (4, 2, 2)
    day = [job for job in demo.all("jobs", status="failed") if ago(demo, job["completed_at"]) < 24 * 60]
    assert Counter(job["package"]["name"] for job in day) == {
        "orders_to_redshift": 1,
        "dim_customers": 1,
        "orders_backfill": 1,
        "hourly_inventory": 1,
        "crm_contacts_sync": 1,
    }


def test_orders_failed_three_nights_in_a_row(demo: Asker) -> None:
    runs = [job for job in demo.all("jobs", package_id=412) if job["creator"]["display_name"] == "nightly_orders"]
    assert [job["status"] for job in runs[:5]] == ["failed", "failed", "failed", "completed", "completed"]
    assert 39 <= ago(demo, runs[0]["completed_at"]) <= 42
    day_before = (at(runs[0]["created_at"]) - timedelta(days=1)).strftime("%Y-%m-%d")
    assert f"s3://acme-raw/orders/{day_before}/" in runs[0]["errors"]
    log = demo.get(f"jobs/{runs[0]['id']}/log")["body"]
    assert "403" in log
    assert "failed to execute" in log.splitlines()[-1]
    assert {job["master_auto_retry_attempts"] for job in runs} == {None}


def test_clickstream_hangs(demo: Asker) -> None:
    job = demo.job("clickstream_sessions", status="running")
    usual = [each["runtime_in_seconds"] for each in demo.all("jobs", package_id=415, status="completed")]
    assert job["runtime_in_seconds"] > 2.2 * median(usual)
    assert job["progress"] == 0.78
    assert ago(demo, job["updated_at"]) > 90


def test_a_cluster_is_idle_and_will_not_end(demo: Asker) -> None:
    cluster = demo.cluster("adhoc-1")
    assert (cluster["status"], cluster["terminate_on_idle"], cluster["nodes"]) == ("idle", False, 8)
    assert 350 < ago(demo, cluster["idle_since"]) < 356
    stopped = demo.job("orders_backfill", status="stopped")
    assert (stopped["cluster_id"], stopped["progress"]) == (cluster["id"], 0.42)


def test_a_schedule_was_missed(demo: Asker) -> None:
    now = demo.clock.now
    late = [
        schedule["name"]
        for schedule in demo.all("schedules", status="enabled")
        if at(schedule["next_run_at"]) < now - timedelta(minutes=5)
    ]
    assert late == ["email_events_daily"]
    demo.clock.turn(hours=3)
    schedule = demo.schedule("email_events_daily")
    assert ago(demo, schedule["next_run_at"]) > 6 * 60


def test_dim_customers_recovered_on_retry(demo: Asker) -> None:
    runs = [job for job in demo.all("jobs", package_id=433) if job["creator"]["display_name"] == "nightly_dimensions"]
    assert [(job["status"], job["attempts"], job["master_auto_retry_attempts"]) for job in runs[:2]] == [
        ("completed", 1, 3),
        ("failed", 0, 3),
    ]
    assert at(runs[0]["created_at"]) > at(runs[1]["completed_at"])


def test_retries_can_be_used_up(demo: Asker) -> None:
    failed = demo.all("jobs", package_id=440, status="failed")
    assert {(job["attempts"], job["master_auto_retry_attempts"]) for job in failed} >= {(0, 2), (1, 2), (2, 2)}


def test_the_workflow_is_at_its_third_step(demo: Asker) -> None:
    flow = demo.job("marketing_workflow", status="running")
    steps = demo.get(f"jobs/{flow['id']}/children", direction="asc")
    assert [step["component"]["name"] for step in steps] == [
        "run_ads_spend_load", "run_email_events", "run_crm_contacts_sync",
    ]  # fmt: skip
    assert [step["status"] for step in steps] == ["completed", "completed", "running"]
    assert 0.4 <= flow["progress"] < 0.6
    assert {step["cluster_id"] for step in steps} == {flow["cluster_id"]}


def test_a_cluster_in_error_failed_a_job_that_never_ran(demo: Asker) -> None:
    cluster = demo.cluster("backfill-2")
    assert (cluster["status"], cluster["available_since"]) == ("error", None)
    (job,) = [job for job in demo.all("jobs") if job["cluster_id"] == cluster["id"]]
    assert (job["status"], job["started_at"], job["runtime_in_seconds"]) == ("failed", None, 0)
    assert "erroneous state" in job["errors"]
    assert any(note["title"] == "Cluster error" for note in demo.all("/user/notifications"))


def test_every_kind_of_failure_that_one_knows_is_there(demo: Asker) -> None:
    texts = [job["errors"] for job in demo.all("jobs", status="failed")]
    for word in ("Access Denied", "does not exist", "Column count", "INVALID_SESSION", "heap space", "timed out"):
        assert any(word in text for text in texts), word
    assert not any("{" in text for text in texts)


def test_runtimes_and_records_are_typical_of_the_package(demo: Asker) -> None:
    runs: dict[str, list[Any]] = {}
    for job in demo.all("jobs", status="completed"):
        runs.setdefault(job["package"]["name"], []).append(job)
    typical = {name: median(job["runtime_in_seconds"] for job in jobs) for name, jobs in runs.items()}
    assert typical["hourly_inventory"] < typical["orders_to_redshift"] < typical["clickstream_sessions"]
    for name in ("hourly_inventory", "invoices_export", "dim_customers"):
        counts = [job["outputs"][0]["records_count"] for job in runs[name]]
        assert len(set(counts)) > 5
        assert max(counts) < 1.3 * min(counts)


def test_counts_of_a_cluster_agree_with_its_jobs(demo: Asker) -> None:
    for cluster in demo.all("clusters"):
        running = [job for job in demo.all("jobs", status="running") if job["cluster_id"] == cluster["id"]]
        assert cluster["running_jobs_count"] == len(running)
        assert (cluster["terminated_at"] is not None) == (cluster["status"] == "terminated")
        assert (cluster["idle_since"] is not None) or cluster["status"] != "idle"
        machines = demo.get(f"clusters/{cluster['id']}/instances")
        up = cluster["status"] in ("available", "idle", "creating")
        assert len(machines) == (cluster["nodes"] if up else 0)
        assert [machine["master"] for machine in machines].count(True) == (1 if up else 0)


def test_next_runs_follow_from_the_interval(demo: Asker) -> None:
    inventory, finance = demo.schedule("hourly_inventory"), demo.schedule("daily_finance")
    assert 11 <= -ago(demo, inventory["next_run_at"]) <= 12
    assert 64 <= -ago(demo, finance["next_run_at"]) <= 65
    assert (finance["reuse_cluster_strategy"], finance["task"]["nodes"]) == ("self", 6)
    monthly = demo.schedule("monthly_invoices")
    assert at(monthly["next_run_at"]).day == at(monthly["last_run_at"]).day or at(monthly["next_run_at"]).day >= 28
    never = demo.schedule("ads_spend_legacy")
    assert (never["last_run_at"], never["last_run_status"], never["execution_count"]) == (None, None, 0)


def test_schedules_know_how_their_last_run_ended(demo: Asker) -> None:
    seen = {schedule["name"]: schedule["last_run_status"] for schedule in demo.all("schedules")}
    assert (seen["nightly_orders"], seen["nightly_dimensions"]) == ("failed", "completed")

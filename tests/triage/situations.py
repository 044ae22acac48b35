"""The situations of a night that ``situations.md`` tells word for word: what is known in each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from tests.resources.samples import NOW, at, decode
from xplenty_tui.triage.beside import NOTHING, Beside, Credits, Other

ORDERS, CRM, ADS = 7, 8, 9
NAMES = {ORDERS: "orders_load", CRM: "crm_sync", ADS: "ads_spend"}
DENIED = "Access Denied on s3://acme-raw/orders/2026-02-28/ (403, request 7F3A91)"


@dataclass(frozen=True)
class Situation:
    """What is known."""

    title: str
    known: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    beside: Beside = NOTHING


def job(number: int, status: str, minutes: float, *, package: int = ORDERS, took: float = 10, **more: Any) -> Any:
    """Return a job that ended (or was asked for, when it has not ended) so many minutes ago."""
    ended = status in ("completed", "failed", "stopped")
    begun = minutes + took if ended else minutes
    raw: dict[str, Any] = {
        "id": number,
        "status": status,
        "package_id": package,
        "package": {"id": package, "name": NAMES[package]},
        "created_at": at(begun),
        "started_at": at(begun) if ended or status in ("running", "stopping", "pending_stoppage") else None,
        "completed_at": at(minutes) if ended else None,
        "updated_at": at(minutes),
        "runtime_in_seconds": took * 60 if ended else 0,
        "errors": DENIED if status == "failed" else None,
    }
    return decode("jobs", {**raw, **more})


def usual(count: int = 10, took: float = 40, package: int = ORDERS) -> list[Any]:
    """Return runs that completed, one a day until yesterday."""
    return [job(100 + nth, "completed", 60 * 24 * (nth + 1) - 60, package=package, took=took) for nth in range(count)]


def cluster(number: int, status: str, **more: Any) -> Any:
    raw = {"id": number, "name": f"nightly-{number}", "status": status, "nodes": 4, "type": "production"}
    return decode("clusters", {**raw, "created_at": at(600), "updated_at": at(60), **more})


def schedule(number: int, **more: Any) -> Any:
    raw = {
        "id": number, "name": "nightly_orders", "status": "enabled", "interval_amount": 1, "interval_unit": "days",
        "next_run_at": at(-60), "last_run_at": at(1380), "last_run_status": "completed", "updated_at": at(9000),
        "task": {"packages": [{"package_id": str(ORDERS)}]},
    }  # fmt: skip
    return decode("schedules", {**raw, **more})


def package(number: int = ORDERS, **more: Any) -> Any:
    return decode("packages", {"id": number, "name": NAMES[number], "status": "active", **more})


SCHEDULED = {"creator": {"type": "Schedule", "id": 3, "display_name": "nightly_orders"}}

SITUATIONS: tuple[Situation, ...] = (
    Situation("nothing is known"),
    Situation("a quiet night", {"jobs": usual(), "clusters": [cluster(1, "available")], "schedules": [schedule(3)]}),
    Situation("one failure", {"jobs": [job(900, "failed", 34), *usual()]}),
    Situation("a failure without a reason", {"jobs": [job(900, "failed", 34, errors=None)]}),
    Situation("it failed and its next run completed", {"jobs": [job(901, "completed", 5), job(900, "failed", 34)]}),
    Situation(
        "it recovered on a retry",
        {"jobs": [job(901, "completed", 5, attempts=1, master_auto_retry_attempts=3), job(900, "failed", 34)]},
    ),
    Situation(
        "three failures in a row", {"jobs": [*(job(902 - nth, "failed", 34 + 60 * nth) for nth in range(3)), *usual()]}
    ),
    Situation(
        "it failed, and a retry runs",
        {"jobs": [job(901, "running", 2, attempts=1, master_auto_retry_attempts=3), job(900, "failed", 4), *usual()]},
    ),
    Situation("who stopped it meant it", {"jobs": [job(901, "stopped", 5), *usual()]}),
    Situation(
        "it failed, was run again and stopped", {"jobs": [job(901, "stopped", 5), job(900, "failed", 34), *usual()]}
    ),
    Situation("a failure of last week is no news", {"jobs": [job(900, "failed", 60 * 24 * 7)]}),
    Situation(
        "two packages with the same error",
        {
            "jobs": [
                job(901, "failed", 20, package=CRM, errors=DENIED.replace("7F3A91", "00BC12")),
                job(900, "failed", 34),
            ]
        },
    ),
    Situation(
        "two packages with different errors",
        {"jobs": [job(901, "failed", 20, package=CRM, errors="INVALID_SESSION_ID"), job(900, "failed", 34)]},
    ),
    Situation(
        "a schedule's job failed: told once",
        {
            "jobs": [job(900, "failed", 34, **SCHEDULED)],
            "schedules": [schedule(3, last_run_status="failed", last_run_at=at(44))],
        },
    ),
    Situation(
        "a schedule failed and its job is not loaded",
        {"schedules": [schedule(3, last_run_status="failed", last_run_at=at(44))]},
    ),
    Situation("the last try", {"jobs": [job(900, "running", 4, attempts=3, master_auto_retry_attempts=3)]}),
    Situation("a run that takes longer than usual", {"jobs": [job(900, "running", 102), *usual(took=39)]}),
    Situation(
        "a long run of a package that nobody knows yet", {"jobs": [job(900, "running", 102), *usual(3, took=39)]}
    ),
    Situation(
        "long, but it was so before",
        {"jobs": [job(900, "running", 102), *usual(18, took=39), job(99, "completed", 60 * 24 * 30, took=120)]},
    ),
    Situation(
        "three jobs wait for one cluster",
        {
            "jobs": [job(900 + nth, "pending", 42 - nth, package=each, cluster_id=1) for nth, each in enumerate(NAMES)],
            "clusters": [cluster(1, "creating", created_at=at(12))],
        },
    ),
    Situation("a job that does not stop", {"jobs": [job(900, "stopping", 25)]}),
    Situation("a cluster in error", {"clusters": [cluster(1, "error")]}),
    Situation(
        "a job failed because its cluster is in error",
        {
            "jobs": [job(900, "failed", 55, cluster_id=1, errors="Specified cluster is not available.")],
            "clusters": [cluster(1, "error")],
        },
    ),
    Situation("a cluster that does not come up", {"clusters": [cluster(1, "creating", created_at=at(31))]}),
    Situation("a cluster that does not go", {"clusters": [cluster(1, "terminating", updated_at=at(31))]}),
    Situation(
        "a cluster idles for money",
        {"clusters": [cluster(1, "idle", terminate_on_idle=False, idle_since=at(353), running_jobs_count=0)]},
    ),
    Situation(
        "a cluster idles and will terminate",
        {"clusters": [cluster(1, "idle", terminate_on_idle=True, idle_since=at(353))]},
    ),
    Situation("a schedule is overdue", {"schedules": [schedule(3, next_run_at=at(190))]}),
    Situation(
        "a schedule that worked was disabled", {"schedules": [schedule(3, status="disabled", updated_at=at(120))]}
    ),
    Situation(
        "a schedule runs on top of itself",
        {
            "jobs": [job(900 + nth, "running", 20 + 60 * nth, **SCHEDULED) for nth in range(3)],
            "schedules": [schedule(3, overlap=True)],
        },
    ),
    Situation(
        "a package that runs every night has not run",
        {"jobs": [job(100 + nth, "completed", 60 * 24 * (nth + 1) + 60) for nth in range(8)], "packages": [package()]},
    ),
    Situation(
        "few credits, the trial's end and another account",
        beside=Beside(
            Credits(412, 5000, 300, 4288),
            NOW + timedelta(days=3),
            (Other("acme-staging", 2, "orders_load: timed out", NOW - timedelta(minutes=8)),),
        ),
    ),
)

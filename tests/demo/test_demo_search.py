"""The API's search syntax, in the query string and in a body."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.demo.asking import Asker

Test = Callable[[dict[str, Any]], bool]


def package(job: dict[str, Any]) -> str:
    return str(job["package"]["name"])


def by(kind: str) -> Callable[[dict[str, Any]], str]:
    return lambda job: str(job["creator"]["display_name"]) if job["creator"]["type"] == kind else ""


JOBS: dict[str, Test] = {
    "status:failed": lambda job: job["status"] == "failed",
    "status:failed status:stopped": lambda job: job["status"] in ("failed", "stopped"),
    "status:failed package:orders": lambda job: job["status"] == "failed" and "orders" in package(job),
    "-status:completed": lambda job: job["status"] != "completed",
    "-status:completed -package:orders": lambda job: job["status"] != "completed" and "orders" not in package(job),
    "orders": lambda job: "orders" in package(job),
    "ORDERS -backfill": lambda job: "orders" in package(job) and "backfill" not in package(job),
    "duration:>2000": lambda job: job["runtime_in_seconds"] >= 2000,
    "duration:<100": lambda job: job["runtime_in_seconds"] <= 100,
    "duration:>300 duration:<100": lambda job: not 100 < job["runtime_in_seconds"] < 300,
    "duration:>300 status:failed": lambda job: job["runtime_in_seconds"] >= 300 and job["status"] == "failed",
    "started:2026-03-02": lambda job: (job["started_at"] or "").startswith("2026-03-02"),
    "started:>2026-03-02": lambda job: (job["started_at"] or "") >= "2026-03-02",
    "finished:<2026-02-25T12:00:00Z": lambda job: (job["completed_at"] or "9") <= "2026-02-25T12:00:00Z",
    "schedule:nightly_orders": lambda job: by("Schedule")(job) == "nightly_orders",
    'user:"Anna Kovacs"': lambda job: by("User")(job) == "Anna Kovacs",
    'user:"Kovacs Anna"': lambda job: False,
    "log:OutOfMemoryError": lambda job: "Java heap space" in (job["errors"] or ""),
    "id:90440": lambda job: job["id"] == 90440,
    "90440": lambda job: job["id"] == 90440,
    "id:9044": lambda job: False,
    "colour:red": lambda job: False,
}


@pytest.mark.parametrize("text", JOBS)
def test_jobs_are_found_as_documented(text: str, demo: Asker) -> None:
    wanted = sorted(job["id"] for job in demo.all("jobs") if JOBS[text](job))
    assert sorted(job["id"] for job in demo.all("jobs/search", q=text)) == wanted
    assert wanted or text in ('user:"Kovacs Anna"', "id:9044", "colour:red")


@pytest.mark.parametrize("path", ["jobs", "clusters", "schedules", "packages"])
def test_the_body_is_read_like_the_query(path: str, demo: Asker) -> None:
    in_query = demo.get(f"{path}/search", q="nightly -orders", limit=100)
    in_body = demo.ask("GET", f"{path}/search", {"q": "nightly -orders", "limit": 100}).data
    assert in_query == in_body


@pytest.mark.parametrize(
    ("path", "text", "names"),
    [
        ("clusters", "status:idle", {"adhoc-1", "inventory-1"}),
        ("clusters", "nodes:>8 status:idle", {"adhoc-1"}),
        ("clusters", "terminated:>2026-01-01 name:sandbox-9", {"sandbox-9"}),
        ("clusters", "created:>2026-03-03T12:00:00Z -exports", {"clickstream-86"}),
        ("schedules", "package:ads_spend", {"nightly_exports", "ads_spend_legacy"}),
        ("schedules", 'description:"the audit"', {"monthly_invoices"}),
        ("schedules", "status:disabled", {"orders_backfill_weekend", "ads_spend_legacy"}),
        ("packages", "orders_to_redshift", {"orders_to_redshift", "orders_to_redshift_v1"}),
        ("packages", "user:miguel modified:>2026-01-01", {"invoices_export", "hourly_inventory",
                                                         "segments_to_salesforce"}),
        ("packages", "description:sessions", {"clickstream_sessions"}),
    ],
)  # fmt: skip
def test_other_kinds_are_found_by_their_attributes(path: str, text: str, names: set[str], demo: Asker) -> None:
    assert {item["name"] for item in demo.get(f"{path}/search", q=text)} == names


def test_relevance_puts_the_whole_name_first_and_a_wrong_sort_means_relevance(demo: Asker) -> None:
    found = demo.get("packages/search", q="orders_to_redshift")
    assert [item["name"] for item in found] == ["orders_to_redshift", "orders_to_redshift_v1"]
    assert found == demo.get("packages/search", q="orders_to_redshift", sort="colour")
    by_id = demo.get("packages/search", q="orders_to_redshift", sort="id")
    assert [item["id"] for item in by_id] == [388, 412]


def test_directions_differ_between_kinds(demo: Asker) -> None:
    jobs = [job["id"] for job in demo.all("jobs/search", q="status:failed", sort="id")]
    assert jobs == sorted(jobs)
    down = [job["id"] for job in demo.all("jobs/search", q="status:failed", sort="id", direction="desc")]
    assert down == jobs[::-1]
    clusters = [item["created_at"] for item in demo.all("clusters/search", q="exports", sort="created")]
    assert clusters == sorted(clusters, reverse=True)


def test_found_items_come_in_pages(demo: Asker) -> None:
    reply = demo.ask("GET", "jobs/search", q="status:completed", limit=5, offset=5)
    assert len(reply.data) == 5
    assert 'offset=10>; rel="next"' in reply.headers["Link"] or "offset=10&" in reply.headers["Link"]
    assert "q=status%3Acompleted" in reply.headers["Link"]


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"q": ""},
        {"q": "duration:long"},
        {"q": "started:>noon"},
        {"q": "-duration:>5"},
        {"q": "x", "direction": "up"},
        {"q": "x", "limit": 1000},
    ],
)
def test_what_cannot_be_searched_is_422(query: dict[str, Any], demo: Asker) -> None:
    assert demo.refused("GET", "jobs/search", **query) == 422

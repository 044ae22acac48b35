"""Lists: pages, links, sorting, since, filters, and what is not accepted."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.demo.asking import BEGIN, Asker, asker

LISTS = ("jobs", "clusters", "schedules", "packages", "members", "/accounts", "/user/notifications")


def links(header: str) -> dict[str, dict[str, str]]:
    """Return the query of each link by its rel."""
    found = {}
    for url, rel in re.findall(r'<([^>]*)>; rel="(\w+)"', header):
        found[rel] = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    return found


def test_a_page_has_20_items_unless_asked_and_100_at_most(demo: Asker) -> None:
    assert len(demo.get("jobs")) == 20
    assert len(demo.get("jobs", limit=100)) == 100
    assert len(demo.get("jobs", offset=390, limit=50)) == 10
    assert demo.get("jobs", offset=400) == []
    assert demo.get("jobs", offset=10**9) == []


def test_links_count_items_and_keep_the_rest_of_the_query(demo: Asker) -> None:
    reply = demo.ask("GET", "jobs", offset=30, limit=20, status="completed")
    assert links(reply.headers["Link"]) == {
        "next": {"offset": "50", "limit": "20", "status": "completed"},
        "prev": {"offset": "10", "limit": "20", "status": "completed"},
    }
    assert set(links(demo.ask("GET", "jobs").headers["Link"])) == {"next"}
    last = demo.ask("GET", "jobs", offset=380)
    assert links(last.headers["Link"]) == {"prev": {"offset": "360", "limit": "20"}}
    assert links(demo.ask("GET", "jobs", offset=5).headers["Link"])["prev"]["offset"] == "0"
    assert "Link" not in demo.ask("GET", "schedules").headers


def test_all_pages_together_are_all_items_once(demo: Asker) -> None:
    ids = [job["id"] for job in demo.all("jobs")]
    assert len(ids) == len(set(ids)) == 400
    assert ids == sorted(ids, reverse=True)


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(
    "query",
    [
        {"offset": -1},
        {"offset": "x"},
        {"limit": 0},
        {"limit": 101},
        {"limit": "1_0"},
        {"direction": "down"},
        {"sort": "colour"},
        {"since": "yesterday"},
    ],
)
def test_what_is_not_allowed_is_422(path: str, query: dict[str, Any], demo: Asker) -> None:
    assert demo.refused("GET", path, **query) == 422


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("jobs", {"status": "available"}),
        ("clusters", {"status": "completed"}),
        ("schedules", {"status": "running"}),
        ("packages", {"status": "all"}),
        ("packages", {"flow_type": "stream"}),
        ("packages/412/validations", {"status": "queued"}),
        ("members", {"role": "king"}),
        ("jobs", {"package_id": "orders"}),
    ],
)
def test_an_unknown_filter_value_is_422(path: str, query: dict[str, Any], demo: Asker) -> None:
    assert demo.refused("GET", path, **query) == 422


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("sort", ["created", "updated"])
def test_lists_are_sorted_newest_first_unless_asked(path: str, sort: str, demo: Asker) -> None:
    down = [item[f"{sort}_at"] for item in demo.all(path, sort=sort)]
    assert down == sorted(down, reverse=True)
    up = [item[f"{sort}_at"] for item in demo.all(path, sort=sort, direction="asc")]
    assert up == down[::-1]
    if sort == "created":
        assert [item["created_at"] for item in demo.all(path)] == down


@pytest.mark.parametrize("path", LISTS)
def test_since_takes_what_was_updated_then_or_later(path: str, demo: Asker) -> None:
    times = sorted(item["updated_at"] for item in demo.all(path))
    middle = times[len(times) // 2]
    found = demo.all(path, since=middle, sort="updated", direction="asc")
    assert [item["updated_at"] for item in found] == [time for time in times if time >= middle]
    assert demo.all(path, since=(BEGIN + timedelta(days=1)).isoformat()) == []


def test_since_may_carry_an_offset_whose_plus_a_form_turned_into_a_space(demo: Asker) -> None:
    moment = BEGIN - timedelta(hours=1)
    exact = demo.all("jobs", since=moment.strftime("%Y-%m-%dT%H:%M:%SZ"))
    shifted = (moment + timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M:%S")
    assert exact == demo.all("jobs", since=f"{shifted}+03:00") == demo.all("jobs", since=f"{shifted} 03:00")


@pytest.mark.parametrize("path", ["jobs", "clusters", "schedules"])
def test_statuses_divide_a_list(path: str, demo: Asker) -> None:
    every = demo.all(path)
    statuses = {item["status"] for item in every}
    assert len(statuses) > 1
    assert (
        sum(len(demo.all(path, status=status)) for status in statuses)
        == len(every)
        == len(demo.all(path, status="all"))
    )
    for status in statuses:
        assert {item["status"] for item in demo.all(path, status=status)} == {status}


def test_jobs_of_a_package(demo: Asker) -> None:
    wanted = [job["id"] for job in demo.all("jobs") if job["package_id"] == 433]
    assert wanted == [job["id"] for job in demo.all("jobs", package_id=433)]
    assert len(wanted) > 10
    assert demo.get("jobs", package_id=1) == []


def test_packages_are_active_unless_archived_ones_are_asked_for(demo: Asker) -> None:
    active, archived = demo.all("packages"), demo.all("packages", status="archived")
    assert ({item["status"] for item in active}, {item["status"] for item in archived}) == ({"active"}, {"archived"})
    assert [item["name"] for item in demo.all("packages", flow_type="workflow")] == ["marketing_workflow"]
    assert len(demo.all("packages", flow_type="dataflow")) == len(active) - 1
    names = [item["name"] for item in demo.all("packages", sort="name", direction="asc")]
    assert names == sorted(names)


def test_a_filter_may_come_in_a_json_body_as_the_documentation_sends_it(demo: Asker) -> None:
    reply = demo.ask("GET", "packages", {"flow_type": "workflow"})
    assert [item["name"] for item in reply.data] == ["marketing_workflow"]


def test_members_by_role_and_address(demo: Asker) -> None:
    assert {item["name"] for item in demo.get("members", role="admin")} == {"Anna Kovacs", "Dana Whitfield"}
    assert [item["id"] for item in demo.get("members", email="priya.raman@acme.example")] == [24]
    assert demo.get("members/24")["name"] == "Priya Raman"


def test_steps_are_listed_like_jobs(demo: Asker) -> None:
    flow = demo.job("marketing_workflow", status="running")["id"]
    steps = demo.get(f"jobs/{flow}/children", direction="asc")
    assert [step["status"] for step in steps] == ["completed", "completed", "running"]
    assert len(demo.get(f"jobs/{flow}/children", status="running")) == 1
    assert 'rel="next"' in demo.ask("GET", f"jobs/{flow}/children", limit=2).headers["Link"]
    assert demo.get(f"jobs/{demo.job('dim_customers')['id']}/children") == []


def test_offsets_shift_while_jobs_arrive(demo: Asker) -> None:
    first = demo.get("jobs", limit=10)
    demo.clock.turn(hours=2)
    second = demo.get("jobs", offset=10, limit=10)
    assert {job["id"] for job in first} & {job["id"] for job in second}


@pytest.mark.parametrize("jobs", [80, 133, 400, 1000, 10_000])
def test_as_many_jobs_as_were_asked_for(jobs: int) -> None:
    demo = asker(jobs=jobs)
    assert demo.get("/accounts/acme")["jobs_count"] == jobs
    assert len(demo.get("jobs", offset=jobs - 5)) == 5

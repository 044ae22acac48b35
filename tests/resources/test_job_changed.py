"""What is different from the last success: every sort of difference, what is the same, and what nobody can tell."""

from __future__ import annotations

from typing import Any

import pytest

from tests.resources.samples import CLUSTER, at, context, one
from xplenty_tui.core.declare import Context, Link, Row
from xplenty_tui.resources import job_changed
from xplenty_tui.resources.job_changed import last_success, variable_rows

THEN: dict[str, Any] = {
    "id": 90301,
    "status": "completed",
    "created_at": at(1500),
    "started_at": at(1499),
    "completed_at": at(1490),
    "runtime_in_seconds": 724,
}


def rows(job: Any, *others: Any, **kinds: Any) -> list[Row]:
    return list(job_changed.section(job, context(jobs=[job, *others], **kinds)))


def told(found: list[Row]) -> dict[str, str]:
    return {row.label: row.text for row in found}


def test_the_last_success_began_before_the_job_and_is_of_its_package() -> None:
    job = one("jobs")
    good, older = one("jobs", **THEN), one("jobs", **{**THEN, "id": 1, "created_at": at(3000)})
    others = [
        one("jobs", **{**THEN, "id": 90413, "created_at": at(1)}),
        one("jobs", **{**THEN, "id": 90302, "package_id": 8, "created_at": at(100)}),
        one("jobs", **{**THEN, "id": 90303, "status": "stopped", "created_at": at(100)}),
    ]
    assert last_success(job, context(jobs=[job, older, good, *others])) == good
    assert last_success(job, context(jobs=[job, *others])) is None


def test_a_success_that_was_started_alike_goes_before_a_newer_one() -> None:
    job, good = one("jobs"), one("jobs", **THEN)
    by_hand = one("jobs", **{**THEN, "id": 90350, "created_at": at(900), "creator": {"type": "User", "id": 1}})
    assert last_success(job, context(jobs=[job, by_hand, good])) == good
    assert last_success(job, context(jobs=[job, by_hand])) == by_hand


def test_without_a_success_the_package_is_one_key_away() -> None:
    assert rows(one("jobs")) == [
        Row("no successful run of the package is loaded", "since", rows(one("jobs"))[0].tone, Link("packages", "7"))
    ]
    assert rows(one("jobs", package=None, package_id=None)) == []


def test_a_completed_job_is_compared_with_nothing() -> None:
    assert rows(one("jobs", status="completed"), one("jobs", **THEN)) == []
    assert rows(one("jobs", status="running", completed_at=None), one("jobs", **THEN)) != []


def test_the_success_is_named_with_its_time_and_linked() -> None:
    first = rows(one("jobs"), one("jobs", **THEN))[0]
    assert (first.label, first.text) == ("since", "job 90301 · 2026-02-28 02:01:00 UTC (1d ago)")
    assert first.link == Link("jobs", "90301")


def test_variables_added_removed_changed_and_secret_ones() -> None:
    before = {"a": 1, "b": "x", "gone": "1", "password": "p1", "token": "t1", "old_secret": "s3"}
    now = {"a": 1, "b": "y\nz", "new": "", "password": "p2", "token": "t1", "apiKey": "s4"}
    found = [row.text for row in variable_rows(before, now, context())]
    assert found == [
        "apiKey added (masked)",
        "b: x → y\\nz",
        "gone: 1 → not set",
        "new: not set → (empty)",
        "old_secret removed (masked)",
        "password changed (masked)",
    ]
    assert not any(word in " ".join(found) for word in ("p1", "p2", "s3", "s4", "t1"))
    assert [row.text for row in variable_rows({"b": "x"}, {"b": "y"}, context(ascii=True))] == ["b: x -> y"]


def test_the_clusters_are_compared_by_all_that_is_known_of_them() -> None:
    old = one("clusters", id=2213, name="nightly-3", nodes=2, region="eu", stack="black-everest")
    good = one("jobs", **THEN, cluster_id=2213, cluster=None)
    found = told(rows(one("jobs"), good, clusters=[one("clusters"), old]))
    assert found["cluster"] == "nightly-3 → nightly-4"
    assert found["nodes"] == "2 → 4"
    assert found["region"] == f"eu → {CLUSTER['region']}"
    assert found["stack"] == "black-everest → white-everest"
    assert "cluster type" in found["the same"] and "instances" in found["the same"]
    lean = told(rows(one("jobs", cluster=None), good))
    assert lean["cluster"] == "#2213 → #2214"
    assert lean["not known"] == "package, nodes"


def test_two_clusters_of_one_name_are_told_apart_by_their_numbers() -> None:
    good = one("jobs", **THEN, cluster_id=2213, cluster={"id": 2213, "name": "nightly-4", "nodes": 4})
    assert told(rows(one("jobs"), good))["cluster"] == "nightly-4 (2213) → nightly-4 (2214)"


@pytest.mark.parametrize(
    ("updated", "shown"),
    [
        (60, "as it was then → updated 2026-03-01 02:00:00 UTC"),
        (5, "as it was then → updated 2026-03-01 02:55:00 UTC, after this run began"),
        (30_000, None),
    ],
)
def test_the_package_was_updated_between_the_runs(updated: float, shown: str | None) -> None:
    found = told(rows(one("jobs"), one("jobs", **THEN), packages=[one("packages", updated_at=at(updated))]))
    assert found.get("package") == shown
    assert ("package" in found["the same"]) is (shown is None)


def test_the_version_of_the_package_says_more_than_its_time() -> None:
    good = one("jobs", **THEN, package={"id": 7, "package_version": "3"})
    job = one("jobs", package={"id": 7, "package_version": "4"})
    assert told(rows(job, good))["package"] == "version 3 → version 4"


def test_who_started_it_runtime_and_records() -> None:
    good = one("jobs", **THEN, creator={"type": "User", "id": 1, "display_name": "Ada"}, outputs=[], outputs_count=0)
    job = one("jobs", runtime_in_seconds=95, outputs=[{"id": 1, "records_count": 12}])
    found = told(rows(job, good))
    assert found["started by"] == "Ada → schedule nightly_orders"
    assert found["runtime"] == "12m04 → 1m35"
    assert found["records"] == "0 → 12"
    near = told(rows(one("jobs", runtime_in_seconds=800), one("jobs", **THEN)))
    assert "runtime" in near["the same"] and "runtime" not in near
    running = told(rows(one("jobs", status="running", completed_at=None), good))
    assert "runtime" not in running and "records" not in running


def test_an_output_whose_records_are_not_told_says_nothing() -> None:
    found = told(rows(one("jobs"), one("jobs", **THEN)))
    assert "records" not in found and "records" not in found.get("the same", "")


def test_what_is_the_same_is_one_line() -> None:
    ctx: Context = context(jobs=[one("jobs"), one("jobs", **THEN)], packages=[one("packages")])
    found = list(job_changed.rows(one("jobs"), ctx))
    assert [row.label for row in found] == ["since", "the same"]
    assert found[1].text == "variables, package, cluster, nodes, started by, runtime"


def test_the_resolved_variables_of_both_are_offered_where_there_are_two_runs() -> None:
    job, good = one("jobs"), one("jobs", **THEN)
    assert job_changed.both(job, context(jobs=[job, good])) == (good, job)
    assert job_changed.both(job, context(jobs=[job])) is None
    assert job_changed.both(one("jobs", status="completed"), context(jobs=[good])) is None
    part = job_changed.RESOLVED
    assert part.credits == 2 and not part.eager(job)
    answer = ({"day": "2026-02-27", "apiToken": "a"}, {"day": "2026-02-28", "apiToken": "b"})
    assert [row.text for row in part.rows(answer, job, context())] == [
        "apiToken changed (masked)",
        "day: 2026-02-27 → 2026-02-28",
    ]

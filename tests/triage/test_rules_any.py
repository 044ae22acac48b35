"""The rules over anything: the same errors, storms, nulls, whatever the API sends; and what a look costs."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.resources.samples import FULL, HOSTILE, bare, context, decode, nulls
from tests.triage.situations import at, job
from xplenty_tui.triage.look import look
from xplenty_tui.triage.same import normal


def test_the_same_error_is_known_again() -> None:
    one = "Access Denied on s3://acme-raw/orders/2026-11-22/ (403, request 7F3A91)"
    other = "Access denied on s3://acme-raw/crm/2026-11-23/ (403, request 00BC12)\n  at line 7"
    assert normal(one) == normal(other)
    assert normal(one) != normal("Access Denied on the warehouse (403)")
    assert normal("task attempt_201411_0012_m_000117 failed 4 times") == normal(
        "task attempt_201512_0001_m_000001 failed 3 times"
    )
    assert normal("column 'a' of \"orders\"") == normal("column 'b' of \"crm\"")
    assert normal("") == ""


def test_a_storm_is_one_line_for_each_cause() -> None:
    names = {nth: f"load_{nth:03}" for nth in range(200)}
    jobs = [
        job(1000 + nth, "failed", 1 + nth / 10, package_id=nth, errors=f"Timeout after {nth} s", package_={})
        for nth in range(200)
    ]
    ctx = context(jobs=[one.model_copy(update={"package": None}) for one in jobs])
    (incident,) = look(ctx)
    assert len(incident.problems) == len(names)
    assert incident.name == "#0, #1 and 198 more"


@pytest.mark.parametrize("kind", ["jobs", "clusters", "schedules", "packages"])
def test_nulls_and_hell_crash_no_rule(kind: str) -> None:
    items = [
        decode(kind, {**raw, "id": nth})
        for nth, raw in enumerate(
            [FULL[kind], bare(kind), nulls(kind), {**bare(kind), **HOSTILE[kind]}, {**nulls(kind), **HOSTILE[kind]}], 1
        )
    ]
    look(context(**{kind: items}))


TIMES = st.none() | st.sampled_from(
    [at(minutes) for minutes in (-60 * 24 * 400, -30, 0, 1, 14, 16, 40, 59, 61, 600, 60 * 24 * 3, 60 * 24 * 40)]
    + ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"]
)
WORDS = st.sampled_from(
    [
        "",
        "running",
        "failed",
        "completed",
        "stopped",
        "queued",
        "pending",
        "idle",
        "stopping",
        "pending_stoppage",
        "error",
        "creating",
        "available",
        "terminating",
        "enabled",
        "disabled",
        "levitating",
    ]
)
NUMBERS = st.none() | st.integers(-1, 5) | st.sampled_from([1e300, float("nan"), 10**12])
JOBS = st.fixed_dictionaries(
    {
        "status": WORDS,
        "created_at": TIMES,
        "started_at": TIMES,
        "completed_at": TIMES,
        "updated_at": TIMES,
        "attempts": st.none() | st.integers(-1, 4),
        "master_auto_retry_attempts": st.none() | st.integers(0, 3),
        "runtime_in_seconds": NUMBERS,
        "package_id": st.none() | st.integers(1, 3),
        "cluster_id": st.none() | st.integers(1, 2),
        "errors": st.none() | st.text(max_size=30),
        "creator": st.none() | st.just({"type": "Schedule", "id": 1}),
    }
)
CLUSTERS = st.fixed_dictionaries(
    {
        "status": WORDS,
        "created_at": TIMES,
        "updated_at": TIMES,
        "idle_since": TIMES,
        "nodes": st.none() | st.integers(0, 9),
        "terminate_on_idle": st.none() | st.booleans(),
    }
)
SCHEDULES = st.fixed_dictionaries(
    {
        "status": WORDS,
        "next_run_at": TIMES,
        "last_run_at": TIMES,
        "updated_at": TIMES,
        "last_run_status": WORDS,
        "interval_amount": NUMBERS,
        "interval_unit": st.sampled_from(["", "days", "fortnights"]),
    }
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(JOBS, max_size=8), st.lists(CLUSTERS, max_size=3), st.lists(SCHEDULES, max_size=3))
def test_whatever_is_known_each_problem_is_told_once_in_one_line(
    jobs: list[Any], clusters: list[Any], schedules: list[Any]
) -> None:
    def numbered(kind: str, raws: list[Any]) -> list[Any]:
        return [decode(kind, {"id": nth, **raw}) for nth, raw in enumerate(raws, 1)]

    ctx = context(
        jobs=numbered("jobs", jobs), clusters=numbered("clusters", clusters), schedules=numbered("schedules", schedules)
    )
    incidents = look(ctx)
    told = [problem for incident in incidents for problem in incident.problems]
    assert len({problem.key for problem in told}) == len(told)
    assert len({incident.key for incident in incidents}) == len(incidents)
    for problem in told:
        assert problem.name
        assert problem.sentence
        assert "\n" not in problem.name + problem.sentence + problem.detail
    order = [(one.recovered, -one.problems[0].severity) for one in incidents]
    assert order == sorted(order)


def test_a_look_while_nothing_changed_does_not_read_all_jobs_again() -> None:
    jobs = [
        job(nth, "failed" if nth % 7 == 0 else "completed", 60 + nth, package_id=nth % 12) for nth in range(1, 3001)
    ]
    ctx = context(jobs=jobs)
    start = time.perf_counter()
    first = look(ctx)
    whole, start = time.perf_counter() - start, time.perf_counter()
    assert look(ctx) == first
    assert time.perf_counter() - start < whole

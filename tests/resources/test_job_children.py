"""The children of a workflow's job: when they are worth a credit, and which of them is why it failed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.resources.samples import at, context, one
from xplenty_tui.core.declare import Link, Row, Tone
from xplenty_tui.resources import BY_NAME
from xplenty_tui.resources.job_children import SECTION, flow, wanted, why


def child(id_: int, status: str, minutes: float, **more: Any) -> Any:
    return one(
        "jobs", **{"id": id_, "status": status, "created_at": at(minutes), "component": {"name": f"run_{id_}"}, **more}
    )


@pytest.mark.parametrize(
    ("status", "told", "loaded", "asked"),
    [
        ("failed", "workflow", "", True),
        ("failed", "", "workflow", True),
        ("failed", "", "", True),
        ("failed", "dataflow", "", False),
        ("failed", "", "dataflow", False),
        ("completed", "workflow", "", False),
        ("running", "workflow", "", False),
    ],
)
def test_they_are_asked_for_unasked_only_where_they_may_say_why(
    status: str, told: str, loaded: str, asked: bool
) -> None:
    job = one("jobs", status=status, package={"id": 7, "name": "nightly", "flow_type": told})
    ctx = context(packages=[one("packages", flow_type=loaded)] if loaded else [])
    assert flow(job, ctx) == told or loaded
    assert SECTION.eager(job, ctx) is wanted(job, ctx) is asked


def test_the_failed_steps_say_why_the_first_one_first() -> None:
    children = [
        child(3, "failed", 5, errors="", component=None),
        child(2, "failed", 10, errors="\nColumn count mismatch\nat line 1"),
        child(1, "completed", 20),
    ]
    assert list(why(one("jobs"), {"children": children}, context())) == [
        Row("run_2 (2) failed: Column count mismatch", "step", Tone.BAD, Link("jobs", "2")),
        Row(
            "orders_to_redshift (3) failed: no reason given, its log may have one", "step", Tone.BAD, Link("jobs", "3")
        ),
    ]


def test_before_they_were_asked_for_and_of_a_job_that_goes_on_nothing_is_said() -> None:
    assert list(why(one("jobs"), {}, context())) == []
    assert list(why(one("jobs", status="running"), {"children": [child(2, "failed", 3)]}, context())) == []


def test_the_column_of_the_step() -> None:
    column = BY_NAME["jobs"].column("step")
    assert column is not None
    assert column.value(child(2, "failed", 3), context()) == "run_2"
    assert column.value(one("jobs"), context()) is None
    assert "step" in SECTION.columns

"""The page of the last runs: figures, how far back it reaches, and what more costs."""

from __future__ import annotations

from tests.resources.samples import context, one
from xplenty_tui.core.declare import Link, Row
from xplenty_tui.core.page import Heading
from xplenty_tui.resources import runs
from xplenty_tui.resources.run_history import page
from xplenty_tui.resources.runs import Seen

ABOUT = Link("packages", "7")


def said(jobs, **how):
    blocks = page(ABOUT, context(jobs=jobs, **how), Seen(80))
    return {row.label: row.text for row in blocks if isinstance(row, Row)}


def test_one_failed_run():
    told = said([one("jobs")])
    assert told["runs"] == "✗" and told["runtime"] == "█"
    assert told["failed"].startswith("1 of 1 run (100%)") and told["failed"].endswith("no success")
    assert told["usual"] == "longest 12m04 █ (none completed)"


def test_the_newest_is_at_the_right_and_the_median_is_on_the_scale():
    old = one("jobs", id=1, status="completed", runtime_in_seconds=362, created_at="2026-02-01T00:00:00Z")
    told = said([old, one("jobs")], ascii=True)
    assert told["runs"] == "+x" and told["runtime"] == "=#"
    assert told["usual"].startswith("median 6m02 =, p95 6m02 =, longest 12m04 #")


def test_no_run_and_no_jobs_are_told_apart():
    assert said([]) == {"": "It has not run yet."}
    assert [row.text for row in page(ABOUT, context(), Seen(80))] == ["Loading jobs …"]


def test_dataflows_have_no_steps():
    blocks = page(ABOUT, context(jobs=[one("jobs")]), Seen(80))
    assert [block.name for block in blocks if isinstance(block, Heading)] == ["runs"]


def test_a_job_s_history_is_its_package_s():
    ctx = context(jobs=[one("jobs")])
    assert runs.subject("jobs", "90412", ctx) == ABOUT
    assert runs.subject("jobs", "1", ctx) is None and runs.subject("clusters", "1", ctx) is None

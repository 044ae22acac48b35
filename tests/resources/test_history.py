"""What the loaded jobs say together: groups, usual runtimes, load."""

from __future__ import annotations

from datetime import timedelta

from tests.resources.samples import NOW, at, context, one
from xplenty_tui.resources import history, load, usual


def test_usual_is_the_median_of_what_completed() -> None:
    jobs = [one("jobs", id=n, status="completed", runtime_in_seconds=s) for n, s in enumerate([10, 30, 20, 40])]
    assert usual.middle(jobs) == timedelta(seconds=25)
    assert usual.middle([one("jobs")]) is None
    assert usual.middle([one("jobs", status="completed", runtime_in_seconds=float("nan"))]) is None


def test_groups_are_worked_out_once_a_version_of_the_store() -> None:
    ctx = context(jobs=[one("jobs")])
    first = history.of_package(7, ctx)
    assert history.of_package("7", ctx) is first
    ctx.store.put("jobs", [("1", one("jobs", id=1, created_at=at(1)))], NOW)
    assert [job.id for job in history.of_package(7, ctx)] == [1, 90412]
    assert history.of_package(8, ctx) == ()


def test_load_counts_what_runs_and_what_waits() -> None:
    jobs = [one("jobs", id=n, status=s) for n, s in enumerate(["running", "stopping", "queued", "idle", "failed"])]
    assert load.counts(2214, context(jobs=jobs)) == (2, 2)

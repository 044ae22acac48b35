"""What is usual for a package: median and 95th of its completed runs."""

from __future__ import annotations

from datetime import timedelta

from tests.resources.samples import context, one
from xplenty_tui.resources import usual


def run(number: int, seconds: float, status: str = "completed", package: int = 7) -> object:
    return one("jobs", id=number, status=status, package_id=package, runtime_in_seconds=seconds)


def test_median_and_p95_are_runtimes_of_completed_runs() -> None:
    ctx = context(jobs=[run(number, number * 10) for number in range(1, 21)] + [run(99, 9999, "failed")])
    found = usual.of_package(7, ctx)
    assert found == usual.Usual(20, timedelta(seconds=105), timedelta(seconds=190))


def test_one_run_is_its_own_p95() -> None:
    assert usual.of_package(7, context(jobs=[run(1, 60)])) == usual.Usual(
        1, timedelta(seconds=60), timedelta(seconds=60)
    )


def test_without_a_completed_run_nothing_is_usual() -> None:
    assert usual.of_package(7, context(jobs=[run(1, 60, "failed"), run(2, 0)])) is None

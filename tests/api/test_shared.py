"""Items of a list share what is the same in them: at 100,000 jobs that is most of the memory."""

from __future__ import annotations

from xplenty_tui.api.jobs import Job
from xplenty_tui.api.wire import KNOWN, many, overlay, raw


def jobs(*packages: object) -> list[Job]:
    good, bad = many(Job, [{"id": n, "package": package} for n, package in enumerate(packages)])
    assert not bad
    return list(good)


def test_jobs_of_the_same_package_carry_one() -> None:
    first, second, other = jobs({"id": 3, "name": "x"}, {"id": 3, "name": "x"}, {"id": 3, "name": "y"})
    assert first.package is second.package
    assert other.package != first.package
    assert raw(second)["package"] == {"id": 3, "name": "x"}


def test_what_only_compares_equal_is_not_the_same() -> None:
    whole, real, yes = jobs({"id": 3, "new": 1}, {"id": 3, "new": 1.0}, {"id": 3, "new": True})
    assert [str(raw(job)["package"]["new"]) for job in (whole, real, yes)] == ["1", "1.0", "True"]


def test_only_so_many_are_remembered() -> None:
    found = jobs(*({"id": n} for n in range(KNOWN * 2 + 5)), None)
    assert [job.package.id for job in found if job.package] == list(range(KNOWN * 2 + 5))


def test_the_names_of_the_fields_are_shared_and_stay_right() -> None:
    (one, two), _ = many(Job, [{"id": 1, "status": "running"}, {"id": 2, "status": "failed"}])
    assert one.model_fields_set is two.model_fields_set
    more = overlay(one, Job.model_validate({"id": 1, "progress": 0.5}))
    assert more.model_fields_set == {"id", "status", "progress"}
    assert two.model_fields_set == {"id", "status"}

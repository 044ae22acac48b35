"""The outputs of a job against what is usual: medians, what is far off, and what was not written."""

from __future__ import annotations

from typing import Any

import pytest

from tests.resources.samples import at, context, one
from xplenty_tui.core.declare import Tone
from xplenty_tui.resources.job_outputs import UsualRecords, far_off, rows, usual


def run(id_: int, *counts: int | None, status: str = "completed", **more: Any) -> Any:
    outputs = [{"id": 10 * id_ + n, "name": f"s3.out{n}", "records_count": count} for n, count in enumerate(counts)]
    told = {"id": id_, "status": status, "created_at": at(10_000 - id_), "outputs": outputs, "outputs_count": None}
    return one("jobs", **{**told, **more})


GOOD = [run(1, 100, 7), run(2, 300, 8), run(3, 200, None), run(4, 9000, 9, status="failed")]


def test_usual_is_the_median_of_the_other_successful_runs_by_name() -> None:
    job = run(9, 1, 1)
    other = run(5, 1_000_000, package_id=8)
    assert usual(job, context(jobs=[*GOOD, other, job])) == {
        "s3.out0": UsualRecords(200, 3),
        "s3.out1": UsualRecords(7, 2),
    }


@pytest.mark.parametrize(
    ("records", "known", "said"),
    [
        (0, UsualRecords(200, 3), "far below"),
        (99, UsualRecords(200, 3), "far below"),
        (100, UsualRecords(200, 3), ""),
        (400, UsualRecords(200, 3), ""),
        (401, UsualRecords(200, 3), "far above"),
        (0, UsualRecords(200, 2), ""),
        (5000, UsualRecords(0, 9), ""),
        (0, UsualRecords(0, 9), ""),
    ],
)
def test_what_is_far_off(records: int, known: UsualRecords, said: str) -> None:
    assert far_off(records, known) == said


def test_an_output_far_off_warns_with_a_sign_and_words() -> None:
    job = run(9, 0, 7)
    found = list(rows(job, context(jobs=[*GOOD, job])))
    assert [(row.bullet, row.label, row.text, row.tone) for row in found] == [
        ("▲", "s3.out0", "0 records  usual 200 · far below usual", Tone.WARN),
        ("", "s3.out1", "7 records  usual 7", Tone.PLAIN),
    ]
    assert next(rows(job, context(jobs=[*GOOD, job], ascii=True))).bullet == "!"


def test_a_failed_job_says_what_it_did_not_write() -> None:
    job = run(9, status="failed", outputs_count=0)
    found = list(rows(job, context(jobs=[*GOOD, job])))
    assert [(row.label, row.text) for row in found] == [
        ("s3.out0", "not written  usual 200"),
        ("s3.out1", "not written  usual 7"),
    ]
    assert list(rows(run(9, status="running"), context(jobs=GOOD))) == [], "it may still come"


def test_numbers_stand_below_each_other() -> None:
    job = run(9, 184_210, 5)
    found = list(rows(job, context(jobs=[job])))
    assert [row.text for row in found] == ["184,210 records", "      5 records"]

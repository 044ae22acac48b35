"""The tries of a job: which jobs belong together, and what is said of them."""

from __future__ import annotations

from typing import Any

from tests.resources.samples import at, context, one
from xplenty_tui.core.declare import Link, Tone
from xplenty_tui.resources.job_chain import rows, summary, tries


def job(id_: int, attempts: int | None, minutes: float, status: str = "failed", **more: Any) -> Any:
    times = {"created_at": at(minutes), "started_at": at(minutes - 1), "completed_at": at(minutes - 5)}
    return one("jobs", id=id_, attempts=attempts, status=status, **{**times, **more})


NIGHT = [
    job(1, 0, 1540, "completed"),
    job(2, 0, 100),
    job(3, 1, 90),
    job(4, 2, 80, "completed"),
    job(5, 0, 20, "completed"),
]


def test_the_tries_of_one_run_belong_together_and_no_others() -> None:
    ctx = context(jobs=NIGHT)
    for number in (1, 2, 3):
        assert [each.id for each in tries(NIGHT[number], ctx)] == [2, 3, 4]
    assert [each.id for each in tries(NIGHT[0], ctx)] == [1]
    assert [each.id for each in tries(NIGHT[4], ctx)] == [5]


def test_other_packages_other_schedules_and_people_are_no_tries() -> None:
    other = job(6, 1, 85, package_id=8)
    by_hand = job(7, 1, 84, creator={"type": "User", "id": 1, "display_name": "Ada"})
    elsewhere = job(8, 1, 83, creator={"type": "Schedule", "id": 9})
    ctx = context(jobs=[NIGHT[1], other, by_hand, elsewhere])
    assert tries(NIGHT[1], ctx) == [NIGHT[1]]
    assert tries(by_hand, ctx) == [by_hand]


def test_a_gap_ends_the_chain() -> None:
    ctx = context(jobs=[NIGHT[1], NIGHT[3]])
    assert [each.id for each in tries(NIGHT[3], ctx)] == [4]


def test_a_job_whose_tries_are_not_told_stands_alone() -> None:
    lean = job(9, None, 10)
    assert tries(lean, context(jobs=[lean, *NIGHT])) == [lean]
    gone = job(10, 1, 15)
    assert tries(gone, context(jobs=NIGHT)) == [gone], "a job that the list does not have yet"


def test_the_summary_leads_to_the_last_try_and_back_to_the_first() -> None:
    ctx = context(jobs=NIGHT)
    first, last = summary(NIGHT[1], ctx), summary(NIGHT[3], ctx)
    assert first is not None and last is not None
    assert (first.text, first.link, first.tone) == ("✗✗✓ · retry 2 completed: job 4", Link("jobs", "4"), Tone.GOOD)
    assert (last.text, last.link) == ("✗✗✓ · this is the last of them", Link("jobs", "2"))
    assert summary(NIGHT[0], ctx) is None


def test_each_try_is_a_line_and_a_link_but_the_job_itself() -> None:
    found = list(rows(NIGHT[2], context(jobs=NIGHT, ascii=True)))
    assert [row.label for row in found] == ["first try", "retry 1", "retry 2"]
    assert [row.link for row in found] == [Link("jobs", "2"), None, Link("jobs", "4")]
    assert found[1].text.startswith("x failed · job 3, this one · 01:31 · 12m04 · Access Denied")
    assert list(rows(NIGHT[0], context(jobs=NIGHT))) == []

"""A schedule: how often, when next and how late, what with which variables, and what became of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.resources.samples import FAR_EAST, SCHEDULE, at, context, decode, one
from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Link, Row, Tone
from xplenty_tui.resources import BY_NAME, timing

SCHEDULES = BY_NAME["schedules"]


def cell(item: Any, name: str, ctx: Context | None = None) -> str:
    ctx = ctx or context()
    column = SCHEDULES.column(name)
    assert column
    value = column.value(item, ctx)
    return column.show(value, ctx) if column.show and value is not None else words.plain(value, ctx)


def rows(item: Any, name: str, ctx: Context | None = None) -> list[Row]:
    section: Any = next(section for section in SCHEDULES.detail if section.name == name)
    return list(section.rows(item, ctx or context()))


def test_a_schedule_in_the_list() -> None:
    ctx = context(packages=[one("packages")])
    assert {column.name: cell(one("schedules"), column.name, ctx) for column in SCHEDULES.columns} == {
        "status": "✓ enabled",
        "id": "3",
        "name": "nightly_orders",
        "every": "2 hours",
        "next": "in 1h05m",
        "next_at": "04:05",
        "last": "02:14",
        "result": "✗ failed",
        "packages": "orders_to_redshift",
        "nodes": "4",
        "reuse": "self",
        "overlap": "no",
        "retries": "3",
    }


def test_times_are_written_in_the_persons_zone() -> None:
    assert cell(one("schedules"), "next_at", context(zone=FAR_EAST)) == "18:05"


@pytest.mark.parametrize(
    ("amount", "unit", "shown", "length"),
    [
        (1, "hours", "1 hour", timedelta(hours=1)),
        (15, "minutes", "15 minutes", timedelta(minutes=15)),
        (7, "days", "7 days", timedelta(days=7)),
        (1, "weeks", "1 week", timedelta(days=7)),
        (1, "months", "1 month", timedelta(days=30)),
        (None, "days", "1 day", timedelta(days=1)),
        (2, "fortnights", "2 fortnights", timedelta()),
    ],
)
def test_every_keeps_its_words_and_sorts_as_a_length(amount: Any, unit: str, shown: str, length: timedelta) -> None:
    item = one("schedules", interval_amount=amount, interval_unit=unit)
    assert cell(item, "every") == shown
    assert timing.Every.of(item) == length
    assert timing.Every.of(decode("schedules", {"id": 1})) is None


@pytest.mark.parametrize(
    ("due", "shown", "tone"),
    [
        (-12, "in 12m", Tone.PLAIN),
        (0, "now", Tone.PLAIN),
        (1, "now", Tone.PLAIN),
        (3, "3m00 late", Tone.WARN),
        (65, "1h05m late", Tone.BAD),
        (17 * 60 + 9, "17h late", Tone.BAD),
    ],
)
def test_the_next_run_counts_down_and_then_says_how_late_it_is(due: float, shown: str, tone: Tone) -> None:
    item = one("schedules", next_run_at=at(due))
    column = SCHEDULES.column("next")
    assert column and column.tone
    assert cell(item, "next") == shown
    assert column.tone(item, context()) is tone


def test_a_disabled_schedule_has_no_next_run_whatever_the_answer_says() -> None:
    item = one("schedules", status="disabled", next_run_at=at(100))
    assert (cell(item, "next"), cell(item, "next_at")) == ("–", "–")
    assert timing.late(item, context()) is None


def test_packages_have_numbers_or_texts_for_ids() -> None:
    task = {"packages": [{"package_id": "7"}, {"package_id": 8}, {"package_id": None}]}
    item = one("schedules", task=task)
    assert timing.package_keys(item) == ("7", "8")
    assert cell(item, "packages", context(packages=[one("packages")])) == "orders_to_redshift, #8"
    assert cell(decode("schedules", {"id": 1}), "packages") == "–"


@pytest.mark.parametrize(
    ("retry", "attempts", "shown"), [(True, 4, "4"), (False, 3, "no"), (None, None, "–"), (True, None, "no")]
)
def test_retries(retry: Any, attempts: Any, shown: str) -> None:
    assert cell(one("schedules", auto_retry=retry, auto_retry_attempts=attempts), "retries") == shown


def test_the_task_shows_expressions_as_they_are_and_masks_secrets() -> None:
    lines = rows(one("schedules"), "task", context(packages=[one("packages")]))
    assert [(row.label, row.text) for row in lines] == [
        ("nodes", "4 nodes · terminates when idle"),
        ("package", "orders_to_redshift"),
        ("apiToken", "••••••••"),
        ("day", "'val1'"),
    ]
    assert lines[1].link == Link("packages", "7")
    assert lines[2].secret == "'t0psecret'"


def test_the_strip_of_the_jobs_it_created() -> None:
    jobs = [
        one("jobs", id=1, status="completed", created_at=at(300), runtime_in_seconds=60),
        one("jobs", id=2, status="failed", created_at=at(200)),
        one("jobs", id=3, status="completed", created_at=at(100), runtime_in_seconds=80),
        one("jobs", id=4, status="failed", creator={"type": "User", "id": 3}),
        one("jobs", id=5, status="failed", creator={"type": "Schedule", "id": 4}),
    ]
    ctx = context(jobs=jobs)
    (row,) = rows(one("schedules"), "created", ctx)
    assert row.text == "✓✗✓ · usual 1m10 · 1 of 3 runs failed"
    related: Any = next(section for section in SCHEDULES.detail if section.name == "jobs")
    assert [job.id for job in jobs if related.where(one("schedules"), job)] == [1, 2, 3]
    assert rows(one("schedules"), "created") == []


def test_facts_say_what_the_words_mean() -> None:
    said = {row.label: row.text for row in rows(one("schedules"), "schedule")}
    assert said["next run"] == "2026-03-01 04:05:00 UTC (in 1h05m)"
    assert said["last run"] == "2026-03-01 02:14:00 UTC (46m ago) · ✗ failed"
    assert said["cluster"] == "only clusters of this schedule are used again"
    assert said["overlap"].startswith("no")
    assert said["retries"] == "3 times"
    ahead = {row.label: row.text for row in rows(decode("schedules", {**SCHEDULE, "start_at": at(-30)}), "schedule")}
    assert ahead["starts at"] == "2026-03-01 03:30:00 UTC (in 30m)"

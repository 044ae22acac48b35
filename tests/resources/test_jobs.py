"""A job in the list and in its detail: what it says of how the job stands, why, and what it was given."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.resources.samples import FAR_EAST, JOB, NOW, at, context, decode, one
from xplenty_tui.api.jobs import JobLog, JobPreview, LogSummary
from xplenty_tui.api.wire import overlay
from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Facts, Link, Loaded, Related, Row, Tone
from xplenty_tui.resources import BY_NAME

JOBS = BY_NAME["jobs"]


def cell(item: Any, name: str, ctx: Context | None = None) -> str:
    ctx = ctx or context()
    column = JOBS.column(name)
    assert column
    value = column.value(item, ctx)
    return column.show(value, ctx) if column.show and value is not None else words.plain(value, ctx)


def part(name: str) -> Any:
    return next(section for section in JOBS.detail if section.name == name)


def facts(item: Any, name: str, ctx: Context | None = None) -> list[Row]:
    section = part(name)
    assert isinstance(section, Facts)
    return list(section.rows(item, ctx or context()))


def labelled(rows: list[Row], label: str) -> Row:
    return next(row for row in rows if row.label == label)


def running(**changes: Any) -> Any:
    return one("jobs", status="running", completed_at=None, runtime_in_seconds=3, errors="", **changes)


def test_a_failed_job_in_the_list() -> None:
    cells = {column.name: cell(one("jobs"), column.name) for column in JOBS.columns}
    assert cells == {
        "status": "✗ failed",
        "id": "90412",
        "package": "orders_to_redshift",
        "progress": "42%",
        "runtime": "12m04",
        "started": "02:14",
        "finished": "02:26",
        "cluster": "nightly-4",
        "by": "nightly_orders",
        "attempts": "3",
        "error": "Access Denied on s3://acme-raw/orders/ (403).",
    }


def test_the_status_has_an_ascii_symbol_and_a_tone() -> None:
    status = JOBS.column("status")
    assert status and status.tone
    assert cell(one("jobs"), "status", context(ascii=True)) == "x failed"
    assert status.tone(one("jobs"), context()) is Tone.BAD
    assert cell(one("jobs", status="idle"), "status") == "◷ idle", "an idle job waits, an idle cluster is free"
    assert cell(one("jobs", status="pending_stoppage"), "status") == "… will stop"
    assert cell(one("jobs", status="levitating"), "status") == "? levitating"


@pytest.mark.parametrize(
    ("status", "sent", "shown"),
    [
        ("running", 0, "0%"),
        ("running", 0.999, "99%"),
        ("running", 1, "100%"),
        ("completed", None, "100%"),
        ("completed", 0.3, "100%"),
        ("failed", 0, "–"),
        ("failed", None, "–"),
        ("queued", 0, "–"),
        ("stopped", 0.42, "42%"),
        ("running", 7, "100%"),
        ("running", -1, "–"),
        ("running", float("nan"), "–"),
    ],
)
def test_progress(status: str, sent: float | None, shown: str) -> None:
    assert cell(one("jobs", status=status, progress=sent), "progress") == shown


def test_runtime_counts_up_while_it_runs_and_is_the_servers_word_after() -> None:
    later = context(NOW + timedelta(minutes=1))
    assert cell(running(started_at=at(10)), "runtime") == "10m00"
    assert cell(running(started_at=at(10)), "runtime", later) == "11m00"
    assert cell(one("jobs"), "runtime", later) == "12m04"
    assert cell(one("jobs", runtime_in_seconds=None, started_at=at(20), completed_at=at(10)), "runtime") == "10m00"
    assert cell(one("jobs", runtime_in_seconds=0, started_at=None), "runtime") == "–"
    assert cell(one("jobs", status="queued", started_at=None, runtime_in_seconds=0), "runtime") == "–"
    assert cell(running(started_at=at(-5)), "runtime") == "0s", "a start ahead of our clock"


def test_names_come_from_the_answer_then_from_what_is_loaded_then_the_number() -> None:
    lean = one("jobs", package=None, cluster=None)
    assert (cell(lean, "package"), cell(lean, "cluster")) == ("#7", "#2214")
    ctx = context(packages=[one("packages")], clusters=[one("clusters")], schedules=[one("schedules", name="renamed")])
    assert (cell(lean, "package", ctx), cell(lean, "cluster", ctx)) == ("orders_to_redshift", "nightly-4")
    assert cell(lean, "by", ctx) == "renamed"
    nested = decode("jobs", {"id": 1, "package": {"id": 9}, "cluster": {"id": 8}})
    assert (cell(nested, "package"), cell(nested, "cluster")) == ("#9", "#8")


@pytest.mark.parametrize(
    ("creator", "shown"),
    [
        ({"type": "User", "id": 4, "display_name": "Ada"}, "Ada"),
        ({"type": "User", "id": 4}, "user #4"),
        ({"type": "Schedule", "id": 3}, "schedule #3"),
        ({}, "–"),
        (None, "–"),
    ],
)
def test_who_started_it(creator: Any, shown: str) -> None:
    assert cell(one("jobs", creator=creator), "by") == shown


def test_the_note_is_the_errors_first_line() -> None:
    assert JOBS.note
    assert JOBS.note(one("jobs"), context()) == "Access Denied on s3://acme-raw/orders/ (403)."
    assert JOBS.note(one("jobs", errors=None), context()) == ""


def test_what_only_lists_tell_survives_a_get() -> None:
    lean = {key: value for key, value in JOB.items() if key not in ("package", "cluster", "attempts")}
    merged = JOBS.merge(one("jobs"), decode("jobs", {**lean, "status": "completed"}))
    assert (merged.status, merged.attempts, merged.package.name) == ("completed", 3, "orders_to_redshift")
    assert JOBS.merge is overlay


def test_the_timeline_of_an_ended_job() -> None:
    rows = facts(one("jobs"), "timeline")
    assert rows[0].text == "created 02:14:00 ─ 3s ─ started 02:14:03 ─ 12m04 ─ failed 02:26:07"
    assert labelled(rows, "started by").text == "schedule nightly_orders · retry 3 of 3"
    assert labelled(rows, "started by").link == Link("schedules", "3")
    assert labelled(rows, "package").link == Link("packages", "7")
    assert labelled(rows, "cluster").text == "nightly-4 · available · 4 nodes"
    assert labelled(rows, "cluster").link == Link("clusters", "2214")


def test_the_timeline_says_the_day_where_it_is_another() -> None:
    job = one("jobs", created_at="2026-02-27T23:59:00Z", started_at="2026-02-28T00:01:00Z", completed_at=None)
    job = job.model_copy(update={"updated_at": None})
    assert facts(job, "timeline")[0].text == "created 2026-02-27 23:59:00 ─ 2m00 ─ started 2026-02-28 00:01:00"
    there = facts(job, "timeline", context(zone=FAR_EAST, ascii=True))[0].text
    assert there == "created 2026-02-28 13:59:00 - 2m00 - started 14:01:00"


def test_the_timeline_of_a_job_that_goes_on() -> None:
    job = running(created_at=at(12), started_at=at(10), progress=0.5)
    rows = facts(job, "timeline")
    assert rows[0].text == "created 02:48:00 ─ 2m00 ─ started 02:50:00 ─ 10m00 so far"
    assert labelled(rows, "progress").text == "50%"
    waiting = one("jobs", status="queued", created_at=at(3), started_at=None, completed_at=None)
    assert facts(waiting, "timeline")[0].text == "created 02:57:00 ─ 3m00 queued, not started"


def test_the_history_of_the_package_oldest_first_with_the_usual_runtime() -> None:
    runs = [
        one("jobs", id=number, status=status, created_at=at(1000 - number), runtime_in_seconds=seconds)
        for number, (status, seconds) in enumerate(
            [("completed", 600), ("completed", 900), ("stopped", 5), ("completed", 720), ("failed", 9), ("failed", 9)]
        )
    ]
    other = one("jobs", id=99, package_id=8, status="failed")
    row = labelled(facts(runs[-1], "timeline", context(jobs=[*reversed(runs), other])), "history")
    assert row.text == "✓✓■✓✗✗ · usual 12m00 · 2 of 6 runs failed"


def test_why_has_the_whole_error() -> None:
    rows = facts(one("jobs"), "why")
    assert [row.text for row in rows] == [
        "Access Denied on s3://acme-raw/orders/ (403).",
        "    ListBucket is not allowed.",
    ]
    assert {row.tone for row in rows} == {Tone.BAD}
    assert "log" in facts(one("jobs", errors=""), "why")[0].text
    assert facts(one("jobs", status="completed", errors=""), "why") == []


def test_the_summary_of_the_log_is_asked_for_at_once_only_when_it_failed() -> None:
    summary = part("summary")
    assert summary.eager(one("jobs"))
    assert not summary.when(running())
    answer = LogSummary(
        error_summary="Access was denied.", openai_extract="403\nForbidden", action_items=("Check the key.", "Retry.")
    )
    rows = list(summary.rows(answer, one("jobs"), context()))
    assert [row.text for row in rows] == ["Access was denied.", "403", "Forbidden", "Check the key.", "Retry."]
    assert [row.bullet for row in rows] == ["", "", "", "•", "•"]
    again = answer.model_copy(update={"openai_extract": "Access Denied on s3://acme-raw/orders/ (403).\nForbidden"})
    said = [row.text for row in summary.rows(again, one("jobs"), context())]
    assert said == ["Access was denied.", "Forbidden", "Check the key.", "Retry."], "the error stands above already"
    assert list(summary.rows(None, one("jobs"), context())) == []
    assert [row.text for row in summary.rows(LogSummary(body="only this"), one("jobs"), context())] == ["only this"]


def test_only_the_reading_of_a_failure_is_asked_for_unasked() -> None:
    for job in (one("jobs"), running(), one("jobs", status="completed")):
        eager = [
            section.name
            for section in JOBS.detail
            if isinstance(section, Loaded) and section.when(job) and section.eager(job)
        ]
        assert eager == (["summary"] if job.status == "failed" else [])


def test_outputs_with_their_records() -> None:
    rows = facts(one("jobs"), "outputs")
    assert [(row.label, row.text) for row in rows] == [
        ("redshift.orders", "184,210 records · amazon redshift destination"),
        ("s3.rejects", "records unknown"),
        ("", "1 output not in the answer"),
    ]


def test_every_output_has_its_preview_and_each_costs_one_request() -> None:
    shown = [section for section in JOBS.detail if section.name.startswith("preview") and section.when(one("jobs"))]
    assert [section.key for section in shown] == ["v", ""]
    rows = list(shown[1].rows(JobPreview(preview="appl\t258072\nmsft\t3\n"), one("jobs"), context()))
    assert [row.text for row in rows] == ["s3.rejects, 2 lines:", "appl    258072", "msft    3"]
    assert list(shown[0].rows(JobPreview(preview=""), one("jobs"), context())) == []
    assert not part("preview").when(running(outputs=[]))


def test_the_log_is_shown_line_by_line_with_its_alarms() -> None:
    log = part("log")
    body = "INFO start\n\tat x\nWARN slow\nERROR no such bucket\n\nterror is no error\njava.io.IOException: x"
    rows = list(log.rows(JobLog(body=body), one("jobs"), context()))
    assert [row.text for row in rows] == [
        "INFO start",
        "    at x",
        "WARN slow",
        "ERROR no such bucket",
        "",
        "terror is no error",
        "java.io.IOException: x",
    ]
    assert {row.text: row.tone for row in rows if row.tone is not Tone.PLAIN} == {
        "WARN slow": Tone.WARN,
        "ERROR no such bucket": Tone.BAD,
        "java.io.IOException: x": Tone.BAD,
    }
    assert log.key == "l"


def test_secret_looking_variables_are_masked_wherever_they_are_shown() -> None:
    sent = facts(one("jobs"), "sent")
    assert labelled(sent, "InputPath").text == "'/today'"
    assert labelled(sent, "until").text == "CurrentTime()"
    password = labelled(sent, "db_password")
    assert (password.text, password.secret) == ("••••••••", "hunter2")
    resolved = list(
        part("variables").rows(
            {"n": 32, "who": "test", "apiToken": 5, "nested": {"a": [{"password": "p4ss"}]}, "none": ""},
            one("jobs"),
            context(ascii=True),
        )
    )
    assert [(row.label, row.text) for row in resolved] == [
        ("apiToken", "********"),
        ("n", "32"),
        ("nested", "********"),
        ("none", "(empty)"),
        ("who", "test"),
    ]
    assert labelled(resolved, "nested").secret == '{"a": [{"password": "p4ss"}]}'


def test_children_are_offered_unless_it_is_known_that_there_are_none() -> None:
    children = part("children")
    assert isinstance(children, Related)
    assert not children.when(one("jobs"))
    assert children.when(one("jobs", package={"id": 7, "name": "x"}))
    assert children.when(one("jobs", package={"id": 7, "flow_type": "workflow"}))
    assert children.when(decode("jobs", {"id": 1}))
    assert not children.where(one("jobs"), one("jobs", id=2)), "nothing in a job names its parent"

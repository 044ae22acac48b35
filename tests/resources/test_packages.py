"""A package: how its last run went, its variables, its runs and its checks."""

from __future__ import annotations

from typing import Any

from tests.resources.samples import PACKAGE, at, context, decode, one
from xplenty_tui.api.packages import PackageValidation
from xplenty_tui.api.wire import Page
from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Row, Tone
from xplenty_tui.resources import BY_NAME

PACKAGES = BY_NAME["packages"]


def cell(item: Any, name: str, ctx: Context) -> str:
    column = PACKAGES.column(name)
    assert column
    value = column.value(item, ctx)
    return column.show(value, ctx) if column.show and value is not None else words.plain(value, ctx)


def part(name: str) -> Any:
    return next(section for section in PACKAGES.detail if section.name == name)


def test_a_package_in_the_list_with_its_last_job() -> None:
    jobs = [
        one("jobs", id=1, status="completed", created_at=at(300), started_at=at(299)),
        one("jobs", id=2, status="failed", created_at=at(100), started_at=at(99)),
        one("jobs", id=3, status="running", package_id=8),
    ]
    ctx = context(jobs=jobs)
    assert {column.name: cell(one("packages"), column.name, ctx) for column in PACKAGES.columns} == {
        "id": "7",
        "name": "orders_to_redshift",
        "type": "dataflow",
        "status": "✓ active",
        "updated": "8 Feb",
        "last": "01:21",
        "result": "✗ failed",
        "description": "Loads the orders",
    }
    result = PACKAGES.column("result")
    assert result and result.tone
    assert result.tone(one("packages"), ctx) is Tone.BAD
    assert result.tone(one("packages"), context()) is Tone.PLAIN
    assert cell(one("packages"), "last", context(jobs=[one("jobs", started_at=None)])) == "02:14", (
        "asked for, not begun"
    )


def test_what_is_not_told_is_a_dash_in_the_list_and_said_in_the_detail() -> None:
    lean = decode("packages", {key: value for key, value in PACKAGE.items() if key != "flow_type"})
    assert cell(lean, "type", context()) == "–"
    assert (cell(lean, "last", context()), cell(lean, "result", context())) == ("–", "–")
    said = {row.label: row.text for row in part("package").rows(lean, context())}
    assert said["type"] == "unknown: lists do not tell"
    assert said["history"] == "none of the loaded jobs ran it"


def test_variables_with_secrets_masked() -> None:
    rows: list[Row] = list(part("variables").rows(one("packages"), context()))
    assert [(row.label, row.text, row.secret) for row in rows] == [
        ("AWS_SECRET_ACCESS_KEY", "••••••••", "abc/123"),
        ("InputPath", "'/'", None),
    ]


def test_jobs_and_schedules_that_belong_to_it() -> None:
    assert part("jobs").where(one("packages"), one("jobs"))
    assert part("jobs").where(one("packages"), one("jobs", package_id=None)), "the nested package counts too"
    assert not part("jobs").where(one("packages"), one("jobs", package_id=8))
    assert part("schedules").where(one("packages"), one("schedules"))
    assert not part("schedules").where(one("packages"), one("schedules", task=None))


def test_validations_with_what_they_found() -> None:
    checks = (
        PackageValidation(
            id=1, status="failed", status_message="2 errors", created_at=at(5), errors=[{"message": "no\nfield"}]
        ),
        PackageValidation(id=2, status="running"),
    )
    rows = list(part("validations").rows(Page(checks), one("packages"), context()))
    assert [(row.label, row.text, row.tone) for row in rows] == [
        ("02:55", "✗ failed · 2 errors", Tone.BAD),
        ("", "no", Tone.BAD),
        ("", "field", Tone.BAD),
        ("–", "▶ running", Tone.BUSY),
    ]

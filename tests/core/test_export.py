"""CSV for other programs: values as machines read them, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.resources.samples import NOW, context, one
from xplenty_tui.core.export import FORMULA, as_csv, cell
from xplenty_tui.resources import BY_NAME


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "true"),
        (-5, "-5"),
        (0.25, "0.25"),
        (timedelta(minutes=12, seconds=4), "724"),
        (datetime(2026, 11, 22, 2, 14, tzinfo=UTC), "2026-11-22T02:14:00Z"),
        (datetime(2026, 11, 22, 5, 14, tzinfo=timezone(timedelta(hours=3))), "2026-11-22T02:14:00Z"),
        (datetime(2026, 11, 22, 2, 14), "2026-11-22T02:14:00Z"),  # noqa: DTZ001
        ("plain", "plain"),
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1", "'+1"),
        ("-1+2", "'-1+2"),
        ("@SUM(A1)", "'@SUM(A1)"),
    ],
)
def test_a_value(value: Any, text: str) -> None:
    assert cell(value) == text


@given(st.text())
def test_no_text_begins_a_formula(text: str) -> None:
    assert not cell(text).startswith(FORMULA)


def test_rows_under_the_names_of_the_filter_and_read_back_whole() -> None:
    jobs = [one("jobs", id=7, errors='=cmd|"/c calc"!A1, and\nmore', status="failed", started_at=NOW.isoformat())]
    columns = [column for column in BY_NAME["jobs"].columns if column.name in ("status", "id", "started", "error")]
    rows = list(csv.reader(io.StringIO(as_csv(columns, jobs, context(jobs=jobs)), newline="")))
    assert rows[0] == ["status", "id", "started", "error"]
    assert rows[1][:2] == ["failed", "7"]
    assert rows[1][2].endswith("Z")
    assert rows[1][3].startswith("'=cmd")

"""What a list shows, as a file for other programs: CSV whose cells no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from xplenty_tui.core.declare import Column, Context

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins like this is run by spreadsheets; an apostrophe before it makes it a text again."""


def cell(value: Any) -> str:
    """Return a column's value as other programs read it: times in ISO 8601 UTC, lengths in seconds, texts tamed."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime():
            aware = value if value.tzinfo is not None else value.replace(tzinfo=UTC)
            return aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        case timedelta():
            return f"{value.total_seconds():.0f}"
        case int() | float():
            return str(value)
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def as_csv(columns: Sequence[Column[Any]], items: Iterable[Any], ctx: Context, *, head: bool = True) -> str:
    """Return the items as CSV (RFC 4180), under the names of the filter's attributes when ``head``."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    if head:
        writer.writerow(column.name for column in columns)
    for item in items:
        writer.writerow(cell(column.value(item, ctx)) for column in columns)
    return out.getvalue()

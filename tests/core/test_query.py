"""The filter language, over a kind with a column of every type."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.core.filters import NUMBERS, TEXT, TIMES, TYPING, ago, found
from tests.core.things import COLUMNS, NOW, Thing, context, put
from xplenty_tui.core.query import Query
from xplenty_tui.core.store import Store


@pytest.mark.parametrize(("text", "keys"), TEXT + NUMBERS + TIMES + TYPING)
def test_a_filter_finds(text: str, keys: str) -> None:
    assert found(text) == keys


def test_next_times_are_compared_on_their_side_of_now() -> None:
    store = Store()
    put(store, [Thing(number, started=NOW + timedelta(hours=number)) for number in range(1, 6)])
    assert found("started:<2h", context(store)) == "1 2"
    assert found("started:>4h", context(store)) == "4 5"
    assert found("started:2h", context(store)) == "1 2"
    assert found("started:<05:00", context(store)) == "1 2"


def test_days_and_clock_times_are_those_of_the_person() -> None:
    store = Store()
    put(store, [Thing(1, started=datetime(2026, 11, 21, 23, 14, tzinfo=UTC))])
    here = replace(context(store), zone=ZoneInfo("Europe/Berlin"))
    assert found("started:today", here) == "1"
    assert found("started:00:14", here) == "1"
    assert found("started:yesterday", here) == ""
    assert found("started:yesterday", context(store)) == "1"


def test_a_time_without_a_zone_counts_as_utc() -> None:
    store = Store()
    put(store, [Thing(1, started=datetime(2026, 11, 22, 2, 0)), Thing(2, started=ago(days=2))])  # noqa: DTZ001
    assert found("started:>2h", context(store)) == "1"


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("status:failed", ()),
        ("stat:failed", ('no column "stat"; did you mean "status"?',)),
        ("statsu:", ('no column "statsu"; did you mean "status"?',)),
        ("qqq:failed", ('no column "qqq"',)),
        ("qqq:a qqq:b", ('no column "qqq"',)),
        ("status: failed", ('nothing after "status:"',)),
        ("runtime:> 2h", ('nothing after "runtime:>"',)),
        ("status:", ()),
        ("s3://acme-raw/orders", ()),
        ("02:14", ()),
        ("duration:>2h", ()),
        ("DURATION:>2h", ()),
    ],
)
def test_problems(text: str, problems: tuple[str, ...]) -> None:
    assert Query.parse(text, COLUMNS).problems == problems


def test_an_unknown_attribute_is_searched_as_text() -> None:
    store = Store()
    put(store, [Thing(1, "see log:timeout here"), Thing(2, "timeout")])
    assert found("log:timeout", context(store)) == "1"
    assert found("-log:timeout", context(store)) == "2"


def test_an_address_is_text() -> None:
    store = Store()
    put(store, [Thing(1, "s3://acme/orders"), Thing(2, "acme")])
    assert found("s3://acme", context(store)) == "1"
    assert found("-s3://acme", context(store)) == "2"
    assert found("name:s3://acme", context(store)) == "1"


@pytest.mark.parametrize(
    ("text", "relative"),
    [("", False), ("2h", False), ("name:today", True), ("started:2026-11-20", False), ("started:>2h", True)],
)
def test_whether_it_moves_with_the_time(text: str, relative: bool) -> None:
    assert Query.parse(text, COLUMNS).relative is relative

"""Columns are asked once, and again exactly when their answer may be another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from tests.core.things import COLUMNS, NOW, Place, Thing, context, later, place, put, runtime
from xplenty_tui.core.declare import Column, Context, Value
from xplenty_tui.core.memo import Memo
from xplenty_tui.core.store import Odd, Store

BY_NAME = {column.name: column for column in COLUMNS}


class Asked:
    """A column that counts how often it is asked about which item."""

    def __init__(self, value: Callable[[Any, Context], Value]) -> None:
        self.times: Counter[int] = Counter()
        self._value = value
        self.column: Column[Any] = Column("asked", "Asked", self.value, "Counts.")

    def value(self, item: Any, ctx: Context) -> Value:
        self.times[item.id] += 1
        return self._value(item, ctx)

    def again(self) -> list[int]:
        """Return who was asked about since the last call."""
        asked = sorted(self.times)
        self.times.clear()
        return asked


def read(memo: Memo, column: Column[Any], ctx: Context) -> dict[str, Any]:
    memo.sync(ctx)
    values = memo.values(column)
    return {key: values[key] for key in memo.items}


def a_store(*things: Any) -> Store:
    store = Store()
    put(store, things or [Thing(1), Thing(2, "daily load")])
    return store


def test_an_item_is_asked_about_once() -> None:
    ctx, asked = context(a_store()), Asked(lambda thing, ctx: thing.name)
    memo = Memo("things", [asked.column], ctx)
    assert read(memo, asked.column, ctx) == {"1": "orders", "2": "daily load"}
    read(memo, asked.column, later(ctx, 60))
    assert asked.times == {1: 1, 2: 1}


def test_a_changed_item_is_asked_about_again() -> None:
    ctx, asked = context(a_store()), Asked(lambda thing, ctx: thing.name)
    memo = Memo("things", [asked.column], ctx)
    read(memo, asked.column, ctx)
    asked.again()
    put(ctx.store, [Thing(1, "changed"), Thing(2, "daily load"), Thing(3)])
    assert memo.sync(ctx)
    assert memo.touched == {"1", "3"}
    assert read(memo, asked.column, ctx) == {"1": "changed", "2": "daily load", "3": "orders"}
    assert asked.again() == [1, 3]


def test_a_refresh_that_changes_nothing_changes_nothing() -> None:
    ctx = context(a_store())
    memo = Memo("things", COLUMNS, ctx)
    assert memo.sync(ctx)
    put(ctx.store, [Thing(1), Thing(2, "daily load")])
    assert not memo.sync(ctx)
    assert memo.touched == set()


def test_an_item_that_left_is_forgotten() -> None:
    ctx = context(a_store())
    memo = Memo("things", COLUMNS, ctx)
    read(memo, COLUMNS[0], ctx)
    ctx.store.remove("things", "1")
    assert memo.sync(ctx)
    assert memo.touched == {"1"}
    assert set(read(memo, COLUMNS[0], ctx)) == {"2"}


def test_answers_that_looked_elsewhere_follow_what_they_looked_at() -> None:
    ctx, asked = context(a_store(Thing(1, place_id=7), Thing(2, place_id=8), Thing(3))), Asked(place)
    put(ctx.store, [Place(7, "nightly")], kind="places")
    memo = Memo("things", [asked.column], ctx)
    assert read(memo, asked.column, ctx) == {"1": "nightly", "2": None, "3": None}
    asked.again()
    put(ctx.store, [Place(7, "nightly"), Place(8, "adhoc")], kind="places")
    assert read(memo, asked.column, ctx) == {"1": "nightly", "2": "adhoc", "3": None}
    assert asked.again() == [2]
    ctx.store.remove("places", "7")
    assert read(memo, asked.column, ctx) == {"1": None, "2": "adhoc", "3": None}
    assert asked.again() == [1]


def test_answers_that_looked_at_a_whole_kind_follow_all_of_it() -> None:
    ctx, asked = context(a_store()), Asked(lambda thing, ctx: len(ctx.store.good("places")))
    memo = Memo("things", [asked.column], ctx)
    assert read(memo, asked.column, ctx) == {"1": 0, "2": 0}
    put(ctx.store, [Place(7, "nightly")], kind="places")
    assert read(memo, asked.column, ctx) == {"1": 1, "2": 1}


def test_answers_that_looked_at_something_derived_follow_it() -> None:
    asked = Asked(lambda thing, ctx: ctx.store.derive("places", "count", len))
    ctx = context(a_store(Thing(1)))
    memo = Memo("things", [asked.column], ctx)
    assert read(memo, asked.column, ctx) == {"1": 0}
    put(ctx.store, [Place(7, "nightly")], kind="places")
    assert read(memo, asked.column, ctx) == {"1": 1}


def test_answers_that_looked_at_their_own_kind_follow_it() -> None:
    asked = Asked(lambda thing, ctx: len(ctx.store.good("things")))
    ctx = context(a_store())
    memo = Memo("things", [asked.column], ctx)
    assert read(memo, asked.column, ctx) == {"1": 2, "2": 2}
    put(ctx.store, [Thing(3)])
    assert read(memo, asked.column, ctx) == {"1": 3, "2": 3, "3": 3}


def test_only_answers_that_move_are_asked_again_as_time_passes() -> None:
    asked = Asked(lambda thing, ctx: runtime(thing, ctx.now))
    started = NOW - timedelta(hours=1)
    ctx = context(a_store(Thing(1, status="running", started=started), Thing(2, seconds=60, started=started)))
    memo = Memo("things", [asked.column], ctx)
    assert read(memo, asked.column, ctx) == {"1": timedelta(hours=1), "2": timedelta(minutes=1)}
    assert memo.moves(asked.column)
    asked.again()
    assert read(memo, asked.column, later(ctx, 60)) == {"1": timedelta(hours=1, minutes=1), "2": timedelta(minutes=1)}
    assert asked.again() == [1]


def test_an_answer_that_will_turn_one_day_is_not_kept() -> None:
    asked = Asked(lambda thing, ctx: ctx.now >= thing.started)
    ctx = context(a_store(Thing(1, started=NOW + timedelta(days=30))))
    memo = Memo("things", [asked.column], ctx)
    assert read(memo, asked.column, ctx) == {"1": False}
    assert read(memo, asked.column, later(ctx, 31 * 86400)) == {"1": True}


def test_the_end_of_the_calendar_is_no_error() -> None:
    ctx = context(a_store(Thing(1, status="running", started=NOW)), datetime(9999, 12, 31, tzinfo=UTC))
    memo = Memo("things", COLUMNS, ctx)
    assert read(memo, BY_NAME["runtime"], ctx)["1"] > timedelta(days=1000)


def test_another_account_or_zone_forgets_everything() -> None:
    ctx = context(a_store())
    memo = Memo("things", COLUMNS, ctx)
    texts = memo.texts(BY_NAME["started"])
    put(ctx.store, [Thing(1, started=NOW)])
    memo.sync(ctx)
    assert texts["1"] == "2026-11-22 03:00:00 utc"
    assert memo.sync(replace(ctx, zone=timezone(timedelta(hours=1))))
    assert texts["1"] == "2026-11-22 04:00:00 utc+01:00"
    assert memo.sync(context(a_store(Thing(5))))
    assert set(memo.items) == {"5"}
    assert memo.touched == {"1", "2", "5"}


def test_what_free_words_search() -> None:
    store = a_store(
        Thing(1, "Orders\tto  X", "pending_terminate", 7, 4, 0.42, 724, NOW, True),
        Thing(2, "moving", "running", started=NOW),
        Odd("x9", "status: expected Text"),
    )
    put(store, [Place(7, "Nightly_4")], kind="places")
    memo = Memo("things", COLUMNS, context(store))
    memo.sync(context(store))
    lines = memo.haystack["1"].splitlines()
    assert "orders to x" in lines
    assert {"pending terminate", "… pending terminate", "nightly 4", "0.42", "42%", "12m04", "1"} <= set(lines)
    assert "2026-11-22 03:00:00 utc" in lines
    assert not {"yes", "yes true", "03:00"} & set(lines), "flags and moving words are no text"
    assert "0s" not in memo.haystack["2"].splitlines(), "a runtime that moves is no text"
    assert memo.haystack["x9"] == "x9\nstatus: expected text"


def test_a_text_that_looks_elsewhere_is_not_shared_and_follows() -> None:
    def show(value: str, ctx: Context) -> str:
        return f"{value} of {len(ctx.store.good('places'))}"

    column: Column[Thing] = Column("name", "Name", lambda thing, ctx: thing.name, "Its name.", show=show)
    ctx = context(a_store(Thing(1), Thing(2)))
    memo = Memo("things", [column], ctx)
    memo.sync(ctx)
    assert [memo.texts(column)[key] for key in ("1", "2")] == ["orders\norders of 0"] * 2
    put(ctx.store, [Place(7, "nightly")], kind="places")
    assert memo.sync(ctx)
    assert [memo.texts(column)[key] for key in ("1", "2")] == ["orders\norders of 1"] * 2
    assert memo.haystack["1"] == "orders\norders of 1"


def test_a_text_follows_the_terminal() -> None:
    column: Column[Thing] = Column(
        "status", "S", lambda thing, ctx: thing.status, "How.", show=lambda value, ctx: "+" if ctx.ascii else "✓"
    )
    ctx = context(a_store(Thing(1)))
    memo = Memo("things", [column], ctx)
    memo.sync(ctx)
    assert memo.texts(column)["1"] == "completed\n✓"
    assert memo.sync(replace(ctx, ascii=True))
    assert memo.texts(column)["1"] == "completed\n+"


def test_odd_items_have_no_values() -> None:
    odd = Odd("x9", "why")
    ctx = context(a_store(odd))
    memo = Memo("things", COLUMNS, ctx)
    memo.sync(ctx)
    assert memo.values(COLUMNS[0])["x9"] is odd
    assert memo.texts(COLUMNS[0])["x9"] == ""


def test_warming_goes_in_steps_and_ends() -> None:
    ctx = context(a_store(*(Thing(number) for number in range(1, 11))))
    memo = Memo("things", COLUMNS, ctx)
    memo.sync(ctx)
    assert [memo.warm(4), len(memo.haystack)] == [False, 4]
    assert [memo.warm(4), memo.warm(4), memo.warm(4)] == [False, True, True]
    put(ctx.store, [Thing(1, "changed")])
    memo.sync(ctx)
    assert len(memo.haystack) == 9
    assert memo.warm(4)

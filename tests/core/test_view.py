"""A list's order, members, cursor and marks."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.things import NOW, THINGS, Thing, context, later, put
from xplenty_tui.core.declare import Context
from xplenty_tui.core.store import Odd, Store
from xplenty_tui.core.view import Direction, View, newest_key_first, ordered


def a_view(*things: Any) -> tuple[View[Thing], Context]:
    store = Store()
    put(store, things or [Thing(number, f"thing {number}") for number in range(1, 6)])
    view, ctx = View(THINGS), context(store)
    view.update(ctx)
    return view, ctx


def test_before_the_first_update_a_view_is_empty() -> None:
    view = View(THINGS)
    view.move(3)
    view.toggle_mark()
    view.mark_all()
    assert (view.keys, view.cursor, view.current, view.index, view.marks, view.shown, view.known) == (
        [], None, None, 0, set(), 0, 0,
    )  # fmt: skip
    assert not view.to_key("1")
    assert view.warm(10)


def test_the_first_order_is_the_declared_one() -> None:
    view, _ = a_view()
    assert view.keys == ["5", "4", "3", "2", "1"]
    assert (view.shown, view.known, view.sort) == (5, 5, ("id", "desc"))


def test_update_says_whether_the_list_changed() -> None:
    view, ctx = a_view()
    assert not view.update(ctx)
    put(ctx.store, [Thing(5, "other name")])
    assert not view.update(ctx)
    assert view.touched == {"5"}
    put(ctx.store, [Thing(6)])
    assert view.update(ctx)
    assert view.touched == {"6"}
    assert not view.update(later(ctx, 3600))
    assert view.touched == set()


def test_items_are_those_of_the_last_update() -> None:
    view, ctx = a_view()
    put(ctx.store, [Thing(5, "new")])
    ctx.store.remove("things", "4")
    assert view.item("5") == Thing(5, "thing 5")
    assert view.item("4") == Thing(4, "thing 4")
    view.update(ctx)
    assert view.item("5") == Thing(5, "new")
    assert view.item("4") is None
    assert view.item(None) is None


def test_a_scope_limits_what_is_known() -> None:
    store = Store()
    put(store, [Thing(1, place_id=7), Thing(2, place_id=8), Thing(3, place_id=7), Odd("x9", "why")])
    view = View(THINGS, lambda thing: thing.place_id == 7)
    view.update(context(store))
    assert view.keys == ["3", "1"]
    assert (view.shown, view.known) == (2, 2)


def test_a_view_can_show_another_collection() -> None:
    store = Store()
    put(store, [Thing(1)])
    put(store, [Thing(2)], kind="things of 7")
    view = View(THINGS, kind="things of 7")
    view.update(context(store))
    assert view.keys == ["2"]


def test_another_account_shows_its_own() -> None:
    view, ctx = a_view()
    view.to_key("3")
    view.mark_all()
    other = Store()
    put(other, [Thing(9)])
    assert view.update(context(other))
    assert (view.keys, view.cursor, view.marks) == (["9"], "9", set())
    assert view.update(ctx)
    assert view.shown == 5


# Sorting.


@pytest.mark.parametrize(
    ("name", "direction", "keys"),
    [
        ("id", "asc", "1 2 3 4 5"),
        ("id", "desc", "5 4 3 2 1"),
        ("name", "asc", "2 1 4 5 3"),
        ("name", "desc", "4 1 2 5 3"),
        ("nodes", "asc", "4 2 1 5 3"),
        ("nodes", "desc", "1 2 4 5 3"),
        ("runtime", "asc", "5 4 1 3 2"),
        ("runtime", "desc", "1 5 4 3 2"),
        ("started", "asc", "1 4 5 3 2"),
        ("started", "desc", "4 1 5 3 2"),
        ("overlap", "asc", "2 4 1 5 3"),
        ("overlap", "desc", "4 1 2 5 3"),
        ("no such column", "desc", "5 4 3 2 1"),
        ("no such column", "asc", "1 2 3 4 5"),
    ],
)
def test_sorting_puts_nothing_last_and_newer_first(name: str, direction: Direction, keys: str) -> None:
    view, ctx = a_view(
        Thing(1, "beta", nodes=10, seconds=70, started=NOW - timedelta(days=1), overlap=True),
        Thing(2, "Alpha", nodes=9, overlap=False),
        Thing(3, None),
        Thing(4, "gamma", nodes=2, seconds=5, started=NOW, overlap=True),
        Thing(5, None, seconds=5),
    )
    view.set_sort(name, direction, ctx)
    assert view.keys == keys.split()


@pytest.mark.parametrize("name", ["id", "name", "started", "no such column"])
@pytest.mark.parametrize("direction", ["asc", "desc"])
def test_odd_items_are_shown_last(name: str, direction: Direction) -> None:
    view, ctx = a_view(Odd("90", "why"), Thing(1), Odd("x", "why"), Thing(2, None))
    view.set_sort(name, direction, ctx)
    assert set(view.keys[:2]) == {"1", "2"}
    assert view.keys[2:] == ["90", "x"]
    assert view.known == 4


def test_keys_are_compared_as_numbers() -> None:
    assert newest_key_first(["9", "10", "b", "100", "a", "²"]) == ["100", "10", "9", "²", "b", "a"]
    assert newest_key_first(["1" * 5000, "2"])[0] == "2"


values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.timedeltas(),
    st.datetimes(),
    st.datetimes(timezones=st.just(UTC)),
)


@given(st.lists(values, max_size=12))
def test_values_of_any_types_can_be_sorted(held: list[Any]) -> None:
    mapping = {str(place): value for place, value in enumerate(held)}
    up, down = (ordered(list(mapping), mapping, direction) for direction in ("asc", "desc"))
    assert sorted(up) == sorted(down) == sorted(mapping)

    def nothing(key: str) -> bool:
        return mapping[key] is None or (isinstance(mapping[key], float) and math.isnan(mapping[key]))

    empty = [key for key in mapping if nothing(key)]
    assert up[len(up) - len(empty) :] == down[len(down) - len(empty) :] == empty


@given(st.lists(st.one_of(st.none(), st.integers(0, 3)), max_size=12), st.sampled_from(["asc", "desc"]))
def test_sorting_is_stable_in_both_directions(held: list[int | None], direction: Direction) -> None:
    mapping = {f"k{place}": value for place, value in enumerate(held)}
    places = {key: place for place, key in enumerate(mapping)}
    order = ordered(list(mapping), mapping, direction)
    for one, other in pairwise(order):
        if mapping[one] == mapping[other]:
            assert places[one] < places[other]


@pytest.mark.parametrize("direction", ["asc", "desc"])
def test_what_is_no_number_is_no_value(direction: Direction) -> None:
    mapping = {"a": math.nan, "b": 2.0, "c": None, "d": 2.0}
    assert ordered(list(mapping), mapping, direction) == ["b", "d", "a", "c"]


def test_mixed_types_keep_together_and_turn_around() -> None:
    mapping = {"a": "text", "b": 2, "c": NOW, "d": timedelta(1), "e": True, "f": None, "g": "Other"}
    assert ordered(list(mapping), mapping, "asc") == ["e", "b", "d", "c", "g", "a", "f"]
    assert ordered(list(mapping), mapping, "desc") == ["a", "g", "c", "d", "b", "e", "f"]


def test_naive_times_sort_among_others() -> None:
    mapping = {"a": datetime(2026, 1, 2), "b": datetime(2026, 1, 1, tzinfo=UTC)}  # noqa: DTZ001
    assert ordered(["a", "b"], mapping, "asc") == ["b", "a"]


def test_an_order_by_time_follows_the_time() -> None:
    view, ctx = a_view(Thing(1, status="running", started=NOW), Thing(2, seconds=60))
    view.set_sort("runtime", "desc", ctx)
    assert view.keys == ["2", "1"]
    assert not view.update(later(ctx, 59))
    assert view.update(later(ctx, 61))
    assert view.keys == ["1", "2"]


def test_an_order_by_another_kind_follows_it() -> None:
    view, ctx = a_view(Thing(1, place_id=7), Thing(2, place_id=8))
    view.set_sort("place", "asc", ctx)
    assert view.keys == ["2", "1"]
    put(ctx.store, [Thing(7, "a place")], kind="places")
    assert view.update(ctx)
    assert view.keys == ["1", "2"]


# Filtering.


def test_a_filter_narrows_and_widens() -> None:
    view, ctx = a_view()
    assert view.set_filter('name:"thing 4"', ctx)
    assert (view.keys, view.shown, view.known, view.text) == (["4"], 1, 5, 'name:"thing 4"')
    assert view.set_filter("", ctx)
    assert view.shown == 5
    assert not view.set_filter("thing", ctx)


def test_a_filter_keeps_the_order() -> None:
    view, ctx = a_view()
    view.set_sort("name", "asc", ctx)
    view.set_filter("-id:3", ctx)
    assert view.keys == ["1", "2", "4", "5"]


def test_a_filter_follows_the_store() -> None:
    view, ctx = a_view()
    view.set_filter("status:failed", ctx)
    assert view.keys == []
    put(ctx.store, [Thing(3, status="failed"), Thing(8, status="failed"), Thing(9)])
    assert view.update(ctx)
    assert view.keys == ["8", "3"]


def test_a_filter_by_time_follows_the_time() -> None:
    view, ctx = a_view(Thing(1, started=NOW - timedelta(minutes=50)), Thing(2, started=NOW))
    view.set_filter("started:>1h", ctx)
    assert view.keys == ["2", "1"]
    assert not view.update(later(ctx, 300))
    assert view.update(later(ctx, 900))
    assert view.keys == ["2"]


def test_a_filter_by_a_runtime_follows_the_time() -> None:
    view, ctx = a_view(Thing(1, status="running", started=NOW), Thing(2, seconds=60))
    view.set_filter("runtime:>5m", ctx)
    assert view.keys == []
    assert view.update(later(ctx, 301))
    assert view.keys == ["1"]


def test_a_filter_in_another_kind_follows_it() -> None:
    view, ctx = a_view(Thing(1, place_id=7), Thing(2, place_id=8))
    for text in ("place:nightly", "nightly"):
        view.set_filter(text, ctx)
        assert view.keys == []
        put(ctx.store, [Thing(7, "nightly")], kind="places")
        assert view.update(ctx)
        assert view.keys == ["1"]
        ctx.store.remove("places", "7")
        assert view.update(ctx)


def test_problems_are_the_querys() -> None:
    view, ctx = a_view()
    view.set_filter("stat:failed", ctx)
    assert view.query.problems == ('no column "stat"; did you mean "status"?',)


# The cursor.


def test_the_cursor_stays_on_the_first_row_until_it_is_moved() -> None:
    view, ctx = a_view()
    put(ctx.store, [Thing(9)])
    view.update(ctx)
    assert view.cursor == "9"
    view.set_sort("id", "asc", ctx)
    assert (view.cursor, view.index) == ("1", 0)


def test_the_cursor_moves_and_stops_at_the_ends() -> None:
    view, _ = a_view()
    view.move(2)
    assert (view.cursor, view.index) == ("3", 2)
    view.move(99)
    assert (view.cursor, view.index) == ("1", 4)
    view.move(-99)
    assert (view.cursor, view.index) == ("5", 0)
    view.to(3)
    assert view.cursor == "2"
    view.to(-1)
    assert view.cursor == "5"
    assert view.to_key("1")
    assert not view.to_key("77")
    assert view.cursor == "1"
    assert view.current == Thing(1, "thing 1")


def test_the_cursor_stays_on_its_item() -> None:
    view, ctx = a_view()
    view.to_key("3")
    put(ctx.store, [Thing(8), Thing(9)])
    view.update(ctx)
    assert (view.cursor, view.index) == ("3", 4)
    view.set_sort("id", "asc", ctx)
    assert (view.cursor, view.index) == ("3", 2)
    view.set_filter("id:3", ctx)
    assert (view.cursor, view.index) == ("3", 0)


def test_when_its_item_leaves_the_cursor_goes_to_what_is_in_its_row() -> None:
    view, ctx = a_view()
    view.to_key("3")
    ctx.store.remove("things", "3")
    view.update(ctx)
    assert (view.cursor, view.index) == ("2", 2)
    view.to_key("1")
    ctx.store.remove("things", "1")
    view.update(ctx)
    assert (view.cursor, view.index) == ("2", 2)


def test_when_a_filter_hid_its_item_the_cursor_comes_back_to_it() -> None:
    view, ctx = a_view()
    view.to_key("3")
    for text in ('name:"thing 4"', "nothing has this", "thing"):
        view.set_filter(text, ctx)
    assert view.cursor == "3"


def test_a_cursor_that_was_moved_since_does_not_come_back() -> None:
    view, ctx = a_view()
    view.to_key("3")
    view.set_filter("-id:3", ctx)
    view.to_key("1")
    view.set_filter("", ctx)
    assert view.cursor == "1"


def test_only_a_filter_brings_the_cursor_back() -> None:
    view, ctx = a_view()
    view.to_key("3")
    view.set_filter("status:completed", ctx)
    put(ctx.store, [Thing(3, status="running")])
    view.update(ctx)
    assert view.cursor == "2"
    put(ctx.store, [Thing(3, status="completed")])
    view.update(ctx)
    assert view.cursor == "2"


# Marks.


def test_marks_are_on_items() -> None:
    view, ctx = a_view()
    view.to_key("4")
    view.toggle_mark()
    view.move(1)
    view.toggle_mark()
    assert view.marks == {"3", "4"}
    view.toggle_mark()
    assert view.marks == {"4"}
    view.set_filter("id:1", ctx)
    assert view.marks == {"4"}
    view.mark_all()
    assert view.marks == {"1", "4"}
    assert view.marked() == [Thing(1, "thing 1"), Thing(4, "thing 4")]
    view.clear_marks()
    assert view.marks == set()


def test_a_mark_goes_with_its_item() -> None:
    view, ctx = a_view()
    view.mark_all()
    ctx.store.remove("things", "3")
    view.update(ctx)
    assert view.marks == {"1", "2", "4", "5"}
    assert view.marked()[0] == Thing(5, "thing 5")


def test_marking_keeps_the_cursor_on_the_item() -> None:
    view, ctx = a_view()
    view.toggle_mark()
    put(ctx.store, [Thing(9)])
    view.update(ctx)
    assert view.cursor == "5"
    assert view.marks == {"5"}


def test_what_could_not_be_decoded_cannot_be_marked() -> None:
    view, ctx = a_view(Thing(1), Odd("x", "why"))
    view.to_key("x")
    view.toggle_mark()
    assert view.marks == set()
    view.mark_all()
    assert view.marks == {"1"}
    put(ctx.store, [Odd("1", "why now")])
    view.update(ctx)
    assert view.marked() == []

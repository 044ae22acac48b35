"""In what order a list shows its items."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.things import NOW, Thing, a_view, later, put
from xplenty_tui.core.ranking import Direction, ordered
from xplenty_tui.core.store import Odd, age


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
    assert sorted(["9", "10", "b", "100", "a", "²"], key=age) == ["a", "b", "²", "9", "10", "100"]
    assert max(["1" * 5000, "2"], key=age) == "2"


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

"""A list keeps its order while the store changes; many rows are ordered in steps, and between them others may go on."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from tests.core.things import NOW, THINGS, Thing, context, later, put
from xplenty_tui.core import ranking
from xplenty_tui.core.declare import Column, Context
from xplenty_tui.core.ranking import Direction, ordered
from xplenty_tui.core.store import FEW, LOGGED, Odd, Store, age
from xplenty_tui.core.view import View


def a_view_of(count: int) -> tuple[View[Thing], Context]:
    store = Store()
    put(store, [Thing(n, f"thing {n % 7}") for n in range(1, count + 1)])
    view, ctx = View(THINGS), context(store)
    view.update(ctx)
    return view, ctx


def test_many_rows_are_sorted_in_steps_and_all_stays_until_the_last() -> None:
    view, ctx = a_view_of(30_000)
    before, turns = view.keys, 0
    for _ in view.sorting("name", "asc", ctx):
        turns += 1
        assert view.keys is before
        assert view.sort == ("id", "desc")
    assert turns >= 30_000 // ranking.STEP
    assert view.sort == ("name", "asc")
    values = {str(n): f"thing {n % 7}" for n in range(1, 30_001)}
    assert view.keys == ordered(before, values, "asc") == sorted(before, key=values.__getitem__)


def test_what_changes_while_a_sort_is_under_way_is_in_it() -> None:
    view, ctx = a_view_of(20_000)
    for turn, _ in enumerate(view.sorting("name", "asc", ctx)):
        if turn == 0:
            put(ctx.store, [Thing(5, "a first"), Thing(20_001, "z last")])
            ctx.store.remove("things", "6")
            view.update(ctx)
    assert (view.keys[0], view.keys[-1]) == ("5", "20001")
    assert "6" not in view.keys
    assert len(view.keys) == 20_000


def test_of_two_sorts_the_later_one_counts() -> None:
    view, ctx = a_view_of(20_000)
    first = view.sorting("name", "asc", ctx)
    next(first)
    view.set_sort("id", "asc", ctx)
    assert list(first) == []
    assert view.sort == ("id", "asc")
    assert view.keys[0] == "1"


def test_a_refresh_asks_about_what_changed_and_nothing_else() -> None:
    asked: Counter[int] = Counter()

    def value(thing: Thing, _: Context) -> Any:
        asked[thing.id] += 1
        return thing.name

    store, ctx = Store(), None
    put(store, [Thing(n, f"thing {n}") for n in range(1, 201)])
    ctx = context(store)
    view: View[Thing] = View(replace(THINGS, columns=(Column("name", "NAME", value, "Counts."),), sort=("name", "asc")))
    view.update(ctx)
    asked.clear()
    put(store, [Thing(7, "a first"), Thing(9, "thing 9")])
    assert view.update(ctx)
    assert dict(asked) == {7: 1}
    assert view.keys[0] == "7"
    view.update(later(ctx, 60))
    assert dict(asked) == {7: 1}


@pytest.mark.parametrize("name", ["id", "name", "runtime", "started", "no such column"])
@pytest.mark.parametrize("direction", ["asc", "desc"])
@pytest.mark.parametrize("scoped", [False, True])
def test_the_order_that_follows_is_the_one_that_is_made_anew(name: str, direction: Direction, scoped: bool) -> None:
    chance, store = random.Random(7), Store()  # noqa: S311  # the same changes each time

    def scope(thing: Thing) -> bool:
        return thing.id % 3 > 0

    def some() -> list[Any]:
        keys = chance.sample(range(1, 60), 6)
        return [
            Odd(f"x{key}", "why")
            if key % 11 == 0
            else Thing(key, chance.choice("abc"), seconds=chance.choice([None, 60, 90]), started=NOW)
            for key in keys
        ]

    view: View[Thing] = View(THINGS, scope if scoped else None)
    ctx = context(store)
    view.set_sort(name, direction, ctx)
    for _ in range(40):
        put(store, some())
        if store.of("things").items and chance.random() < 0.5:
            store.remove("things", chance.choice(sorted(store.of("things").items)))
        view.update(ctx)
        anew: View[Thing] = View(THINGS, scope if scoped else None)
        anew.set_sort(name, direction, ctx)
        assert view.keys == anew.keys
        assert view.known == anew.known


def test_the_store_remembers_what_changed_since_a_version() -> None:
    store = Store()
    put(store, [Thing(1), Thing(2)])
    held = store.of("things")
    version = held.version
    assert held.since(version) == set()
    put(store, [Thing(2, "new"), Thing(10)])
    store.remove("things", "1")
    assert held.since(version) == {"1", "2", "10"}
    assert held.ages == ["2", "10"] == sorted(held.items, key=age)


def test_what_is_too_long_ago_is_not_remembered() -> None:
    store = Store()
    put(store, [Thing(1)])
    held = store.of("things")
    version = held.version
    for n in range(LOGGED + 1):
        put(store, [Thing(1, f"name {n}")])
    assert held.since(version) is None
    assert held.since(version + 1) == {"1"}
    put(store, [Thing(n) for n in range(1, FEW + 3)])
    assert held.since(held.version - 1) is None
    assert held.since(held.version) == set()
    assert held.ages == sorted(held.items, key=age)

"""What a list shows, and that it follows the store, the filter and the time."""

from __future__ import annotations

from datetime import timedelta

from tests.core.things import NOW, THINGS, Thing, a_view, context, later, put
from xplenty_tui.core.store import Odd, Store
from xplenty_tui.core.view import View


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

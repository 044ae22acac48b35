"""Cursor and marks are on items."""

from __future__ import annotations

from tests.core.things import Thing, a_view, put
from xplenty_tui.core.store import Odd


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

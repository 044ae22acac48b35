"""A list follows the account, the person and the time: never jumping, never repainting what is the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.tui.widgets.toys import NOW, ListHost, drawn, on_screen, repaints, toy
from xplenty_tui.core.view import View
from xplenty_tui.tui.widgets.lines import MARGIN
from xplenty_tui.tui.widgets.table import NEWS, REST, Table


async def test_new_rows_above_move_neither_the_cursor_nor_the_row_it_is_drawn_on() -> None:
    app = ListHost(100)
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        app.table.move(5)
        before = drawn(app.table)[1:]
        app.put(toy(number) for number in range(101, 104))
        with repaints(app.table) as repainted:
            app.table.reconcile()
        assert (app.under, app.row) == ("95", 5)
        assert drawn(app.table)[1:] == before
        assert repainted == []


async def test_rows_that_go_from_above_leave_the_cursor_where_it_is_drawn() -> None:
    app = ListHost(100)
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        app.table.move(30)
        under, row = app.under, app.row
        for key in ("100", "99", "98"):
            app.store.remove("toys", key)
        app.table.reconcile()
        assert (app.under, app.row) == (under, row)
        assert on_screen(app) == drawn(app.table)


async def test_when_its_item_goes_the_cursor_stays_on_the_row() -> None:
    app = ListHost(100)
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        app.table.move(5)
        app.store.remove("toys", "95")
        app.table.reconcile()
        assert (app.under, app.row) == ("94", 5)


async def test_a_list_that_nobody_touched_shows_what_is_new_at_its_top() -> None:
    app = ListHost(100)
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        app.put([toy(101)])
        app.table.reconcile()
        assert "toy number 101" in drawn(app.table)[1]


async def test_a_list_left_at_its_top_shows_what_is_new_after_a_rest() -> None:
    app = ListHost(100)
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        app.table.move(3)
        app.put([toy(101), toy(102)])
        app.table.reconcile()
        assert app.table.top == 2 and app.row == 3
        app.now += REST
        app.table.tick()
        assert app.table.top == 0 and app.under == "97"
        assert "toy number 102" in drawn(app.table)[1]


async def test_a_list_left_elsewhere_stays_there() -> None:
    app = ListHost(100)
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        app.table.move(40)
        top, row = app.table.top, app.row
        app.now += REST
        app.put([toy(101), toy(102)])
        app.table.reconcile()
        assert (app.table.top, app.row, app.under) == (top + 2, row, "60")


async def test_a_filter_keeps_the_cursor_on_its_item_and_row_as_far_as_there_are_rows() -> None:
    app = ListHost(100)
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        app.table.move(42)
        assert app.under == "58"
        app.view.set_filter("name:58", app.context())
        app.table.reconcile()
        assert (app.under, app.row, app.table.count()) == ("58", 0, 1)
        app.view.set_filter("", app.context())
        app.table.reconcile()
        assert app.under == "58" and app.table.cursor in app.table.visible_lines
        assert on_screen(app) == drawn(app.table)


async def test_a_sort_keeps_the_cursor_on_its_item() -> None:
    app = ListHost(100)
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        app.table.move(7)
        app.view.set_sort("id", "asc", app.context())
        app.table.reconcile()
        assert app.under == "93" and app.table.cursor == 92
        assert app.table.cursor in app.table.visible_lines
        assert "▲" in drawn(app.table)[0]


async def test_a_changed_row_is_one_repainted_line_whose_symbol_is_bold_for_a_while() -> None:
    app = ListHost(100)
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        app.put([toy(96, status="failed", size=1)])
        with repaints(app.table) as changed:
            app.table.reconcile()
        assert changed == [5]
        bold = [segment.text.strip() for segment in app.table.render_line(5) if segment.style and segment.style.bold]
        assert bold == ["✗"]
        app.now += NEWS
        with repaints(app.table) as settled:
            app.table.tick()
        assert settled == [5]
        assert not any(segment.style.bold for segment in app.table.render_line(5) if segment.style)


async def test_a_change_out_of_sight_repaints_nothing() -> None:
    app = ListHost(100)
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        app.put([toy(3, status="failed")])
        with repaints(app.table) as repainted:
            app.table.reconcile()
        assert repainted == []


async def test_a_second_without_news_repaints_nothing() -> None:
    app = ListHost(100)
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        with repaints(app.table) as repainted:
            for _ in range(3):
                app.now += timedelta(seconds=1)
                app.table.tick()
                app.table.reconcile()
        assert repainted == []


async def test_time_redraws_the_rows_whose_words_it_changes() -> None:
    app = ListHost(0)
    app.put([toy(1, ended=NOW - timedelta(seconds=59)), toy(2, ended=NOW - timedelta(hours=3, seconds=7))])
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        app.now += timedelta(seconds=1)
        with repaints(app.table) as repainted:
            app.table.tick()
        assert repainted == [2]
        assert drawn(app.table)[2].endswith("1m")
        assert on_screen(app) == drawn(app.table)


async def test_a_longer_id_widens_its_column() -> None:
    app = ListHost(5)
    async with app.run_test(size=(80, 8)) as pilot:
        await pilot.pause()
        app.put([toy(1234567)])
        app.table.reconcile()
        assert " 1234567  " in drawn(app.table)[1]
        assert on_screen(app) == drawn(app.table)


async def test_the_screen_is_told_of_moves_and_of_what_a_click_opens() -> None:
    app = ListHost(100)
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        app.table.reconcile()
        await pilot.pause()
        assert app.heard == []
        app.table.move(1)
        await pilot.pause()
        assert app.said(Table.Moved) == 1
        await pilot.click(app.table, offset=(10, 5), times=2)
        assert [message.key for message in app.heard if isinstance(message, Table.Opened)] == ["96"]


async def test_the_heads_cannot_be_clicked_open() -> None:
    app = ListHost(100)
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        await pilot.click(app.table, offset=(10, 0), times=2)
        assert app.heard == []


async def test_older_rows_are_asked_for_once_for_each_number_of_rows() -> None:
    app = ListHost(100)
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        app.table.move(60)
        await pilot.pause()
        assert app.said(Table.NearEnd) == 0
        app.table.move(25)
        app.table.move(1)
        app.table.end()
        await pilot.pause()
        assert app.said(Table.NearEnd) == 1
        app.put((toy(number) for number in range(-50, 1)), news=False)
        app.table.reconcile()
        await pilot.pause()
        assert app.said(Table.NearEnd) == 1, "nobody moved"
        app.table.end()
        await pilot.pause()
        assert app.said(Table.NearEnd) == 2


async def test_another_view_starts_at_its_own_cursor() -> None:
    app = ListHost(100)
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        app.table.move(50)
        other: View[object] = View(app.view.resource)
        app.table.show(other, app.context)
        assert (app.table.cursor, app.table.top) == (0, 0)
        app.table.show(app.view, app.context)
        assert app.under == "50" and app.table.cursor in app.table.visible_lines
        assert app.row == app.table.window - 1 - MARGIN or app.row < app.table.window


async def test_a_list_out_of_sight_is_right_when_it_comes_back() -> None:
    app = ListHost(100)
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        app.table.move(30)
        app.table.display = False
        await pilot.pause()
        app.put([toy(101), replace(toy(70), status="failed")])
        app.table.reconcile()
        app.table.display = True
        await pilot.pause()
        assert app.under == "70" and on_screen(app) == drawn(app.table)
        assert app.table.cursor in app.table.visible_lines


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.integers(1, 60)),
        st.tuples(st.just("gone"), st.integers(1, 60)),
        st.tuples(st.just("move"), st.integers(-12, 12)),
        st.tuples(st.just("wheel"), st.integers(-9, 9)),
    ),
    max_size=14,
)


@settings(max_examples=25, deadline=None)
@given(STEPS)
@example([("put", 1), ("move", 6), ("move", 12), ("gone", 1)])
async def test_whatever_happens_the_cursor_is_on_its_item_and_its_row(steps: list[tuple[str, int]]) -> None:
    app = ListHost(0)
    app.put(toy(number) for number in range(20, 41))
    async with app.run_test(size=(70, 9)) as pilot:
        await pilot.pause()
        app.table.move(1)
        for what, number in steps:
            under, row = app.under, app.row
            if what in ("move", "wheel"):
                getattr(app.table, what)(number)
            else:
                if what == "put":
                    app.put([toy(number)])
                else:
                    app.store.remove("toys", str(number))
                app.table.reconcile()
                # At either end the window cannot follow: a list that got shorter ends higher up.
                rows_enough = 0 < app.table.top < len(app.view.keys) - app.table.window
                if under in app.view.keys:
                    assert app.under == under
                    assert app.row == row or not rows_enough
            await pilot.pause()
            assert not app.view.keys or app.table.cursor in app.table.visible_lines
            assert on_screen(app) == drawn(app.table)

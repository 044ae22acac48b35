"""What the time changes in a list, and what happens beside the keys."""

from __future__ import annotations

from datetime import timedelta

from textual.strip import Strip

from tests.tui.widgets.toys import NOW, ListHost, drawn, on_screen, repaints, toy


async def test_the_time_draws_what_it_changes_and_leaves_alone_what_will_stay_for_a_while() -> None:
    app = ListHost(100)
    app.put([toy(100, ended=NOW)])
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        for _ in range(5):
            app.now += timedelta(seconds=1)
            app.table.tick()
        made: list[int] = []
        line = app.table.line

        def noted(index: int, width: int, cursor: bool) -> Strip:
            made.append(index)
            return line(index, width, cursor)

        app.table.line = noted  # type: ignore[method-assign]
        with repaints(app.table) as repainted:
            app.now += timedelta(seconds=1)
            app.table.tick()
        assert set(made) == {0}
        assert repainted == [1]
        made.clear()
        app.put([toy(90)])
        app.now += timedelta(hours=5)
        app.table.tick()
        assert set(made) == set(app.table.visible_lines)
        assert on_screen(app) == drawn(app.table)


async def test_many_rows_are_sorted_beside_the_keys() -> None:
    app = ListHost(20_000)
    done: list[str] = []
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        app.table.sort("name", "desc", lambda: done.append("name"))
        app.table.sort("id", "asc", lambda: done.append("id"))
        assert done == [], "the keys have their turn first"
        while not done:
            await pilot.pause()
        app.table.reconcile()
        assert done == ["id"], "of two the later one is meant"
        assert app.view.keys[:2] == ["1", "2"]

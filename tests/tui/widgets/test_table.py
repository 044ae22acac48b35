"""What a list looks like: columns, heads, statuses, marks, and items that nobody expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from tests.tui.widgets.test_spans import HOSTILE, harmless
from tests.tui.widgets.toys import COLUMNS, TOYS, Host, ListHost, cost, drawn, on_screen, repaints, toy
from xplenty_tui.core.declare import Column, Context, Tone
from xplenty_tui.core.store import Odd
from xplenty_tui.core.view import View
from xplenty_tui.tui.widgets.table import GUTTER, Table


def style_of(strip: Strip, text: str) -> Style | None:
    """Return the style in which ``text`` is drawn."""
    return next(segment.style for segment in strip if text in segment.text)


async def test_rows_are_drawn_from_the_declaration() -> None:
    app = ListHost(3)
    async with app.run_test(size=(60, 8)):
        assert drawn(app.table)[:4] == [
            "   STATUS         ID▼ NAME                      SIZE  ENDED",
            "   ■ stopped       3  toy number 3                33     2d",
            "   ▶ running       2  toy number 2                22     2d",
            "   ✗ failed        1  toy number 1                11     2d",
        ]


async def test_the_screen_is_what_the_widget_draws() -> None:
    app = ListHost(300)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert on_screen(app) == drawn(app.table)


async def test_a_narrow_terminal_loses_the_columns_of_the_highest_rank() -> None:
    app = ListHost(3)
    async with app.run_test(size=(120, 8)) as pilot:
        assert "ENDED" in drawn(app.table)[0]
        await pilot.resize_terminal(48, 8)
        await pilot.pause()
        assert "ENDED" not in drawn(app.table)[0] and "SIZE" in drawn(app.table)[0]
        assert on_screen(app) == drawn(app.table)


async def test_ids_are_never_cut_and_names_are_cut_in_the_middle() -> None:
    app = ListHost(0)
    app.put([toy(123456789012, name="a_very_long_name_of_a_package_that_does_not_fit"), toy(7)])
    async with app.run_test(size=(60, 8)):
        first, second = drawn(app.table)[1:3]
        assert " 123456789012  " in first
        assert "a_very" in first and "…" in first and "fit" in first
        assert second.index("7") == first.index("123456789012") + 11, "ids stand right"


async def test_nothing_known_is_a_dash() -> None:
    app = ListHost(0)
    app.put([toy(1, size=None, ended=None)])
    async with app.run_test(size=(60, 8)):
        assert drawn(app.table)[1].split()[-2:] == ["–", "–"]


@pytest.mark.parametrize(("status", "tone"), [("failed", Tone.BAD), ("completed", Tone.GOOD), ("running", Tone.BUSY)])
async def test_a_status_has_the_tone_of_its_column_and_the_rest_is_plain(status: str, tone: Tone) -> None:
    app = ListHost(1)
    app.put([toy(2, status=status)])
    async with app.run_test(size=(60, 8)):
        app.table.move(1)
        strip = app.table.render_line(1)
        assert style_of(strip, status) == app.table.look.of(tone)
        assert style_of(strip, "toy number") == app.table.look.of(Tone.PLAIN)


async def test_the_row_under_the_cursor_keeps_its_tones_on_another_ground() -> None:
    app = ListHost(4)
    async with app.run_test(size=(60, 8)):
        app.table.go(3)
        strip = app.table.render_line(4)
        assert style_of(strip, "failed") == app.table.look.of(Tone.BAD, cursor=True)
        assert {segment.style.bgcolor for segment in strip if segment.style} == {app.table.cursor_style.bgcolor}


@pytest.mark.parametrize(("name", "arrow"), [("id", "ID▼"), ("size", "SIZE▼"), ("ended", "ENDED▼"), ("name", "NAME▼")])
async def test_the_arrow_stands_at_the_sorted_column_and_moves_no_head(name: str, arrow: str) -> None:
    app = ListHost(5)
    async with app.run_test(size=(60, 8)):
        plain = drawn(app.table)[0].replace("▼", " ")
        app.view.set_sort(name, "desc", app.context())
        app.table.reconcile()
        head = drawn(app.table)[0]
        assert arrow in head and head.count("▼") == 1
        assert head.replace("▼", " ").rstrip() == plain.rstrip()
        app.view.set_sort(name, "asc", app.context())
        app.table.reconcile()
        assert arrow.replace("▼", "▲") in drawn(app.table)[0]


async def test_marks_stand_in_the_gutter_and_cost_one_line_each() -> None:
    app = ListHost(10)
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.pause()
        app.table.move(2)
        app.view.toggle_mark()
        with repaints(app.table) as repainted:
            app.table.reconcile()
        assert repainted == [3]
        assert drawn(app.table)[3].startswith(" ● ▶ running")
        app.view.clear_marks()
        app.table.reconcile()
        assert drawn(app.table)[3].startswith("   ▶ running")


async def test_an_item_that_could_not_be_decoded_is_a_row_of_its_own() -> None:
    app = ListHost(1)
    app.put([Odd("77", "created_at is not a time: [bold]\x1b[2J")])
    async with app.run_test(size=(70, 8)):
        odd = next(line for line in drawn(app.table) if "77" in line)
        assert odd == "   ? undecodable  77  created_at is not a time: [bold]\ufffd[2J"


async def test_an_empty_list_is_its_heads() -> None:
    app = ListHost(0)
    async with app.run_test(size=(60, 8)) as pilot:
        await pilot.pause()
        assert [line.split() for line in drawn(app.table)] == [["STATUS", "ID▼", "NAME", "SIZE", "ENDED"], *[[]] * 7]
        for way in (app.table.home, app.table.end, app.table.tick, app.table.reconcile, app.table.opened):
            way()
        await pilot.click(app.table, offset=(5, 3), times=2)
        assert app.heard == [] and app.under is None


async def test_a_table_that_shows_nothing_yet_is_blank() -> None:
    table = Table()
    app = Host(table)
    async with app.run_test(size=(60, 8)):
        table.reconcile()
        table.tick()
        table.move(1)
        assert drawn(table) == [""] * 8


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_hostile_texts_stay_in_their_cells(text: str) -> None:
    app = ListHost(2)
    app.put([toy(3, name=text, status=text)])
    app.put([Odd(text or "none", text)])
    async with app.run_test(size=(64, 8)) as pilot:
        await pilot.pause()
        for y in range(8):
            strip = app.table.render_line(y)
            assert cell_len(strip.text) == 64
            assert harmless(strip.text)
            assert all(segment.style is None or not segment.style.meta for segment in strip)
        assert on_screen(app) == drawn(app.table)
        assert any("toy number 2" in line for line in drawn(app.table))


async def test_markup_is_text() -> None:
    app = ListHost(0)
    app.put([toy(1, name="[red]x[/] [@click=app.quit]y[/]")])
    async with app.run_test(size=(90, 4)):
        assert "[red]x[/] [@click=app.quit]y[/]" in drawn(app.table)[1]


@pytest.mark.parametrize("width", [1, 2, 3, 5, 9, 20, 33, 300])
async def test_every_width_is_filled_exactly(width: int) -> None:
    app = ListHost(30)
    async with app.run_test(size=(width, 6)) as pilot:
        await pilot.pause()
        assert [app.table.render_line(y).cell_length for y in range(6)] == [width] * 6


async def test_an_ascii_terminal_gets_ascii() -> None:
    app = ListHost(30)
    app.ascii = True
    app.put([toy(31, name="a_very_long_name_of_a_package_that_does_not_fit", size=None)])
    async with app.run_test(size=(60, 8)):
        app.view.toggle_mark()
        app.table.reconcile()
        assert all(line.isascii() for line in drawn(app.table))
        assert drawn(app.table)[1].startswith(" * ")


WIDE: Sequence[Column[object]] = (
    *(replace(column, rank=1) for column in COLUMNS),
    Column("cluster", "Cluster", lambda toy, ctx: f"nightly-{toy.id % 9}", "Where.", width=10),
    Column("by", "Started by", lambda toy, ctx: "nightly_orders", "Who.", width=14),
    Column("tries", "Tries", lambda toy, ctx: toy.id % 3, "How often.", width=5, right=True),
    Column("text", "Error", lambda toy, ctx: "Access Denied: s3://acme", "Why.", width=24),
)


async def test_the_terminal_gets_few_bytes() -> None:
    app = ListHost(400)
    app.view = View(replace(TOYS, columns=tuple(WIDE)))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        with repaints(app.table) as step:
            app.table.move(1)
        assert len(step) == 2 and cost(app.table, step) <= 1200
        app.put([replace(toy(395), size=5)])
        with repaints(app.table) as change:
            app.table.reconcile()
        assert len(change) == 1 and cost(app.table, change) <= 600
        assert max(len(list(app.table.render_line(y))) for y in range(40)) <= 5


async def test_what_is_shown_of_many_is_asked_of_few() -> None:
    asked: list[int] = []

    def name(one: object, ctx: Context) -> str:
        asked.append(1)
        return "x"

    columns = (*COLUMNS[:2], replace(COLUMNS[2], value=name))
    app = ListHost(3000)
    app.view = View(replace(TOYS, columns=columns))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        asked.clear()
        app.table.end()
        await pilot.pause()
        assert 0 < len(asked) <= 2 * 24
    assert GUTTER == 3

"""Entries of a page, and listings whose heads stand beside the heading: how they look, and where the cursor stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from rich.cells import cell_len

from tests.tui.widgets.test_page import PageHost
from tests.tui.widgets.test_spans import HOSTILE, harmless
from tests.tui.widgets.toys import TOYS, drawn, repaints, toy
from xplenty_tui.core.declare import Row, Tone
from xplenty_tui.core.page import Block, Entry, Heading, Listing
from xplenty_tui.tui.widgets.page import Page

BAD, WARN = ("✗", Tone.BAD), ("▲", Tone.WARN)
HEAD = Heading("problems", "Problems", ends=("", "Since", ""), passed=True)
ORDERS = Entry("a", BAD, "orders", "failed: Access Denied", ("", "02:14", "41m"), "last success 21 Nov")
MANY = Entry("many", BAD, "3 loads", "failed", ("×3", "02:10", "45m"), open=False, holds=("b", "c", "d"))
IDLE = Entry("e", WARN, "cluster adhoc", "idle", ("", "Sun 21:02", "5h53m"))
OVER = Entry("f", ("✓", Tone.DIM), "dim", "recovered", dim=True)
BELOW = (
    Heading("toys", "Toys", passed=True),
    Listing(TOYS, (toy(2), toy(1)), ("name", "size"), beside=True, sign=lambda item, ctx: ("▶", Tone.BUSY)),
)
ALL: tuple[Block, ...] = (HEAD, ORDERS, MANY, IDLE, OVER, *BELOW)


async def shown(blocks: Sequence[Block], width: int = 60, *, ascii_: bool = False) -> list[str]:
    app = PageHost(blocks)
    app.ascii = ascii_
    async with app.run_test(size=(width, 14)) as pilot:
        await pilot.pause()
        return drawn(app.page)


async def test_signs_and_folds_stand_in_the_gutter_and_the_right_ends_under_each_other() -> None:
    assert (await shown(ALL))[:10] == [
        "   PROBLEMS                                    Since",
        " ✗ orders failed: Access Denied                02:14    41m",
        "     last success 21 Nov",
        "▸✗ 3 loads failed                      ×3      02:10    45m",
        " ▲ cluster adhoc idle                      Sun 21:02  5h53m",
        " ✓ dim recovered",
        "",
        "   TOYS                                                SIZE",
        " ▶ toy number 2                                          22",
        " ▶ toy number 1                                          11",
    ]


async def test_a_narrow_page_has_no_right_ends() -> None:
    lines = await shown(ALL, 30)
    assert lines[:2] == ["   PROBLEMS", " ✗ orders failed: Access Den…"]
    assert (await shown(ALL, ascii_=True))[3].startswith("+")


async def test_hostile_names_and_sentences_take_one_line_of_the_right_width() -> None:
    for text in (*HOSTILE, "注文" * 90, "x" * 5000):
        app = PageHost(
            [HEAD, replace(ORDERS, name=text, text=text, detail=text or "x", ends=("", text[:12], text[:5]))]
        )
        async with app.run_test(size=(60, 6)) as pilot:
            await pilot.pause()
            for y in range(6):
                strip = app.page.render_line(y)
                assert harmless(strip.text)
                assert cell_len(strip.text) == strip.cell_length == 60
            assert app.page.count() == 3


async def test_the_cursor_passes_over_headings_heads_and_second_lines() -> None:
    app = PageHost(ALL)
    async with app.run_test(size=(60, 14)) as pilot:
        await pilot.pause()
        app.page.home()
        stood = []
        while app.page.cursor not in stood:
            stood.append(app.page.cursor)
            app.page.move(1)
        assert stood == [1, 3, 4, 5, 8, 9]
        app.page.go(1)
        assert app.page.current_text() == "orders failed: Access Denied"


async def test_the_cursor_stays_on_its_entry_wherever_that_goes() -> None:
    app = PageHost(ALL)
    async with app.run_test(size=(60, 14)) as pilot:
        await pilot.pause()
        app.page.go(4)
        assert app.page.current() is IDLE
        app.show((HEAD, IDLE, MANY, ORDERS))
        assert app.page.current() is IDLE
        members = tuple(replace(ORDERS, key=key, depth=1) for key in "bcd")
        app.show((HEAD, ORDERS, replace(MANY, open=True, holds=()), *members))
        app.page.find("orders")
        app.page.end()
        assert app.page.current() == members[2]
        app.show((HEAD, MANY, ORDERS))
        assert app.page.current() is MANY, "it is folded into that"
        app.show((HEAD, ORDERS, replace(IDLE, key="c", holds=("many",))))
        assert isinstance(app.page.current(), Entry)
        assert app.page.current().key == "c", "it came out of that"


async def test_find_looks_into_names_sentences_and_second_lines_and_marks_them() -> None:
    app = PageHost(ALL)
    async with app.run_test(size=(60, 14)) as pilot:
        await pilot.pause()
        app.page.home()
        assert app.page.find("IDLE")
        assert app.page.current() is IDLE
        line = app.page.render_line(app.page.cursor)
        (marked,) = [one for one in line if one.text == "idle"]
        assert marked.style is not None
        assert marked.style.bgcolor != app.page.cursor_style.bgcolor
        assert app.page.find("last success")
        assert app.page.current() is ORDERS
        assert not app.page.find("nowhere")


async def test_a_step_repaints_two_lines_and_a_changed_age_one() -> None:
    app = PageHost(ALL)
    async with app.run_test(size=(60, 14)) as pilot:
        await pilot.pause()
        app.page.go(1)
        with repaints(app.page) as lines:
            app.page.move(1)
        assert sorted(lines) == [1, 3]
        with repaints(app.page) as lines:
            app.show((HEAD, ORDERS, MANY, replace(IDLE, ends=("", "Sun 21:02", "5h54m")), OVER, *BELOW))
        assert lines == [4]


async def test_a_part_is_shown_whole_and_the_window_moves_no_further() -> None:
    many = tuple(replace(IDLE, key=str(number)) for number in range(20))
    app = PageHost((HEAD, *many, *BELOW, Heading("end", "End", passed=True), Row("nothing")))
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.pause()
        assert app.page.parts() == ["problems", "toys", "end"]
        app.page.home()
        assert app.page.goto("toys", still=True)
        assert drawn(app.page)[-2].startswith(" ▶ toy number 1")
        assert app.page.current_part() == "toys"
        app.page.move(1)
        top = app.page.top
        assert app.page.goto("toys", still=True)
        assert app.page.top == top
        assert not app.page.goto("nowhere", still=True)


@pytest.mark.parametrize("rests", [True, False])
async def test_what_comes_in_above_is_seen_once_the_page_rests(*, rests: bool) -> None:
    app = PageHost()
    app.page = app.widget = Page(rests=rests)
    app.blocks = (HEAD, *(replace(IDLE, key=str(number)) for number in range(30)))
    new = (HEAD, ORDERS, *app.blocks[1:])
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.pause()
        app.page.move(1)
        row = app.page.cursor - app.page.top
        app.show(new)
        assert app.page.cursor - app.page.top == row, "nothing moves under a finger"
        assert app.page.current_text() == "cluster adhoc idle"
        app.page.home()
        app.page.move(1)
        app.now += timedelta(seconds=30)
        app.show((HEAD, replace(ORDERS, key="new", name="new"), *new[1:]))
        assert ("new failed" in drawn(app.page)[1]) is rests

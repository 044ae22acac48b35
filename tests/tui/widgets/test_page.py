"""Pages: what they look like, and where their cursor goes and stays."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from rich.cells import cell_len

from tests.tui.widgets.test_spans import HOSTILE, harmless
from tests.tui.widgets.toys import TOYS, Host, drawn, on_screen, repaints, toy
from xplenty_tui.core.declare import Link, Row, Tone
from xplenty_tui.core.page import Block, Heading, Listing
from xplenty_tui.core.store import Odd
from xplenty_tui.tui.widgets.page import Page

WHY = "Access Denied on the bucket (403). The key of the connection no longer allows it, so nothing was read."
FACTS = (
    Row("02:14:02", label="created"),
    Row("nightly_orders", label="by schedule", link=Link("schedules", "7")),
)
PAGE: tuple[Block, ...] = (
    *FACTS,
    Heading("why", "Why", tone=Tone.BAD),
    Row(WHY, bullet="✗", tone=Tone.BAD),
    Row("Check the key.", bullet="•"),
    Heading("variables", "Variables", "2, 1 masked", open=True),
    Row("'/in'", label="path"),
    Row("••••••", label="password", secret="hunter2"),
    Heading("toys", "Toys", "3 loaded"),
    Listing(TOYS, tuple(toy(number) for number in (3, 2, 1)), ("status", "id", "name")),
    Heading("log", "Log", "1 credit", open=False),
)


class PageHost(Host):
    """Shows a page."""

    def __init__(self, blocks: Sequence[Block] = PAGE) -> None:
        self.page = Page()
        super().__init__(self.page)
        self.blocks = tuple(blocks)

    def on_mount(self) -> None:
        super().on_mount()
        self.show(self.blocks)

    def show(self, blocks: Sequence[Block]) -> None:
        self.page.show(blocks, self.context())

    def text(self) -> str:
        """Return the line under the cursor as it is drawn."""
        return drawn(self.page)[self.page.cursor - self.page.top].rstrip("▐ ").strip()


async def test_blocks_are_drawn_under_each_other() -> None:
    app = PageHost()
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.pause()
        assert drawn(app.page) == [
            "   created      02:14:02",
            "   by schedule  nightly_orders ›",
            "",
            "   WHY",
            "   ✗ Access Denied on the bucket (403). The key of the",
            "     connection no longer allows it, so nothing was read.",
            "   • Check the key.",
            "",
            " ▾ VARIABLES   2, 1 masked",
            "   path      '/in'",
            "   password  ••••••",
            "",
            "   TOYS   3 loaded",
            "   STATUS         ID  NAME",
            "   ■ stopped       3  toy number 3",
            "   ▶ running       2  toy number 2",
            "   ✗ failed        1  toy number 1",
            "",
            " ▸ LOG   1 credit",
            *[""] * 5,
        ]
        assert on_screen(app) == drawn(app.page)


async def test_the_cursor_walks_over_what_can_be_read_opened_or_copied() -> None:
    app = PageHost()
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.pause()
        visited = [app.page.cursor]
        for _ in range(20):
            app.page.move(1)
            visited.append(app.page.cursor)
        assert sorted(set(visited)) == [0, 1, 3, 4, 5, 6, 8, 9, 10, 12, 14, 15, 16, 18]


async def test_a_step_repaints_two_lines() -> None:
    app = PageHost()
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.pause()
        with repaints(app.page) as repainted:
            app.page.move(1)
        assert repainted == [0, 1]


async def test_what_the_cursor_is_on() -> None:
    app = PageHost()
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.pause()
        page = app.page
        assert page.current() == FACTS[0] and page.current_part() == ""
        assert page.current_item() is None and page.current_text() == "02:14:02"
        page.go(5)
        assert page.current() == PAGE[3] and page.current_part() == "why" and page.current_text() == WHY
        page.go(8)
        assert page.current() == PAGE[5] and page.current_text() == "Variables"
        page.go(15)
        assert page.current_item() == (TOYS, toy(2)) and page.current_text() == "2"


async def test_going_to_a_part_shows_it_from_its_head() -> None:
    rows = [Row(f"line {number}") for number in range(50)]
    app = PageHost([*PAGE, *rows, Heading("end", "End"), *rows])
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.pause()
        assert app.page.goto("toys") and app.text() == "TOYS   3 loaded"
        assert "TOYS" in drawn(app.page)[2], "what leads up to the head is seen too"
        assert not app.page.goto("nowhere") and app.text() == "TOYS   3 loaded"
        app.page.part(1)
        assert app.text() == "▸ LOG   1 credit"
        app.page.part(1)
        assert app.text() == "END"
        app.page.part(1)
        assert app.text() == "line 49"
        for _ in range(6):
            app.page.part(-1)
        assert app.page.cursor == 0


@pytest.mark.parametrize("line", [1, 5, 9, 15, 18])
async def test_the_cursor_stays_on_what_it_is_on_when_lines_come_above(line: int) -> None:
    app = PageHost()
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.pause()
        app.page.go(line)
        before = app.text()
        app.show([Row("new", label="retried"), Row("also new", label="cluster"), *PAGE])
        assert app.text() == before and app.page.cursor == line + 2
        assert on_screen(app) == drawn(app.page)


async def test_the_cursor_is_drawn_where_it_was_when_there_is_room() -> None:
    rows = [Row(f"line {number}", label=f"n{number}") for number in range(80)]
    app = PageHost(rows)
    async with app.run_test(size=(60, 12)) as pilot:
        await pilot.pause()
        app.page.go(40)
        row = app.page.cursor - app.page.top
        app.show([Row("new", label="first"), *rows])
        assert app.page.cursor - app.page.top == row and app.page.current() == rows[40]


async def test_an_item_keeps_the_cursor_in_whatever_order_it_comes() -> None:
    app = PageHost()
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.pause()
        app.page.go(14)
        listing = Listing(TOYS, tuple(toy(number) for number in (9, 8, 1, 3)), ("status", "id", "name"))
        app.show([*PAGE[:9], listing])
        assert app.page.current_item() == (TOYS, toy(3))


async def test_when_its_block_goes_the_cursor_stays_near() -> None:
    app = PageHost()
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.pause()
        app.page.end()
        app.show(PAGE[:4])
        assert app.page.stands(app.page.cursor)
        app.show([])
        assert app.page.current() is None and app.page.current_item() is None and app.page.current_text() == ""
        app.show(PAGE)
        assert app.page.current() == PAGE[0]
        assert on_screen(app) == drawn(app.page)


async def test_showing_the_same_again_repaints_nothing() -> None:
    app = PageHost()
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.pause()
        with repaints(app.page) as repainted:
            app.show(tuple(PAGE))
        assert repainted == []
        with repaints(app.page) as repainted:
            app.show([Row("02:14:03", label="created"), *PAGE[1:]])
        assert repainted == [0]


async def test_another_width_breaks_the_texts_anew_and_keeps_the_cursor() -> None:
    app = PageHost()
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.pause()
        app.page.go(9)
        for size in ((30, 20), (120, 24), (40, 6), (3, 3), (60, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert app.page.current() == PAGE[6]
            assert on_screen(app) == drawn(app.page)
            assert app.page.cursor in app.page.visible_lines


async def test_tones_and_links_are_styles() -> None:
    app = PageHost()
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.pause()
        look = app.page.look
        assert [segment.style for segment in app.page.render_line(1)] == [look.of(Tone.DIM), look.of(Tone.LINK)]
        assert [segment.style for segment in app.page.render_line(5)] == [look.of(Tone.BAD)]
        assert app.page.render_line(9).text.startswith("   path")


async def test_the_screen_is_told_of_moves_and_clicks() -> None:
    app = PageHost()
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.pause()
        app.page.move(1)
        await pilot.pause()
        assert app.said(Page.Moved) == 1
        await pilot.click(app.page, offset=(6, 18), times=2)
        assert app.said(Page.Opened) == 1 and app.page.current_part() == "log"


async def test_an_ascii_terminal_gets_ascii() -> None:
    app = PageHost([*FACTS, Heading("a", "A", open=True), Heading("b", "B", open=False), Row("x" * 30)])
    app.ascii = True
    async with app.run_test(size=(20, 24)) as pilot:
        await pilot.pause()
        assert all(line.isascii() for line in drawn(app.page))
        assert [line[:4] for line in drawn(app.page) if line[1:2] in "+-" and line.strip()] == [" - A", " + B"]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_hostile_texts_stay_in_their_lines(text: str) -> None:
    blocks = [
        Row(text, label=text, bullet=text[:1]),
        Heading("odd", text, text, open=True),
        Row(text, link=Link("toys", "1")),
        Listing(TOYS, (toy(1, name=text, status=text), Odd(text, text))),
        Row("last"),
    ]
    app = PageHost(blocks)
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        for _ in range(3):
            for y in range(12):
                strip = app.page.render_line(y)
                assert cell_len(strip.text) == 40 and harmless(strip.text)
                assert all(segment.style is None or not segment.style.meta for segment in strip)
            assert on_screen(app) == drawn(app.page)
            app.page.page(1)
            await pilot.pause()
        app.page.end()
        assert app.text() == "last"

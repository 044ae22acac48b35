"""Long texts on a page: found in, walked through, and broken into lines once."""

from __future__ import annotations

import pytest
from textual.strip import Strip

from tests.tui.widgets.test_page import PAGE, PageHost
from tests.tui.widgets.toys import TOYS, drawn, on_screen, repaints, toy
from xplenty_tui.core.declare import Row
from xplenty_tui.core.page import Heading, Listing
from xplenty_tui.core.store import Odd
from xplenty_tui.tui.widgets import sheet

LOG = "\n".join(f"{number:05} INFO copied part {number}" for number in range(30_000))
"""A megabyte, as a log comes."""


def lit(strip: Strip, app: PageHost) -> list[str]:
    """Return the texts that are drawn as found."""
    ground = app.page.look.match.bgcolor
    return [segment.text for segment in strip if segment.style and segment.style.bgcolor == ground]


async def test_text_is_found_going_down_and_round() -> None:
    app = PageHost([Heading("log", "Log"), Row(LOG)])
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        assert app.page.find("part 2999")
        assert app.text() == "02999 INFO copied part 2999"
        assert app.page.find("part 2999") and app.text() == "29990 INFO copied part 29990"
        assert app.page.find("part 2999", forward=False) and app.text() == "02999 INFO copied part 2999"
        assert app.page.find("part 2999", forward=False) and app.text() == "29999 INFO copied part 29999"
        assert app.page.find("part 2999") and app.text() == "02999 INFO copied part 2999", "round at the end"
        await pilot.pause()
        assert on_screen(app) == drawn(app.page)


async def test_what_is_found_is_marked_in_every_line_in_sight() -> None:
    app = PageHost([Heading("log", "Log"), Row(LOG)])
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        app.page.find("COPIED")
        assert [lit(app.page.render_line(y), app) for y in (1, 2, 19)] == [["copied"]] * 3
        assert not app.page.find("")
        assert not any(lit(app.page.render_line(y), app) for y in range(20))


async def test_what_is_not_there_moves_nothing() -> None:
    app = PageHost()
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.pause()
        app.page.go(5)
        with repaints(app.page) as repainted:
            assert not app.page.find("nowhere")
        assert app.page.cursor == 5 and repainted == []


@pytest.mark.parametrize(
    ("text", "line"),
    [("bucket", 4), ("CHECK", 6), ("password", 10), ("masked", 8), ("number 2", 15), ("loaded", 12), ("(403).", 4)],
)
async def test_every_kind_of_line_is_searched_as_plain_text(text: str, line: int) -> None:
    app = PageHost()
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.pause()
        assert app.page.find(text) and app.page.cursor == line


async def test_a_masked_value_is_not_found() -> None:
    app = PageHost()
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.pause()
        assert not app.page.find("hunter2")


async def test_an_odd_item_of_a_listing_is_drawn_found_and_returned() -> None:
    odd = Odd("44", "no status")
    app = PageHost([*PAGE[:1], Listing(TOYS, (toy(1), odd), ("status", "id"), head=False)])
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.pause()
        assert app.page.find("no status")
        assert app.text() == "? undecodable  44  no status" and app.page.current_item() == (TOYS, odd)


async def test_a_match_across_a_break_is_marked_on_both_lines() -> None:
    app = PageHost([Row("aaaa bbbb cccc dddd eeee")])
    async with app.run_test(size=(18, 6)) as pilot:
        await pilot.pause()
        assert [line.strip() for line in drawn(app.page)[:2]] == ["aaaa bbbb cccc", "dddd eeee"]
        app.page.find("cccc dddd")
        assert [[text.strip() for text in lit(app.page.render_line(y), app)] for y in (0, 1)] == [["cccc"], ["dddd"]]


async def test_finding_on_an_empty_page_finds_nothing() -> None:
    app = PageHost([])
    async with app.run_test(size=(60, 24)) as pilot:
        await pilot.pause()
        assert not app.page.find("x") and not app.page.goto("x") and not app.page.reveal()
        app.page.part(1)


@pytest.mark.parametrize("text", [LOG, "word " * 200_000, "x" * 1_000_000, "日" * 300_000], ids=["log", "a", "b", "c"])
async def test_a_megabyte_is_walked_through_to_its_end(text: str) -> None:
    app = PageHost([Heading("log", "Log"), Row(text), Row("after")])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.page.end()
        assert app.text() == "after"
        app.page.page(-1)
        await pilot.pause()
        assert on_screen(app) == drawn(app.page)
        assert app.page.current_text() == text


async def test_a_long_text_is_broken_once_however_often_the_page_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    broken: list[int] = []
    wrap = sheet.wrap

    def counted(text: str, width: int) -> list[tuple[int, int]]:
        broken.append(len(text))
        return wrap(text, width)

    monkeypatch.setattr(sheet, "wrap", counted)
    app = PageHost([Heading("log", "Log"), Row(LOG)])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        before = broken.count(len(LOG))
        for number in range(5):
            app.show([Heading("log", "Log", f"{number}"), Row(LOG[:-1] + LOG[-1:])])
        assert broken.count(len(LOG)) == before <= 2
        await pilot.resize_terminal(60, 24)
        await pilot.pause()
        assert broken.count(len(LOG)) == before + 1

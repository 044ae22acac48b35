"""The list under every list: a cursor that stays in sight, and repaints of what changed only."""

from __future__ import annotations

from collections.abc import Hashable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.segment import Segment
from textual import events
from textual.strip import Strip

from tests.tui.widgets.toys import Host, drawn, on_screen, repaints
from xplenty_tui.core.declare import Tone
from xplenty_tui.tui.widgets.lines import MARGIN, WHEEL, Lines


class Numbers(Lines):
    """Numbered lines; every ``gap``-th is blank."""

    def __init__(self, amount: int = 100, gap: int = 0) -> None:
        super().__init__()
        self.amount, self.gap, self.made, self.seen, self.taken = amount, gap, 0, 0, 0

    def count(self) -> int:
        return self.amount

    def stands(self, index: int) -> bool:
        return super().stands(index) and not (self.gap and index % self.gap == 0)

    def line(self, index: int, width: int, cursor: bool) -> Strip:
        self.made += 1
        text = f"{'>' if cursor else ' '}{index}" if self.stands(index) else ""
        return Strip([Segment(text.ljust(width), self.look.of(Tone.PLAIN, cursor))], width)

    def identity(self, index: int) -> Hashable:
        return index

    def moved(self) -> None:
        self.seen += 1

    def opened(self) -> None:
        self.taken += 1


class Windowed(Numbers):
    """The same in a window of eight lines, with no screen around it."""

    window = 8


def in_sight(lines: Lines) -> bool:
    return lines.cursor in lines.visible_lines


async def test_a_step_repaints_two_lines_and_makes_no_others() -> None:
    lines = Numbers()
    async with Host(lines).run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        made = lines.made
        with repaints(lines) as repainted:
            lines.move(1)
            await pilot.pause()
        assert repainted == [0, 1]
        assert lines.made - made == 2
        assert [line.rstrip("▐ ") for line in drawn(lines)[:3]] == [" 0", ">1", " 2"]


async def test_the_screen_shows_what_the_widget_draws_after_every_way_to_move() -> None:
    lines = Numbers(60)
    app = Host(lines)
    async with app.run_test(size=(30, 12)) as pilot:
        await pilot.pause()
        ways = [
            lambda: lines.move(1),
            lambda: lines.page(1),
            lambda: lines.half(1),
            lambda: lines.move(-1),
            lines.end,
            lambda: lines.half(-1),
            lambda: lines.wheel(WHEEL),
            lambda: lines.wheel(-2 * WHEEL),
            lambda: lines.page(-1),
            lambda: lines.go(30, top=30),
            lines.home,
        ]
        for way in ways:
            way()
            await pilot.pause()
            assert on_screen(app) == drawn(lines)
            assert in_sight(lines)


async def test_only_visible_lines_are_ever_made() -> None:
    lines = Numbers(1_000_000)
    async with Host(lines).run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        lines.end()
        await pilot.pause()
        assert lines.cursor == 999_999
        assert lines.made <= 40


async def test_lines_stay_around_the_cursor_until_the_end() -> None:
    lines = Numbers(50)
    async with Host(lines).run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        for _ in range(20):
            lines.move(1)
        assert lines.cursor - lines.top == lines.window - 1 - MARGIN
        for _ in range(16):
            lines.move(-1)
        assert lines.cursor - lines.top == MARGIN
        lines.end()
        assert lines.cursor - lines.top == lines.window - 1


async def test_pages_and_halves() -> None:
    lines = Numbers(100)
    async with Host(lines).run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        lines.page(1)
        assert (lines.cursor, lines.top) == (9, 9 - MARGIN)
        lines.page(-1)
        assert (lines.cursor, lines.top) == (0, 0)
        lines.half(1)
        assert lines.cursor == 5
        lines.end()
        lines.page(1)
        assert (lines.cursor, lines.top) == (99, 90)
        lines.home()
        lines.half(-1)
        assert (lines.cursor, lines.top) == (0, 0)


async def test_the_cursor_never_stands_on_a_blank_line() -> None:
    lines = Numbers(40, gap=4)
    async with Host(lines).run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        lines.home()
        assert lines.cursor == 1
        visited = []
        for _ in range(6):
            lines.move(1)
            visited.append(lines.cursor)
        assert visited == [2, 3, 5, 6, 7, 9]
        lines.move(-1)
        assert lines.cursor == 7
        lines.go(8, toward=-1)
        assert lines.cursor == 7
        lines.home()
        assert lines.top == 0, "what leads up to the first line is seen"


async def test_a_list_without_a_line_to_stand_on_is_still() -> None:
    for lines in (Numbers(0), Numbers(1, gap=1), Numbers(3, gap=1)):
        async with Host(lines).run_test(size=(40, 10)) as pilot:
            await pilot.pause()
            for way in (lines.home, lines.end, lambda x=lines: x.move(1), lambda x=lines: x.page(-1), lines.restart):
                way()
            assert lines.cursor == 0 and lines.seen == 0


async def test_a_move_that_moves_nothing_says_and_repaints_nothing() -> None:
    lines = Numbers(5)
    async with Host(lines).run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        with repaints(lines) as repainted:
            lines.move(-1)
            lines.wheel(3)
            lines.home()
            lines.paint()
        assert repainted == [] and lines.seen == 0


async def test_the_wheel_moves_the_window_and_takes_the_cursor_along_only_when_it_must() -> None:
    lines = Numbers(100)
    async with Host(lines).run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        lines.go(6)
        await pilot._post_mouse_events([events.MouseScrollDown], lines, offset=(3, 3))
        await pilot.pause()
        assert (lines.top, lines.cursor) == (WHEEL, 6)
        lines.wheel(WHEEL)
        assert lines.top == 2 * WHEEL and in_sight(lines) and lines.cursor > 6


async def test_a_click_moves_the_cursor_without_moving_the_list_and_a_second_opens() -> None:
    lines = Numbers(100)
    async with Host(lines).run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        await pilot.click(lines, offset=(4, 9))
        assert (lines.cursor, lines.top, lines.taken) == (9, 0, 0)
        await pilot.click(lines, offset=(4, 5), times=2)
        assert (lines.cursor, lines.taken) == (5, 1)


async def test_a_click_on_a_blank_line_or_below_the_list_does_nothing() -> None:
    lines = Numbers(5, gap=4)
    async with Host(lines).run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        lines.go(2)
        await pilot.click(lines, offset=(4, 0))
        await pilot.click(lines, offset=(4, 8), times=2)
        assert (lines.cursor, lines.taken) == (2, 0)


async def test_the_mouse_moving_about_repaints_nothing() -> None:
    lines = Numbers(100)
    async with Host(lines).run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        with repaints(lines) as repainted:
            await pilot.hover(lines, offset=(3, 3))
            await pilot.hover(lines, offset=(5, 6))
        assert repainted == []


async def test_focus_comes_and_goes_without_a_repaint() -> None:
    lines = Numbers(100)
    app = Host(lines)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        assert lines.has_focus
        with repaints(lines) as repainted:
            app.screen.set_focus(None)
            await pilot.pause()
            assert not lines.has_focus
            lines.focus()
            await pilot.pause()
            assert lines.has_focus
        assert repainted == []


@pytest.mark.parametrize("size", [(40, 6), (20, 30), (200, 1), (1, 10), (2, 2)])
async def test_the_cursor_stays_in_sight_in_a_window_of_any_size(size: tuple[int, int]) -> None:
    lines = Numbers(100)
    app = Host(lines)
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        lines.go(50)
        await pilot.resize_terminal(*size)
        await pilot.pause()
        assert (lines.size.width, lines.size.height) == size
        assert lines.cursor == 50 and in_sight(lines)
        assert on_screen(app) == drawn(lines)


async def test_the_edge_says_how_far_one_has_come_and_costs_a_step_nothing() -> None:
    lines = Numbers(40)
    async with Host(lines).run_test(size=(20, 10)) as pilot:
        await pilot.pause()

        def thumb() -> list[int]:
            return [y for y, line in enumerate(drawn(lines)) if line.endswith("▐")]

        assert thumb() == [0, 1]
        lines.end()
        assert thumb() == [8, 9]
        lines.amount = 10
        lines.restart()
        assert thumb() == []


async def test_an_ascii_terminal_gets_an_ascii_edge() -> None:
    lines = Numbers(40)
    lines.ascii = True
    async with Host(lines).run_test(size=(20, 10)) as pilot:
        await pilot.pause()
        assert drawn(lines)[0].endswith("|") and all(line.isascii() for line in drawn(lines))


@settings(max_examples=200, deadline=None)
@given(
    amount=st.integers(0, 60),
    gap=st.integers(0, 5),
    ways=st.lists(st.tuples(st.sampled_from(("move", "page", "half", "wheel", "go")), st.integers(-9, 70))),
)
def test_wherever_one_goes_the_cursor_is_in_sight_on_a_line_that_says_something(
    amount: int, gap: int, ways: list[tuple[str, int]]
) -> None:
    lines = Windowed(amount, gap)
    lines.home()
    for way, by in ways:
        getattr(lines, way)(by)
        assert 0 <= lines.top <= max(amount - 8, 0)
        if lines.seat(0) is not None:
            assert lines.stands(lines.cursor) and in_sight(lines)

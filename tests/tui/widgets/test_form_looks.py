"""What a form looks like: help, notes, scrolling, masks; a frame that no text breaks; little repaint."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.core.filled import Plan
from tests.tui.widgets.boxes import HOSTILE, UNSAFE, find, framed
from tests.tui.widgets.forms import SIZES, Sent
from tests.tui.widgets.toys import repaints
from xplenty_tui.core.declare import Tone
from xplenty_tui.core.fields import pairs_text
from xplenty_tui.tui import theme
from xplenty_tui.tui.widgets.chooser import Option
from xplenty_tui.tui.widgets.form import Form
from xplenty_tui.tui.widgets.form_box import Line


async def test_help_is_under_the_field_with_the_cursor() -> None:
    sent = Sent(values={"package_id": "1"})
    async with sent.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        lines = framed(sent.app)
        assert "▸ Package id *" in lines[1] and "What to run." in lines[2]
        await pilot.press("tab")
        lines = framed(sent.app)
        assert "▸ Nodes" in lines[2] and "How many machines. 2 to 50." in lines[3]
        assert not find(sent.app, "What to run")


async def test_secrets_are_masked_everywhere() -> None:
    values = {"package_id": "1", "api_token": "hunter2", "variables": pairs_text({"db_password": "swordfish"})}
    sent = Sent(values=values)
    async with sent.app.run_test(size=(80, 24)) as pilot:
        for _ in range(9):
            await pilot.press("tab")
            assert not find(sent.app, "hunter2|swordfish")
        sent.form.go([row.name for row in sent.form.draft.rows].index("api_token"))
        await pilot.press("3")
        assert sent.form.values["api_token"] == "hunter23" and find(sent.app, "Api token +•{8}")


async def test_the_note_follows_what_is_typed() -> None:
    def note(values: Mapping[str, str]) -> list[Line]:
        return [[("sends ", Tone.DIM), (f"nodes={values['nodes']}", Tone.STRONG)], *[[("more", Tone.DIM)]] * 20]

    sent = Sent(note=note)
    async with sent.app.run_test(size=(60, 16)) as pilot:
        await pilot.press("tab")
        assert find(sent.app, "sends nodes=4 ") and find(sent.app, "… 19 more lines")
        await pilot.press("2")
        assert find(sent.app, "sends nodes=42")


@SIZES
async def test_more_fields_than_lines_scroll(size: tuple[int, int]) -> None:
    pairs = {f"variable_{number}": str(number) for number in range(25)}
    sent = Sent(values={"package_id": "1", "variables": pairs_text(pairs)})
    async with sent.app.run_test(size=size) as pilot:
        await pilot.pause()
        assert find(sent.app, r"↓ \d+ more lines") and find(sent.app, "ctrl\\+s")
        for _ in range(len(sent.form.draft.rows)):
            await pilot.press("down")
            assert find(sent.app, "▸")
        assert find(sent.app, "variable_24") and find(sent.app, "↑")
        await pilot.press(*["pageup"] * 8)
        assert sent.form.at == 0 and find(sent.app, "▸ Package id")


@SIZES
@pytest.mark.parametrize("ascii", [False, True])
async def test_hostile_texts_are_drawn_as_data_in_an_unbroken_frame(size: tuple[int, int], ascii: bool) -> None:
    values = {"package_id": HOSTILE, "size": HOSTILE, "variables": pairs_text({HOSTILE: HOSTILE, "long": "東" * 9000})}
    option = Option(HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    note: list[Line] = [[(HOSTILE, Tone.PLAIN)]]
    sent = Sent(values=values, title=HOSTILE, choices={"package_id": [option]}, note=lambda _: note)
    sent.app.ascii = ascii
    async with sent.app.run_test(size=size) as pilot:
        await pilot.press("enter")
        sent.form.show_problems({"nodes": HOSTILE, HOSTILE: HOSTILE})
        for key in ["down"] * 8 + ["left", "home", "right", "right", "end", "a"]:
            await pilot.press(key)
            lines = framed(sent.app)
            assert not [line for line in lines if UNSAFE.search(line)]
            assert {line[0] for line in lines[1:-1]} == {line[-1] for line in lines[1:-1]} == {"|" if ascii else "│"}
        assert sent.form.values["size"] == HOSTILE, "what is only looked at is not changed"


async def test_a_key_in_a_text_repaints_its_line_and_a_step_only_what_moved() -> None:
    sent = Sent()
    async with sent.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab", "tab", "tab", "a")
        at = 1 + next(y for y, line in enumerate(framed(sent.app)[1:]) if "▸ Size" in line)
        with repaints(sent.form) as lines:
            await pilot.press("b")
        assert lines == [at]
        with repaints(sent.form) as lines:
            await pilot.press("left")
        assert lines == [at]
        with repaints(sent.form) as lines:
            await pilot.press("tab")
        assert set(lines) <= {at, at + 1, at + 2, at + 3}


async def test_a_click_puts_the_cursor_on_a_row() -> None:
    sent = Sent(values={"package_id": "1"})
    async with sent.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        y = next(y for y, line in enumerate(framed(sent.app)) if "Size" in line)
        await pilot.click(Form, offset=(10, y))
        assert sent.form.row.name == "size"
        await pilot.click(Form, offset=(10, sent.form.size.height - 1))
        assert sent.form.row.name == "size"


async def test_a_resize_keeps_the_cursor_in_sight() -> None:
    sent = Sent(Plan, title="Plan")
    async with sent.app.run_test(size=(120, 40)) as pilot:
        await pilot.press("shift+tab")
        for size in ((60, 16), (40, 10), (100, 30)):
            await pilot.resize_terminal(*size)
            sent.form.place()
            await pilot.pause()
            lines = framed(sent.app)
            assert any("▸" in line for line in lines)
            assert len(lines) <= size[1] and len(lines[0]) <= size[0]


async def test_the_theme_of_sixteen_colours_draws_it_too() -> None:
    sent = Sent()
    sent.app.theme = theme.TERMINAL.name
    async with sent.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("x", "tab")
        assert find(sent.app, "Should be a whole number")

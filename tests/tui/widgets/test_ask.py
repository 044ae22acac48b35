"""The question before a danger: Cancel unless the person really means the other, whatever the text in it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from textual import events

from tests.tui.widgets.boxes import HOSTILE, UNSAFE, BoxHost, find, framed, typed
from tests.tui.widgets.toys import repaints
from xplenty_tui.core.declare import Tone
from xplenty_tui.tui import theme
from xplenty_tui.tui.widgets.ask import Ask
from xplenty_tui.tui.widgets.form_box import Line

LINES: list[Line] = [
    [("This stops 2 running jobs for good:", Tone.PLAIN)],
    [("  ▶ 90440 ", Tone.BUSY), ("invoices_export 31 %", Tone.PLAIN)],
    [("4 nodes are released, and every schedule that reuses it will have to create a new one.", Tone.PLAIN)],
    [("It cannot be undone.", Tone.STRONG)],
]
SIZES = pytest.mark.parametrize("size", [(80, 24), (60, 16)], ids=["80x24", "60x16"])


def ask(
    answers: list[bool], lines: Sequence[Line] = LINES, title: str = "Terminate cluster nightly-4", **how: Any
) -> Ask:
    known: dict[str, Any] = {"verb": "Terminate", "danger": True, **how}
    return Ask(title, "acme / PROD", lines, answer=answers.append, **known)


@SIZES
@pytest.mark.parametrize(
    ("keys", "confirmed"),
    [
        (["enter"], False),
        (["escape"], False),
        (["n"], False),
        (["tab", "enter"], True),
        (["right", "enter"], True),
        (["tab", "tab", "enter"], False),
        (["right", "left", "enter"], False),
        (["tab", "escape"], False),
        (["y", "Y", "space", "o", "enter"], False),
    ],
)
async def test_only_the_chosen_verb_confirms_a_danger(size: tuple[int, int], keys: list[str], confirmed: bool) -> None:
    answers: list[bool] = []
    app = BoxHost(ask(answers))
    async with app.run_test(size=size) as pilot:
        await pilot.press(*keys[:-1])
        assert answers == []
        await pilot.press(keys[-1], "enter", "tab", "enter")
        await pilot.pause()
        assert answers == [confirmed]
        assert [message.confirmed for message in app.closed if isinstance(message, Ask.Closed)] == [confirmed]
        assert not app.query(Ask)


async def test_a_key_of_the_box_never_falls_through() -> None:
    app = BoxHost(ask([]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("q", "j", "1", "colon", "slash", "ctrl+r", "f5", "tab", "shift+tab", "x", "T")
        assert app.fallen == []
        assert app.box.ready
        await pilot.press("ctrl+c")
        assert app.fallen == ["ctrl+c"]


@pytest.mark.parametrize(("key", "confirmed"), [("y", True), ("n", False), ("enter", False)])
async def test_what_is_no_danger_may_be_answered_by_a_letter(key: str, confirmed: bool) -> None:
    answers: list[bool] = []
    app = BoxHost(ask(answers, title="Watch job 9", verb="Watch", danger=False))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert not find(app, "DANGER")
        await pilot.press(key)
        assert answers == [confirmed]


@SIZES
async def test_a_danger_can_be_read_without_colours(size: tuple[int, int]) -> None:
    app = BoxHost(ask([], typed="nightly-4"))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        lines = framed(app)
        assert lines[0].startswith("┏━ ▲ DANGER Terminate cluster nightly-4 ━")
        assert lines[0].endswith(" acme / PROD ━┓")
        assert "[>Cancel<]" in lines[-2] and "Terminate (name does not match)" in lines[-2]
        assert "enter cancels" in lines[-1]
        for said in ("This stops 2 running jobs for good:", "  ▶ 90440 invoices_export 31 %", "It cannot be undone."):
            assert find(app, said)


async def test_an_ascii_terminal_gets_ascii() -> None:
    app = BoxHost(ask([], typed="nightly-4"), look=theme.TERMINAL.name, ascii=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = "\n".join(framed(app)).replace("▶", "")  # a sign of the caller's
        assert text.isascii()
        assert "! DANGER" in text


async def test_a_changed_subject_is_said_and_has_to_be_answered_anew() -> None:
    answers: list[bool] = []
    app = BoxHost(ask(answers, typed="nightly-4"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*typed("nightly-4"), "tab")
        assert isinstance(app.box, Ask)
        app.box.update([[("Now 3 jobs run on it.", Tone.BAD)]])
        await pilot.pause()
        assert find(app, "This has changed while you were asked") and find(app, "Now 3 jobs run on it")
        assert not find(app, "This stops 2") and not find(app, "> nightly-4")
        await pilot.press("enter")
        assert answers == [False]


async def test_a_changed_subject_may_want_its_name_from_now_on() -> None:
    answers: list[bool] = []
    app = BoxHost(ask(answers))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab")
        assert isinstance(app.box, Ask)
        app.box.update(LINES, typed="nightly-4")
        await pilot.press("tab", "enter")
        assert answers == [False]


async def test_a_detail_that_became_known_takes_nothing_back() -> None:
    answers: list[bool] = []
    app = BoxHost(ask(answers, typed="nightly-4"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*typed("nightly-4"), "tab")
        assert isinstance(app.box, Ask)
        app.box.update([*LINES, [("Costs 2 credits.", Tone.PLAIN)]], changed=False)
        await pilot.pause()
        assert find(app, "Costs 2 credits") and not find(app, "has changed")
        await pilot.press("enter")
        assert answers == [True]


@SIZES
async def test_what_does_not_fit_is_counted_and_can_be_scrolled_to(size: tuple[int, int]) -> None:
    lines: list[Line] = [[(f"job {number}.", Tone.PLAIN)] for number in range(40)]
    app = BoxHost(ask([], lines, typed="x"))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert find(app, r"job 0\.") and not find(app, r"job 39\.") and find(app, r"↓ \d+ more lines")
        assert find(app, r"\[>Cancel<\]") and find(app, "Type the name")
        await pilot.press("down")
        assert not find(app, r"job 0\.") and find(app, "↑ 1 ↓")
        await pilot.press(*["pagedown"] * 8)
        assert find(app, r"job 39\.") and find(app, r"↑ \d+ more")
        await pilot.press(*["pageup"] * 8)
        assert find(app, r"job 0\.")


@SIZES
async def test_hostile_texts_are_drawn_as_data_in_an_unbroken_frame(size: tuple[int, int]) -> None:
    lines: list[Line] = [
        [(HOSTILE * 3, Tone.PLAIN), (HOSTILE, Tone.BAD)],
        [("東" * 200, Tone.PLAIN)],
        [("x" * 5000, Tone.DIM)],
    ]
    box = Ask(HOSTILE, HOSTILE, lines, verb=HOSTILE, danger=True, typed=HOSTILE, answer=bool)
    app = BoxHost(box)
    async with app.run_test(size=size) as pilot:
        await pilot.press("a", "pagedown")
        lines_seen = framed(app)
        assert not [line for line in lines_seen if UNSAFE.search(line)]
        assert {line[0] for line in lines_seen[1:-1]} == {line[-1] for line in lines_seen[1:-1]} == {"┃"}
        assert "[red]x[/]" in lines_seen[0]


async def test_a_resize_keeps_the_question_whole() -> None:
    app = BoxHost(ask([], typed="nightly-4"))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        for size in ((60, 16), (30, 8), (100, 30)):
            await pilot.resize_terminal(*size)
            app.box.place()
            await pilot.pause()
            lines = framed(app)
            assert "[>Cancel<]" in lines[-2]
            assert len(lines) <= size[1] and len(lines[0]) <= size[0]


async def test_a_key_that_came_before_the_focus_is_taken_and_one_that_came_late_is_not() -> None:
    answers: list[bool] = []
    box = ask(answers)
    app = BoxHost(box)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        box.take(events.Key("tab", None))
        box.take(events.Key("enter", "\r"))
        assert box.gone
        box.take(events.Key("enter", "\r"))
        box.close()
        assert answers == [True]
        await pilot.pause()


async def test_choosing_repaints_the_buttons_and_the_keys_only() -> None:
    app = BoxHost(ask([]))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        with repaints(app.box) as lines:
            await pilot.press("tab")
        height = app.box.size.height
        assert lines == [height - 2, height - 1]


async def test_buttons_can_be_clicked_but_one_click_is_not_enough() -> None:
    answers: list[bool] = []
    app = BoxHost(ask(answers))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        at = (26, app.box.size.height - 2)
        await pilot.click(Ask, offset=at)
        assert answers == [] and find(app, r"\[>Terminate<\]")
        await pilot.click(Ask, offset=at, times=2)
        assert answers == [True]


async def test_what_only_tells_something_has_one_button_and_no_letter() -> None:
    answers: list[bool] = []
    app = BoxHost(ask(answers, verb="", danger=False))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab", "y")
        assert answers == [] and find(app, r"\[>Close<\]") and find(app, "enter closes") and not find(app, "Cancel")
        await pilot.press("enter")
        assert answers == [False]

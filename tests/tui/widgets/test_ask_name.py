"""The name that a danger wants typed: a wrong one is said and answers nothing, the right one confirms nothing yet."""

from __future__ import annotations

import pytest
from textual import events

from tests.tui.widgets.boxes import BoxHost, find, typed
from tests.tui.widgets.test_ask import SIZES, ask


@SIZES
async def test_the_name_has_to_be_typed_before_the_verb_can_be_chosen(size: tuple[int, int]) -> None:
    answers: list[bool] = []
    app = BoxHost(ask(answers, typed="nightly-4"))
    async with app.run_test(size=size) as pilot:
        await pilot.press(*typed("nightly-"), "tab")
        assert find(app, "> nightly-") and find(app, r"\[>Cancel<\] +Terminate \(name")
        await pilot.press("4")
        assert find(app, r"\[ Cancel \] +\[ Terminate \]"), "while the name is typed neither is chosen"
        await pilot.press("tab", "5")
        assert find(app, r"\[ Cancel \] +Terminate \(name"), "a wrong name takes the choice back"
        await pilot.press("backspace", "tab", "enter")
        assert answers == [True]


@SIZES
async def test_enter_on_a_wrong_name_stays_and_says_so(size: tuple[int, int]) -> None:
    answers: list[bool] = []
    app = BoxHost(ask(answers, typed="nightly-4"))
    async with app.run_test(size=size) as pilot:
        await pilot.press(*typed("nightly-5"), "enter")
        assert answers == [] and not app.box.gone
        assert find(app, "✗ That is not the name: nothing was done") and find(app, "> nightly-5")
        await pilot.press("enter")
        assert answers == []
        await pilot.press("backspace")
        assert not find(app, "That is not the name"), "it is being put right"
        await pilot.press("tab")
        assert find(app, r"\[>Cancel<\]") and find(app, "enter cancels")
        await pilot.press("enter")
        assert answers == [False], "on the button it cancels, whatever was typed"


async def test_enter_on_the_right_name_goes_to_the_verb_and_only_there_confirms() -> None:
    answers: list[bool] = []
    app = BoxHost(ask(answers, typed="nightly-4"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*typed("nightly-4"))
        assert find(app, "enter goes to Terminate")
        await pilot.press("enter")
        assert answers == [] and find(app, r"\[>Terminate<\]") and find(app, "enter confirms")
        await pilot.press("enter")
        assert answers == [True]


async def test_the_keys_go_round_from_the_name_to_the_verb_to_cancel() -> None:
    app = BoxHost(ask([], typed="ab"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("a", "b")
        for key, said in (("tab", "confirms"), ("tab", "cancels"), ("tab", "goes to"), ("shift+tab", "cancels")):
            await pilot.press(key)
            assert find(app, f"enter {said}"), key
        await pilot.press("left")
        assert find(app, "enter confirms")
        await pilot.press("tab", "backspace", "backspace")
        assert find(app, "enter cancels"), "with nothing typed it is as at first"


async def test_a_name_may_be_pasted_and_the_end_of_its_line_presses_nothing() -> None:
    answers: list[bool] = []
    app = BoxHost(ask(answers, typed="東京 [b]クラスタ"))
    async with app.run_test(size=(60, 16)) as pilot:
        await pilot.pause()
        app.post_message(events.Paste("東京 [b]クラスタ\n"))
        await pilot.pause()
        assert answers == [] and find(app, r"\[ Terminate \]")
        await pilot.press("tab", "enter")
        assert answers == [True]


@pytest.mark.parametrize(("name", "what"), [("a \n b\x1b\u202e", "a b"), ("  ", "Terminate"), ("\u200b", "Terminate")])
async def test_every_name_can_be_typed_as_it_is_seen(name: str, what: str) -> None:
    answers: list[bool] = []
    app = BoxHost(ask(answers, typed=name))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab", "enter")
        assert answers == [False], "an empty name is no name"
    again = BoxHost(ask(answers, typed=name))
    async with again.run_test(size=(80, 24)) as pilot:
        await pilot.press(*typed(what), "tab", "enter")
        assert answers == [False, True]

"""What the owner of a form is told of it and puts into it: fields chosen anew, more keys, texts that became known."""

from __future__ import annotations

from typing import Any

from tests.core.filled import Plan
from tests.tui.widgets.boxes import find, typed
from tests.tui.widgets.forms import PACKAGES, SIZES, Sent
from xplenty_tui.core.declare import Tone
from xplenty_tui.core.fields import pairs_of, pairs_text


def told(*arguments: Any, **how: Any) -> tuple[Sent, list[tuple[str, str]]]:
    """Set up a form that notes what it tells: the field and its text at that time."""
    heard: list[tuple[str, str]] = []

    def hear(name: str) -> None:
        heard.append((name, sent.form.values[name]))

    sent: Sent = Sent(*arguments, changed=hear, **how)
    return sent, heard


async def test_what_is_chosen_is_told_at_once() -> None:
    sent, heard = told(choices={"package_id": PACKAGES})
    async with sent.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "down", "enter")
        assert heard == [("package_id", "2")]
        await pilot.press("tab", "space", "space")
        assert heard[1:] == [("quick", "yes"), ("quick", "no")]
        await pilot.press("shift+tab", "shift+tab", "enter", "enter")
        assert len(heard) == 3, "the same was chosen again"


async def test_what_is_typed_is_told_once_the_cursor_leaves_it() -> None:
    sent, heard = told(values={"package_id": "1"})
    async with sent.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "3")
        assert heard == []
        await pilot.press("tab", "shift+tab", "tab")
        assert heard == [("package_id", "123")]
        await pilot.press("up", "backspace", "backspace", "2", "3", "down")
        assert len(heard) == 1, "it is what it was"


async def test_names_and_values_are_told_when_they_are_left() -> None:
    sent, heard = told(values={"package_id": "1"})
    async with sent.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("up", "pagedown", *typed("day"), "enter", "5", "pageup")
        assert [name for name, _ in heard] == ["variables"]
        assert pairs_of(heard[-1][1]) == (("day", "5"),)


@SIZES
async def test_texts_can_be_put_in(size: tuple[int, int]) -> None:
    sent, heard = told(values={"size": "mine", "variables": pairs_text({"old": "1", "older": "2"})})
    async with sent.app.run_test(size=size) as pilot:
        await pilot.press("7")
        sent.form.fill({"nodes": "9", "variables": pairs_text({"day": "'today'"})})
        await pilot.pause()
        assert sent.form.values["package_id"] == "7" and sent.form.values["size"] == "mine"
        assert sent.form.row.name == "package_id" and find(sent.app, "day += 'today'") and not find(sent.app, "older")
        await pilot.press("8", "down", "up", "ctrl+s")
        assert sent.dumped == {
            "package_id": 78, "nodes": 9, "quick": False, "size": "mine", "variables": {"day": "'today'"},
        }  # fmt: skip
        assert heard == [("package_id", "78")], "what was put in is not told"


async def test_the_field_with_the_cursor_takes_what_is_put_in() -> None:
    sent, heard = told(values={"package_id": "1"})
    async with sent.app.run_test(size=(80, 24)) as pilot:
        sent.form.fill({"package_id": "42"})
        await pilot.press("5", "tab")
        assert sent.form.values["package_id"] == "425" and heard == [("package_id", "425")]


async def test_open_options_stay_open_while_other_texts_come() -> None:
    sent = Sent(choices={"package_id": PACKAGES})
    async with sent.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "down", "down")
        sent.form.fill({"size": "big"})
        await pilot.press("enter")
        assert sent.form.values["package_id"] == "3" and sent.form.values["size"] == "big"


async def test_the_cursor_finds_a_place_when_its_row_is_gone() -> None:
    sent = Sent(values={"package_id": "1", "variables": pairs_text(dict.fromkeys("abc", "1"))})
    async with sent.app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*["down"] * 7)
        assert sent.form.draft.text(sent.form.row, 0) == "c"
        sent.form.fill({"variables": ""})
        await pilot.pause()
        assert sent.form.row.name == "variables" and sent.form.at == len(sent.form.draft.rows) - 1
        await pilot.press("x", "enter", "1")
        assert pairs_of(sent.form.values["variables"]) == (("x", "1"),)


async def test_a_list_is_put_in_as_a_whole() -> None:
    sent = Sent(Plan, title="Plan", values={f"task.steps.{place}.package_id": "1" for place in range(3)})
    async with sent.app.run_test(size=(80, 24)):
        sent.form.fill({"task.steps.0.package_id": "9"})
        left = {name: text for name, text in sent.form.values.items() if name.startswith("task.steps.")}
        assert left == {"task.steps.0.package_id": "9", "task.steps.0.variables": ""}
        assert sent.form.values["name"] == "Untitled"


async def test_more_keys_work_anywhere_but_while_something_is_chosen_or_sent() -> None:
    pressed: list[str] = []
    extras = [("ctrl+l", "last run's values", lambda: pressed.append("last"))]
    sent = Sent(choices={"package_id": PACKAGES}, extras=extras, values={"package_id": "1"})
    async with sent.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+l")
        assert pressed == ["last"] and find(sent.app, "ctrl\\+l last run's values")
        await pilot.press("enter", "ctrl+l", "escape", "down", "ctrl+l")
        assert pressed == ["last"] * 2
        sent.form.busy("runs…")
        await pilot.press("ctrl+l")
        assert pressed == ["last"] * 2


async def test_names_that_became_known_are_said_of_what_stands_there() -> None:
    known: list[str] = []
    sent = Sent(values={"package_id": "3"}, note=lambda texts: [[(f"runs {(known or ['which?'])[0]}", Tone.PLAIN)]])
    async with sent.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert find(sent.app, "runs which")
        known.append("package 3")
        sent.form.offer("package_id", PACKAGES)
        await pilot.pause()
        assert find(sent.app, "runs package 3") and find(sent.app, "package 3 ▾")

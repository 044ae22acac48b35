"""A form: keys in, texts out. What is typed is checked, kept, and sent only when right."""

from __future__ import annotations

from typing import Annotated, Literal

import pytest
from pydantic import BaseModel
from textual import events

from tests.core.filled import Plan
from tests.tui.widgets.boxes import find, typed
from tests.tui.widgets.forms import PACKAGES, SIZES, Sent
from xplenty_tui.core.fields import When, pairs_text
from xplenty_tui.tui.widgets.form import Form


@SIZES
async def test_fields_are_filled_in_and_sent(size: tuple[int, int]) -> None:
    sent = Sent(verb="runs")
    async with sent.app.run_test(size=size) as pilot:
        await pilot.press("7", "tab", "backspace", "8", "down", "space", "enter", *typed("big one"), "tab", "tab")
        await pilot.press(*typed("day"), "enter", *typed("2026-11-22"), "tab", *typed("x=y=z"))
        assert find(sent.app, "ctrl\\+s runs")
        await pilot.press("ctrl+s")
        assert sent.dumped == {
            "package_id": 7, "nodes": 8, "quick": True, "size": "big one",
            "variables": {"day": "2026-11-22", "x": "y=z"},
        }  # fmt: skip
        assert not sent.form.gone, "the owner closes it"
        assert sent.app.fallen == []


@SIZES
async def test_what_is_wrong_is_not_sent_and_is_gone_to(size: tuple[int, int]) -> None:
    sent = Sent()
    async with sent.app.run_test(size=size) as pilot:
        await pilot.pause()
        assert not find(sent.app, "✗"), "nobody has been there yet"
        await pilot.press("tab", "9", "9")
        assert find(sent.app, "✗ Package id") and find(sent.app, "✗ Needed") and find(sent.app, "✗ Should be 2 to 50")
        await pilot.press("ctrl+s")
        assert sent.submitted == []
        assert sent.form.row.name == "package_id"
        await pilot.press("5", "ctrl+s")
        assert sent.submitted == [] and sent.form.row.name == "nodes"
        await pilot.press("ctrl+u", "3", "ctrl+s")
        assert sent.dumped["nodes"] == 3


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        (["space"], "yes"), (["left"], "yes"), (["right", "right"], "no"), (["y"], "yes"), (["y", "n"], "no"),
        (["x", "7"], "no"), (["backspace"], "no"), (["enter"], "no"),
    ],
)  # fmt: skip
async def test_yes_and_no(keys: list[str], text: str) -> None:
    sent = Sent(values={"package_id": "1"})
    async with sent.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab", "tab", *keys)
        assert sent.form.values["quick"] == text


async def test_a_choice_turns_and_may_be_blank_where_nothing_is_assumed() -> None:
    sent = Sent(Plan, title="Plan")
    async with sent.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab", "space")
        assert sent.form.values["kind"] == "sandbox"
        await pilot.press("right")
        assert sent.form.values["kind"] == "production", "it has a default, so there is no blank"
        await pilot.press("tab", "b")
        assert sent.form.values["colour"] == "blue" and find(sent.app, "‹ blue ›")
        await pilot.press("delete")
        assert sent.form.values["colour"] == "" and find(sent.app, "‹ – ›")


@SIZES
async def test_options_are_found_by_typing(size: tuple[int, int]) -> None:
    sent = Sent(choices={"package_id": PACKAGES})
    async with sent.app.run_test(size=size) as pilot:
        await pilot.press("enter")
        assert find(sent.app, "▸   package 1") and find(sent.app, "… 5 more")
        await pilot.press("down", "down", "enter")
        assert sent.form.values["package_id"] == "3" and sent.form.row.name == "nodes"
        assert find(sent.app, "package 3 ▾")
        await pilot.press("shift+tab", "1", "1")
        assert find(sent.app, "▸   package 11") and not find(sent.app, "package 3")
        await pilot.press("escape")
        assert not sent.form.gone and sent.form.values["package_id"] == "3"
        await pilot.press("enter", *typed("zzz"), "enter")
        assert find(sent.app, "nothing matches")
        await pilot.press("ctrl+u", *typed("workflow"), "enter", "ctrl+s")
        assert sent.dumped["package_id"] == 5


async def test_options_that_become_known_later_replace_typing() -> None:
    sent = Sent(values={"package_id": "99"}, choices={"package_id": ()})
    async with sent.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("backspace")
        assert sent.form.values["package_id"] == "9", "with nothing to choose from it is typed"
        sent.form.offer("package_id", PACKAGES)
        await pilot.pause()
        assert find(sent.app, "Package id \\* +9 ▾") or find(sent.app, "package 9 ▾")
        await pilot.press("backspace")
        assert sent.form.values["package_id"] == "9", "what is needed cannot be taken away"


async def test_names_and_values_are_added_and_removed() -> None:
    values = {"package_id": "1", "variables": pairs_text({"a": "1", "b": "2", "c": "3"})}
    sent = Sent(values=values)
    async with sent.app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*["tab"] * 6, "ctrl+d")
        assert sent.form.values["variables"] == pairs_text({"a": "1", "c": "3"})
        await pilot.press("ctrl+a", *typed("d"), "tab", *typed("4"), "up", "up", "home", "0", "shift+tab", "2")
        assert sent.form.values["variables"] == pairs_text([("a2", "01"), ("c", "3"), ("d", "4")])
        await pilot.press("ctrl+d", "ctrl+d", "ctrl+d", "ctrl+d", "ctrl+d", "ctrl+s")
        assert sent.form.values["variables"] == ""
        assert "variables" not in sent.dumped


async def test_a_name_that_stands_twice_is_said_and_not_lost() -> None:
    sent = Sent(values={"package_id": "1", "variables": pairs_text([("a", "1"), ("a", "2")])})
    async with sent.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+s")
        assert sent.submitted == [] and find(sent.app, "a stands twice")
        await pilot.press("down", "shift+tab", "b", "ctrl+s")
        assert sent.dumped["variables"] == {"a": "1", "ab": "2"}


@SIZES
async def test_lists_grow_and_shrink(size: tuple[int, int]) -> None:
    sent = Sent(Plan, {"amount": "1"}, title="Plan", choices={"task.steps.*.package_id": PACKAGES})
    async with sent.app.run_test(size=size) as pilot:
        await pilot.press("shift+tab")
        assert find(sent.app, "1. Package id") and find(sent.app, r"\+ another")
        await pilot.press("enter", "2", "enter")
        assert sent.form.values["task.steps.1.package_id"] == "2"
        await pilot.press(*typed("k"), "tab", *typed("v"), "ctrl+s")
        assert sent.submitted == [] and sent.form.row.name == "task.steps.0.package_id"
        await pilot.press("ctrl+d", "ctrl+s")
        assert sent.dumped["task"]["steps"] == [{"package_id": 2, "variables": {"k": "v"}}]


@SIZES
async def test_escape_closes_and_hands_over_the_draft(size: tuple[int, int]) -> None:
    sent = Sent()
    async with sent.app.run_test(size=size) as pilot:
        await pilot.press("x", "tab", "escape")
        await pilot.pause()
        assert sent.form.gone and not sent.app.query(Form)
        (closed,) = sent.app.closed
        assert isinstance(closed, Form.Closed)
        draft = closed.values
        assert draft["package_id"] == "x" and draft == sent.form.values
    again = Sent(values=draft)
    assert again.form.values == draft


async def test_while_it_is_sent_only_escape_is_heard() -> None:
    sent = Sent(values={"package_id": "1"})
    async with sent.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        sent.form.busy("sending to acme")
        await pilot.press("5", "ctrl+s", "tab", "enter", "ctrl+a")
        assert sent.submitted == [] and sent.form.values["package_id"] == "1" and sent.form.at == 0
        assert find(sent.app, "◌ sending to acme   esc closes")
        sent.form.busy("")
        await pilot.press("5", "ctrl+s")
        assert sent.dumped["package_id"] == 15
        sent.form.busy("sending")
        await pilot.press("escape")
        assert sent.form.gone


async def test_what_the_server_refused_stands_until_the_field_is_changed() -> None:
    sent = Sent(values={"package_id": "1"})
    async with sent.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        sent.form.busy("sending")
        sent.form.show_problems({"nodes": "More than the plan allows.", "": "Not now.", "elsewhere": "Odd."})
        await pilot.pause()
        assert sent.form.row.name == "nodes" and not sent.form.sending
        for said in ("✗ More than the plan allows.", "✗ Not now.", "✗ Odd."):
            assert find(sent.app, said)
        await pilot.press("tab")
        assert find(sent.app, "More than the plan allows")
        await pilot.press("shift+tab", "backspace", "2")
        assert not find(sent.app, "More than the plan allows|Not now")
        await pilot.press("ctrl+s")
        assert sent.dumped["nodes"] == 2


async def test_a_paste_is_typed_and_never_a_command() -> None:
    sent = Sent(values={"package_id": "1"})
    async with sent.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab", "tab")
        sent.app.post_message(events.Paste("nyn"))
        await pilot.press("tab")
        sent.app.post_message(events.Paste("one\x1b[A\r\ntwo\n"))
        await pilot.pause()
        assert sent.form.values["quick"] == "no"
        assert sent.form.values["size"] == "one[A two"
        assert sent.form.row.name == "size"


async def test_a_form_without_fields_only_closes() -> None:
    class Nothing(BaseModel):
        pass

    sent = Sent(Nothing)
    async with sent.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab", "a", "ctrl+a", "ctrl+s", "escape")
        assert sent.form.gone


class Where(BaseModel):
    """What may be made first."""

    cluster: Literal["old", "new"] = "old"
    nodes: Annotated[int, When("cluster", "new")] = 2
    name: str = ""


@SIZES
async def test_a_field_shows_only_where_it_matters_and_keeps_what_was_typed(size: tuple[int, int]) -> None:
    sent = Sent(Where)
    async with sent.app.run_test(size=size) as pilot:
        await pilot.pause()
        assert not find(sent.app, "Nodes") and find(sent.app, "Name")
        await pilot.press("space", "tab")
        assert find(sent.app, "Nodes") and sent.form.row.name == "nodes"
        await pilot.press("x", "ctrl+s")
        assert sent.submitted == [] and find(sent.app, "✗ Should be a whole number")
        await pilot.press("up", "space")
        assert not find(sent.app, "Nodes") and not find(sent.app, "whole number")
        await pilot.press("ctrl+s")
        assert sent.dumped == {"cluster": "old", "nodes": 2}, "what is hidden is as if it had not been touched"
        await pilot.press("space", "tab")
        assert sent.form.values["nodes"] == "2x", "nothing that was typed is lost"

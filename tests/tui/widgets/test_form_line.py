"""The line that is typed in: what the keys do to any text, and that what is seen fits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.tui.widgets.boxes import UNSAFE
from xplenty_tui.tui.widgets.form_line import HIDDEN, Editor

TEXTS = st.text(st.characters() | st.sampled_from("東 é\u0301👩\u200d👧\ufe0f\n\x1b🇩🇪"), max_size=60)


@pytest.mark.parametrize(
    ("keys", "text", "cursor"),
    [
        (["backspace"], "one tw", 6),
        (["home", "delete"], "ne two", 0),
        (["left", "left", "backspace"], "one wo", 4),
        (["ctrl+left"], "one two", 4),
        (["ctrl+left", "ctrl+left", "ctrl+right"], "one two", 4),
        (["ctrl+w"], "one ", 4),
        (["left", "ctrl+u"], "o", 0),
        (["home", "right", "ctrl+k"], "o", 1),
        (["home", "end"], "one two", 7),
        (["home", "left", "backspace"], "one two", 0),
        (["right", "delete"], "one two", 7),
    ],
)
def test_keys(keys: list[str], text: str, cursor: int) -> None:
    editor = Editor("one two")
    assert all(editor.key(key) for key in keys)
    assert (editor.text, editor.cursor) == (text, cursor)


def test_other_keys_are_none_of_its_own() -> None:
    assert not Editor("x").key("f5")


@pytest.mark.parametrize(
    ("text", "left"), [("ae\u0301", "a"), ("a👩\u200d👧", "a"), ("a\n", "a"), ("🇩🇪🇫🇷", "🇩🇪"), ("東京", "東")]
)
def test_what_is_seen_as_one_is_deleted_as_one(text: str, left: str) -> None:
    editor = Editor(text)
    editor.key("backspace")
    assert editor.text == left


def test_typing_takes_no_controls_and_a_paste_is_one_line() -> None:
    editor = Editor("[]")
    editor.key("left")
    editor.type("a\tb\r\nc\x1b[2J\x9b\nd\n")
    assert (editor.text, editor.cursor) == ("[a b c[2J d]", 11)


@given(TEXTS, st.lists(st.sampled_from([*sorted(Editor.KEYS), "東", "x", " "]), max_size=20), st.integers(0, 30))
def test_whatever_is_done_the_cursor_is_in_the_text_and_what_is_seen_fits(
    text: str, keys: list[str], width: int
) -> None:
    editor = Editor(text)
    for key in keys:
        if not editor.key(key):
            editor.type(key)
        assert 0 <= editor.cursor <= len(editor.text)
        before, under, after = editor.seen(width)
        assert under
        assert cell_len(before) + cell_len(under) + cell_len(after) <= max(width, 2)
        assert not UNSAFE.search(before + under + after)


@given(TEXTS, st.integers(2, 80))
def test_moving_changes_nothing_and_reaches_both_ends(text: str, width: int) -> None:
    editor = Editor(text)
    for _ in text:
        editor.key("left")
    assert editor.cursor == 0
    for _ in text:
        editor.key("right")
    assert (editor.text, editor.cursor) == (text, len(text))
    assert set("".join(editor.seen(width, hidden=True))) <= {HIDDEN, " "}


def test_a_text_of_a_megabyte_is_no_slower_to_type_in() -> None:
    editor = Editor("東" * 1_000_000)
    before, under, after = editor.seen(40)
    assert (under, after) == (" ", "")
    assert 30 <= cell_len(before) <= 39
    editor.key("home")
    assert editor.seen(40)[:2] == ("", "東")

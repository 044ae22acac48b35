"""Lines made of texts that nobody here wrote: exact widths, no controls, few changes of style, linear cost."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from xplenty_tui.tui.widgets.spans import Runs, block, fit, safe, wrap

PLAIN, RED, LIT = Style(color="white"), Style(color="red"), Style(color="white", bgcolor="blue")

HOSTILE = (
    "[@click=app.bell]press[/]",
    "\x1b[2J\x1b]0;title\x07\x9b31m\x00",
    "日本語のパッケージ名がここにあります",
    "e\u0301\u0301\u0301 cafe\u0301",
    "a\tb\r\nc\u2028d",
    "\u202egnirts desrever\u202c \u2067x\u2069\u200f\u061c",
    "\u200bz\u200de\u2060r\ufeffo\ufe0f",
    "👩\u200d👩\u200d👧 🇩🇪 👍🏽 ❤\ufe0f 1\ufe0f\u20e3",
    "x" * 100_000,
    "a" + "\u0301" * 100_000,
    "日" * 50_000,
    "\ud800 half \udfff",
    "\U000e0041\U000e007f tags",
    "نص عربي و עברית",
    "",
)
"""What an answer may hold."""


def harmless(text: str) -> bool:
    """Whether nothing in ``text`` can move the cursor, change the direction or vanish."""
    return not any(unicodedata.category(each) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for each in text)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("width", [0, 1, 2, 3, 10, 40])
def test_hostile_texts_take_exactly_their_cells(text: str, width: int) -> None:
    for right in (False, True):
        drawn = fit(text, width, right=right)
        assert cell_len(drawn) == width
        assert harmless(drawn)
        assert len(drawn) <= 9 * width + 32


def test_no_character_of_unicode_gets_through_that_acts_or_vanishes() -> None:
    every = "".join(chr(number) for number in range(0x110000))
    assert harmless(safe(every))


@settings(deadline=None)
@given(st.text(), st.integers(0, 60), st.booleans())
def test_any_text_takes_exactly_its_cells(text: str, width: int, right: bool) -> None:
    drawn = fit(text, width, right=right)
    assert cell_len(drawn) == width and harmless(drawn)


def test_plain_texts_are_what_they_were() -> None:
    for text in ("orders_to_redshift", "ünïcödé – … ✓ ▶ ◷", "[bold]not markup[/bold]", "日本"):
        assert safe(text) == text


def test_what_is_not_drawn_leaves_a_trace_where_it_was_dangerous() -> None:
    assert safe("a\x1b[31mb") == "a\ufffd[31mb"
    assert safe("a\tb\nc") == "a b c"
    assert safe("a\u202eb\u200bc\ufe0f") == "abc"
    assert safe("\ud800") == "\ufffd"


def test_names_are_cut_in_the_middle_and_numbers_stand_right() -> None:
    cut = fit("clickstream_sessions", 11)
    assert cut.startswith("click") and cut.endswith("sions")
    assert fit("42", 6, right=True) == "    42"
    assert fit("clickstream_sessions", 11, mark="~").isascii()


def test_runs_of_one_style_are_one_segment() -> None:
    runs = Runs()
    for text in ("a", "b", "   ", "c"):
        runs.add(text, PLAIN)
    assert len(list(runs.strip(20, PLAIN))) == 1


def test_spaces_join_the_run_beside_them() -> None:
    runs = Runs()
    runs.space(3, PLAIN)
    runs.add("✗ failed", RED)
    runs.space(4, PLAIN)
    runs.add("90412", PLAIN)
    strip = runs.strip(30, RED)
    assert [segment.style for segment in strip] == [RED, PLAIN]
    assert strip.text == "   ✗ failed    90412          "


def test_spaces_keep_a_ground_of_their_own() -> None:
    runs = Runs()
    runs.add("found", LIT)
    runs.space(4, PLAIN)
    assert [segment.text for segment in runs.strip(9, PLAIN)] == ["found", "    "]


def test_a_line_is_as_long_as_it_was_asked_for() -> None:
    runs = Runs()
    runs.add("日本語", PLAIN)
    assert runs.strip(10, PLAIN).cell_length == 10
    assert runs.strip(3, PLAIN).cell_length == 3


def lines(text: str, width: int) -> list[str]:
    drawn = block(text)
    return [drawn[begin:end] for begin, end in wrap(drawn, width)]


def test_texts_break_between_words() -> None:
    assert lines("the key no longer allows it", 12) == ["the key no", "longer", "allows it"]
    assert lines("one\n\ntwo\r\nthree", 12) == ["one", "", "two", "three"]
    assert lines("", 12) == [""]


def test_words_longer_than_the_line_are_broken_and_indents_stay() -> None:
    assert lines("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]
    assert lines("    at org.example.Main", 14) == ["    at", "org.example.Ma", "in"]
    assert lines("日本語テキスト", 6) == ["日本語", "テキス", "ト"]


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("ab  \n日é\u0301x\tю🙂"), max_size=120), st.integers(2, 40))
def test_no_line_is_wider_than_asked_and_no_character_is_lost(text: str, width: int) -> None:
    found = lines(text, width)
    assert all(cell_len(line) <= width for line in found)
    assert "".join("".join(found).split()) == "".join(block(text).split())


@settings(deadline=None)
@given(st.text(max_size=200), st.integers(2, 40))
def test_any_text_is_broken_into_harmless_lines(text: str, width: int) -> None:
    found = lines(text, width)
    assert all(cell_len(line) <= width and harmless(line) for line in found)


@pytest.mark.parametrize("text", [each for each in HOSTILE if len(each) > 1000], ids=["ascii", "marks", "wide"])
def test_no_broken_line_is_long_however_few_cells_it_takes(text: str) -> None:
    assert max(map(len, lines(text, 80))) <= 8 * 80 + 1


def test_spans_follow_each_other() -> None:
    text = block("a b c " * 500 + "\n" + "日本 " * 300)
    spans = wrap(text, 33)
    assert all(begin <= end for begin, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))

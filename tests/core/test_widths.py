"""Texts measured and cut by the cells that a terminal gives them; Rich, which draws them, is the witness."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from xplenty_tui.core.widths import cells, clusters, cut, pad, shorten

PIECES = (
    "a",
    "Z",
    "_",
    " ",
    "é",
    "e\u0301",
    "日",
    "本",
    "한",
    "👍🏽",
    "👩‍👩‍👧",
    "🇩🇪",
    "❤️",
    "🚀",
    "…",
    "✓",
    "\u0301",
    "\u200d",
)
texts = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
any_text = st.text(max_size=30)


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("orders_to_redshift", 18),
        ("日本", 4),
        ("e\u0301", 1),
        ("👩‍👩‍👧", 2),
        ("👍🏽", 2),
        ("🇩🇪", 2),
        ("🇩🇪🇫🇷", 4),
        ("❤️", 2),
        ("1️⃣", 2),
        ("✓▶◷✗■◌…●▲▼–", 11),
        ("한국어", 6),
        ("a\u200bb", 2),
        ("a\x07b\n", 2),
    ],
)
def test_cells(text: str, width: int) -> None:
    assert cells(text) == width


@pytest.mark.parametrize(
    "first,last", [(0x20, 0x5FF), (0x2010, 0x2027), (0x2030, 0x25FF), (0x3041, 0x3163), (0x4E00, 0x9FFF)]
)
def test_characters_are_as_wide_as_they_are_drawn(first: int, last: int) -> None:
    wrong = [
        hex(code)
        for code in range(first, last)
        if unicodedata.category(chr(code)) != "Cn" and cells(chr(code)) != cell_len(chr(code))
    ]
    assert wrong == []


@given(texts)
def test_clusters_lose_nothing(text: str) -> None:
    parts = list(clusters(text))
    assert "".join(part for part, _ in parts) == text
    assert sum(width for _, width in parts) == cells(text)


def test_clusters_keep_together_what_is_seen_as_one() -> None:
    assert list(clusters("🇩🇪🇫🇷e\u0301👍🏽")) == [("🇩🇪", 2), ("🇫🇷", 2), ("e\u0301", 1), ("👍🏽", 2)]


@given(any_text, st.integers(-3, 40))
def test_shorten_and_cut_fit(text: str, width: int) -> None:
    for short in (shorten(text, width), cut(text, width)):
        assert cells(short) <= max(width, 0)
        if cells(text) <= width:
            assert short == text


@given(texts, st.integers(0, 30), st.booleans())
def test_pad_is_exact(text: str, width: int, right: bool) -> None:
    assert cells(pad(text, width, right=right)) == width


@given(texts, st.integers(2, 30))
def test_shorten_keeps_whole_clusters_of_both_ends(text: str, width: int) -> None:
    short = shorten(text, width)
    if short == text:
        return
    whole = [part for part, _ in clusters(text)]
    heads = {"".join(whole[:length]) for length in range(len(whole) + 1)}
    tails = {"".join(whole[length:]) for length in range(len(whole) + 1)}
    splits = [(short[:place], short[place + 1 :]) for place, each in enumerate(short) if each == "…"]
    assert any(head in heads and tail in tails for head, tail in splits)


@pytest.mark.parametrize(
    ("text", "width", "short"),
    [
        ("orders_to_redshift", 18, "orders_to_redshift"),
        ("orders_to_redshift", 17, "orders_t…redshift"),
        ("orders_to_redshift", 9, "orde…hift"),
        ("orders_to_redshift", 3, "o…t"),
        ("orders_to_redshift", 2, "o…"),
        ("orders_to_redshift", 1, "…"),
        ("orders_to_redshift", 0, ""),
        ("orders_to_redshift", -1, ""),
        ("日本語の名前", 7, "日…名前"),
        ("日本語の名前", 6, "日…前"),
        ("日本", 1, "…"),
        ("re\u0301sume\u0301", 5, "re\u0301…me\u0301"),
    ],
)
def test_shorten(text: str, width: int, short: str) -> None:
    assert shorten(text, width) == short


def test_shorten_for_ascii_terminals() -> None:
    assert shorten("orders_to_redshift", 9, "~") == "orde~hift"
    assert shorten("orders_to_redshift", 9, "...") == "ord...ift"
    assert shorten("orders_to_redshift", 2, "...") == ".."


def test_cut_at_the_end() -> None:
    assert cut("Access Denied on s3", 19) == "Access Denied on s3"
    assert cut("Access Denied on s3", 8) == "Access…"
    assert cut("Access Denied on s3", 0) == ""


def test_pad() -> None:
    assert pad("12m", 6) == "12m   "
    assert pad("12m", 6, right=True) == "   12m"
    assert pad("日本語", 5) == "日…語"
    assert pad("日本語", 4) == "日… "

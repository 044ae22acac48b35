"""Nothing that comes from outside can steer a terminal, reorder a line or hide in it."""

from __future__ import annotations

import json
import time
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from xplenty_tui.api import body
from xplenty_tui.api.text import clean, clean_json, cut, suspicious

EVERYTHING = st.text(st.characters(exclude_categories=()))  # surrogates too
STEERING = st.text(st.sampled_from("\x1b[]()0123;m?\x07\\PX^_\x9b\x9d\x9cab\n\t\r\u202e\u200b\ud800"))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("plain", "plain"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("dos\r\nmac\rend", "dos\nmac\nend"),
        ("a\u2028b\u2029c", "a\nb\nc"),
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b[?1049hscreen", "screen"),
        ("\x1b]0;title\x07after", "after"),
        ("\x1b]8;;http://evil\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1b]52;c;ZXZpbA==\x07x", "x"),
        ("\x1bP1$r0m\x1b\\x", "x"),
        ("\x1b_payload\x1b\\x", "x"),
        ("\x1bcreset", "reset"),
        ("\x1b(0box", "box"),
        ("\x9b31mred\x9d0;t\x9cx", "redx"),
        ("end\x1b", "end"),
        ("end\x1b[", "end"),
        ("\x1b]0;never ends", "0;never ends"),
        ("\x1b]0;a line\nof the log\x07", "0;a line\nof the log"),
        ("nul\x00del\x7fc1\x85", "nuldelc1"),
        ("\u202eevil\u202c \u2066x\u2069 \u200fy\u061c", "evil x y"),
        ("in\u200bvis\u2060ible\ufeff", "invisible"),
        ("\U000e0041hidden", "hidden"),
        ("lone \ud800 \udfff", "lone \ufffd \ufffd"),
        ("família 日本 🎉 [/red] <b>", "família 日本 🎉 [/red] <b>"),
    ],
)
def test_what_is_taken_out(text: str, left: str) -> None:
    assert clean(text) == left


@given(EVERYTHING | STEERING)
@example("\x1b[\x1b[31m31m")
def test_nothing_that_steers_is_left(text: str) -> None:
    left = clean(text)
    left.encode("utf-8")
    assert clean(left) == left
    for character in left:
        category = unicodedata.category(character)
        assert character in "\n\t" or category not in ("Cc", "Cs", "Zl", "Zp")
        assert unicodedata.bidirectional(character) not in (
            "LRE",
            "RLE",
            "LRO",
            "RLO",
            "PDF",
            "LRI",
            "RLI",
            "FSI",
            "PDI",
        )


@given(st.text(st.characters(categories=("L", "N", "P", "S", "Zs"))))
def test_honest_text_is_not_touched(text: str) -> None:
    assert clean(text) is text


@pytest.mark.parametrize("piece", ["\x1b]", "\x1b[", "\x1b[;", "\x1bP", "\x1b", "\x9d", "\x1b] ", "\x1b[0 "])
def test_cleaning_takes_no_longer_for_malice(piece: str) -> None:
    text = piece * 200_000
    start = time.perf_counter()
    clean(text)
    assert time.perf_counter() - start < 3  # linear: some 0.2 s; quadratic: hours


@given(EVERYTHING)
def test_one_look_at_the_document_is_enough(text: str) -> None:
    """Whatever ``suspicious`` lets pass needs no cleaning."""
    for written in (json.dumps([text]), json.dumps([text], ensure_ascii=False)):
        if not suspicious(written):
            assert clean(text) == text


@given(st.dictionaries(EVERYTHING, EVERYTHING | st.lists(EVERYTHING), max_size=4))
def test_every_text_of_a_document_is_cleaned(document: dict[str, object]) -> None:
    parsed = body.parse(json.dumps(document).encode())
    assert parsed == clean_json(document)
    assert json.dumps(parsed, ensure_ascii=False).encode("utf-8")
    if len({clean(name) for name in document}) == len(document):
        assert len(parsed) == len(document)


@settings(max_examples=300)
@given(
    st.binary()
    | st.text().map(lambda text: text.encode())
    | STEERING.map(lambda text: b'{"a": "' + text.encode("utf-8", "surrogatepass"))
)
def test_any_body_is_parsed_or_refused(raw: bytes) -> None:
    try:
        body.parse(raw)
    except body.UnreadableError as problem:
        assert str(problem)
    assert len(body.message(raw)) <= 500
    assert clean(body.excerpt(raw)) == body.excerpt(raw)


@pytest.mark.parametrize(
    ("depth", "good"), [(body.DEEPEST, True), (body.DEEPEST + 1, False), (900, False), (50_000, False)]
)
def test_how_deep_a_document_may_be(depth: int, good: bool) -> None:
    for opening, closing in (("[", "]"), ('{"a":', "}")):
        raw = (opening * depth + "1" + closing * depth).replace(":}", ":1}").encode()
        if good:
            body.parse(raw)
        else:
            with pytest.raises(body.UnreadableError, match="deep"):
                body.parse(raw)


@pytest.mark.parametrize(("limit", "left"), [(10, "abcdef"), (6, "abcdef"), (5, "abcd…"), (1, "…")])
def test_cutting_says_that_something_is_missing(limit: int, left: str) -> None:
    assert cut("abcdef", limit) == left

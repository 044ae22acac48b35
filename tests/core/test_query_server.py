"""The same filter in the server's own words: names, rules and attributes as the API's search pages have them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.things import COLUMNS, THINGS, Thing, context, put
from xplenty_tui.core.query import Query
from xplenty_tui.core.store import Store
from xplenty_tui.core.view import View

FREE = "the server looks for free words in ids and names only"


def sent(text: str) -> tuple[str, tuple[str, ...]]:
    return Query.parse(text, COLUMNS).for_server(COLUMNS, context())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("status:failed", "status:failed"),
        ('status:"pending terminate"', "status:pending_terminate"),
        ("-status:completed", "-status:completed"),
        ("name:orders", "package:orders"),
        ("package:orders", "package:orders"),
        ('name:"daily load"', 'package:"daily load"'),
        ('name:"s3://acme"', 'package:"s3://acme"'),
        ("name:a name:b", "package:a package:b"),
        ("id:90412", "id:90412"),
        ("nodes:>4 nodes:<8", "nodes:>4 nodes:<8"),
        ("runtime:>2h", "duration:>7200"),
        ("runtime:>1h30m", "duration:>5400"),
        ("runtime:90", "duration:90"),
        ("started:>2026-11-20", "started:>2026-11-20T00:00:00Z"),
        ("started:<2026-11-20", "started:<2026-11-20T23:59:59Z"),
        ("started:2026-11-20", "started:>2026-11-20T00:00:00Z started:<2026-11-20T23:59:59Z"),
        ("started:>2h", "started:>2026-11-22T01:00:00Z"),
        ("started:<2h", "started:<2026-11-22T01:00:00Z"),
        ("started:2h", "started:>2026-11-22T01:00:00Z started:<2026-11-22T03:00:00Z"),
        ("started:>yesterday", "started:>2026-11-21T00:00:00Z"),
        ("started:>02:14", "started:>2026-11-22T02:14:00Z"),
        ("log:timeout", "log:timeout"),
        ('-user:"ann b"', '-user:"ann b"'),
        ("status:", ""),
    ],
)
def test_what_is_sent(text: str, expected: str) -> None:
    assert sent(text) == (expected, ())


@pytest.mark.parametrize(
    ("text", "expected", "notes"),
    [
        ("orders", "orders", (FREE,)),
        ("orders daily", "orders daily", (FREE + ", and one of them is enough",)),
        ('"daily load" status:failed', '"daily load" status:failed', (FREE,)),
        ("s3://acme", '"s3://acme"', (FREE,)),
        ("-orders", "", ("the server cannot leave out a free word: -orders",)),
        ("place:nightly status:failed", "status:failed", ('the server cannot search in "place"',)),
        ("name:none", "", ('the server cannot search for a missing "name"',)),
        ("-runtime:>2h", "", ("the server cannot negate a number or a time: -runtime:>2h",)),
        ("-nodes:4", "", ("the server cannot negate a number or a time: -nodes:4",)),
        ("-started:today", "", ("the server cannot negate a number or a time: -started:today",)),
        ("started:02:14", "", ("the server cannot search for this time: started:02:14",)),
        ("started:>soon", "", ("the server cannot search for this time: started:>soon",)),
        ("started:>9999-12-31T23:59:59-12:00", "", None),
        ("runtime:>soon", "", ("the server cannot search for this length: runtime:>soon",)),
        ("place:a place:b", "", ('the server cannot search in "place"',)),
    ],
)
def test_what_cannot_be_sent_is_said(text: str, expected: str, notes: tuple[str, ...] | None) -> None:
    there, said = sent(text)
    assert there == expected
    assert said == notes if notes is not None else len(said) == 1


def test_times_are_sent_in_utc() -> None:
    here = replace(context(), zone=ZoneInfo("Europe/Berlin"))
    text = Query.parse("started:2026-11-20", COLUMNS).for_server(COLUMNS, here)[0]
    assert text == "started:>2026-11-19T23:00:00Z started:<2026-11-20T22:59:59Z"


def test_without_a_context_times_cannot_be_sent() -> None:
    text, notes = Query.parse("started:>2h status:failed", COLUMNS).for_server(COLUMNS)
    assert text == "status:failed"
    assert notes == ("the server cannot search for this time: started:>2h",)


plain = st.text(st.characters(whitelist_categories=["Ll", "Lu", "Nd", "Po", "Sm", "Zs"]), min_size=1, max_size=8)


@given(st.lists(st.tuples(st.sampled_from(["", "name:", "status:", "-name:", "-status:"]), plain), max_size=4))
def test_what_is_sent_means_the_same_here(parts: list[tuple[str, str]]) -> None:
    text = " ".join(f'{name}"{value.replace(chr(34), "")}"' for name, value in parts)
    there, notes = sent(text)
    again, _ = sent(there)
    assert again == there, "sent text is read back as itself"
    store = Store()
    values = [value for _, value in parts] + ["orders", "failed"]
    put(
        store,
        [
            Thing(number, name, status)
            for number, (name, status) in enumerate(zip(values, values[::-1], strict=True), 1)
        ],
    )
    one, other = View(THINGS), View(THINGS)
    one.set_filter(text, context(store))
    other.set_filter(there, context(store))
    assert one.keys == other.keys or any("missing" in note or "cannot leave out" in note for note in notes)


@given(st.integers(0, 10**6), st.sampled_from(["<", ">"]))
def test_a_length_sent_means_the_same_here(seconds: int, sign: str) -> None:
    there, _ = sent(f"runtime:{sign}{seconds}s")
    assert Query.parse(there, COLUMNS).problems == ()
    term = Query.parse(there, COLUMNS).terms[0]
    test = term.test(context())
    assert test(timedelta(seconds=seconds))
    assert not test(timedelta(seconds=seconds + (1 if sign == "<" else -1)))

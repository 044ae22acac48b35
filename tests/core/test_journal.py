"""One line of the journal: it says what was done, survives its way through the file, and anything else is skipped."""

from __future__ import annotations

import json
from datetime import UTC, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.entries import AT, entry
from xplenty_tui.core.journal import LONGEST, Entry, Outcome, decode, encode

ENTRIES = st.builds(
    Entry,
    at=st.datetimes(timezones=st.just(UTC)),
    account=st.text(),
    action=st.text(),
    outcome=st.sampled_from(Outcome),
    sentence=st.text(),
    profile=st.text(),
    kind=st.text(),
    key=st.text(),
    label=st.text(st.characters()),
    deed=st.text(),
    variables=st.lists(st.text(st.characters())).map(tuple),
    request_id=st.text(),
    credits=st.none() | st.integers(),
)


@given(ENTRIES)
def test_an_entry_survives_its_line(one: Entry) -> None:
    line = encode(one)
    assert line.endswith(b"\n") and line.count(b"\n") == 1
    assert decode(line) == one


@given(ENTRIES)
def test_no_text_of_an_entry_moves_the_cursor_or_breaks_a_line(one: Entry) -> None:
    texts = [one.label, one.sentence, *one.variables]
    assert all(
        text.isprintable() or not any(ord(each) < 32 or 0x7F <= ord(each) < 0xA0 for each in text) for text in texts
    )
    assert all(len(text.splitlines()) <= 1 and len(text) <= LONGEST for text in texts)


@given(ENTRIES, st.data())
def test_a_line_cut_at_any_byte_is_skipped(one: Entry, data: st.DataObject) -> None:
    line = encode(one)
    assert decode(line[: data.draw(st.integers(0, len(line) - 2))]) is None


@given(st.binary())
def test_foreign_bytes_are_skipped(data: bytes) -> None:
    assert decode(data) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(sorted(json.loads(encode(entry(deed="d", variables=("a",), credits=1))))), JSON))
def test_other_values_under_our_names_are_skipped_or_an_entry(values: dict[str, Any]) -> None:
    mixed = {**json.loads(encode(entry(deed="d", variables=("a",), credits=1))), **values}
    found = decode(json.dumps(mixed).encode())
    assert found is None or decode(encode(found)) == found


@pytest.mark.parametrize("missing", ["at", "account", "action", "outcome", "sentence"])
def test_a_line_without_what_is_needed_is_skipped(missing: str) -> None:
    found = json.loads(encode(entry()))
    del found[missing]
    assert decode(json.dumps(found).encode()) is None


@pytest.mark.parametrize(
    "line",
    [
        b"[" * 100_000,
        b'{"at": 1e999}',
        b"1" * 10_000,
        encode(entry()).replace(b"09:30:00Z", b"09:30:00"),
        encode(entry()).replace(b'"done"', b'"exploded"'),
        encode(entry(credits=1)).replace(b'"credits":1', b'"credits":true'),
        encode(entry()).replace(b"2026-03-02T09:30:00Z", b"0001-01-01T00:00:00+05:00"),
    ],
    ids=["deep", "inf", "digits", "no zone", "unknown outcome", "bool for number", "before time"],
)
def test_what_is_nearly_an_entry_is_skipped(line: bytes) -> None:
    assert decode(line) is None


def test_fields_of_a_newer_version_are_read_over() -> None:
    assert decode(encode(entry()).replace(b"{", b'{"new":[1],', 1)) == entry()


def test_times_are_kept_in_utc_and_need_a_zone() -> None:
    there = timezone(timedelta(hours=2))
    assert entry(at=AT.astimezone(there)).at.utcoffset() == timedelta(0)
    with pytest.raises(ValueError, match="zone"):
        entry(at=AT.replace(tzinfo=None))


def test_a_line_says_what_a_person_looks_for() -> None:
    line = encode(entry(7, variables=("day",), credits=2, request_id="r-1", label="nightly"))
    assert json.loads(line) == {
        "at": "2026-03-02T09:30:07Z",
        "outcome": "done",
        "account": "acme",
        "action": "jobs.stop",
        "sentence": "deed 7",
        "kind": "jobs",
        "key": "7",
        "label": "nightly",
        "variables": ["day"],
        "request_id": "r-1",
        "credits": 2,
    }

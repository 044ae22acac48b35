"""What a typed value can mean."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.core.things import NOW
from xplenty_tui.core.literal import fold, read
from xplenty_tui.core.words import duration

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("typed", "number", "percent"),
    [
        ("4", 4, False),
        ("-4", -4, False),
        ("0.5", 0.5, False),
        ("184,210", 184210, False),
        ("1,2", None, False),
        ("42%", 42, True),
        ("9007199254740993", 9007199254740993, False),
        ("1" * 19, None, False),
        ("٤", None, False),
        ("4x", None, False),
        ("", None, False),
        ("nan", None, False),
    ],
)
def test_numbers(typed: str, number: float | None, percent: bool) -> None:
    meaning = read(typed)
    assert (meaning.number, meaning.percent) == (number, percent)


@pytest.mark.parametrize(
    ("typed", "seconds", "step"),
    [
        ("2h", 7200, 3600),
        ("2H", 7200, 3600),
        ("1h30m", 5400, 60),
        ("1h30", 5400, 60),
        ("12m04", 724, 1),
        ("90s", 90, 1),
        ("90 sec", 90, 1),
        ("3d4h", 273600, 3600),
        ("1w", 604800, 604800),
        ("1.5h", 5400, 3600),
        ("2 hours 5 minutes", 7500, 60),
    ],
)
def test_lengths(typed: str, seconds: float, step: float) -> None:
    length = read(typed).length
    assert length is not None
    assert (length.value.total_seconds(), length.step.total_seconds()) == (seconds, step)


@pytest.mark.parametrize(
    "typed", ["2", "h", "2x", "30m1h", "1h1h", "1s30", "2h 2h", "", "999999999w", "1mm", "h2", "2h-3m", "1y"]
)
def test_not_lengths(typed: str) -> None:
    assert read(typed).length is None


@given(st.integers(0, 10**8))
def test_a_shown_length_can_be_typed(seconds: int) -> None:
    shown = duration(seconds)
    length = read(shown).length
    assert length is not None
    assert length.value <= timedelta(seconds=seconds) < length.value + length.step


@pytest.mark.parametrize(
    ("typed", "flag"),
    [
        ("yes", True),
        ("TRUE", True),
        ("y", True),
        ("on", True),
        ("no", False),
        ("False", False),
        ("off", False),
        ("1", None),
    ],
)
def test_flags(typed: str, flag: bool | None) -> None:
    assert read(typed).flag is flag


@pytest.mark.parametrize(
    ("typed", "quoted", "empty"),
    [("", True, True), ("none", False, True), ("None", False, True), ("none", True, False), ("nonesuch", False, False)],
)
def test_nothing(typed: str, quoted: bool, empty: bool) -> None:
    assert read(typed, quoted=quoted).empty is empty


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "ahead", "start", "end"),
    [
        ("2026-11-20", False, "2026-11-20", "2026-11-21"),
        ("2026-1-2", False, "2026-01-02", "2026-01-03"),
        ("2026-11", False, "2026-11-01", "2026-12-01"),
        ("2026-12", False, "2026-12-01", "2027-01-01"),
        ("2026", False, "2026-01-01", "2027-01-01"),
        ("2026-11-20 02:14", False, "2026-11-20 02:14", "2026-11-20 02:15"),
        ("2026-11-20T02:14:05", False, "2026-11-20 02:14:05", "2026-11-20 02:14:06"),
        ("2026-11-20T02:14:05Z", False, "2026-11-20 02:14:05", "2026-11-20 02:14:06"),
        ("2026-11-20 02:14:05 UTC", False, "2026-11-20 02:14:05", "2026-11-20 02:14:06"),
        ("2026-11-20T02:14+03:00", False, "2026-11-19 23:14", "2026-11-19 23:15"),
        ("2026-11-20T02:14-0130", False, "2026-11-20 03:44", "2026-11-20 03:45"),
        ("17 Nov", False, "2026-11-17", "2026-11-18"),
        ("24 dec", False, "2025-12-24", "2025-12-25"),
        ("24 december", True, "2026-12-24", "2026-12-25"),
        ("3 mar", True, "2027-03-03", "2027-03-04"),
        ("17 nov 2024", True, "2024-11-17", "2024-11-18"),
        ("today", False, "2026-11-22", "2026-11-23"),
        ("Yesterday", False, "2026-11-21", "2026-11-22"),
        ("tomorrow", True, "2026-11-23", "2026-11-24"),
        ("sun", False, "2026-11-22", "2026-11-23"),
        ("sun", True, "2026-11-22", "2026-11-23"),
        ("mon", False, "2026-11-16", "2026-11-17"),
        ("monday", True, "2026-11-23", "2026-11-24"),
        ("02:14", False, "2026-11-22 02:14", "2026-11-22 02:15"),
        ("02:14", True, "2026-11-23 02:14", "2026-11-23 02:15"),
        ("22:00", False, "2026-11-21 22:00", "2026-11-21 22:01"),
        ("22:00:30", True, "2026-11-22 22:00:30", "2026-11-22 22:00:31"),
        ("2h", False, "2026-11-22 01:00", "2026-11-22 01:00"),
        ("2h", True, "2026-11-22 05:00", "2026-11-22 05:00"),
        ("-2h", True, "2026-11-22 01:00", "2026-11-22 01:00"),
        ("+2h", False, "2026-11-22 05:00", "2026-11-22 05:00"),
        ("now", False, "2026-11-22 03:00", "2026-11-22 03:00"),
    ],
)
def test_moments(typed: str, ahead: bool, start: str, end: str) -> None:
    moment = read(typed).moment
    assert moment is not None
    assert moment.around(NOW, ahead) == (at(start), at(end))


@pytest.mark.parametrize(
    "typed",
    ["", "2026-13-01", "2026-02-30", "2026-1-", "20261120", "24:00", "12:60", "1:2", "32 nov", "0 nov", "17 foo",
     "--2h", "+-2h", "0000-01-01", "2026-11-20T25:00", "2026-11-20T02:14+25:00", "su", "２０２６", "5"],
)  # fmt: skip
def test_not_moments(typed: str) -> None:
    assert read(typed).moment is None


@pytest.mark.parametrize("typed", ["9999", "9999-12", "9999-12-31", "0001-01-01", "999999999s", "30 feb"])
def test_the_calendar_ends_without_an_error(typed: str) -> None:
    moment = read(typed).moment
    assert moment is not None
    for zone in (UTC, BERLIN, ZoneInfo("Pacific/Auckland")):
        span = moment.around(NOW.astimezone(zone), ahead=False)
        assert span is None or span[0] <= span[1]


def test_days_are_those_of_the_person() -> None:
    moment = read("today").moment
    assert moment is not None
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC).astimezone(BERLIN)
    assert moment.around(late, False) == (at("2026-11-22 23:00"), at("2026-11-23 23:00"))


def test_a_day_of_changed_clocks_is_whole() -> None:
    moment = read("2026-10-25").moment
    assert moment is not None
    span = moment.around(NOW.astimezone(BERLIN), False)
    assert span == (at("2026-10-24 22:00"), at("2026-10-25 23:00"))


def test_hours_ago_are_hours_when_the_clocks_change() -> None:
    moment = read("3h").moment
    assert moment is not None
    morning = datetime(2026, 10, 25, 4, 0, tzinfo=BERLIN)  # 03:00 UTC, an hour after the clocks went back
    assert moment.around(morning, False) == (at("2026-10-25 00:00"), at("2026-10-25 00:00"))


@pytest.mark.parametrize(
    ("typed", "relative"),
    [("2026-11-20", False), ("17 nov 2024", False), ("17 nov", True), ("2h", True), ("mon", True)],
)
def test_what_moves_with_the_time(typed: str, relative: bool) -> None:
    moment = read(typed).moment
    assert moment is not None
    assert moment.relative is relative


def test_only_text() -> None:
    assert read("failed").only_text
    assert not any(read(typed).only_text for typed in ("4", "2h", "mon", "yes", "none", "02:14"))
    assert read("none", quoted=True).only_text


@given(st.text(max_size=30), st.booleans())
@example("9" * 30 + "h", False)
@example("1h" * 12, False)
@example("²h", False)
def test_anything_can_be_typed(typed: str, quoted: bool) -> None:
    meaning = read(typed, quoted=quoted)
    assert meaning.typed == typed
    assert meaning.text == fold(" ".join(typed.split()))
    if meaning.moment:
        for ahead in (False, True):
            span = meaning.moment.around(NOW, ahead)
            assert span is None or span[0] <= span[1]


@given(st.from_regex(r"[-+]?[0-9]{1,5}[-: .,%T]?[0-9]{0,3}[-:hmsdw]?[0-9]{0,3}( ?[a-z]{0,4})", fullmatch=True))
def test_anything_like_a_number_or_a_time_can_be_typed(typed: str) -> None:
    moment = read(typed).moment
    if moment:
        before, after = moment.around(NOW, False), moment.around(NOW, True)
        assert before is None or after is None or before[0] <= after[0]


def test_fold() -> None:
    assert fold("Pending_Terminate") == fold("pending terminate")
    assert fold("STRASSE") == fold("straße")

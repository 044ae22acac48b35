"""What a person reads of times, lengths, numbers and states."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.things import NOW, context
from xplenty_tui.core import words
from xplenty_tui.core.declare import Tone, Value

BERLIN = ZoneInfo("Europe/Berlin")
moments = st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 bounds
spans = st.timedeltas(timedelta(days=-900), timedelta(days=900))


@pytest.mark.parametrize(
    ("age", "text"),
    [
        (-86400, "now"),
        (-1, "now"),
        (0, "now"),
        (0.999, "now"),
        (1, "1s"),
        (59.9, "59s"),
        (60, "1m"),
        (3599, "59m"),
        (3600, "1h"),
        (86399, "23h"),
        (86400, "1d"),
        (364 * 86400, "364d"),
        (365 * 86400, "1y"),
        (800 * 86400, "2y"),
    ],
)
def test_ago(age: float, text: str) -> None:
    assert words.ago(NOW - timedelta(seconds=age), NOW) == text


@pytest.mark.parametrize(
    ("left", "text"),
    [
        (-5, "now"),
        (0, "now"),
        (0.5, "now"),
        (40, "40s"),
        (60, "1m"),
        (12 * 60 + 59, "12m"),
        (3600, "1h00m"),
        (3900, "1h05m"),
        (23 * 3600 + 19 * 60, "23h19m"),
        (76 * 3600, "3d4h"),
    ],
)
def test_until(left: float, text: str) -> None:
    assert words.until(NOW + timedelta(seconds=left), NOW) == text


@given(moments, spans)
def test_ago_changes_when_next_change_says(now: datetime, age: timedelta) -> None:
    then = now - abs(age)
    wait = timedelta(seconds=words.next_change(then, now))
    assert wait > timedelta(0)
    assert words.ago(then, now + wait) != words.ago(then, now)
    assert words.ago(then, now + wait - timedelta(microseconds=1)) == words.ago(then, now)


@given(moments, spans)
def test_until_changes_when_next_change_says(now: datetime, left: timedelta) -> None:
    then = now + abs(left)
    wait = timedelta(seconds=words.next_change(then, now))
    assert wait > timedelta(0)
    if abs(left) >= timedelta(seconds=1):
        assert words.until(then, now + wait) != words.until(then, now)
    assert words.until(then, now + wait - timedelta(microseconds=1)) == words.until(then, now)


@given(moments, spans, st.floats(0, 0.999))
def test_no_age_changes_before_next_change(now: datetime, age: timedelta, part: float) -> None:
    before = timedelta(seconds=words.next_change(now - age, now) * part)
    assert words.ago(now - age, now + before) == words.ago(now - age, now)


def test_what_is_missing_never_changes() -> None:
    assert words.next_change(None, NOW) == math.inf
    assert words.ago(None, NOW) == words.until(None, NOW) == words.duration(None) == words.NONE
    assert words.when(None, NOW, UTC) == words.stamp(None) == words.number(None) == words.percent(None) == "–"


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (0, "0s"),
        (-3, "0s"),
        (0.9, "0s"),
        (40, "40s"),
        (60, "1m00"),
        (724, "12m04"),
        (3599, "59m59"),
        (3600, "1h00m"),
        (6120, "1h42m"),
        (86399, "23h59m"),
        (86400, "1d0h"),
        (3 * 86400 + 4 * 3600 + 59, "3d4h"),
        (timedelta(minutes=12, seconds=4), "12m04"),
        (math.inf, "–"),
        (math.nan, "–"),
    ],
)
def test_duration(length: float | timedelta, text: str) -> None:
    assert words.duration(length) == text


@pytest.mark.parametrize(
    ("then", "zone", "text"),
    [
        (datetime(2026, 11, 22, 2, 14, tzinfo=UTC), UTC, "02:14"),
        (datetime(2026, 11, 22, 23, 59, tzinfo=UTC), UTC, "23:59"),
        (datetime(2026, 11, 21, 2, 14, tzinfo=UTC), UTC, "Sat 02:14"),
        (datetime(2026, 11, 16, 23, 59, tzinfo=UTC), UTC, "Mon 23:59"),
        (datetime(2026, 11, 15, 23, 59, tzinfo=UTC), UTC, "15 Nov"),
        (datetime(2026, 11, 28, 6, 0, tzinfo=UTC), UTC, "Sat 06:00"),
        (datetime(2026, 1, 3, 6, 0, tzinfo=UTC), UTC, "3 Jan"),
        (datetime(2025, 11, 17, 6, 0, tzinfo=UTC), UTC, "2025-11-17"),
        (datetime(2026, 11, 21, 23, 30, tzinfo=UTC), BERLIN, "00:30"),
        (datetime(2026, 11, 22, 2, 14, tzinfo=timezone(timedelta(hours=3))), UTC, "Sat 23:14"),
        (datetime(2026, 11, 22, 2, 14, tzinfo=BERLIN), BERLIN, "02:14"),
    ],
)
def test_when(then: datetime, zone: tzinfo, text: str) -> None:
    assert words.when(then, NOW, zone) == text


def test_when_across_a_new_year() -> None:
    assert words.when(datetime(2025, 12, 30, 6, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC), UTC) == "Tue 06:00"
    assert words.when(datetime(2025, 12, 20, 6, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC), UTC) == "2025-12-20"


def test_stamp_names_its_zone() -> None:
    then = datetime(2026, 11, 22, 2, 14, 5, 999_999, tzinfo=UTC)
    assert words.stamp(then) == "2026-11-22 02:14:05 UTC"
    assert words.stamp(then, BERLIN) == "2026-11-22 03:14:05 CET"
    assert words.stamp(then, timezone(timedelta(hours=3))) == "2026-11-22 05:14:05 UTC+03:00"


@pytest.mark.parametrize("then", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)])
@pytest.mark.parametrize("hours", [-12, 12])
def test_the_ends_of_the_calendar_are_shown(then: datetime, hours: int) -> None:
    zone = timezone(timedelta(hours=hours))
    assert words.stamp(then, zone)[:4] in {"0001", "9999"}
    assert words.when(then, NOW, zone)[:4] in {"0001", "9999"}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (184210, "184,210"),
        (-1234, "-1,234"),
        (3.5, "3.5"),
        (3.0, "3"),
        (-0.001, "0"),
        (1234.567, "1,234.57"),
        (math.inf, "–"),
    ],
)
def test_number(value: float, text: str) -> None:
    assert words.number(value) == text


@pytest.mark.parametrize(
    ("fraction", "text"),
    [(0, "0%"), (0.42, "42%"), (0.29, "29%"), (0.999, "99%"), (1, "100%"), (1.3, "100%"), (-1, "0%"), (math.nan, "–")],
)
def test_percent(fraction: float, text: str) -> None:
    assert words.percent(fraction) == text


def test_count() -> None:
    assert words.count(1, "job") == "1 job"
    assert words.count(0, "job") == "0 jobs"
    assert words.count(1200, "job") == "1,200 jobs"
    assert words.count(2, "entry", "entries") == "2 entries"


@pytest.mark.parametrize(
    ("text", "line"), [(None, ""), ("", ""), ("\n \n  Access   Denied \n more", "Access Denied"), ("one", "one")]
)
def test_first_line(text: str | None, line: str) -> None:
    assert words.first_line(text) == line


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        ("", "–"),
        (" \n", "–"),
        ("two\nlines  here", "two lines here"),
        (90412, "90412"),
        (0.5, "0.5"),
        (True, "yes"),
        (False, "no"),
        (timedelta(seconds=724), "12m04"),
        (datetime(2026, 11, 22, 2, 14, 5, tzinfo=UTC), "2026-11-22 02:14:05 UTC"),
    ],
)
def test_plain(value: Value, text: str) -> None:
    assert words.plain(value) == text


def test_plain_times_are_short_with_a_context() -> None:
    assert words.plain(datetime(2026, 11, 22, 2, 14, 5, tzinfo=UTC), context()) == "02:14"


KNOWN = {
    "completed": ("✓", "+", Tone.GOOD),
    "available": ("✓", "+", Tone.GOOD),
    "enabled": ("✓", "+", Tone.GOOD),
    "active": ("✓", "+", Tone.GOOD),
    "running": ("▶", ">", Tone.BUSY),
    "queued": ("◷", ".", Tone.WAIT),
    "pending": ("◷", ".", Tone.WAIT),
    "creating": ("◷", ".", Tone.WAIT),
    "failed": ("✗", "x", Tone.BAD),
    "error": ("✗", "x", Tone.BAD),
    "stopped": ("■", "#", Tone.DIM),
    "terminated": ("■", "#", Tone.DIM),
    "disabled": ("■", "#", Tone.DIM),
    "archived": ("■", "#", Tone.DIM),
    "idle": ("◌", "~", Tone.WAIT),
    "stopping": ("…", "-", Tone.BUSY),
    "terminating": ("…", "-", Tone.BUSY),
    "scaling": ("…", "-", Tone.BUSY),
    "pending_terminate": ("…", "-", Tone.BUSY),
    "pending_stoppage": ("…", "-", Tone.BUSY),
}


@pytest.mark.parametrize("word", KNOWN)
def test_status(word: str) -> None:
    look = words.status(word)
    assert (look.symbol, look.ascii, look.tone) == KNOWN[word]
    assert look.word == word.replace("_", " ")
    assert words.cells(look.symbol) == words.cells(look.ascii) == 1
    assert look.ascii.isascii()


def test_an_idle_job_waits() -> None:
    assert words.status("idle", "jobs").symbol == "◷"
    assert words.status("idle", "clusters").symbol == "◌"


@pytest.mark.parametrize(
    ("word", "shown"), [("rebalancing_now", "rebalancing_now"), ("", "unknown"), (None, "unknown")]
)
def test_an_unknown_status_is_shown_as_it_is(word: str | None, shown: str) -> None:
    look = words.status(word)
    assert (look.symbol, look.ascii, look.word) == ("?", "?", shown)


def test_a_status_is_known_whatever_its_case() -> None:
    assert words.status("Completed").symbol == "✓"


@pytest.mark.parametrize(
    "name",
    [
        "password", "DB_PASSWORD", "dbPassword", "pwd", "DBPASSWD", "passphrase", "API_KEY", "apiKey", "ApiKey",
        "APIKEY",
        "AWS_SECRET_ACCESS_KEY", "awsSecretKey", "s3_key", "token", "AUTH_TOKEN", "accessTokens", "credentials",
        "private-key", "auth", "redshift_pass", "conn_dsn", "sas", "signature",
    ],
)  # fmt: skip
def test_secret_looking(name: str) -> None:
    assert words.secret_looking(name)


@pytest.mark.parametrize(
    "name",
    [
        "", "InputPath", "date", "primary_key", "partitionKey", "SORT_KEYS", "distkey", "author", "monkey", "keyboard",
        "compass", "pinned", "_CLUSTER_NODES_COUNT", "bypass", "table", "passes", "1234", "日本",
    ],
)  # fmt: skip
def test_not_secret_looking(name: str) -> None:
    assert not words.secret_looking(name)


@given(st.text(max_size=40))
def test_any_name_can_be_asked(name: str) -> None:
    assert words.secret_looking(name) in {True, False}
    assert words.secret_looking(f"{name}_password")

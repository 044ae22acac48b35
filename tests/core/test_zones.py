"""Times on both sides of a change of the clock, and the names of zones."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from xplenty_tui.core import zones


@pytest.fixture
def budapest(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Budapest")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("budapest")
@pytest.mark.parametrize("hours", range(0, 24 * 400, 173))
def test_the_hosts_zone_is_what_the_zone_database_says(hours: int) -> None:
    then = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    ours, theirs = then.astimezone(zones.HostZone()), then.astimezone(ZoneInfo("Europe/Budapest"))
    assert ours.replace(tzinfo=None) == theirs.replace(tzinfo=None)
    assert (ours.utcoffset(), ours.tzname(), ours.dst()) == (theirs.utcoffset(), theirs.tzname(), theirs.dst())
    assert ours.astimezone(UTC) == then


@pytest.mark.usefixtures("budapest")
@pytest.mark.parametrize("minute", range(0, 180, 15))
@pytest.mark.parametrize("day", [datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)])
def test_the_night_in_which_the_clock_is_changed(day: datetime, minute: int) -> None:
    then = day + timedelta(minutes=minute)
    ours = then.astimezone(zones.HostZone())
    assert ours.replace(tzinfo=None, fold=0) == then.astimezone(ZoneInfo("Europe/Budapest")).replace(
        tzinfo=None, fold=0
    )
    assert ours.astimezone(UTC) == then


@pytest.mark.usefixtures("budapest")
def test_short_names() -> None:
    winter, summer = datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 7, 5, tzinfo=UTC)
    assert [zones.short(zones.HostZone(), when) for when in (winter, summer)] == ["CET", "CEST"]
    assert zones.short(UTC, winter) == "UTC"


def test_the_ends_of_the_calendar_do_not_crash() -> None:
    for then in (datetime.min, datetime.max):  # noqa: DTZ901  # a zone is asked with times that have none
        assert zones.HostZone().utcoffset(then) is not None
    assert zones.HostZone().utcoffset(None) is None
    assert zones.HostZone().tzname(None) is None


@pytest.mark.parametrize(
    ("name", "found"), [("UTC", True), ("Europe/Budapest", True), ("", False), ("Nowhere/At", False)]
)
def test_zones_by_name(name: str, found: bool) -> None:
    assert (zones.named(name) is not None) is found


@pytest.mark.parametrize(
    ("name", "minutes"), [("+0545", 345), ("-07:00", -420), ("+00:00", 0), ("+9900", None), ("+1", None)]
)
def test_a_distance_to_utc_is_a_zone(name: str, minutes: int | None) -> None:
    zone = zones.named(name)
    assert (zone.utcoffset(None) if zone else None) == (None if minutes is None else timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("name", "info", "taken"),
    [
        ("UTC", {"name": "UTC", "identifier": "Etc/UTC", "offset": "+0000"}, "Etc/UTC"),
        ("Arizona", {"name": "Arizona", "identifier": "America/Phoenix", "offset": "-0700"}, "America/Phoenix"),
        ("Kathmandu", {"identifier": "Nowhere/At", "offset": "+0545"}, "+0545"),
        ("Europe/Budapest", {}, "Europe/Budapest"),
        ("Nuku'alofa", {"identifier": 5, "offset": None}, ""),
        ("", {}, ""),
    ],
)
def test_the_zone_that_the_api_tells(name: str, info: dict[str, object], taken: str) -> None:
    assert zones.told(name, info) == taken


@pytest.mark.parametrize(
    ("name", "label"), [("America/Phoenix", "MST"), ("America/Sao_Paulo", "UTC-03"), ("+0545", "UTC+05:45")]
)
def test_a_zone_without_letters_says_what_it_is_measured_from(name: str, label: str) -> None:
    zone = zones.named(name)
    assert zone is not None
    assert zones.short(zone, datetime(2026, 1, 5, tzinfo=UTC)) == label


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "\x00", "a" * 300])
def test_a_name_is_never_a_path(name: str) -> None:
    assert zones.named(name) is None

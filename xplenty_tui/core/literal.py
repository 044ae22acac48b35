"""What a value typed into the filter can mean: a text, a number, a length of time, a point in time, yes or no."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

Span = tuple[datetime, datetime]
"""First moment and the first moment after; both the same for a point."""

_FLAGS = dict.fromkeys(("yes", "true", "y", "t", "on"), True) | dict.fromkeys(("no", "false", "n", "f", "off"), False)
_NUMBER = re.compile(r"([+-]?(?:\d{1,18}|\d{1,3}(?:,\d{3}){1,5}))(\.\d{1,9})?(%?)")
_LENGTH = re.compile(r"(?:\d{1,9}(?:\.\d{1,3})? ?[a-z]+ ?)+(?:\d{1,2})?")
_LENGTH_PART = re.compile(r"(\d+(?:\.\d+)?) ?([a-z]*)")
_UNITS: dict[str, int] = {
    name: seconds
    for seconds, names in (
        (604_800, "w week weeks"),
        (86_400, "d day days"),
        (3_600, "h hr hrs hour hours"),
        (60, "m min mins minute minutes"),
        (1, "s sec secs second seconds"),
    )
    for name in names.split()
}
_SMALLER = {604_800: 86_400, 86_400: 3_600, 3_600: 60, 60: 1}
_DATE = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d?)(?:-(?P<day>\d\d?)"
    r"(?:[t ](?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d{1,9})?)?"
    r" ?(?P<zone>z|utc|[+-]\d\d:?\d\d)?)?)?)?"
)
_DAY_MONTH = re.compile(r"(?P<day>\d\d?) (?P<month>[a-z]{3})[a-z]*(?: (?P<year>\d{4}))?")
_CLOCK = re.compile(r"(\d\d?):(\d\d)(?::(\d\d))?")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = timedelta(days=1)
_DAY_WORDS = {"yesterday": -1, "today": 0, "tomorrow": 1}


def fold(text: str) -> str:
    """Return ``text`` as it is compared: case and the difference of ``_`` and space do not matter."""
    return text.casefold().replace("_", " ")


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time as typed: ``2h``, ``1h30m``, ``12m04``, ``90s``."""

    value: timedelta
    step: timedelta
    """The smallest unit that was named: ``12m`` also means 12 minutes and 59 seconds."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A point or a stretch of time as typed; what it is depends on the time and the zone of the person."""

    span: Callable[[datetime, bool], Span]
    """(now in the person's zone, whether the other time is ahead of now) → the stretch.

    May raise OverflowError and ValueError at the ends of the calendar.
    """
    relative: bool = False
    """It moves on with the time."""
    clock: tuple[time, timedelta] | None = None
    """A time of day without a date, and its precision."""
    age: bool = False
    """It was typed as a distance from now."""

    def around(self, now: datetime, ahead: bool) -> Span | None:
        """Return the stretch in UTC; None where the calendar ends."""
        try:
            start, end = self.span(now, ahead)
            return start.astimezone(UTC), end.astimezone(UTC)
        except (OverflowError, ValueError):
            return None


@dataclass(frozen=True, slots=True)
class Meaning:
    """All that one typed value can mean; the type of a column's value decides which of it counts."""

    typed: str
    """As it was typed, without quotes."""
    text: str
    """Folded, spaces collapsed, for a search in text."""
    empty: bool = False
    """It asks for items without a value: ``""`` or ``none``."""
    number: float | None = None
    percent: bool = False
    flag: bool | None = None
    length: Length | None = None
    moment: Moment | None = None

    @property
    def only_text(self) -> bool:
        """Whether it can be nothing but text."""
        return not self.empty and self.flag is None and not self.readable

    @property
    def readable(self) -> bool:
        """Whether it can be compared by more or less: a number, a length or a moment."""
        return self.number is not None or self.length is not None or self.moment is not None


def read(typed: str, *, quoted: bool = False) -> Meaning:
    """Return what ``typed`` can mean; never raises."""
    line = " ".join(typed.split())
    flat = line.lower()
    number, percent = read_number(flat)
    length = read_length(flat)
    return Meaning(
        typed=typed,
        text=fold(line),
        empty=not flat or (not quoted and flat == "none"),
        number=number,
        percent=percent,
        flag=_FLAGS.get(flat),
        length=length,
        moment=read_moment(flat),
    )


def read_number(flat: str) -> tuple[float | None, bool]:
    """Return the number and whether it had a per cent sign: ``42``, ``184,210``, ``0.5``, ``42%``."""
    match = _NUMBER.fullmatch(flat)
    if not match or not flat.isascii():
        return None, False
    whole = match[1].replace(",", "")
    return (float(whole + match[2]) if match[2] else int(whole)), bool(match[3])


def read_length(flat: str) -> Length | None:
    """Return a length of time; a number without a unit behind one with takes the next smaller: ``1h30``, ``12m04``."""
    if not _LENGTH.fullmatch(flat) or not flat.isascii():
        return None
    seconds, unit = 0.0, 0
    for amount, name in _LENGTH_PART.findall(flat):
        smaller = _UNITS.get(name, 0) if name else _SMALLER.get(unit, 0)
        if not smaller or (unit and smaller >= unit):
            return None
        unit = smaller
        seconds += float(amount) * unit
    try:
        return Length(timedelta(seconds=seconds), timedelta(seconds=unit))
    except OverflowError:
        return None


def read_moment(flat: str) -> Moment | None:
    """Return a point in time: a date, a date and time, a clock time, a day's name, or a distance from now.

    ``2h`` lies as far from now as said, on the side of the time it is compared with; ``-2h`` is ago, ``+2h`` ahead.
    """
    if not flat.isascii():
        return None
    if flat == "now":
        return Moment(lambda now, ahead: (now, now), relative=True)
    if flat in _DAY_WORDS:
        return Moment(lambda now, ahead: _day(now.date() + _DAY * _DAY_WORDS[flat], now), relative=True)
    if len(flat) >= 3 and (names := [name for name in _WEEKDAYS if name.startswith(flat)]):
        return _weekday(_WEEKDAYS.index(names[0]))
    return _date(flat) or _day_month(flat) or _clock(flat) or _distance(flat)


def _day(day: date, now: datetime) -> Span:
    start = datetime.combine(day, time(), now.tzinfo)
    return start, datetime.combine(day + _DAY, time(), now.tzinfo)


def _weekday(number: int) -> Moment:
    def span(now: datetime, ahead: bool) -> Span:
        days = (number - now.weekday()) % 7 if ahead else -((now.weekday() - number) % 7)
        return _day(now.date() + days * _DAY, now)

    return Moment(span, relative=True)


def _distance(flat: str) -> Moment | None:
    length = read_length(flat.lstrip("+-")) if flat[:2] not in {"+-", "-+", "--", "++"} else None
    if length is None:
        return None

    def span(now: datetime, ahead: bool) -> Span:
        later = flat[0] == "+" or (flat[0] != "-" and ahead)
        utc = now.astimezone(UTC)  # in a zone with summer time two hours ago is not two hours less on the clock
        there = utc + length.value if later else utc - length.value
        return there, there

    return Moment(span, relative=True, age=True)


def _clock(flat: str) -> Moment | None:
    match = _CLOCK.fullmatch(flat)
    if not match or int(match[1]) > 23 or int(match[2]) > 59 or int(match[3] or 0) > 59:
        return None
    at = time(int(match[1]), int(match[2]), int(match[3] or 0))
    step = timedelta(seconds=1) if match[3] else timedelta(minutes=1)

    def span(now: datetime, ahead: bool) -> Span:
        start = datetime.combine(now.date(), at, now.tzinfo)
        if ahead and start < now:
            start += _DAY
        elif not ahead and start > now:
            start -= _DAY
        return start, start + step

    return Moment(span, relative=True, clock=(at, step))


def _day_month(flat: str) -> Moment | None:
    match = _DAY_MONTH.fullmatch(flat)
    if not match or match["month"] not in _MONTHS:
        return None
    day, month = int(match["day"]), _MONTHS.index(match["month"]) + 1

    def span(now: datetime, ahead: bool) -> Span:
        if match["year"]:
            return _day(date(int(match["year"]), month, day), now)
        year = now.year
        if ahead and (month, day) < (now.month, now.day):
            year += 1
        elif not ahead and (month, day) > (now.month, now.day):
            year -= 1
        return _day(date(year, month, day), now)

    return Moment(span, relative=not match["year"]) if 1 <= day <= 31 else None


def _date(flat: str) -> Moment | None:
    match = _DATE.fullmatch(flat)
    if not match:
        return None
    year, month, day, hour, minute, second = (
        int(text) if (text := match[name]) else low
        for name, low in (("year", 0), ("month", 1), ("day", 1), ("hour", 0), ("minute", 0), ("second", 0))
    )
    try:
        start = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 the person's zone is known later
        zone = _zone(match["zone"])
    except ValueError:
        return None

    def span(now: datetime, ahead: bool) -> Span:
        first = start.replace(tzinfo=zone or now.tzinfo)
        if match["second"]:
            return first, first + timedelta(seconds=1)
        if match["hour"]:
            return first, first + timedelta(minutes=1)
        if match["day"]:
            return first, first + _DAY
        if match["month"]:
            return first, first.replace(year=year + month // 12, month=month % 12 + 1)
        return first, first.replace(year=year + 1)

    return Moment(span)


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    if text in {"z", "utc"}:
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)

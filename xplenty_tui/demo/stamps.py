"""Times: whole seconds since 1970 inside the world, ``YYYY-MM-DDTHH:MM:SSZ`` on the wire."""

from __future__ import annotations

import calendar
import time
from datetime import UTC, datetime, timedelta

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR

UNITS = {"minutes": MINUTE, "hours": HOUR, "days": DAY, "weeks": 7 * DAY, "months": 30 * DAY}
"""Seconds of an ``interval_unit``; a month is 30 days only where the past is made up."""

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def stamp(seconds: int) -> str:
    """Write a time as the API does."""
    year, month, day_, hour, minute, second = time.gmtime(seconds)[:6]
    return f"{year:04}-{month:02}-{day_:02}T{hour:02}:{minute:02}:{second:02}Z"


def maybe(seconds: int) -> str | None:
    """Write a time as the API does; 0 stands for none."""
    return stamp(seconds) if seconds else None


def day(seconds: int) -> str:
    """Write the date alone."""
    return stamp(seconds)[:10]


def http_date(seconds: int) -> str:
    """Write a time as the ``Date`` header does, whatever the host's language."""
    at = time.gmtime(seconds)
    return (
        f"{_DAYS[at.tm_wday]}, {at.tm_mday:02} {_MONTHS[at.tm_mon - 1]} {at.tm_year} "
        f"{at.tm_hour:02}:{at.tm_min:02}:{at.tm_sec:02} GMT"
    )


def parse(text: str) -> int:
    """Read a date or a time with ``Z`` or an offset; a time without either is UTC. ValueError when it is neither."""
    at = datetime.fromisoformat(text.strip())
    return int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp())


def later(seconds: int, amount: int, unit: str) -> int:
    """Give the time ``amount`` units later; months keep the day of the month where the month has it."""
    if unit != "months":
        return seconds + amount * UNITS[unit]
    at = datetime.fromtimestamp(seconds, UTC)
    year, month = divmod(at.year * 12 + at.month - 1 + amount, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return int(at.replace(year=year, month=month + 1, day=min(at.day, last)).timestamp())


def seconds_of(at: datetime) -> int:
    """Give whole seconds since 1970 of an aware time."""
    return int((at - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(seconds=1))

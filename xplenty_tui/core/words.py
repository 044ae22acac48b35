"""What a person reads: ages, durations, times, numbers and states, in few and stable words."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from xplenty_tui.core.declare import Context, Tone, Value
from xplenty_tui.core.widths import cells, cut, pad, shorten

__all__ = [
    "NONE",
    "StatusLook",
    "ago",
    "cells",
    "count",
    "cut",
    "duration",
    "first_line",
    "next_change",
    "number",
    "pad",
    "percent",
    "plain",
    "secret_looking",
    "shorten",
    "stamp",
    "status",
    "until",
    "when",
]

NONE = "–"
"""What stands where there is no value."""

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SECOND = timedelta(seconds=1)
_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_YEAR = timedelta(days=365)
_TICK = timedelta(microseconds=1)


def _unit(age: timedelta) -> tuple[timedelta, str]:
    if age < _MINUTE:
        return _SECOND, "s"
    if age < _HOUR:
        return _MINUTE, "m"
    if age < _DAY:
        return _HOUR, "h"
    return (_DAY, "d") if age < _YEAR else (_YEAR, "y")


def ago(then: datetime | None, now: datetime) -> str:
    """Return the age of ``then`` in one unit: ``3s``, ``4m``, ``2h``, ``3d``, ``2y``; ``now`` below a second."""
    if then is None:
        return NONE
    age = now - then
    if age < _SECOND:
        return "now"
    unit, letter = _unit(age)
    return f"{age // unit}{letter}"


def until(then: datetime | None, now: datetime) -> str:
    """Return the time left to ``then``: ``40s``, ``12m``, ``1h05m``, ``3d4h``; ``now`` when it has come."""
    if then is None:
        return NONE
    left = then - now
    if left < _SECOND:
        return "now"
    return f"{left // _MINUTE}m" if _MINUTE <= left < _HOUR else duration(left)


def next_change(then: datetime | None, now: datetime) -> float:
    """Return the seconds after which ``ago`` (or ``until``, when ``then`` is ahead) says something else; inf for never.

    ``ago`` of a time that is ahead may stay the same longer than this, never shorter.
    """
    if then is None:
        return math.inf
    age = now - then
    if age < timedelta(0):
        left = -age
        if left < _SECOND:
            return (left + _SECOND).total_seconds()
        unit = _SECOND if left < _MINUTE else _MINUTE if left < _DAY else _HOUR
        return (left % unit + _TICK).total_seconds()
    unit = _unit(age)[0]
    return (unit - age % unit).total_seconds()


def duration(length: float | timedelta | None) -> str:
    """Return a length (seconds or timedelta) in two units: ``40s``, ``12m04``, ``1h42m``, ``3d4h``."""
    if length is None:
        return NONE
    seconds = length.total_seconds() if isinstance(length, timedelta) else length
    if not math.isfinite(seconds):
        return NONE
    whole = max(int(seconds), 0)
    minutes, rest = divmod(whole, 60)
    hours, days = minutes // 60, minutes // 1440
    if minutes == 0:
        return f"{rest}s"
    if hours == 0:
        return f"{minutes}m{rest:02}"
    return f"{hours}h{minutes % 60:02}m" if days == 0 else f"{days}d{hours % 24}h"


def when(then: datetime | None, now: datetime, zone: tzinfo) -> str:
    """Return a time as short as it is clear: ``02:14``, ``Sun 02:14`` (within 6 days), ``17 Nov``, ``2025-11-17``."""
    if then is None:
        return NONE
    local, today = _local(then, zone), _local(now, zone).date()
    days = abs((local.date() - today).days)
    if days <= 6:
        clock = f"{local:%H:%M}"
        return clock if days == 0 else f"{_DAYS[local.weekday()]} {clock}"
    if local.year == today.year:
        return f"{local.day} {_MONTHS[local.month - 1]}"
    return local.date().isoformat()


def stamp(then: datetime | None, zone: tzinfo = UTC) -> str:
    """Return a point in time in full, with its zone: ``2026-11-22 02:14:05 UTC``."""
    if then is None:
        return NONE
    local = _local(then, zone)
    return f"{local.isoformat(' ', 'seconds')[:19]} {local.tzname() or ''}".rstrip()


def _local(then: datetime, zone: tzinfo) -> datetime:
    """Return ``then`` in ``zone``; as it is at the ends of the calendar, where no other zone has a date."""
    try:
        return then.astimezone(zone)
    except OverflowError:
        return then


def number(value: float | None) -> str:
    """Return a number with its thousands apart: ``184,210``; at most two decimals."""
    if value is None:
        return NONE
    if isinstance(value, int):
        return f"{value:,}"
    if not math.isfinite(value):
        return NONE
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def percent(fraction: float | None) -> str:
    """Return a fraction 0..1 as ``42%``; rounded down, so that 100% means done."""
    if fraction is None or not math.isfinite(fraction):
        return NONE
    return f"{int(min(max(fraction, 0.0), 1.0) * 100 + 1e-9)}%"


def count(amount: int, noun: str, nouns: str = "") -> str:
    """Return ``1 job``, ``2 jobs``, ``1,200 jobs``; ``nouns`` where the plural is not noun + s."""
    return f"{number(amount)} {noun if amount == 1 else nouns or noun + 's'}"


def first_line(text: str | None) -> str:
    """Return the first line that says something, its spaces collapsed; empty when there is none."""
    for line in (text or "").splitlines():
        if flat := " ".join(line.split()):
            return flat
    return ""


def plain(value: Value, ctx: Context | None = None) -> str:
    """Return any column's value as one line of text; times are short with a context, in full UTC without."""
    match value:
        case None | "":
            return NONE
        case bool():
            return "yes" if value else "no"
        case datetime():
            return when(value, ctx.now, ctx.zone) if ctx else stamp(value)
        case timedelta():
            return duration(value)
        case float():
            return number(value).replace(",", "")
        case str():
            return " ".join(value.split()) or NONE
    return str(value)


@dataclass(frozen=True, slots=True)
class StatusLook:
    """How a status is shown: always a symbol (one cell) and a word, never a colour alone."""

    symbol: str
    ascii: str
    """The symbol for terminals that cannot show the other."""
    word: str
    """The API's word, with spaces for underscores; an unknown one as it came."""
    tone: Tone


_LOOKS: tuple[tuple[str, str, Tone, str], ...] = (
    ("✓", "+", Tone.GOOD, "completed available enabled active success successful"),
    ("▶", ">", Tone.BUSY, "running"),
    ("◷", ".", Tone.WAIT, "queued pending creating upcoming"),
    ("✗", "x", Tone.BAD, "failed error failure"),
    ("■", "#", Tone.DIM, "stopped terminated disabled archived"),
    ("◌", "~", Tone.WAIT, "idle"),
    ("…", "-", Tone.BUSY, "stopping terminating scaling pending_terminate pending_stoppage"),
)
_STATUSES = {
    word: StatusLook(symbol, ascii_, word.replace("_", " "), tone)
    for symbol, ascii_, tone, words in _LOOKS
    for word in words.split()
}
_IDLE_JOB = StatusLook("◷", ".", "idle", Tone.WAIT)


def status(word: str | None, kind: str = "") -> StatusLook:
    """Return how a status word of the API is shown; an idle job (``kind="jobs"``) waits, an idle cluster is free."""
    text = (word or "").strip()
    known = text.lower().replace(" ", "_")
    if kind == "jobs" and known == "idle":
        return _IDLE_JOB
    return _STATUSES.get(known) or StatusLook("?", "?", text or "unknown", Tone.PLAIN)


_SECRET_PART = re.compile(
    r"passw|passphrase|secret|credential|token|(?:api|access|private|secret|auth|encryption|account|shared)key"
)
_SECRET_WORDS = frozenset(
    {
        "pass",
        "pwd",
        "pw",
        "key",
        "keys",
        "auth",
        "authorization",
        "bearer",
        "dsn",
        "jwt",
        "otp",
        "pin",
        "sas",
        "signature",
    }
)
_HARMLESS_KEYS = re.compile(r"(?:primary|foreign|partition|sort|dist|surrogate|natural|business|join|merge)keys?$")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def secret_looking(name: str) -> bool:
    """Whether a variable of this name probably holds a secret and is shown masked; in doubt yes."""
    parts = [part.lower() for part in _WORD.findall(name)]
    compact = "".join(parts)
    if _HARMLESS_KEYS.search(compact):
        return False
    return bool(_SECRET_PART.search(compact)) or not _SECRET_WORDS.isdisjoint(parts)

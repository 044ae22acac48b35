"""Whether a value of a column is what was typed into the filter: by the value's own type."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from xplenty_tui.core.declare import Context
from xplenty_tui.core.literal import Meaning, Moment, fold
from xplenty_tui.core.store import Odd

Verdict = bool | None
"""Whether a value is meant; None: its text decides."""


def tester(meaning: Meaning, more: str, ctx: Context, *, typing: bool = False) -> Callable[[Any], Verdict]:
    """Return the test of a value: equal or containing, or with ``more`` (``>``, ``<``) that or more, that or less.

    What cannot be compared with the value is not meant, while ``typing`` it is: the rest may still come.
    """
    moment = _around(meaning.moment, more, ctx) if meaning.moment else None

    def compare(value: Any) -> Verdict:
        if value is None or value == "":
            return True if meaning.empty else False if more else None
        if meaning.empty:
            return isinstance(value, str) and meaning.text == fold(value)
        if isinstance(value, bool):
            return None if more or meaning.flag is None else value is meaning.flag
        if isinstance(value, int | float):
            return _number(value, meaning, more)
        if isinstance(value, timedelta):
            return _length(value, meaning, more)
        if isinstance(value, datetime):
            return moment(value) if moment else None
        if more:
            return fold(value) >= meaning.text if more == ">" else fold(value) <= meaning.text
        return None

    def verdict(value: Any) -> Verdict:
        if isinstance(value, Odd):
            return False
        answer = compare(value)
        return typing if answer is None and more else answer

    return verdict


def _number(value: float, meaning: Meaning, more: str) -> Verdict:
    wanted = meaning.number
    if wanted is None:
        wanted = meaning.length.value.total_seconds() if meaning.length else None
    elif meaning.percent and isinstance(value, float) and 0.0 <= value <= 1.0:
        wanted /= 100
    if wanted is None:
        return None
    return value >= wanted if more == ">" else value <= wanted if more == "<" else value == wanted


def _length(value: timedelta, meaning: Meaning, more: str) -> Verdict:
    if meaning.length:
        wanted, step = meaning.length.value, meaning.length.step
    elif meaning.number is not None and abs(meaning.number) < 1e12:
        wanted, step = timedelta(seconds=meaning.number), timedelta(seconds=1)
    else:
        return None
    return value >= wanted if more == ">" else value <= wanted if more == "<" else wanted <= value < wanted + step


def _around(moment: Moment, more: str, ctx: Context) -> Callable[[datetime], Verdict]:
    """Return how a time compares with what was typed, on its own side of now."""
    now = ctx.now.astimezone(ctx.zone)
    spans = {ahead: moment.around(now, ahead) for ahead in (False, True)}

    def verdict(value: datetime) -> Verdict:
        if value.tzinfo is None:
            value = value.replace(tzinfo=UTC)
        span = spans[value > ctx.now]
        if span is None:
            return None
        start, end = span
        if more:
            return value >= start if more == ">" else value < end or value == start
        if moment.clock:
            at, step = moment.clock
            seen = value.astimezone(ctx.zone).time().replace(microsecond=0)
            return (seen if step < timedelta(minutes=1) else seen.replace(second=0)) == at
        if moment.age:
            return min(start, ctx.now) <= value <= max(start, ctx.now)
        return start <= value < end

    return verdict

"""When a schedule runs: how often, when next, how late. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from xplenty_tui.api.schedules import Schedule
from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Tone
from xplenty_tui.resources import parts

LATE = timedelta(minutes=2)
"""How far past its time a run is called late: the list is up to a minute old, and starting takes a moment."""
VERY_LATE = timedelta(minutes=30)
"""From here it is a problem, not a delay."""
_TEN_HOURS = timedelta(hours=10)
_UNITS = {
    "minutes": timedelta(minutes=1),
    "hours": timedelta(hours=1),
    "days": timedelta(days=1),
    "weeks": timedelta(weeks=1),
    "months": timedelta(days=30),
}


class Every(timedelta):
    """An interval that keeps its words: sorted and filtered as a length (a month counts 30 days)."""

    words: str

    @classmethod
    def of(cls, schedule: Schedule) -> Every | None:
        """Return the schedule's interval; None when the answer had none."""
        unit = schedule.interval_unit
        if not unit:
            return None
        amount = schedule.interval_amount or 1
        known = parts.length(_UNITS.get(unit, timedelta()).total_seconds() * amount)
        length = cls(0) if known is None else cls(days=known.days, seconds=known.seconds)
        length.words = f"{amount} {unit.removesuffix('s') if amount == 1 else unit}"
        return length


def next_run(schedule: Schedule) -> datetime | None:
    """Return when it runs next; None when it is disabled, whatever the answer still says."""
    return None if schedule.status == "disabled" else schedule.next_run_at


def late(schedule: Schedule, ctx: Context) -> timedelta | None:
    """Return how long the next run is overdue; None when it is not, ``LATE`` allowed for."""
    due = next_run(schedule)
    return ctx.now - due if due is not None and ctx.now - due > LATE else None


def countdown(due: datetime | None, ctx: Context) -> str:
    """Return the time left: ``in 12m``, ``now``, ``3m10 late``, ``17h late``."""
    if due is None:
        return words.NONE
    behind = ctx.now - due
    if behind > LATE:
        return f"{words.duration(behind) if behind < _TEN_HOURS else words.ago(due, ctx.now)} late"
    left = words.until(due, ctx.now)
    return left if left == "now" else f"in {left}"


def next_tone(schedule: Schedule, ctx: Context) -> Tone:
    """Return the tone of the next run: warning when late, bad when very late."""
    behind = late(schedule, ctx)
    if behind is None:
        return Tone.PLAIN
    return Tone.BAD if behind > VERY_LATE else Tone.WARN


def package_keys(schedule: Schedule) -> tuple[str, ...]:
    """Return the keys of the packages that the schedule runs."""
    return tuple(each.key for each in schedule.task.packages if each.key) if schedule.task else ()


def retries(schedule: Schedule) -> int | None:
    """Return how often a failed job is tried again; None where the answer did not say."""
    if schedule.auto_retry is None:
        return None
    return (schedule.auto_retry_attempts or 0) if schedule.auto_retry else 0


def retries_text(number: int | None) -> str | None:
    """Return the number of retries in words."""
    return None if number is None else words.count(number, "time") if number else "no"


def coming(schedule: Schedule, ctx: Context) -> str:
    """Return in words when it runs by itself, after its name and "is"."""
    if schedule.status != "enabled":
        return words.status(schedule.status).word
    due = next_run(schedule)
    if due is None:
        return "enabled; when it runs next is not told yet"
    return f"enabled and runs next {countdown(due, ctx)} ({words.when(due, ctx.now, ctx.zone)})"

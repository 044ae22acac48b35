"""Spans of time drawn as text on an axis of a given width: what waited, what ran, and the hours. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

STEPS = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440))
"""Distances of two ticks; whole days beyond."""
APART = 8
"""Cells that two ticks are apart at least: the clock needs five, and room to breathe."""
LEAST = timedelta(minutes=1)
"""An axis never shows less."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Axis:
    """A stretch of time on ``width`` cells."""

    begin: datetime
    end: datetime
    width: int

    def cell(self, then: datetime) -> int:
        """Return the cell of a time, from 0 to ``width`` - 1; times outside are at the ends."""
        part = (then - self.begin) / (self.end - self.begin)
        return min(max(int(part * self.width), 0), self.width - 1)


@dataclass(frozen=True, slots=True)
class Span:
    """One bar: asked for, begun, over. What is not told is None."""

    asked: datetime | None
    begun: datetime | None
    ended: datetime | None
    """None: it goes on."""


def axis(spans: Sequence[Span], now: datetime, width: int) -> Axis | None:
    """Return the axis on which all of ``spans`` have room; None without any time or any room."""
    begins = [then for span in spans if (then := span.asked or span.begun) is not None]
    if not begins or width < 1:
        return None
    begin = min(begins)
    end = max(span.ended or now for span in spans)
    return Axis(begin, max(end, begin + LEAST), width)


def bar(span: Span, on: Axis, now: datetime, *, ascii_: bool = False) -> str:
    """Return a bar in exactly the axis's width: dots while it waited, blocks while it ran, an arrow where it goes on.

    What took less than a cell is one cell: nothing that was is unseen.
    """
    waits, runs, goes_on = ".=>" if ascii_ else "·█▶"
    line = [" "] * on.width
    end = span.ended or now
    asked = span.asked or span.begun
    if asked is None:
        return "".join(line)
    last = on.cell(end)
    first = on.cell(span.begun) if span.begun is not None else last + 1
    for cell in range(on.cell(asked), min(first, last + 1)):
        line[cell] = waits
    for cell in range(first, max(last, first) + 1 if span.begun is not None else first):
        line[cell] = runs
    if span.ended is None and span.begun is not None:
        line[max(last, first)] = goes_on
    return "".join(line)


def ticks(on: Axis, zone: tzinfo) -> list[tuple[int, datetime]]:
    """Return the cells of round times in a zone, far enough apart for their names, with those times."""
    whole = on.end - on.begin
    step = next((one for one in STEPS if on.width * (one / whole) >= APART), None)
    if step is None:
        step = DAY * max(int(APART * (whole / DAY) / on.width) + 1, 1)
    local = on.begin.astimezone(zone)
    at = (local.replace(hour=0, minute=0, second=0, microsecond=0)).astimezone(on.begin.tzinfo)
    at += ((on.begin - at) // step) * step
    found: list[tuple[int, datetime]] = []
    while at <= on.end:
        if at >= on.begin:
            found.append((on.cell(at), at.astimezone(zone)))
        at += step
    return found


def clocks(on: Axis, zone: tzinfo) -> str:
    """Return the names of the ticks in exactly the axis's width: ``02:00``, and the day where a day begins."""
    line, free = [" "] * on.width, 0
    for cell, then in ticks(on, zone):
        midnight = then.hour == then.minute == 0
        name = f"{then.day:02}.{then.month:02}" if midnight else f"{then:%H:%M}"
        if cell >= free and cell + len(name) <= on.width:
            line[cell : cell + len(name)] = name
            free = cell + len(name) + 1
    return "".join(line)


def ruler(on: Axis, zone: tzinfo, *, ascii_: bool = False) -> str:
    """Return the line with a mark at each tick, in exactly the axis's width."""
    mark, rule = "+-" if ascii_ else "┬─"
    line = [rule] * on.width
    for cell, _ in ticks(on, zone):
        line[cell] = mark
    return "".join(line)

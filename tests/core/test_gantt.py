"""Bars on an axis: exact widths, nothing unseen, ticks at round times of the person's zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from xplenty_tui.core import gantt
from xplenty_tui.core.gantt import Axis, Span

BEGIN = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
HOUR = Axis(BEGIN, BEGIN + timedelta(hours=1), 12)


def at(minutes: float) -> datetime:
    return BEGIN + timedelta(minutes=minutes)


def test_waiting_is_dots_running_is_blocks_and_what_goes_on_ends_in_an_arrow():
    assert gantt.bar(Span(at(0), at(15), at(29)), HOUR, at(60)) == "···███      "
    assert gantt.bar(Span(at(30), at(30), None), HOUR, at(60)) == "      █████▶"
    assert gantt.bar(Span(at(30), None, None), HOUR, at(60)) == "      ······"
    assert gantt.bar(Span(at(0), at(15), at(29)), HOUR, at(60), ascii_=True) == "...===      "
    assert gantt.bar(Span(at(30), at(30), None), HOUR, at(60), ascii_=True) == "      =====>"


def test_what_took_no_time_is_seen_and_what_has_no_time_is_not():
    assert gantt.bar(Span(at(10), at(10), at(10)), HOUR, at(60)) == "  █         "
    assert gantt.bar(Span(None, None, None), HOUR, at(60)) == " " * 12
    assert gantt.bar(Span(at(10), None, at(12)), HOUR, at(60)) == "  ·         "


def test_the_axis_reaches_from_the_first_to_now_while_something_runs():
    assert gantt.axis([Span(at(5), at(6), None), Span(at(0), None, at(9))], at(60), 12) == HOUR
    assert gantt.axis([Span(at(0), at(0), at(0))], at(60), 9) == Axis(at(0), at(1), 9)
    assert gantt.axis([], at(60), 9) is None and gantt.axis([Span(None, None, None)], at(60), 9) is None
    assert gantt.axis([Span(at(0), None, None)], at(60), 0) is None


def test_ticks_are_round_times_of_the_zone():
    half = timezone(timedelta(hours=5, minutes=45))
    on = Axis(BEGIN, BEGIN + timedelta(hours=6), 60)
    assert gantt.clocks(on, UTC).split() == ["02:00", "03:00", "04:00", "05:00", "06:00", "07:00"]
    assert gantt.clocks(on, half).split() == ["08:00", "09:00", "10:00", "11:00", "12:00", "13:00"]
    assert gantt.clocks(on, half).index("08:00") == 2
    assert gantt.ruler(on, UTC).count("┬") == 7 and gantt.ruler(on, UTC, ascii_=True).startswith("+---")


def test_where_a_day_begins_the_day_stands():
    on = Axis(BEGIN - timedelta(hours=4), BEGIN + timedelta(hours=2), 60)
    assert gantt.clocks(on, UTC).split()[:3] == ["22:00", "23:00", "01.03"]


MOMENT = st.none() | st.integers(-(10**6), 10**6).map(at)
SPAN = st.builds(Span, MOMENT, MOMENT, MOMENT)


@given(st.lists(SPAN, max_size=6), st.integers(1, 200), st.booleans())
def test_every_line_is_as_wide_as_the_axis(spans, width, ascii_):
    on = gantt.axis(spans, at(0), width)
    if on is None:
        return
    for span in spans:
        drawn = gantt.bar(span, on, at(0), ascii_=ascii_)
        assert len(drawn) == width and (not ascii_ or drawn.isascii())
        assert drawn.strip() or (span.asked is None and span.begun is None) or (span.begun is None)
    assert len(gantt.clocks(on, UTC)) == len(gantt.ruler(on, UTC)) == width

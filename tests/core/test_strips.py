"""Strips, sparklines and grids: exact widths, the newest kept, a scale that begins at nothing."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from xplenty_tui.core import strips
from xplenty_tui.core.widths import cells

VALUES = st.lists(st.none() | st.floats(allow_nan=True, allow_infinity=True), max_size=60)


def test_the_newest_symbols_are_kept_at_the_right():
    assert strips.newest("✓✗✓▶", 10) == "✓✗✓▶"
    assert strips.newest("✓✗✓▶", 2) == "✓▶"
    assert strips.newest("✓✗", 0) == "" and strips.newest("", 5) == ""


def test_twice_as_high_is_twice_as_long_and_what_is_not_told_is_a_space():
    assert strips.spark([4, 8, None, 0], 10) == "▅█ ▁"
    assert strips.spark([4, 8, None, 0], 10, ascii_=True) == "=# _"
    assert strips.spark([8, 4], 1) == "█"
    assert strips.spark([0, 0], 5) == "▁▁"
    assert strips.spark([math.nan, -1, math.inf, 3], 9) == "   █"


@given(VALUES, st.integers(-3, 80), st.booleans())
def test_a_sparkline_has_a_cell_a_value_and_never_more_than_there_is_room(values, width, ascii_):
    drawn = strips.spark(values, width, ascii_=ascii_)
    assert cells(drawn) == min(len(values), max(width, 0))
    assert not ascii_ or drawn.isascii()


@given(st.lists(st.sampled_from(["✓", "✗", "90412", "長い名前", ""]), max_size=9), st.integers(1, 12))
def test_a_grid_line_is_exact(texts, width):
    assert cells(strips.grid_line(texts, width)) == width * len(texts)


def test_columns_are_as_wide_as_their_widest_head_and_apart():
    assert strips.column_width(["90412", "7"]) == 6
    assert strips.grid_line(["90412", "7"], 6) == " 90412     7"

"""Which columns are shown at which width."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xplenty_tui.core.declare import Column
from xplenty_tui.core.layout import GAP, GUTTER, NARROWEST, fit


def column(name: str, width: int, rank: int = 1, grow: int = 0) -> Column[Any]:
    return Column(name, name, lambda item, ctx: None, "help", width=width, rank=rank, grow=grow)


def names(fitted: Sequence[tuple[Column[Any], int]]) -> str:
    return " ".join(f"{column.name}{width}" for column, width in fitted)


JOBS = (
    column("s", 10),
    column("i", 5),
    column("p", 20, grow=2),
    column("x", 4, rank=3),
    column("r", 7, rank=2),
    column("c", 9, rank=3, grow=1),
)


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (2 + 55 + 10, "s10 i5 p20 x4 r7 c9"),
        (2 + 55 + 10 + 1, "s10 i5 p21 x4 r7 c9"),
        (2 + 55 + 10 + 6, "s10 i5 p24 x4 r7 c11"),
        (2 + 55 + 10 + 7, "s10 i5 p25 x4 r7 c11"),
        (66, "s10 i5 p30 x4 r7"),
        (2 + 46 + 8, "s10 i5 p20 x4 r7"),
        (2 + 46 + 8 - 1, "s10 i5 p25 r7"),
        (2 + 42 + 6, "s10 i5 p20 r7"),
        (2 + 42 + 6 - 1, "s10 i5 p28"),
        (2 + 35 + 4, "s10 i5 p20"),
        (2 + 35 + 4 - 1, "s10 i5 p19"),
        (2 + 21 + 4, "s10 i5 p6"),
        (2 + 21 + 4 - 1, "s10 i5 p5"),
        (2 + 15 + 2 + 3, "s10 i5 p1"),
        (2 + 15 + 2 + 2, "s10 i5"),
        (2 + 12, "s10"),
        (5, "s3"),
        (2, "s1"),
        (0, "s1"),
        (-4, "s1"),
    ],
)
def test_columns_leave_by_rank_and_spare_cells_are_shared(width: int, shown: str) -> None:
    assert names(fit(JOBS, width)) == shown


def test_no_columns() -> None:
    assert fit((), 80) == []


def test_of_one_rank_the_last_leaves_first() -> None:
    same = [column(name, 10, rank=2) for name in "abc"]
    assert names(fit([column("k", 10), *same], 2 + 40 + 6 - 1)) == "k10 a10 b10"


def test_without_a_column_of_rank_one_the_best_is_kept() -> None:
    assert names(fit([column("a", 10, rank=3), column("b", 10, rank=2)], 14)) == "b10"


def test_gap_and_gutter_are_the_callers() -> None:
    assert names(fit(JOBS, 65, gap=2, gutter=0)) == "s10 i5 p20 x4 r7 c9"
    assert names(fit(JOBS, 60, gap=1, gutter=0)) == "s10 i5 p20 x4 r7 c9"


def test_the_widest_that_grow_shrink_first() -> None:
    two = [column("a", 12, grow=1), column("k", 8), column("b", 20, grow=1)]
    assert names(fit(two, 2 + 4 + 8 + 24)) == "a12 k8 b12"
    assert names(fit(two, 2 + 4 + 8 + 20)) == "a10 k8 b10"


some_columns = st.lists(
    st.builds(column, st.just("c"), st.integers(0, 30), st.integers(1, 4), st.integers(0, 3)), min_size=1, max_size=12
).map(lambda made: [column(f"c{place}", each.width, each.rank, each.grow) for place, each in enumerate(made)])


@given(some_columns, st.integers(0, 250))
def test_whatever_is_declared_fits(columns: list[Column[Any]], width: int) -> None:
    fitted = fit(columns, width)
    shown = [column for column, _ in fitted]
    assert shown
    assert all(wide >= 1 for _, wide in fitted)
    assert sum(wide for _, wide in fitted) + GAP * (len(fitted) - 1) <= max(width - GUTTER, 1)
    assert shown == [column for column in columns if column in shown], "the declared order is kept"


@given(some_columns, st.integers(0, 250))
def test_a_hidden_column_never_ranks_before_a_shown_one(columns: list[Column[Any]], width: int) -> None:
    shown = [column for column, _ in fit(columns, width)]
    hidden = [column for column in columns if column not in shown]
    if hidden:
        assert min(column.rank for column in hidden) >= max(column.rank for column in shown)


@given(some_columns, st.integers(0, 200), st.integers(1, 50))
def test_more_room_never_hides_a_column(columns: list[Column[Any]], width: int, more: int) -> None:
    narrow = {column.name for column, _ in fit(columns, width)}
    assert narrow <= {column.name for column, _ in fit(columns, width + more)}


@given(some_columns, st.integers(0, 250))
def test_a_column_is_narrower_than_wanted_only_when_nothing_else_can_leave(
    columns: list[Column[Any]], width: int
) -> None:
    fitted = fit(columns, width)
    if any(wide < column.width for column, wide in fitted):
        assert all(column.rank <= 1 for column, _ in fitted) or len(fitted) == 1
    *before, _ = fitted
    assert all(wide >= min(column.width, NARROWEST) for column, wide in before if column.width)


@given(some_columns, st.integers(60, 250))
def test_spare_cells_are_used_when_something_grows(columns: list[Column[Any]], width: int) -> None:
    fitted = fit(columns, width)
    cut = any(column.rank == 1 and column not in [shown for shown, _ in fitted] for column in columns)
    if any(column.grow for column, _ in fitted) and not cut:
        assert sum(wide for _, wide in fitted) + GAP * (len(fitted) - 1) == width - GUTTER

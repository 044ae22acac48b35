"""Columns that several kinds have: a status with its symbol, ids, times that passed, numbers, sums of money."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from xplenty_tui.core import words
from xplenty_tui.core.declare import Column, Context, Tone, Value
from xplenty_tui.resources.parts import look, symbol

T = TypeVar("T")

SHORT = {"pending_stoppage": "will stop", "pending_terminate": "will end"}
"""Statuses whose words are too long for a column of a narrow terminal."""


def status_column(
    kind: str,
    get: Callable[[T], str | None],
    help_: str,
    *,
    name: str = "status",
    title: str = "STATUS",
    width: int = 11,
) -> Column[T]:
    """Return the column of a status word: symbol and word, in the tone of its meaning."""

    def show(value: Any, ctx: Context) -> str:
        if not value:
            return words.NONE
        short = SHORT.get(value)
        return f"{symbol(value, ctx, kind)} {short}" if short else look(value, ctx, kind)

    return Column(
        name,
        title,
        lambda item, _: get(item),
        help_,
        show=show,
        tone=lambda item, _: words.status(get(item), kind).tone if get(item) else Tone.PLAIN,
        width=width,
        server="status" if name == "status" else None,
    )


def _number(item: Any, _: Context) -> int | None:
    """Return the id as a number, so that 9 sorts before 10; None for one that is none."""
    return int(item.id) if str(item.id).isdecimal() else None


def id_column(help_: str, *, rank: int = 1, width: int = 7, keyed: bool = False) -> Column[Any]:
    """Return the column of the id, which is never cut; ``keyed`` where the ids alone are the keys."""
    return Column(
        "id", "ID", _number, help_, width=width, right=True, rank=rank, first="desc", server="id", keyed=keyed
    )


def ago_column(
    name: str, title: str, get: Callable[[T], datetime | None], help_: str, *, rank: int = 1, server: str | None = None
) -> Column[T]:
    """Return the column of a time that has passed, newest first when sorted."""
    return Column(
        name, title, lambda item, _: get(item), help_, width=10, rank=rank, first="desc", moves=True, server=server
    )


def number_column(
    name: str,
    title: str,
    get: Callable[[T], Value],
    help_: str,
    *,
    width: int,
    rank: int = 1,
    server: str | None = None,
) -> Column[T]:
    """Return the column of a number or a length, the largest first when sorted."""
    return Column(
        name,
        title,
        lambda item, _: get(item),
        help_,
        width=width,
        right=True,
        rank=rank,
        first="desc",
        server=server,
    )


def money_column(name: str, title: str, cents: Callable[[T], float | None], help_: str, *, width: int) -> Column[T]:
    """Return the column of a sum that the API tells in hundredths, the largest first when sorted."""

    def show(value: Any, _: Context) -> str:
        return words.NONE if value is None else f"{value / 100:,.2f}"

    return Column(name, title, lambda item, _: cents(item), help_, show=show, width=width, right=True, first="desc")


def description_column(
    help_: str, *, width: int = 24, grow: int, rank: int = 1, server: str | None = None
) -> Column[Any]:
    """Return the column of how a description begins."""
    return Column(
        "description",
        "DESCRIPTION",
        lambda item, _: words.first_line(item.description) or None,
        help_,
        width=width,
        keep_start=True,
        grow=grow,
        rank=rank,
        server=server,
    )


def percent(value: Any, _: Context) -> str:
    """Return a whole number of hundredths with its sign."""
    return words.NONE if value is None else f"{value}%"

"""Calls of the API as a resource's ``load``, ``changes`` and ``search``, and what is seldom worth one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from typing import Any, TypeVar

from xplenty_tui.api.errors import NotFound
from xplenty_tui.api.wire import Page
from xplenty_tui.core.declare import Refresh

T = TypeVar("T")

SELDOM = Refresh(visible=3600)
"""What changes so seldom is asked for when opened, and once an hour."""


def paged(call: Callable[..., Awaitable[Page[T]]]) -> Callable[[Any, int], Awaitable[Page[T]]]:
    """Return a list call of the API as a resource's ``load``."""
    return lambda client, offset: call(client, offset=offset)


def changed(call: Callable[..., Awaitable[Page[T]]]) -> Callable[[Any, datetime, int], Awaitable[Page[T]]]:
    """Return a list call that can tell what was updated since a time as a resource's ``changes``."""
    return lambda client, since, offset: call(client, offset=offset, since=since, sort="updated", direction="asc")


def unpaged(call: Callable[[Any], Awaitable[Page[T]]]) -> Callable[[Any, int], Awaitable[Page[T]]]:
    """Return a list call that knows no pages as a resource's ``load``."""
    return lambda client, _: call(client)


def single(call: Callable[[Any], Awaitable[T]], *, always: bool = False) -> Callable[[Any, int], Awaitable[Page[T]]]:
    """Return a call for the one item of its kind as a resource's ``load``; where there is none the list is empty.

    ``always``: there is one, so that a 404 is an error.
    """

    async def load(client: Any, _offset: int) -> Page[T]:
        try:
            item = await call(client)
        except NotFound:
            if always:
                raise
            return Page()
        return Page((item,), received=1)

    return load


def the_one(_item: Any) -> str:
    """Return the key of the one item that there is."""
    return "account"


def fixed(items: Iterable[T]) -> Callable[[Any, int], Awaitable[Page[T]]]:
    """Return items that are known beforehand as a resource's ``load``: it asks for nothing."""
    known = tuple(items)

    async def load(_client: Any, _offset: int) -> Page[T]:
        return Page(known, received=len(known))

    return load


def searched(call: Callable[..., Awaitable[Page[T]]]) -> Callable[[Any, str, int], Awaitable[Page[T]]]:
    """Return a search call of the API as a resource's ``search``."""
    return lambda client, text, offset: call(client, text, offset=offset)

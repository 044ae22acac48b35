"""Lists come in pages of up to 100: offsets count items, Link says whether there is more (QUIRKS §5)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from typing import Any, TypeVar

from xplenty_tui.api.link import has_next
from xplenty_tui.api.wire import Answer, Page, Undecodable, Wire, many

W = TypeVar("W", bound=Wire)
T = TypeVar("T")

MOST = 100
"""The largest page that the API gives."""


def window(offset: int, limit: int) -> dict[str, int]:
    """Return the query of one page; raises ValueError for a window that the API does not have."""
    if offset < 0:
        raise ValueError(f"offset must not be negative, got {offset}")
    if not 1 <= limit <= MOST:
        raise ValueError(f"limit must be between 1 and {MOST}, got {limit}")
    return {"offset": offset, "limit": limit}


def page(model: type[W], answer: Answer, offset: int = 0) -> Page[W]:
    """Decode a list; raises UndecodableAnswer when it is none, but not for a malformed item in it."""
    data = answer.data
    if not isinstance(data, list):
        raise answer.undecodable("it should be a list")
    items, undecodable = many(model, data, offset)
    more = bool(data) and has_next(answer.headers.get("link", ""))
    return Page(items, undecodable, offset + len(data) if more else None, len(data))


async def walk(
    fetch_page: Callable[[int], Awaitable[Page[T]]], pages: int | None = None, *, offset: int = 0
) -> AsyncIterator[Page[T]]:
    """Yield page after page without items that an earlier one had: offsets shift while items arrive.

    Stops when the server says so, after ``pages`` pages, at an empty page and at one that only repeats; the page
    that ended it has no ``next_offset``.
    """
    seen: set[str] = set()
    count = 0
    while pages is None or count < pages:
        got = await fetch_page(offset)
        count += 1
        fresh = _unseen(got, seen)
        stuck = not (fresh.items or fresh.undecodable) or (got.next_offset or 0) <= offset
        if stuck:
            fresh = replace(fresh, next_offset=None)
        yield fresh
        if fresh.next_offset is None:
            return
        offset = fresh.next_offset


def _unseen(got: Page[T], seen: set[str]) -> Page[T]:
    items: list[T] = []
    for item in got.items:
        key = str(getattr(item, "id", ""))
        if key not in seen or not key:
            items.append(item)
            seen.add(key)
    odd = [item for item in got.undecodable if _name(item) not in seen]
    seen.update(_name(item) for item in odd)
    return replace(got, items=tuple(items), undecodable=tuple(odd))


def _name(item: Undecodable) -> str:
    """Return what tells one undecodable item from another; its place does not, a repeated page has other places."""
    return item.key if not item.key.startswith("#") else f"{item.reason} {item.raw!r}"


def params_of(**given: Any) -> dict[str, Any]:
    """Return the parameters that were given a value."""
    return {name: value for name, value in given.items() if value is not None}

"""Declaration + item + what was fetched of it → the blocks of its page. Pure; the same for every kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from xplenty_tui.core.declare import Context, Facts, Loaded, Related, Resource, Row, Tone
from xplenty_tui.core.page import Block, Heading, Listing

SHOWN = 6
"""Related items drawn inside a page; the whole list is one key away."""


@dataclass(slots=True)
class Part:
    """What is known of one part of a page that a request fills."""

    open: bool = False
    loading: bool = False
    value: Any = None
    had: bool = False
    """An answer came (which may be None)."""
    error: Exception | None = None
    keys: tuple[str, ...] = ()
    """Of a related list: the items that the server named."""
    more: int | None = None
    """Of a related list: where its next page starts."""


def _hint(part: Part | None, cost: str) -> str:
    if part is None:
        return cost
    if part.loading:
        return "loading…"
    return "" if part.had or part.error else cost


def _failed(part: Part, explain: Callable[[Exception], str]) -> Iterable[Row]:
    if part.error is not None:
        yield Row(explain(part.error), tone=Tone.BAD, bullet="✗")


def _loaded(
    section: Loaded[Any, Any], item: Any, part: Part | None, ctx: Context, explain: Callable[[Exception], str]
) -> Iterable[Block]:
    shown = part is not None and part.open
    yield Heading(section.name, section.title, _hint(part, "1 credit"), open=shown)
    if part is None or not shown:
        return
    yield from _failed(part, explain)
    if part.had:
        rows = list(section.rows(part.value, item, ctx))
        yield from rows or [Row(section.none, tone=Tone.DIM)]


def related_items(
    section: Related[Any], resource: Resource[Any], item: Any, part: Part | None, ctx: Context
) -> list[Any]:
    """Return the loaded items that belong to ``item``, in the order of their own list."""
    named = set(part.keys) if part else set()
    found = [
        other
        for other in ctx.store.good(section.kind)
        if resource.key(other) in named or section.where(item, other)
    ]
    column = resource.column(resource.sort[0])
    if column is None:
        return found
    holds = [(column.value(other, ctx), other) for other in found]
    some = [pair for pair in holds if pair[0] is not None]
    some.sort(key=lambda pair: pair[0], reverse=resource.sort[1] == "desc")
    return [other for _, other in some] + [other for value, other in holds if value is None]


def _related(
    section: Related[Any],
    resource: Resource[Any],
    item: Any,
    part: Part | None,
    ctx: Context,
    explain: Callable[[Exception], str],
) -> Iterable[Block]:
    items = related_items(section, resource, item, part, ctx)
    cost = "enter asks for them, 1 credit" if section.load else ""
    hint = _hint(part, cost)
    if items:
        count = f"{len(items)} loaded" + ("+" if part and part.more is not None else "")
        hint = ", ".join(filter(None, (count, "enter lists them" if len(items) > SHOWN else "", hint)))
    yield Heading(section.name, section.title, hint)
    if part is not None:
        yield from _failed(part, explain)
    if items:
        yield Listing(resource, tuple(items[:SHOWN]), section.columns)
    elif part is None or not part.loading:
        yield Row(section.none, tone=Tone.DIM)


def blocks(
    resource: Resource[Any],
    item: Any,
    parts: Mapping[str, Part],
    ctx: Context,
    *,
    resources: Mapping[str, Resource[Any]],
    explain: Callable[[Exception], str] = str,
) -> list[Block]:
    """Return the page of ``item``: its declared parts in order, each with what is known of it."""
    page: list[Block] = []
    for section in resource.detail:
        part = parts.get(section.name)
        if isinstance(section, Facts):
            rows = list(section.rows(item, ctx))
            if rows:
                page += [Heading(section.name, section.title), *rows]
        elif not section.when(item):
            continue
        elif isinstance(section, Loaded):
            page += _loaded(section, item, part, ctx, explain)
        else:
            page += _related(section, resources[section.kind], item, part, ctx, explain)
    return page

"""Declaration + item + what was fetched of it → the blocks of its page. Pure; the same for every kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from xplenty_tui.core.declare import Context, Facts, Loaded, Related, Resource, Row, Section, Tone
from xplenty_tui.core.page import Block, Heading, Listing
from xplenty_tui.core.ranking import ordered

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
    pace_s: int = 0
    """It is followed: seconds between two looks; 0: it is not."""


def _hint(part: Part | None, cost: str) -> str:
    if part is None:
        return cost
    if part.pace_s:
        return f"followed: asked for every {part.pace_s} s, {cost} each"
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
    cost = "1 credit" if section.credits == 1 else f"{section.credits} credits"
    yield Heading(section.name, section.title, _hint(part, cost), open=shown)
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
    found = {
        key: other
        for other in ctx.store.good(section.kind)
        if (key := resource.key(other)) in named or section.where(item, other)
    }
    name, direction = resource.sort
    column = resource.column(name)
    if column is None:
        return list(found.values())
    values = {key: column.value(other, ctx) for key, other in found.items()}
    return [found[key] for key in ordered(list(found), values, direction)]


def _related_hint(section: Related[Any], part: Part, count: int) -> str:
    """Say how many are known and what enter does: ask for them while nobody has, else list them."""
    known = f"{count} loaded{'+' if part.more is not None else ''}" if count else ""
    if part.loading:
        does = "loading…"
    elif section.load is not None and not part.had:
        does = f"enter asks {'again' if part.error else 'for them'}, 1 credit"
    else:
        does = "enter lists them" if count > SHOWN or (count and section.load is not None) else ""
    return " · ".join(filter(None, (known, does)))


def _related(
    section: Related[Any],
    resource: Resource[Any],
    item: Any,
    part: Part | None,
    ctx: Context,
    *,
    explain: Callable[[Exception], str],
) -> Iterable[Block]:
    known = part or Part()
    items = related_items(section, resource, item, known, ctx)
    yield Heading(section.name, section.title, _related_hint(section, known, len(items)))
    yield from _failed(known, explain)
    if items:
        yield Listing(resource, tuple(items[:SHOWN]), section.columns)
    elif section.load is None or known.had:  # before that nobody knows whether there are any
        yield Row(section.none, tone=Tone.DIM)


def has(section: Section, item: Any, ctx: Context) -> bool:
    """Whether an item has a part at all."""
    if isinstance(section, Loaded):
        return section.when(item) and (section.given is None or section.given(item, ctx) is not None)
    return isinstance(section, Facts) or section.when(item)


def _answers(
    resource: Resource[Any],
    item: Any,
    parts: Mapping[str, Part],
    ctx: Context,
    *,
    resources: Mapping[str, Resource[Any]],
) -> dict[str, Any]:
    """Return what the parts that were had say, by name: answers, and the items of related ones."""
    found: dict[str, Any] = {}
    for section in resource.detail:
        part = parts.get(section.name)
        if part is None or not part.had:
            continue
        if isinstance(section, Related):
            found[section.name] = related_items(section, resources[section.kind], item, part, ctx)
        else:
            found[section.name] = part.value
    return found


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
            if section.known is not None:
                rows += section.known(item, _answers(resource, item, parts, ctx, resources=resources), ctx)
            if rows:
                page += [Heading(section.name, section.title), *rows]
        elif not has(section, item, ctx):
            continue
        elif isinstance(section, Loaded):
            page += _loaded(section, item, part, ctx, explain)
        else:
            page += _related(section, resources[section.kind], item, part, ctx, explain=explain)
    return page

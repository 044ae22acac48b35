"""A kind with a column of every type of value, for tests of what does not know any real kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from xplenty_tui.core import words
from xplenty_tui.core.declare import Column, Context, PageLike, Resource
from xplenty_tui.core.store import Store
from xplenty_tui.core.view import View

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
"""A Sunday."""


@dataclass(frozen=True)
class Thing:
    """Something that runs somewhere."""

    id: int
    name: str | None = "orders"
    status: str = "completed"
    place_id: int | None = None
    nodes: int | None = None
    share: float | None = None
    seconds: int | None = None
    started: datetime | None = None
    overlap: bool | None = None


@dataclass(frozen=True)
class Place:
    """Where it runs."""

    id: int
    name: str


def place(thing: Thing, ctx: Context) -> str | None:
    """Look into another collection."""
    found = ctx.store.get("places", thing.place_id)
    return found.name if found is not None else None


def runtime(thing: Thing, now: datetime) -> timedelta | None:
    """Move with the time while it runs."""
    if thing.status == "running":
        return now - thing.started if thing.started else None
    return None if thing.seconds is None else timedelta(seconds=thing.seconds)


async def load(client: Any, offset: int) -> PageLike[Thing]:
    """Nothing here asks."""
    raise AssertionError("nothing here loads")


def show_status(value: str, ctx: Context) -> str:
    """Show it as real kinds do."""
    look = words.status(value)
    return f"{look.symbol} {look.word}"


COLUMNS: tuple[Column[Thing], ...] = (
    Column("status", "Status", lambda thing, ctx: thing.status, "How it is.", show=show_status, server="status"),
    Column("id", "Id", lambda thing, ctx: thing.id, "Its number.", server="id"),
    Column("name", "Name", lambda thing, ctx: thing.name, "Its name.", server="package"),
    Column("place", "Place", place, "Where it runs."),
    Column("nodes", "Nodes", lambda thing, ctx: thing.nodes, "How big.", server="nodes"),
    Column("share", "Share", lambda thing, ctx: thing.share, "How far.", show=lambda value, ctx: words.percent(value)),
    Column(
        "runtime", "Runtime", lambda thing, ctx: runtime(thing, ctx.now), "How long.", moves=True, server="duration"
    ),
    Column(
        "started",
        "Started",
        lambda thing, ctx: thing.started,
        "Since when.",
        show=lambda value, ctx: words.when(value, ctx.now, ctx.zone),
        first="desc",
        moves=True,
        server="started",
    ),
    Column("overlap", "Overlap", lambda thing, ctx: thing.overlap, "Whether two may run."),
)

THINGS: Resource[Thing] = Resource(
    name="things",
    title="Things",
    singular="thing",
    about="Something that runs.",
    model=Thing,
    load=load,
    columns=COLUMNS,
    label=lambda thing: thing.name or "",
)


def context(store: Store | None = None, now: datetime = NOW) -> Context:
    """Return a context in UTC."""
    return Context(now, store or Store(), UTC)


def later(ctx: Context, seconds: float) -> Context:
    """Return the same context some time later."""
    return replace(ctx, now=ctx.now + timedelta(seconds=seconds))


def put(store: Store, things: Iterable[Any], *, kind: str = "things", whole: bool = False) -> None:
    """Take things (or odd ones) in by their key."""
    store.put(kind, [(str(getattr(item, "id", None) or item.key), item) for item in things], NOW, whole=whole)


def a_view(*things: Any) -> tuple[View[Thing], Context]:
    """Return a view of these things, or of five, and the context in which it was updated."""
    store = Store()
    put(store, things or [Thing(number, f"thing {number}") for number in range(1, 6)])
    view, ctx = View(THINGS), context(store)
    view.update(ctx)
    return view, ctx

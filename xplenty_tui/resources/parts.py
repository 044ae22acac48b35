"""What several kinds say alike: a status with its symbol, rows of facts, variables and people."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Awaitable, Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, TypeVar

from xplenty_tui.api.people import Creator, Watcher
from xplenty_tui.api.wire import Page
from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Link, Loaded, Row, Tone

T = TypeVar("T")

DOT = " · "
"""Between two facts of one line."""
_LONGEST_S = 1e12


def symbol(status: str | None, ctx: Context, kind: str = "") -> str:
    """Return the one-cell sign of a status."""
    look = words.status(status, kind)
    return look.ascii if ctx.ascii else look.symbol


def look(status: str | None, ctx: Context, kind: str = "") -> str:
    """Return a status as symbol and word."""
    return f"{symbol(status, ctx, kind)} {words.status(status, kind).word}"


def length(seconds: float | None) -> timedelta | None:
    """Return seconds as a length; None for none and for what is no number, cut where Python's lengths end."""
    if seconds is None or seconds != seconds:  # noqa: PLR0124  # a float that is no number
        return None
    if not -_LONGEST_S <= seconds <= _LONGEST_S:
        seconds = math.copysign(_LONGEST_S, seconds)
    return timedelta(0, seconds)


def row(label: str, text: str | float | None, tone: Tone = Tone.PLAIN, link: Link | None = None) -> Row | None:
    """Return a line of facts; None when there is nothing to say."""
    if text is None or text == "":
        return None
    said = " ".join(text.split()) if isinstance(text, str) else words.number(text)
    return Row(said, label=label, tone=tone, link=link)


def kept(*rows: Row | None) -> Iterator[Row]:
    """Return the lines that have something to say."""
    return (line for line in rows if line is not None)


def joined(*texts: str | None) -> str:
    """Return the texts that say something, on one line."""
    return DOT.join(text for text in texts if text)


def stamp(then: datetime | None, ctx: Context) -> str | None:
    """Return a time in full with its distance from now, or None."""
    if then is None:
        return None
    age = f"in {words.until(then, ctx.now)}" if then > ctx.now else f"{words.ago(then, ctx.now)} ago"
    return f"{words.stamp(then, ctx.zone)} ({age.replace('in now', 'now').replace('now ago', 'now')})"


def creator_link(creator: Creator | None) -> Link | None:
    """Return the way to who made a thing: a schedule or a member."""
    kind = {"Schedule": "schedules", "User": "members"}.get(creator.type) if creator is not None else None
    return Link(kind, str(creator.id)) if creator is not None and kind and creator.id is not None else None


def lines(text: str | None, tone: Tone = Tone.PLAIN) -> Iterator[Row]:
    """Return a text of several lines as that many rows, its tabs made spaces."""
    for line in (text or "").strip("\n").rstrip().splitlines():
        yield Row(line.expandtabs(4).rstrip(), tone=tone)


def on_one_line(text: str) -> str:
    """Return a text with its line ends and tabs written out, so that nothing of it is lost."""
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t") if re.search(r"[\n\t]", text) else text


def as_text(value: Any) -> str:
    """Return the value of a variable as it was received, on one line: strings bare, all else as JSON."""
    return on_one_line(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str))


def watcher_rows(answer: Page[Watcher], _item: Any, _ctx: Context) -> Iterator[Row]:
    """Return one line a person who is told about the item."""

    def draw(person: Watcher) -> Iterator[Row]:
        yield Row(person.display_name or f"user #{person.id}", link=Link("members", str(person.id)))

    return each(answer, draw)


def watched_by(noun: str, events: str, call: Callable[[Any, Any], Awaitable[Page[Watcher]]]) -> Loaded[Any, Any]:
    """Return the part of a detail that lists whom the service tells; ``events`` completes "told when the job …"."""
    return Loaded(
        "watchers",
        "Watchers",
        lambda client, item: call(client, item.id),
        watcher_rows,
        none=f"Nobody watches this {noun}.",
        help=f"Ask who is told when the {noun} {events}.",
        kind="watchers",
    )


def unloaded(kind: str, ctx: Context) -> Row | None:
    """Return what a page says while a kind that it is made of is not known; None when it is."""
    held = ctx.store.of(kind)
    if held.loaded_at is None and held.error is not None:
        said = (getattr(held.error, "sentence", "") or str(held.error)).rstrip(". ")
        return Row(f"The {kind} could not be loaded: {said}. R tries again.", tone=Tone.BAD)
    return Row(f"Loading {kind} …", tone=Tone.DIM) if held.loaded_at is None else None


def each(page: Page[T], draw: Callable[[T], Iterable[Row]]) -> Iterator[Row]:
    """Return the lines of every item of an answer; one that could not be decoded says so, with its id."""
    for item in page.items:
        yield from draw(item)
    for odd in page.undecodable:
        yield Row(f"could not be read: {odd.reason}", label=odd.key, tone=Tone.WARN)


def person(ctx: Context, label: str, key: str | int | None) -> Row | None:
    """Return a line that names a member and leads to their page; None without a key."""
    name = name_of(ctx, "members", key)
    return row(label, name, link=Link("members", str(key))) if name is not None else None


def name_of(ctx: Context, kind: str, key: str | int | None) -> str | None:
    """Return the name of a loaded item of ``kind``, ``#7`` of one that is not loaded, None without a key."""
    if key is None or key == "":
        return None
    item = ctx.store.get(kind, key)
    return (getattr(item, "name", None) if item is not None else None) or f"#{key}"

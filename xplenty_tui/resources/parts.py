"""What several kinds say alike: a status with its symbol, rows of facts, variables and people."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar

from xplenty_tui.api.errors import NotFound
from xplenty_tui.api.people import Creator, Watcher
from xplenty_tui.api.wire import Page
from xplenty_tui.core import words
from xplenty_tui.core.declare import Column, Context, Link, Row, Tone, Value

T = TypeVar("T")

DOT = " · "
"""Between two facts of one line."""
HIDDEN = "••••••••"
"""Stands for a secret whatever its length."""
HIDDEN_ASCII = "********"
_LONGEST_S = 1e12
SHORT = {"pending_stoppage": "will stop", "pending_terminate": "will end"}
"""Statuses whose words are too long for a column of a narrow terminal."""


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


def fixed(items: Iterable[T]) -> Callable[[Any, int], Awaitable[Page[T]]]:
    """Return items that are known beforehand as a resource's ``load``: it asks for nothing."""
    known = tuple(items)

    async def load(_client: Any, _offset: int) -> Page[T]:
        return Page(known, received=len(known))

    return load


def searched(call: Callable[..., Awaitable[Page[T]]]) -> Callable[[Any, str, int], Awaitable[Page[T]]]:
    """Return a search call of the API as a resource's ``search``."""
    return lambda client, text, offset: call(client, text, offset=offset)


def symbol(status: str | None, ctx: Context, kind: str = "") -> str:
    """Return the one-cell sign of a status."""
    look = words.status(status, kind)
    return look.ascii if ctx.ascii else look.symbol


def look(status: str | None, ctx: Context, kind: str = "") -> str:
    """Return a status as symbol and word."""
    return f"{symbol(status, ctx, kind)} {words.status(status, kind).word}"


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


def id_column(help_: str, *, rank: int = 1, width: int = 7) -> Column[Any]:
    """Return the column of the id, which is never cut."""
    return Column("id", "ID", _number, help_, width=width, right=True, rank=rank, first="desc", server="id")


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


def length(seconds: float | None) -> timedelta | None:
    """Return seconds as a length; None for none and for what is no number, cut where Python's lengths end."""
    if seconds is None or (isinstance(seconds, float) and math.isnan(seconds)):
        return None
    return timedelta(seconds=max(min(seconds, _LONGEST_S), -_LONGEST_S))


def percent(value: Any, _: Context) -> str:
    """Return a whole number of hundredths with its sign."""
    return words.NONE if value is None else f"{value}%"


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


def secret(name: str, value: Any) -> bool:
    """Tell whether a variable is shown masked: by its name, or by a name inside its value."""
    if words.secret_looking(name):
        return True
    if isinstance(value, Mapping):
        return any(secret(str(inner), deeper) for inner, deeper in value.items())
    return isinstance(value, list | tuple) and any(secret("", deeper) for deeper in value)


def variable_rows(variables: Mapping[str, Any] | None, ctx: Context) -> Iterator[Row]:
    """Return one line a variable by name; the value is masked where the name looks like a secret's."""
    for name, value in sorted((variables or {}).items(), key=lambda pair: pair[0].lower()):
        text, label = as_text(value), on_one_line(name)
        if text and secret(name, value):
            yield Row(HIDDEN_ASCII if ctx.ascii else HIDDEN, label=label, tone=Tone.DIM, secret=text)
        else:
            yield Row(text or "(empty)", label=label, tone=Tone.PLAIN if text else Tone.DIM)


def watcher_rows(answer: Page[Watcher], _item: Any, _ctx: Context) -> Iterator[Row]:
    """Return one line a person who is told about the item."""

    def draw(person: Watcher) -> Iterator[Row]:
        yield Row(person.display_name or f"user #{person.id}", link=Link("members", str(person.id)))

    return each(answer, draw)


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

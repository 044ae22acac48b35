"""The shapes of a call: get one item, a page of items, an object of names and values; make an item, act on one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from threading import Lock
from typing import Any, TypeVar

from xplenty_tui.api.address import Params
from xplenty_tui.api.client import Answer, Client, Method
from xplenty_tui.api.errors import NotFound, UndecodableAnswer
from xplenty_tui.api.paging import page, window
from xplenty_tui.api.people import Watch, Watcher
from xplenty_tui.api.wire import Page, Wire, one

W = TypeVar("W", bound=Wire)
T = TypeVar("T")

_building = Lock()


def _build(model: type[Wire]) -> None:
    with _building:
        model.model_rebuild()


async def ready(model: type[Wire]) -> None:
    """Build the model's validator if this was not done yet; in a thread, because it takes some 10 ms."""
    if not model.__pydantic_complete__:
        await asyncio.to_thread(_build, model)


async def get_one(
    client: Client, path: str, model: type[W], params: Params | None = None, *, account: bool = True
) -> W:
    """Get one item."""
    answer = await client.get(path, params, account=account)
    await ready(model)
    return one(model, answer)


async def get_page(
    client: Client,
    path: str,
    model: type[W],
    *,
    offset: int,
    limit: int,
    account: bool = True,
    **params: Any,
) -> Page[W]:
    """Get one page of a list; raises ValueError for an impossible window."""
    answer = await client.get(path, {**params, **window(offset, limit)}, account=account)
    await ready(model)
    return page(model, answer, offset)


async def get_list(client: Client, path: str, model: type[W], *, account: bool = True) -> Page[W]:
    """Get a list that the API does not page."""
    answer = await client.get(path, account=account)
    await ready(model)
    return page(model, answer)


async def get_map(client: Client, path: str, *, account: bool = True) -> dict[str, Any]:
    """Get an object of names and values."""
    answer: Answer = await client.get(path, account=account)
    if not isinstance(answer.data, dict):
        raise answer.undecodable("it should be an object of names and values")
    return dict(answer.data)  # others may have been given the same answer


async def make(
    client: Client,
    path: str,
    model: type[W],
    body: Mapping[str, Any] | None = None,
    *,
    wait_s: float | None = None,
    account: bool = True,
) -> W:
    """Make an item that did not exist, and return it as the server tells it.

    An ``UndecodableAnswer`` means that it was made and that the answer does not say what: its ``status`` is a success.
    """
    answer = await client.send("POST", path, body, wait_s=wait_s, account=account)
    await ready(model)
    return one(model, answer)


async def act_on(
    client: Client,
    method: Method,
    path: str,
    model: type[W],
    id_: int | str,
    *,
    body: Mapping[str, Any] | None = None,
    account: bool = True,
) -> W:
    """Act on a known item, and return it as the server tells it afterwards.

    A success needs no words: where the answer is empty or of no use, the item has its ``id`` and nothing else, which
    leaves everything that is known of it as it was (``wire.overlay``).
    """
    answer = await client.send(method, path, body, account=account)
    await ready(model)
    if isinstance(answer.data, dict) and "id" in answer.data:
        try:
            return one(model, answer)
        except UndecodableAnswer:
            pass
    return one(model, answer, {"id": id_})


async def either(first: Callable[[], Awaitable[T]], other: Callable[[], Awaitable[T]]) -> T:
    """Call at the first address, and at the other where the server knows none of it: a 404 has done nothing.

    The documentation's two sources put some calls at different addresses (QUIRKS §2).
    """
    try:
        return await first()
    except NotFound as missing:
        unknown = missing
    try:
        return await other()
    except NotFound:
        raise unknown from None


async def watchers(client: Client, path: str) -> Page[Watcher]:
    """Get who watches the item at ``path``, each with what is watched."""
    found = await get_list(client, f"{path}/watchers", Watcher)
    return replace(found, items=tuple(one.model_copy(update={"of": path.strip("/")}) for one in found.items))


async def watch(client: Client, path: str) -> Watch:
    """Begin to watch the item at ``path``; its fields are empty where the answer is."""
    answer = await client.send("POST", f"{path}/watchers")
    await ready(Watch)
    return one(Watch, answer, answer.data if isinstance(answer.data, dict) else {})


async def unwatch(client: Client, path: str) -> None:
    """Stop watching the item at ``path``."""
    await client.send("DELETE", f"{path}/watchers")

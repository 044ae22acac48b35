"""The three shapes of a call: one item, a page of items, an object of names and values."""

from __future__ import annotations

import asyncio
from threading import Lock
from typing import Any, TypeVar

from xplenty_tui.api.address import Params
from xplenty_tui.api.client import Answer, Client
from xplenty_tui.api.paging import page, window
from xplenty_tui.api.wire import Page, Wire, one

W = TypeVar("W", bound=Wire)

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
    return answer.data

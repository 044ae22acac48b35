"""Wires that behave badly: silent, refused, cut after a while, or with answers that somebody altered."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import httpx

from tests.program.still import world


class Silent(httpx.AsyncBaseTransport):
    """Never answers."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await asyncio.Event().wait()
        raise AssertionError("nobody sets it")


class Refusing(httpx.AsyncBaseTransport):
    """Answers everything with one status and message."""

    def __init__(self, status: int, message: str) -> None:
        self.status, self.message = status, message

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return httpx.Response(self.status, json={"message": self.message})


class Unplugged(httpx.AsyncBaseTransport):
    """Reaches nobody."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("All connection attempts failed", request=request)


class Switched(httpx.AsyncBaseTransport):
    """The demo account until ``broken`` is set."""

    def __init__(self, after: httpx.AsyncBaseTransport) -> None:
        self.before, self.after = world(), after
        self.broken = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await (self.after if self.broken else self.before).handle_async_request(request)


class Altered(httpx.AsyncBaseTransport):
    """The demo account, each list passed through ``items`` and the headers through ``headers``."""

    def __init__(
        self,
        items: Callable[[list[Any]], list[Any]] = lambda items: items,
        headers: dict[str, str] | None = None,
    ) -> None:
        self.world, self.items, self.headers = world(), items, headers or {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = await self.world.handle_async_request(request)
        data = json.loads(await answer.aread())
        if isinstance(data, list):
            data = self.items(data)
        kept = {name: value for name, value in answer.headers.items() if name not in {"content-length", "link"}}
        if data and "link" in answer.headers:
            kept["link"] = answer.headers["link"]
        return httpx.Response(answer.status_code, headers={**kept, **self.headers}, json=data)


def with_a_bad_one(items: list[Any]) -> list[Any]:
    """Return a page of jobs whose third one is not what the documentation says."""
    return [*items[:2], {**items[2], "outputs": "none"}, *items[3:]] if len(items) > 3 else items

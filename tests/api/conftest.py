"""Fixtures of the wire: a scripted server on loopback, and clients that talk to it."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import SecretStr

from tests.api.server import Server, serving
from xplenty_tui.api.client import Client, Limits
from xplenty_tui.api.credits import Meter

KEY = "k3y-that-nobody-may-see"
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
QUICK = Limits(connect_s=2, read_s=0.2, total_s=2, body_bytes=100_000)
"""Short enough not to hold a test up, long enough for a busy machine."""

MakeClient = Callable[..., Client]


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as made:
        yield made


@pytest.fixture
async def make_client(server: Server) -> AsyncIterator[MakeClient]:
    made: list[Client] = []

    def make(base_url: str | None = None, account: str = "acme", key: str = KEY, **kwargs: Any) -> Client:
        kwargs = {"meter": Meter(lambda: NOW, time.monotonic), "limits": QUICK, **kwargs}
        made.append(Client(base_url or server.url, account, SecretStr(key), **kwargs))
        return made[-1]

    yield make
    for client in made:
        await client.aclose()


@pytest.fixture
def client(make_client: MakeClient) -> Client:
    return make_client()

"""Calls with two addresses: the second is tried when the server knows none of the first, and only then."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from xplenty_tui.api import accounts, keys, notifications, user
from xplenty_tui.api.account_drafts import NewPublicKey, UserChange
from xplenty_tui.api.client import Client
from xplenty_tui.api.credits import Meter
from xplenty_tui.api.errors import ApiError, NotFound, ServerError

ME = {"id": 1, "name": "Dana", "api_key": "n3w"}
KEY = {"id": 4, "name": "laptop"}
CHANGE = UserChange(current_password=SecretStr("pw"), name="Dana")
CALLS: dict[str, tuple[Callable[[Client], Awaitable[Any]], str, str, Any]] = {
    "user": (lambda client: user.update(client, CHANGE), "PUT /user", "PUT /acme/api/user", ME),
    "rotate": (user.rotate, "POST /user/regenerate-tokens", "POST /acme/api/user/tokens", ME),
    "key": (
        lambda client: keys.add(client, NewPublicKey(public_key="ssh-rsa AAAA a@b")),
        "POST /user/keys",
        "POST /acme/api/user/keys",
        KEY,
    ),
    "mark": (
        notifications.mark_all,
        "POST /user/notifications/mark",
        "POST /acme/api/notifications/mark",
        None,
    ),
    "notifications": (
        accounts.notifications,
        "GET /user/notifications",
        "GET /acme/api/notifications",
        [{"id": 1, "body": "x", "read": False}],
    ),
}


class Server(httpx.AsyncBaseTransport):
    """Answers each address with what a test says."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answers: dict[str, tuple[int, Any]] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        name = f"{request.method} {request.url.path}"
        self.asked.append(name)
        status, data = self.answers.get(name, (404, {"message": "Not found."}))
        return httpx.Response(status, content=b"" if data is None else json.dumps(data).encode())


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
async def client(server: Server) -> AsyncIterator[Client]:
    meter = Meter(lambda: datetime(2026, 3, 1, tzinfo=UTC), lambda: 0.0)
    made = Client("https://api.example", "acme", SecretStr("k"), meter=meter, transport=server)
    yield made
    await made.aclose()


by_call = pytest.mark.parametrize(("call", "first", "other", "data"), CALLS.values(), ids=CALLS.keys())


@by_call
async def test_the_first_address_is_enough(
    call: Any, first: str, other: str, data: Any, client: Client, server: Server
) -> None:
    server.answers = {first: (200, data), other: (200, data)}
    await call(client)
    assert server.asked == [first]


@by_call
async def test_the_other_is_tried_where_the_first_is_not_known(
    call: Any, first: str, other: str, data: Any, client: Client, server: Server
) -> None:
    server.answers = {other: (200, data)}
    await call(client)
    assert server.asked == [first, other]


@by_call
async def test_what_neither_knows_is_told_as_the_first_refusal(
    call: Any, first: str, other: str, data: Any, client: Client, server: Server
) -> None:
    with pytest.raises(NotFound) as caught:
        await call(client)
    assert caught.value.path == first.split(" ")[1] and server.asked == [first, other]


@by_call
@pytest.mark.parametrize(("status", "error"), [(500, ServerError), (422, ApiError), (401, ApiError)])
async def test_any_other_trouble_tries_nothing_else(
    status: int, error: type[ApiError], call: Any, first: str, other: str, data: Any, *, client: Client, server: Server
) -> None:
    server.answers = {first: (status, {"message": "no"}), other: (200, data)}
    with pytest.raises(error):
        await call(client)
    assert server.asked == [first]


async def test_no_answer_brings_the_key_into_an_item(client: Client, server: Server) -> None:
    server.answers = {"PUT /user": (200, ME), "POST /user/regenerate-tokens": (200, ME)}
    changed = await user.update(client, CHANGE)
    told, key = await user.rotate(client)
    assert key.get_secret_value() == "n3w"
    assert changed.api_key is None and told.api_key is None and "n3w" not in repr((changed, told, key))

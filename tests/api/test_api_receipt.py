"""The bill of a deed: its own calls, whatever else is fetched meanwhile, and the server's name of its write."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import httpx
import pytest
from pydantic import SecretStr

from xplenty_tui.api.client import Client
from xplenty_tui.api.credits import Meter
from xplenty_tui.api.errors import ApiError
from xplenty_tui.api.receipt import receipt


class Named(httpx.AsyncBaseTransport):
    """Names each answer by its number; refuses what is to be deleted."""

    def __init__(self) -> None:
        self.count = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.count += 1
        status = 403 if request.method == "DELETE" else 200
        return httpx.Response(status, json={}, headers={"X-Request-Id": f"r-{self.count}"})


@pytest.fixture
def client() -> Client:
    meter = Meter(lambda: datetime(2026, 3, 2, 9, 30, tzinfo=UTC), lambda: 0.0)
    return Client("https://api.example.com", "acme", SecretStr("k"), meter=meter, transport=Named())


async def test_it_counts_its_own_calls_and_names_the_write(client: Client) -> None:
    async def another() -> None:
        await client.get("/clusters")

    background = asyncio.create_task(another())
    with receipt() as bill:
        await client.send("POST", "/jobs", {})
        await client.get("/jobs/1")
        await background
    await client.get("/jobs/2")
    assert bill.credits == 2 and bill.request_id.startswith("r-")
    written = bill.request_id
    with receipt() as other, pytest.raises(ApiError):
        await client.send("DELETE", "/jobs/1")
    assert other.credits == 1 and other.request_id not in ("", written), "a refusal has its name, too"


async def test_without_a_receipt_nothing_is_noted_and_a_read_alone_has_no_name(client: Client) -> None:
    with receipt() as bill:
        await client.get("/jobs/1", counted=False)
    assert (bill.credits, bill.request_id) == (0, "")

"""The one door: what it sends, what it takes, and what it says when it gets neither."""

from __future__ import annotations

import asyncio
import base64
import logging
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import httpx
import pytest
from pydantic import SecretStr

from tests.api.conftest import KEY, NOW, MakeClient
from tests.api.server import Server, response
from xplenty_tui import __version__
from xplenty_tui.api.client import Client, Limits
from xplenty_tui.api.credits import Meter
from xplenty_tui.api.errors import Misconfigured, Unreachable


async def test_the_request_is_as_the_documentation_wants_it(server: Server, client: Client) -> None:
    server.plays(response([]))
    await client.get("/jobs", {"status": "failed", "limit": 100, "all": True, "sort": None})
    (request,) = server.requests
    assert request.line == "GET /acme/api/jobs?status=failed&limit=100&all=true HTTP/1.1"
    assert base64.b64decode(request.headers["authorization"].removeprefix("Basic ")).decode() == f"{KEY}:"
    assert request.headers["accept"] == "application/vnd.xplenty+json; version=2"
    assert request.headers["accept-encoding"] == "identity"
    assert request.headers["user-agent"] == f"xplenty-tui/{__version__}"
    assert "cookie" not in request.headers


async def test_paths_outside_of_an_account_have_no_prefix(server: Server, client: Client) -> None:
    server.plays(response({}))
    await client.get("/user", account=False)
    assert server.requests[0].line == "GET /user HTTP/1.1"


async def test_a_base_address_may_have_a_path(server: Server, make_client: MakeClient) -> None:
    server.plays(response({}))
    await make_client(server.url + "/gateway/").get("/jobs")
    assert server.requests[0].path == "/gateway/acme/api/jobs"


async def test_an_account_stays_one_part_of_the_path(server: Server, make_client: MakeClient) -> None:
    server.plays(response({}))
    await make_client(account="a/../b?c#d é").get("/jobs")
    assert server.requests[0].path == "/a%2F..%2Fb%3Fc%23d%20%C3%A9/api/jobs"


@pytest.mark.parametrize("account", ["", ".", ".."])
async def test_without_an_account_nothing_is_sent(server: Server, make_client: MakeClient, account: str) -> None:
    server.plays(response({}))
    client = make_client(account=account)
    with pytest.raises(Misconfigured, match="No account"):
        await client.get("/jobs")
    await client.get("/accounts", account=False)
    assert [request.path for request in server.requests] == ["/accounts"]


async def test_times_are_written_in_utc_to_the_second(server: Server, client: Client) -> None:
    server.plays(response([]))
    since = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=timezone(timedelta(hours=3)))
    await client.get("/jobs", {"since": since})
    assert server.requests[0].query == {"since": "2026-01-02T00:04:05Z"}
    with pytest.raises(ValueError, match="zone"):
        await client.get("/jobs", {"since": datetime(2026, 1, 2)})  # noqa: DTZ001 - what is refused


async def test_one_connection_serves_many_calls(server: Server, client: Client) -> None:
    server.plays(response([]))
    for _ in range(3):
        await client.get("/jobs")
    assert (len(server.requests), server.connections) == (3, 1)


async def test_never_more_than_four_connections(server: Server, client: Client) -> None:
    server.plays(response([]))
    await asyncio.gather(*(client.get(f"/jobs/{number}") for number in range(20)))
    assert len(server.requests) == 20
    assert server.connections <= 4


async def test_cookies_are_not_kept(server: Server, client: Client) -> None:
    server.plays(response([], headers={"Set-Cookie": "session=1; Path=/"}))
    await client.get("/jobs")
    await client.get("/jobs")
    assert "cookie" not in server.requests[1].headers


async def test_the_meter_is_fed_by_good_and_bad_answers(server: Server, client: Client) -> None:
    told = {"X-RateLimit-Limit": "5000", "X-RateLimit-Remaining": "4999"}
    server.plays(response([], headers=told), response({}, 500, {**told, "X-RateLimit-Remaining": "4998"}))
    await client.get("/jobs")
    assert (client.meter.limit, client.meter.remaining, client.meter.burn()) == (5000, 4999, 1)
    with pytest.raises(Exception, match="500"):
        await client.get("/jobs")
    assert (client.meter.remaining, client.meter.burn()) == (4998, 2)


@pytest.mark.parametrize("told", ["", "-1", "many", "1e3", "１２", "9" * 400])
async def test_figures_that_are_none_leave_the_meter_alone(server: Server, client: Client, told: str) -> None:
    raw = response([]).replace(b"\r\n\r\n", b"\r\nX-RateLimit-Remaining: " + told.encode() + b"\r\n\r\n", 1)
    server.plays(raw)
    await client.get("/jobs")
    assert client.meter.remaining is None


async def test_a_call_that_costs_nothing_is_not_counted(server: Server, client: Client) -> None:
    server.plays(response([]))
    await client.get("/rate_limit_status", counted=False)
    assert client.meter.burn() == 0


@pytest.mark.parametrize(("off", "skew"), [(3600, 3600), (-90, -90), (4, 0), (-4, 0)])
async def test_the_skew_of_the_clocks_is_known(server: Server, client: Client, off: int, skew: int) -> None:
    theirs = format_datetime((NOW + timedelta(seconds=off)).astimezone(UTC), usegmt=True)
    server.plays(response([], headers={"Date": theirs}))
    await client.get("/jobs")
    assert client.skew == timedelta(seconds=skew)


@pytest.mark.parametrize("date", ["", "yesterday", "Mon, 99 Foo 99999 99:99:99 GMT", "Fri, 31 Dec 9999 23:59:59 -2359"])
async def test_a_date_that_is_none_is_passed_over(server: Server, client: Client, date: str) -> None:
    server.plays(response([], headers={"Date": date}))
    await client.get("/jobs")
    assert client.skew == timedelta(0)


async def test_a_sibling_shares_key_credits_and_connection(server: Server, client: Client) -> None:
    server.plays(response([]))
    sibling = client.for_account("other")
    await client.get("/jobs")
    await sibling.get("/jobs")
    assert [request.path for request in server.requests] == ["/acme/api/jobs", "/other/api/jobs"]
    assert (client.account, sibling.account, client.meter.burn(), server.connections) == ("acme", "other", 2, 1)


async def test_a_closed_client_says_so_and_sends_nothing(server: Server, client: Client) -> None:
    server.plays(response([]))
    await client.get("/jobs")
    await client.aclose()
    with pytest.raises(Unreachable, match="closed") as caught:
        await client.for_account("other").get("/jobs")
    assert not caught.value.sent
    assert len(server.requests) == 1


async def test_closing_ends_what_is_in_flight(server: Server, make_client: MakeClient) -> None:
    client = make_client(limits=Limits(read_s=10, total_s=10))
    arrived = asyncio.Event()
    loop = asyncio.get_running_loop()

    def play(conversation) -> None:
        loop.call_soon_threadsafe(arrived.set)
        conversation.stall()

    server.plays(play)
    call = asyncio.ensure_future(client.get("/jobs"))
    await arrived.wait()
    await client.aclose()
    server.done.set()
    with pytest.raises(Unreachable, match="closed"):
        await call


async def test_a_cancelled_call_leaves_the_client_usable(server: Server, client: Client) -> None:
    arrived = asyncio.Event()
    loop = asyncio.get_running_loop()

    def play(conversation) -> None:
        loop.call_soon_threadsafe(arrived.set)
        conversation.stall()

    server.plays(play, response({"a": 1}))
    call = asyncio.ensure_future(client.get("/jobs"))
    await arrived.wait()
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert (await client.get("/jobs")).data == {"a": 1}


async def test_nothing_is_made_before_the_first_call(monkeypatch: pytest.MonkeyPatch, make_client: MakeClient) -> None:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("made too early")

    monkeypatch.setattr(httpx, "AsyncClient", fail)
    monkeypatch.setattr(httpx, "create_ssl_context", fail)
    assert make_client("https://api.example.com").host == "api.example.com"


async def test_two_first_calls_make_one_client(server: Server, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    server.plays(response([]))
    real, made = httpx.AsyncClient, []
    monkeypatch.setattr(httpx, "AsyncClient", lambda **kwargs: made.append(1) or real(**kwargs))
    await asyncio.gather(client.get("/jobs"), client.get("/clusters"))
    assert made == [1]


async def test_a_transport_can_be_handed_in() -> None:
    seen: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"ok": True})

    client = Client(
        "https://api.example.com",
        "acme",
        SecretStr(KEY),
        meter=Meter(lambda: NOW, lambda: 0.0),
        transport=httpx.MockTransport(handle),
    )
    assert (await client.get("/jobs")).data == {"ok": True}
    assert str(seen[0].url) == "https://api.example.com/acme/api/jobs"
    await client.aclose()


async def test_queries_are_not_logged(server: Server, client: Client, caplog: pytest.LogCaptureFixture) -> None:
    server.plays(response([]))
    with caplog.at_level(logging.INFO):
        await client.get("/jobs/search", {"q": "who is looking"})
    assert "looking" not in caplog.text

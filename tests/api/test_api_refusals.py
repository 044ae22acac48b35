"""A server that says no: a type for every status, in the server's own words."""

from __future__ import annotations

import gzip
import json

import pytest

from tests.api.conftest import KEY
from tests.api.failing import failing
from tests.api.server import Server, response, serving
from xplenty_tui.api import errors
from xplenty_tui.api.client import Client
from xplenty_tui.api.errors import (
    ApiError,
    NotFound,
    UnexpectedStatus,
    Unprocessable,
)

STATUSES = {
    400: errors.BadRequest,
    401: errors.Unauthorized,
    402: errors.PaymentRequired,
    403: errors.Forbidden,
    404: errors.NotFound,
    406: errors.NotAcceptable,
    415: errors.UnsupportedMedia,
    422: errors.Unprocessable,
    429: errors.RateLimited,
    500: errors.ServerError,
    502: errors.BadGateway,
    503: errors.Unavailable,
    504: errors.ServerError,
    304: errors.UnexpectedStatus,
    405: errors.UnexpectedStatus,
    418: errors.UnexpectedStatus,
    599: errors.ServerError,
}


@pytest.mark.parametrize(("status", "kind"), STATUSES.items())
async def test_every_status_has_its_type_and_keeps_the_servers_words(
    server: Server, client: Client, status: int, kind: type[ApiError]
) -> None:
    server.plays(response({"message": "Because of this."} if status != 304 else b"", status))
    problem = await failing(client, "/jobs/7")
    assert type(problem) is kind
    assert (problem.status, problem.path, problem.method, problem.sent) == (status, "/acme/api/jobs/7", "GET", True)
    if status != 304:
        assert problem.server_text == "Because of this."
        assert problem.sentence.endswith(": Because of this.")


def test_the_tree_is_drawn_as_it_is() -> None:
    drawn = {line.split("── ")[1].split()[0] for line in (errors.__doc__ or "").splitlines() if "── " in line}
    kinds = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, ApiError)}
    assert drawn == kinds - {"ApiError"}


async def test_a_failed_connection_test_uses_another_word(server: Server, client: Client) -> None:
    server.plays(response({"error_message": "No route"}, 400))
    assert (await failing(client)).server_text == "No route"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"message": "Validation failed", "errors": ["x"]}, "Validation failed"),
        ({"errors": ["nodes is too small", {"message": "name is taken"}]}, "nodes is too small; name is taken"),
        ({"errors": {"nodes": ["is too small", "is odd"]}}, "nodes is too small; is odd"),
        ({"nodes": ["is too small"]}, "nodes is too small"),
        ({"error": "bad"}, "bad"),
        ("bad", "bad"),
        ([], ""),
        (5, ""),
        ({"message": None}, ""),
        ({"message": "two\nlines \x1b[31mred\u202e"}, "two lines red"),
    ],
)
async def test_a_validation_error_keeps_its_text_and_body(server: Server, client: Client, body, said: str) -> None:
    server.plays(response(body, 422))
    problem = await failing(client)
    assert isinstance(problem, Unprocessable)
    assert problem.server_text == said
    assert problem.body.startswith(json.dumps(body)[:5])


async def test_a_long_message_is_cut(server: Server, client: Client) -> None:
    server.plays(response({"message": "x" * 60_000}, 422))
    problem = await failing(client)
    assert len(problem.server_text) == 500 and problem.server_text.endswith("…")
    assert len(problem.body) == 4000


@pytest.mark.parametrize("encoding", [None, "gzip", "br"])
async def test_a_gateways_web_page_is_not_shown(server: Server, client: Client, encoding: str | None) -> None:
    page = b"<html><body><h1>502 Bad Gateway</h1><script>steal()</script></body></html>"
    page = gzip.compress(page) if encoding else page
    server.plays(response(page, 502, {"Content-Encoding": encoding} if encoding else {}, "text/html"))
    problem = await failing(client)
    assert isinstance(problem, errors.BadGateway)
    assert (problem.server_text, problem.body) == ("", "")
    assert "<" not in problem.sentence


async def test_a_missing_item_and_a_missing_path_read_differently(server: Server, client: Client) -> None:
    server.plays(response({"message": "Item not found."}, 404))
    assert (await failing(client, "/jobs/7/log")).sentence.endswith("does not have that: Item not found.")
    problem = await failing(client, "/jobs")
    assert isinstance(problem, NotFound)
    assert "Check the account's id" in problem.sentence and "Accept" in problem.sentence


async def test_a_key_that_the_server_repeats_is_taken_out(server: Server, client: Client) -> None:
    server.plays(response({"message": f"Key {KEY} is not valid"}, 401))
    problem = await failing(client)
    assert problem.server_text == "Key ••• is not valid"


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("30", 30),
        ("0.5", 0.5),
        ("-5", 0),
        ("Sun, 01 Mar 2026 12:01:00 GMT", 60),
        ("Sun, 01 Mar 2026 11:00:00 GMT", 0),
        ("soon", None),
        ("nan", None),
        ("inf", None),
        ("", None),
    ],
)
async def test_how_long_to_wait(server: Server, client: Client, told: str, seconds: float | None) -> None:
    server.plays(response({"message": "Rate Limit Exceeded"}, 429, {"Retry-After": told}))
    problem = await failing(client)
    assert isinstance(problem, errors.RateLimited)
    assert problem.retry_after == seconds


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_not_followed(server: Server, client: Client, status: int) -> None:
    with serving() as thief:
        thief.plays(response({}))
        place = {"Location": f"{thief.url}/acme/api/jobs?key=1"}
        server.plays(response(b"", status, place))
        problem = await failing(client)
        assert isinstance(problem, UnexpectedStatus)
        assert "127.0.0.1" in problem.sentence and "key=1" not in problem.sentence
        assert thief.requests == []
    assert len(server.requests) == 1


@pytest.mark.parametrize("place", ["", "http://[broken", "/elsewhere", "http://\x1b[31mred\x1b[0m/"])
async def test_a_redirect_to_nowhere(server: Server, client: Client, place: str) -> None:
    server.plays(response(b"", 302, {"Location": place}))
    assert "\x1b" not in (await failing(client)).sentence

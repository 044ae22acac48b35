"""A server that repeats the key, and libraries that log all they do: the key is in no answer, error or log."""

from __future__ import annotations

import gzip
import json
import logging

import pytest

from tests.api.conftest import KEY
from tests.api.failing import BASIC, failing
from tests.api.server import Server, response
from xplenty_tui.api.body import BODY_TEXT, SERVER_TEXT
from xplenty_tui.api.client import Client

BOTH = f"{KEY} and {BASIC}"


@pytest.mark.parametrize("before", [0, SERVER_TEXT - len(KEY) // 2, BODY_TEXT - len(KEY) // 2])
@pytest.mark.parametrize("packed", [False, True])
async def test_a_refusal_that_repeats_the_key(server: Server, client: Client, before: int, packed: bool) -> None:
    body = json.dumps({"message": "." * before + BOTH}).encode()
    headers = {"Content-Encoding": "gzip"} if packed else {}
    server.plays(response(gzip.compress(body) if packed else body, 422, headers))
    problem = await failing(client)
    told = problem.sentence + problem.server_text + problem.body
    assert KEY[: len(KEY) // 2 - 1] not in told and BASIC[: len(BASIC) // 2 - 1] not in told


@pytest.mark.parametrize("packed", [False, True])
async def test_an_answer_that_repeats_the_key(server: Server, client: Client, packed: bool) -> None:
    body = json.dumps({"errors": f"curl -u {KEY}: failed ({BASIC})", "n": 1}).encode()
    headers = {"X-Request-Id": BOTH, **({"Content-Encoding": "gzip"} if packed else {})}
    server.plays(response(gzip.compress(body) if packed else body, 200, headers))
    answer = await client.get("/jobs/1")
    assert answer.data == {"errors": "curl -u •••: failed (•••)", "n": 1}
    assert KEY not in str(answer.headers) and BASIC not in str(answer.headers)


async def test_a_new_key_arrives_whole(server: Server, client: Client) -> None:
    server.plays(response({"api_key": KEY}))
    assert (await client.send("POST", "/user/regenerate-tokens", account=False)).data == {"api_key": KEY}


async def test_no_library_logs_the_key(server: Server, client: Client, caplog: pytest.LogCaptureFixture) -> None:
    server.plays(response({"a": 1}), response(b"", 401), response({}))
    with caplog.at_level(logging.DEBUG):
        await client.get("/jobs", {"q": "x"})
        await failing(client)
        await client.send("POST", "/jobs", {"job": {"variables": {"password": "hunter2"}}})
    assert len(server.requests) == 3 and all(BASIC in request.headers["authorization"] for request in server.requests)
    said = caplog.text + str([vars(record) for record in caplog.records])
    assert KEY not in said and BASIC not in said and "hunter2" not in said

"""What becomes of a body: parsed, cleaned, inflated, or told in words that it cannot be."""

from __future__ import annotations

import gzip
import json
import threading
import zlib

import httpx
import pytest

from tests.api.conftest import KEY
from tests.api.server import Server, response
from xplenty_tui.api import body
from xplenty_tui.api.client import Client
from xplenty_tui.api.errors import UndecodableAnswer


async def test_the_answer_is_parsed_and_cleaned(server: Server, client: Client) -> None:
    server.plays(response(b'{"a\\u202e": "x\\u001b[31my", "b": [1.5, null, "\\ud800"]}'))
    answer = await client.get("/jobs")
    assert (answer.status, answer.path, answer.method) == (200, "/acme/api/jobs", "GET")
    assert answer.data == {"a": "xy", "b": [1.5, None, "\ufffd"]}


async def test_an_empty_answer_is_none(server: Server, client: Client) -> None:
    server.plays(b"HTTP/1.1 204 No Content\r\n\r\n")
    assert (await client.get("/jobs")).data is None


async def test_a_big_body_is_parsed_as_well(server: Server, client: Client) -> None:
    items = [{"id": number, "name": "x" * 50} for number in range(1200)]
    server.plays(response(items))
    assert (await client.get("/jobs")).data == items


async def test_what_takes_long_is_done_beside_the_event_loop(
    server: Server, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    where: dict[str, bool] = {}
    real_client, real_read = httpx.AsyncClient, body.read

    def noted(name: str) -> None:
        where[name] = threading.current_thread() is threading.main_thread()

    monkeypatch.setattr(httpx, "AsyncClient", lambda **kwargs: noted("making") or real_client(**kwargs))
    monkeypatch.setattr(body, "read", lambda *given: noted(f"reading {len(given[0]) // 60_000}") or real_read(*given))
    server.plays(response([]), response(["x" * 70_000]))
    await client.get("/jobs")
    await client.get("/jobs")
    assert where == {"making": False, "reading 0": True, "reading 1": False}


async def test_raw_control_characters_in_a_text_are_tolerated(server: Server, client: Client) -> None:
    server.plays(response(b'{"log": "one\ntwo\x1b[31m\x00"}'))
    assert (await client.get("/jobs")).data == {"log": "one\ntwo"}


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
async def test_compression_that_was_not_asked_for_is_undone(server: Server, client: Client, encoding, pack) -> None:
    server.plays(response(pack(b'{"a": 1}'), headers={"Content-Encoding": encoding}))
    assert (await client.get("/jobs")).data == {"a": 1}


@pytest.mark.parametrize(
    "content",
    [b"{", b'{"id": 1', b"nul", b"\xff\xfe", b"[" * 100_000, b'{"a":' * 500 + b"1" + b"}" * 500, b"1" * 5000, b"{} {}"],
)
async def test_what_is_not_json_is_told_in_words(server: Server, client: Client, content: bytes) -> None:
    server.plays(response(content))
    with pytest.raises(UndecodableAnswer, match="cannot be read") as caught:
        await client.get("/jobs")
    assert caught.value.status == 200
    assert "{" not in caught.value.sentence


async def test_a_web_page_is_told_from_json(server: Server, client: Client) -> None:
    server.plays(response(b"\n <!DOCTYPE html><h1>Please log in</h1>", content_type="text/html"))
    with pytest.raises(UndecodableAnswer, match="web page") as caught:
        await client.get("/jobs")
    assert "log in" not in str(caught.value.__dict__)


async def test_json_counts_whatever_its_type_is_called(server: Server, client: Client) -> None:
    server.plays(response(b'\xef\xbb\xbf{"a": NaN}', content_type="text/plain"))
    assert (await client.get("/jobs")).data == {"a": None}


async def test_the_body_of_an_answer_is_not_in_its_repr(server: Server, client: Client) -> None:
    server.plays(response({"api_key": KEY}))
    answer = await client.get("/user", account=False)
    assert KEY not in repr(answer)
    assert json.dumps(answer.data)

"""A server that misbehaves and a network that breaks: always a typed error and a sentence."""

from __future__ import annotations

import gzip
import socket
import tracemalloc

import pytest

from tests.api.conftest import MakeClient
from tests.api.failing import failing
from tests.api.server import Conversation, Server, response
from xplenty_tui.api import errors
from xplenty_tui.api.client import Client, Limits
from xplenty_tui.api.errors import (
    AnswerTooLarge,
    TimedOut,
    UndecodableAnswer,
    Unreachable,
)


async def test_a_refused_connection(make_client: MakeClient) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        client = make_client(f"http://127.0.0.1:{holder.getsockname()[1]}")
        problem = await failing(client)
    assert isinstance(problem, Unreachable)
    assert "refuses connections" in problem.sentence
    assert (problem.sent, client.meter.burn()) == (False, 0)


async def test_a_name_that_does_not_exist(make_client: MakeClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    problem = await failing(make_client("https://no-such-host.invalid"))
    assert problem.sentence == "The name no-such-host.invalid could not be looked up."


async def test_a_reset_before_the_headers(server: Server, client: Client) -> None:
    server.plays(Conversation.reset)
    problem = await failing(client)
    assert isinstance(problem, Unreachable)
    assert "broke" in problem.sentence
    assert (problem.sent, client.meter.burn(), len(server.requests)) == (True, 1, 1)


async def test_a_hang_up_without_an_answer(server: Server, client: Client) -> None:
    server.plays(Conversation.hang_up)
    assert isinstance(await failing(client), Unreachable)
    assert len(server.requests) == 1


@pytest.mark.parametrize("end", [Conversation.reset, Conversation.hang_up])
async def test_a_body_that_breaks_off(server: Server, client: Client, end) -> None:
    def play(conversation: Conversation) -> None:
        conversation.send(response(b'[{"id": 1}', headers={"Content-Length": "500"}))
        end(conversation)

    server.plays(play)
    problem = await failing(client)
    assert isinstance(problem, Unreachable)
    assert "complete" in problem.sentence


async def test_json_that_breaks_off_without_a_length(server: Server, client: Client) -> None:
    def play(conversation: Conversation) -> None:
        conversation.send(b'HTTP/1.0 200 OK\r\n\r\n[{"id": 1')
        conversation.hang_up()

    server.plays(play)
    assert isinstance(await failing(client), UndecodableAnswer)


async def test_no_http_at_all(server: Server, client: Client) -> None:
    def play(conversation: Conversation) -> None:
        conversation.send(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")
        conversation.hang_up()

    server.plays(play)
    assert isinstance(await failing(client), Unreachable)


async def test_headers_without_end(server: Server, client: Client) -> None:
    def play(conversation: Conversation) -> None:
        conversation.send(b"HTTP/1.1 200 OK\r\n" + b"X-Y: z\r\n" * 20_000)
        conversation.hang_up()

    server.plays(play)
    assert isinstance(await failing(client), Unreachable)


async def test_headers_that_do_not_come(server: Server, client: Client) -> None:
    server.plays(Conversation.stall)
    problem = await failing(client)
    assert isinstance(problem, TimedOut)
    assert "within 0.2 s" in problem.sentence
    assert (problem.sent, client.meter.burn()) == (True, 1)


async def test_a_body_that_stalls(server: Server, client: Client) -> None:
    def play(conversation: Conversation) -> None:
        conversation.send(response(b"[", headers={"Content-Length": "500"}))
        conversation.stall()

    server.plays(play)
    assert isinstance(await failing(client), TimedOut)


async def test_a_body_that_drips(server: Server, make_client: MakeClient) -> None:
    def play(conversation: Conversation) -> None:
        conversation.send(response(b"[", headers={"Content-Length": "500000"}))
        for _ in range(500):
            if conversation.server.done.wait(0.01):
                break
            conversation.send(b" ")
        conversation.hang_up()

    server.plays(play)
    problem = await failing(make_client(limits=Limits(read_s=2, total_s=0.2)))
    assert isinstance(problem, TimedOut)
    assert "within 0.2 s" in problem.sentence


async def test_a_connection_that_does_not_come_to_stand(make_client: MakeClient, server: Server) -> None:
    client = make_client(f"https://127.0.0.1:{server.port}", limits=Limits(connect_s=0.2))  # it never speaks TLS
    server.plays(Conversation.stall)
    problem = await failing(client)
    assert isinstance(problem, TimedOut)
    assert "No connection" in problem.sentence
    assert (problem.sent, client.meter.burn()) == (False, 0)


@pytest.mark.parametrize("status", [200, 500])
@pytest.mark.parametrize("told", [True, False])
async def test_a_body_over_the_limit(server: Server, client: Client, status: int, told: bool) -> None:
    def play(conversation: Conversation) -> None:
        conversation.send(response(b"", status, {"X-RateLimit-Remaining": "7", "Content-Length": "1000000"}))
        conversation.send(b"[" * 200_000)
        conversation.hang_up()

    def chunked(conversation: Conversation) -> None:
        head = f"HTTP/1.1 {status} x\r\nX-RateLimit-Remaining: 7\r\nTransfer-Encoding: chunked\r\n\r\n"
        conversation.send(head.encode())
        for _ in range(200):
            conversation.send(b"1000\r\n" + b"[" * 4096 + b"\r\n")
        conversation.hang_up()

    server.plays(play if told else chunked)
    problem = await failing(client)
    assert isinstance(problem, AnswerTooLarge if status == 200 else errors.ServerError)
    assert client.meter.remaining == 7


async def test_a_bomb_is_not_inflated(server: Server, client: Client) -> None:
    bomb = gzip.compress(b" " * 50_000_000, mtime=0)
    assert len(bomb) < 100_000
    server.plays(response(bomb, headers={"Content-Encoding": "gzip"}))
    await failing(client)  # whatever is made once is made now
    tracemalloc.start()
    try:
        assert isinstance(await failing(client), AnswerTooLarge)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (gzip.compress(b"[]", mtime=0)[:-4], "gzip"),
        (b"junk", "gzip"),
        (gzip.compress(b'{"a": 1}' * 50, mtime=0)[:-12], "gzip"),
        (b"{}", "br"),
        (b"{}", "zstd, gzip"),
    ],
)
async def test_compression_that_cannot_be_undone(server: Server, client: Client, body: bytes, encoding: str) -> None:
    server.plays(response(body, headers={"Content-Encoding": encoding}))
    assert isinstance(await failing(client), UndecodableAnswer)

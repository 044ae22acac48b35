"""A write is sent once, whatever happens to it: one request arrives, and ``sent`` tells what may have been done."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable

import httpx
import pytest

from tests.api.conftest import MakeClient
from tests.api.failing import failing
from tests.api.server import Conversation, Server, arrived, response
from xplenty_tui.api import jobs, packages
from xplenty_tui.api.client import Client, Limits
from xplenty_tui.api.door import Call
from xplenty_tui.api.errors import (
    AnswerTooLarge,
    ApiError,
    BadGateway,
    ServerError,
    TimedOut,
    Unavailable,
    UndecodableAnswer,
    UnexpectedStatus,
    Unreachable,
)

SECRET = "what-a-variable-holds"


def half(end: Callable[[Conversation], None]) -> Callable[[Conversation], None]:
    """A play that breaks within the answer."""

    def play(conversation: Conversation) -> None:
        conversation.send(response(b'{"id": 5', headers={"Content-Length": "500"}))
        end(conversation)

    return play


def late_headers(conversation: Conversation) -> None:
    conversation.send(b"HTTP/1.1 201 Created\r\nX-Half: ")
    conversation.stall()


FAULTS = {
    "a reset before the headers": (Conversation.reset, Unreachable),
    "a hang-up before the headers": (Conversation.hang_up, Unreachable),
    "no headers in time": (Conversation.stall, TimedOut),
    "half of the headers in time": (late_headers, TimedOut),
    "a reset after the headers": (half(Conversation.reset), Unreachable),
    "a hang-up after the headers": (half(Conversation.hang_up), Unreachable),
    "half of the body in time": (half(Conversation.stall), TimedOut),
    "500": (response({"message": "oh"}, 500), ServerError),
    "502": (response(b"<html>", 502, content_type="text/html"), BadGateway),
    "503": (response(b"", 503, headers={"Retry-After": "1"}), Unavailable),
    "a redirect": (response(b"", 307, headers={"Location": "/acme/api/elsewhere"}), UnexpectedStatus),
    "a redirect to here": (response(b"", 301, headers={"Location": "/acme/api/jobs"}), UnexpectedStatus),
    "a challenge": (response(b"", 401, headers={"WWW-Authenticate": 'Digest realm="x", nonce="y"'}), ApiError),
    "no JSON": (response(b"done", 201), UndecodableAnswer),
    "too much": (response(b" " * 200_000, 201), AnswerTooLarge),
    "no HTTP": (b"SSH-2.0-OpenSSH_9.2\r\n\r\n", Unreachable),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("kept_open", [False, True])
async def test_one_request_arrives(server: Server, client: Client, fault: str, kept_open: bool) -> None:
    play, kind = FAULTS[fault]
    before = 0
    if kept_open:  # the write goes over a connection that served a read before
        server.plays(response({"id": 5}))
        await jobs.get(client, 5)
        before = 1
    server.plays(play, response({"id": 6}))
    with pytest.raises(kind) as caught:
        await jobs.run(client, cluster_id=1, package_id=2, variables={"word": SECRET})
    assert caught.value.sent
    assert (caught.value.method, caught.value.path) == ("POST", "/acme/api/jobs")
    assert [request.method for request in server.requests[before:]] == ["POST"]
    assert client.meter.burn() == before + 1


@pytest.mark.parametrize("fault", [name for name, (_, kind) in FAULTS.items() if kind is not ApiError])
async def test_no_value_is_told(server: Server, client: Client, fault: str) -> None:
    server.plays(FAULTS[fault][0])
    body = {"variables": {"word": SECRET}}
    problem = await failing(client, call=lambda: client.send("POST", "/jobs", body))
    assert SECRET not in repr(problem) + repr(vars(problem))


async def test_a_connection_closed_meanwhile_is_not_written_to_twice(server: Server, client: Client) -> None:
    def goodbye(conversation: Conversation) -> None:
        conversation.send(response({"id": 5}))
        conversation.hang_up()

    server.plays(goodbye, response({"id": 6}))
    await jobs.get(client, 5)
    try:
        await jobs.stop(client, 6)
    except Unreachable as problem:
        assert problem.sent, "the close was not seen in time, so it may have arrived"
    assert [request.method for request in server.requests].count("DELETE") <= 1


async def test_a_refused_connection_sent_nothing(make_client: MakeClient) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        client = make_client(f"http://127.0.0.1:{holder.getsockname()[1]}")
        with pytest.raises(Unreachable) as caught:
            await jobs.stop(client, 5)
    assert (caught.value.sent, client.meter.burn(), client.meter.flying) == (False, 0, 0)


async def test_a_write_that_waits_for_a_connection_too_long_was_not_sent(
    server: Server, make_client: MakeClient
) -> None:
    server.plays(Conversation.stall)
    client = make_client(limits=Limits(connect_s=2, read_s=5, total_s=5))
    reads = [asyncio.create_task(client.get(f"/jobs/{number}")) for number in range(4)]
    await arrived(server, 4)
    with pytest.raises(TimedOut) as caught:
        await client.send("DELETE", "/jobs/5", wait_s=0.1)
    assert not caught.value.sent
    assert "No connection" in caught.value.sentence
    assert {request.method for request in server.requests} == {"GET"}
    for read in reads:
        read.cancel()
    await asyncio.wait(reads)
    assert client.meter.burn() == 4


async def test_words_that_went_over_the_connection_are_sent_and_its_making_is_not() -> None:
    call = Call("DELETE", "/acme/api/jobs/5")
    for step in ("connect_tcp.started", "connect_tcp.complete", "start_tls.started", "start_tls.failed"):
        await call.trace(f"connection.{step}", {})
        assert not call.sent
    await call.trace("http11.send_request_headers.started", {})
    assert call.sent


async def test_a_cancelled_write_is_not_repeated(server: Server, client: Client) -> None:
    server.plays(Conversation.stall)
    write = asyncio.create_task(jobs.run(client, cluster_id=1, package_id=2))
    await arrived(server)
    write.cancel()
    await asyncio.wait([write])
    assert (len(server.requests), client.meter.burn(), client.meter.flying) == (1, 1, 0)


async def test_a_call_may_be_given_more_time(server: Server, make_client: MakeClient) -> None:
    gate = threading.Event()

    def slow(conversation: Conversation) -> None:
        gate.wait(10)
        conversation.send(response({"id": 1, "status": "completed"}))

    client = make_client(limits=Limits(read_s=0.05, total_s=0.05))
    server.plays(slow)
    with pytest.raises(TimedOut):
        await packages.validate(client, 5)
    patient = asyncio.create_task(packages.validate(client, 5, wait_s=10))
    with pytest.raises(TimedOut):
        await packages.validate(client, 5)
    assert not patient.done(), "it outlasts one with the usual limits"
    gate.set()
    assert (await patient).status == "completed"


async def test_a_call_may_be_given_less_time(server: Server, make_client: MakeClient) -> None:
    server.plays(Conversation.stall)
    with pytest.raises(TimedOut, match=r"within 0\.1 s"):
        await packages.validate(make_client(limits=Limits()), 5, wait_s=0.1)
    assert len(server.requests) == 1


async def test_a_transport_that_was_handed_in_tells_no_steps(make_client: MakeClient) -> None:
    def fail(request: httpx.Request) -> httpx.Response:
        kinds = {"/acme/api/jobs/1": httpx.ReadTimeout, "/acme/api/jobs/2": httpx.ConnectError}
        raise kinds[request.url.path]("no", request=request)

    client = make_client("https://demo.invalid", transport=httpx.MockTransport(fail))
    for id_, sent in ((1, True), (2, False)):
        with pytest.raises(ApiError) as caught:
            await jobs.stop(client, id_)
        assert caught.value.sent == sent
    assert client.meter.burn() == 1

"""A server on loopback that plays what a test wrote, byte for byte, well or badly."""

from __future__ import annotations

import asyncio
import json
import socket
import socketserver
import ssl
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit


@dataclass
class Request:
    """What arrived."""

    line: str
    headers: dict[str, str]
    body: bytes = b""

    @property
    def method(self) -> str:
        return self.line.split(" ")[0]

    @property
    def data(self) -> Any:
        """The JSON that came with it; None when nothing did."""
        return json.loads(self.body) if self.body else None

    @property
    def path(self) -> str:
        return urlsplit(self.line.split(" ")[1]).path

    @property
    def query(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(urlsplit(self.line.split(" ")[1]).query).items()}


Play = Callable[["Conversation"], None]


async def arrived(server: Server, count: int = 1) -> None:
    """Wait until so many requests have arrived."""
    async with asyncio.timeout(10):
        while len(server.requests) < count:
            await asyncio.sleep(0)


@dataclass
class Conversation:
    """One connection while a request is being answered."""

    socket: socket.socket
    server: Server
    request: Request
    over: bool = False

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def stall(self) -> None:
        """Say nothing until the test is over."""
        self.server.done.wait(20)
        self.over = True

    def reset(self) -> None:
        """Break the connection so that the other side sees RST."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.over = True

    def hang_up(self) -> None:
        self.over = True


def response(
    body: bytes | Any = b"",
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    content_type: str = "application/json",
) -> bytes:
    """Write a response; anything but bytes becomes JSON."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = {"Content-Type": content_type, "Content-Length": str(len(content)), **(headers or {})}
    head = f"HTTP/1.1 {status} Whatever\r\n" + "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return head.encode("latin-1") + b"\r\n" + content


@dataclass
class Server:
    """Plays ``script`` request by request, the last entry for ever."""

    script: list[bytes | Play] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    connections: int = 0
    done: threading.Event = field(default_factory=threading.Event)
    tls: ssl.SSLContext | None = None
    port: int = 0
    open: set[socket.socket] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}"

    def plays(self, *script: bytes | Play) -> Self:
        self.script = list(script)
        return self

    def answer(self, conversation: Conversation) -> None:
        step = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        if isinstance(step, bytes):
            conversation.send(step)
        else:
            step(conversation)


def _read(connection: socket.socket) -> Request | None:
    data = b""
    while b"\r\n\r\n" not in data:
        chunk = connection.recv(65536)
        if not chunk:
            return None
        data += chunk
    head, _, body = data.partition(b"\r\n\r\n")
    line, *rest = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, value in (header.split(": ", 1) for header in rest)}
    while len(body) < int(headers.get("content-length", 0)):
        chunk = connection.recv(65536)
        if not chunk:
            return None
        body += chunk
    return Request(line, headers, body)


class Listener(socketserver.ThreadingTCPServer):
    """Every connection in a thread of its own, and none outlives the test."""

    daemon_threads = False
    block_on_close = True
    allow_reuse_address = True


def _converse(server: Server, raw: socket.socket) -> None:
    """Answer the requests of one connection until either side is done."""
    server.connections += 1
    try:
        raw.settimeout(20)
        connection = server.tls.wrap_socket(raw, server_side=True) if server.tls else raw
        server.open.add(connection)
        try:
            while (request := _read(connection)) is not None:
                server.requests.append(request)
                conversation = Conversation(connection, server, request)
                server.answer(conversation)
                if conversation.over:
                    return
        finally:
            server.open.discard(connection)
            connection.close()
    except OSError:
        pass  # the client hung up, or did not like the certificate


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """Serve on a free port of loopback until the block ends."""
    server = Server(tls=tls)

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            _converse(server, self.request)

    with Listener(("127.0.0.1", 0), Handler) as listener:
        server.port = listener.server_address[1]
        thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.done.set()
            listener.shutdown()
            thread.join()
            for connection in list(server.open):  # idle ones that a client keeps for later
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

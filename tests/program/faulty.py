"""A server that loses its answers, over real HTTP: what becomes of a write is chosen before it comes."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from pydantic import SecretStr

from xplenty_tui.api.client import Client, Limits
from xplenty_tui.api.credits import Meter
from xplenty_tui.demo.start import ACCOUNT, KEY, SEED, start

BEGIN = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SHORT = Limits(connect_s=10, read_s=0.5, total_s=10)
"""For a server that answers too late; reading back has to be faster than that."""
LONG = Limits(connect_s=20, read_s=20, total_s=20)
SLOWEST_S = 20.0
"""Only a failing test waits that long."""


@dataclass
class Fault:
    """What becomes of a write."""

    acts: bool = True
    """Whether the world does it."""
    status: int = 0
    """Answered instead of the world's own; 0: nothing is answered."""
    body: bytes = b'{"message":"Something went wrong."}'
    reset: bool = False
    """The connection is broken, not closed."""
    late: bool = False
    """The answer comes when nobody waits for it any more."""
    meanwhile: bool = False
    """The world does it while it is being read back."""
    deaf: bool = False
    """The first read afterwards is not answered either."""


FAULTS = {
    "done, answered too late": Fault(late=True),
    "done, then closed": Fault(),
    "done, then reset": Fault(reset=True),
    "done, then 500": Fault(status=500),
    "done, then 502 in HTML": Fault(status=502, body=b"<html><h1>Bad Gateway</h1>"),
    "done, then 200 in HTML": Fault(status=200, body=b"<html>"),
    "not done, closed": Fault(acts=False),
    "not done, reset": Fault(acts=False, reset=True),
    "not done, 500": Fault(acts=False, status=500),
    "closed, done while reading back": Fault(meanwhile=True),
    "done, closed, and so is the first look": Fault(deaf=True),
    "not done, closed, and so is the first look": Fault(acts=False, deaf=True),
}


class Server(ThreadingHTTPServer):
    """Stands before the demo: reads go through, writes meet their fault."""

    daemon_threads = True

    def __init__(self, api: Any) -> None:
        super().__init__(("127.0.0.1", 0), Door)
        self.api, self.fault = api, Fault()
        self.writes: list[str] = []
        self.deaf = False
        self.waiting: list[Callable[[], object]] = []
        """What the world does after the next read."""
        self.lock, self.over = threading.Lock(), threading.Event()

    @property
    def account(self) -> Any:
        return self.api.world.accounts[ACCOUNT]


class Door(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Server

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def _world(self, body: bytes) -> Any:
        url = urlsplit(self.path)
        query = dict(parse_qsl(url.query, keep_blank_values=True))
        return self.server.api.handle(self.command, unquote(url.path), query, dict(self.headers), body)

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        with self.server.lock:
            reply = self._world(b"")
            for late in self.server.waiting:
                late()
            self.server.waiting.clear()
            deaf, self.server.deaf = self.server.deaf, False
        if deaf:
            self.close_connection = True
            return
        self._answer(reply.status, reply.body, reply.headers)

    def _write(self) -> None:
        body, fault = self.rfile.read(int(self.headers.get("Content-Length", "0"))), self.server.fault
        self.close_connection = True
        with self.server.lock:
            self.server.deaf = fault.deaf
            self.server.writes.append(f"{self.command} {self.path.partition('/api')[2]}")
            if fault.meanwhile:
                self.server.waiting.append(lambda: self._world(body))
            elif fault.acts:
                reply = self._world(body)
        if fault.late:
            self.server.over.wait(SLOWEST_S)
            with contextlib.suppress(OSError):  # nobody listens any more
                self._answer(reply.status, reply.body, reply.headers)
        elif fault.status:
            self._answer(fault.status, fault.body, {"Content-Type": "application/json", "Connection": "close"})
        elif fault.reset:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    do_POST = do_PUT = do_DELETE = _write


@contextmanager
def before(api: Any) -> Iterator[Server]:
    with Server(api) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()
            thread.join()


@asynccontextmanager
async def meeting(fault: Fault) -> AsyncIterator[tuple[Server, Client]]:
    """Set up the world behind a server whose writes meet ``fault``, and a client of it that is short of patience."""
    api, clock = start(SEED, 150, 0, lambda: 0.0, BEGIN)
    with before(api) as server:
        server.fault = fault
        client = Client(
            f"http://127.0.0.1:{server.server_address[1]}",
            ACCOUNT,
            SecretStr(KEY),
            meter=Meter(clock, time.monotonic),
            limits=SHORT if fault.late else LONG,
        )
        try:
            yield server, client
        finally:
            await client.aclose()

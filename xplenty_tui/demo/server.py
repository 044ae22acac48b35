"""The demo over HTTP, on the loopback address only."""

from __future__ import annotations

import contextlib
import socket
import struct
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from xplenty_tui.demo.faults import Answers, Spoilt
from xplenty_tui.demo.replies import Reply

LOOPBACK = "127.0.0.1"
SLOW_S = 20.0
"""How late a slow answer begins."""
SLOW_BYTES, SLOW_PACE_S = 64, 0.05
"""Bytes of a slow body, and the seconds between two lots of them."""
MOST_BODY = 1_000_000
"""Bytes of a request's body that are read; larger ones are refused."""


class DemoServer:
    """A running server; ``stop`` ends it. Usable as a context manager."""

    def __init__(self, api: Answers, port: int) -> None:
        self.api = api
        self._http = _Server((LOOPBACK, port), api)
        self.port = int(self._http.server_address[1])
        self.url = f"http://{LOOPBACK}:{self.port}"
        self._thread = threading.Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, name="demo-api", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Take no more requests, close the connections and wait for the thread."""
        self._http.stopping.set()
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()

    def join(self) -> None:
        """Wait until somebody stops the server."""
        self._thread.join()

    def __enter__(self) -> DemoServer:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def serve(api: Answers, port: int) -> DemoServer:
    """Serve the API on 127.0.0.1 in a thread of its own; port 0 takes a free one. OSError when the port is taken."""
    return DemoServer(api, port)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], api: Answers) -> None:
        self.api = api
        self.lock = threading.Lock()
        """Around the world: it is moved and asked by one request at a time."""
        self.open: set[socket.socket] = set()
        self.closed = threading.Condition()
        self.stopping = threading.Event()
        """Nothing is waited for any more."""
        super().__init__(address, _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self.closed:
            self.open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        super().shutdown_request(request)
        with self.closed:
            self.open.discard(request)
            self.closed.notify_all()

    def server_close(self) -> None:
        super().server_close()
        with self.closed:
            for connection in self.open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
            self.closed.wait_for(lambda: not self.open, timeout=2)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Report what went wrong, but a client that hangs up is no news."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # head and body are two writes: the second would wait for an acknowledgement
    server: _Server

    def _serve(self) -> None:
        length = self.headers.get("Content-Length", "0")
        if length.isdecimal() and int(length) <= MOST_BODY:
            reply = self._ask(self.rfile.read(int(length)))
        else:
            self.close_connection = True
            reply = Reply(413, {"Content-Type": "application/json", "Connection": "close"}, b'{"message":"Too large."}')
        self.send_response_only(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.status != 204:
            self.send_header("Content-Length", str(len(reply.body)))
        if isinstance(reply, Spoilt) and reply.how:
            self._spoil(reply)
            return
        self.end_headers()
        self.wfile.write(reply.body)

    def _spoil(self, reply: Spoilt) -> None:
        """Send an answer late, in pieces, in part, or not at all; whoever stops the server ends every wait."""
        stopping, half = self.server.stopping, len(reply.body) // 2
        self.close_connection = True
        if reply.how == "slow-head":
            stopping.wait(SLOW_S)
        if reply.how == "reset":
            self._reset()
            return
        self.end_headers()
        if reply.how == "slow-body":
            for start in range(0, len(reply.body), SLOW_BYTES):
                self.wfile.write(reply.body[start : start + SLOW_BYTES])
                if stopping.wait(SLOW_PACE_S):
                    return
            return
        whole = reply.how == "slow-head"
        self.wfile.write(reply.body if whole else reply.body[:half])
        if reply.how == "stall":
            stopping.wait()
        elif reply.how == "reset-body":
            self._reset()

    def _reset(self) -> None:
        """Close the connection so that the other end sees a reset, not an end."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def _ask(self, body: bytes) -> Reply:
        url = urlsplit(self.path)
        query = dict(parse_qsl(url.query, keep_blank_values=True))
        with self.server.lock:
            return self.server.api.handle(self.command, unquote(url.path), query, dict(self.headers), body)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _serve  # noqa: N815 - the names that http.server calls

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the terminal belongs to the person."""

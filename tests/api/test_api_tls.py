"""Real TLS on loopback: bad certificates and old protocols in words, a company's authority, and proxies on the way."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from tests.api.conftest import KEY, MakeClient
from tests.api.failing import BASIC, failing
from tests.api.server import response, serving
from xplenty_tui.api import jobs
from xplenty_tui.api.errors import TlsFailure

YESTERDAY = datetime.now(UTC) - timedelta(days=1)


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """Make a company's authority, and trust it by ``SSL_CERT_FILE``."""
    made = trustme.CA()
    made.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    return made


def context(authority: trustme.CA, *names: str, until: datetime | None = None) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names or ("127.0.0.1",), not_after=until).configure_cert(made)
    return made


def old(authority: trustme.CA) -> ssl.SSLContext:
    """Return a server's side that speaks nothing newer than TLS 1.1."""
    made = context(authority)
    made.set_ciphers("ALL:@SECLEVEL=0")
    made.minimum_version, made.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    return made


Side = Callable[[trustme.CA], ssl.SSLContext]
BAD: dict[str, tuple[Side, str]] = {
    "another authority": (lambda _: context(trustme.CA()), "cannot be trusted: unable to get local issuer certificate"),
    "expired": (lambda ours: context(ours, until=YESTERDAY), "cannot be trusted: certificate has expired"),
    "another host": (lambda ours: context(ours, "api.example.com"), "cannot be trusted: IP address mismatch"),
    "TLS 1.1": (old, "offers only versions of TLS that are not safe any more"),
}


@pytest.mark.parametrize("what", BAD)
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
async def test_what_is_not_safe_is_refused_in_words(make_client: MakeClient, authority: trustme.CA, what: str) -> None:
    make, words = BAD[what]
    with serving(make(authority)) as server:
        server.plays(response([]))
        problem = await failing(make_client(server.url))
        assert isinstance(problem, TlsFailure)
        assert words in problem.sentence
        assert (problem.sent, server.requests) == (False, [])


async def test_a_self_signed_certificate_is_refused_in_words(
    make_client: MakeClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    itself, other = trustme.CA(), trustme.CA()
    other.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    (tmp_path / "self.pem").write_bytes(itself.private_key_pem.bytes() + itself.cert_pem.bytes())
    made.load_cert_chain(tmp_path / "self.pem")
    with serving(made) as server:
        server.plays(response([]))
        problem = await failing(make_client(server.url))
        assert isinstance(problem, TlsFailure)
        assert "self-signed certificate" in problem.sentence
        assert server.requests == []


async def test_the_newest_tls_is_spoken(make_client: MakeClient, authority: trustme.CA) -> None:
    with serving(context(authority)) as server:
        spoken: list[str | None] = []
        server.plays(lambda talk: (spoken.append(talk.socket.version()), talk.send(response([])))[1])  # type: ignore[attr-defined]
        await make_client(server.url).get("/jobs")
        assert spoken == ["TLSv1.3"]


@dataclass
class Proxy:
    """A tunnel, as a company has it; keeps what was asked of it and all that went through from the program's side."""

    port: int = 0
    heads: list[bytes] = field(default_factory=list)
    passed: bytearray = field(default_factory=bytearray)


def _pump(source: socket.socket, sink: socket.socket, note: bytearray | None) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            if note is not None:
                note += data
            sink.sendall(data)
    for end in (source, sink):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


@contextmanager
def tunnel(port: int) -> Iterator[Proxy]:
    """Run a proxy that leads every CONNECT to a port of this machine, until the block ends."""
    proxy = Proxy()
    threads: list[threading.Thread] = []

    def serve(listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _ = listener.accept()
                head = b""
                while b"\r\n\r\n" not in head:
                    head += near.recv(4096)
                proxy.heads.append(head)
                far = socket.create_connection(("127.0.0.1", port))
                near.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                for pair in ((near, far, proxy.passed), (far, near, None)):
                    threads.append(threading.Thread(target=_pump, args=pair))
                    threads[-1].start()
                ends.extend((near, far))

    ends: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        proxy.port = listener.getsockname()[1]
        threads.append(threading.Thread(target=serve, args=(listener,)))
        threads[0].start()
        try:
            yield proxy
        finally:
            for end in (listener, *ends):
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
                end.close()
            for thread in threads:
                thread.join()


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
async def test_a_proxy_carries_what_it_cannot_read(
    make_client: MakeClient, authority: trustme.CA, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    with serving(context(authority, "api.example.com")) as server, tunnel(server.port) as proxy:
        monkeypatch.setenv(variable, f"http://me:pr0xy@127.0.0.1:{proxy.port}")
        server.plays(response({"a": 1}))
        client = make_client("https://api.example.com")
        assert (await client.get("/jobs")).data == {"a": 1}
        await client.aclose()
        assert BASIC in server.requests[0].headers["authorization"]
        (head,) = proxy.heads
        assert head.startswith(b"CONNECT api.example.com:443 HTTP/1.1\r\n")
        assert proxy.passed.startswith(b"\x16\x03"), "what goes through is a TLS handshake"
        seen = head + bytes(proxy.passed)
        assert KEY.encode() not in seen and BASIC.encode() not in seen
        assert "proxy-authorization" not in server.requests[0].headers


@pytest.mark.parametrize("spared", ["127.0.0.1", "other.example, 127.0.0.1", "*"])
async def test_no_proxy_goes_straight(
    make_client: MakeClient, authority: trustme.CA, monkeypatch: pytest.MonkeyPatch, spared: str
) -> None:
    with serving(context(authority)) as server, tunnel(server.port) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
        monkeypatch.setenv("NO_PROXY", spared)
        server.plays(response({"a": 1}))
        assert (await make_client(server.url).get("/jobs")).data == {"a": 1}
        assert proxy.heads == []


async def test_a_proxy_that_breaks_tls_open_is_found_out(
    make_client: MakeClient, authority: trustme.CA, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(context(trustme.CA(), "api.example.com")) as thief, tunnel(thief.port) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
        thief.plays(response({}))
        problem = await failing(make_client("https://api.example.com"))
        assert isinstance(problem, TlsFailure)
        assert thief.requests == []


async def test_addresses_in_answers_are_never_called(make_client: MakeClient, authority: trustme.CA) -> None:
    with serving(context(authority)) as server, serving(context(authority)) as thief:
        thief.plays(response([]))
        job = {"url": f"{thief.url}/acme/api/jobs/1", "html_url": f"{thief.url}/1", "log_url": f"{thief.url}/log"}
        link = {"Link": f'<{thief.url}/acme/api/jobs?offset=1>; rel="next"'}
        server.plays(response([{"id": 1, **job}], 200, link), response([{"id": 2, **job}]))
        client = make_client(server.url)
        first = await jobs.list_(client)
        assert first.next_offset == 1
        second = await jobs.list_(client, offset=first.next_offset)
        assert [one.id for one in (*first.items, *second.items)] == [1, 2]
        assert (len(server.requests), thief.connections) == (2, 0)

"""Certificates, addresses and proxies: what cannot work or must not, in words."""

from __future__ import annotations

import socket
import ssl
import threading
from pathlib import Path

import pytest
import trustme

from tests.api.conftest import MakeClient
from tests.api.failing import BASIC, failing
from tests.api.server import Conversation, Server, response, serving
from xplenty_tui.api.client import Client
from xplenty_tui.api.errors import (
    Misconfigured,
    TlsFailure,
    Unreachable,
)


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


def context(authority: trustme.CA, *names: str) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(made)
    return made


async def test_an_unknown_certificate_is_refused_in_words(make_client: MakeClient, authority: trustme.CA) -> None:
    with serving(context(authority, "127.0.0.1")) as server:
        server.plays(response([]))
        client = make_client(server.url)
        problem = await failing(client)
        assert isinstance(problem, TlsFailure)
        assert "cannot be trusted" in problem.sentence and "certificate" in problem.sentence
        assert (problem.sent, server.requests, client.meter.burn()) == (False, [], 0)


async def test_a_certificate_of_another_host_is_refused(
    make_client: MakeClient, authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    with serving(context(authority, "api.example.com")) as server:
        server.plays(response([]))
        problem = await failing(make_client(server.url))
        assert isinstance(problem, TlsFailure)
        assert server.requests == []


async def test_a_company_certificate_can_be_named(
    make_client: MakeClient, authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    with serving(context(authority, "127.0.0.1")) as server:
        server.plays(response({"a": 1}))
        assert (await make_client(server.url).get("/jobs")).data == {"a": 1}


async def test_a_server_that_speaks_no_tls(make_client: MakeClient, server: Server) -> None:
    def play(conversation: Conversation) -> None:
        raise AssertionError("no request may arrive")

    server.plays(play)
    with socket.create_server(("127.0.0.1", 0)) as plain:
        client = make_client(f"https://127.0.0.1:{plain.getsockname()[1]}")

        def speak() -> None:
            connection, _ = plain.accept()
            with connection:
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                connection.recv(4096)

        thread = threading.Thread(target=speak)
        thread.start()
        problem = await failing(client)
        thread.join()
    assert isinstance(problem, TlsFailure)


@pytest.mark.parametrize(
    "url",
    [
        "http://api.xplenty.com",
        "http://10.0.0.1:8080",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "http://127.1",
        "http://[2001:db8::1]",
    ],
)
async def test_plain_http_is_for_this_machine_only(make_client: MakeClient, url: str) -> None:
    problem = await failing(make_client(url))
    assert isinstance(problem, Misconfigured)
    assert "use https" in problem.sentence


@pytest.mark.parametrize(
    "url",
    ["", "api.xplenty.com", "ftp://127.0.0.1", "https://", "https:///x", "http://[::1", "//host", "https://a\x00b"],
)
async def test_an_address_that_is_none(make_client: MakeClient, url: str) -> None:
    client = make_client("https://placeholder.example")
    client = Client(url, "acme", client._door.key, meter=client.meter)
    problem = await failing(client)
    assert isinstance(problem, Misconfigured)
    assert "web address" in problem.sentence


@pytest.mark.parametrize("url", ["https://me:pass@host", "https://me@host", "https://host/?a=1", "https://host/#x"])
async def test_an_address_that_holds_too_much(make_client: MakeClient, url: str) -> None:
    problem = await failing(make_client(url))
    assert isinstance(problem, Misconfigured)
    assert "pass" not in problem.sentence


@pytest.mark.parametrize("key", ["", "  "])
async def test_an_empty_key_is_not_sent(server: Server, make_client: MakeClient, key: str) -> None:
    problem = await failing(make_client(key=key))
    assert problem.sentence == "There is no API key."
    assert server.requests == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.8.9.1", "LOCALHOST"])
async def test_loopback_has_many_names(server: Server, make_client: MakeClient, host: str) -> None:
    server.plays(response([]))
    try:
        await make_client(f"http://{host}:{server.port}").get("/jobs")
    except Unreachable as problem:  # nobody listens there; that it was tried is what counts
        assert "refuses" in problem.sentence or "reached" in problem.sentence


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "ALL_PROXY", "http_proxy"])
async def test_loopback_goes_through_no_proxy(
    server: Server, client: Client, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    with serving() as proxy:
        proxy.plays(response({}))
        monkeypatch.setenv(variable, proxy.url)
        server.plays(response({"direct": True}))
        assert (await client.get("/jobs")).data == {"direct": True}
        assert proxy.requests == []


@pytest.mark.parametrize(
    ("variable", "value", "word"),
    [
        ("NO_PROXY", "[::1]", "NO_PROXY"),
        ("NO_PROXY", "fe80::/10", "NO_PROXY"),
        ("HTTPS_PROXY", "http://host:port", "HTTPS_PROXY"),
        ("HTTPS_PROXY", "gopher://host:1", "HTTPS_PROXY"),
        ("ALL_PROXY", "socks5://host:1", "socksio"),
        ("SSL_CERT_FILE", "/nowhere/ca.pem", "SSL_CERT_FILE"),
        ("SSL_CERT_FILE", "/", "SSL_CERT_FILE"),
        ("SSL_CERT_FILE", __file__, "SSL_CERT_FILE"),
        ("SSL_CERT_DIR", "/nowhere", "SSL_CERT_DIR"),
    ],
)
async def test_settings_that_cannot_work(
    make_client: MakeClient, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, word: str
) -> None:
    monkeypatch.setenv(variable, value)
    problem = await failing(make_client("https://api.example.com"))
    assert isinstance(problem, Misconfigured)
    assert word in problem.sentence
    assert not problem.sent


@pytest.mark.parametrize(
    ("through", "sentence"),
    [
        ("http://no-such-proxy.invalid:1", "The name of the proxy could not be looked up."),
        ("http://127.0.0.1:{closed}", "The proxy on the way to api.example.com refuses connections."),
    ],
)
async def test_a_proxy_that_is_not_there(
    make_client: MakeClient, monkeypatch: pytest.MonkeyPatch, through: str, sentence: str
) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        monkeypatch.setenv("HTTPS_PROXY", through.format(closed=holder.getsockname()[1]))
        assert (await failing(make_client("https://api.example.com"))).sentence == sentence


async def test_a_proxy_that_refuses(make_client: MakeClient, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as proxy:
        proxy.plays(response(b"", 407))
        monkeypatch.setenv("HTTPS_PROXY", proxy.url.replace("://", "://me:secret@"))
        problem = await failing(make_client("https://api.example.com"))
        assert isinstance(problem, Unreachable)
        assert "proxy" in problem.sentence and "secret" not in problem.sentence
        assert proxy.requests[0].line.startswith("CONNECT api.example.com:443")
        assert BASIC not in str(proxy.requests)

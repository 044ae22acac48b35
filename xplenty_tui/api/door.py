"""The connections of one key to one server. All use of httpx lives here.

Nothing that is raised holds a request, a header or the key: what httpx raises is translated first and dropped, so
that not even a traceback that prints locals can show it. Nothing is ever sent twice.
"""

from __future__ import annotations

import asyncio
import logging
import os
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any
from urllib.request import getproxies, proxy_bypass

import httpx
from pydantic import SecretStr

from xplenty_tui import __version__
from xplenty_tui.api import reply, why
from xplenty_tui.api.address import loopback
from xplenty_tui.api.errors import ApiError, Misconfigured, TimedOut, Unreachable
from xplenty_tui.api.hide import hide
from xplenty_tui.api.patience import Limits
from xplenty_tui.api.reply import Reply

ACCEPT = "application/vnd.xplenty+json; version=2"


@dataclass(slots=True)
class Call:
    """One request on its way out."""

    method: str
    path: str
    """From the server's root, without the query."""
    params: Mapping[str, str] = field(default_factory=dict, repr=False)
    content: bytes | None = field(default=None, repr=False)
    """The JSON that is sent; it may hold values of variables, so it is never shown."""
    wait_s: float | None = None
    """Seconds to wait for the answer in all; None: as the limits say."""
    sent: bool = False
    """Whether some of it may have reached the server by now."""

    async def trace(self, event: str, _info: Mapping[str, Any]) -> None:
        """Note from what the HTTP library tells of its steps that the connection stands and words go over it."""
        if not event.startswith("connection."):
            self.sent = True


class Door:
    """The way out, shared by the clients of a key's accounts."""

    def __init__(self, base: str, key: SecretStr, transport: httpx.AsyncBaseTransport | None, limits: Limits) -> None:
        self.key = key
        self.limits = limits
        self.skew = timedelta(0)
        """The server's clock less ours."""
        self.read_only = False
        """Whether calls that act are refused."""
        self._base = base.rstrip("/")
        self._transport = transport
        self._http: httpx.AsyncClient | None = None
        self._opening = asyncio.Lock()
        self._closed = False
        self._proxied = False
        try:
            self._url = httpx.URL(self._base)
        except httpx.InvalidURL:
            self._url = httpx.URL("")
        self.host = self._url.netloc.decode("ascii") or "the server"

    async def send(self, call: Call) -> Reply:
        """Send one request, once; raises ApiError only. However it ends, ``call.sent`` says how far it came."""
        failure: ApiError | None = None
        try:
            async with asyncio.timeout(call.wait_s or self.limits.total_s):
                http = await self._open()
                return await self._exchange(http, call)
        except ApiError as problem:
            failure = problem
        except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, OSError) as problem:
            failure = self._closed_error(sent=call.sent) if self._closed else self._failure(problem, call)
        except RuntimeError:  # httpx's word for a client that was closed meanwhile
            if not self._closed:
                raise
            failure = self._closed_error(sent=call.sent)
        failure.method, failure.path = call.method, call.path
        failure.sent = call.sent = failure.sent and call.sent
        raise failure  # outside of the except blocks: it carries no context

    async def _exchange(self, http: httpx.AsyncClient, call: Call) -> Reply:
        most = self.limits.body_bytes
        more: dict[str, Any] = {"extensions": {"trace": call.trace}}
        if call.content is not None:
            more |= {"content": call.content, "headers": {"Content-Type": "application/json"}}
        if call.wait_s is not None:
            more["timeout"] = httpx.Timeout(call.wait_s, connect=self.limits.connect_s, pool=None)
        call.sent = self._transport is not None  # one that was handed in tells nothing of its steps
        async with http.stream(call.method, self._base + call.path, params=call.params or None, **more) as response:
            call.sent = True
            headers = {name.lower(): hide(value, self.key) for name, value in response.headers.items()}
            content = await _content(response, most)
            return Reply(response.status_code, headers, content or b"", too_large=content is None)

    async def _open(self) -> httpx.AsyncClient:
        async with self._opening:
            self._still_open()
            if self._http is None:
                if sentence := self._refuse():
                    raise Misconfigured(sentence, sent=False)
                self._http = await self._make_in_thread()
                self._still_open()
            return self._http

    def _still_open(self) -> None:
        if self._closed:
            raise self._closed_error(sent=False)

    def _closed_error(self, *, sent: bool) -> Unreachable:
        return Unreachable(f"The connection to {self.host} was closed.", sent=sent)

    def _refuse(self) -> str:
        """Say why nothing may be sent to this address; "" when it may."""
        url = self._url
        if url.scheme not in ("http", "https") or not url.host:
            return "The address of the API is no web address: it should look like https://api.xplenty.com."
        if url.userinfo or url.query or url.fragment:
            return "The address of the API must hold no user name, query or fragment."
        if url.scheme == "http" and not loopback(url.host):
            return f"Over plain http to {self.host} anyone on the way could read the key: use https."
        if not self.key.get_secret_value().strip():
            return "There is no API key."
        return ""

    async def _make_in_thread(self) -> httpx.AsyncClient:
        """Make the client; in a thread, because reading the certificates blocks for 40 ms."""
        try:
            return await asyncio.to_thread(self._make)
        except (httpx.InvalidURL, ValueError, ImportError, OSError) as problem:
            failure = why.settings(problem)
        raise failure

    def _make(self) -> httpx.AsyncClient:
        # Plain http is for loopback only and must not take the key through a proxy; it needs no certificates either.
        direct = self._transport is not None or self._url.scheme == "http"
        if not direct:
            why.check_certificates(os.environ)
        self._proxied = (
            not direct and not {"https", "all"}.isdisjoint(getproxies()) and not proxy_bypass(self._url.host)
        )
        logging.getLogger("httpx").setLevel(logging.WARNING)  # INFO writes query strings
        limits = self.limits
        return httpx.AsyncClient(
            auth=httpx.BasicAuth(self.key.get_secret_value(), ""),
            headers={"Accept": ACCEPT, "Accept-Encoding": "identity", "User-Agent": f"xplenty-tui/{__version__}"},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
            verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if direct else _trust(),
            timeout=httpx.Timeout(limits.read_s, connect=limits.connect_s, pool=None),
            limits=httpx.Limits(max_connections=4, max_keepalive_connections=4, keepalive_expiry=60),
            transport=self._transport,
            trust_env=not direct,
            follow_redirects=False,
        )

    def use_key(self, key: SecretStr) -> None:
        """Use another key for every call from now on; those that are under way keep the one that they left with."""
        self.key = key
        if self._http is not None:
            self._http.auth = httpx.BasicAuth(key.get_secret_value(), "")

    async def aclose(self) -> None:
        """Close the connections; what is in flight fails as unreachable."""
        self._closed = True
        if self._http is not None:
            await self._http.aclose()

    def _failure(self, problem: Exception, call: Call) -> ApiError:
        """Translate what httpx raises into words."""
        host = self.host
        connecting = isinstance(problem, httpx.ConnectError | httpx.ConnectTimeout | httpx.ProxyError)
        if isinstance(problem, httpx.TimeoutException | TimeoutError):
            return self._late(problem, call, connecting=connecting)
        if isinstance(problem, httpx.InvalidURL | httpx.UnsupportedProtocol | httpx.LocalProtocolError):
            return Misconfigured(
                f"This call cannot be sent to {host}: its address or key holds impossible characters.", sent=False
            )
        if (untrusted := why.tls(problem, host, connecting=connecting)) is not None:
            return untrusted
        if isinstance(problem, httpx.ProxyError):
            return Unreachable(f"The proxy on the way to {host} refused the connection.", sent=False)
        if connecting:
            return why.no_connection(problem, host, proxied=self._proxied)
        return Unreachable(f"The connection to {host} broke before the answer was complete.")

    def _late(self, problem: Exception, call: Call, *, connecting: bool) -> TimedOut:
        limits = self.limits
        total_s = call.wait_s or limits.total_s
        if connecting or not call.sent:
            seconds = limits.connect_s if connecting else total_s
            return TimedOut(f"No connection to {self.host} within {seconds:g} s.", sent=False)
        seconds = limits.read_s if isinstance(problem, httpx.ReadTimeout) and call.wait_s is None else total_s
        return TimedOut(f"{self.host} did not answer within {seconds:g} s.")


def _trust() -> ssl.SSLContext:
    """Return how servers are judged: certificates verified, TLS 1.2 or newer whatever the host's OpenSSL allows."""
    context = httpx.create_ssl_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


async def _content(response: httpx.Response, most: int) -> bytes | None:
    """Read the body as sent; None as soon as it is larger than ``most``."""
    if response.is_stream_consumed:  # a transport that was handed in answers with all at once
        return response.content if len(response.content) <= most else None
    if (reply.whole(response.headers.get("content-length")) or 0) > most:
        return None
    received = bytearray()
    async for chunk in response.aiter_raw():
        received += chunk
        if len(received) > most:
            return None
    return bytes(received)

"""The one door to the API: every request goes through ``Client.get``, which never repeats by itself.

All use of httpx lives here. Nothing that is raised holds a request, a header or the key: what httpx raises is
translated first and dropped, so that not even a traceback that prints locals can show it.
"""

from __future__ import annotations

import asyncio
import copy
import logging
import os
import ssl
from collections.abc import Mapping
from datetime import timedelta
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any
from urllib.request import getproxies, proxy_bypass

import httpx
from pydantic import SecretStr

from xplenty_tui import __version__
from xplenty_tui.api import body, reply, why
from xplenty_tui.api.address import Params, loopback, query, segment
from xplenty_tui.api.credits import Meter
from xplenty_tui.api.errors import (
    AnswerTooLarge,
    ApiError,
    Misconfigured,
    TimedOut,
    UndecodableAnswer,
    Unreachable,
)
from xplenty_tui.api.patience import DEFAULT, Limits
from xplenty_tui.api.reply import Reply
from xplenty_tui.api.wire import Answer

__all__ = ["Answer", "Client", "Limits", "Params"]

ACCEPT = "application/vnd.xplenty+json; version=2"
BIG = 65536
"""Bytes from which a body is parsed in a thread, so that the screen does not stand still."""
SKEW = timedelta(seconds=5)
"""Smaller differences between the clocks are the network's."""


class Client:
    """The API as one account sees it."""

    def __init__(
        self,
        base_url: str,
        account: str,
        key: SecretStr,
        *,
        meter: Meter,
        transport: httpx.AsyncBaseTransport | None = None,
        limits: Limits = DEFAULT,
    ) -> None:
        """Connect nothing yet: a wrong address or setting is told by the first ``get``."""
        self.account = account
        """The account's slug."""
        self.meter = meter
        self._door = _Door(base_url, key, transport, limits)

    def __repr__(self) -> str:
        return f"<Client {self.host} account={self.account!r}>"

    @property
    def host(self) -> str:
        """The server's name, with its port where it is not the usual one."""
        return self._door.host

    @property
    def skew(self) -> timedelta:
        """What to add to our clock to get the server's; zero below five seconds."""
        return self._door.skew

    def for_account(self, account: str) -> Client:
        """Return a client of another account that shares key, credits and connections."""
        sibling = copy.copy(self)
        sibling.account = account
        return sibling

    async def aclose(self) -> None:
        """Close the connections, those of siblings too; what is in flight fails as unreachable."""
        await self._door.aclose()

    async def get(
        self, path: str, params: Params | None = None, *, account: bool = True, counted: bool = True
    ) -> Answer:
        """Send one GET and return its parsed, cleaned answer; raises ApiError.

        ``path`` starts with a slash and is relative to the account unless ``account`` is False. ``counted`` is False
        for the one call that costs no credit.
        """
        full = f"{self._prefix(path)}{path}" if account else path
        try:
            got = await self._door.send(full, query(params or {}))
        except ApiError as problem:
            if counted and problem.sent:
                self.meter.spent()
            raise
        if counted:
            self.meter.spent()
        self._note(got.headers)
        return await self._judge(got, full)

    def _prefix(self, path: str) -> str:
        if self.account in ("", ".", ".."):
            raise Misconfigured("No account is chosen.", method="GET", path=path, sent=False)
        return f"/{segment(self.account)}/api"

    def _note(self, headers: Mapping[str, str]) -> None:
        self.meter.seen(
            reply.whole(headers.get("x-ratelimit-limit")), reply.whole(headers.get("x-ratelimit-remaining"))
        )
        if (theirs := reply.server_time(headers)) is not None:
            skew = theirs - self.meter.clock()
            self._door.skew = skew if abs(skew) >= SKEW else timedelta(0)

    async def _judge(self, got: Reply, path: str) -> Answer:
        door = self._door
        if not 200 <= got.status <= 299:
            raise reply.refusal(got, host=self.host, path=path, key=door.key, now=self.meter.clock())
        where: dict[str, Any] = {"status": got.status, "method": "GET", "path": path}
        too_large = f"The answer of {self.host} is larger than {door.limits.body_bytes:,} bytes and was dropped."
        if got.too_large:
            raise AnswerTooLarge(too_large, **where)
        arguments = (got.body, got.headers.get("content-encoding", ""), door.limits.body_bytes)
        try:
            small = len(got.body) < BIG
            data = body.read(*arguments) if small else await asyncio.to_thread(body.read, *arguments)
        except body.TooLargeError:
            raise AnswerTooLarge(too_large, **where) from None
        except body.UnreadableError as problem:
            raise UndecodableAnswer(f"{self.host} sent an answer that cannot be read: {problem}.", **where) from None
        return Answer(got.status, got.headers, data, self.host, "GET", path)


class _Door:
    """The connections of one key to one server; shared by the clients of its accounts."""

    def __init__(self, base: str, key: SecretStr, transport: httpx.AsyncBaseTransport | None, limits: Limits) -> None:
        self.key = key
        self.limits = limits
        self.skew = timedelta(0)
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

    async def send(self, path: str, params: Mapping[str, str]) -> Reply:
        """Send one GET; raises ApiError only."""
        failure: ApiError | None = None
        try:
            async with asyncio.timeout(self.limits.total_s):
                http = await self._open()
                return await self._exchange(http, path, params)
        except ApiError as problem:
            failure = problem
        except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, OSError) as problem:
            failure = self._closed_error(sent=True) if self._closed else self._failure(problem)
        except RuntimeError:  # httpx's word for a client that was closed meanwhile
            if not self._closed:
                raise
            failure = self._closed_error(sent=True)
        failure.method, failure.path = "GET", path
        raise failure  # outside of the except blocks: it carries no context

    async def _exchange(self, http: httpx.AsyncClient, path: str, params: Mapping[str, str]) -> Reply:
        most = self.limits.body_bytes
        async with http.stream("GET", self._base + path, params=params or None) as response:
            headers = {name.lower(): value for name, value in response.headers.items()}
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
            verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if direct else httpx.create_ssl_context(),
            timeout=httpx.Timeout(limits.read_s, connect=limits.connect_s, pool=None),
            limits=httpx.Limits(max_connections=4, max_keepalive_connections=4, keepalive_expiry=60),
            transport=self._transport,
            trust_env=not direct,
            follow_redirects=False,
        )

    async def aclose(self) -> None:
        self._closed = True
        if self._http is not None:
            await self._http.aclose()

    def _failure(self, problem: Exception) -> ApiError:
        """Translate what httpx raises into words."""
        host, limits = self.host, self.limits
        connecting = isinstance(problem, httpx.ConnectError | httpx.ConnectTimeout | httpx.ProxyError)
        if isinstance(problem, httpx.TimeoutException | TimeoutError):
            if connecting:
                return TimedOut(f"No connection to {host} within {limits.connect_s:g} s.", sent=False)
            seconds = limits.read_s if isinstance(problem, httpx.ReadTimeout) else limits.total_s
            return TimedOut(f"{host} did not answer within {seconds:g} s.")
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

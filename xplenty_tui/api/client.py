"""The one way to the API: reads through ``Client.get``, everything that acts through ``Client.send``; neither repeats.

A read that is already on its way is joined; a write never is, and with ``read_only`` none leaves.
"""

from __future__ import annotations

import asyncio
import copy
import json
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal, get_args

from pydantic import SecretStr

from xplenty_tui.api import body as bodies
from xplenty_tui.api import receipt, reply
from xplenty_tui.api.address import Params, query, segment
from xplenty_tui.api.credits import Mark, Meter
from xplenty_tui.api.door import Call, Door
from xplenty_tui.api.errors import AnswerTooLarge, Misconfigured, ReadOnly, UndecodableAnswer
from xplenty_tui.api.joining import Joining
from xplenty_tui.api.patience import DEFAULT, Limits
from xplenty_tui.api.reply import Reply
from xplenty_tui.api.wire import Answer

if TYPE_CHECKING:
    import httpx

__all__ = ["Answer", "Client", "Limits", "Method", "Params"]

Method = Literal["GET", "POST", "PUT", "DELETE"]
"""All that the API has. A GET is among them because some act."""
METHODS = frozenset(get_args(Method))
ACTING = re.compile(r"/hooks/[^/]+/ping/*")
"""Paths whose GET acts: a ping notifies people (Hooks: ping)."""

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
        read_only: bool = False,
    ) -> None:
        """Connect nothing yet: a wrong address or setting is told by the first call."""
        self.account = account
        """The account's slug."""
        self.meter = meter
        self.place: Any = None
        """Where the key is kept (``core.keeping.KeyPlace``); None: no new one may be asked for."""
        self._door = Door(base_url, key, transport, limits)
        self._door.read_only = read_only
        self._joining: Joining[Answer] = Joining()

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

    @property
    def read_only(self) -> bool:
        """Whether calls that act are refused; one switch for all accounts of the key."""
        return self._door.read_only

    @read_only.setter
    def read_only(self, value: bool) -> None:
        self._door.read_only = value

    def use_key(self, key: SecretStr) -> None:
        """Use another key from now on, for all accounts: the one before is dead."""
        self._door.use_key(key)

    def for_account(self, account: str) -> Client:
        """Return a client of another account that shares key, credits, connections and ``read_only``."""
        sibling = copy.copy(self)
        sibling.account = account
        return sibling

    async def aclose(self) -> None:
        """Close the connections, those of siblings too; what is in flight fails as unreachable."""
        await self._door.aclose()

    async def get(
        self,
        path: str,
        params: Params | None = None,
        *,
        account: bool = True,
        counted: bool = True,
        wait_s: float | None = None,
    ) -> Answer:
        """Get the parsed, cleaned answer to one question; raises ApiError. The same question in flight is joined.

        ``path`` starts with a slash and is relative to the account unless ``account`` is False. ``counted`` is False
        for the one call that costs no credit. ``wait_s`` replaces the limits for a call that takes its time. Raises
        ValueError for a GET that acts.
        """
        if ACTING.fullmatch(path):
            raise ValueError(f"GET {path} acts: it is sent, not got")
        call = Call("GET", self._full("GET", path, account=account), query(params or {}), None, wait_s)
        key = (call.path, frozenset(call.params.items()), counted)
        return await self._joining.share(key, lambda: self._carry(call, _kind(path), counted=counted))

    async def send(
        self,
        method: Method,
        path: str,
        body: Mapping[str, Any] | None = None,
        *,
        params: Params | None = None,
        account: bool = True,
        wait_s: float | None = None,
    ) -> Answer:
        """Send what acts, exactly once, and return the parsed answer (``data`` is None for an empty one).

        Raises ApiError, whose ``sent`` says whether the server may have acted, and ``ReadOnly`` before anything is
        sent where nothing may be; ValueError for a method that the API does not have or a body that is no JSON.
        ``wait_s`` replaces the limits for a call that takes its time.
        """
        if method not in METHODS:
            raise ValueError(f"the API has no method {method!r}")
        full = self._full(method, path, account=account)
        if self.read_only:
            raise ReadOnly("Read-only: nothing was sent.", method=method, path=full, sent=False)
        content = None if body is None else json.dumps(body, allow_nan=False).encode()
        call = Call(method, full, query(params or {}), content, wait_s)
        try:
            return await self._carry(call, _kind(path), acts=True)
        finally:
            self._joining.forget()

    def _full(self, method: Method, path: str, *, account: bool) -> str:
        if not account:
            return path
        if self.account in ("", ".", ".."):
            raise Misconfigured("No account is chosen.", method=method, path=path, sent=False)
        return f"/{segment(self.account)}/api{path}"

    async def _carry(self, call: Call, kind: str, *, counted: bool = True, acts: bool = False) -> Answer:
        mark = self.meter.leaves() if counted else self.meter.mark()
        got: Reply | None = None
        try:
            got = await self._door.send(call)
        finally:  # cancelled, too
            if counted:
                self.meter.lands(kind, sent=call.sent, answered=got is not None)
                if call.sent:
                    receipt.paid()
        if acts:
            receipt.named(got.headers)
        self._note(got.headers, mark)
        return await self._judge(got, call)

    def _note(self, headers: Mapping[str, str], mark: Mark) -> None:
        limit, remaining = (reply.whole(headers.get(f"x-ratelimit-{name}")) for name in ("limit", "remaining"))
        self.meter.seen(limit, remaining, mark)
        if (theirs := reply.server_time(headers)) is not None:
            skew = theirs - self.meter.clock()
            self._door.skew = skew if abs(skew) >= SKEW else timedelta(0)

    async def _judge(self, got: Reply, call: Call) -> Answer:
        door = self._door
        if not 200 <= got.status <= 299:
            raise reply.refusal(
                got, host=self.host, method=call.method, path=call.path, key=door.key, now=self.meter.clock()
            )
        where: dict[str, Any] = {"status": got.status, "method": call.method, "path": call.path}
        too_large = f"The answer of {self.host} is larger than {door.limits.body_bytes:,} bytes and was dropped."
        if got.too_large:
            raise AnswerTooLarge(too_large, **where)
        known = door.key if call.method == "GET" else None  # what acts may be told a key: the rotation is
        arguments = (got.body, got.headers.get("content-encoding", ""), door.limits.body_bytes, known)
        try:
            small = len(got.body) < BIG
            data = bodies.read(*arguments) if small else await asyncio.to_thread(bodies.read, *arguments)
        except bodies.TooLargeError:
            raise AnswerTooLarge(too_large, **where) from None
        except bodies.UnreadableError as problem:
            raise UndecodableAnswer(f"{self.host} sent an answer that cannot be read: {problem}.", **where) from None
        return Answer(got.status, got.headers, data, self.host, call.method, call.path)


def _kind(path: str) -> str:
    """Return what a call is about: the first word of its path."""
    return path.strip("/").partition("/")[0]

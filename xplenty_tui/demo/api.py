"""The demo's door: a request goes in, a reply comes out, as the documentation says and whoever asks."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Mapping

from xplenty_tui.demo import (
    on_accounts,
    on_billing,
    on_clusters,
    on_connections,
    on_hooks,
    on_jobs,
    on_keys,
    on_members,
    on_news,
    on_packages,
    on_schedules,
    on_user,
)
from xplenty_tui.demo.call import Call, Limits
from xplenty_tui.demo.credits import Credits
from xplenty_tui.demo.params import Params, read_body
from xplenty_tui.demo.replies import Answer, CallError, Reply, missing
from xplenty_tui.demo.stamps import http_date
from xplenty_tui.demo.world import World

HOST = "https://api.xplenty.com"
"""Where the API says to be when it is not asked on a loopback address."""

_LOOPBACK = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:\d+)?\Z")
_VERSION = re.compile(r"application/vnd\.xplenty\+json\s*[;,]?\s*(?:version\s*=\s*(\d+))?", re.IGNORECASE)
_ANY = re.compile(r"\*/\*|application/\*|application/json", re.IGNORECASE)

MODULES = (
    on_accounts,
    on_billing,
    on_clusters,
    on_connections,
    on_hooks,
    on_jobs,
    on_keys,
    on_members,
    on_news,
    on_packages,
    on_schedules,
    on_user,
)
"""What answers, each with its ``ROUTES``."""

Handler = Callable[[Call], Answer]


def _table() -> dict[tuple[str, int], list[tuple[list[str], Handler]]]:
    """Routes by method and number of parts; those with fixed words come first."""
    table: dict[tuple[str, int], list[tuple[list[str], Handler]]] = {}
    for module in MODULES:
        for route, handler in module.ROUTES.items():
            method, _, path = route.partition(" ")
            parts = path.strip("/").split("/")
            table.setdefault((method, len(parts)), []).append((parts, handler))
    for routes in table.values():
        routes.sort(key=lambda route: sum(part.startswith("{") for part in route[0]))
    return table


class DemoApi:
    """The API of a world: authentication, versions, credits, routes, errors."""

    def __init__(self, world: World, *, key: str, limit: int = 5000) -> None:
        self.world = world
        self.key = key
        self.credits = Credits(limit)
        self._routes = _table()

    def handle(
        self, method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes
    ) -> Reply:
        """Answer one request; ``path`` without query, header names in any case."""
        now = self.world.advance()
        known = {name.lower(): value for name, value in headers.items()}
        try:
            answer = self._answer(method, path, query, known, body)
        except CallError as problem:
            answer = Answer({"message": problem.message}, status=problem.status)
            if problem.status == 401:
                answer.headers["WWW-Authenticate"] = 'Basic realm="Xplenty"'
        content = b"" if answer.data is None else json.dumps(answer.data, separators=(",", ":")).encode()
        answer.headers |= {
            "Content-Type": "application/json; charset=utf-8",
            "Date": http_date(now),
            "X-RateLimit-Limit": str(self.credits.limit),
            "X-RateLimit-Remaining": str(self.credits.remaining(now)),
        }
        return Reply(answer.status, answer.headers, content)

    def _answer(
        self, method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes
    ) -> Answer:
        self._authenticate(headers.get("authorization", ""))
        _check_version(headers.get("accept", ""))
        now = self.world.now
        if not path.endswith("/rate_limit_status") and not self.credits.spend(now):
            raise CallError(429, "Rate Limit Exceeded")
        handler, names = self._route(method, path)
        sent = read_body(body, headers.get("content-type", ""))
        host = headers.get("host", "")
        call = Call(
            world=self.world,
            path=path,
            names={**names, "key": self.world.key or self.key},
            params=Params(query, sent),
            host=f"http://{host}" if _LOOPBACK.match(host) else HOST,
            limits=Limits(self.credits.limit, self.credits.remaining(now)),
        )
        return handler(call)

    def _authenticate(self, header: str) -> None:
        """Check HTTP Basic credentials: the key as user name, with the colon or, as old wrappers do, without."""
        scheme, _, encoded = header.strip().partition(" ")
        try:
            decoded = base64.b64decode(encoded.strip().translate({45: 43, 95: 47}), validate=True)
        except (binascii.Error, ValueError):
            decoded = b""
        user = decoded.partition(b":")[0]
        if scheme.lower() != "basic" or user != (self.world.key or self.key).encode():
            raise CallError(401, "Unauthorized: the API key is missing or wrong.")

    def _route(self, method: str, path: str) -> tuple[Handler, dict[str, str]]:
        parts = path.strip("/").split("/")
        for wanted, handler in self._routes.get((method, len(parts)), ()):
            names = {}
            for want, part in zip(wanted, parts, strict=True):
                if want.startswith("{"):
                    names[want[1:-1]] = part
                elif want != part:
                    break
            else:
                return handler, names
        raise missing()


def _check_version(accept: str) -> None:
    """Check that version 2 or none is asked for: no header, no version and any type mean the latest."""
    match = _VERSION.search(accept)
    if match is None:
        if accept and not _ANY.search(accept):
            raise CallError(406, "Not acceptable: ask for application/vnd.xplenty+json; version=2.")
    elif match[1] not in (None, "2"):
        raise CallError(406, f"Version {match[1]} is not supported: ask for version=2.")

"""Faults on purpose: answers that are late, cut, wrong or missing, for ``demo-api --fault KIND[@RATE]``.

A fault comes after the world has acted, as most do: who asked has to find out what became of it. But what is refused
(4xx) is not done, and of what never fits into a page the page begins elsewhere.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any, Protocol

from xplenty_tui.demo.replies import Reply

HUGE = 64 * 1024 * 1024
"""Bytes of a body that is larger than any client should take."""
HTML = b"<html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>"


@dataclass(frozen=True, slots=True)
class Spoilt(Reply):
    """A reply that the server sends in a bad way."""

    how: str = ""
    """``slow-head``, ``slow-body``, ``stall``, ``reset``, ``reset-body``; empty: as any other."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of fault."""

    says: str
    """One sentence for the help."""
    spoil: Callable[[Reply], Reply]
    refuses: bool = False
    """The world does not act: it said no."""
    asked: Callable[[Mapping[str, str]], Mapping[str, str]] = dict
    """What is asked for instead, of the query."""


def _status(number: int, message: str, **headers: str) -> Callable[[Reply], Reply]:
    body = json.dumps({"message": message}).encode()
    kept = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda reply: Reply(number, {**reply.headers, **kept}, body)


def _how(how: str) -> Callable[[Reply], Reply]:
    return lambda reply: Spoilt(reply.status, reply.headers, reply.body, how)


def _data(change: Callable[[Any], Any]) -> Callable[[Reply], Reply]:
    """Return what changes the parsed body of a good answer, and leaves an empty one."""

    def spoil(reply: Reply) -> Reply:
        if not reply.body or reply.status >= 400:
            return reply
        return replace(reply, body=json.dumps(change(json.loads(reply.body))).encode())

    return spoil


def _each(change: Callable[[dict[str, Any]], dict[str, Any]]) -> Callable[[Any], Any]:
    """Return what changes every item of a page, or the one item."""

    def items(data: Any) -> Any:
        if isinstance(data, list):
            return [change(one) if isinstance(one, dict) else one for one in data]
        return change(data) if isinstance(data, dict) else data

    return items


def _bad_one(data: Any) -> Any:
    """Return a page of which one item is not what the documentation says."""
    if not isinstance(data, list) or len(data) < 2:
        return data
    return [
        data[0],
        {"id": data[1].get("id") if isinstance(data[1], dict) else None, "status": 5, "outputs": "none"},
        *data[2:],
    ]


def _html(reply: Reply) -> Reply:
    return Reply(502, {**reply.headers, "Content-Type": "text/html"}, HTML)


def _packed(reply: Reply) -> Reply:
    headers = {**reply.headers, "Content-Encoding": "gzip"}
    return replace(reply, headers=headers, body=gzip.compress(reply.body, mtime=0))


def _twice(data: Any) -> Any:
    return [*data[:5], *data] if isinstance(data, list) else data


def _levitating(item: dict[str, Any]) -> dict[str, Any]:
    return {**item, "status": "levitating"} if "status" in item else item


def _novel(item: dict[str, Any]) -> dict[str, Any]:
    return {**item, "novelty": {"deep": [1]}}


def _nulls(item: dict[str, Any]) -> dict[str, Any]:
    return {name: value if name == "id" else None for name, value in item.items()}


def _clock(reply: Reply) -> Reply:
    """Return an answer of a server whose clock is ten minutes ahead."""
    told = parsedate_to_datetime(reply.headers["Date"]) + timedelta(minutes=10)
    return replace(reply, headers={**reply.headers, "Date": format_datetime(told, usegmt=True)})


def _header(name: str, value: str) -> Callable[[Reply], Reply]:
    return lambda reply: replace(reply, headers={**reply.headers, name: value})


def _redirect(reply: Reply) -> Reply:
    return Reply(302, {**reply.headers, "Location": "https://elsewhere.invalid/acme/api/jobs"}, b"")


def _loop(reply: Reply) -> Reply:
    """Return a page that names itself as the next one, for ever."""
    if not reply.body.startswith(b"["):
        return reply
    return _header("Link", '<https://api.xplenty.com/acme/api/jobs?offset=0&limit=100>; rel="next"')(reply)


def _shifted(query: Mapping[str, str]) -> Mapping[str, str]:
    """Return the query of a page as it is when three items arrived after each page before it."""
    offset, limit = query.get("offset", ""), query.get("limit", "")
    if not (offset.isdecimal() and limit.isdecimal() and int(limit)):
        return query
    return {**query, "offset": str(max(0, int(offset) - 3 * (int(offset) // int(limit))))}


def _refusal(says: str, number: int, message: str, **headers: str) -> Fault:
    return Fault(says, _status(number, message, **headers), refuses=True)


FAULTS: Mapping[str, Fault] = {
    "401": _refusal("The key is not known any more.", 401, "Unauthorized"),
    "402": _refusal("The plan does not pay for it.", 402, "Payment Required"),
    "403": _refusal("The role does not allow it.", 403, "Forbidden"),
    "404": _refusal("There is no such thing.", 404, "Not found."),
    "406": _refusal("The version is not spoken.", 406, "Not Acceptable"),
    "422": _refusal("A field is refused.", 422, "name can't be blank."),
    "429": _refusal("The hour's credits are used up.", 429, "Rate Limit Exceeded", X_RateLimit_Remaining="0"),
    "429-retry": _refusal(
        "The same, with Retry-After.", 429, "Rate Limit Exceeded", X_RateLimit_Remaining="0", Retry_After="7"
    ),
    "500": Fault("The service broke, after it acted.", _status(500, "Internal server error")),
    "502-html": Fault("A proxy answers with a page.", _html),
    "503": Fault("The service is away.", _status(503, "Service Unavailable")),
    "slow-head": Fault("The answer begins after 20 seconds.", _how("slow-head")),
    "slow-body": Fault("The body comes a few bytes at a time.", _how("slow-body")),
    "stall": Fault("The body stops in its middle and never goes on.", _how("stall")),
    "reset": Fault("The connection is reset before the answer.", _how("reset")),
    "reset-body": Fault("The connection is reset in the body.", _how("reset-body")),
    "truncated": Fault("The JSON is cut.", lambda reply: replace(reply, body=reply.body[: len(reply.body) * 2 // 3])),
    "wrong-type": Fault("A text comes where a page or an item should.", _data(lambda data: "unexpected")),
    "bad-item": Fault("One item of each page cannot be decoded.", _data(_bad_one)),
    "wrong-content-type": Fault("JSON that says it is a page.", _header("Content-Type", "text/html")),
    "gzip": Fault("The body is compressed though nobody asked.", _packed),
    "huge": Fault("The body is larger than any cap.", lambda reply: replace(reply, body=b"[" + b" " * HUGE + b"]")),
    "redirect": Fault("Another host is named.", _redirect, refuses=True),
    "duplicates": Fault("Each page has its first items twice.", _data(_twice)),
    "shifting": Fault("Items arrive between two pages.", lambda reply: reply, asked=_shifted),
    "loop-link": Fault("Each page names itself as the next.", _loop),
    "clock": Fault("The server's clock is ten minutes off.", _clock),
    "unknown-status": Fault("Every status is a new word.", _data(_each(_levitating))),
    "unknown-fields": Fault("Items have fields that nobody knows.", _data(_each(_novel))),
    "nulls": Fault("Every field but the id is null.", _data(_each(_nulls))),
}
"""By the word that ``--fault`` takes."""


class Answers(Protocol):
    """What answers requests: see ``demo.api.DemoApi``."""

    def handle(
        self, method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes
    ) -> Reply:
        """Answer one request."""


def acts(method: str, path: str) -> bool:
    """Tell whether a request may do something: two GETs make the service call somebody."""
    return method != "GET" or path.endswith(("/ping", "/curl/schema"))


@dataclass
class Faulty:
    """A demo API whose answers are spoilt now and then."""

    api: Answers
    faults: Sequence[tuple[str, float]]
    """Word and rate (0 to 1) of each; the first one that comes up is taken."""
    dice: random.Random = field(default_factory=lambda: random.Random(7))
    """The same order of faults in each run."""

    def handle(
        self, method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes
    ) -> Reply:
        """Answer one request, well or badly; the free look at the credits is spoilt as any other."""
        word = next((word for word, rate in self.faults if self.dice.random() < rate), "")
        if not word:
            return self.api.handle(method, path, query, headers, body)
        fault = FAULTS[word]
        if fault.refuses and acts(method, path):
            method, path, body = "GET", f"{path.partition('/api/')[0]}/api/rate_limit_status", b""
        return fault.spoil(self.api.handle(method, path, fault.asked(query), headers, body))


def fault(text: str) -> tuple[str, float]:
    """Return word and rate of ``500``, ``stall@0.1`` or ``bad-item@5%``; raises ValueError with the reason."""
    word, _, rate = text.partition("@")
    if word not in FAULTS:
        raise ValueError(f"should be one of {', '.join(FAULTS)}")
    try:
        part = float(rate.removesuffix("%")) / (100 if rate.endswith("%") else 1) if rate else 1.0
    except ValueError:
        part = -1.0
    if not 0 <= part <= 1:
        raise ValueError("should have a rate such as 0.05 or 5% behind the @")
    return word, part

"""What a response says beside its JSON: credits, the server's time, how long to wait, and why it refused. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from pydantic import SecretStr

from xplenty_tui.api.body import TooLargeError, UnreadableError, excerpt, inflate, message
from xplenty_tui.api.errors import ApiError, class_of, sentence_of
from xplenty_tui.api.hide import hide_in
from xplenty_tui.api.text import clean, cut


@dataclass(frozen=True, slots=True)
class Reply:
    """A response as it came: nothing parsed, nothing trusted."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    """Names in lower case."""
    body: bytes = field(repr=False)
    too_large: bool = False
    """The body went over the limit and was dropped."""


def whole(text: str | None) -> int | None:
    """Read a header that holds a count; None for anything else."""
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 12 else None


def server_time(headers: Mapping[str, str]) -> datetime | None:
    """Read the Date header; aware, UTC, to the second. None when it is missing or no date."""
    return _date(headers.get("date", ""))


def _date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds to wait, from a Retry-After header (undocumented, so mostly None), as a number or a date."""
    text = headers.get("retry-after", "").strip()
    try:
        seconds = float(text)
    except ValueError:
        until = _date(text)
        seconds = (until - now).total_seconds() if until else math.nan
    return max(0.0, seconds) if math.isfinite(seconds) else None


def refusal(reply: Reply, *, host: str, method: str, path: str, key: SecretStr, now: datetime) -> ApiError:
    """Return the typed error of a status that is no success; the key never appears in it."""
    try:
        content = inflate(reply.body, reply.headers.get("content-encoding", ""), len(reply.body) * 20)
    except (UnreadableError, TooLargeError):
        content = b""
    content = hide_in(content, key)  # before anything is cut: half a key is none that would be found
    said = message(content)
    sentence = sentence_of(reply.status, host, said)
    if reply.status == 404 and _everyone_has(path):
        sentence = f"{sentence.rstrip('.')}. {_LOST}"
    elif reply.status in (301, 302, 303, 307, 308):
        sentence = f"{host} wants to send this call {_elsewhere(reply.headers)}; redirects are not followed."
    return class_of(reply.status)(
        sentence,
        status=reply.status,
        server_text=said,
        body=excerpt(content),
        method=method,
        path=path,
        retry_after=retry_after(reply.headers, now),
    )


_LOST = "Check the account's id (a proxy that drops the Accept header looks the same)."


def _everyone_has(path: str) -> bool:
    """Whether every account has this path: it names no item, so it cannot be missing (QUIRKS §1)."""
    return not any(character.isdigit() for character in path.partition("/api/")[2])


def _elsewhere(headers: Mapping[str, str]) -> str:
    """Name the host that a redirect leads to, and nothing else of its address."""
    try:
        host = urlsplit(headers.get("location", "")).hostname
    except ValueError:
        host = None
    return f"to {cut(clean(host), 80)}" if host else "elsewhere"

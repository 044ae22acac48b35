"""From the bytes of a body to clean JSON, or to a sentence; knows no HTTP library."""

from __future__ import annotations

import json
import re
import zlib
from typing import Any

from pydantic import SecretStr

from xplenty_tui.api.hide import hide_in
from xplenty_tui.api.text import clean, clean_json, cut, suspicious

DEEPEST = 64
"""Levels of nesting that are read; the documentation's deepest example has 5."""
SERVER_TEXT = 500
"""Characters of a server's message that are kept."""
BODY_TEXT = 4000
"""Characters of a refusal's body that are kept."""

_MARKUP = re.compile(r"\s*<")


class UnreadableError(Exception):
    """Why a body could not be read, in words that follow "cannot read: "."""


class TooLargeError(Exception):
    """The body is larger than the limit."""


def inflate(body: bytes, encoding: str, limit: int) -> bytes:
    """Undo a content encoding that we asked the server not to use; raises UnreadableError, TooLargeError."""
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        return body
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise UnreadableError("it is compressed in a way that was not asked for")
    inflater = zlib.decompressobj(wbits=47)  # 32 + 15: gzip or zlib, by its head
    try:
        plain = inflater.decompress(body, limit + 1)
    except zlib.error:
        raise UnreadableError("its compressed data are damaged") from None
    if len(plain) > limit:
        raise TooLargeError
    if not inflater.eof:
        raise UnreadableError("it broke off")
    return plain


def read(body: bytes, encoding: str, limit: int, key: SecretStr | None = None) -> Any:
    """Inflate where needed, take ``key`` out, parse and clean; raises UnreadableError, TooLargeError."""
    plain = inflate(body, encoding, limit)
    return parse(plain if key is None else hide_in(plain, key))


def parse(body: bytes) -> Any:
    """Parse and clean a JSON body; None for an empty one. Raises UnreadableError."""
    text = body.decode("utf-8-sig", errors="replace")
    if not text.strip():
        return None
    if _MARKUP.match(text):
        raise UnreadableError("it is a web page, perhaps of a proxy or a login")
    why = "it is not JSON, or it broke off"
    try:
        # Raw control characters inside strings are tolerated (strict=False): cleaning takes them out.
        data = json.loads(text, strict=False, parse_constant=lambda _name: None)
        too_deep = _depth(data) > DEEPEST
    except RecursionError:
        too_deep = True
    except ValueError:
        raise UnreadableError(why) from None
    if too_deep:
        raise UnreadableError("it is nested too deeply")
    return clean_json(data) if suspicious(text) else data


def _depth(data: Any) -> int:
    level = [data] if isinstance(data, dict | list) else []
    depth = 0
    while level and depth <= DEEPEST:
        depth += 1
        level = [
            value
            for holder in level
            for value in (holder.values() if type(holder) is dict else holder)
            if type(value) is dict or type(value) is list
        ]
    return depth


def message(body: bytes) -> str:
    """Return what a refusal says in its own words, cleaned and cut; "" when it says nothing readable."""
    try:
        data = parse(body[:65536])
    except UnreadableError:
        return ""
    said = _said(data)
    return cut(" ".join(said.split()), SERVER_TEXT)


def excerpt(body: bytes) -> str:
    """Return a refusal's body as text, cleaned and cut; "" for a web page."""
    text = body[: 4 * BODY_TEXT].decode("utf-8-sig", errors="replace")
    return "" if _MARKUP.match(text) else cut(clean(text).strip(), BODY_TEXT)


def _said(data: Any) -> str:
    """Find the message: ``message`` everywhere but ``error_message`` in connection tests (QUIRKS §3)."""
    if isinstance(data, str):
        return data
    if isinstance(data, list):
        return "; ".join(filter(None, map(_said, data[:20])))
    if isinstance(data, dict):
        for name in ("message", "error_message", "error", "errors"):
            if data.get(name):
                return _said(data[name])
        parts = ((name, _said(value)) for name, value in list(data.items())[:20] if isinstance(value, str | list))
        return "; ".join(f"{name} {said}" for name, said in parts if said)
    return ""

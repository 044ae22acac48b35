"""Which field a refusal is about: the API documents no form for it, so all that are usual are understood."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any

from xplenty_tui.api.body import SERVER_TEXT
from xplenty_tui.api.errors import ApiError
from xplenty_tui.api.text import clean, cut


def by_field(problem: ApiError, fields: Collection[str]) -> dict[str, str]:
    """Return what was said of each of ``fields``; what is of none of them stays in ``problem.server_text``.

    Understood are ``{"errors": {"nodes": ["…"]}}``, the same without the frame, ``[{"field": "nodes", "message":
    "…"}]``, and sentences that begin with a field's name: ``Nodes must be at least 2``.
    """
    try:
        data = json.loads(problem.body)
    except (ValueError, RecursionError):
        data = None
    found: dict[str, list[str]] = {}
    for field, said in (*_named(data), *_begun(problem.server_text, fields)):
        if field in fields and said not in found.setdefault(field, []):
            found[field].append(said)
    return {field: cut(clean("; ".join(said)), SERVER_TEXT) for field, said in found.items() if said}


def _named(data: Any) -> Iterator[tuple[str, str]]:
    """Yield the fields that are named as such, and what is said of them."""
    if isinstance(data, dict):
        for name in ("errors", "error", "message", "details"):
            if isinstance(data.get(name), dict | list):
                yield from _named(data[name])
        for name, said in data.items():
            yield from ((name, text) for text in _texts(said))
    elif isinstance(data, list):
        for item in data:
            if isinstance(item, dict):
                field = str(item.get("field") or item.get("attribute") or item.get("param"))
                yield from ((field, text) for text in _texts(item.get("message") or item.get("detail")))


def _texts(said: Any) -> list[str]:
    return [text for text in (said if isinstance(said, list) else [said]) if isinstance(text, str) and text]


def _begun(said: str, fields: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the parts of a message that begin with a field's name, as it is or in words."""
    for part in said.replace("Validation failed:", "").replace("; ", ", ").split(", "):
        text = part.strip().lower().replace("_", " ")
        for field in sorted(fields, key=len, reverse=True):
            if (text + " ").startswith(field.replace("_", " ") + " "):
                yield field, part.strip()
                break

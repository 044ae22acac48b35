"""Text from outside inside Markdown: it stays text, whatever is in it. Pure."""

from __future__ import annotations

import re

_RUNS = re.compile("`+")
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d{1,5})?(?:/[\w.~%+/-]*)?", re.ASCII)
"""Addresses that may become links: without user, query and fragment, which could hold more than a place."""


def code(text: str) -> str:
    """Return a text as code on one line: no link, mention, image or HTML comes of it; a dash for nothing."""
    flat = " ".join(text.split())
    if not flat:
        return "-"
    fence = "`" * (_longest(flat) + 1)
    room = " " if flat.startswith("`") or flat.endswith("`") else ""
    return f"{fence}{room}{flat}{room}{fence}"


def fenced(text: str) -> list[str]:
    """Return a text of several lines as the lines of a block that none of them can end."""
    fence = "`" * max(3, _longest(text) + 1)
    return [f"{fence}text", *text.splitlines(), fence]


def link(address: str) -> str:
    """Return an address as a link; as code when it is more than the address of a page."""
    return f"<{address}>" if _ADDRESS.fullmatch(address) else code(address)


def _longest(text: str) -> int:
    return max((len(run) for run in _RUNS.findall(text)), default=0)

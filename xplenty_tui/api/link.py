"""The Link header (RFC 8288), read without trust: garbage gives fewer links, never an error."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NAME = r"[!#$%&'*+\-.^_`|~0-9A-Za-z]++"
_TARGET = re.compile(r"<([^<>]*+)>")
_PARAMETER = re.compile(rf"\s*+;\s*+({_NAME})\s*+(?:=\s*+(?:\"((?:[^\"\\]|\\.)*+)\"|([^\s;,\"]++)))?", re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the header."""

    target: str
    """As sent; never followed, pages are addressed by offset."""
    rels: frozenset[str]
    """What it leads to, in lower case: ``next``, ``prev``."""


def parse(header: str) -> tuple[Link, ...]:
    """Return the links of a header in order, whether commas or line ends separate them."""
    links: list[Link] = []
    place = 0
    while found := _TARGET.search(header, place):
        place = found.end()
        rel: str | None = None
        while parameter := _PARAMETER.match(header, place):
            place = parameter.end()
            if parameter[1].lower() == "rel" and rel is None:  # RFC 8288 §3.3: only the first counts
                rel = _ESCAPE.sub(r"\1", parameter[2]) if parameter[2] is not None else parameter[3]
        links.append(Link(found[1].strip(), frozenset((rel or "").lower().split())))
    return tuple(links)


def has_next(header: str) -> bool:
    """Whether the header names a next page."""
    return any("next" in link.rels for link in parse(header))

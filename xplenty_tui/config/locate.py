"""Which line of a TOML text speaks of a key: the parser tells values, a person needs the line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from typing import Any

_PART = r"(?:[\w-]+|\"(?:[^\"\\]|\\.)*\"|'[^']*')"
_HEADER = re.compile(rf"\s*\[{{1,2}}\s*(?P<name>{_PART}(?:\s*\.\s*{_PART})*)\s*\]{{1,2}}\s*(?:#.*)?$")
_KEY = re.compile(rf"\s*(?P<name>{_PART}(?:\s*\.\s*{_PART})*)\s*=")
_TRIPLE = re.compile(r'"""|\'\'\'')
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'|#.*")


def line_of(text: str, path: Sequence[str]) -> int | None:
    """Return the number (from 1) of the line that sets ``path``, or the nearest table around it; None: nothing does."""
    best, found = 0, None
    for number, known in _keys(text):
        shared = _shared(known, path)
        if shared > best and shared == min(len(known), len(path)):
            best, found = shared, number
    return found


def _shared(known: Sequence[str], path: Sequence[str]) -> int:
    count = 0
    for mine, theirs in zip(known, path, strict=False):
        if mine != theirs:
            break
        count += 1
    return count


def _keys(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield every header and every key with its line, whole paths; text inside values is passed over."""
    table: tuple[str, ...] = ()
    until, depth = "", 0
    for number, line in enumerate(text.split("\n"), start=1):
        if until:
            until = "" if until in line else until
            continue
        bare = _QUOTED.sub("", line) if not _TRIPLE.search(line) else line
        if depth == 0 and (header := _HEADER.match(line)):
            table = _path(header["name"])
            yield number, table
            continue
        if depth == 0 and (key := _KEY.match(line)):
            yield number, table + _path(key["name"])
        if (fence := _TRIPLE.search(line)) and line.count(fence[0]) == 1:
            until = fence[0]
            continue
        depth = max(0, depth + bare.count("[") - bare.count("]"))


def _path(name: str) -> tuple[str, ...]:
    """Return the parts of a dotted key, unquoted as TOML does it."""
    try:
        value: Any = tomllib.loads(f"{name} = 0")
    except tomllib.TOMLDecodeError:
        return ()
    parts = []
    while isinstance(value, dict):
        ((part, value),) = value.items()
        parts.append(part)
    return tuple(parts)

"""On which line of a TOML text a key stands: what neither the reader nor the validation tells."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

Path = tuple[str | int, ...]
"""Keys and places in lists, from the top: ``("packages", 0, "id")``."""

_AT_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)$")
_AT_END = re.compile(r"\s*\(at end of document\)$")


def statements(text: str) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """Yield each key with its value, header, comment and blank line by itself: first line, text and what it says.

    A statement is the fewest lines that TOML understands; what is never understood is yielded last, saying nothing.
    """
    lines: list[str] = []
    first = 1
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        lines.append(line)
        try:
            said = tomllib.loads("\n".join(lines))
        except (ValueError, RecursionError):
            continue
        yield first, "\n".join(lines), said
        lines, first = [], number + 1
    if lines:
        yield first, "\n".join(lines), {}


def lines_of(text: str) -> dict[Path, int]:
    """Return the line of every key and table of a text that TOML understands; inside a value: the line it starts on."""
    found: dict[Path, int] = {}
    places: dict[Path, int] = {}
    table: Path = ()
    for number, statement, said in statements(text):
        if not said:
            continue
        chain = tuple(_chain(said))
        if statement.lstrip().startswith("["):
            table = path = _header(chain, places, several=statement.lstrip().startswith("[["))
        else:
            path = (*table, *chain)
        for depth in range(1, len(path) + 1):
            found.setdefault(path[:depth], number)
    return found


def place_of(text: str, path: Path) -> tuple[Path, int]:
    """Return what of ``path`` stands in the text, and its line, from 1.

    A key that is not there is looked for among the commented-out ones of its table: that is where it belongs.
    """
    known = lines_of(text)
    around = path
    while around and around not in known:
        around = around[:-1]
    line = known.get(around, 1)
    if len(around) == len(path) - 1:
        key = re.compile(rf'#\s*"?{re.escape(str(path[-1]))}"?\s*=')
        for number, row in enumerate(text.split("\n")[line if around else 0 :], line + 1 if around else 1):
            if key.match(row):
                return around, number
            if row.lstrip().startswith("["):
                break
    return around, line


def syntax_problem(text: str, error: ValueError) -> tuple[str, int]:
    """Return what is wrong in a text that TOML does not understand, as the end of a sentence, and the line."""
    message = str(error)
    told = _AT_LINE.search(message)
    reason = _AT_END.sub("", _AT_LINE.sub("", message))
    line = int(told[1]) if told else max(first for first, *_ in statements(text))
    return reason[:1].lower() + reason[1:], line


def _chain(said: dict[str, Any]) -> Iterator[str]:
    """Yield the keys on the way to the first value or table with more or less than one key."""
    node: Any = said
    while isinstance(node, dict) and len(node) == 1:
        key, node = next(iter(node.items()))
        yield key


def _header(keys: tuple[str, ...], places: dict[Path, int], *, several: bool) -> Path:
    """Return the path of a header; ``places`` holds the last place in each array of tables and is kept up to date."""
    path: Path = ()
    for key in keys[:-1]:
        path = (*path, key)
        if path in places:
            path = (*path, places[path])
    path = (*path, keys[-1])
    if several:
        places[path] = places.get(path, -1) + 1
        return (*path, places[path])
    return path

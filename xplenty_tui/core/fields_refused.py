"""Which fields the server refused. Its 422 has no documented form: the usual ones are understood as far as they go."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from xplenty_tui.core.fields import pattern
from xplenty_tui.core.widths import cut

MOST = 50
"""Sentences that are taken from one answer."""
LONGEST = 300
"""Cells of one sentence."""
_DEEPEST = 8
_WRAPPERS = ("errors", "error", "detail", "details", "fields", "problems")
_NAMES = ("field", "attribute", "param", "parameter", "property", "path", "name", "loc", "source")
_SENTENCES = ("message", "msg", "detail", "error", "title", "description", "reason", "code")
_PREFIX = re.compile(r"^\s*validation failed\s*:\s*", re.IGNORECASE)
_ALONE = re.compile(r"[\s_.]+")


def problems_of(body: object, names: Collection[str] = ()) -> dict[str, str]:
    """Return the sentences of a refusal by the names of the fields that they are about; "" holds the rest.

    ``body`` is the parsed answer, whatever it is; ``names`` are the fields of the form (stars for numbers are
    understood). Without them a name is believed as it came.
    """
    found: dict[str, list[str]] = {}
    for amount, (path, said) in enumerate(_walk(body, (), 0)):
        if amount >= MOST:
            break
        name, sentence = _placed(path, " ".join(said.split()), names)
        if sentence and sentence not in (held := found.setdefault(name, [])):
            held.append(sentence)
    if len(found) > 1 and len(found.get("", ())) == 1 and _PREFIX.match(f"{found[''][0]}:"):
        del found[""]  # "Validation failed" says nothing beside the fields
    return {name: cut(" ".join(map(_ended, said)), LONGEST) for name, said in found.items()}


def _ended(sentence: str) -> str:
    sentence = sentence[:1].upper() + sentence[1:]
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."


def _walk(body: object, path: tuple[str, ...], depth: int) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield each sentence with the names on the way to it."""
    if isinstance(body, str):
        plain = _PREFIX.sub("", body)
        parts = re.split(r",\s+(?=[A-Z])", plain) if plain != body else [body]
        yield from ((path, part) for part in parts)
    elif isinstance(body, bool | int | float):
        yield path, str(body)
    elif isinstance(body, list) and depth < _DEEPEST:
        for place, one in enumerate(body):
            numbered = isinstance(one, dict) and path and _named(one) is None
            yield from _walk(one, (*path, str(place)) if numbered else path, depth + 1)
    elif isinstance(body, dict) and depth < _DEEPEST:
        named = _named(body, _NAMES if path or depth else _NAMES[:3])
        if named is not None:
            yield (*path, *named[0]), named[1]
            return
        for key, value in body.items():
            silent = not path and (key in _WRAPPERS or (key in _SENTENCES and isinstance(value, str)))
            if not path and key in ("status", "code", "request_id", "id") and not isinstance(value, list | dict):
                continue
            yield from _walk(value, path if silent else (*path, str(key)), depth + 1)


def _named(item: dict[object, object], names: tuple[str, ...] = _NAMES) -> tuple[tuple[str, ...], str] | None:
    """Read {"field": "nodes", "message": "…"} and its relatives: the names, and what is said."""
    said = next((value for key in _SENTENCES if isinstance(value := item.get(key), str)), None)
    where = next((value for key in names if (value := item.get(key)) is not None), None)
    if isinstance(where, dict):
        where = where.get("pointer") or where.get("parameter")
    if said is None or where is None or where == said:
        return None
    if isinstance(where, list):
        return tuple(str(part) for part in where[:_DEEPEST]), said
    if isinstance(where, str) and len(where) < 200:
        return tuple(part for part in re.split(r"[./\[\]]+", where) if part), said
    return None


def _placed(path: tuple[str, ...], said: str, names: Collection[str]) -> tuple[str, str]:
    """Return the field that a sentence is about, and the sentence; the names are said in it when no field fits."""
    if not path:
        return _spoken(said, names)
    if not names:
        return ".".join(path), said
    known = {pattern(name) for name in names}
    for start in range(len(path)):  # {"cluster": {"nodes": …}}: what is wrapped around is no part of the name
        for end in range(len(path), start, -1):
            name = ".".join(path[start:end])
            if pattern(name) in known:
                return name, said if end == len(path) else f"{path[-1]}: {said}"
    return "", f"{'.'.join(path)}: {said}"


def _spoken(said: str, names: Collection[str]) -> tuple[str, str]:
    """Find the field that a sentence begins with: ``Time to idle is not a number``."""
    low = said.lower()
    longest = sorted(names, key=len, reverse=True)
    spoken = [(words, name) for name in longest for words in (name.lower(), _ALONE.sub(" ", name).lower())]
    spoken += [(_ALONE.sub(" ", name.rpartition(".")[2]).lower(), name) for name in longest]
    for words, name in spoken:
        if low.startswith((f"{words} ", f"{words}:")) and "*" not in name:
            return name, said
    return "", said

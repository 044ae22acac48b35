"""A model as TOML's own values, secrets replaced by marks that are put back when the text returns; and what changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, time
from enum import Enum
from typing import Any, NamedTuple

import tomlkit
from pydantic import BaseModel, SecretBytes, SecretStr
from pydantic_core import to_jsonable_python

from xplenty_tui.core.words import secret_looking

MASK = "**********"
"""What a person sees of a secret."""

_MARK = re.compile(re.escape(MASK) + r"#[0-9]+")
_HIDDEN = re.compile(r"[^ -~\n\t]")
_LONE = re.compile("[\ud800-\udfff]")
Scalar = str | int | float | date | time
"""What TOML can hold beside lists and tables; bool is an int."""
_SEVERAL = (list, tuple, set, frozenset)


class Secrets:
    """The secrets that were left out of a text, by the mark that stands there: ``**********#1``.

    A mark keeps its secret wherever it is moved. The same model gives the same marks.
    """

    def __init__(self) -> None:
        self._values: dict[str, Scalar] = {}

    def hide(self, value: Scalar) -> str:
        """Return the mark of a secret."""
        mark = f"{MASK}#{len(self._values) + 1}"
        self._values[mark] = value
        return mark

    def restore(self, value: Any) -> Any:
        """Return plain values with the secrets in the places of their marks."""
        if isinstance(value, dict):
            return {key: self.restore(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [self.restore(inner) for inner in value]
        return self._values.get(value, value) if isinstance(value, str) else value

    def strangers(self, value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
        """Yield where marks stand that are none of ours: what they stood for is not known."""
        if isinstance(value, str) and _MARK.fullmatch(value) and value not in self._values:
            yield path
        elif isinstance(value, dict | list):
            inside: Any = value.items() if isinstance(value, dict) else enumerate(value)
            for key, inner in inside:
                yield from self.strangers(inner, (*path, key))


def plain(value: Any, secrets: Secrets | None = None, *, secret: bool = False) -> Any:
    """Return a field's value as TOML has it; what is None in a map is left out, for TOML has no null.

    With ``secrets``, texts under names that look secret are replaced by marks, and so is what looks like a mark.
    """
    if isinstance(value, BaseModel):
        value = {name: getattr(value, name) for name in type(value).model_fields}
    if isinstance(value, Mapping):
        return {
            writable(str(key)): plain(inner, secrets, secret=secret or secret_looking(str(key)))
            for key, inner in value.items()
            if inner is not None
        }
    if isinstance(value, _SEVERAL):
        return [plain(inner, secrets, secret=secret) for inner in value if inner is not None]
    if isinstance(value, Enum):
        return plain(value.value, secrets, secret=secret)
    if isinstance(value, SecretStr | SecretBytes):
        return plain(to_jsonable_python(value.get_secret_value()), secrets, secret=True)
    return _scalar(value, secrets, secret=secret)


class _Veiled(str):
    """A text that is secret whatever its name is."""

    __slots__ = ()


def _scalar(value: Any, secrets: Secrets | None, *, secret: bool) -> Any:
    found = value if isinstance(value, Scalar) else to_jsonable_python(value)
    if isinstance(found, str):
        found = writable(found)
    looks_so = isinstance(found, str) and _MARK.fullmatch(found) is not None
    if secrets is not None and (looks_so or (secret and found != "" and not isinstance(found, bool))):
        return secrets.hide(found)
    return _Veiled(found) if secret and isinstance(found, str) else found


def writable(text: str) -> str:
    """Return ``text`` as a file can hold it; lone surrogates cannot be written."""
    return _LONE.sub("\ufffd", str(text))


def inline(value: Any) -> str:
    """Return a plain value as TOML on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key_text(key)} = {inline(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(inline(inner) for inner in value) + "]"
    return visible(tomlkit.item(str(value) if isinstance(value, str) else value).as_string())


def key_text(key: str) -> str:
    """Return a key as TOML, quoted when it has to be."""
    return visible(tomlkit.key(key).as_string())


def visible(toml: str) -> str:
    """Return a TOML text with what cannot be seen, and what moves the cursor or turns the direction, as escapes."""
    return _HIDDEN.sub(lambda found: found[0] if found[0].isprintable() else _escape(ord(found[0])), toml)


def _escape(code: int) -> str:
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"


class Change(NamedTuple):
    """One value that differs. Texts are TOML on one line; a secret is ``**********``."""

    path: str
    """``variables.day``, ``packages[0].id``."""
    old: str | None
    """None: it was not set."""
    new: str | None
    """None: it is not set any more."""

    @property
    def field(self) -> str:
        """The model's own field in which the change lies."""
        return re.split(r"[.\[]", self.path, maxsplit=1)[0]


def diff(before: BaseModel, after: BaseModel) -> list[Change]:
    """Return what differs between two models, value by value, in the order of their fields."""
    old, new = plain(before), plain(after)
    return [
        change
        for name in type(after).model_fields
        for change in _changes(key_text(name), old.get(name), new.get(name), secret=secret_looking(name))
    ]


def path_text(path: tuple[str | int, ...]) -> str:
    """Return a path as a person reads it: ``packages[0].id``."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f"{'.' if text else ''}{key_text(step)}"
    return text


def _changes(path: str, old: Any, new: Any, *, secret: bool) -> Iterator[Change]:
    if _deep(old, dict) and _deep(new, dict) and (old or new):
        before, after = old or {}, new or {}
        for key in dict.fromkeys([*before, *after]):
            hidden = secret or secret_looking(key)
            yield from _changes(f"{path}.{key_text(key)}", before.get(key), after.get(key), secret=hidden)
    elif _deep(old, list) and _deep(new, list) and any(isinstance(each, dict) for each in [*(old or ()), *(new or ())]):
        before, after = old or [], new or []
        for at in range(max(len(before), len(after))):
            pair = (each[at] if at < len(each) else None for each in (before, after))
            yield from _changes(f"{path}[{at}]", *pair, secret=secret)
    else:
        secret = secret or isinstance(old, _Veiled) or isinstance(new, _Veiled)
        shown = [None if each is None else inline(each) for each in (old, new)]
        if shown[0] != shown[1]:
            yield Change(path, *(MASK if secret and each is not None else each for each in shown))


def _deep(value: Any, kind: type) -> bool:
    return value is None or isinstance(value, kind)

"""What a person can fill in, one field at a time, as text: what each field is, and how its text is read and written.

A form holds texts only, by the name of the field: ``nodes``, ``task.nodes`` inside another object,
``task.packages.0.package_id`` inside a list. ``fields_model`` draws the fields from a model, ``fields_check`` makes a
value of the texts, ``fields_refused`` finds the fields that the server refused.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")

Read = str | int | float | bool | datetime | dict[str, str]
"""What a text means."""


class Kind(StrEnum):
    """What the text of a field is."""

    TEXT = "text"
    WHOLE = "whole number"
    NUMBER = "number"
    YES_NO = "yes or no"
    CHOICE = "one of some words"
    TIME = "time"
    MAP = "names and values"
    ITEMS = "list"
    """Several of the same: its ``items`` repeat with a number in their names, and it has no text of its own."""


@dataclass(frozen=True, slots=True)
class When:
    """Put into an annotation: the field matters only while another one says this; it is hidden while it does not."""

    name: str
    """The other field, which stands above."""
    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form."""

    name: str
    """Where its value belongs: the API's word, with dots inside other objects."""
    title: str
    """What a person calls it."""
    kind: Kind = Kind.TEXT
    help: str = ""
    """What it is for, in a sentence or two."""
    default: str = ""
    """The text that it starts with."""
    required: bool = False
    bounds: str = ""
    """What is allowed, in words that follow "should be": ``2 to 50``."""
    words: tuple[str, ...] = ()
    """What a choice is between."""
    secret: bool = False
    """Its text is masked where it is drawn."""
    nullable: bool = False
    """It may be taken away, which is another thing than leaving it as it is."""
    items: tuple[Field, ...] = ()
    """The fields of one item of a list, named from the item."""
    when: When | None = None
    """Where it matters; None: always."""


@dataclass(frozen=True, slots=True)
class Checked(Generic[T]):
    """What became of the texts of a form: a value, or what is wrong."""

    value: T | None = field(default=None, repr=False)
    problems: Mapping[str, str] = field(default_factory=dict)
    """A sentence by the name of the field; "" is about no single one."""


def pattern(name: str) -> str:
    """Return the name of a field with a star for each number: ``task.packages.*.package_id``."""
    return ".".join("*" if part.isascii() and part.isdecimal() else part for part in name.split("."))


def pairs_text(pairs: Mapping[str, object] | Iterable[tuple[str, object]]) -> str:
    """Return names and values as the one text that stands for them in a form; "" for none.

    A name may stand twice: a person is typing. What is no text is written as JSON has it.
    """
    every = pairs.items() if isinstance(pairs, Mapping) else pairs
    held = [[name, _said(value)] for name, value in every]
    return json.dumps(held, ensure_ascii=False) if held else ""


def _said(value: object) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value, ensure_ascii=False, default=str)


def pairs_of(text: str) -> tuple[tuple[str, str], ...]:
    """Return the names and values in a text made by ``pairs_text``, or in a JSON object.

    Raises ValueError for any other text.
    """
    if not text.strip():
        return ()
    try:
        held = json.loads(text)
    except RecursionError as problem:
        raise ValueError("is nested too deeply") from problem
    if isinstance(held, dict):
        return tuple((name, _said(value)) for name, value in held.items())
    if isinstance(held, list) and all(isinstance(one, list) and len(one) == 2 for one in held):
        return tuple((_said(name), _said(value)) for name, value in held)
    raise ValueError("is neither an object nor a list of pairs")


_WHOLE = re.compile(r"[+-]?[0-9]{1,18}")
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,18}(?:\.[0-9]{0,18})?|\.[0-9]{1,18})(?:e[+-]?[0-9]{1,3})?", re.IGNORECASE)
YES, NO = "yes", "no"
_YES_NO = {YES: True, "y": True, "true": True, "t": True, "on": True, "1": True}
_YES_NO |= {NO: False, "n": False, "false": False, "f": False, "off": False, "0": False}


def read(one: Field, text: str, zone: tzinfo = UTC) -> Read:
    """Return what a text that is not blank means; raises ValueError with a sentence for the person who typed it.

    A time without an offset is taken to be in ``zone``.
    """
    bare = text.strip()
    match one.kind:
        case Kind.WHOLE:
            return _whole(bare)
        case Kind.NUMBER:
            return _number(bare)
        case Kind.YES_NO:
            if (known := _YES_NO.get(bare.lower())) is None:
                raise ValueError("Should be yes or no.")
            return known
        case Kind.CHOICE:
            return _choice(one, bare)
        case Kind.TIME:
            return _time(bare, zone)
        case Kind.MAP:
            return _map(text)
    return text if one.secret else bare


def _whole(text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise ValueError("Should be a whole number.")
    return int(text)


def _number(text: str) -> int | float:
    if _WHOLE.fullmatch(text):
        return int(text)
    number = float(text) if _NUMBER.fullmatch(text) else math.nan
    if not math.isfinite(number):
        raise ValueError("Should be a number.")
    return number


def _choice(one: Field, text: str) -> str:
    if text in one.words:
        return text
    near = [word for word in one.words if word.lower() == text.lower()]
    if len(near) != 1:
        raise ValueError(f"Should be one of {', '.join(one.words)}.")
    return near[0]


def _time(text: str, zone: tzinfo) -> datetime:
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError("Should be a time such as 2027-03-14 02:30.") from None
    return time if time.tzinfo else time.replace(tzinfo=zone)


def _map(text: str) -> dict[str, str]:
    try:
        pairs = pairs_of(text)
    except ValueError:
        raise ValueError("Should be names and values.") from None
    found: dict[str, str] = {}
    for name, value in ((name.strip(), value) for name, value in pairs):
        if not name and value.strip():
            raise ValueError("A value has no name.")
        if name in found:
            raise ValueError(f"{name} stands twice.")
        if name:
            found[name] = value
    return found


def write(value: object, zone: tzinfo = UTC) -> str:
    """Return the text of a value, which ``read`` reads back as the same; "" for None. Times are in ``zone``."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, datetime):
        return _time_text(value, zone)
    if isinstance(value, Mapping):
        return pairs_text(value)
    return str(value)


def _time_text(time: datetime, zone: tzinfo) -> str:
    with suppress(OverflowError):  # at the ends of the calendar no other zone has a date: as it is
        time = time.astimezone(zone) if time.tzinfo else time.replace(tzinfo=zone)
    return time.isoformat(" ", "auto" if time.second or time.microsecond else "minutes")

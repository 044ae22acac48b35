"""Texts that a person typed into a form, made into a checked value or into one plain sentence for each wrong field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, tzinfo
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from xplenty_tui.core.fields import Checked, Field, Kind, pattern, read
from xplenty_tui.core.fields_model import fields_of, shapes

M = TypeVar("M", bound=BaseModel)

_PLACE = re.compile("[0-9]{1,3}")
"""The number of an item: no list that a person fills in by hand is longer."""


@dataclass(frozen=True, slots=True)
class _Typed:
    """The texts of a form on their way."""

    values: Mapping[str, str]
    before: Mapping[str, str]
    zone: tzinfo
    problems: dict[str, str]


def check(
    model: type[M], values: Mapping[str, str], *, before: Mapping[str, str] | None = None, zone: tzinfo = UTC
) -> Checked[M]:
    """Return the value that the texts make, or a sentence for each field that is wrong; never raises.

    A blank text leaves its field unset. One that was not blank in ``before`` was taken away by the person and is
    sent empty. Times without an offset are in ``zone``. Names that the model does not know are passed over.
    """
    problems: dict[str, str] = {}
    data = _gather(model, _Typed(values, before or {}, zone, problems))
    try:
        value = model.model_validate(data)
    except ValidationError as refused:
        known = _known(fields_of(model))
        for error in refused.errors(include_url=False, include_input=False):
            name = _home(error["loc"], known)
            problems.setdefault(name, _sentence(error, known.get(pattern(name)), name))
    else:
        if not problems:
            return Checked(value)
    return Checked(problems=problems)


def _gather(model: type[BaseModel], typed: _Typed, prefix: str = "") -> dict[str, Any]:
    """Read the texts of a model and of those inside it into what it validates; what cannot be read is a problem."""
    values, before = typed.values, typed.before
    flat = {one.name: one for one in fields_of(model)}
    data: dict[str, Any] = {}
    for name, (info, shape) in shapes(model).items():
        full = prefix + name
        if shape.kind is Kind.ITEMS and shape.model is not None:
            inner = [_gather(shape.model, typed, f"{full}.{place}.") for place in range(count(values, full))]
            if inner or count(before, full):
                data[name] = shape.container(inner)
        elif shape.model is not None:
            found = _gather(shape.model, typed, f"{full}.")
            if found or info.is_required():
                data[name] = found
        elif (text := values.get(full)) is not None:
            try:
                data |= _one(flat[name], text, before.get(full, ""), typed.zone)
            except ValueError as problem:
                typed.problems[full] = str(problem)
    return data


def _one(one: Field, text: str, before: str, zone: tzinfo) -> dict[str, Any]:
    """Read one text: {name: value}, or {} when it leaves the field unset."""
    if text.strip():
        return {one.name: read(one, text, zone)}
    if one.required:
        raise ValueError("Needed.")
    if not before.strip():
        return {}
    if one.kind in (Kind.TEXT, Kind.MAP):
        return {one.name: "" if one.kind is Kind.TEXT else {}}
    if not one.nullable:
        raise ValueError("Cannot be left empty.")
    return {one.name: None}


def count(values: Mapping[str, str], name: str) -> int:
    """Return how many items of the list ``name`` the texts hold."""
    start = f"{name}."
    places = (key[len(start) :].partition(".")[0] for key in values if key.startswith(start))
    return max((int(place) + 1 for place in places if _PLACE.fullmatch(place)), default=0)


def _known(fields: tuple[Field, ...], prefix: str = "") -> dict[str, Field]:
    """Return the fields by the patterns of their names, those of items too."""
    found: dict[str, Field] = {}
    for one in fields:
        found[prefix + one.name] = one
        found |= _known(one.items, f"{prefix}{one.name}.*.")
    return found


def _home(place: tuple[int | str, ...], known: Mapping[str, Field]) -> str:
    """Return the name of the field that an error is about: the longest one that its place begins with."""
    parts = [str(part) for part in place]
    for length in range(len(parts), 0, -1):
        name = ".".join(parts[:length])
        if pattern(name) in known:
            return name
    return ""


def _sentence(error: ErrorDetails, one: Field | None, name: str) -> str:
    """Say what is wrong in a plain sentence, without what was typed."""
    what, said = error["type"], error["msg"]
    if what == "missing":
        return "Needed."
    if what == "value_error":
        said = str(error.get("ctx", {}).get("error", said))
    elif one is not None and one.bounds and what.startswith(("greater", "less", "multiple", "string_too", "too_")):
        said = f"should be {one.bounds}"
    elif one is not None and one.words:
        said = f"should be one of {', '.join(one.words)}"
    inside = error["loc"][len(name.split(".")) :] if one is not None and one.kind is Kind.MAP else ()
    if inside and inside[0] != "[key]":
        return f"{inside[0]}: {said.rstrip('.')}."
    return f"{said[:1].upper()}{said[1:].rstrip('.')}."

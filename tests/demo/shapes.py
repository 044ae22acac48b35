"""The shape of JSON: which keys there are, always or sometimes, and of which types."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

FREE = frozenset({"variables"})
"""Objects whose keys are data."""


@dataclass
class Shape:
    """What a place in an answer holds, over all the items that were looked at."""

    types: set[str] = field(default_factory=set)
    keys: dict[str, Shape] = field(default_factory=dict)
    always: set[str] | None = None
    items: Shape | None = None


def _type(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "bool"
    return {int: "number", float: "number", str: "text", list: "list", dict: "object"}[type(value)]


def learn(shape: Shape, value: Any) -> Shape:
    """Take one value into a shape."""
    shape.types.add(_type(value))
    if isinstance(value, dict):
        shape.always = set(value) if shape.always is None else shape.always & set(value)
        for key, inner in value.items():
            place = shape.keys.setdefault(key, Shape())
            if key in FREE:
                place.types.add(_type(inner))
            else:
                learn(place, inner)
    elif isinstance(value, list):
        shape.items = shape.items or Shape()
        for inner in value:
            learn(shape.items, inner)
    return shape


def differences(documented: Shape, demo: Shape, where: str = "") -> list[str]:
    """Return in words how the demo's shape departs from the documentation's."""
    found = []
    told = documented.types - {"null"}
    shown = demo.types - {"null"}
    if told and not shown <= told:
        found.append(f"{where}: {sorted(shown)} instead of {sorted(told)}")
    for key in sorted(documented.keys.keys() - demo.keys.keys()):
        found.append(f"{where}.{key}: missing")
    for key in sorted(demo.keys.keys() - documented.keys.keys()):
        found.append(f"{where}.{key}: not documented")
    for key in sorted((documented.always or set()) & demo.keys.keys() - (demo.always or set())):
        found.append(f"{where}.{key}: sometimes missing")
    for key in sorted(documented.keys.keys() & demo.keys.keys()):
        found += differences(documented.keys[key], demo.keys[key], f"{where}.{key}")
    if documented.items and demo.items and documented.items.types and demo.items.types:
        found += differences(documented.items, demo.items, f"{where}[]")
    return found

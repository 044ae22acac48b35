"""The API's search: ``attr:value``, ``attr:"two words"``, ``:>`` and ``:<``, ``-`` negates, free text over id and name.

The same attribute twice means either, different attributes mean all. Texts match anywhere in the value, whatever the
case; ids and statuses match whole; a date matches its day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Literal, TypeVar

from xplenty_tui.demo.call import DIRECTIONS, Call, Dated
from xplenty_tui.demo.replies import Answer, invalid
from xplenty_tui.demo.stamps import DAY, parse

T = TypeVar("T", bound=Dated)

_TERM = re.compile(r'(-)?(?:([a-z_]+):([<>])?)?(?:"([^"]*)"|(\S+))')

Kind = Literal["text", "word", "number", "date"]


@dataclass(frozen=True, slots=True)
class Attribute:
    """What can be searched for by name."""

    kind: Kind
    """``text`` matches parts, ``word`` the whole value; ``number`` and ``date`` can be compared."""
    values: Callable[[Any], Sequence[Any]]
    """The values of a thing: any of them may match."""


@dataclass(frozen=True, slots=True)
class Term:
    """One part of a query."""

    name: str
    """The attribute; "" for free text."""
    value: str
    compare: str = ""
    """``>`` (at least), ``<`` (at most) or "" (equal)."""
    negated: bool = False


def parse_query(text: str, attributes: Mapping[str, Attribute]) -> list[Term]:
    """Cut a query into terms; an unknown attribute is free text, as it stands."""
    terms = []
    for match in _TERM.finditer(text):
        minus, name, compare, quoted, plain = match.groups()
        value = plain if quoted is None else quoted
        if name and name not in attributes:
            name, value, compare = "", f"{name}:{compare or ''}{value}", ""
        terms.append(Term(name or "", value, compare or "", bool(minus)))
    return terms


def _test(term: Term, attribute: Attribute) -> Callable[[Any], bool]:
    if attribute.kind in ("number", "date"):
        if term.negated:
            raise invalid(f"{term.name} cannot be negated: it is a {attribute.kind}.")
        low, high = _range(term, attribute.kind)
        return lambda thing: any(low <= value <= high for value in attribute.values(thing) if value is not None)
    wanted = term.value.lower()
    if attribute.kind == "word":
        return lambda thing: any(str(value).lower() == wanted for value in attribute.values(thing))
    return lambda thing: any(wanted in str(value).lower() for value in attribute.values(thing))


def _range(term: Term, kind: Kind) -> tuple[float, float]:
    try:
        if kind == "number":
            low = high = float(term.value)
        else:
            low = parse(term.value)
            high = low + (DAY - 1 if len(term.value) == 10 else 0)
    except ValueError:
        raise invalid(f"{term.name} needs a {kind}, not {term.value}.") from None
    if term.compare == ">":
        return low, float("inf")
    return (float("-inf"), low if kind == "date" else high) if term.compare == "<" else (low, high)


def matcher(text: str, attributes: Mapping[str, Attribute]) -> Callable[[Any], bool]:
    """Make the test of a query; 422 for a date or a number that is none."""
    groups: dict[str, list[Callable[[Any], bool]]] = {}
    never: list[Callable[[Any], bool]] = []
    free: list[Callable[[Any], bool]] = []
    for term in parse_query(text, attributes):
        if term.name:
            test = _test(term, attributes[term.name])
            (never if term.negated else groups.setdefault(term.name, [])).append(test)
        else:
            test = _free(term.value)
            (never if term.negated else free).append(test)
    either = list(groups.values())
    return lambda thing: (
        all(test(thing) for test in free)
        and all(any(test(thing) for test in tests) for tests in either)
        and not any(test(thing) for test in never)
    )


def _name(thing: Any) -> str:
    name = thing.name if hasattr(thing, "name") else thing.package.name
    return str(name).lower()


def _free(value: str) -> Callable[[Any], bool]:
    wanted = value.lower()
    return lambda thing: wanted == str(thing.id) or wanted in _name(thing)


def answer(
    call: Call,
    things: Sequence[T],
    attributes: Mapping[str, Attribute],
    show: Callable[[T], Any],
    *,
    sorts: Mapping[str, Callable[[Any], Any]],
    direction: str = "asc",
) -> Answer:
    """Answer a search. A wrong ``sort`` means relevance: whole names before parts, then by id."""
    text = call.params.text("q")
    if text is None:
        raise invalid("q can't be blank.")
    down = call.params.choice("direction", DIRECTIONS, direction) == "desc"
    fits = matcher(text, attributes)
    found = [thing for thing in things if fits(thing)]
    key = sorts.get(call.params.text("sort") or "relevance")
    found.sort(key=key or attrgetter("id"), reverse=down)
    if key is None:
        wanted = text.strip().strip('"').lower()
        found.sort(key=lambda thing: _name(thing) != wanted)
    return call.page(found, show)

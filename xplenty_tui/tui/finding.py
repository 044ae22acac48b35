"""What the palette finds beside kinds and commands: loaded items by name or id, and ids that are not loaded. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import nsmallest
from typing import Any

from xplenty_tui.core.declare import Resource
from xplenty_tui.core.store import Store
from xplenty_tui.tui.widgets.chooser import Option

ITEM = "item."
"""What the id of an option for an item begins with; kind and key follow."""
EACH, SHORTEST = 8, 2
"""Items of a kind that are offered, and letters from which on they are looked for."""
_EXACT, _OTHER = 1, 9


def item_id(kind: str, key: str) -> str:
    """Return the id of the option that opens an item."""
    return f"{ITEM}{kind}.{key}"


def kind_of(id_: str) -> tuple[str, str]:
    """Return kind and key of such an id."""
    kind, _, key = id_.removeprefix(ITEM).partition(".")
    return kind, key


def split(text: str, resources: Iterable[Resource[Any]]) -> tuple[Resource[Any] | None, str]:
    """Return the kind that the first word names (``job 304``, ``cluster daily``) and the rest; None: no kind."""
    word, _, rest = text.strip().partition(" ")
    named = word.casefold()
    for one in resources:
        if rest.strip() and named in (one.name, one.singular, one.title.casefold(), *one.aliases):
            return one, rest.strip()
    return None, text.strip()


def found(text: str, store: Store, resources: Sequence[Resource[Any]]) -> tuple[list[Option], list[Option]]:
    """Return what ``text`` names for sure (an id, a whole name, a kind and part of a name), and what holds it."""
    named, rest = split(text, resources)
    if len(rest) < SHORTEST and not rest.isdecimal():
        return [], []
    text, kinds = rest.casefold(), [(one.name, one.title.casefold(), *one.aliases) for one in resources]
    is_kind = named is None and any(text in words for words in kinds)
    surely = -1 if is_kind else _EXACT  # a kind goes before the items that are called as it is, by name or by id
    sure: list[Option] = []
    maybe: list[Option] = []
    for resource in (named,) if named else sorted(resources, key=lambda one: one.name == "jobs"):
        for rank, option in _of(resource, text, store):
            (sure if named or rank <= surely else maybe).append(option)
    if rest.isdecimal():
        asked = (named,) if named else [one for one in resources if one.digit]
        fetched = [one for kind in asked if (one := _unloaded(kind, rest, store)) is not None]
        sure, maybe = ([*fetched, *sure], maybe) if named else (sure, [*maybe, *fetched])
    return sure, maybe


def _of(resource: Resource[Any], text: str, store: Store) -> list[tuple[int, Option]]:
    """Return the best matches among the loaded items of a kind, each with its rank (0 is the id itself)."""

    def build(items: list[Any]) -> list[tuple[str, str, str]]:
        return [(resource.key(one), label := resource.label(one), label.casefold()) for one in items]

    known: list[tuple[str, str, str]] = store.derive(resource.name, "names", build)
    ranked = ((_rank(text, key, folded), key, label) for key, label, folded in known if text in folded or text in key)
    best = nsmallest(EACH, ranked, key=lambda one: (one[0], -int(one[1]) if one[1].isdecimal() else 0, one[1]))
    return [
        (rank, Option(item_id(resource.name, key), label, key if key not in label else "", resource.singular))
        for rank, key, label in best
    ]


def _rank(text: str, key: str, folded: str) -> int:
    name = folded.removeprefix(key.casefold()).strip()
    tests = (key == text, text in (folded, name), key.startswith(text), name.startswith(text))
    return next((place for place, holds in enumerate(tests) if holds), _OTHER)


def _unloaded(resource: Resource[Any], key: str, store: Store) -> Option | None:
    if resource.get is None or store.of(resource.name).items.get(key) is not None:
        return None
    about = "not among what is loaded; opening it costs 1 credit"
    return Option(item_id(resource.name, key), f"{resource.singular} {key}", "", about)

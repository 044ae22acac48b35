"""What is known: the last good answer of every kind, keyed by id, with its age and its gaps.

Workers put answers in; screens read and are told *that* a kind changed, never *what*: bursts collapse,
and nothing is lost.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Collection as Some
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

T = TypeVar("T")
D = TypeVar("D")

LOGGED = 64
"""How many changes of a kind are remembered one by one: who looks less often compares all items."""
FEW = 2_000
"""Keys that are put into their place, and remembered as a change, one by one."""


def age(key: str) -> tuple[bool, int, str]:
    """Return what keys are ordered by, lowest first: as numbers those that are numbers, behind the others."""
    number = key.isascii() and key.isdigit() and len(key) < 100
    return (number, int(key) if number else 0, key)


@dataclass(frozen=True, slots=True)
class Odd:
    """An item that arrived but could not be decoded; it is shown as a row of its own, never dropped in silence."""

    key: str
    """The item's id as far as it could be read, else its place in the page."""
    reason: str
    """What was wrong with it, in words."""
    raw: Mapping[str, Any] | None = None
    """The item as received, cleaned, for the raw view."""


@dataclass(slots=True)
class Collection(Generic[T]):
    """All that is known of one kind."""

    items: dict[str, T | Odd] = field(default_factory=dict)
    """The items by key."""
    version: int = 0
    """Rises whenever anything in this collection changes."""
    loaded_at: datetime | None = None
    """When the last good answer came; None before the first."""
    progress_at: datetime | None = None
    """When the progress of what runs was last looked at; None: never beside the list itself."""
    asked_at: datetime | None = None
    """When the last request was sent, answered or not."""
    error: Exception | None = None
    """Why the last request failed; None after a good one. What was known before stays."""
    more: bool = False
    """The server has older items than those held here."""
    next_offset: int = 0
    """Where the next older page starts."""
    changed_at: dict[str, datetime] = field(default_factory=dict)
    """When an item last became different from what was shown (a first load changes nothing)."""
    ages: list[str] = field(default_factory=list)
    """The keys of the items by ``age``: newer ids are higher, so the newest is the last."""
    log: deque[tuple[int, frozenset[str]]] = field(default_factory=deque)
    """The last changes: the version that each made, and the keys that came, went or changed."""
    logged_from: int = 0
    """The version after which every change is in the log."""

    def since(self, version: int) -> set[str] | None:
        """Return the keys that came, went or changed after a version; None when that is not remembered."""
        if version < self.logged_from:
            return None
        found: set[str] = set()
        for made, keys in reversed(self.log):
            if made <= version:
                break
            found |= keys
        return found

    def note(self, keys: Some[str], came: Iterable[str] = (), went: Iterable[str] = ()) -> None:
        """Rise by one version, in which these keys changed; some of them came or went."""
        self.version += 1
        if len(keys) > FEW:
            self.log.clear()
            self.logged_from = self.version
        elif keys:
            if len(self.log) == LOGGED:
                self.logged_from = self.log.popleft()[0]
            self.log.append((self.version, frozenset(keys)))
        came, went = list(came), list(went)
        if len(came) + len(went) > FEW:
            self.ages = sorted(self.items, key=age)
            return
        for key in went:
            del self.ages[bisect_left(self.ages, age(key), key=age)]
        for key in came:
            insort(self.ages, key, key=age)

    @property
    def empty(self) -> bool:
        """Nothing is known yet: neither an answer nor an error."""
        return self.loaded_at is None and self.error is None


def keep_new(_old: Any, new: Any) -> Any:
    """Take the new item whole: the merge of kinds whose answers are always complete."""
    return new


class Store:
    """The collections of one account. Made anew when the account or the profile changes."""

    def __init__(self) -> None:
        self._kinds: dict[str, Collection[Any]] = {}
        self._listeners: list[Callable[[str], None]] = []
        self._derived: dict[tuple[str, str], tuple[int, Any]] = {}
        self._decoded: dict[str, tuple[int, list[Any]]] = {}

    def of(self, kind: str) -> Collection[Any]:
        """Return the collection of ``kind``, an empty one before the first answer."""
        return self._kinds.setdefault(kind, Collection())

    def get(self, kind: str, key: str | int | None) -> Any | None:
        """Return one item, or None when it is not loaded or could not be decoded."""
        item = self.of(kind).items.get(str(key))
        return None if isinstance(item, Odd) else item

    def good(self, kind: str) -> list[Any]:
        """Return the decoded items of ``kind``, in no promised order."""
        return [item for item in self.of(kind).items.values() if not isinstance(item, Odd)]

    def subscribe(self, listener: Callable[[str], None]) -> Callable[[], None]:
        """Call ``listener(kind)`` after every change; returns how to stop that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def asked(self, kind: str, at: datetime) -> None:
        """Note that a request for ``kind`` is on its way."""
        self.of(kind).asked_at = at

    def put(
        self,
        kind: str,
        items: Iterable[tuple[str, Any]],
        at: datetime,
        *,
        merge: Callable[[Any, Any], Any] = keep_new,
        whole: bool = False,
        news: bool = True,
    ) -> None:
        """Take items in; with ``whole`` they are all there is, and what is missing from them is gone.

        Without ``news`` (older pages, a first answer) what differs is not marked as just changed.
        """
        held = self.of(kind)
        fresh = dict(items)
        changed, came = self._take(held, fresh, merge)
        if news and held.loaded_at is not None:
            held.changed_at.update(dict.fromkeys(changed, at))
        gone = held.items.keys() - fresh.keys() if whole else set()
        for key in gone:
            del held.items[key]
            held.changed_at.pop(key, None)
        told = changed or gone or held.loaded_at is None or held.error is not None
        held.loaded_at, held.error = at, None
        if told:  # an answer without news makes what is known younger, and nobody has to draw that
            self._tell(kind, [*changed, *gone], came, gone)

    def learn(
        self, kind: str, items: Iterable[tuple[str, Any]], *, merge: Callable[[Any, Any], Any] = keep_new
    ) -> None:
        """Take in items that are not the list (one item, what a search found): its age and its error stay."""
        changed, came = self._take(self.of(kind), dict(items), merge)
        self._tell(kind, changed, came)

    @staticmethod
    def _take(
        held: Collection[Any], fresh: Mapping[str, Any], merge: Callable[[Any, Any], Any]
    ) -> tuple[list[str], list[str]]:
        """Merge items into a collection; returns the keys of those that became different, and those that are new."""
        changed = []
        came = [key for key in fresh if key not in held.items]
        for key, new in fresh.items():
            old = held.items.get(key)
            merged = new if old is None or isinstance(old, Odd) or isinstance(new, Odd) else merge(old, new)
            if old != merged:
                held.items[key] = merged
                changed.append(key)
        return changed, came

    def paged(self, kind: str, *, more: bool, next_offset: int) -> None:
        """Note how far into the server's list this collection reaches."""
        held = self.of(kind)
        held.more, held.next_offset = more, next_offset
        self._tell(kind)

    def fail(self, kind: str, error: Exception) -> None:
        """Note that the last request failed; the rows stay as they are."""
        self.of(kind).error = error
        self._tell(kind)

    def remove(self, kind: str, key: str) -> None:
        """Forget an item that the server says is gone."""
        held = self.of(kind)
        if held.items.pop(key, None) is not None:
            held.changed_at.pop(key, None)
            self._tell(kind, (key,), went=(key,))

    def derive(self, kind: str, name: str, build: Callable[[list[Any]], D]) -> D:
        """Return ``build(items)``, computed once for each version of ``kind`` (an index, a count, a history).

        ``build`` must leave the list as it is: all that derive from one version share it.
        """
        version = self.of(kind).version
        known = self._derived.get((kind, name))
        if known is None or known[0] != version:
            shared = self._decoded.get(kind)
            if shared is None or shared[0] != version:
                shared = self._decoded[kind] = (version, self.good(kind))
            known = (version, build(shared[1]))
            self._derived[(kind, name)] = known
        value: D = known[1]
        return value

    def _tell(self, kind: str, changed: Some[str] = (), came: Iterable[str] = (), went: Iterable[str] = ()) -> None:
        self.of(kind).note(changed, came, went)
        for listener in tuple(self._listeners):
            listener(kind)

"""What columns say of items, worked out once: a keystroke in the filter must not ask 100,000 items ten questions each.

An answer is forgotten when its item changes, when something else in the store that it looked at changes, and, when it
moves with the time, as soon as the time does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from itertools import islice
from typing import Any, cast

from xplenty_tui.core import words
from xplenty_tui.core.declare import Column, Context, Value
from xplenty_tui.core.literal import fold
from xplenty_tui.core.store import Collection, Odd, Store
from xplenty_tui.core.watch import WHOLE, Watch

_FAR = timedelta(days=400, hours=5, minutes=7, seconds=11)
"""What is still the same after this long does not move with the time."""
_SAID = 10_000
"""Texts of words that many items share (statuses, names) which are kept."""


class Reading(dict[str, Any]):
    """The answers to one question by the item's key, asked when they are first wanted."""

    def __init__(self, ask: Callable[[Reading, str], Any]) -> None:
        super().__init__()
        self._ask = ask
        self.moving: set[str] = set()
        """Keys whose answer moves with the time."""

    def __missing__(self, key: str) -> Any:
        answer = self[key] = self._ask(self, key)
        return answer

    def forget_moving(self) -> None:
        """Forget the answers that moved with the time."""
        for key in self.moving:
            self.pop(key, None)
        self.moving.clear()


class Memo:
    """The answers of all columns about the items of one collection. ``sync`` first, then read."""

    def __init__(self, kind: str, columns: Iterable[Column[Any]], ctx: Context) -> None:
        self.kind = kind
        self.items: dict[str, Any] = {}
        """The items as they were at the last ``sync``; odd ones too."""
        self.touched: set[str] = set()
        """Keys whose item came, went or changed at the last ``sync``."""
        self.stale: set[str] = set()
        """Those, and the keys of which an answer looked at something else that changed."""
        self.odd: set[str] = set()
        """Keys of items that could not be decoded."""
        self.ages: list[str] = []
        """The keys by their age, the newest last, as they were at the last ``sync``: do not keep it."""
        self.anew = True
        """Whether all answers were forgotten at the last ``sync``."""
        self.haystack = Reading(self._hay)
        """All that the free words of a filter are searched in, folded."""
        self._columns = tuple(columns)
        self._values: dict[str, Reading] = {}
        self._texts: dict[str, Reading] = {}
        self._said: dict[tuple[str, str], str] = {}
        self._lookers: dict[tuple[str, str], set[str]] = {}
        """Kind and key of something in the store → keys of items whose answers looked at it."""
        self._others: dict[str, int] = {}
        """Kinds that were looked at, with the version that they had."""
        self._place: tuple[Store, tzinfo, bool, str] | None = None
        self._version = -1
        self._enter(ctx)

    def sync(self, ctx: Context) -> bool:
        """Forget what is no longer true; returns whether anything but the time changed for the answers."""
        anew = self.anew = (ctx.store, ctx.zone, ctx.ascii, ctx.account) != self._place
        later = ctx.now != self._ctx.now
        self._enter(ctx)
        if anew:
            self._forget_all()
        elif later:
            for reading in self._readings():
                reading.forget_moving()
        held = ctx.store.of(self.kind)
        self.ages = held.ages
        self.touched = set()
        if held.version != self._version:
            self.touched = self._take(held, None if self._version < 0 else held.since(self._version))
        stale = self.stale = self.touched | self._looked_elsewhere(ctx.store)
        for reading in self._readings():
            for key in stale & reading.keys() if len(stale) > len(reading) else stale:
                reading.pop(key, None)
        return anew or bool(stale)

    def values(self, column: Column[Any]) -> Mapping[str, Any]:
        """Return the column's values by key; of an odd item the item itself."""
        if column.name not in self._values:

            def ask(reading: Reading, key: str) -> Value | Odd:
                value, moves = self._value(column, key)
                if moves:
                    reading.moving.add(key)
                return value

            self._values[column.name] = Reading(ask)
        return self._values[column.name]

    def texts(self, column: Column[Any]) -> Mapping[str, str]:
        """Return what text of the column is searched, folded, by key; nothing of an odd item."""
        if column.name not in self._texts:

            def ask(reading: Reading, key: str) -> str:
                value, moves = self._value(column, key)
                if moves:
                    reading.moving.add(key)
                return fold(self._text(column, key, value))

            self._texts[column.name] = Reading(ask)
        return self._texts[column.name]

    def answers(self, column: Column[Any], keys: Iterable[str]) -> list[Value]:
        """Ask about many items that are not odd; the answer of one that is gone is None.

        What depends on the item alone is not kept, and asked without the ceremony: of 100,000 items that counts.
        """
        values, items, watch, ask, ctx = self.values(column), self.items, self._watch, column.value, self._watched
        found = []
        watch.clock_read = False
        for key in keys:
            item = items.get(key)
            answer = None if item is None else ask(item, ctx)
            if watch.clock_read or watch.seen:
                watch.seen.clear()
                answer = values[key]
                watch.clock_read = False
            found.append(answer)
        return found

    def moving(self, column: Column[Any]) -> set[str]:
        """Return the keys whose value, as far as it was read, moves with the time."""
        reading = self._values.get(column.name)
        return set(reading.moving) if reading is not None else set()

    def moves(self, column: Column[Any]) -> bool:
        """Whether an answer of the column that was read moves with the time."""
        read = (self._values.get(column.name), self._texts.get(column.name))
        return any(reading.moving for reading in read if reading is not None)

    def warm(self, limit: int) -> bool:
        """Work out up to ``limit`` answers for the free words ahead of need; returns whether all are there."""
        if len(self.haystack) < len(self.items):
            missing = list(islice((key for key in self.items if key not in self.haystack), limit))
            for key in missing:
                self.haystack[key]
        return len(self.haystack) >= len(self.items)

    def _enter(self, ctx: Context) -> None:
        self._ctx = ctx
        self._watch = Watch(ctx)
        self._watched = cast("Context", self._watch)
        try:
            self._far = replace(ctx, now=ctx.now + _FAR)
        except OverflowError:
            self._far = replace(ctx, now=ctx.now - _FAR)

    def _readings(self) -> list[Reading]:
        return [self.haystack, *self._values.values(), *self._texts.values()]

    def _forget_all(self) -> None:
        self._place = (self._ctx.store, self._ctx.zone, self._ctx.ascii, self._ctx.account)
        for reading in self._readings():
            reading.clear()
            reading.moving.clear()
        self._said.clear()
        self._lookers.clear()
        self._others.clear()
        self._version = -1

    def _take(self, held: Collection[Any], changed: set[str] | None) -> set[str]:
        """Take over what changed (None: nobody remembers what), and return the keys of it."""
        old, new = self.items, held.items
        self._version = held.version
        if changed is None or len(changed) > len(new) // 4:
            self.items = new.copy()
            self.odd = {key for key, item in new.items() if type(item) is Odd}
            return _differing(old, new) if old else set(new)
        for key in changed:
            self.odd.discard(key)
            if key not in new:
                old.pop(key, None)
                continue
            old[key] = new[key]
            if isinstance(new[key], Odd):
                self.odd.add(key)
        return changed

    def _looked_elsewhere(self, store: Store) -> set[str]:
        """Return the keys whose answers looked at something that changed since, of this kind or another."""
        stale: set[str] = set()
        for kind, version in self._others.items():
            held = store.of(kind)
            if held.version == version:
                continue
            changed = held.since(version)
            places = self._lookers.keys() if changed is None else {(kind, key) for key in (WHOLE, *changed)}
            for place in [place for place in places if place[0] == kind]:
                stale |= self._lookers.pop(place, set())
            self._others[kind] = held.version
        return stale

    def _asked(self, key: str, function: Callable[[Any, Context], Any], about: Any) -> tuple[Any, bool]:
        """Return an answer and whether it moves with the time, noting what it looked at."""
        watch = self._watch
        watch.clock_read = False
        answer = function(about, self._watched)
        watch.unused = not watch.seen and not watch.clock_read
        if watch.seen:
            for place in watch.seen:
                self._lookers.setdefault(place, set()).add(key)
                self._others.setdefault(place[0], self._ctx.store.of(place[0]).version)
            watch.seen.clear()
        return answer, watch.clock_read and function(about, self._far) != answer

    def _value(self, column: Column[Any], key: str) -> tuple[Value | Odd, bool]:
        item = self.items[key]
        return (item, False) if isinstance(item, Odd) else self._asked(key, column.value, item)

    def _text(self, column: Column[Any], key: str, value: Value | Odd) -> str:
        """Return the value in words and as it is shown; a time only in full, because as shown it moves on."""
        if value is None or isinstance(value, Odd):
            return ""
        if column.show is None or isinstance(value, datetime):
            return _in_words(value, self._ctx.zone)
        said = self._said.get((column.name, value)) if isinstance(value, str) else None
        if said is not None:
            return said
        text = _in_words(value, self._ctx.zone)
        shown, moves = self._asked(key, column.show, value)
        if not moves and shown != text:
            text = f"{text}\n{' '.join(shown.split())}"
        if isinstance(value, str) and self._watch.unused and len(self._said) < _SAID:
            self._said[column.name, value] = text
        return text

    def _hay(self, _: Reading, key: str) -> str:
        item = self.items[key]
        if isinstance(item, Odd):
            return fold(f"{item.key}\n{item.reason}")
        texts = []
        for column in self._columns:
            value, moves = self._asked(key, column.value, item)
            if not moves and value is not None and not isinstance(value, bool):
                texts.append(self._text(column, key, value))
        return fold("\n".join(texts))


def _differing(old: Mapping[str, Any], new: Mapping[str, Any]) -> set[str]:
    """Return the keys that stand for something else in the two."""
    differing = {key for key, item in new.items() if old.get(key) is not item}
    return differing | (old.keys() - new.keys())


def _in_words(value: Value, zone: tzinfo) -> str:
    if isinstance(value, bool):
        return "yes true" if value else "no false"
    return words.stamp(value, zone) if isinstance(value, datetime) else words.plain(value)

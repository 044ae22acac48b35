"""The order of many keys by what a column says of them: made in steps, and kept while few of them change.

Numbers come first, then lengths, times and texts; what has no value is last whatever the direction. Equal ones stay in
the order in which they were handed in.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import compress
from typing import Any, Literal

Direction = Literal["asc", "desc"]
Answers = Callable[[Sequence[str]], Sequence[Any]]
"""Gives the values of some keys."""

STEP = 3_000
"""Keys of one step: some milliseconds."""
KINDS = 4
"""Numbers, lengths, times, texts."""
NOTHING = (-1, None)


def rank(value: Any, folded: dict[str, str]) -> tuple[int, Any]:
    """Return which kind of value it is and what it is compared by; ``NOTHING`` for what has no place of its own.

    ``folded`` is where texts are kept, because many items say the same.
    """
    if isinstance(value, str):
        known = folded.get(value)
        if known is None:
            known = folded[value] = value.casefold()
        return 3, known
    if isinstance(value, datetime):
        return 2, value if value.tzinfo is not None else value.replace(tzinfo=UTC)
    if isinstance(value, timedelta):
        return 1, value
    if value is None or value != value:  # not a number is no value either  # noqa: PLR0124
        return NOTHING
    return 0, value


class Ranking:
    """Keys by their values. ``build`` it once to the end, then ``move`` what changes."""

    def __init__(self, direction: Direction, before: Callable[[str], Any], answers: Answers) -> None:
        self._down = direction == "desc"
        self._before = before
        """By what equal ones are ordered, the lowest last: newer ids are higher."""
        self._answers = answers
        self._keys: tuple[list[str], ...] = tuple([] for _ in range(KINDS))
        """Of each kind of value the keys, the lowest first; equal ones so that they come out right when turned."""
        self._ranks: tuple[list[Any], ...] = tuple([] for _ in range(KINDS))
        """Beside each key what it is compared by."""
        self._nothing: list[str] = []
        self._folded: dict[str, str] = {}

    def build(self, keys: Sequence[str]) -> Iterator[None]:
        """Order these keys, newest first, in steps; between two of them others may have their turn."""
        turned = keys[::-1] if self._down else keys
        for start in range(0, len(turned), STEP):
            some = turned[start : start + STEP]
            for key, value in zip(some, self._answers(some), strict=True):
                kind, what = rank(value, self._folded)
                if kind < 0:
                    self._nothing.append(key)
                else:
                    self._keys[kind].append(key)
                    self._ranks[kind].append(what)
            if start + STEP < len(turned):
                yield
        if self._down:
            self._nothing.reverse()
        for keys_of, ranks in zip(self._keys, self._ranks, strict=True):
            yield from _sort(keys_of, ranks)

    def move(self, stale: set[str], there: Sequence[str]) -> None:
        """Forget the ``stale`` keys, and put those that are still ``there`` where they belong now."""
        for keys, ranks in zip(self._keys, self._ranks, strict=True):
            kept = [key not in stale for key in keys] if stale else []
            if not all(kept):
                keys[:], ranks[:] = compress(keys, kept), compress(ranks, kept)
        self._nothing = [key for key in self._nothing if key not in stale]
        for key, value in zip(there, self._answers(there), strict=True):
            kind, what = rank(value, self._folded)
            if kind < 0:
                self._nothing.insert(self._place(self._nothing, 0, len(self._nothing), key, up=False), key)
                continue
            keys, ranks = self._keys[kind], self._ranks[kind]
            low, high = bisect_left(ranks, what), bisect_right(ranks, what)
            place = self._place(keys, low, high, key, up=self._down)
            keys.insert(place, key)
            ranks.insert(place, what)

    def keys(self) -> list[str]:
        """Return all keys in their order."""
        found: list[str] = []
        for keys in self._keys[::-1] if self._down else self._keys:
            found += reversed(keys) if self._down else keys
        return found + self._nothing

    def _place(self, keys: list[str], low: int, high: int, key: str, *, up: bool) -> int:
        """Return where a key belongs between two places of equal ones, which rise (or fall) by their own order."""
        what = self._before(key)
        while low < high:
            middle = (low + high) // 2
            if (self._before(keys[middle]) < what) is up:
                low = middle + 1
            else:
                high = middle
        return low


def _sort(keys: list[str], ranks: list[Any]) -> Iterator[None]:
    """Sort both by the ranks, equal ones as they were; many in buckets, one a step."""
    count = len(keys)
    if count <= STEP:
        places = sorted(range(count), key=ranks.__getitem__)
        keys[:], ranks[:] = [keys[place] for place in places], [ranks[place] for place in places]
        return
    sample = sorted(ranks[:: max(count // 256, 1)])
    limits = sample[:: max(len(sample) * STEP // count, 1)][1:]
    buckets: list[list[int]] = [[] for _ in range(len(limits) + 1)]
    for start in range(0, count, STEP):
        for place in range(start, min(start + STEP, count)):
            buckets[bisect_right(limits, ranks[place])].append(place)
        yield
    sorted_keys: list[str] = []
    sorted_ranks: list[Any] = []
    for bucket in buckets:
        bucket.sort(key=ranks.__getitem__)
        sorted_keys += [keys[place] for place in bucket]
        sorted_ranks += [ranks[place] for place in bucket]
        yield
    keys[:], ranks[:] = sorted_keys, sorted_ranks


def ordered(keys: Sequence[str], values: Mapping[str, Any], direction: Direction) -> list[str]:
    """Return the keys by their values, equal ones as they were."""
    ranking = Ranking(direction, str, lambda asked: [values[key] for key in asked])
    for _ in ranking.build(keys):
        pass
    return ranking.keys()

"""The items of a view in their order, which follows the store one change at a time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from xplenty_tui.core.declare import Column, Resource
from xplenty_tui.core.memo import Memo
from xplenty_tui.core.ranking import Direction, Ranking
from xplenty_tui.core.store import Odd, age

MANY = 2_000
"""So many changes at once, and all is ordered anew: to put each into its place would take longer."""


def _unnumbered(key: str) -> bool:
    """Whether a key is no number: such keys are older than all numbers."""
    return not age(key)[0]


class Order:
    """Keys of all items in scope; those that could not be decoded stand behind the others."""

    def __init__(self, resource: Resource[Any], scope: Callable[[Any], bool] | None) -> None:
        self.keys: list[str] = []
        self.sort: tuple[str, Direction] = resource.sort
        self._resource = resource
        self._scope = scope
        self._inside: set[str] = set()
        """The keys in scope, where there is one."""
        self._ranking: Ranking | None = None
        """None: by the key itself, or not yet made."""
        self._late: set[str] | None = None
        """Keys that changed while a sort is under way; None: none is."""

    def known(self, memo: Memo) -> int:
        """Return how many items are in scope."""
        return len(memo.items) if self._scope is None else len(self._inside)

    def moving(self, memo: Memo) -> set[str]:
        """Return the keys whose place may change with the time."""
        column = self._column(self.sort[0])
        return memo.moving(column) if column is not None else set()

    def start(self, memo: Memo) -> None:
        """Ask and order all items."""
        self._inside = self._belonging(memo, memo.items)
        self._late = None
        column = self._column(self.sort[0])
        self._ranking = None if column is None else self._built(memo, column, self.sort[1])
        self._collect(memo)

    def follow(self, memo: Memo, moving: set[str]) -> bool:
        """Take in what ``memo`` found changed, and what may have moved; returns whether the order became another."""
        stale = memo.stale | moving
        before = self.keys
        if memo.anew:
            self.start(memo)
            return self.keys != before
        if not stale:
            return False
        if self._scope is not None:
            self._inside = (self._inside - memo.touched) | self._belonging(memo, memo.touched)
        if self._late is not None:
            self._late |= stale
        if self._ranking is not None:
            self._ranking = self._moved(memo, self._ranking, stale)
        self._collect(memo)
        return self.keys != before

    def sorting(self, memo: Memo, name: str, direction: Direction) -> Iterator[None]:
        """Order by a column, or by the key for a name that no column has, in steps; until the last all stays.

        Another sort, or a list that is asked for anew, ends one that is under way without effect.
        """
        column = self._column(name)
        late = self._late = set()
        ranking = None
        if column is not None:
            ranking = self._ranking_of(memo, column, direction)
            for _ in ranking.build(self._good(memo)):
                yield
                if self._late is not late:
                    return
            late |= memo.moving(column) if late else set()
        self._late, self.sort, self._ranking = None, (name, direction), ranking
        if ranking is not None and late:
            self._ranking = self._moved(memo, ranking, late)
        self._collect(memo)

    def _column(self, name: str) -> Column[Any] | None:
        """Return the column that is sorted by; None: the keys say the same."""
        column: Column[Any] | None = self._resource.column(name)
        return None if column is None or column.keyed else column

    def _belonging(self, memo: Memo, keys: Iterable[str]) -> set[str]:
        """Return which of these keys are in scope; without one nobody needs to know."""
        scope, items = self._scope, memo.items
        if scope is None:
            return set()
        found = ((key, items[key]) for key in keys if key in items)
        return {key for key, item in found if not isinstance(item, Odd) and scope(item)}

    def _good(self, memo: Memo) -> list[str]:
        """Return the decoded items in scope, newest first."""
        keys = memo.ages[::-1]
        if self._scope is not None:
            return [key for key in keys if key in self._inside]
        return [key for key in keys if key not in memo.odd] if memo.odd else keys

    def _ranking_of(self, memo: Memo, column: Column[Any], direction: Direction) -> Ranking:
        return Ranking(direction, age, lambda keys: memo.answers(column, keys))

    def _built(self, memo: Memo, column: Column[Any], direction: Direction) -> Ranking:
        ranking = self._ranking_of(memo, column, direction)
        for _ in ranking.build(self._good(memo)):
            pass
        return ranking

    def _moved(self, memo: Memo, ranking: Ranking, stale: set[str]) -> Ranking:
        """Return the ranking with these keys where they belong."""
        column = self._column(self.sort[0])
        if column is None:
            return ranking
        if len(stale) > MANY:
            return self._built(memo, column, self.sort[1])
        there = stale & self._inside if self._scope is not None else (stale & memo.items.keys()) - memo.odd
        ranking.move(stale, list(there))
        return ranking

    def _collect(self, memo: Memo) -> None:
        if self._ranking is not None:
            keys = self._ranking.keys()
        else:
            keys = self._good(memo)
            if self.sort[1] == "asc":
                end = bisect_left(keys, True, key=_unnumbered) if self._column_is_key() else len(keys)
                keys = keys[:end][::-1] + keys[end:]
        if memo.odd and self._scope is None:
            keys += sorted(memo.odd, key=age, reverse=True)
        self.keys = keys

    def _column_is_key(self) -> bool:
        """Whether a column shows the key: then what is no number has no value, and is last in both directions."""
        return self._resource.column(self.sort[0]) is not None

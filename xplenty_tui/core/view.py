"""What a list shows of a collection: which items, in what order; cursor and marks are on items, not on rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, Literal, TypeVar

from xplenty_tui.core.declare import Column, Context, Resource
from xplenty_tui.core.memo import Memo
from xplenty_tui.core.query import Query
from xplenty_tui.core.store import Odd

T = TypeVar("T")
Direction = Literal["asc", "desc"]

WARM = 250
"""Items made ready for the free words of a filter at each update, so that the first keystroke need not do all."""


class View(Generic[T]):
    """A filtered and sorted view of one kind, with a cursor. ``update`` after every change and when the time moves."""

    def __init__(
        self, resource: Resource[T], scope: Callable[[T], bool] | None = None, kind: str | None = None
    ) -> None:
        self.resource = resource
        self.kind = kind or resource.name
        """The store's collection."""
        self.query = Query()
        self.sort: tuple[str, Direction] = resource.sort
        self.keys: list[str] = []
        """The keys of what is shown, in order."""
        self.marks: set[str] = set()
        """Keys of marked items, also of those that the filter hides at the moment."""
        self.index = 0
        """The row of the cursor; 0 in an empty list."""
        self.known = 0
        """How many items there are in scope, before the filter."""
        self._scope = scope
        self._memo: Memo | None = None
        self._order: list[str] = []
        self._members: list[str] = []
        self._by_key: list[str] = []
        self._moved = False
        self._last_mark: str | None = None
        self._hidden: str | None = None
        """The item that the cursor was on when the filter hid it."""
        self._moves_order = self._moves_filter = False

    @property
    def shown(self) -> int:
        """How many items are shown."""
        return len(self.keys)

    @property
    def text(self) -> str:
        """The filter as it was typed."""
        return self.query.text

    @property
    def cursor(self) -> str | None:
        """The key of the item under the cursor; None in an empty list."""
        return self.keys[self.index] if self.keys else None

    @property
    def current(self) -> T | Odd | None:
        """The item under the cursor; None in an empty list."""
        return self.item(self.cursor)

    @property
    def touched(self) -> set[str]:
        """Keys whose item came, went or changed at the last ``update``: their lines have to be drawn again."""
        return self._memo.touched if self._memo else set()

    def item(self, key: str | None) -> T | Odd | None:
        """Return an item of the collection as it was at the last ``update``, shown or not."""
        return self._memo.items.get(key) if self._memo and key is not None else None

    def marked(self) -> list[T]:
        """Return the marked items: those that are shown first, in their order."""
        shown = dict.fromkeys(key for key in self.keys if key in self.marks)
        items = (self.item(key) for key in shown | dict.fromkeys(sorted(self.marks)))
        return [item for item in items if item is not None and not isinstance(item, Odd)]

    def move(self, by: int) -> None:
        """Move the cursor some rows down (or up, below zero), at most to an end."""
        self.to(self.index + by)

    def to(self, index: int) -> None:
        """Put the cursor on a row, on the nearest when there is none."""
        self.index = max(0, min(index, len(self.keys) - 1))
        self._moved = self._moved or bool(self.keys)
        self._hidden = None

    def to_key(self, key: str) -> bool:
        """Put the cursor on an item; returns False, and moves nothing, when it is not shown."""
        if key not in self.keys:
            return False
        self.to(self.keys.index(key))
        return True

    def toggle_mark(self) -> None:
        """Mark the item under the cursor, or take its mark off; an odd one cannot be marked."""
        key = self.cursor
        if key is None or isinstance(self.item(key), Odd):
            return
        self.to(self.index)
        self.marks ^= {key}
        self._last_mark = key

    def mark_range(self) -> bool:
        """Mark all from the item that was marked last to the cursor; False when none was, or it is not shown."""
        last = self._last_mark
        if last is None or last not in self.marks or last not in self.keys:
            return False
        first, end = sorted((self.keys.index(last), self.index))
        self.marks.update(key for key in self.keys[first : end + 1] if not isinstance(self.item(key), Odd))
        return True

    def mark_all(self) -> None:
        """Mark all that is shown."""
        self.marks.update(key for key in self.keys if not isinstance(self.item(key), Odd))

    def clear_marks(self) -> None:
        """Take all marks off."""
        self.marks.clear()

    def set_filter(self, text: str, ctx: Context) -> bool:
        """Show what ``text`` asks for (see ``query``); returns whether the order or the members changed.

        The cursor stays on its item; when a filter hid that and a wider one shows it again, it goes back there.
        """
        self.query = Query.parse(text, self.resource.columns)
        before = self.cursor
        back = self._hidden
        changed = self._refresh(ctx, filtered=True)
        if back is not None and back in self.keys:
            self.index, self._hidden = self.keys.index(back), None
        elif before is not None and self.cursor != before and self._moved and back is None:
            self._hidden = before
        return changed

    def set_sort(self, name: str, direction: Direction, ctx: Context) -> bool:
        """Order by a column, or by the key for a name that no column has; returns whether the order changed."""
        self.sort = (name, direction)
        return self._refresh(ctx, sorted_=True)

    def update(self, ctx: Context) -> bool:
        """Take in what changed in the store and with the time; returns whether the order or the members changed."""
        return self._refresh(ctx)

    def rescope(self) -> None:
        """Ask the scope of every item again at the next ``update``: what belongs changed, though no item did."""
        self._memo = None

    def warm(self, limit: int) -> bool:
        """Make up to ``limit`` items ready for free words; returns whether all are. For idle moments."""
        return self._memo.warm(limit) if self._memo else True

    def _refresh(self, ctx: Context, *, filtered: bool = False, sorted_: bool = False) -> bool:
        if self._memo is None:
            self._memo, sorted_ = Memo(self.kind, self.resource.columns, ctx), True
        stale = self._memo.sync(ctx)
        if self._memo.touched:
            self._take_members(self._memo)
        sorted_ = sorted_ or stale or self._moves_order
        self._memo.warm(WARM)
        if not (sorted_ or filtered or self._moves_filter):
            return False
        if sorted_:
            self._order = self._sorted(self._memo)
        keys = self.query.select(self._order, self._memo, ctx)
        columns = self.query.columns
        self._moves_filter = self.query.relative or any(self._memo.moves(column) for column in columns)
        return self._show(keys)

    def _take_members(self, memo: Memo) -> None:
        scope, items = self._scope, memo.items
        members = [key for key, item in items.items() if scope is None or (not isinstance(item, Odd) and scope(item))]
        self.marks &= items.keys()
        self.known = len(members)
        if members != self._members:
            self._members = members
            self._by_key = newest_key_first(members)

    def _sorted(self, memo: Memo) -> list[str]:
        name, direction = self.sort
        column: Column[Any] | None = self.resource.column(name)
        items = memo.items
        odd = [key for key in self._by_key if isinstance(items[key], Odd)]
        keys = [key for key in self._by_key if not isinstance(items[key], Odd)] if odd else self._by_key
        if column is None:
            self._moves_order = False
            return (keys if direction == "desc" else keys[::-1]) + odd
        order = ordered(keys, memo.values(column), direction) + odd
        self._moves_order = memo.moves(column)
        return order

    def _show(self, keys: list[str]) -> bool:
        """Show these keys, the cursor on its item, else on what is now in its row."""
        if keys == self.keys:
            return False
        on, self.keys = self.cursor, keys
        last = max(0, len(keys) - 1)
        try:
            self.index = keys.index(on) if self._moved and on is not None else 0
        except ValueError:
            self.index = min(self.index, last)
        return True


def newest_key_first(keys: Iterable[str]) -> list[str]:
    """Return keys in descending order, as numbers those that are numbers (newer ids are higher), the others behind."""
    numbers: list[str] = []
    others: list[str] = []
    for key in keys:
        (numbers if key.isascii() and key.isdigit() and len(key) < 100 else others).append(key)
    return sorted(sorted(numbers, reverse=True), key=int, reverse=True) + sorted(others, reverse=True)


def ordered(keys: list[str], values: Mapping[str, Any], direction: Direction) -> list[str]:
    """Return the keys by their values: numbers, lengths, times, texts; None last whatever the direction; stable."""
    kinds: tuple[dict[str, Any], ...] = ({}, {}, {}, {})
    numbers, lengths, times, texts = kinds
    nothing = []
    for key in keys:
        value = values[key]
        if isinstance(value, str):
            texts[key] = value.casefold()
        elif isinstance(value, datetime):
            times[key] = value if value.tzinfo is not None else value.replace(tzinfo=UTC)
        elif isinstance(value, timedelta):
            lengths[key] = value
        elif value is None or value != value:  # not a number is no value either  # noqa: PLR0124
            nothing.append(key)
        else:
            numbers[key] = value
    down = direction == "desc"
    found = [sorted(kind, key=kind.__getitem__, reverse=down) for kind in (kinds[::-1] if down else kinds)]
    return [key for part in found for key in part] + nothing

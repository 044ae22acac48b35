"""What a list shows of a collection: which items, in what order; cursor and marks are on items, not on rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from xplenty_tui.core.declare import Context, Resource
from xplenty_tui.core.memo import Memo
from xplenty_tui.core.order import Order
from xplenty_tui.core.query import Query
from xplenty_tui.core.ranking import Direction
from xplenty_tui.core.store import Odd

T = TypeVar("T")


class View(Generic[T]):
    """A filtered and sorted view of one kind, with a cursor. ``update`` after every change and when the time moves."""

    def __init__(
        self, resource: Resource[T], scope: Callable[[T], bool] | None = None, kind: str | None = None
    ) -> None:
        self.resource = resource
        self.kind = kind or resource.name
        """The store's collection."""
        self.query = Query()
        self.keys: list[str] = []
        """The keys of what is shown, in order."""
        self.marks: set[str] = set()
        """Keys of marked items, also of those that the filter hides at the moment."""
        self.index = 0
        """The row of the cursor; 0 in an empty list."""
        self.known = 0
        """How many items there are in scope, before the filter."""
        self._memo: Memo | None = None
        self._order = Order(resource, scope)
        self._moved = False
        self._last_mark: str | None = None
        self._hidden: str | None = None
        """The item that the cursor was on when the filter hid it."""
        self._moves_filter = False

    @property
    def sort(self) -> tuple[str, Direction]:
        """The column that the list is ordered by, and the direction."""
        return self._order.sort

    @sort.setter
    def sort(self, sort: tuple[str, Direction]) -> None:
        self._order.sort = sort
        self._memo = None

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
        before = self.keys
        for _ in self.sorting(name, direction, ctx):
            pass
        return self.keys != before

    def sorting(self, name: str, direction: Direction, ctx: Context) -> Iterator[None]:
        """Do the same in steps of some milliseconds; until the last one all stays as it is, and updates go on."""
        self._refresh(ctx)
        memo = self._memo
        if memo is None:
            return
        yield from self._order.sorting(memo, name, direction)
        if self._memo is memo:
            self._select(memo, ctx)

    def update(self, ctx: Context) -> bool:
        """Take in what changed in the store and with the time; returns whether the order or the members changed."""
        return self._refresh(ctx)

    def rescope(self) -> None:
        """Ask the scope of every item again at the next ``update``: what belongs changed, though no item did."""
        self._memo = None

    def warm(self, limit: int) -> bool:
        """Make up to ``limit`` items ready for free words; returns whether all are. For idle moments."""
        return self._memo.warm(limit) if self._memo else True

    def _refresh(self, ctx: Context, *, filtered: bool = False) -> bool:
        if self._memo is None:
            memo = self._memo = Memo(self.kind, self.resource.columns, ctx)
            memo.sync(ctx)
            self._order.start(memo)
            filtered = True
        else:
            memo, moving = self._memo, self._order.moving(self._memo)
            changed = memo.sync(ctx)
            filtered = self._order.follow(memo, moving) or changed or filtered
        if memo.touched:
            self.marks &= memo.items.keys()
            self.known = self._order.known(memo)
        return self._select(memo, ctx) if filtered or self._moves_filter else False

    def _select(self, memo: Memo, ctx: Context) -> bool:
        keys = self.query.select(self._order.keys, memo, ctx)
        self._moves_filter = self.query.relative or any(memo.moves(column) for column in self.query.columns)
        return self._show(keys)

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

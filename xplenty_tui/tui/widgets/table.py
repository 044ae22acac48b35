"""The list of a kind: its visible rows, drawn from the declaration, each redrawn only when it came out different."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from textual.message import Message
from textual.strip import Strip

from xplenty_tui.core.declare import Context, Resource, Tone
from xplenty_tui.core.ranking import Direction
from xplenty_tui.core.store import Odd
from xplenty_tui.core.view import View
from xplenty_tui.tui.widgets.cells import Cells, draw_cells, draw_heads, fitted
from xplenty_tui.tui.widgets.lines import Lines
from xplenty_tui.tui.widgets.spans import Runs, fit

GUTTER = 3
"""Cells before the first column; the mark stands in their middle."""
LONGEST_ID = 24
"""Characters of what may still be an id, for which its column grows."""
OLD = "?"
"""Before a row that is older than three of its planned intervals."""
NEWS = timedelta(seconds=3)
"""How long the symbol of a changed row stays bold."""
STILL = timedelta(minutes=1)
"""A line that says the same now and after so long says it in between as well."""
PROBED = 6
"""Lines of which that is found out each second."""
WARM = 250
"""Rows made ready for the free words of a filter each second, so that the first keystroke need not do all."""
SORT = "sort"
"""The group of workers that order the rows: of two the later one is meant."""
REST = timedelta(seconds=10)
"""Without a move for this long, a list that was left at its top shows new rows at the top again."""


def _is_old(resource: Resource[Any], item: Any, ctx: Context) -> bool:
    """Tell whether a row may have changed for long without being looked at: the kind's, or what runs of it."""
    if resource.name in ctx.aged:
        return True
    runs = (
        resource.is_active is not None and item is not None and not isinstance(item, Odd) and resource.is_active(item)
    )
    return runs and f"{resource.name}.progress" in ctx.aged


class Table(Lines):
    """The rows of a view. Cursor and marks are the view's and belong to items, so they survive any change of order."""

    DEFAULT_CSS = "Table { background: $background; }"
    head = 1

    class Moved(Message):
        """The cursor is on another item; bursts collapse into one."""

        def can_replace(self, message: Message) -> bool:
            """Whether an older message may be dropped for this one."""
            return isinstance(message, Table.Moved) and message._sender is self._sender

    class Opened(Message):
        """The person asked for an item with the mouse."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    class NearEnd(Message):
        """The cursor came within a window of the last loaded row: older ones are worth a request."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._view: View[Any] | None = None
        self._ask_context: Callable[[], Context]
        self._at: Context | None = None
        self._keys: list[str] = []
        self._cells: Cells = ()
        self._chosen: tuple[str, ...] = ()
        self._cells_for: tuple[int, int] = (0, 0)
        self._longest = 0
        self._row = 0
        self._touched: datetime | None = None
        self._left_at_top = True
        self._asked_for = -1
        self._still: dict[int, tuple[Strip, datetime]] = {}
        """Lines as they were drawn, and until when they stay so if nothing but the time changes."""
        self._lively: dict[int, datetime] = {}
        """Rows that were seen to change within that time, and until when nobody looks at them for it again."""

    # What the screen says.

    def show(self, view: View[Any], ctx: Callable[[], Context]) -> None:
        """Show this view from now on, its cursor where it is."""
        self._view, self._ask_context = view, ctx
        self.top = self._row = 0
        self._touched, self._left_at_top, self._asked_for = None, True, -1
        self.reconcile()

    def reconcile(self) -> None:
        """Follow the store (or a new filter or sort): cursor on its item and its screen row, changed lines redrawn."""
        if self._view is None:
            return
        self._at = ctx = self._ask_context()
        self._lively.clear()
        self.ascii = ctx.ascii
        if self._view.update(ctx) or self._view.keys is not self._keys:
            self._keys = self._view.keys
            self._longest = max(map(len, self._keys), default=0)
            if self._longest > LONGEST_ID:
                self._longest = max(filter(LONGEST_ID.__ge__, map(len, self._keys)), default=0)
        self.top = self.cursor - self._row
        self._settle_top()
        self.paint()

    def choose(self, names: Sequence[str]) -> None:
        """Draw these columns in this order, as far as they fit; none: as declared."""
        if tuple(names) != self._chosen:
            self._chosen, self._cells_for = tuple(names), (0, 0)
            self.paint()

    @property
    def cells(self) -> Cells:
        """The columns that are drawn now, each with its width."""
        return self._fitted(max(self.size.width - 1, 1))

    def tick(self) -> None:
        """Follow the time: redraw the visible rows whose words, place or news changed with it. Nothing else is."""
        view, before = self._view, self._at
        if view is None:
            return
        view.warm(WARM)
        ctx, top = self._ask_context(), self.top
        if before is None or replace(ctx, now=before.now) != before or view.update(ctx) or view.touched:
            self.reconcile()
            return
        self._at = ctx
        self.top = self.cursor - self._row
        self._settle_top()
        if self.top != top:
            self.paint()
        else:
            self._paint_moving(ctx)

    def _paint_moving(self, ctx: Context) -> None:
        """Draw the lines that may say something else now; what will say the same for a while is left alone so long."""
        rows = [y for y in range(self.size.height) if not self._is_still(y, ctx.now)]
        self.paint(rows)
        self._at = replace(ctx, now=ctx.now + STILL)
        for y in [y for y in rows if self._lively.get(self.top + y, ctx.now) <= ctx.now][:PROBED]:
            if (strip := self._drawn.get(y)) is not None and self._made(y) == strip:
                self._still[y] = (strip, self._at.now)
            else:
                self._lively[self.top + y] = self._at.now
        self._at = ctx

    def _is_still(self, y: int, now: datetime) -> bool:
        strip, until = self._still.get(y, (None, now))
        return now < until and strip is self._drawn.get(y)

    def sort(self, name: str, direction: Direction, done: Callable[[], object]) -> None:
        """Order by a column and call ``done``: at once, or step by step beside keys and refresh when rows are many."""
        if self._view is None:
            return
        steps = self._view.sorting(name, direction, self._ask_context())
        if next(steps, self) is self:
            self.workers.cancel_group(self, SORT)
            done()
        else:
            work: Callable[[], Awaitable[None]] = partial(self._sorted, steps, done)  # no coroutine before its turn
            self.run_worker(work, group=SORT, exclusive=True)

    async def _sorted(self, steps: Iterator[None], done: Callable[[], object]) -> None:
        for _ in steps:
            await asyncio.sleep(0)
        await asyncio.sleep(0)  # the last step is one by itself, and drawing is the next
        done()

    # What Lines asks.

    @property
    def cursor(self) -> int:
        """The index of the row under the cursor: the view's."""
        return self._view.index if self._view is not None else 0

    @cursor.setter
    def cursor(self, index: int) -> None:
        if self._view is not None:
            self._view.to(index)

    def count(self) -> int:
        """Return how many rows the view has."""
        return len(self._view.keys) if self._view is not None else 0

    def identity(self, index: int) -> Hashable:
        """Return the key of the item."""
        return self._view.keys[index] if self._view is not None else None

    def reveal_cursor(self, margin: int = 2) -> None:
        """Show the cursor, and remember the row of the screen that it is on."""
        super().reveal_cursor(margin)
        self._row = self.cursor - self.top

    def moved(self) -> None:
        """Tell the screen; the list keeps still under the person's hand for a while."""
        self._row = self.cursor - self.top
        self._left_at_top = self.top == 0
        self._touched = self._at.now if self._at else None
        self.post_message(self.Moved())
        count = self.count()
        if self.cursor >= count - self.window and self._asked_for != count:
            self._asked_for = count
            self.post_message(self.NearEnd())

    def opened(self) -> None:
        """Tell the screen."""
        if self.count():
            self.post_message(self.Opened(str(self.identity(self.cursor))))

    def head_line(self, y: int, width: int) -> Strip:
        """Draw the heads of the columns."""
        style = self.look.of(Tone.DIM)
        runs = Runs()
        if self._view is not None and self._at is not None:
            runs.space(GUTTER, style)
            draw_heads(runs, self._fitted(width - 1), style, self._at, self._view.sort)
        return runs.strip(width, style)

    def line(self, index: int, width: int, cursor: bool) -> Strip:
        """Draw one row."""
        view, ctx = self._view, self._at
        look = self.look
        styles = look.cursor if cursor else look.tones
        plain = styles[Tone.PLAIN]
        runs = Runs()
        if view is None or ctx is None:
            return runs.strip(width, plain)
        key = view.keys[index]
        item = view.item(key)
        runs.space(1, plain)
        marked, old = key in view.marks, _is_old(view.resource, item, ctx)
        runs.add((("*" if ctx.ascii else "●") if marked else " "), styles[Tone.LINK], 1)
        runs.add(OLD if old else " ", styles[Tone.WARN], 1)
        if isinstance(item, Odd):
            room = max(width - GUTTER, 0)
            runs.add(fit(f"? undecodable  {item.key}  {item.reason}", room), styles[Tone.WARN], room)
        elif item is not None:
            draw_cells(runs, self._fitted(width), item, ctx, styles, news=self._is_news(key))
        return runs.strip(width, plain)

    def _fitted(self, width: int) -> Cells:
        if self._cells_for != (width, self._longest) and self._view is not None:
            self._cells_for = (width, self._longest)
            resource = self._view.resource
            named = [column for name in self._chosen if (column := resource.column(name)) is not None]
            # What a person put first stays longest when the terminal is narrow.
            asked = [replace(column, rank=place) for place, column in enumerate(named, 1)] or resource.columns
            self._cells = fitted(resource, asked, width - GUTTER, self._longest)
        return self._cells

    def _is_news(self, key: str) -> bool:
        if self._view is None or self._at is None:
            return False
        changed = self._at.store.of(self._view.kind).changed_at.get(key)
        return changed is not None and self._at.now - changed < NEWS

    def _settle_top(self) -> None:
        """Keep the window where it belongs; at rest at the top, new rows are seen and the cursor gives way."""
        resting = self._touched is None or (self._at is not None and self._at.now - self._touched >= REST)
        if resting and self._left_at_top:
            self.top = 0
        self.top = min(max(self.top, 0), max(self.count() - self.window, 0))
        self.reveal_cursor(margin=0)

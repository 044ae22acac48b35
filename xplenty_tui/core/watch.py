"""What a column looked at while it answered: so that its answer is asked for again when that changed, and only then."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from xplenty_tui.core.declare import Context
from xplenty_tui.core.store import Collection, Store

WHOLE = "*"
"""Stands for all keys of a kind."""


class WatchedStore(Store):
    """The same store, noting what is looked at."""

    def __init__(self, store: Store, seen: list[tuple[str, str]]) -> None:
        super().__init__()
        vars(self).update(vars(store))
        self._seen = seen

    def of(self, kind: str) -> Collection[Any]:
        """Return the collection, noting that all of it may have been looked at."""
        self._seen.append((kind, WHOLE))
        return super().of(kind)

    def get(self, kind: str, key: str | int | None) -> Any | None:
        """Return the item, noting that only this one was looked at."""
        before = len(self._seen)
        item = super().get(kind, key)
        self._seen[before:] = [(kind, str(key))]
        return item


class Watch:
    """A ``Context`` that notes whether the time and what of the store was looked at."""

    def __init__(self, ctx: Context) -> None:
        self.seen: list[tuple[str, str]] = []
        self.clock_read = False
        self.unused = True
        """The last answer looked at nothing but what it was asked about."""
        self._now = ctx.now
        self.store = WatchedStore(ctx.store, self.seen)
        self.zone, self.account, self.ascii = ctx.zone, ctx.account, ctx.ascii

    @property
    def now(self) -> datetime:
        """The time, noting that it was asked for."""
        self.clock_read = True
        return self._now

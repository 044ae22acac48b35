"""A server that holds one list, and a fetcher that asks it: the truth is at hand to compare with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.core.things import THINGS
from xplenty_tui.api.wire import Page
from xplenty_tui.core.declare import Refresh, Resource
from xplenty_tui.core.store import Store
from xplenty_tui.refresh.fetch import Fetcher
from xplenty_tui.refresh.wants import Track

BEGIN = datetime(2026, 3, 1, 3, 0, tzinfo=UTC)
PAGE = 100


@dataclass(frozen=True)
class Item:
    """What the server keeps of a thing."""

    id: int
    created_at: datetime | None
    updated_at: datetime | None
    running: bool = False
    note: str = ""


@dataclass
class Shelf:
    """The server's list, a store, and what was asked."""

    now: datetime = BEGIN
    items: dict[int, Item] = field(default_factory=dict)
    asked: list[tuple[str, int]] = field(default_factory=list)
    since: list[datetime] = field(default_factory=list)
    error: Exception | None = None
    pages: int = 1
    store: Store = field(default_factory=Store)
    track: Track = field(default_factory=Track)

    def __post_init__(self) -> None:
        self.fetcher = Fetcher(object(), self.store, lambda: self.now)
        self.resource: Resource[Any] = replace(
            THINGS,
            load=self.load,
            changes=self.changes,
            active=self.active,
            is_active=lambda item: item.running,
            initial_pages=self.pages,
            refresh=Refresh(gone=600),
        )

    # The server.

    def page(self, what: str, offset: int, found: Iterable[Item]) -> Page[Any]:
        self.asked.append((what, offset))
        if self.error is not None:
            raise self.error
        every = list(found)
        part = tuple(every[offset : offset + PAGE])
        return Page(part, (), offset + PAGE if len(every) > offset + PAGE else None, len(part))

    async def load(self, _client: Any, offset: int) -> Page[Any]:
        """The newest first."""
        return self.page("load", offset, sorted(self.items.values(), key=lambda item: -item.id))

    async def changes(self, _client: Any, since: datetime, offset: int) -> Page[Any]:
        """Oldest change first; what has no time at all comes before everything."""
        self.since.append(since)
        timed = [(item.updated_at or since, item.id, item) for item in self.items.values()]
        return self.page(
            "changes", offset, [item for at, _, item in sorted(timed, key=lambda one: one[:2]) if at >= since]
        )

    async def active(self, _client: Any, offset: int) -> Page[Any]:
        """What runs, the newest first."""
        running = [item for item in self.items.values() if item.running]
        return self.page("active", offset, sorted(running, key=lambda item: -item.id))

    # What happens there.

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def add(self, count: int, *, every_s: float = 0.0, **values: Any) -> None:
        """Put that many new items in, the last of them made now and the others before it."""
        first = max(self.items, default=0) + 1
        for number in range(count):
            at = self.now - timedelta(seconds=every_s * (count - 1 - number))
            self.items[first + number] = Item(first + number, at, at, **values)

    def change(self, *keys: int, **values: Any) -> None:
        """Change items now."""
        for key in keys:
            self.items[key] = replace(self.items[key], **{"updated_at": self.now, **values})

    # What is known of it.

    @property
    def held(self) -> Any:
        return self.store.of("things")

    @property
    def known(self) -> dict[int, Any]:
        return {int(key): item for key, item in self.held.items.items()}

    async def news(self) -> list[tuple[str, int]]:
        """Look for news once; return what was asked."""
        return await self._ask(self.fetcher.news)

    async def walk(self) -> list[tuple[str, int]]:
        """Go on through a storm by one page; return what was asked."""
        return await self._ask(self.fetcher.walk)

    async def progress(self) -> list[tuple[str, int]]:
        return await self._ask(self.fetcher.progress)

    async def gone(self) -> list[tuple[str, int]]:
        return await self._ask(self.fetcher.gone)

    async def sweep(self) -> list[tuple[str, int]]:
        """Go through the whole slow pass once."""
        asked = await self.gone()
        while self.track.sweep_offset:
            asked += await self.gone()
        return asked

    async def older(self, pages: int = 1) -> None:
        await self.fetcher.older(self.resource, self.track, pages=pages)

    async def _ask(self, work: Any) -> list[tuple[str, int]]:
        before = len(self.asked)
        await work(self.resource, self.track)
        return self.asked[before:]

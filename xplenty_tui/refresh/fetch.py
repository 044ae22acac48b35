"""What a fetch asks and what becomes of the answer: newest page, changes since, progress, older pages, deletions.

Nothing here decides when; the plan does. Every page is one credit. Errors are raised to the loop.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from xplenty_tui.core.declare import Resource
from xplenty_tui.core.store import Odd, Store
from xplenty_tui.refresh.wants import Track, Walk, progress_pages

OVERLAP = timedelta(seconds=5)
"""Changes are asked for again from this far before the newest known one: clocks of several servers differ a little."""
SHIFT = 10
"""Items by which pages of a walk by offset overlap: what leaves its place meanwhile makes the rest move up."""


def pairs(resource: Resource[Any], page: Any) -> list[tuple[str, Any]]:
    """Return a page's items by key, those that could not be decoded among them."""
    good = [(resource.key(item), item) for item in page.items]
    return good + [(odd.key, Odd(odd.key, odd.reason, odd.raw)) for odd in page.undecodable]


def newest_change(resource: Resource[Any], items: Iterable[Any], now: datetime) -> datetime | None:
    """Return the newest ``updated_at`` of items; one that is ahead of the server's clock is not believed.

    Those come last, and again with every answer until their time has come, but they hide no change before them.
    """
    return max((at for item in items if (at := resource.updated(item)) is not None and at <= now), default=None)


@dataclass(frozen=True)
class Fetcher:
    """Asks for one account and puts into its store."""

    client: Any
    store: Store
    clock: Callable[[], datetime]
    """The server's time, aware."""

    async def news(self, resource: Resource[Any], track: Track) -> None:
        """Ask what changed; for a kind that was never loaded, or cannot tell its changes, the newest page."""
        held = self.store.of(resource.name)
        known = held.loaded_at is not None and track.since is not None and not (track.forced or track.newest)
        if resource.changes is None or not known:
            await self.newest(resource, track)
        else:
            await self._changes(resource, track)

    async def newest(self, resource: Resource[Any], track: Track) -> None:
        """Fetch the newest page; the first time, as many older ones as the declaration wants."""
        held, kind = self.store.of(resource.name), resource.name
        first, known = held.loaded_at is None, set(held.items)
        track.forced = False  # before the answer: who asks again meanwhile is not forgotten
        page = await resource.load(self.client, 0)
        track.newest = False
        fresh = pairs(resource, page)
        whole = page.next_offset is None
        named = self._note_page(track, fresh)
        gap = not first and not whole and not named & known and not track.behind
        at = held.loaded_at if track.behind and held.loaded_at else self.clock()
        self.store.put(kind, fresh, at, merge=resource.merge, whole=whole and not resource.partial)
        if first or gap or (whole and (held.more or held.next_offset)):  # telling makes everything be drawn again
            self.store.paged(kind, more=not whole, next_offset=page.next_offset or 0)
        if not track.behind:
            self._remember(resource, track, page.items)
        if first and resource.initial_pages > 1:
            await self.older(resource, track, pages=resource.initial_pages - 1)

    def _remember(self, resource: Resource[Any], track: Track, items: Iterable[Any]) -> None:
        """Note from where changes are asked for; a later newest page may not hide an older item's change before it."""
        if resource.changes is not None and track.since is None:
            track.since = newest_change(resource, items, self.clock()) or self.clock()

    async def _changes(self, resource: Resource[Any], track: Track) -> None:
        """Ask for what was updated since the last change; more than a page of it is a storm, to be walked through."""
        kind, changes, since = resource.name, resource.changes, track.since
        if changes is None or since is None:
            return
        page = await changes(self.client, since - OVERLAP, 0)
        fresh, held, now = pairs(resource, page), self.store.of(resource.name), self.clock()
        storm = page.next_offset is not None
        old = (storm or track.behind) and held.loaded_at is not None
        self.store.put(kind, fresh, (held.loaded_at or now) if old else now, merge=resource.merge)
        last = max(since, newest_change(resource, page.items, now) or since)
        if not storm:
            track.since = last
            return
        track.newest = track.newest or not track.behind
        begun = track.walk or Walk(last, now)
        track.walk = Walk(begun.since, now + OVERLAP, begun.offset)
        track.since = now + OVERLAP  # asked for with the overlap: from now on, for the walk sees what was before

    async def walk(self, resource: Resource[Any], track: Track) -> None:
        """Go on through a storm by one page, oldest change first."""
        walk, changes = track.walk, resource.changes
        if walk is None or changes is None:
            return
        page = await changes(self.client, walk.since, walk.offset)
        held = self.store.of(resource.name)
        self.store.put(resource.name, pairs(resource, page), held.loaded_at or self.clock(), merge=resource.merge)
        last = newest_change(resource, page.items, self.clock())
        if page.next_offset is None or (last is not None and last > walk.until):
            track.walk = None
        elif last is not None and last > walk.since:
            track.walk = replace(walk, since=last, offset=0)  # a time, which no later change can shift
        else:  # one second holds more than a page
            track.walk = replace(walk, offset=max(walk.offset + 1, page.next_offset - SHIFT))

    async def progress(self, resource: Resource[Any], track: Track) -> None:
        """Ask for what runs: its progress moves without a change of ``updated_at``."""
        active, kind, offset = resource.active, resource.name, 0
        if active is None:
            return
        for _ in range(max(1, progress_pages(resource, self.store))):  # what the plan took it to cost
            page = await active(self.client, offset)
            self.store.put(
                kind, pairs(resource, page), self.store.of(kind).loaded_at or self.clock(), merge=resource.merge
            )
            if page.next_offset is None or page.next_offset <= offset:
                break
            offset = page.next_offset
        self.store.of(kind).progress_at = self.clock()

    async def gone(self, resource: Resource[Any], track: Track) -> None:
        """Look at one page of what is loaded for what the server no longer has.

        Pages shift while one walks, so they overlap, and in a list of several only what two passes missed is gone.
        """
        kind, offset = resource.name, track.sweep_offset
        page = await resource.load(self.client, offset)
        fresh, held = pairs(resource, page), self.store.of(resource.name)
        if held.more:
            fresh = fresh[: max(0, held.next_offset - offset)]  # beyond is what nobody asked for yet
        if offset == 0:
            track.sweep_seen = set()
        whole = offset == 0 and page.next_offset is None
        before = frozenset(held.items)
        self.store.put(kind, fresh, held.loaded_at or self.clock(), merge=resource.merge, whole=whole)
        track.sweep_seen.update(key for key, _ in fresh)
        end = page.next_offset or 0
        if whole:
            track.missed = frozenset()
        elif end > offset and (end < held.next_offset or not held.more):
            track.sweep_offset = max(offset + 1, end - SHIFT)
            return
        else:
            missing = self._unseen(resource, track, before, to_the_end=page.next_offset is None)
            lost = missing & track.missed
            for key in lost:
                self.store.remove(kind, key)
            track.missed = missing - lost
            if lost and held.more:  # what comes next moved up
                self.store.paged(kind, more=True, next_offset=max(0, held.next_offset - len(lost)))
        track.sweep_offset = 0

    def _unseen(
        self, resource: Resource[Any], track: Track, before: frozenset[str], *, to_the_end: bool
    ) -> frozenset[str]:
        """Return the known keys in the walked part of the list that the pass did not see."""
        seen = [item for key in track.sweep_seen if (item := self.store.get(resource.name, key)) is not None]
        oldest = min((at for item in seen if (at := resource.created(item)) is not None), default=None)
        missing = set()
        for key in before - track.sweep_seen:
            item = self.store.get(resource.name, key)
            at = resource.created(item) if item is not None else None
            if to_the_end or (at is not None and oldest is not None and at > oldest):
                missing.add(key)
        return frozenset(missing)

    async def older(self, resource: Resource[Any], track: Track, *, pages: int) -> None:
        """Fetch the next older pages, as long as there are any."""
        kind = resource.name
        held = self.store.of(kind)
        for _ in range(pages):
            if not held.more:
                return
            offset = held.next_offset
            page = await resource.load(self.client, offset)
            found, before = pairs(resource, page), track.page
            named = self._note_page(track, found)
            at = held.loaded_at or self.clock()
            self.store.put(kind, found, at, merge=resource.merge, news=False)
            following = page.next_offset or 0
            further = following > offset and not (named and named == before)
            self.store.paged(kind, more=further, next_offset=following if further else offset)

    @staticmethod
    def _note_page(track: Track, fresh: Iterable[tuple[str, Any]]) -> frozenset[str]:
        """Remember the keys of a page; a mere place in it (``#12``) names no item."""
        track.page = frozenset(key for key, _ in fresh if not key.startswith("#"))
        return track.page

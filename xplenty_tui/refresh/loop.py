"""The one background task: asks the plan what to fetch, fetches it, and puts the answer in the store."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from xplenty_tui.api.errors import ApiError, NoAnswer
from xplenty_tui.core.declare import Resource
from xplenty_tui.core.store import Odd, Store
from xplenty_tui.refresh.plan import Want, plan


@dataclass(slots=True)
class _Track:
    """What the loop remembers of one kind."""

    asked_s: float | None = None
    failures: int = 0
    unreachable: bool = False
    forced: bool = False
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    page: frozenset[str] = frozenset()
    """The keys of the page that came last: a server that sends it again has no more."""


def pairs(resource: Resource[Any], page: Any) -> list[tuple[str, Any]]:
    """Return a page's items by key, those that could not be decoded among them."""
    good = [(resource.key(item), item) for item in page.items]
    return good + [(odd.key, Odd(odd.key, odd.reason, odd.raw)) for odd in page.undecodable]


class Loop:
    """Keeps the wanted kinds of one account fresh. One request in flight a kind; made anew with every account."""

    def __init__(
        self,
        client: Any,
        store: Store,
        resources: Mapping[str, Resource[Any]],
        *,
        clock: Callable[[], datetime],
        monotonic: Callable[[], float],
        visible_s: float = 15.0,
    ) -> None:
        self.paused = False
        self._client, self._store, self._resources = client, store, resources
        self._clock, self._monotonic, self._visible_s = clock, monotonic, visible_s
        self._looked: dict[str, float] = {}
        self._tracks: dict[str, _Track] = {kind: _Track() for kind in resources}
        self._wake = asyncio.Event()
        self._closed = False
        self._crash: BaseException | None = None

    def look(self, kinds: Mapping[str, float]) -> None:
        """Note the kinds that the screen draws from, each with the seconds between two fetches it is worth."""
        self._looked = dict(kinds)
        self._wake.set()

    def pause(self, paused: bool) -> None:
        """Stop or resume the background; what a person asks for is still fetched."""
        self.paused = paused
        self._wake.set()

    def force(self, kinds: Iterable[str]) -> None:
        """Fetch these now, whatever the plan says."""
        for kind in kinds:
            self._tracks[kind].forced = True
        self._wake.set()

    def busy(self, kind: str) -> bool:
        """Tell whether a request for ``kind`` is under way."""
        return bool(self._tracks[kind].tasks)

    def next_s(self, kind: str) -> float | None:
        """Return the seconds until ``kind`` is fetched again; None: not by itself."""
        now_s = self._monotonic()
        kinds, due = plan([self._want(kind)], now_s, paused=self.paused)
        if kinds:
            return 0.0
        return None if due is None else due - now_s

    async def run(self) -> None:
        """Run until cancelled or closed; raises what a fetch raised that is no ``ApiError``: a mistake of ours."""
        try:
            while not self._closed:
                self._wake.clear()
                if self._crash is not None:
                    raise self._crash
                kinds, due = plan(map(self._want, self._tracks), self._monotonic(), paused=self.paused)
                for kind in kinds:
                    self._renew(kind)
                wait = None if due is None else max(0.0, due - self._monotonic())
                try:
                    async with asyncio.timeout(wait):
                        await self._wake.wait()
                except TimeoutError:
                    continue
        finally:
            self.close()

    def close(self) -> None:
        """Cancel everything in flight, for good: what still comes is dropped, and nothing more is asked."""
        self._closed = True
        self._wake.set()
        for track in self._tracks.values():
            for task in track.tasks:
                task.cancel()

    def more(self, kind: str) -> bool:
        """Fetch the next older page of ``kind`` (one credit); False when there is none or one is under way."""
        held = self._store.of(kind)
        if self._closed or not held.more or self.busy(kind):
            return False
        self._start(kind, lambda: self._older(self._resources[kind], pages=1))
        return True

    def _want(self, kind: str) -> Want:
        track, looked = self._tracks[kind], self._looked.get(kind)
        hidden = self._resources[kind].refresh.hidden if self._store.of(kind).loaded_at is not None else None
        every = hidden if looked is None else max(looked, self._visible_s)
        return Want(
            kind, every, track.asked_s, bool(track.tasks), track.forced, track.failures, unreachable=track.unreachable
        )

    def _renew(self, kind: str) -> None:
        track = self._tracks[kind]
        track.forced, track.asked_s = False, self._monotonic()
        self._start(kind, lambda: self._refresh(self._resources[kind]))

    def _start(self, kind: str, work: Callable[[], Awaitable[None]]) -> None:
        track = self._tracks[kind]
        self._store.asked(kind, self._clock())
        task = asyncio.create_task(self._guard(kind, work), name=f"refresh {kind}")
        track.tasks.add(task)
        task.add_done_callback(lambda done: self._ended(track, done))

    def _ended(self, track: _Track, task: asyncio.Task[None]) -> None:
        track.tasks.discard(task)
        if not task.cancelled() and (crash := task.exception()) is not None:
            self._crash = crash
        self._wake.set()

    async def _guard(self, kind: str, work: Callable[[], Awaitable[None]]) -> None:
        track = self._tracks[kind]
        try:
            await work()
        except ApiError as error:
            track.failures += 1
            track.unreachable = isinstance(error, NoAnswer)
            self._store.fail(kind, error)
        else:
            track.failures, track.unreachable = 0, False

    async def _refresh(self, resource: Resource[Any]) -> None:
        """Fetch the newest page; the first time, as many older ones as the declaration wants."""
        held = self._store.of(resource.name)
        first, known = held.loaded_at is None, held.items.keys()
        page = await resource.load(self._client, 0)
        fresh = pairs(resource, page)
        whole = page.next_offset is None
        named = self._note_page(resource.name, fresh)
        gap = not first and not whole and not named & known
        self._store.put(resource.name, fresh, self._clock(), merge=resource.merge, whole=whole)
        if first or whole or gap:
            self._store.paged(resource.name, more=not whole, next_offset=page.next_offset or 0)
        if first and resource.initial_pages > 1:
            await self._older(resource, pages=resource.initial_pages - 1)

    async def _older(self, resource: Resource[Any], *, pages: int) -> None:
        held = self._store.of(resource.name)
        for _ in range(pages):
            if not held.more:
                return
            offset = held.next_offset
            page = await resource.load(self._client, offset)
            found, before = pairs(resource, page), self._tracks[resource.name].page
            named = self._note_page(resource.name, found)
            at = held.loaded_at or self._clock()
            self._store.put(resource.name, found, at, merge=resource.merge, news=False)
            following = page.next_offset or 0
            further = following > offset and not (named and named == before)
            self._store.paged(resource.name, more=further, next_offset=following if further else offset)

    def _note_page(self, kind: str, fresh: Iterable[tuple[str, Any]]) -> frozenset[str]:
        """Remember the keys of a page; a mere place in it (``#12``) names no item."""
        named = frozenset(key for key, _ in fresh if not key.startswith("#"))
        self._tracks[kind].page = named
        return named

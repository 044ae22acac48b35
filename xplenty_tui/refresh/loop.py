"""The one background task: asks the plan what to fetch, fetches it, and puts the answer in the store."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
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
        _, due = plan([self._want(kind)], float("-inf"), paused=self.paused)
        return None if due is None else max(0.0, due - self._monotonic())

    async def run(self) -> None:
        """Run until cancelled."""
        try:
            while True:
                self._wake.clear()
                kinds, due = plan(map(self._want, self._tracks), self._monotonic(), paused=self.paused)
                for kind in kinds:
                    self._start(kind, self._refresh(self._resources[kind]))
                wait = None if due is None else max(0.0, due - self._monotonic())
                try:
                    async with asyncio.timeout(wait):
                        await self._wake.wait()
                except TimeoutError:
                    continue
        finally:
            self.close()

    def close(self) -> None:
        """Cancel everything in flight."""
        for track in self._tracks.values():
            for task in track.tasks:
                task.cancel()

    def more(self, kind: str) -> bool:
        """Fetch the next older page of ``kind`` (one credit); False when there is none or one is under way."""
        held = self._store.of(kind)
        if not held.more or self.busy(kind):
            return False
        self._start(kind, self._older(self._resources[kind], pages=1))
        return True

    def _want(self, kind: str) -> Want:
        track, looked = self._tracks[kind], self._looked.get(kind)
        hidden = self._resources[kind].refresh.hidden if self._store.of(kind).loaded_at is not None else None
        every = hidden if looked is None else max(looked, self._visible_s)
        return Want(
            kind, every, track.asked_s, bool(track.tasks), track.forced, track.failures, unreachable=track.unreachable
        )

    def _start(self, kind: str, work: Any) -> None:
        track = self._tracks[kind]
        track.forced, track.asked_s = False, self._monotonic()
        self._store.asked(kind, self._clock())
        task = asyncio.create_task(self._guard(kind, work), name=f"refresh {kind}")
        track.tasks.add(task)
        task.add_done_callback(lambda done: self._ended(track, done))

    def _ended(self, track: _Track, task: asyncio.Task[None]) -> None:
        track.tasks.discard(task)
        self._wake.set()

    async def _guard(self, kind: str, work: Any) -> None:
        track = self._tracks[kind]
        try:
            await work
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
        gap = not first and not whole and not any(key in known for key, _ in fresh)
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
            at = held.loaded_at or self._clock()
            self._store.put(resource.name, pairs(resource, page), at, merge=resource.merge, news=False)
            following = page.next_offset if page.next_offset is not None and page.next_offset > offset else None
            self._store.paged(resource.name, more=following is not None, next_offset=following or offset)

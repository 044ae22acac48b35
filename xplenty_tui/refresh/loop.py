"""The one background task: asks the plan what to fetch, fetches it, and puts the answer in the store."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from xplenty_tui.api.credits import Reason, because
from xplenty_tui.api.errors import ApiError, NoAnswer
from xplenty_tui.core.declare import Resource
from xplenty_tui.core.store import Store
from xplenty_tui.refresh.around import Around
from xplenty_tui.refresh.fetch import Fetcher, pairs
from xplenty_tui.refresh.pace import Pace
from xplenty_tui.refresh.plan import Decision, Knobs, Want
from xplenty_tui.refresh.purse import Purse
from xplenty_tui.refresh.wants import BEHIND, CREDITS, GONE, NEWS, PROGRESS, Strand, Track, reason_of, wants

STALE = 3.0
"""Planned intervals after which what is shown is marked as old."""

__all__ = ["Loop", "pairs"]


class Loop:
    """Keeps the wanted kinds of one account fresh. One request in flight a kind; made anew with every account."""

    def __init__(
        self,
        client: Any,
        store: Store,
        resources: Mapping[str, Resource[Any]],
        *,
        clock: Callable[[], datetime],
        purse: Purse,
    ) -> None:
        self.purse, self.around = purse, Around(client, purse, clock)
        """What there is to spend, and what the plan made of it; what is asked beside the kinds."""
        self._client, self._store, self._resources = client, store, resources
        self._clock, self._fetcher = clock, Fetcher(client, store, clock)
        self._looked: dict[str, Pace] = {}
        self._watched: frozenset[str] = frozenset()
        self._tracks: dict[str, Track] = {kind: Track() for kind in resources}
        self._older: dict[str, int] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._wake = asyncio.Event()
        self._closed = False
        self._crash: BaseException | None = None

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds that are kept."""
        return frozenset(self._resources)

    @property
    def knobs(self) -> Knobs:
        """What a person has set of the plan."""
        return self.purse.knobs

    @property
    def decision(self) -> Decision:
        """What the plan said when it was last asked."""
        return self.purse.last

    @property
    def paused(self) -> bool:
        """Whether the background is stopped by the person."""
        return self.purse.paused

    def look(self, kinds: Mapping[str, Pace], *, around: bool = False) -> None:
        """Note the kinds that the screen draws from, each with the pace that it is worth, and whether more is shown."""
        self._looked = dict(kinds)
        self.around.look(around)
        self._wake.set()

    def watch(self, kinds: frozenset[str]) -> None:
        """Note the kinds of which a person waits for something, whatever is on the screen."""
        self._watched = kinds
        self._wake.set()

    def pause(self, paused: bool) -> None:
        """Stop or resume the background; what a person asks for is still fetched."""
        self.purse.paused = paused
        self._wake.set()

    def focus(self, focused: bool) -> None:
        """Note whether the terminal has the focus; without it the background is a heartbeat."""
        self.purse.focused = focused
        self._wake.set()

    def touched(self) -> None:
        """Note that a person pressed a key; the first one after a long rest wakes the refresh."""
        if self.purse.touched():
            self._wake.set()

    def force(self, kinds: Iterable[str]) -> None:
        """Fetch these now, whatever the plan says."""
        for kind in kinds:
            self._tracks[kind].forced = True
        self._wake.set()

    def heard(self, error: Exception | None) -> None:
        """Note how a call that a person asked for ended, wherever it was made: it may block or free the background."""
        self.purse.heard(error)
        self._wake.set()

    def busy(self, kind: str) -> bool:
        """Tell whether a request for ``kind`` is under way."""
        return self._tracks[kind].busy

    def behind(self, kind: str) -> bool:
        """Tell whether more changed of ``kind`` than was fetched so far."""
        return self._tracks[kind].behind

    def next_s(self, kind: str) -> float | None:
        """Return the seconds until changes of ``kind`` are asked for again; None: not by itself."""
        return self.purse.next_s(f"{kind}.{NEWS}", self._wants())

    def planned_s(self, kind: str, what: str = NEWS) -> float | None:
        """Return the seconds that the plan leaves between two looks at a kind as things stand; None: none."""
        return self.decision.planned.get(f"{kind}.{what}")

    def age_s(self, kind: str, what: str = NEWS) -> float | None:
        """Return the seconds since the last good answer to a look; None before the first."""
        good_s = self._tracks[kind].strand(what).good_s
        return None if good_s is None else self.purse.monotonic() - good_s

    def aged(self, kind: str, what: str = NEWS) -> bool:
        """Tell whether a kind is older than three times the interval that is planned for it."""
        age, planned = self.age_s(kind, what), self.planned_s(kind, what)
        return age is not None and planned is not None and age > STALE * planned

    def all_aged(self) -> frozenset[str]:
        """Return what of the screen is old: kinds, and ``jobs.progress`` for what runs of a kind."""
        kinds = {kind for kind in self._looked if self.aged(kind)}
        return frozenset(kinds | {f"{kind}.{PROGRESS}" for kind in self._looked if self.aged(kind, PROGRESS)})

    def _wants(self) -> Iterator[Want]:
        yield from wants(self._resources, self._tracks, self._looked, self._store, self.knobs, watched=self._watched)
        yield from self.around.wants()

    async def run(self) -> None:
        """Run until cancelled or closed; raises what a fetch raised that is no ``ApiError``: a mistake of ours."""
        try:
            while not self._closed:
                self._wake.clear()
                if self._crash is not None:
                    raise self._crash
                if self.purse.beat_due():
                    self._task("beat", self.purse.beat())
                decision = self.purse.decide(self._wants())
                for name in decision.go:
                    self._go(name)
                self._start_older()
                now_s = self.purse.monotonic()
                wakes = [at for at in (decision.wake_s, self.purse.beat_s, self.around.wake_s) if at is not None]
                wait = max(0.0, min(wakes) - now_s) if wakes else None
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
        for task in self._tasks:
            task.cancel()

    def check(self) -> None:
        """Ask for the credits now, which costs none."""
        if not self.purse.checking and not self._closed:
            self._go(CREDITS)

    def more(self, kind: str, pages: int = 1) -> bool:
        """Fetch the next older pages of ``kind``, a credit each; False when there is none, or some are under way.

        They come one by one, and what is due meanwhile goes between them; an error ends it.
        """
        if self._closed or self._older.get(kind) or not self._store.of(kind).more:
            return False
        self._older[kind] = pages
        self._wake.set()
        return True

    def loading(self, kind: str) -> int:
        """Return how many older pages of ``kind`` are still to come."""
        return self._older.get(kind, 0) if self._store.of(kind).more else 0

    def enough(self, kind: str) -> None:
        """Load no further older pages."""
        self._older.pop(kind, None)

    def _start_older(self) -> None:
        for kind, pages in list(self._older.items()):
            track = self._tracks[kind]
            if track.busy:
                continue
            if not pages or not self._store.of(kind).more:
                del self._older[kind]
                continue
            self._older[kind] = pages - 1
            self._start(
                kind, track.older, partial(self._fetcher.older, self._resources[kind], track, pages=1), Reason.ASKED
            )

    def _go(self, name: str) -> None:
        """Start what the plan chose."""
        if name == CREDITS:
            self.purse.checking = True
            self._task(CREDITS, self.purse.check(self._client))
            return
        if name in self.around:
            self._task(name, self.around.ask(name))
            return
        kind, _, what = name.rpartition(".")
        resource, track = self._resources[kind], self._tracks[kind]
        loaded = self._store.of(kind).loaded_at is not None
        reason = reason_of(what, track, self._looked.get(kind), resource, loaded=loaded)
        strand = track.strand(what)
        strand.asked_s = self.purse.monotonic()
        fetcher = self._fetcher
        work = {NEWS: fetcher.news, PROGRESS: fetcher.progress, GONE: fetcher.gone, BEHIND: fetcher.walk}[what]
        forced, track.forced = track.forced, track.forced and what != NEWS
        if what == NEWS and forced:
            work = self._fetcher.newest
        self._start(kind, strand, lambda: work(resource, track), reason)

    def _start(self, kind: str, strand: Strand, work: Callable[[], Awaitable[None]], reason: Reason) -> None:
        self._tracks[kind].busy = True
        self.purse.starts(reason)
        self._store.asked(kind, self._clock())
        self._task(f"refresh {kind}", self._guard(kind, strand, work, reason))

    def _task(self, name: str, work: Any) -> None:
        task: asyncio.Task[None] = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (crash := task.exception()) is not None:
            self._crash = crash
        self._wake.set()

    def _good(self, track: Track, strand: Strand) -> None:
        """Note a good answer; a list that was loaded anew has shown progress and deletions as well."""
        now_s = self.purse.monotonic()
        if not track.behind:
            strand.good_s = now_s
        if strand is track.news and track.progress.asked_s is None:
            for other in (track.progress, track.gone):
                other.asked_s = other.good_s = now_s

    async def _guard(self, kind: str, strand: Strand, work: Callable[[], Awaitable[None]], reason: Reason) -> None:
        try:
            left_s = self.purse.monotonic()
            with because(reason):
                await work()
        except ApiError as error:
            self._older.pop(kind, None)
            strand.failures += 1
            strand.unreachable = isinstance(error, NoAnswer) and not error.sent
            self._store.fail(kind, error)
            self.purse.heard(error)
        else:
            strand.failures, strand.unreachable = 0, False
            self._good(self._tracks[kind], strand)
            self.purse.heard(None, left_s)
        finally:
            self._tracks[kind].busy = False

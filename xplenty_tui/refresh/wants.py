"""What each kind is worth fetching for: what changed, the progress of what runs, what was deleted. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from xplenty_tui.api.credits import Reason
from xplenty_tui.core.declare import Resource
from xplenty_tui.core.store import Store
from xplenty_tui.refresh.pace import Pace
from xplenty_tui.refresh.plan import Knobs, Rank, Want

NEWS, PROGRESS, GONE, BEHIND = "news", "progress", "gone", "behind"
CREDITS = "credits"
"""The free call that tells limit and remaining."""
CATCH_UP_S = 8.0
"""Between two pages of what changed in a storm: never more than eight of them in a minute."""
PAGE = 100
"""Items of a page: the most that the API gives."""
PROGRESS_PAGES = 5
"""Pages of running jobs that are asked for at most: beyond 500 the progress of the oldest stays as it was."""
WATCHED_S = 30.0
"""Between two looks at a kind of which something is watched while it is not seen."""
AWAY_RUNNING_S, AWAY_S = 60.0, 900.0
"""Between two looks while nobody looks: at what runs or is watched (an end is to be noticed), and at the rest."""


@dataclass(slots=True)
class Strand:
    """One of the fetches of a kind: when it was last asked, and how often it failed since."""

    asked_s: float | None = None
    good_s: float | None = None
    """When the last good answer came."""
    failures: int = 0
    unreachable: bool = False


@dataclass(frozen=True, slots=True)
class Walk:
    """A storm: more changed than one page holds. It is walked through slowly, beside what changes from now on."""

    since: datetime
    """How far it has come."""
    until: datetime
    """Later changes are asked for by themselves."""
    offset: int = 0
    """Where behind ``since``, when one second holds more than a page."""


@dataclass(slots=True)
class Track:
    """What the loop remembers of one kind."""

    news: Strand = field(default_factory=Strand)
    progress: Strand = field(default_factory=Strand)
    gone: Strand = field(default_factory=Strand)
    older: Strand = field(default_factory=Strand)
    forced: bool = False
    """A person asked for it."""
    busy: bool = False
    """A request is under way: never two of a kind."""
    page: frozenset[str] = frozenset()
    """The keys of the page that came last: a server that sends it again has no more."""
    since: datetime | None = None
    """The newest ``updated_at`` that was received: changes are asked for from there. None: not yet known."""
    catching: Strand = field(default_factory=Strand)
    walk: Walk | None = None
    """The way through a storm of changes; None: there is none."""
    newest: bool = False
    """In a storm the newest page is wanted first: it is what a person looks at."""
    sweep_offset: int = 0
    """How far the slow pass for deleted items has come."""
    sweep_seen: set[str] = field(default_factory=set)
    missed: frozenset[str] = frozenset()
    """Keys that the last slow pass did not see; missed twice means gone."""

    @property
    def behind(self) -> bool:
        """Whether more changed than was fetched so far."""
        return self.walk is not None

    def strand(self, what: str) -> Strand:
        """Return the memory of one fetch."""
        return {NEWS: self.news, PROGRESS: self.progress, GONE: self.gone, BEHIND: self.catching}[what]


UNTOUCHED = Track()
"""Of a kind that nobody has asked for."""


def wants(
    resources: Mapping[str, Resource[Any]],
    tracks: Mapping[str, Track],
    looked: Mapping[str, Pace],
    store: Store,
    knobs: Knobs,
    *,
    watched: frozenset[str] = frozenset(),
) -> Iterator[Want]:
    """Yield everything that may be worth a credit; of the ``watched`` kinds a person waits for something."""
    for kind in resources:
        track, pace = tracks[kind], looked.get(kind)
        if pace is None and kind not in watched and track == UNTOUCHED and store.of(kind).empty:
            yield _want(kind, NEWS, None, track, Rank.REST)  # its declaration need not even be loaded
            continue
        resource = resources[kind]
        yield (news := _news(resource, track, pace, store, knobs, watched=kind in watched))
        if track.behind and news.every_s is not None:
            yield _want(kind, BEHIND, CATCH_UP_S, track, Rank.REST, away_s=AWAY_RUNNING_S)
        if pace is None or resource.changes is None or store.of(kind).loaded_at is None:
            continue
        progress = max(pace.progress_s or 0.0, knobs.progress_s) if pace.progress_s else None
        if progress and resource.active is not None and (pages := progress_pages(resource, store)):
            yield _want(kind, PROGRESS, progress, track, credits=pages)
        if resource.refresh.gone is not None and pace.gone:
            yield _want(kind, GONE, float(resource.refresh.gone), track, Rank.REST)


def progress_pages(resource: Resource[Any], store: Store) -> int:
    """Return how many pages hold what is known to run, so that its progress moves; 0: nothing runs."""
    is_active: Callable[[Any], bool] | None = resource.is_active
    if is_active is None:
        return 0
    running: int = store.derive(resource.name, "how many run", lambda items: sum(map(is_active, items)))
    return min(PROGRESS_PAGES, -(-running // PAGE))


def _news(
    resource: Resource[Any], track: Track, pace: Pace | None, store: Store, knobs: Knobs, *, watched: bool
) -> Want:
    kind, loaded = resource.name, store.of(resource.name).loaded_at is not None
    hidden = float(resource.refresh.hidden) if loaded and resource.refresh.hidden is not None else None
    every = hidden if pace is None else max(pace.every_s, knobs.fastest_s)
    if watched and loaded:
        every = max(min(every or WATCHED_S, WATCHED_S), knobs.fastest_s)
    rank = Rank.VISIBLE
    if pace is None:
        rank = Rank.RUNNING if resource.active is not None or watched else Rank.REST
    opened = pace is not None and not loaded and track.news.asked_s is None
    if track.newest and every is not None:
        every = min(every, CATCH_UP_S)
    away = AWAY_RUNNING_S if resource.active is not None or watched else AWAY_S
    return _want(
        kind, NEWS, every, track, rank,
        away_s=away if loaded else None, forced=track.forced or opened, credits=1 if loaded else resource.initial_pages,
    )  # fmt: skip


def _want(
    kind: str,
    what: str,
    every_s: float | None,
    track: Track,
    rank: Rank = Rank.VISIBLE,
    *,
    away_s: float | None = None,
    forced: bool = False,
    credits: int = 1,
) -> Want:
    strand = track.strand(what)
    return Want(
        f"{kind}.{what}",
        every_s,
        strand.asked_s,
        track.busy,
        forced,
        strand.failures,
        strand.unreachable,
        Rank.ASKED if forced else rank,
        away_s,
        credits=credits,
    )


def reason_of(what: str, track: Track, pace: Pace | None, resource: Resource[Any], *, loaded: bool) -> Reason:
    """Return why a fetch that is about to start is worth its credit."""
    if track.forced and what == NEWS:
        return Reason.ASKED
    if not loaded and pace is not None:
        return Reason.OPENED
    if what == GONE:
        return Reason.GONE
    if pace is not None:
        return Reason.VISIBLE
    return Reason.RUNNING if resource.active is not None else Reason.REST

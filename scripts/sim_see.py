"""What a person would have seen: each change that was true, against when the session's store first showed it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from xplenty_tui.config.settings import NotifyGroup, TriageGroup
from xplenty_tui.core.declare import Context, Tone
from xplenty_tui.tui.judging import Judging
from xplenty_tui.tui.ringing import Alerting

if TYPE_CHECKING:
    from sim_stage import Terminal
    from sim_world import SimWorld

    from xplenty_tui.core.store import Store
    from xplenty_tui.demo.records import Job

JOBS = "jobs"


def p95(values: Iterable[float]) -> float:
    """Return the 95th percentile by nearest rank; 0 of nothing."""
    ordered = sorted(values)
    return ordered[math.ceil(0.95 * len(ordered)) - 1] if ordered else 0.0


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a job's status and how long it took to be known here."""

    at_s: float
    job: int
    status: str
    late_s: float
    """Seconds until it, or a later one of the same job, was shown."""


class Eye:
    """Watches one store, as the screen over it does."""

    def __init__(self, world: SimWorld, store: Store, *, sampled: bool = False) -> None:
        self.seen: list[Change] = []
        self.ages: list[float] = []
        """How old the shown progress of each running job was, each second; empty unless ``sampled``."""
        self._world, self._store, self._sampled = world, store, sampled
        self._waiting: dict[int, list[tuple[float, str]]] = {}
        self._taken: dict[str, float] = {}
        """When the store last took an answer that had the job."""
        world.heard.append(self._heard)
        store.subscribe(self._changed)
        for name in ("put", "learn"):
            setattr(store, name, self._noting(getattr(store, name)))

    def _noting(self, take: Callable[..., None]) -> Callable[..., None]:
        def noted(kind: str, items: Iterable[tuple[str, Any]], *args: Any, **more: Any) -> None:
            fresh = list(items)
            if kind == JOBS and self._sampled:
                self._taken.update((key, self._world.monotonic()) for key, _ in fresh)
            take(kind, fresh, *args, **more)

        return noted

    def _heard(self, job: Job, stamp: int, status: str) -> None:
        if self._store.of(JOBS).loaded_at is not None:
            self._waiting.setdefault(job.id, []).append((self._world.virtual(stamp), status))

    def _changed(self, kind: str) -> None:
        if kind != JOBS or not self._waiting:
            return
        now_s = self._world.monotonic()
        for id_ in list(self._waiting):
            job = self._store.get(JOBS, id_)
            if job is not None:
                self._shown(id_, job.status, now_s)

    def _shown(self, id_: int, shown: str, now_s: float) -> None:
        waiting = self._waiting[id_]
        reached = max((place for place, (_, status) in enumerate(waiting, 1) if status == shown), default=0)
        self.seen += [Change(at, id_, status, now_s - at) for at, status in waiting[:reached]]
        if reached == len(waiting):
            del self._waiting[id_]
        else:
            self._waiting[id_] = waiting[reached:]

    def sample(self) -> None:
        """Look how old the progress of what runs is now."""
        now_s = self._world.monotonic()
        for id_, job in self._world.running.items():
            started = self._world.virtual(job.started)
            self.ages.append(now_s - max(self._taken.get(str(id_), 0.0), started))

    def late(self, *statuses: str, since_s: float = 0.0) -> Sequence[float]:
        """Return the delays of changes (to ``statuses``, else of all); one never shown is as late as it is by now."""
        now_s = self._world.monotonic()
        missing = [Change(at, id_, status, now_s - at) for id_, said in self._waiting.items() for at, status in said]
        return [
            change.late_s
            for change in (*self.seen, *missing)
            if change.at_s >= since_s and (not statuses or change.status in statuses)
        ]


class Ear(Alerting, Judging):
    """Hears the program's own bell, rung by its own rules, without the rest of it."""

    def __init__(self, terminal: Terminal) -> None:
        self.rang = 0
        """How many times."""
        self.session = terminal.session
        self.prepared = SimpleNamespace(
            settings=SimpleNamespace(notify=NotifyGroup(terminal="off"), triage=TriageGroup())
        )
        self.keymap = SimpleNamespace(all_taken=True)
        self.launch = SimpleNamespace(environment={})
        self.session.store.subscribe(lambda _: self.ring())

    def context(self) -> Context:
        """Return what the rules look at."""
        return Context(self.session.now(), self.session.store, UTC, self.session.account)

    def bell(self) -> None:
        """Ring."""
        self.rang += 1

    def say(self, text: str, tone: Tone) -> None:
        """Say nothing: nobody looks."""

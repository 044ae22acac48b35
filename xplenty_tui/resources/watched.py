"""What is followed inside the program: a job, cluster or schedule, and what is remembered of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from xplenty_tui.api.jobs import ENDED
from xplenty_tui.core.declare import Context
from xplenty_tui.resources import history

DRAWS: dict[str, frozenset[str]] = {
    "jobs": frozenset({"jobs"}),
    "clusters": frozenset({"clusters"}),
    "schedules": frozenset({"schedules", "jobs"}),
}
"""The kinds that can be watched, each with the kinds that tell how it came out."""


@dataclass(frozen=True, slots=True)
class Watched:
    """Something that is followed until it settles."""

    kind: str
    key: str
    name: str
    """What a sentence calls it: ``job 90412 orders_to_redshift``."""
    since: datetime
    """When watching began, aware."""
    status: str
    """Its status when it was last looked at."""
    runs: frozenset[str] = frozenset()
    """Of a schedule: the jobs of it that were under way when watching began."""
    ran_at: datetime | None = None
    """Of a schedule: its last run when watching began."""


@dataclass(frozen=True, slots=True)
class Settled:
    """How something came out."""

    watched: Watched
    sentence: str
    """One sentence: ``job 90412 orders_to_redshift failed after 12m04: Access Denied``. Secrets are masked."""
    good: bool
    at: datetime
    """When that was seen, aware."""


def unwatchable(kind: str, item: Any, _ctx: Context | None = None) -> str | None:
    """Return why there is nothing to wait for, in words; None when there is."""
    if kind == "jobs" and item.status in ENDED:
        return f"the job {'was stopped' if item.status == 'stopped' else f'has {item.status}'}"
    if kind == "clusters" and item.status == "terminated":
        return "the cluster is terminated"
    return None if kind in DRAWS else "only jobs, clusters and schedules can be watched"


def begin(kind: str, item: Any, ctx: Context) -> Watched:
    """Return what is remembered of an item from now on."""
    watched = Watched(kind, str(item.id), name(kind, item, ctx), ctx.now, item.status or "")
    if kind != "schedules":
        return watched
    runs = frozenset(str(job.id) for job in history.of_schedule(item.id, ctx) if job.active)
    return replace(watched, runs=runs, ran_at=item.last_run_at)


def name(kind: str, item: Any, ctx: Context) -> str:
    """Return what a sentence calls an item: its kind, its name, and its number where that is what people use."""
    if kind == "jobs":
        return f"job {item.id} {history.package_name(item, ctx) or ''}".rstrip()
    noun = kind.removesuffix("s")
    called = " ".join((getattr(item, "name", "") or "").split())
    return f"{noun} {called or item.id}"

"""The plain triage page: what failed, what runs, what comes next, what is up. Pure: store and time in, blocks out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Link, Resource, Row, Tone
from xplenty_tui.core.page import Block, Heading, Listing
from xplenty_tui.core.store import Collection
from xplenty_tui.resources import history, load, parts, timing

KINDS = ("jobs", "clusters", "schedules", "packages")
"""The kinds that the page is drawn from."""
DAY = timedelta(hours=24)
"""How far back a failure is news."""
MOST = 10
"""Items of a part that are shown; the rest is counted."""
UPCOMING = 5
"""Runs that are shown beside those that are late."""
_NEVER = datetime.min.replace(tzinfo=UTC)


def summary(ctx: Context, resources: Mapping[str, Resource[Any]]) -> list[Block]:
    """Return the blocks of the page; ``resources`` must have the kinds of ``KINDS`` that are to be shown."""
    blocks: list[Block] = [Row(_counts(ctx), tone=Tone.STRONG)]
    for name, title, kind, part in (
        ("failed", "FAILED IN THE LAST DAY", "jobs", _failed),
        ("running", "RUNNING NOW", "jobs", _running),
        ("next", "NEXT", "schedules", _next),
        ("clusters", "CLUSTERS", "clusters", _clusters),
    ):
        held = ctx.store.of(kind)
        blocks.append(Heading(name, title, hint="stale" if held.error and held.loaded_at else ""))
        unknown = _unknown(held, resources[kind])
        blocks += [unknown] if unknown else part(ctx, resources[kind])
    return blocks


def _unknown(held: Collection[Any], resource: Resource[Any]) -> Row | None:
    """Return what to say of a kind of which nothing is known; None when something is."""
    if held.loaded_at is not None:
        return None
    if held.error is None:
        return Row(f"Loading {resource.title.lower()} …", tone=Tone.DIM)
    why = (getattr(held.error, "sentence", "") or str(held.error)).rstrip(". ") + "."
    return Row(f"The {resource.title.lower()} could not be loaded: {why} R tries again.", tone=Tone.BAD)


def _since(ctx: Context, jobs: Iterable[Any], status: str) -> list[Any]:
    """Return the jobs of a status that ended within ``DAY``, the last first."""
    start = ctx.now - DAY
    found = [job for job in jobs if job.status == status and (job.ended_at or _NEVER) >= start]
    return sorted(found, key=lambda job: (job.ended_at or _NEVER, job.id), reverse=True)


def _reaches_back(ctx: Context) -> bool:
    """Tell whether the loaded jobs reach back over the whole ``DAY``."""
    held = ctx.store.of("jobs")
    if not held.more:
        return True
    oldest = min((job.created_at for job in ctx.store.good("jobs") if job.created_at), default=ctx.now)
    return oldest <= ctx.now - DAY


def _counts(ctx: Context) -> str:
    if ctx.store.of("jobs").loaded_at is None:
        return "…"
    jobs = ctx.store.good("jobs")
    active = [job for job in jobs if job.active]
    running = sum(job.status in history.RUNNING for job in active)
    more = "" if _reaches_back(ctx) else "+"
    counts = (
        ("running", f"{running} running"),
        ("queued", f"{len(active) - running} waiting"),
        ("failed", f"{len(_since(ctx, jobs, 'failed'))}{more} failed in 24 h"),
        ("stopped", f"{len(_since(ctx, jobs, 'stopped'))}{more} stopped in 24 h"),
    )
    return "   ".join(f"{parts.symbol(status, ctx, 'jobs')} {text}" for status, text in counts)


def _listed(
    resource: Resource[Any], items: Sequence[Any], columns: tuple[str, ...], more: str, most: int = MOST
) -> Iterator[Block]:
    """Return the first of the items as a listing, and in words where the others are."""
    yield Listing(resource, tuple(items[:most]), columns)
    if len(items) > most:
        yield Row(f"and {len(items) - most} more: {more}", tone=Tone.DIM)


def _failed(ctx: Context, resource: Resource[Any]) -> list[Block]:
    jobs = _since(ctx, ctx.store.good("jobs"), "failed")
    blocks: list[Block] = []
    if jobs:
        blocks += _listed(
            resource, jobs, ("status", "package", "finished", "error"), f"{resource.digit} then /status:failed"
        )
    else:
        blocks.append(Row("Nothing failed.", tone=Tone.GOOD, bullet=parts.symbol("completed", ctx)))
    if not _reaches_back(ctx):
        blocks.append(
            Row(
                f"The loaded jobs do not reach back a whole day; {resource.digit} and scroll loads older ones.",
                tone=Tone.DIM,
            )
        )
    return blocks


def _running(ctx: Context, resource: Resource[Any]) -> list[Block]:
    jobs = [job for job in ctx.store.good("jobs") if job.active]
    jobs.sort(key=lambda job: (job.status not in history.RUNNING, history.began(job) or _NEVER, job.id))
    if not jobs:
        return [Row("No job runs or waits.", tone=Tone.DIM)]
    columns = ("status", "id", "package", "progress", "runtime", "cluster", "by")
    return list(_listed(resource, jobs, columns, f"{resource.digit} then /status:running"))


def _next(ctx: Context, resource: Resource[Any]) -> list[Block]:
    due = [item for item in ctx.store.good("schedules") if timing.next_run(item) is not None]
    due.sort(key=lambda item: (timing.next_run(item) or _NEVER, item.id))
    if not due:
        return [Row("No schedule is enabled: nothing runs by itself.", tone=Tone.WARN)]
    late = sum(timing.late(item, ctx) is not None for item in due)
    columns = ("next", "name", "every", "packages", "nodes")
    return list(_listed(resource, due, columns, f"{resource.digit} shows all", most=min(late + UPCOMING, MOST)))


def _warning(ctx: Context) -> str:
    return "!" if ctx.ascii else "▲"


def _clusters(ctx: Context, resource: Resource[Any]) -> list[Block]:
    usable = [item for item in ctx.store.good("clusters") if item.status != "terminated"]
    usable.sort(key=lambda item: _urgency(item, ctx))
    if not usable:
        return [Row("No cluster is up. A job needs one; a schedule creates its own.", tone=Tone.DIM)]
    rows: list[Block] = [_wasteful(item, ctx) for item in usable if load.wasteful(item, ctx)]
    columns = ("status", "name", "nodes", "running", "queued", "up", "idle", "auto")
    return rows + list(_listed(resource, usable, columns, f"{resource.digit} shows all"))


def _urgency(item: Any, ctx: Context) -> tuple[bool, float, bool, int]:
    """Return the place of a cluster: the longest waste first, then those in error, then the newest."""
    wasted = load.idle(item, ctx) if load.wasteful(item, ctx) else None
    return wasted is None, -wasted.total_seconds() if wasted else 0, item.status != "error", -item.id


def _wasteful(item: Any, ctx: Context) -> Row:
    free = load.idle(item, ctx)
    hours = load.node_hours(item, free)
    burnt = f": about {words.number(hours)} node hours" if hours else ""
    return Row(
        f"cluster {item.name or item.id} idle for {words.duration(free)}, will not terminate{burnt}",
        tone=Tone.WARN,
        link=Link("clusters", str(item.id)),
        bullet=_warning(ctx),
    )

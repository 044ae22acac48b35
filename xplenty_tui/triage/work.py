"""What runs, what comes next and what it runs on, as parts of the triage page. Pure: store and time in, blocks out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from xplenty_tui.core import words
from xplenty_tui.core.declare import Column, Context, Resource, Row, Tone
from xplenty_tui.core.page import Block, Heading, Listing, Sign
from xplenty_tui.resources import history, load, parts, timing, usual

AHEAD = timedelta(hours=12)
"""How far ahead a run is called upcoming."""
ENOUGH = 3
"""Completed runs from which the time left is told; fewer say little."""
BAR = 10
"""Cells of a progress bar."""
MORE = 20
"""Items that a part shows at most, however tall the terminal is."""
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Most:
    """How many items each part shows; the rest is counted."""

    running: int = 4
    upcoming: int = 4
    clusters: int = 3

    @classmethod
    def of(cls, spare: int) -> Most:
        """Return what there is room for when ``spare`` lines more than usual are there."""
        more = max(spare, 0) // 4
        least = cls()
        return cls(*(min(some + more, MORE) for some in (least.running, least.upcoming, least.clusters)))

    @property
    def lines(self) -> int:
        """Lines that the three parts take at most: a blank one, the heads, the items, and a last one in words."""
        return self.running + self.upcoming + self.clusters + 3 * 3


def age(length: timedelta | None) -> str:
    """Return a length in words that change once a minute: ``<1m``, ``4m``, ``1h42m``."""
    if length is None:
        return words.NONE
    minutes = max(length // timedelta(minutes=1), 0)
    return "<1m" if minutes == 0 else f"{minutes}m" if minutes < 60 else words.duration(length)


def _show_age(value: Any, _: Context) -> str:
    return age(value)


def bar(share: int, ctx: Context) -> str:
    """Return hundredths as a bar and a number: ``███████░░░  78%``."""
    full, empty = ("#", "-") if ctx.ascii else ("█", "░")
    done = share * BAR // 100
    return f"{full * done}{empty * (BAR - done)} {share:3}%"


def _progress(job: Any, ctx: Context) -> str:
    """Return bar and number of what runs, the status in words of everything else."""
    share = history.progress(job)
    return bar(share, ctx) if job.status == "running" and share is not None else words.status(job.status, "jobs").word


def _as_is(value: Any, _: Context) -> str:
    return str(value)


def _busy(job: Any, _: Context) -> Tone:
    return words.status(job.status, "jobs").tone


def _usual(job: Any, ctx: Context) -> timedelta | None:
    known = usual.of_package(history.package_key(job), ctx)
    return known.median if known is not None else None


def left(job: Any, ctx: Context) -> timedelta | None:
    """Return the time that a job still needs, by what is usual; None when the history does not tell."""
    known, ran = usual.of_package(history.package_key(job), ctx), history.runtime(job, ctx)
    if known is None or known.runs < ENOUGH or ran is None or ran >= known.median:
        return None
    return known.median - ran


def _show_left(job: Any, ctx: Context) -> str:
    """Return the time left in words: ``?`` when the history does not tell, nothing for what does not run."""
    if job.status != "running":
        return words.NONE
    length = left(job, ctx)
    return "?" if length is None else age(length)


def _pace(job: Any, ctx: Context) -> Tone:
    known, ran = usual.of_package(history.package_key(job), ctx), history.runtime(job, ctx)
    return Tone.WARN if known is not None and ran is not None and ran > known.p95 else Tone.PLAIN


def _burn(cluster: Any, _: Context) -> str:
    return f"{cluster.nodes}/h" if cluster.nodes and cluster.status in load.READY else words.NONE


def _burnt(cluster: Any, ctx: Context) -> float | None:
    return load.node_hours(cluster, load.up(cluster, ctx))


def _name(get: Any, help_: str) -> Column[Any]:
    return Column("name", "NAME", get, help_, width=16, grow=1)


def _length(name: str, title: str, get: Any, help_: str, **more: Any) -> Column[Any]:
    return Column(name, title, get, help_, width=7, right=True, **{"show": _show_age, **more})


RUNNING: tuple[Column[Any], ...] = (
    _name(history.package_name, "The package that runs."),
    Column("progress", "PROGRESS", _progress, "How far it is.", show=_as_is, tone=_busy, width=15),
    _length("runtime", "RUNTIME", history.runtime, "How long it runs.", tone=_pace),
    _length("usual", "USUAL", _usual, "The median of its completed runs."),
    _length("left", "LEFT", _show_left, "The time left, by what is usual.", show=None),
    Column("id", "ID", lambda job, _: job.id, "The job's number.", width=7, right=True, rank=2),
    Column("cluster", "CLUSTER", history.cluster_name, "Where it runs.", width=11, grow=1, rank=3),
    Column("by", "STARTED BY", history.starter, "Who started it.", width=16, grow=3, rank=4),
)
CLUSTERS: tuple[Column[Any], ...] = (
    _name(lambda item, _: item.name or str(item.id), "The cluster."),
    Column("status", "STATUS", lambda item, _: words.status(item.status).word, "How it stands.", width=11),
    Column("running", "RUN", load.running, "Jobs that run on it.", width=3, right=True),
    Column("queued", "WAIT", load.queued, "Jobs that wait for it.", width=4, right=True),
    Column("burn", "BURN", _burn, "Node hours an hour.", width=5, right=True),
    _length("up", "UP", load.up, "How long it is up."),
    _length("idle", "IDLE", load.idle, "How long it has no work.", tone=load.idle_tone),
    Column("auto", "AUTO", lambda item, _: item.terminate_on_idle, "Whether it ends by itself.", width=4, rank=2),
    Column("burnt", "BURNT", _burnt, "Node hours so far.", width=7, right=True, rank=3),
    Column("id", "ID", lambda item, _: item.id, "Its number.", width=6, right=True, rank=3),
    Column("region", "REGION", lambda item, _: item.region or None, "Where it is.", width=16, grow=3, rank=4),
)
"""The columns of the parts; their own lists have more."""


def _sign(kind: str) -> Any:
    def sign(item: Any, ctx: Context) -> Sign:
        return parts.symbol(item.status, ctx, kind), words.status(item.status, kind).tone

    return sign


def _due_sign(item: Any, ctx: Context) -> Sign:
    return parts.symbol("upcoming", ctx), Tone.WAIT if timing.late(item, ctx) is None else Tone.BAD


def _upcoming_columns(resource: Resource[Any]) -> tuple[Column[Any], ...]:
    wanted = ("every", "nodes", "reuse", "next", "next_at", "result", "packages")
    ranks, titles = {"next_at": 2, "result": 3, "packages": 4}, {"next": "DUE", "next_at": "DUE AT"}
    known = {column.name: column for column in resource.columns}
    own = [
        replace(known[name], rank=ranks.get(name, 1), title=titles.get(name, known[name].title))
        for name in wanted
        if name in known
    ]
    return (_name(lambda item, _: item.name or f"schedule {item.id}", "The schedule."), *own)


def _listed(
    resource: Resource[Any],
    columns: tuple[Column[Any], ...],
    items: Sequence[Any],
    most: int,
    sign: Any,
    *,
    last: str = "",
) -> Iterable[Block]:
    """Return the first of the items, and in words where the others are; ``last`` is said on the same line."""
    shown = items if len(items) <= most + (0 if last else 1) else items[:most]
    yield Listing(replace(resource, columns=columns), tuple(shown), beside=True, sign=sign)
    rest = f"and {len(items) - len(shown)} more: {resource.digit} shows all" if len(items) > len(shown) else ""
    if rest or last:
        yield Row(parts.joined(rest, last), tone=Tone.DIM)


def active(ctx: Context) -> Sequence[Any]:
    """Return the jobs that run or wait, those that run first, the longest first."""

    def build(jobs: list[Any]) -> list[Any]:
        found = [job for job in jobs if job.active]
        return sorted(found, key=lambda job: (job.status not in history.RUNNING, history.began(job) or _NEVER, job.id))

    return ctx.store.derive("jobs", "active", build)


def running(ctx: Context, resource: Resource[Any], most: int) -> Iterable[Block]:
    """Return what runs and waits, the longest first."""
    jobs = active(ctx)
    if not jobs:
        return [Row("No job runs or waits.", tone=Tone.DIM)]
    return _listed(resource, RUNNING, jobs, most, _sign("jobs"))


def upcoming(ctx: Context, resource: Resource[Any], most: int) -> Iterable[Block]:
    """Return the runs of the next hours, overdue ones first."""
    due = [item for item in ctx.store.good("schedules") if timing.next_run(item) is not None]
    due.sort(key=lambda item: (timing.next_run(item) or _NEVER, item.id))
    if not due:
        return [Row("No schedule is enabled: nothing runs by itself.", tone=Tone.WARN)]
    near = [item for item in due if (timing.next_run(item) or _NEVER) <= ctx.now + AHEAD]
    if near:
        return _listed(resource, _upcoming_columns(resource), near, most, _due_sign)
    when = words.when(timing.next_run(due[0]), ctx.now, ctx.zone)
    return [Row(f"Nothing in the next {AHEAD // timedelta(hours=1)} hours; {due[0].name} at {when}.", tone=Tone.DIM)]


def clusters(ctx: Context, resource: Resource[Any], most: int) -> Iterable[Block]:
    """Return the clusters that are up or come up, the wasteful ones first, and what they burn together."""
    usable = [item for item in ctx.store.good("clusters") if item.status != "terminated"]
    if not usable:
        return [Row("No cluster is up. A job needs one; a schedule creates its own.", tone=Tone.DIM)]
    usable.sort(key=lambda item: _urgency(item, ctx))
    return _listed(resource, CLUSTERS, usable, most, _sign("clusters"), last=_together(usable, ctx))


def _together(usable: Sequence[Any], ctx: Context) -> str:
    nodes = sum(item.nodes or 0 for item in usable if item.status in load.READY)
    idle = sum(item.nodes or 0 for item in usable if load.wasteful(item, ctx))
    wasted = f", {idle} of them idle and not ending" if idle else ""
    return f"{words.count(nodes, 'node hour')} an hour{wasted}" if nodes else ""


def _urgency(item: Any, ctx: Context) -> tuple[bool, float, bool, int]:
    """Return the place of a cluster: the longest waste first, then those in error, then the newest."""
    wasted = load.idle(item, ctx) if load.wasteful(item, ctx) else None
    return wasted is None, -wasted.total_seconds() if wasted else 0, item.status != "error", -item.id


PARTS = (
    ("running", "RUNNING", "jobs", running),
    ("upcoming", "UPCOMING", "schedules", upcoming),
    ("clusters", "CLUSTERS", "clusters", clusters),
)
"""Name, title, kind and drawing of each part."""


def work(ctx: Context, resources: Any, most: Most) -> Iterable[Block]:
    """Return all parts; one whose kind is not known says so."""
    for name, title, kind, draw in PARTS:
        held = ctx.store.of(kind)
        yield Heading(name, title, "stale" if held.error and held.loaded_at else "", passed=True)
        unknown = not_known(ctx, resources[kind])
        yield from [unknown] if unknown else draw(ctx, resources[kind], getattr(most, name))


def not_known(ctx: Context, resource: Resource[Any]) -> Row | None:
    """Return what to say of a kind of which nothing is known; None when something is."""
    held = ctx.store.of(resource.name)
    if held.loaded_at is not None:
        return None
    if held.error is None:
        return Row(f"Loading {resource.title.lower()} …", tone=Tone.DIM)
    return Row(f"Not known: the {resource.title.lower()} could not be loaded.", tone=Tone.BAD)

"""The page of who ran when: the jobs of a cluster, or the children of a workflow's job, on a time axis. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from xplenty_tui.api.jobs import Job
from xplenty_tui.core import gantt, words
from xplenty_tui.core.declare import Context, Link, Row, Tone
from xplenty_tui.core.page import Block, Entry
from xplenty_tui.resources import history, parts

WINDOWS = tuple(timedelta(hours=hours) for hours in (1, 3, 6, 12, 24, 72, 168))
"""Lengths of the axis of a cluster."""
FIRST = 2
"""The place of the one that is shown first."""
ROWS = 200
"""Jobs that are drawn at most."""
HEAD = "axis"
"""The key of the line with the times."""
_NAME, _RUNTIME, _GUTTER = 22, 8, 3


def subject(link: Link, ctx: Context) -> Link | None:
    """Return whose timeline it is: a workflow's job its own, any other job that of its cluster; None: not known."""
    if link.kind != "jobs":
        return link
    job = ctx.store.get("jobs", link.key)
    if not isinstance(job, Job):
        return None
    package = ctx.store.get("packages", history.package_key(job))
    flow = getattr(package, "flow_type", "") or (job.package.flow_type if job.package else "")
    cluster = history.cluster_key(job)
    if flow == "workflow":
        return link
    return Link("clusters", cluster) if cluster is not None else None


def span(job: Job) -> gantt.Span:
    """Return when a job was asked for, began and ended."""
    return gantt.Span(job.created_at, job.started_at, job.ended_at)


def within(jobs: Sequence[Job], ctx: Context, window: timedelta | None) -> list[Job]:
    """Return the jobs of the last ``window`` before the newest end (now, while one is active), newest first."""
    known = [job for job in jobs if (job.created_at or job.started_at) and (job.active or job.ended_at)]
    end = max((job.ended_at or ctx.now for job in known), default=ctx.now)
    return [job for job in known if window is None or (job.ended_at or ctx.now) > end - window][:ROWS]


def page(jobs: Sequence[Job], ctx: Context, width: int, window: timedelta | None, more: str) -> list[Block]:
    """Return the page; ``more`` says how far it reaches, ``window`` is how much time is shown (None: all)."""
    shown = within(jobs, ctx, window)
    name = min(_NAME, max(width // 4, 8))
    room = width - _GUTTER - name - _RUNTIME - 1
    axis = gantt.axis([span(job) for job in shown], ctx.now, room)
    if axis is None:
        return [Row("No loaded job ran here.", tone=Tone.DIM), Row(more, tone=Tone.DIM)]
    if window is not None and axis.end - axis.begin > window:
        axis = gantt.Axis(axis.end - window, axis.end, room)
    ruler = gantt.ruler(axis, ctx.zone, ascii_=ctx.ascii) + words.pad("runtime", _RUNTIME, right=True)
    clocks = gantt.clocks(axis, ctx.zone) + " " * _RUNTIME
    day = words.pad(_day(axis, ctx), name, mark=_mark(ctx))
    blocks: list[Block] = [
        Row(more, tone=Tone.DIM),
        Entry(HEAD, (" ", Tone.DIM), day, clocks, dim=True),
        Entry("ruler", (" ", Tone.DIM), words.pad("", name), ruler, dim=True),
    ]
    return blocks + [_line(job, axis, ctx, name) for job in shown]


def _day(axis: gantt.Axis, ctx: Context) -> str:
    return f"from {words.when(axis.begin, ctx.now, ctx.zone)}"


def _mark(ctx: Context) -> str:
    """Return what stands where a text was cut."""
    return "~" if ctx.ascii else "…"


def _line(job: Job, axis: gantt.Axis, ctx: Context, name: int) -> Entry:
    look = words.status(job.status, history.JOBS)
    step = job.component.name if job.component is not None else ""
    called = " ".join((step or history.package_name(job, ctx) or f"#{job.id}").split())
    drawn = gantt.bar(span(job), axis, ctx.now, ascii_=ctx.ascii)
    runtime = words.pad(words.duration(history.runtime(job, ctx)), _RUNTIME, right=True)
    sign = (look.ascii if ctx.ascii else look.symbol, look.tone)
    return Entry(
        f"job:{job.id}", sign, words.pad(called, name, mark=_mark(ctx)), drawn + runtime, link=Link("jobs", str(job.id))
    )


def named(about: Link, ctx: Context) -> str:
    """Return what it is called."""
    if about.kind == "clusters":
        return parts.name_of(ctx, "clusters", about.key) or f"#{about.key}"
    job = ctx.store.get("jobs", about.key)
    return f"{about.key} {history.package_name(job, ctx) or ''}".strip() if isinstance(job, Job) else about.key

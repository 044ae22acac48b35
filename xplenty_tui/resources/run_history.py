"""The page of the last runs of a package or schedule: how they came out, how long they took, step by step. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from xplenty_tui.api.jobs import Job
from xplenty_tui.core import strips, words
from xplenty_tui.core.declare import Context, Link, Row, Tone
from xplenty_tui.core.page import Block, Entry, Heading, Listing
from xplenty_tui.resources import history, parts, usual
from xplenty_tui.resources.jobs import JOBS

KINDS = ("jobs", "packages", "schedules")
"""What has a history; that of a job is its package's."""
GRID = 8
"""Runs in the grid of steps at most: each costs a request."""
LISTED = 500
"""Runs that are listed at most."""
STEPS = "steps"
"""The name of the part with the grid."""
HEAD = "steps head"
"""The key of the line with the runs' ids above the grid."""
_LABEL = 12
"""Cells before the strip: gutter, the longest label and what lies between."""
_NAME = 24
"""Cells of a step's name at most."""
_GUTTER = 3


@dataclass(frozen=True, slots=True)
class Steps:
    """The children of runs, as far as they were asked for."""

    found: Mapping[int, tuple[Job, ...]] = field(default_factory=dict)
    """By id of the run."""
    asking: bool = False
    failed: str = ""
    """Why the last answer did not come; empty when all is well."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the page is drawn with, beside what the store knows."""

    width: int
    steps: Steps = Steps()
    opened: frozenset[str] = frozenset()
    """Names of the steps whose runs are listed."""
    asking: bool = False
    """Older runs are under way."""
    failed: str = ""
    """Why older runs did not come."""
    whole: bool = False
    """The server has no older runs of the package."""


def subject(kind: str, key: str, ctx: Context) -> Link | None:
    """Return what the history of an item is about: a job's is its package's; None where that is not known."""
    if kind != "jobs":
        return Link(kind, key) if kind in KINDS else None
    job = ctx.store.get("jobs", key)
    found = history.package_key(job) if isinstance(job, Job) else None
    return Link("packages", found) if found is not None else None


def runs_of(about: Link, ctx: Context) -> Sequence[Job]:
    """Return the loaded runs, newest first."""
    of = history.of_schedule if about.kind == "schedules" else history.of_package
    return of(about.key, ctx)


def name_of(about: Link, ctx: Context) -> str:
    """Return what it is called: from its runs where it is not loaded itself."""
    named = parts.name_of(ctx, about.kind, about.key) or f"#{about.key}"
    if named != f"#{about.key}" or about.kind == "schedules":
        return named
    return next((job.package.name for job in runs_of(about, ctx) if job.package and job.package.name), named)


def workflow(about: Link, ctx: Context) -> bool:
    """Tell whether the runs may have steps: of a package that is no dataflow."""
    if about.kind != "packages":
        return False
    told = getattr(ctx.store.get("packages", about.key), "flow_type", "")
    flows = (job.package.flow_type for job in runs_of(about, ctx) if job.package and job.package.flow_type)
    return (told or next(flows, "")) != "dataflow"


def complete(about: Link, ctx: Context, seen: Seen) -> bool:
    """Tell whether there are no older runs to load."""
    return seen.whole or not ctx.store.of("jobs").more


def in_grid(about: Link, ctx: Context) -> list[Job]:
    """Return the runs whose steps can be asked for, newest first: those that began."""
    return [job for job in runs_of(about, ctx) if job.started_at is not None][:GRID]


def unasked(about: Link, ctx: Context, steps: Steps) -> list[Job]:
    """Return the runs of the grid that have to be asked about: not yet, or they were under way then."""
    return [job for job in in_grid(about, ctx) if job.id not in steps.found or job.active]


def page(about: Link, ctx: Context, seen: Seen) -> list[Block]:
    """Return the page."""
    unknown = _unknown(ctx)
    if unknown is not None:
        return [unknown]
    runs = runs_of(about, ctx)
    blocks: list[Block] = [*_figures(runs, ctx, seen), *_reach(about, runs, ctx, seen)]
    if runs and workflow(about, ctx):
        blocks += _grid(about, ctx, seen)
    if runs:
        hint = f"newest {LISTED} of {words.number(len(runs))}" if len(runs) > LISTED else ""
        blocks += [Heading("runs", "Runs", hint=hint), Listing(JOBS, tuple(runs[:LISTED]))]
    return blocks


def _unknown(ctx: Context) -> Row | None:
    held = ctx.store.of("jobs")
    if held.loaded_at is None and held.error is not None:
        said = (getattr(held.error, "sentence", "") or str(held.error)).rstrip(". ")
        return Row(f"The jobs could not be loaded: {said}. R tries again.", tone=Tone.BAD)
    return Row("Loading jobs …", tone=Tone.DIM) if held.loaded_at is None else None


def _figures(runs: Sequence[Job], ctx: Context, seen: Seen) -> Iterator[Row]:
    """Yield strip, sparkline and what they come to."""
    room = max(seen.width - _LABEL, 1)
    oldest_first = list(reversed(runs[:room]))
    if not runs:
        return
    symbols = [parts.symbol(job.status, ctx, history.JOBS) for job in oldest_first]
    yield Row(strips.newest(symbols, room), label="runs", tone=Tone.STRONG)
    lengths = [_seconds(history.runtime(job, ctx)) for job in oldest_first]
    told = [length for length in lengths if length is not None]
    if told:
        yield Row(strips.spark(lengths, room, ascii_=ctx.ascii, unknown="."), label="runtime")
        yield Row(_usual(runs, max(told), ctx), label="usual")
    yield _failures(runs, ctx)
    records = [count for job in runs if (count := _records(job)) is not None]
    if records:
        of = f"last of {words.count(len(records), 'run')} that tell them"
        yield Row(f"{words.number(records[0])} ({of}, most {words.number(max(records))})", label="records")


def _seconds(length: timedelta | None) -> float | None:
    return length.total_seconds() if length is not None else None


def _records(job: Job) -> int | None:
    """Return the records that a completed run wrote; None where nobody counted them."""
    counts = [output.records_count for output in job.outputs if output.records_count is not None]
    return sum(counts) if counts and job.status == "completed" else None


def _usual(runs: Sequence[Job], longest: float, ctx: Context) -> str:
    """Name the median, what 95 of 100 do not exceed and the longest, each with its block of the sparkline."""
    found = usual.of_runs(runs)
    named = [("longest", longest)]
    if found is not None:
        named[:0] = [("median", found.median.total_seconds()), ("p95", found.p95.total_seconds())]
    told = [
        f"{name} {words.duration(length)} {strips.level(length, longest, ascii_=ctx.ascii)}" for name, length in named
    ]
    of = f"of {words.count(found.runs, 'completed run')}" if found is not None else "none completed"
    return ", ".join(told) + f" ({of})"


def _failures(runs: Sequence[Job], ctx: Context) -> Row:
    """Say how many of those that are over failed, and when one last did and did not."""
    over = [job for job in runs if job.ended]
    failed = [job for job in over if job.status == "failed"]
    done = next((job for job in over if job.status == "completed"), None)
    if not over:
        return Row("none is over yet", label="failed", tone=Tone.DIM)
    said = f"{len(failed)} of {words.count(len(over), 'run')} ({len(failed) / len(over):.0%})"
    if failed:
        said += f", last {words.when(failed[0].ended_at, ctx.now, ctx.zone)}"
    said += f"; last success {words.when(done.ended_at, ctx.now, ctx.zone)}" if done is not None else "; no success"
    return Row(said, label="failed", tone=Tone.BAD if over[0].status == "failed" else Tone.PLAIN)


def _reach(about: Link, runs: Sequence[Job], ctx: Context, seen: Seen) -> Iterator[Row]:
    """Say how far back it reaches, and what more would cost."""
    oldest = next((job.created_at for job in reversed(runs) if job.created_at is not None), None)
    loaded = f"{words.count(len(runs), 'run')} loaded" if runs else "No run of it is loaded"
    if oldest is not None:
        loaded += f", back to {words.when(oldest, ctx.now, ctx.zone)}"
    if seen.failed:
        yield Row(f"Older runs could not be loaded: {seen.failed}. m tries again.", tone=Tone.BAD)
    if seen.asking:
        yield Row(f"{loaded}. Loading older ones …", tone=Tone.DIM)
    elif complete(about, ctx, seen):
        yield Row(f"{loaded}: there are no older ones." if runs else "It has not run yet.", tone=Tone.DIM)
    else:
        whose = "of the package" if about.kind == "packages" else "of the account"
        yield Row(f"{loaded}. m: 100 older jobs {whose}, 1 credit.", tone=Tone.DIM)


def _grid(about: Link, ctx: Context, seen: Seen) -> Iterator[Block]:
    """Yield the grid: rows are steps, columns are runs, the newest at the right."""
    steps, todo = seen.steps, unasked(about, ctx, seen.steps)
    shown = any(job.id in steps.found for job in in_grid(about, ctx))
    which = "again for what goes on" if shown else f"for the last {words.count(len(todo), 'run')}"
    cost = f"enter asks {which}: {words.count(len(todo), 'credit')}"
    hint = "asking …" if steps.asking else cost if todo else "enter on a step lists its runs"
    yield Heading(STEPS, "Steps by run", hint=hint, open=shown or steps.asking)
    if steps.failed:
        yield Row(f"Steps could not be loaded: {steps.failed}. enter on the line above tries again.", tone=Tone.BAD)
    if shown:
        yield from _cells(about, ctx, seen)


def _cells(about: Link, ctx: Context, seen: Seen) -> Iterator[Block]:
    runs = [job for job in reversed(in_grid(about, ctx)) if job.id in seen.steps.found]
    wide = strips.column_width([str(job.id) for job in runs])
    room = seen.width - _GUTTER - 1
    runs = runs[-max((room - 8) // wide, 1) :]
    by_step: dict[str, dict[int, list[Job]]] = {}
    for job in runs:
        for child in seen.steps.found[job.id]:
            by_step.setdefault(step_of(child, ctx), {}).setdefault(job.id, []).append(child)
    if not by_step:
        yield Row("None of these runs started any job: it may be no workflow.", tone=Tone.DIM)
        return
    name = max(min(max(words.cells(step) for step in by_step), _NAME, room - wide * len(runs)), 8)
    mark = "~" if ctx.ascii else "…"
    heads = strips.grid_line([str(job.id) for job in runs], wide)
    yield Entry(HEAD, (" ", Tone.DIM), words.pad("run", name), heads, dim=True)
    for step, found in by_step.items():
        line = strips.grid_line([_cell(found.get(job.id, ()), ctx, wide) for job in runs], wide)
        children = [child for job in reversed(runs) for child in found.get(job.id, ())]
        look = words.status(children[0].status, history.JOBS)
        sign = (look.ascii if ctx.ascii else look.symbol, look.tone)
        yield Entry(f"step:{step}", sign, words.pad(step, name, mark=mark), line, open=step in seen.opened)
        if step in seen.opened:
            yield Listing(JOBS, tuple(children), columns=("status", "id", "runtime", "started", "error"))


def _cell(children: Sequence[Job], ctx: Context, wide: int) -> str:
    if not children:
        return "-" if ctx.ascii else "–"
    return "".join(parts.symbol(child.status, ctx, history.JOBS) for child in children)[-(wide - 1) :]


def step_of(child: Job, ctx: Context) -> str:
    """Return the name of the step that a child is: its component, else its package."""
    named = child.component.name if child.component is not None else ""
    return " ".join((named or history.package_name(child, ctx) or f"#{child.id}").split())

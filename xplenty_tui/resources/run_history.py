"""The page of the last runs of a package or schedule: how they came out, how long they took, step by step. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from xplenty_tui.api.jobs import Job
from xplenty_tui.core import strips, words
from xplenty_tui.core.declare import Context, Link, Row, Tone
from xplenty_tui.core.page import Block, Heading, Listing
from xplenty_tui.resources import history, parts, usual
from xplenty_tui.resources.jobs import JOBS
from xplenty_tui.resources.run_grid import grid
from xplenty_tui.resources.runs import Seen, complete, runs_of, workflow

LISTED = 500
"""Runs that are listed at most."""
_LABEL = 12
"""Cells before the strip: gutter, the longest label and what lies between."""


def page(about: Link, ctx: Context, seen: Seen) -> list[Block]:
    """Return the page."""
    unknown = parts.unloaded("jobs", ctx)
    if unknown is not None:
        return [unknown]
    runs = runs_of(about, ctx)
    blocks: list[Block] = [*_figures(runs, ctx, seen), *_reach(about, runs, ctx, seen)]
    if runs and workflow(about, ctx):
        blocks += grid(about, ctx, seen)
    if runs:
        hint = f"newest {LISTED} of {words.number(len(runs))}" if len(runs) > LISTED else ""
        blocks += [Heading("runs", "Runs", hint=hint), Listing(JOBS, tuple(runs[:LISTED]))]
    return blocks


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

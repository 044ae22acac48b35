"""The grid of the steps of a workflow's last runs: what is asked for, and what is drawn of it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xplenty_tui.api.jobs import Job
from xplenty_tui.core import strips, words
from xplenty_tui.core.declare import Context, Link, Row, Tone
from xplenty_tui.core.page import Block, Entry, Heading, Listing
from xplenty_tui.resources import history, parts
from xplenty_tui.resources.jobs import JOBS
from xplenty_tui.resources.runs import Seen, in_grid, step_of, unasked

STEPS = "steps"
"""The name of the part with the grid."""
HEAD = "steps head"
"""The key of the line with the runs' ids above the grid."""
_NAME = 24
"""Cells of a step's name at most."""
_GUTTER = 3


def grid(about: Link, ctx: Context, seen: Seen) -> Iterator[Block]:
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

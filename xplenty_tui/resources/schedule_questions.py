"""What is said before a schedule is run, disabled or deleted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from xplenty_tui.api.jobs import Job
from xplenty_tui.api.schedules import Schedule
from xplenty_tui.core import words
from xplenty_tui.core.action import Line, Question
from xplenty_tui.core.declare import Context, Tone
from xplenty_tui.resources import history, parts, timing
from xplenty_tui.resources.cluster_end import job_line
from xplenty_tui.resources.questions import gaps, line, one_line, some
from xplenty_tui.resources.schedule_forms import label


def named(keys: Sequence[str], ctx: Context) -> str:
    """Return packages by name."""
    return ", ".join(one_line(parts.name_of(ctx, "packages", key) or "") for key in keys)


def active(schedule: Schedule, ctx: Context) -> list[Job]:
    """Return the loaded jobs of the schedule that are not over."""
    return [job for job in history.of_schedule(schedule.id, ctx) if job.active]


def strategy(schedule: Schedule) -> str:
    """Return how it reuses clusters, whichever field says so."""
    known = {True: "any", False: "none", None: ""}
    return schedule.reuse_cluster_strategy or known[schedule.reuse_cluster]


def unrun(schedule: Schedule, ctx: Context) -> Line:
    """Say which run does not happen, once it is disabled."""
    due = timing.next_run(schedule)
    coming = f"The run that is due {timing.countdown(due, ctx)} does not happen" if due else "It runs no more"
    return line(f"{coming}, nor any after it.", Tone.WARN)


def where(strategy: str, nodes: int | None) -> str:
    """Return in words what clusters a schedule takes."""
    fresh = f"a new cluster with {nodes} nodes" if nodes else "a new cluster"
    if strategy == "none":
        return f"Every run gets {fresh}."
    own = " that it created itself" if strategy == "self" else " that is up"
    return f"It runs on a cluster{own}, else on {fresh}."


def ask_run(items: Sequence[Schedule], _draft: Any, ctx: Context) -> Question:
    """Ask before a schedule runs: which packages, on what, beside what."""
    schedule = items[0]
    task, keys = schedule.task, timing.package_keys(schedule)
    lines = [line(f"This runs {words.count(len(keys), 'package')} once, now:")] if keys else []
    lines += some((line(f"  {named([key], ctx)}", Tone.STRONG) for key in keys), "package")
    lines.append(line(where(strategy(schedule), task.nodes if task else None)))
    if task is not None and task.terminate_on_idle is False:
        lines.append(line("A cluster that it creates stays up until somebody terminates it.", Tone.WARN))
    lines += _beside(schedule, ctx)
    if schedule.status == "disabled":
        lines.append(line("It is disabled, and stays so: it runs this once."))
    lines.append(line("The job that this starts is looked for then, and opened.", Tone.DIM))
    return Question(f"Run schedule {label(schedule)}", tuple(lines), "Run")


def _beside(schedule: Schedule, ctx: Context) -> Iterator[Line]:
    """Say what of it runs already, and when it runs by itself."""
    jobs = active(schedule, ctx)
    if jobs:
        may = "it may not run twice at a time." if schedule.overlap is False else "this one runs beside it."
        yield line(f"Its last run is not over, and {may}", Tone.WARN)
        yield from some((job_line(job, ctx) for job in jobs), "job")
    elif ctx.store.of("jobs").loaded_at is None:
        yield from gaps("jobs", ctx)
    due = timing.next_run(schedule)
    if due is not None:
        yield line(f"It still runs by itself {timing.countdown(due, ctx)}.", Tone.DIM)


def ask_turn(items: Sequence[Schedule], _draft: Any, ctx: Context) -> Question | None:
    """Ask before a schedule is disabled."""
    schedule = items[0]
    if schedule.status != "enabled":
        return None
    lines = (unrun(schedule, ctx), line("It can be enabled again, and can be run by hand."))
    return Question(f"Disable schedule {label(schedule)}", lines, "Disable")


def ask_delete(items: Sequence[Schedule], _draft: Any, ctx: Context) -> Question:
    """Ask before a schedule is deleted: what it was for, and that nothing brings it back."""
    schedule = items[0]
    interval, keys = timing.Every.of(schedule), timing.package_keys(schedule)
    lines: list[Line] = []
    if keys:
        often = f" every {interval.words.removeprefix('1 ')}" if interval else ""
        lines.append(line(f"It runs {named(keys, ctx)}{often}."))
    if schedule.execution_count:
        last = f", last {words.ago(schedule.last_run_at, ctx.now)} ago" if schedule.last_run_at else ""
        lines.append(line(f"It ran {words.count(schedule.execution_count, 'time')}{last}."))
    if timing.next_run(schedule) is not None:
        lines.append(unrun(schedule, ctx))
    jobs = active(schedule, ctx)
    if jobs:
        lines.append(line("Jobs of it are not over; what becomes of them is not documented:", Tone.WARN))
        lines += some((job_line(job, ctx) for job in jobs), "job")
    lines.append(line("It is gone for good, with its variables. To pause it, disable it instead.", Tone.BAD))
    typed = one_line(schedule.name) or str(schedule.id)
    return Question(f"Delete schedule {label(schedule)}", tuple(lines), "Delete", typed)

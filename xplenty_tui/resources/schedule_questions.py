"""What is said before something is done to a schedule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from xplenty_tui.api.drafts import NewSchedule, ScheduleDraft, TaskDraft
from xplenty_tui.api.jobs import Job
from xplenty_tui.api.schedules import Schedule
from xplenty_tui.core import words
from xplenty_tui.core.action import Line, Question
from xplenty_tui.core.declare import Context, Tone
from xplenty_tui.core.fields import write
from xplenty_tui.resources import history, parts, timing
from xplenty_tui.resources.cluster_end import job_line
from xplenty_tui.resources.questions import differences, gaps, line, one_line, some
from xplenty_tui.resources.schedule_forms import different, label, promise, told, where


def ask_new(_items: Sequence[Schedule], draft: NewSchedule, ctx: Context) -> Question | None:
    """Ask before a schedule that runs by itself is made; a disabled one does nothing."""
    if draft.status != "enabled":
        return None
    return Question(f"Create schedule {draft.name}, enabled", tuple(promise(draft, ctx)), "Create")


def ask_change(items: Sequence[Schedule], draft: ScheduleDraft, ctx: Context) -> Question:
    """Ask with the differences that will be sent."""
    schedule = items[0]
    new = different(schedule, draft)
    task = new.pop("task", None)
    lines = list(differences(*_texts(schedule, new, task, ctx)))
    if task is not None:
        lines += _variables(schedule, task, ctx)
    if "start_at" in new and schedule.execution_count:
        lines.append(
            line("It has run, so its start cannot change: the server will refuse. Clone it instead.", Tone.BAD)
        )
    if new.get("status") == "enabled":
        lines.append(line("It runs by itself from then on.", Tone.WARN))
    due = timing.next_run(schedule)
    if new.get("status") == "disabled" and due is not None:
        lines.append(_unrun(schedule, ctx))
    return Question(f"Change schedule {label(schedule)}", tuple(lines), "Change")


def _texts(
    schedule: Schedule, new: Mapping[str, Any], task: TaskDraft | None, ctx: Context
) -> tuple[dict[str, str], dict[str, str]]:
    """Return what is before and after, by the words of the fields; of packages their names."""
    before = {name: one_line(write(getattr(schedule, name), ctx.zone)) for name in new}
    after = {name: one_line(write(value, ctx.zone)) for name, value in new.items()}
    if task is None:
        return before, after
    old = schedule.task
    for name in ("nodes", "terminate_on_idle", "time_to_idle"):
        value, held = getattr(task, name), getattr(old, name, None)
        if value is not None and value != held:
            before[name], after[name] = write(held), write(value)
    keys = timing.package_keys(schedule), tuple(str(each.package_id) for each in task.packages)
    if keys[0] != keys[1]:
        before["packages"], after["packages"] = (_named(found, ctx) for found in keys)
    return before, after


def _named(keys: Sequence[str], ctx: Context) -> str:
    return ", ".join(one_line(parts.name_of(ctx, "packages", key) or "") for key in keys)


def _variables(schedule: Schedule, task: TaskDraft, ctx: Context) -> Iterator[Line]:
    """Say which variables of which package differ: names, never values."""
    old = list(schedule.task.packages) if schedule.task else []
    for place, package in enumerate(task.packages):
        key = str(package.package_id)
        same = place < len(old) and old[place].key == key
        before = told(old[place].variables) if same else {}
        signs = {name: "+" for name in package.variables if name not in before}
        signs |= {name: "−" for name in before if name not in package.variables}
        signs |= {name: "≠" for name, value in package.variables.items() if before.get(name, value) != value}
        if signs:
            said = ", ".join(f"{sign} {one_line(name)}" for name, sign in signs.items())
            yield line(f"Variables of {_named([key], ctx)}: {said}")


def _unrun(schedule: Schedule, ctx: Context) -> Line:
    due = timing.next_run(schedule)
    coming = f"The run that is due {timing.countdown(due, ctx)} does not happen" if due else "It runs no more"
    return line(f"{coming}, nor any after it.", Tone.WARN)


def active(schedule: Schedule, ctx: Context) -> list[Job]:
    """Return the loaded jobs of the schedule that are not over."""
    return [job for job in history.of_schedule(schedule.id, ctx) if job.active]


def strategy(schedule: Schedule) -> str:
    """Return how it reuses clusters, whichever field says so."""
    known = {True: "any", False: "none", None: ""}
    return schedule.reuse_cluster_strategy or known[schedule.reuse_cluster]


def ask_run(items: Sequence[Schedule], _draft: Any, ctx: Context) -> Question:
    """Ask before a schedule runs: which packages, on what, beside what."""
    schedule = items[0]
    task, keys = schedule.task, timing.package_keys(schedule)
    lines = [line(f"This runs {words.count(len(keys), 'package')} once, now:")] if keys else []
    lines += some((line(f"  {_named([key], ctx)}", Tone.STRONG) for key in keys), "package")
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
    lines = (_unrun(schedule, ctx), line("It can be enabled again, and can be run by hand."))
    return Question(f"Disable schedule {label(schedule)}", lines, "Disable")


def ask_clone(items: Sequence[Schedule], _draft: Any, ctx: Context) -> Question:
    """Ask before a schedule is copied: the copy may run by itself at once."""
    schedule = items[0]
    keys = timing.package_keys(schedule)
    lines = [line(f"Makes a copy that runs {_named(keys, ctx)}, too." if keys else "Makes a copy.")]
    lines.append(line("The copy may be enabled, and then runs by itself: t disables it.", Tone.WARN))
    return Question(f"Clone schedule {label(schedule)}", tuple(lines), "Clone")


def ask_delete(items: Sequence[Schedule], _draft: Any, ctx: Context) -> Question:
    """Ask before a schedule is deleted: what it was for, and that nothing brings it back."""
    schedule = items[0]
    interval, keys = timing.Every.of(schedule), timing.package_keys(schedule)
    lines: list[Line] = []
    if keys:
        often = f" every {interval.words.removeprefix('1 ')}" if interval else ""
        lines.append(line(f"It runs {_named(keys, ctx)}{often}."))
    if schedule.execution_count:
        last = f", last {words.ago(schedule.last_run_at, ctx.now)} ago" if schedule.last_run_at else ""
        lines.append(line(f"It ran {words.count(schedule.execution_count, 'time')}{last}."))
    if timing.next_run(schedule) is not None:
        lines.append(_unrun(schedule, ctx))
    jobs = active(schedule, ctx)
    if jobs:
        lines.append(line("Jobs of it are not over; what becomes of them is not documented:", Tone.WARN))
        lines += some((job_line(job, ctx) for job in jobs), "job")
    lines.append(line("It is gone for good, with its variables. To pause it, disable it instead.", Tone.BAD))
    typed = one_line(schedule.name) or str(schedule.id)
    return Question(f"Delete schedule {label(schedule)}", tuple(lines), "Delete", typed)

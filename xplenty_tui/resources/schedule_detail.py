"""The detail of a schedule: when, what with which variables, and the jobs it created."""

from __future__ import annotations

from collections.abc import Iterator

from xplenty_tui.api import schedules as api
from xplenty_tui.api.schedules import Schedule
from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Facts, Link, Related, Row, Section, Tone
from xplenty_tui.resources import history, masks, parts, timing, usual

_REUSE = {
    "any": "any usable cluster is used again",
    "self": "only clusters of this schedule are used again",
    "none": "every run gets a new cluster",
}


def _facts(schedule: Schedule, ctx: Context) -> Iterator[Row]:
    every, due = timing.Every.of(schedule), timing.next_run(schedule)
    last = parts.joined(
        parts.stamp(schedule.last_run_at, ctx),
        parts.look(schedule.last_run_status, ctx) if schedule.last_run_status else None,
    )
    coming = f"{words.stamp(due, ctx.zone)} ({timing.countdown(due, ctx)})" if due else None
    overlap = {True: "yes: a run may start while the last one still runs", False: "no: never two runs at a time"}
    return parts.kept(
        parts.row("description", schedule.description),
        parts.row("every", every.words if every else None),
        parts.row("next run", coming, timing.next_tone(schedule, ctx)),
        parts.row("last run", last, words.status(schedule.last_run_status).tone),
        parts.row("runs so far", schedule.execution_count),
        parts.row("starts at", parts.stamp(schedule.start_at, ctx)),
        parts.row("overlap", None if schedule.overlap is None else overlap[schedule.overlap]),
        parts.row("cluster", _REUSE.get(schedule.reuse_cluster_strategy or "", schedule.reuse_cluster_strategy)),
        parts.row("retries", timing.retries_text(timing.retries(schedule))),
        parts.person(ctx, "owner", schedule.owner_id),
        parts.row("web", schedule.html_url),
    )


def _task(schedule: Schedule, ctx: Context) -> Iterator[Row]:
    task = schedule.task
    if task is None:
        return
    ends = None
    if task.terminate_on_idle is not None:
        ends = "terminates when idle" if task.terminate_on_idle else "stays when idle"
    yield from parts.kept(
        parts.row("nodes", parts.joined(words.count(task.nodes, "node") if task.nodes else None, ends))
    )
    for package in task.packages:
        yield Row(
            parts.name_of(ctx, "packages", package.key) or words.NONE,
            label="package",
            tone=Tone.STRONG,
            link=Link("packages", package.key) if package.key else None,
        )
        yield from masks.variable_rows(package.variables, ctx)


def _created(schedule: Schedule, ctx: Context) -> Iterator[Row]:
    jobs = history.of_schedule(schedule.id, ctx)
    return parts.kept(parts.row("runs", usual.summary(jobs, ctx)))


SECTIONS: tuple[Section, ...] = (
    Facts("schedule", "Schedule", _facts),
    Facts("task", "Task", _task),
    Facts("created", "Jobs it created", _created),
    Related(
        "jobs",
        "Its jobs",
        "jobs",
        where=lambda schedule, job: history.schedule_key(job) == str(schedule.id),
        columns=("status", "id", "package", "runtime", "started"),
        none="None of the loaded jobs was started by this schedule.",
    ),
    Related(
        "packages",
        "Its packages",
        "packages",
        where=lambda schedule, package: str(package.id) in timing.package_keys(schedule),
        columns=("name", "type", "updated", "last", "result"),
        none="Its packages are not loaded.",
    ),
    parts.watched_by("schedule", "is enabled or disabled", api.watchers),
)

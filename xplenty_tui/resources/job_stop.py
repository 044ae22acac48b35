"""Stopping jobs: when it can be done, what is lost, how it ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from xplenty_tui.api import jobs as api
from xplenty_tui.api.jobs import Job
from xplenty_tui.core import words
from xplenty_tui.core.action import Action, Attempt, Line, Question, Verdict
from xplenty_tui.core.declare import Context, Tone
from xplenty_tui.resources import deeds, history, job_children, timing, verdicts
from xplenty_tui.resources.cluster_end import job_line
from xplenty_tui.resources.questions import line, some

_STOPPING = frozenset({"pending_stoppage", "stopping"})
ENDS = {"completed": "the job has completed", "failed": "the job has failed", "stopped": "the job was stopped"}


def called(job: Job, ctx: Context) -> str:
    """Return what a sentence calls a job: its number and its package."""
    return f"{job.id} {name}" if (name := history.package_name(job, ctx)) else str(job.id)


def _disabled(job: Job | None, _: Context) -> str | None:
    if job is None:
        return None
    return "the job is being stopped already" if job.status in _STOPPING else ENDS.get(job.status)


def _ask(jobs: Sequence[Job], _draft: Any, ctx: Context) -> Question:
    what = f"job {called(jobs[0], ctx)}" if len(jobs) == 1 else words.count(len(jobs), "job")
    return Question(f"Stop {what}", tuple(_lost(jobs, ctx)), "Stop")


def _lost(jobs: Sequence[Job], ctx: Context) -> Iterator[Line]:
    """Say what is stopped, what is lost with it, and what will go on."""
    lost = [length for job in jobs if (length := history.runtime(job, ctx))]
    worked = f": {words.duration(sum(lost, timedelta()))} of work is lost" if lost else ""
    yield line(f"What is stopped can only be run again from its beginning{worked}.")
    yield from some((job_line(job, ctx) for job in jobs), "job")
    flows = {job_children.flow(job, ctx) for job in jobs}
    if "workflow" in flows:
        yield line("The jobs that a workflow has started stop with it.", Tone.WARN)
    elif "" in flows:
        yield line("If it is a workflow, the jobs that it has started stop with it.", Tone.DIM)
    yield from _goes_on(jobs, ctx)


def _goes_on(jobs: Sequence[Job], ctx: Context) -> Iterator[Line]:
    """Say what the schedules behind the jobs will do."""
    left = sum((job.master_auto_retry_attempts or 0) - (job.attempts or 0) for job in jobs)
    if left > 0:
        tries = words.count(left, "try", "tries")
        yield line(f"Automatic retry has {tries} left: it may begin again by itself.", Tone.WARN)
    for key in sorted({key for job in jobs if (key := history.schedule_key(job)) is not None}):
        schedule = ctx.store.get("schedules", key)
        due = timing.next_run(schedule) if schedule is not None else None
        if schedule is not None and due is not None:
            name = schedule.name or f"#{key}"
            yield line(f"Its schedule {name} stays on: it runs next {timing.countdown(due, ctx)}.")


def _is_stopping(_attempt: Attempt[Job], job: Job) -> Verdict:
    """Take stopping and stopped for done, whoever asked for it."""
    return verdicts.verdict(job.status in _STOPPING or job.status == "stopped")


def _outcome(job: Job) -> str:
    name = f"Job {job.id}"
    if job.status == "stopped":
        return f"{name} is stopped."
    if job.status == "completed":
        return f"{name} completed before it could be stopped."
    why = words.first_line(job.errors)
    return f"{name} failed before it could be stopped" + (f": {why}" if why else ".")


STOP: Action[Job] = Action(
    "stop",
    ("x",),
    "stop",
    "Stop the job, or all marked ones: what they have done so far is lost.",
    send=deeds.on(api.stop),
    said=lambda answer, job, ctx: f"Job {called(job or answer, ctx)} is asked to stop.",
    check=verdicts.by_item(api.get, _is_stopping, "Look at the job."),
    disabled=_disabled,
    ask=_ask,
    danger=True,
    bulk=True,
    settled=lambda job: job.ended,
    outcome=_outcome,
    touches=("clusters",),
    weight=40,
)

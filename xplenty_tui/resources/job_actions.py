"""What can be done to jobs: run, run again, stop, watch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from xplenty_tui.api import jobs as api
from xplenty_tui.api.jobs import Job
from xplenty_tui.core import words
from xplenty_tui.core.action import Action, Attempt, Line, Question, Verdict
from xplenty_tui.core.declare import Context, Tone
from xplenty_tui.resources import deeds, history, job_run, timing, verdicts, watching
from xplenty_tui.resources.cluster_end import job_line
from xplenty_tui.resources.questions import line, some, sometimes

_STOPPING = frozenset({"pending_stoppage", "stopping"})
_ENDS = {"completed": "the job has completed", "failed": "the job has failed", "stopped": "the job was stopped"}


def called(job: Job, ctx: Context) -> str:
    """Return what a sentence calls a job: its number and its package."""
    return f"{job.id} {name}" if (name := history.package_name(job, ctx)) else str(job.id)


# Run again.


def _cannot_repeat(job: Job | None, ctx: Context) -> str | None:
    if job is None or (key := history.package_key(job)) is None:
        return None
    package = ctx.store.get("packages", key)
    return "its package is archived" if package is not None and package.status == "archived" else None


# Stop.


def _cannot_stop(job: Job | None, _: Context) -> str | None:
    if job is None:
        return None
    return "the job is being stopped already" if job.status in _STOPPING else _ENDS.get(job.status)


def _ask(jobs: Sequence[Job], _draft: Any, ctx: Context) -> Question:
    what = f"job {called(jobs[0], ctx)}" if len(jobs) == 1 else words.count(len(jobs), "job")
    return Question(f"Stop {what}", tuple(_lost(jobs, ctx)), "Stop")


def _lost(jobs: Sequence[Job], ctx: Context) -> Iterator[Line]:
    """Say what is stopped, what is lost with it, and what will go on."""
    lost = [length for job in jobs if (length := history.runtime(job, ctx))]
    worked = f": {words.duration(sum(lost, timedelta()))} of work is lost" if lost else ""
    yield line(f"What is stopped can only be run again from its beginning{worked}.")
    yield from some((job_line(job, ctx) for job in jobs), "job")
    flows = {_flow(job, ctx) for job in jobs}
    if "workflow" in flows:
        yield line("The jobs that a workflow has started stop with it.", Tone.WARN)
    elif "" in flows:
        yield line("If it is a workflow, the jobs that it has started stop with it.", Tone.DIM)
    yield from _goes_on(jobs, ctx)


def _flow(job: Job, ctx: Context) -> str:
    package = ctx.store.get("packages", history.package_key(job))
    return (job.package.flow_type if job.package else "") or (package.flow_type if package is not None else "")


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


# Watch.


def _ended(job: Job | None, _: Context) -> str | None:
    return _ENDS.get(job.status) if job is not None else None


def _label(job: Any) -> str:
    if job is None:
        return "the job"
    return f"job {job.id} {job.package.name}".rstrip() if job.package is not None else f"job {job.id}"


_WATCHING: tuple[Action[Job], ...] = watching.actions(
    "job",
    "completes, fails or is stopped",
    watch=api.watch,
    unwatch=api.unwatch,
    watchers=api.watchers,
    label=_label,
)

_RUN: dict[str, Any] = {
    "send": job_run.send,
    "said": job_run.said,
    "check": job_run.check,
    "permission": "createJob",
    "touches": ("clusters",),
    "lands": job_run.lands,
    "names": job_run.names,
    "ask": sometimes(job_run.ask),
}

ACTIONS: tuple[Action[Job], ...] = (
    Action(
        "again",
        ("r",),
        "run again",
        "Run the job's package again with the same variables; shows all of it before.",
        disabled=_cannot_repeat,
        fill=job_run.AGAIN,
        weight=45,
        **_RUN,
    ),
    Action(
        "elsewhere",
        ("A",),
        "run elsewhere",
        "Run the job's package again with the same variables on a cluster that you choose.",
        disabled=_cannot_repeat,
        fill=job_run.ELSEWHERE,
        **_RUN,
    ),
    Action(
        "stop",
        ("x",),
        "stop",
        "Stop the job, or all marked ones: what they have done so far is lost.",
        send=deeds.on(api.stop),
        said=lambda answer, job, ctx: f"Job {called(job or answer, ctx)} is asked to stop.",
        check=verdicts.by_item(api.get, _is_stopping, "Look at the job."),
        disabled=_cannot_stop,
        ask=_ask,
        danger=True,
        bulk=True,
        settled=lambda job: job.ended,
        outcome=_outcome,
        touches=("clusters",),
        weight=40,
    ),
    Action(
        "new",
        ("n",),
        "new run",
        "Run a package: choose it, a cluster and its variables.",
        on_item=False,
        fill=job_run.FRESH,
        weight=35,
        **_RUN,
    ),
    *(replace(action, title=action.title.lower(), disabled=_ended, bulk=True) for action in _WATCHING),
)

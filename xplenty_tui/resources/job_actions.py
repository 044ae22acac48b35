"""What can be done to jobs: run, run again, stop, watch."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from xplenty_tui.api import jobs as api
from xplenty_tui.api.jobs import Job
from xplenty_tui.core.action import Action
from xplenty_tui.core.declare import Context
from xplenty_tui.resources import history, job_run, run_fills, watching
from xplenty_tui.resources.job_stop import ENDS, STOP
from xplenty_tui.resources.questions import sometimes


def _cannot_repeat(job: Job | None, ctx: Context) -> str | None:
    if job is None or (key := history.package_key(job)) is None:
        return None
    package = ctx.store.get("packages", key)
    return "its package is archived" if package is not None and package.status == "archived" else None


def _ended(job: Job | None, _: Context) -> str | None:
    return ENDS.get(job.status) if job is not None else None


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
        fill=run_fills.AGAIN,
        weight=45,
        **_RUN,
    ),
    Action(
        "elsewhere",
        ("A",),
        "run elsewhere",
        "Run the job's package again with the same variables on a cluster that you choose.",
        disabled=_cannot_repeat,
        fill=run_fills.ELSEWHERE,
        **_RUN,
    ),
    STOP,
    Action(
        "new",
        ("n",),
        "new run",
        "Run a package: choose it, a cluster and its variables.",
        on_item=False,
        fill=run_fills.FRESH,
        weight=35,
        **_RUN,
    ),
    *(replace(action, title=action.title.lower(), disabled=_ended, bulk=True) for action in _WATCHING),
)

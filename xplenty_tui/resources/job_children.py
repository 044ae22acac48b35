"""The steps of a workflow's job, and which of them failed. Pure but for the asking, which the page does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from xplenty_tui.api import jobs as api
from xplenty_tui.api.jobs import Job
from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Link, Related, Row, Tone
from xplenty_tui.resources import history

NAME = "children"


def flow(job: Job, ctx: Context) -> str:
    """Return ``workflow`` or ``dataflow``; empty where nothing that is loaded says what the package is."""
    told = job.package.flow_type if job.package is not None else ""
    package = None if told else ctx.store.get("packages", history.package_key(job))
    return told or (package.flow_type if package is not None else "")


def may_have(job: Job) -> bool:
    """Tell whether this may be a workflow's job: list answers do not say what kind of flow a package is."""
    return job.package is None or job.package.flow_type != "dataflow"


def wanted(job: Job, ctx: Context) -> bool:
    """Tell whether the children are worth a credit unasked: one of them is why the workflow failed."""
    return job.status == "failed" and flow(job, ctx) != "dataflow"


def failed(children: list[Job]) -> list[Job]:
    """Return the children that failed, the first one first: the others may have failed because of it."""
    return [job for job in reversed(history.newest_first(children)) if job.status == "failed"]


def step(job: Job, ctx: Context) -> str:
    """Return what a step of a workflow is called: its component, else its package, with the job's number."""
    name = job.component.name if job.component is not None and job.component.name else history.package_name(job, ctx)
    return f"{name or 'step'} ({job.id})"


def why(job: Job, answers: Mapping[str, Any], ctx: Context) -> Iterator[Row]:
    """Return what the failed steps say, each with a link to its job."""
    if job.status != "failed":
        return
    for child in failed(answers.get(NAME, [])):
        said = words.first_line(child.errors) or "no reason given, its log may have one"
        yield Row(f"{step(child, ctx)} failed: {said}", label="step", tone=Tone.BAD, link=Link("jobs", str(child.id)))


SECTION: Related[Job] = Related(
    NAME,
    "Children",
    "jobs",
    where=lambda job, other: False,
    load=lambda client, job, offset: api.children(client, job.id, offset=offset),
    columns=("status", "id", "step", "progress", "runtime", "started"),
    none="None. Only jobs of workflows have children.",
    when=may_have,
    eager=wanted,
)

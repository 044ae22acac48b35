"""Outputs of jobs as items of their own; the API gives them inside their jobs only."""

from __future__ import annotations

from typing import Any

from xplenty_tui.api import calls, jobs
from xplenty_tui.api.client import Client
from xplenty_tui.api.errors import NotFound
from xplenty_tui.api.jobs import Job, JobOutput
from xplenty_tui.api.wire import MaybeTime, Page, Text


class Output(JobOutput):
    """One destination that a job wrote, with what is told of the job."""

    job_id: int | None = None
    job_status: Text = ""
    job_ended_at: MaybeTime = None
    package_id: int | None = None
    package_name: Text = ""


def of(job: Job) -> tuple[Output, ...]:
    """Return the outputs of a job."""
    package = job.package
    known: dict[str, Any] = {
        "job_id": job.id,
        "job_status": job.status,
        "job_ended_at": job.ended_at,
        "package_id": job.package_id if job.package_id is not None else package.id if package else None,
    }
    if package is not None and package.name:  # only lists tell it: what is known of it stays
        known["package_name"] = package.name
    return tuple(Output.model_validate({**one.model_dump(exclude_unset=True), **known}) for one in job.outputs)


async def list_(client: Client, *, offset: int = 0) -> Page[Output]:
    """Get the outputs of one page of jobs, those of the newest jobs first. ``GET §/jobs``."""
    page = await jobs.list_(client, offset=offset)
    await calls.ready(Output)
    found = tuple(output for job in page.items for output in of(job))
    return Page(found, page.undecodable, page.next_offset, page.received)


async def get(client: Client, key: str) -> Output:
    """Get one output, by its job and its own number: ``304/521``. ``GET §/jobs/{job_id}``."""
    number, _, id_ = key.partition("/")
    job = await jobs.get(client, number)
    await calls.ready(Output)
    for output in of(job):
        if str(output.id) == id_:
            return output
    raise NotFound(f"Job {number} has no output {id_}.", status=404, method="GET", path=f"/jobs/{number}")

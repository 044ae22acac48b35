"""Jobs: the runs of packages on clusters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from xplenty_tui.api import calls
from xplenty_tui.api.address import segment
from xplenty_tui.api.calls import get_map, get_one, get_page, ready
from xplenty_tui.api.client import Client
from xplenty_tui.api.clusters import Cluster
from xplenty_tui.api.packages import Package
from xplenty_tui.api.people import Creator, Watch, Watcher
from xplenty_tui.api.wire import Items, MaybeTime, Number, Once, Page, Text, Texts, Variables, Wire, one

__all__ = [
    "ACTIVE",
    "ENDED",
    "Component",
    "Creator",
    "Job",
    "JobLog",
    "JobOutput",
    "JobPreview",
    "LogSummary",
    "Watch",
    "Watcher",
    "children",
    "get",
    "list_",
    "log",
    "log_summary",
    "preview",
    "run",
    "search",
    "stop",
    "unwatch",
    "variables",
    "watch",
    "watchers",
]

ACTIVE = frozenset({"idle", "pending", "queued", "running", "pending_stoppage", "stopping"})
"""Statuses of a job that may still change."""
ENDED = frozenset({"completed", "failed", "stopped"})
"""Statuses of a job that is over."""


def _joined(value: Any) -> Any:
    """Make one text of what should be one: a list of texts or of objects with a message."""
    if not isinstance(value, list):
        return value
    return "\n".join(str(part.get("message", part)) if isinstance(part, dict) else str(part) for part in value)


class Component(Wire):
    """The part of a package that wrote an output, or the step of a workflow that a child job is."""

    name: Text = ""
    type: Text = ""
    fields: Texts = ()
    """Names of the fields that were written."""


class JobOutput(Wire):
    """One destination that a job wrote."""

    id: int
    name: Text = ""
    records_count: int | None = None
    component: Component | None = None
    created_at: MaybeTime = None
    updated_at: MaybeTime = None
    preview_url: Text = ""
    url: Text = ""


class LogSummary(Wire):
    """What a language model made of a failed job's log (Jobs: get with ``include=log_summary``)."""

    id: int | str | None = None
    body: Text = ""
    error_summary: Text = ""
    openai_extract: Text = ""
    """The lines of the log that matter."""
    action_items: Texts = ()
    created_at: MaybeTime = None


class JobLog(Wire):
    """The log of a job as text."""

    body: Text = ""
    url: Text = ""


class JobPreview(Wire):
    """Up to 100 raw lines of an output."""

    preview: Text = ""
    url: Text = ""


class Job(Wire):
    """A job (Jobs). Which fields come depends on the call: see QUIRKS §7, and ``wire.overlay``."""

    id: int
    status: Text = ""
    """idle, pending, queued, running, completed, failed, pending_stoppage, stopping, stopped; or a newer word."""
    variables: Variables = Field(default_factory=dict)
    """As given when it was started: values may be secret, and texts may carry their own quotes."""
    dynamic_variables: Variables = Field(default_factory=dict)
    owner_id: int | None = None
    progress: Number | None = None
    """0 to 1."""
    attempts: int | None = None
    """Retries done."""
    master_auto_retry_attempts: int | None = None
    """Retries allowed; None unless a schedule with retries started it."""
    outputs_count: int | None = None
    outputs: Items[JobOutput] = ()
    started_at: MaybeTime = None
    """None when it never ran."""
    created_at: MaybeTime = None
    updated_at: MaybeTime = None
    """Does not move with progress."""
    failed_at: MaybeTime = None
    completed_at: MaybeTime = None
    """When it ended, however it ended; not always sent: see ``ended_at``."""
    cluster_id: int | None = None
    package_id: int | None = None
    errors: Annotated[Text, BeforeValidator(_joined)] = ""
    """Why it failed."""
    runtime_in_seconds: Number | None = None
    url: Text = ""
    html_url: Text = ""
    log_url: Text = ""
    creator: Annotated[Creator | None, Once()] = None
    package: Annotated[Package | None, Once()] = None
    cluster: Annotated[Cluster | None, Once()] = None
    component: Component | None = None
    """Children of a workflow only: which step it is."""
    parent_id: int | None = None
    """The workflow's job that started it. No answer says so: ``children`` puts it in, and nobody else knows."""
    log_summary: LogSummary | None = None

    @property
    def active(self) -> bool:
        """Whether it may still change. A status that nobody knows is neither active nor ended."""
        return self.status in ACTIVE

    @property
    def ended(self) -> bool:
        """Whether it is over."""
        return self.status in ENDED

    @property
    def ended_at(self) -> datetime | None:
        """When it ended: the first of completed, failed and, for an ended job, updated that was sent."""
        return self.completed_at or self.failed_at or (self.updated_at if self.ended else None)


async def list_(
    client: Client,
    *,
    offset: int = 0,
    limit: int = 100,
    status: str | None = None,
    sort: str | None = None,
    direction: str | None = None,
    since: datetime | None = None,
    package_id: int | None = None,
) -> Page[Job]:
    """Get one page of jobs, newest first; ``since`` filters on the time of update (sort: updated, created).

    ``GET §/jobs``.
    """
    params: dict[str, Any] = {"status": status, "sort": sort, "direction": direction, "since": since}
    return await get_page(client, "/jobs", Job, offset=offset, limit=limit, package_id=package_id, **params)


async def get(client: Client, id_: int | str) -> Job:
    """Get one job; lacks package, cluster and retries, which only lists give. ``GET §/jobs/{job_id}``."""
    return await get_one(client, f"/jobs/{segment(id_)}", Job)


async def log_summary(client: Client, id_: int | str) -> LogSummary | None:
    """Get the reading of a job's log; None when the server made none. ``GET §/jobs/{job_id}``."""
    answer = await client.get(f"/jobs/{segment(id_)}", {"include": "log_summary"})
    if not isinstance(answer.data, dict):
        raise answer.undecodable("it should be a job")
    summary = answer.data.get("log_summary")
    await ready(LogSummary)
    return None if summary is None else one(LogSummary, answer, summary)


async def log(client: Client, id_: int | str) -> JobLog:
    """Get a job's log. ``GET §/jobs/{job_id}/log``."""
    return await get_one(client, f"/jobs/{segment(id_)}/log", JobLog)


async def variables(client: Client, id_: int | str) -> dict[str, Any]:
    """Get the resolved variables of a run; their values may be secret. ``GET §/jobs/{job_id}/variables``."""
    return await get_map(client, f"/jobs/{segment(id_)}/variables")


async def children(
    client: Client,
    id_: int | str,
    *,
    offset: int = 0,
    limit: int = 100,
    status: str | None = None,
    sort: str | None = None,
    direction: str | None = None,
    since: datetime | None = None,
) -> Page[Job]:
    """Get one page of the jobs that a workflow job started; each has the ``component`` that it is, and its parent.

    ``GET §/jobs/{job_id}/children``.
    """
    params: dict[str, Any] = {"status": status, "sort": sort, "direction": direction, "since": since}
    found = await get_page(client, f"/jobs/{segment(id_)}/children", Job, offset=offset, limit=limit, **params)
    return replace(found, items=tuple(one.model_copy(update={"parent_id": int(id_)}) for one in found.items))


async def preview(client: Client, id_: int | str, output_id: int | str) -> JobPreview:
    """Get the first lines of an output. ``GET §/jobs/{job_id}/outputs/{output_id}/preview``."""
    return await get_one(client, f"/jobs/{segment(id_)}/outputs/{segment(output_id)}/preview", JobPreview)


async def watchers(client: Client, id_: int | str) -> Page[Watcher]:
    """Get who watches a job. ``GET §/jobs/{job_id}/watchers``."""
    return await calls.watchers(client, f"/jobs/{segment(id_)}")


async def search(client: Client, q: str, *, offset: int = 0, limit: int = 100) -> Page[Job]:
    """Search on the server: free text or id, started, finished, status, duration, package, log, schedule, user.

    ``GET §/jobs/search``.
    """
    return await get_page(client, "/jobs/search", Job, offset=offset, limit=limit, q=q)


async def run(
    client: Client,
    *,
    cluster_id: int,
    package_id: int,
    variables: Mapping[str, Any] | None = None,
    dynamic_variables: Mapping[str, Any] | None = None,
) -> Job:
    """Run a package on a cluster (Jobs: run).

    ``variables`` are values and sent as they are, ``dynamic_variables`` are expressions: a text needs its own quotes.

    ``POST §/jobs``.
    """
    body: dict[str, Any] = {"cluster_id": cluster_id, "package_id": package_id}
    given = {"variables": variables, "dynamic_variables": dynamic_variables}
    body |= {name: dict(values) for name, values in given.items() if values is not None}
    return await calls.make(client, "/jobs", Job, body)


async def stop(client: Client, id_: int | str) -> Job:
    """Stop a job (Jobs: terminate): it becomes ``pending_stoppage``; 422 for one that is over.

    ``DELETE §/jobs/{job_id}``.
    """
    return await calls.act_on(client, "DELETE", f"/jobs/{segment(id_)}", Job, id_)


async def watch(client: Client, id_: int | str) -> Watch:
    """Begin to watch a job (Watchers: add): whoever owns the key is told when it completes, fails or is stopped.

    ``POST §/jobs/{job_id}/watchers``.
    """
    return await calls.watch(client, f"/jobs/{segment(id_)}")


async def unwatch(client: Client, id_: int | str) -> None:
    """Stop watching a job (Watchers: remove). ``DELETE §/jobs/{job_id}/watchers``."""
    await calls.unwatch(client, f"/jobs/{segment(id_)}")

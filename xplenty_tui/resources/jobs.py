"""Jobs: the runs of packages, which is what one looks at first at night."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from xplenty_tui.api import jobs as api
from xplenty_tui.api import wire
from xplenty_tui.api.jobs import Job
from xplenty_tui.core import words
from xplenty_tui.core.declare import Column, Context, Refresh, Resource, Tone
from xplenty_tui.core.later import Later
from xplenty_tui.resources import calls, columns, history
from xplenty_tui.resources.job_detail import SECTIONS

if TYPE_CHECKING:
    from xplenty_tui.core.action import Action


def _progress_tone(job: Job, _: Context) -> Tone:
    return Tone.BUSY if job.active else Tone.DIM


def _error(job: Job, _: Context) -> str | None:
    return words.first_line(job.errors) or None


def label(job: Job) -> str:
    """Return the job's id with the name of its package where the answer carried it."""
    name = job.package.name if job.package else None
    return f"{job.id} {name}" if name else str(job.id)


COLUMNS: tuple[Column[Job], ...] = (
    columns.status_column(
        "jobs", lambda job: job.status, "How the job stands; failed, stopped and completed are ends."
    ),
    columns.id_column("The job's number, as in the web console and in notifications.", keyed=True),
    Column(
        "package",
        "PACKAGE",
        history.package_name,
        "The package that the job runs.",
        width=16,
        grow=3,
        server="package",
    ),
    Column(
        "progress",
        "PROG",
        lambda job, _: history.progress(job),
        "How far the job is by the service's own estimate, in percent.",
        show=columns.percent,
        tone=_progress_tone,
        width=4,
        right=True,
        first="desc",
    ),
    Column(
        "runtime",
        "RUNTIME",
        history.runtime,
        "How long the job ran, or runs so far; waiting is not counted.",
        width=7,
        right=True,
        first="desc",
        moves=True,
        server="duration",
    ),
    columns.ago_column(
        "started", "STARTED", lambda job: job.started_at, "When the job began to run.", server="started"
    ),
    columns.ago_column(
        "finished",
        "FINISHED",
        lambda job: job.ended_at,
        "When the job completed, failed or was stopped.",
        rank=2,
        server="finished",
    ),
    Column("cluster", "CLUSTER", history.cluster_name, "The cluster that runs the job.", width=10, grow=1),
    Column(
        "by",
        "STARTED BY",
        history.starter,
        "The schedule or the user who started the job.",
        width=14,
        grow=1,
        rank=2,
    ),
    columns.number_column(
        "attempts",
        "RETRIES",
        lambda job: job.attempts,
        "How many times the job was tried again by automatic retry.",
        width=7,
        rank=3,
    ),
    Column("error", "ERROR", _error, "The first line of the job's error.", width=24, grow=4, rank=4, keep_start=True),
)

STEP: Column[Job] = Column(
    "step",
    "STEP",
    lambda job, _: job.component.name if job.component else None,
    "Which step of a workflow the job is; only its list of children tells it.",
    width=16,
    grow=3,
)


def _actions() -> Sequence[Action[Any]]:
    from xplenty_tui.resources.job_actions import ACTIONS

    return ACTIONS


JOBS: Resource[Job] = Resource(
    name="jobs",
    title="Jobs",
    singular="job",
    about="The runs of packages: what runs, what waits, what failed and why.",
    model=Job,
    load=calls.paged(api.list_),
    columns=COLUMNS,
    further=(STEP,),
    label=label,
    get=api.get,
    search=calls.searched(api.search),
    sort=("id", "desc"),
    detail=SECTIONS,
    status=lambda job: job.status or "",
    note=lambda job, _: words.first_line(job.errors),
    merge=wire.overlay,
    changes=calls.changed(api.list_),
    active=lambda client, offset: api.list_(client, offset=offset, status="running"),
    is_active=lambda job: job.status in history.RUNNING,
    refresh=Refresh(visible=5, hidden=60, progress=15, gone=600),
    none="No jobs yet. A job appears here as soon as a package is run, by a schedule or by a person.",
    digit="2",
    aliases=("job", "runs"),
    actions=Later(_actions),
    initial_pages=3,
)

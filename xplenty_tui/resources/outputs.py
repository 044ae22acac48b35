"""Job outputs: what jobs wrote, over all jobs. The API gives them inside their jobs."""

from __future__ import annotations

from collections.abc import Awaitable, Iterator
from typing import Any

from xplenty_tui.api import jobs, wire
from xplenty_tui.api import outputs as api
from xplenty_tui.api.jobs import JobPreview
from xplenty_tui.api.outputs import Output
from xplenty_tui.core import words
from xplenty_tui.core.declare import Column, Context, Facts, Link, Loaded, Refresh, Related, Resource, Row
from xplenty_tui.resources import calls, columns, job_outputs, parts


def key(output: Output) -> str:
    """Return what an output is known by: its job and its number, for it is asked for by both."""
    return f"{output.job_id}/{output.id}"


def _package(output: Output, ctx: Context) -> str | None:
    return output.package_name or parts.name_of(ctx, "packages", output.package_id)


def _kind(output: Output) -> str | None:
    """Return what sort of destination it is, in words."""
    component = output.component
    return (component.type.removesuffix("_component").replace("_", " ") or None) if component else None


def _facts(output: Output, ctx: Context) -> Iterator[Row]:
    job = None if output.job_id is None else Link("jobs", str(output.job_id))
    package = None if output.package_id is None else Link("packages", str(output.package_id))
    component = output.component
    return parts.kept(
        parts.row("records", output.records_count if output.records_count is not None else "not told"),
        parts.row("job", parts.joined(str(output.job_id or ""), parts.look(output.job_status, ctx)), link=job),
        parts.row("package", _package(output, ctx), link=package),
        parts.row("component", parts.joined(component.name, _kind(output)) if component else None),
        parts.row("fields", ", ".join(component.fields) if component else None),
        parts.row("job ended", parts.stamp(output.job_ended_at, ctx)),
        parts.row("created", parts.stamp(output.created_at, ctx)),
        parts.row("updated", parts.stamp(output.updated_at, ctx)),
    )


def _same(output: Output, other: Output) -> bool:
    """Tell whether the other one is what another run wrote to the same place."""
    named = bool(output.name) and output.name == other.name and output.package_id == other.package_id
    return named and output.job_id != other.job_id


def _preview(client: Any, output: Output) -> Awaitable[JobPreview]:
    return jobs.preview(client, output.job_id or "", output.id)


OUTPUTS: Resource[Output] = Resource(
    name="outputs",
    title="Job outputs",
    singular="output",
    about="What jobs wrote, newest job first: one page of jobs at a time.",
    model=Output,
    load=calls.paged(api.list_),
    columns=(
        columns.number_column("job", "JOB", lambda item: item.job_id, "The job that wrote it.", width=7),
        columns.status_column("jobs", lambda item: item.job_status or None, "How the job stands.", name="job_status"),
        columns.id_column("The output's number."),
        Column("name", "OUTPUT", lambda item, _: item.name or None, "Where it was written.", width=22, grow=2),
        Column(
            "records",
            "RECORDS",
            lambda item, _: item.records_count,
            "Records written.",
            show=lambda value, _: words.NONE if value is None else words.number(value),
            width=13,
            right=True,
            first="desc",
        ),
        Column("package", "PACKAGE", _package, "The package that the job ran.", width=20, grow=1, rank=2),
        columns.ago_column("ended", "JOB ENDED", lambda item: item.job_ended_at, "When the job ended.", rank=2),
        Column("type", "TYPE", lambda item, _: _kind(item), "What sort of destination.", width=26, rank=3),
    ),
    label=job_outputs.name,
    key=key,
    get=api.get,
    sort=("job", "desc"),
    detail=(
        Facts("output", "Output", _facts),
        Loaded(
            "preview",
            "Preview",
            _preview,
            lambda answer, item, ctx: parts.lines(answer.preview),
            none="This output has no lines to show.",
            key="v",
            help="Ask for up to 100 raw lines of the output.",
            when=lambda output: output.job_id is not None,
        ),
        Related(
            "runs",
            "Other runs wrote there",
            "outputs",
            where=_same,
            columns=("job", "job_status", "records", "ended"),
            none="None of the loaded outputs has this name and package.",
        ),
    ),
    status=lambda item: item.job_status,
    merge=wire.overlay,
    partial=True,
    refresh=Refresh(visible=300),
    web=lambda item: None,
    none="The newest 100 jobs wrote nothing that is told. m loads older ones.",
    aliases=("output", "job_outputs"),
)

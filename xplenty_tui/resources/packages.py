"""Packages: the flows that jobs run, and how their last runs went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from xplenty_tui.api import packages as api
from xplenty_tui.api import wire
from xplenty_tui.api.jobs import Job
from xplenty_tui.api.packages import Package
from xplenty_tui.api.wire import Page
from xplenty_tui.core import words
from xplenty_tui.core.declare import (
    Column,
    Context,
    Refresh,
    Resource,
    Tone,
)
from xplenty_tui.core.later import Later
from xplenty_tui.resources import calls, columns, history, parts
from xplenty_tui.resources.package_detail import SECTIONS

if TYPE_CHECKING:
    from xplenty_tui.core.action import Action


async def _load(client: Any, offset: int) -> Page[Package]:
    """List packages; with the first page also ask which are workflows (1 credit): lists do not tell the type."""
    page = await api.list_(client, offset=offset)
    if offset:
        return page
    flows = await api.list_(client, flow_type="workflow")
    known = {package.id for package in flows.items}
    whole = flows.next_offset is None
    typed = (
        package
        if package.flow_type
        else package.model_copy(update={"flow_type": "workflow"})
        if package.id in known
        else package.model_copy(update={"flow_type": "dataflow"})
        if whole
        else package
        for package in page.items
    )
    return replace(page, items=tuple(typed))


def last_job(package: Package, ctx: Context) -> Job | None:
    """Return the newest of the loaded jobs of a package."""
    jobs = history.of_package(package.id, ctx)
    return jobs[0] if jobs else None


def _last(package: Package, ctx: Context) -> datetime | None:
    job = last_job(package, ctx)
    return history.began(job) if job else None


def _result(package: Package, ctx: Context) -> str | None:
    job = last_job(package, ctx)
    return job.status if job else None


def _show_result(value: Any, ctx: Context) -> str:
    return parts.look(value, ctx, history.JOBS) if value else words.NONE


def _result_tone(package: Package, ctx: Context) -> Tone:
    word = _result(package, ctx)
    return words.status(word, history.JOBS).tone if word else Tone.PLAIN


COLUMNS: tuple[Column[Package], ...] = (
    columns.id_column("The package's number.", rank=2),
    Column("name", "NAME", lambda item, _: item.name or None, "The package's name.", width=18, grow=3, server="name"),
    Column(
        "type",
        "TYPE",
        lambda item, _: item.flow_type or None,
        "Dataflow or workflow; only told by some answers.",
        width=8,
    ),
    columns.status_column("packages", lambda item: item.status, "Active, or archived.", width=10),
    columns.ago_column("updated", "UPDATED", lambda item: item.updated_at, "When it was changed.", server="modified"),
    Column(
        "last",
        "LAST JOB",
        _last,
        "When the newest of the loaded jobs of this package started.",
        width=10,
        first="desc",
        moves=True,
    ),
    Column(
        "result",
        "RESULT",
        _result,
        "How the newest of the loaded jobs of this package stands.",
        show=_show_result,
        tone=_result_tone,
        width=11,
    ),
    columns.description_column("What it is for.", grow=2, rank=3, server="description"),
)


def _actions() -> Sequence[Action[Any]]:
    from xplenty_tui.resources.package_actions import ACTIONS

    return ACTIONS


PACKAGES: Resource[Package] = Resource(
    name="packages",
    title="Packages",
    singular="package",
    about="The flows that jobs run, with how their last runs went.",
    model=Package,
    load=_load,
    columns=COLUMNS,
    label=lambda item: item.name or f"package {item.id}",
    get=api.get,
    search=calls.searched(api.search),
    sort=("name", "asc"),
    detail=SECTIONS,
    status=lambda item: item.status or "",
    merge=wire.overlay,
    changes=calls.changed(api.list_),
    refresh=Refresh(visible=120, hidden=900, gone=600),
    none="No active packages. They are drawn in the web console.",
    digit="5",
    also=("jobs", "schedules"),
    actions=Later(_actions),
    aliases=("package",),
)

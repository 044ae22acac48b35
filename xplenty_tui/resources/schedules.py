"""Schedules: what runs by itself, when next, and how the last time went."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from xplenty_tui.api import schedules as api
from xplenty_tui.api import wire
from xplenty_tui.api.schedules import Schedule
from xplenty_tui.core import words
from xplenty_tui.core.declare import Column, Context, Refresh, Resource
from xplenty_tui.core.later import Later
from xplenty_tui.resources import calls, columns, parts, timing
from xplenty_tui.resources.schedule_detail import SECTIONS

if TYPE_CHECKING:
    from xplenty_tui.core.action import Action


def _packages(schedule: Schedule, ctx: Context) -> str | None:
    return ", ".join(parts.name_of(ctx, "packages", key) or "" for key in timing.package_keys(schedule)) or None


def _nodes(schedule: Schedule, _: Context) -> int | None:
    return schedule.task.nodes if schedule.task else None


def _show_every(value: Any, _: Context) -> str:
    return getattr(value, "words", words.NONE)


COLUMNS: tuple[Column[Schedule], ...] = (
    columns.status_column("schedules", lambda item: item.status, "Enabled ones run by themselves.", width=10),
    columns.id_column("The schedule's number.", rank=3, width=6),
    Column("name", "NAME", lambda item, _: item.name or None, "The schedule's name.", width=16, grow=3, server="name"),
    Column("every", "EVERY", lambda item, _: timing.Every.of(item), "How often it runs.", show=_show_every, width=10),
    Column(
        "next",
        "NEXT",
        lambda item, _: timing.next_run(item),
        "The time left to the next run, or how late it is; nothing for disabled ones.",
        show=timing.countdown,
        tone=timing.next_tone,
        width=10,
        moves=True,
    ),
    Column(
        "next_at",
        "NEXT AT",
        lambda item, _: timing.next_run(item),
        "When the next run is due.",
        width=10,
        rank=2,
        moves=True,
    ),
    columns.ago_column("last", "LAST RUN", lambda item: item.last_run_at, "When it ran last."),
    columns.status_column(
        "jobs", lambda item: item.last_run_status, "How the last run ended.", name="result", title="RESULT"
    ),
    Column("packages", "PACKAGES", _packages, "What it runs.", width=18, grow=2, rank=2, server="package"),
    Column(
        "nodes", "NODES", _nodes, "Nodes of the cluster that it asks for.", width=5, right=True, rank=3, first="desc"
    ),
    Column(
        "reuse",
        "REUSE",
        lambda item, _: item.reuse_cluster_strategy or None,
        "Which running clusters it may use again: any, its own (self) or none.",
        width=5,
        rank=3,
    ),
    Column(
        "overlap",
        "OVERLAP",
        lambda item, _: item.overlap,
        "Whether a run may start while the last one still runs.",
        width=7,
        rank=4,
    ),
    Column(
        "retries",
        "RETRIES",
        lambda item, _: timing.retries(item),
        "How often a failed job is tried again by itself.",
        show=lambda value, _: words.NONE if value is None else str(value) if value else "no",
        width=7,
        right=True,
        rank=4,
        first="desc",
    ),
)


def _actions() -> Sequence[Action[Any]]:
    from xplenty_tui.resources.schedule_actions import ACTIONS

    return ACTIONS


SCHEDULES: Resource[Schedule] = Resource(
    name="schedules",
    title="Schedules",
    singular="schedule",
    about="What runs by itself: when next, on what, and how the last run ended.",
    model=Schedule,
    load=calls.paged(api.list_),
    columns=COLUMNS,
    label=lambda item: item.name or f"schedule {item.id}",
    get=api.get,
    search=calls.searched(api.search),
    sort=("next", "asc"),
    detail=SECTIONS,
    status=lambda item: item.status or "",
    merge=wire.overlay,
    changes=calls.changed(api.list_),
    refresh=Refresh(visible=30, hidden=300, gone=300),
    none="No schedules. Packages run here only when somebody or something else starts them.",
    digit="4",
    also=("packages", "jobs"),
    aliases=("schedule",),
    actions=Later(_actions),
)

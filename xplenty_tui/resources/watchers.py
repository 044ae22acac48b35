"""Watchers: who is told of the jobs, clusters and schedules that were looked at. The API lists them by item only."""

from __future__ import annotations

from collections.abc import Iterator

from xplenty_tui.api.people import Watcher
from xplenty_tui.core.declare import Column, Context, Facts, Link, Refresh, Resource, Row
from xplenty_tui.resources import calls, columns, parts

TOLD = {
    "jobs": "when it completes, fails or is stopped",
    "clusters": "when it is available, terminated or in error",
    "schedules": "when it is enabled or disabled",
}
"""What the service tells of a kind."""


def key(watcher: Watcher) -> str:
    """Return what a watcher is known by: what is watched, and who watches."""
    return f"{watcher.of or '?'}/{watcher.id}"


def _name(watcher: Watcher) -> str:
    return watcher.display_name or f"user #{watcher.id}"


def _kind(watcher: Watcher) -> str | None:
    return watcher.of.partition("/")[0].removesuffix("s") or None


def _link(watcher: Watcher) -> Link | None:
    kind, _, id_ = watcher.of.partition("/")
    return Link(kind, id_) if kind in TOLD and id_ else None


def _what(watcher: Watcher, ctx: Context) -> str | None:
    """Return the name of what is watched, else its number."""
    kind, _, id_ = watcher.of.partition("/")
    return parts.name_of(ctx, kind, id_) if id_ else None


def _facts(watcher: Watcher, ctx: Context) -> Iterator[Row]:
    kind = watcher.of.partition("/")[0]
    return parts.kept(
        parts.row("person", _name(watcher), link=Link("members", str(watcher.id))),
        parts.row(_kind(watcher) or "", _what(watcher, ctx), link=_link(watcher)),
        parts.row("is told", TOLD.get(kind)),
        parts.row("since", parts.stamp(watcher.created_at, ctx)),
    )


WATCHERS: Resource[Watcher] = Resource(
    name="watchers",
    title="Watchers",
    singular="watcher",
    about="Who is told of the jobs, clusters and schedules whose watchers you looked at.",
    model=Watcher,
    load=calls.fixed(()),
    columns=(
        Column("person", "PERSON", lambda item, _: _name(item), "Who is told.", width=24, grow=1),
        Column("kind", "KIND", lambda item, _: _kind(item), "Job, cluster or schedule.", width=9),
        Column("of", "OF", _what, "What is watched: its name, else its number.", width=24, grow=1),
        columns.ago_column("since", "SINCE", lambda item: item.created_at, "Since when, where it is told."),
    ),
    label=_name,
    key=key,
    sort=("person", "asc"),
    detail=(Facts("watcher", "Watcher", _facts),),
    partial=True,
    refresh=Refresh(visible=3600),
    web=lambda item: None,
    none="None looked at yet: the page of a job, cluster or schedule asks for its watchers.",
    aliases=("watcher",),
)

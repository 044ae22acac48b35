"""Groups of connections, which the API finds by search only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xplenty_tui.api import connection_groups as api
from xplenty_tui.api import wire
from xplenty_tui.api.connection_drafts import GroupChange
from xplenty_tui.api.connection_groups import ConnectionGroup
from xplenty_tui.api.wire import Page
from xplenty_tui.core.action import Action, Fill
from xplenty_tui.core.declare import Column, Context, Facts, Link, Refresh, Resource, Row
from xplenty_tui.resources import calls, columns, masks, parts, verdicts
from xplenty_tui.resources.questions import one_line


def _called(group: ConnectionGroup | None) -> str:
    return "the group" if group is None else one_line(group.name) or f"group {group.id}"


def _group_words(group: ConnectionGroup | None, _ctx: Context) -> dict[str, str]:
    return {} if group is None else {"name": group.name, "description": group.description}


ACTIONS: tuple[Action[ConnectionGroup], ...] = (
    Action(
        "change",
        ("e",),
        "edit",
        "Change the group's name and description.",
        lambda client, item, draft: api.update(client, item.id if item else "", draft),
        lambda answer, item, ctx: f"{_called(answer if answer.name else item)} is changed.",
        verdicts.nothing("Search for the group and look at it."),
        permission="updateConnection",
        fill=Fill(GroupChange, _group_words, clears=True),
        weight=30,
    ),
)


async def _none(_client: Any, _offset: int) -> Page[ConnectionGroup]:
    """Answer nothing, for nothing: the API documents a search for groups, and no list."""
    return Page()


def _group(item: ConnectionGroup, ctx: Context) -> Iterator[Row]:
    yield from parts.kept(
        parts.row("name", item.name),
        parts.row("description", item.description),
        parts.row("created", parts.stamp(item.created_at, ctx)),
        parts.row("updated", parts.stamp(item.updated_at, ctx)),
    )
    for each in item.connections:
        yield Row(each.name or each.key, label="connection", link=Link("connections", each.key))
    yield from masks.variable_rows(item.__pydantic_extra__, ctx)


GROUPS: Resource[ConnectionGroup] = Resource(
    name="connection_groups",
    title="Connection groups",
    singular="connection group",
    about="Groups of connections; the API finds them by search only.",
    model=ConnectionGroup,
    load=_none,
    columns=(
        columns.id_column("The group's number."),
        Column("name", "NAME", lambda item, _: item.name or None, "Its name.", width=24, grow=2, server="name"),
        columns.description_column("What it is for.", width=30, grow=3),
    ),
    label=lambda item: item.name or f"group {item.id}",
    search=calls.searched(api.search),
    sort=("name", "asc"),
    detail=(Facts("group", "Group", _group),),
    refresh=Refresh(visible=86400),
    web=lambda item: None,
    merge=wire.overlay,
    none="The API lists no groups: / and a name, then S finds them.",
    actions=ACTIONS,
    aliases=("connection_group", "groups"),
    partial=True,
)

"""What connections and hooks can be: their types, and the events that hooks tell of."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from xplenty_tui.api import connections, hooks
from xplenty_tui.api.connections import TypeDescriptor
from xplenty_tui.api.hooks import HookEvent
from xplenty_tui.api.wire import Page
from xplenty_tui.core.declare import Column, Context, Facts, Loaded, Related, Resource, Row, Section
from xplenty_tui.resources import answers, calls, columns, parts


def _group(item: TypeDescriptor) -> str | None:
    return ", ".join(each.group_name or each.group_type for each in item.groups) or None


def _facts(item: TypeDescriptor, _ctx: Context) -> Iterator[Row]:
    return parts.kept(
        parts.row("name", item.name),
        parts.row("type", item.type),
        parts.row("group", _group(item)),
        parts.row("description", item.description),
    )


COLUMNS: tuple[Column[TypeDescriptor], ...] = (
    Column("type", "TYPE", lambda item, _: item.type or None, "The API's word for it.", width=20),
    Column("name", "NAME", lambda item, _: item.name or None, "What it is called.", width=24, grow=1),
    Column("group", "GROUP", lambda item, _: _group(item), "What sort it is.", width=20, rank=2),
    columns.description_column("What it is for.", grow=3),
)


def _articles(singular: str, call: Callable[[Any, TypeDescriptor], Awaitable[Any]]) -> Section:
    """Return the part of a detail that asks for the service's articles."""
    return Loaded(
        "help",
        "Help",
        call,
        answers.articles,
        none="The service has no article about it.",
        help=f"Ask for the service's articles about such a {singular}.",
    )


def _types(
    kind: str,
    singular: str,
    call: Callable[[Any], Awaitable[Page[TypeDescriptor]]],
    help_: Callable[[Any, TypeDescriptor], Awaitable[Any]],
    columns: tuple[str, ...],
    *,
    load: Callable[[Any, TypeDescriptor, int], Awaitable[Any]] | None = None,
) -> Resource[TypeDescriptor]:
    """Return the kind of the types of ``kind``."""
    return Resource(
        name=f"{singular}_types",
        title=f"{singular.capitalize()} types",
        singular=f"{singular} type",
        about=f"What a {singular} can be.",
        model=TypeDescriptor,
        load=calls.unpaged(call),
        columns=COLUMNS,
        label=lambda item: item.name or item.type,
        key=lambda item: item.type,
        sort=("name", "asc"),
        detail=(
            Facts("type", "Type", _facts),
            Related(
                kind,
                f"{kind.capitalize()} of this type",
                kind,
                where=lambda type_, other: other.type == type_.type,
                columns=columns,
                none=f"None of the loaded {kind} is of this type.",
                load=load,
            ),
            _articles(singular, help_),
        ),
        refresh=calls.SELDOM,
        web=lambda item: None,
        none="No types are told.",
        aliases=(f"{singular}_type",),
    )


CONNECTION_TYPES = _types(
    "connections",
    "connection",
    connections.types,
    lambda client, item: connections.help_type(client, item.type),
    ("id", "name", "host", "updated"),
    load=lambda client, item, offset: connections.list_(client, type_=item.type, offset=offset),
)
HOOK_TYPES = _types("hooks", "hook", hooks.types, lambda client, item: hooks.help_(client), ("status", "id", "name"))


def _event(item: HookEvent, _ctx: Context) -> Iterator[Row]:
    return parts.kept(
        parts.row("id", item.id),
        parts.row("name", item.name),
        parts.row("about", item.group_name),
    )


HOOK_EVENTS: Resource[HookEvent] = Resource(
    name="hook_events",
    title="Hook events",
    singular="hook event",
    about="What a hook can tell of.",
    model=HookEvent,
    load=calls.unpaged(hooks.events),
    columns=(
        Column("id", "ID", lambda item, _: item.id, "The event's id, as hooks have it.", width=24),
        Column("group", "GROUP", lambda item, _: item.group_name or None, "What it is about.", width=12),
        Column("name", "NAME", lambda item, _: item.name or None, "What it is called.", width=30, grow=1),
    ),
    label=lambda item: item.name or item.id,
    sort=("id", "asc"),
    detail=(
        Facts("event", "Event", _event),
        Related(
            "hooks",
            "Hooks that tell of it",
            "hooks",
            where=lambda event, hook: event.id in hook.events or event.id.partition(".")[0] in hook.events,
            columns=("status", "id", "type", "name"),
            none="None of the loaded hooks tells of it.",
        ),
    ),
    refresh=calls.SELDOM,
    web=lambda item: None,
    none="No events are told.",
    aliases=("hook_event", "events"),
)

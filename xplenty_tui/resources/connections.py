"""Connections: where packages read and write."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xplenty_tui.api import connections as api
from xplenty_tui.api import metadata, wire
from xplenty_tui.api.connections import Connection
from xplenty_tui.core.declare import Column, Context, Facts, Link, Loaded, Refresh, Related, Resource, Row, Section
from xplenty_tui.resources import answers, calls, columns, masks, parts
from xplenty_tui.resources.connection_actions import ACTIONS

_TOLD = frozenset({"icon_url", "html_url"})
"""Further fields that say nothing to a person."""
METADATA = (
    ("customers", "Customers", "adwords", metadata.adwords_customers),
    ("accounts", "Accounts", "analytics", metadata.analytics_accounts),
    ("bing_accounts", "Accounts and campaigns", "bingads", metadata.bingads_accounts),
    ("columns", "Columns of reports", "bingads", metadata.bingads_columns),
    ("facebook_accounts", "Accounts", "facebookadsinsights", metadata.facebook_accounts),
    ("report_fields", "Fields of reports", "facebookadsinsights", metadata.facebook_fields),
    ("objects", "Objects", "salesforce", metadata.salesforce_objects),
)
"""What the service tells of what is behind a connection: name, title, type, call."""


def _facts(item: Connection, ctx: Context) -> Iterator[Row]:
    tls = None if item.ssl is None else "TLS" if item.ssl else "no TLS"
    host = f"{item.host}:{item.port}" if item.host and item.port else item.host or item.port
    yield from parts.kept(
        parts.row("type", item.type, link=Link("connection_types", item.type) if item.type else None),
        parts.row("number", str(item.id)),
        parts.row("in packages", item.unique_id),
        parts.row("host", parts.joined(str(host), tls) if host else tls),
        parts.row("database", item.database),
        parts.row("region", item.region),
        parts.row("user", item.username),
        parts.row("logs in with", item.auth_method),
        parts.row("tunnel", parts.joined(item.tunnel_type, f"port {item.local_port}" if item.local_port else None)),
        parts.row("created", parts.stamp(item.created_at, ctx)),
        parts.row("updated", parts.stamp(item.updated_at, ctx)),
        parts.person(ctx, "owner", item.owner_id),
    )
    more = {name: value for name, value in (item.__pydantic_extra__ or {}).items() if name not in _TOLD}
    yield from masks.variable_rows(more, ctx)


def _behind(name: str, title: str, type_: str, call: Any) -> Section:
    """Return the part of a detail that asks what is behind a connection of a type."""
    return Loaded(
        name,
        title,
        lambda client, item: call(client, item.id),
        answers.rows,
        none="The service knows of none.",
        help=f"Ask what the connection gives: {title.lower()}.",
        when=lambda item: item.type == type_,
    )


CONNECTIONS: Resource[Connection] = Resource(
    name="connections",
    title="Connections",
    singular="connection",
    about="Where packages and deliveries read and write.",
    model=Connection,
    load=lambda client, offset: api.list_(client, offset=offset, sort="created", direction="desc"),
    columns=(
        Column("type", "TYPE", lambda item, _: item.type or None, "What it connects to.", width=14),
        columns.id_column("Its number, which is unique among those of its type only.", width=6),
        Column("name", "NAME", lambda item, _: item.name or None, "What it is called.", width=22, grow=3),
        Column("host", "HOST", lambda item, _: item.host or None, "The host.", width=24, grow=2, rank=2),
        Column("user", "USER", lambda item, _: item.username or None, "Who logs in.", width=14, grow=1),
        columns.ago_column("updated", "UPDATED", lambda item: item.updated_at, "When it was changed."),
        Column("database", "DATABASE", lambda item, _: item.database or None, "The database.", width=12, rank=3),
        Column(
            "unique_id",
            "IN PACKAGES",
            lambda item, _: item.unique_id or None,
            "How packages name it.",
            width=22,
            rank=4,
        ),
    ),
    label=lambda item: item.name or item.key,
    key=lambda item: item.key,
    get=api.get,
    sort=("name", "asc"),
    detail=(
        Facts("connection", "Connection", _facts),
        Related(
            "deliveries",
            "Deliveries that use it",
            "deliveries",
            where=lambda connection, delivery: connection.key in delivery.keys,
            columns=("status", "name", "every", "source", "destination"),
            none="None of the loaded deliveries uses it; which packages do is not told by the API.",
        ),
        *(_behind(*each) for each in METADATA),
        Loaded(
            "help",
            "Help",
            lambda client, item: api.help_type(client, item.type),
            answers.articles,
            none="The service has no article about it.",
            help="Ask for the service's articles about this type of connection.",
            when=lambda item: bool(item.type),
        ),
    ),
    merge=wire.overlay,
    changes=calls.changed(api.list_),
    refresh=Refresh(visible=300, gone=900),
    web=lambda item: None,
    none="No connections. n makes one.",
    actions=ACTIONS,
    aliases=("connection", "conn"),
)

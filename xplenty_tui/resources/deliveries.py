"""Deliveries: data that is carried from one connection to another at an interval."""

from __future__ import annotations

from collections.abc import Iterator

from xplenty_tui.api import deliveries as api
from xplenty_tui.api import wire
from xplenty_tui.api.deliveries import Delivery, End
from xplenty_tui.core.declare import Column, Context, Facts, Link, Refresh, Related, Resource, Row
from xplenty_tui.resources import calls, columns, masks, parts
from xplenty_tui.resources.delivery_actions import ACTIONS, end_name, every, label


def _facts(delivery: Delivery, ctx: Context) -> Iterator[Row]:
    return parts.kept(
        parts.row("description", delivery.description),
        parts.row("every", every(delivery)),
        parts.row("created", parts.stamp(delivery.created_at, ctx)),
        parts.row("updated", parts.stamp(delivery.updated_at, ctx)),
        parts.person(ctx, "owner", delivery.owner_id),
    )


def _end(end: End | None, ctx: Context) -> Iterator[Row]:
    if end is None:
        return
    link = Link("connections", end.key) if end.key else None
    yield from parts.kept(parts.row("connection", end_name(end, ctx), link=link))
    yield from masks.variable_rows(end.properties, ctx)


DELIVERIES: Resource[Delivery] = Resource(
    name="deliveries",
    title="Deliveries",
    singular="delivery",
    about="What is carried from one connection to another at an interval.",
    model=Delivery,
    load=calls.paged(api.list_),
    columns=(
        columns.status_column("deliveries", lambda item: item.status, "Idle ones are being set up.", width=10),
        columns.id_column("The delivery's number.", rank=3),
        Column("name", "NAME", lambda item, _: item.name or None, "Its name.", width=18, grow=3),
        Column("every", "EVERY", lambda item, _: every(item), "How often it carries.", width=10),
        Column("source", "SOURCE", lambda item, ctx: end_name(item.source, ctx), "What is read.", width=15, grow=2),
        Column(
            "destination",
            "DESTINATION",
            lambda item, ctx: end_name(item.destination, ctx),
            "What is written.",
            width=15,
            grow=2,
        ),
        columns.ago_column("updated", "UPDATED", lambda item: item.updated_at, "When it was changed.", rank=2),
        columns.description_column("What it is for.", width=20, grow=1, rank=4),
    ),
    label=label,
    get=api.get,
    sort=("name", "asc"),
    detail=(
        Facts("delivery", "Delivery", _facts),
        Facts("source", "Source", lambda item, ctx: _end(item.source, ctx)),
        Facts("destination", "Destination", lambda item, ctx: _end(item.destination, ctx)),
        Related(
            "connections",
            "Its connections",
            "connections",
            where=lambda delivery, connection: connection.key in delivery.keys,
            columns=("type", "id", "name", "host", "updated"),
            none="Its connections are not loaded.",
        ),
    ),
    status=lambda item: item.status or "",
    merge=wire.overlay,
    changes=calls.changed(api.list_),
    refresh=Refresh(visible=120, gone=600),
    web=lambda item: None,
    none="No deliveries. n makes one.",
    actions=ACTIONS,
    aliases=("delivery",),
)

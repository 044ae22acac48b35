"""Deliveries: data that is carried from one connection to another at an interval, without a package of one's own."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from pydantic import Field

from xplenty_tui.api import calls
from xplenty_tui.api.address import segment
from xplenty_tui.api.calls import get_one, get_page
from xplenty_tui.api.client import Client
from xplenty_tui.api.connections import key_of
from xplenty_tui.api.wire import MaybeTime, Number, Page, Text, Variables, Wire

if TYPE_CHECKING:
    from xplenty_tui.api.delivery_drafts import NewDelivery


class ConnectionRef(Wire):
    """Which connection an end of a delivery uses; the number alone says nothing."""

    id: int | str | None = None
    type: Text = ""


class End(Wire):
    """One end of a delivery."""

    connection: ConnectionRef | None = None
    properties: Variables = Field(default_factory=dict)
    """What the type of the connection needs: ``schema`` of a database."""

    @property
    def key(self) -> str:
        """The connection's key, ``s3/53``; "" when it is not told."""
        held = self.connection
        return "" if held is None or held.id is None else key_of(held.type, held.id)


class Delivery(Wire):
    """A delivery (Deliveries)."""

    id: int
    name: Text = ""
    description: Text = ""
    status: Text = ""
    """idle (being set up), enabled, disabled."""
    owner_id: int | None = None
    interval_amount: Number | None = None
    interval_unit: Text = ""
    """minutes, hours, days, weeks, months."""
    source: End | None = None
    destination: End | None = None
    created_at: MaybeTime = None
    updated_at: MaybeTime = None
    url: Text = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of its connections, as far as they are told: source, destination."""
        return tuple(end.key for end in (self.source, self.destination) if end is not None and end.key)


async def list_(
    client: Client,
    *,
    offset: int = 0,
    limit: int = 100,
    status: str | None = None,
    sort: str | None = None,
    direction: str | None = None,
    since: datetime | None = None,
) -> Page[Delivery]:
    """Get one page of deliveries, newest first: `GET §/deliveries`."""
    params: dict[str, Any] = {"status": status, "sort": sort, "direction": direction, "since": since}
    return await get_page(client, "/deliveries", Delivery, offset=offset, limit=limit, **params)


async def get(client: Client, id_: int | str) -> Delivery:
    """Get one delivery: `GET §/deliveries/{delivery_id}`."""
    return await get_one(client, f"/deliveries/{segment(id_)}", Delivery)


async def create(client: Client, draft: NewDelivery) -> Delivery:
    """Create a delivery: `POST §/deliveries`. It is ``idle`` for some minutes, until it is ``enabled``."""
    return await calls.make(client, "/deliveries", Delivery, draft.sent())


async def delete(client: Client, id_: int | str) -> Delivery:
    """Delete a delivery for good: `DELETE §/deliveries/{delivery_id}`."""
    return await calls.act_on(client, "DELETE", f"/deliveries/{segment(id_)}", Delivery, id_)

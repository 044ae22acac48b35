"""What the account pays for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from xplenty_tui.api.address import segment
from xplenty_tui.api.calls import get_list, get_one, get_page
from xplenty_tui.api.client import Client
from xplenty_tui.api.wire import MaybeTime, Number, Page, Text, Wire


class Subscription(Wire):
    """The account's subscription (Billing). It has no ``id``."""

    plan_id: int | str | None = None
    """A number, a slug or null."""
    trial_period_days: Number | None = None
    trial_start: MaybeTime = None
    trial_end: MaybeTime = None
    trialling: bool | None = None
    url: Text = ""


class Plan(Wire):
    """A plan that can be had (Billing: list plans). Prices are in cents, limits of -1 mean none."""

    id: int | str
    name: Text = ""
    description: Text = ""
    price_cents: Number | None = None
    price_currency: Text = ""
    price_unit: Text = ""
    cluster_node_hours_included: Number | None = None
    cluster_node_hours_limit: Number | None = None
    cluster_node_price_cents: Number | None = None
    cluster_node_price_currency: Text = ""
    cluster_node_price_unit: Text = ""
    cluster_nodes_limit: Number | None = None
    cluster_size_limit: Number | None = None
    clusters_limit: Number | None = None
    sandbox_clusters_limit: Number | None = None
    sandbox_node_hours_included: Number | None = None
    sandbox_node_hours_limit: Number | None = None
    members_limit: Number | None = None
    position: int | None = None
    created_at: MaybeTime = None
    updated_at: MaybeTime = None


class Invoice(Wire):
    """An invoice of the account (Billing: list invoices)."""

    id: int | str
    number: int | str | None = None
    status: Text = ""
    """pending, successful, failed."""
    total_cents: Number | None = None
    total_currency: Text = ""
    issued_at: MaybeTime = None
    notes: Text = ""
    view_url: Text = ""
    """Where it can be seen and printed."""
    created_at: MaybeTime = None
    updated_at: MaybeTime = None


class PaymentMethod(Wire):
    """How the account pays (Billing). It has no ``id``."""

    card_type: Text = ""
    card_number: Text = ""
    """All but the last digits are crossed out by the service."""
    card_last_4: Text = ""
    expiration_date: Text = ""
    """Month and year, as in 12/2015."""
    url: Text = ""


async def invoices(
    client: Client,
    *,
    offset: int = 0,
    limit: int = 100,
    sort: str | None = None,
    direction: str | None = None,
    since: datetime | None = None,
) -> Page[Invoice]:
    """Get one page of the account's invoices, newest first. ``GET §/invoices``."""
    params: dict[str, Any] = {"sort": sort, "direction": direction, "since": since}
    return await get_page(client, "/invoices", Invoice, offset=offset, limit=limit, **params)


async def invoice(client: Client, id_: int | str) -> Invoice:
    """Get one invoice. ``GET §/invoices/{invoice_id}``."""
    return await get_one(client, f"/invoices/{segment(id_)}", Invoice)


async def payment_method(client: Client) -> PaymentMethod:
    """Get how the account pays; raises NotFound where it has no way to. ``GET §/payment_method``."""
    return await get_one(client, "/payment_method", PaymentMethod)


async def subscription(client: Client) -> Subscription:
    """Get the account's subscription. ``GET §/subscription``."""
    return await get_one(client, "/subscription", Subscription)


async def plans(client: Client) -> Page[Plan]:
    """Get the plans that can be had. ``GET §/plans``."""
    return await get_list(client, "/plans", Plan)

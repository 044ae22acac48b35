"""What the account pays for."""

from __future__ import annotations

from xplenty_tui.api.calls import get_list, get_one
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


async def subscription(client: Client) -> Subscription:
    """Get the account's subscription."""
    return await get_one(client, "/subscription", Subscription)


async def plans(client: Client) -> Page[Plan]:
    """Get the plans that can be had."""
    return await get_list(client, "/plans", Plan)

"""What a node hour costs by the account's plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xplenty_tui.api.billing import Plan, Subscription
from xplenty_tui.api.wire import Number


@dataclass(frozen=True, slots=True)
class Price:
    """What a node hour costs by the plan."""

    cents: float
    currency: str
    included: float
    """Node hours that the plan includes (a month), which are not taken off."""
    told_by: str
    """In words, what tells it: ``plan Pro``."""

    def of(self, hours: float) -> float:
        """Return the price of node hours, in units of the currency."""
        return hours * self.cents / 100


def price_of(subscription: Subscription | None, plans: Sequence[Plan]) -> tuple[Price | None, str]:
    """Return the price of a node hour by the account's plan, or None and why it is not told.

    Subscriptions may name their plan by a number that no plan has; then all plans have to agree on the price.
    """
    if subscription is None or subscription.plan_id is None:
        return None, "the subscription names no plan"
    name = str(subscription.plan_id)
    plan = next((one for one in plans if str(one.id) == name), None)
    if plan is not None:
        called = plan.name or name
        price = _price(plan, f"plan {called}", plan.cluster_node_hours_included)
        return price, "" if price is not None else f"plan {called} names no price for a node hour"
    alike = {_price(one, "every plan", None) for one in plans}
    found = next(iter(alike)) if len(alike) == 1 else None
    return found, "" if found is not None else f"plan {name} is not among the plans that are told"


def _price(plan: Plan, told_by: str, included: Number | None) -> Price | None:
    """Return what a node hour costs by a plan; None where it names no price, or one for another unit."""
    cents, unit = plan.cluster_node_price_cents, plan.cluster_node_price_unit or "hour"
    if not cents or not 0 < cents < 1e9 or unit != "hour":
        return None
    hours = float(included) if included is not None and included > 0 else 0.0
    return Price(float(cents), plan.cluster_node_price_currency, hours, told_by)

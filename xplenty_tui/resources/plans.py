"""Plans: what an account may pay for, and the limits that come with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xplenty_tui.api import billing
from xplenty_tui.api.billing import Plan
from xplenty_tui.api.wire import Number, Page
from xplenty_tui.core import words
from xplenty_tui.core.declare import Column, Context, Facts, Resource, Row
from xplenty_tui.resources import calls, columns, parts

UNLIMITED = -1
"""How a plan says that it has no limit."""


def price(cents: Number | None, currency: str | None, unit: str | None) -> str | None:
    """Return an amount in words: ``1.50 USD per month``."""
    if cents is None:
        return None
    return f"{cents / 100:,.2f} {currency or ''}".rstrip() + (f" per {unit}" if unit else "")


def limit(value: Number | None, noun: str) -> str | None:
    """Return a limit in words; -1 means none."""
    if value is None:
        return None
    if value == UNLIMITED:
        return f"any number of {noun}s"
    return f"{words.number(value)} {noun}{'' if value == 1 else 's'}"


def plan_price(plan: Plan) -> str | None:
    """Return what the plan costs."""
    return price(plan.price_cents, plan.price_currency, plan.price_unit)


def plan_rows(answer: Page[Plan], _item: Any, _ctx: Context) -> Iterator[Row]:
    """Return one line a plan."""

    def draw(plan: Plan) -> Iterator[Row]:
        nodes, people = limit(plan.cluster_nodes_limit, "node"), limit(plan.members_limit, "member")
        yield Row(parts.joined(plan_price(plan), nodes, people) or words.NONE, label=plan.name or str(plan.id))

    return parts.each(answer, draw)


def _plan_facts(plan: Plan, ctx: Context) -> Iterator[Row]:
    node = price(plan.cluster_node_price_cents, plan.cluster_node_price_currency, plan.cluster_node_price_unit)
    return parts.kept(
        parts.row("description", plan.description),
        parts.row("price", plan_price(plan)),
        parts.row("a node", node),
        parts.row("node hours included", plan.cluster_node_hours_included),
        parts.row("node hours", limit(plan.cluster_node_hours_limit, "hour")),
        parts.row("nodes", limit(plan.cluster_nodes_limit, "node")),
        parts.row("nodes of one cluster", limit(plan.cluster_size_limit, "node")),
        parts.row("clusters", limit(plan.clusters_limit, "cluster")),
        parts.row("sandboxes", limit(plan.sandbox_clusters_limit, "cluster")),
        parts.row("members", limit(plan.members_limit, "member")),
        parts.row("updated", parts.stamp(plan.updated_at, ctx)),
    )


def _limit_column(name: str, title: str, help_: str) -> Column[Plan]:
    """Return the column of one of a plan's limits."""

    def show(value: Any, _: Context) -> str:
        return words.NONE if value is None else "any" if value == UNLIMITED else words.number(value)

    return Column(
        name, title, lambda item, _: getattr(item, name), help_, show=show, width=len(title), right=True, first="desc"
    )


PLANS: Resource[Plan] = Resource(
    name="plans",
    title="Plans",
    singular="plan",
    about="What can be subscribed to: prices and limits.",
    model=Plan,
    load=calls.unpaged(billing.plans),
    columns=(
        Column("id", "ID", lambda item, _: item.id, "The plan's id.", width=14, server="id"),
        Column("name", "NAME", lambda item, _: item.name or None, "The plan's name.", width=18, grow=1),
        columns.money_column(
            "price", "PRICE", lambda item: item.price_cents, "What it costs, in hundredths of the currency.", width=9
        ),
        _limit_column("cluster_nodes_limit", "NODES", "Nodes at a time."),
        _limit_column("clusters_limit", "CLUSTERS", "Clusters at a time."),
        _limit_column("members_limit", "MEMBERS", "People of the account."),
    ),
    label=lambda item: item.name or str(item.id),
    sort=("price", "asc"),
    detail=(Facts("plan", "Plan", _plan_facts),),
    refresh=calls.SELDOM,
    none="No plans are offered to this account.",
    aliases=("plan",),
)

"""How many nodes a cluster may have and what they cost, as far as plans are loaded. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xplenty_tui.api.billing import Plan
from xplenty_tui.api.clusters import Cluster
from xplenty_tui.api.wire import Number
from xplenty_tui.core import words
from xplenty_tui.core.action import Line
from xplenty_tui.core.declare import Context, Tone
from xplenty_tui.resources.plans import price
from xplenty_tui.resources.questions import line

GONE = frozenset({"terminated", "terminating", "pending_terminate"})
"""Statuses of clusters that are over, or as good as."""


@dataclass(frozen=True, slots=True)
class Limit:
    """The largest cluster that is allowed."""

    nodes: int
    whose: str
    """Who says so: the begin of a sentence."""


def plan(ctx: Context) -> Plan | None:
    """Return the account's plan: the loaded one that the newest cluster names; ids of the two do not always agree."""
    clusters: list[Cluster] = [item for item in ctx.store.good("clusters") if item.plan_id is not None]
    if not clusters:
        return None
    newest = max(clusters, key=lambda item: item.id)
    found: Plan | None = ctx.store.get("plans", str(newest.plan_id))
    return found


def _least(item: Plan) -> Number | None:
    told = [value for value in (item.cluster_size_limit, item.cluster_nodes_limit) if value is not None and value > 0]
    return min(told, default=None)


def limit(ctx: Context) -> Limit | None:
    """Return the plan's largest cluster, else that of the largest plan; None where nothing limits it or is loaded."""
    own = plan(ctx)
    if own is not None:
        most = _least(own)
        return None if most is None else Limit(int(most), f"The plan {own.name or own.id} allows")
    limits = [_least(item) for item in ctx.store.good("plans")]
    told = [value for value in limits if value is not None]
    if not told or len(told) < len(limits):
        return None
    return Limit(int(max(told)), "The largest plan allows")


def cost(type_: str, nodes: int, ctx: Context) -> Iterator[Line]:
    """Say what so many nodes mean: whether they may be had, what one costs, what is up already."""
    most = limit(ctx)
    if most is not None and type_ == "production" and nodes > most.nodes:
        yield line(f"{most.whose} {words.count(most.nodes, 'node')} a cluster: the server will refuse.", Tone.BAD)
    own = plan(ctx)
    each = (
        price(own.cluster_node_price_cents, own.cluster_node_price_currency, own.cluster_node_price_unit) if own else ""
    )
    if each:
        yield line(f"A node costs {each}.")
    there = [item for item in ctx.store.good("clusters") if item.status not in GONE and item.nodes]
    if there:
        up = sum(item.nodes for item in there)
        yield line(f"{words.count(up, 'node')} in {words.count(len(there), 'cluster')} are there now.", Tone.DIM)

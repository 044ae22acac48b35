"""What the service offers: plans, regions, stacks and system variables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from xplenty_tui.api import billing, reference
from xplenty_tui.api.billing import Plan
from xplenty_tui.api.reference import SERVICES, Region, Stack, TimeZone
from xplenty_tui.api.wire import Number, Page
from xplenty_tui.core import words
from xplenty_tui.core.declare import Column, Context, Facts, Loaded, Refresh, Resource, Row
from xplenty_tui.resources import parts

UNLIMITED = -1
"""How a plan says that it has no limit."""
SELDOM = Refresh(visible=3600)
"""What changes so seldom is asked for when opened, and once an hour."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One system variable: the API answers a map, a list is what one can sort and filter."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Service:
    """A service whose regions the API tells."""

    name: str


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


def region_rows(answer: Page[Region], _item: Any, _ctx: Context) -> Iterator[Row]:
    """Return one line a region."""
    return parts.each(answer, lambda region: [Row(parts.joined(region.id, region.name), label=region.group_name)])


def stack_rows(answer: Page[Stack], _item: Any, _ctx: Context) -> Iterator[Row]:
    """Return one line a stack."""
    return parts.each(answer, lambda stack: [Row(parts.joined(stack.id, stack.name))])


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


def _variable_facts(variable: Variable, ctx: Context) -> Iterator[Row]:
    return parts.variable_rows({variable.name: variable.value}, ctx)


async def _variables(client: Any) -> Page[Variable]:
    answer = await reference.system_variables(client)
    items = tuple(Variable(name, parts.as_text(value)) for name, value in answer.items())
    return Page(items, received=len(items))


def _value_of(variable: Variable) -> str:
    return parts.HIDDEN if words.secret_looking(variable.name) else variable.value


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
    load=parts.unpaged(billing.plans),
    columns=(
        Column("id", "ID", lambda item, _: item.id, "The plan's id.", width=14, server="id"),
        Column("name", "NAME", lambda item, _: item.name or None, "The plan's name.", width=18, grow=1),
        Column(
            "price",
            "PRICE",
            lambda item, _: item.price_cents,
            "What it costs, in hundredths of the currency.",
            show=lambda value, _: words.NONE if value is None else f"{value / 100:,.2f}",
            width=9,
            right=True,
            first="desc",
        ),
        _limit_column("cluster_nodes_limit", "NODES", "Nodes at a time."),
        _limit_column("clusters_limit", "CLUSTERS", "Clusters at a time."),
        _limit_column("members_limit", "MEMBERS", "People of the account."),
    ),
    label=lambda item: item.name or str(item.id),
    sort=("price", "asc"),
    detail=(Facts("plan", "Plan", _plan_facts),),
    refresh=SELDOM,
    none="No plans are offered to this account.",
    aliases=("plan",),
)

REGIONS: Resource[Region] = Resource(
    name="regions",
    title="Regions",
    singular="region",
    about="Where clusters of this account can run.",
    model=Region,
    load=parts.unpaged(reference.regions),
    columns=(
        Column("id", "ID", lambda item, _: item.id, "The region's id, as clusters have it.", width=36),
        Column("group", "GROUP", lambda item, _: item.group_name or None, "Whose machines they are.", width=20, rank=2),
        Column("name", "NAME", lambda item, _: item.name or None, "The region's name.", width=34, grow=1),
    ),
    label=lambda item: item.name or item.id,
    sort=("id", "asc"),
    refresh=SELDOM,
    none="No regions are told.",
    aliases=("region",),
)

STACKS: Resource[Stack] = Resource(
    name="stacks",
    title="Stacks",
    singular="stack",
    about="The software that clusters can be made of.",
    model=Stack,
    load=parts.unpaged(reference.stacks),
    columns=(
        Column("id", "ID", lambda item, _: item.id, "The stack's id, as clusters have it.", width=24),
        Column("name", "NAME", lambda item, _: item.name or None, "The stack's name.", width=30, grow=1),
    ),
    label=lambda item: item.name or item.id,
    sort=("id", "asc"),
    refresh=SELDOM,
    none="No stacks are told.",
    aliases=("stack",),
)

VARIABLES: Resource[Variable] = Resource(
    name="variables",
    title="System variables",
    singular="variable",
    about="The variables that every job starts with, unless it sets its own.",
    model=Variable,
    load=parts.unpaged(_variables),
    columns=(
        Column("name", "NAME", lambda item, _: item.name or None, "The variable's name.", width=32, grow=1),
        Column(
            "value",
            "VALUE",
            lambda item, _: _value_of(item),
            "Its value, an expression as it was written.",
            width=40,
            grow=2,
        ),
    ),
    label=lambda item: item.name,
    key=lambda item: item.name,
    sort=("name", "asc"),
    detail=(Facts("variable", "Variable", _variable_facts),),
    refresh=SELDOM,
    web=lambda item: None,
    none="No system variables are told.",
    aliases=("variable", "system variables"),
)

SERVICE_REGIONS: Resource[Service] = Resource(
    name="service_regions",
    title="Regions of services",
    singular="service",
    about="Where Redshift, S3 and the like can be reached, by service.",
    model=Service,
    load=parts.fixed(map(Service, SERVICES)),
    columns=(Column("name", "SERVICE", lambda item, _: item.name, "The service, as connections have it.", width=20),),
    label=lambda item: item.name,
    key=lambda item: item.name,
    sort=("name", "asc"),
    detail=(
        Loaded(
            "regions",
            "Its regions",
            lambda client, service: reference.regions_of(client, service.name),
            region_rows,
            none="No regions are told.",
            help="Ask where the service can be reached.",
            eager=lambda service: True,
        ),
    ),
    refresh=SELDOM,
    web=lambda item: None,
    none="No services.",
    aliases=("services", "service regions"),
)

TIME_ZONES: Resource[TimeZone] = Resource(
    name="time_zones",
    title="Time zones",
    singular="time zone",
    about="The time zones that your settings can have, by the service's names.",
    model=TimeZone,
    load=parts.unpaged(reference.time_zones),
    columns=(
        Column("id", "ID", lambda item, _: item.id, "The name, as settings have it.", width=32, grow=1),
        Column("name", "NAME", lambda item, _: item.name or None, "The same with its offset.", width=40, grow=1),
    ),
    label=lambda item: item.name or item.id,
    sort=("name", "asc"),
    refresh=SELDOM,
    web=lambda item: None,
    none="No time zones are told.",
    aliases=("time zone", "time zones", "timezones"),
)

"""What the service offers: stacks, time zones and system variables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from xplenty_tui.api import reference
from xplenty_tui.api.reference import Region, Stack, TimeZone
from xplenty_tui.api.wire import Page
from xplenty_tui.core import words
from xplenty_tui.core.declare import Column, Context, Facts, Related, Resource, Row
from xplenty_tui.resources import calls, masks, parts


@dataclass(frozen=True, slots=True)
class Variable:
    """One system variable: the API answers a map, a list is what one can sort and filter."""

    name: str
    value: str


def stack_rows(answer: Page[Stack], _item: Any, _ctx: Context) -> Iterator[Row]:
    """Return one line a stack."""
    return parts.each(answer, lambda stack: [Row(parts.joined(stack.id, stack.name))])


def _variable_facts(variable: Variable, ctx: Context) -> Iterator[Row]:
    return masks.variable_rows({variable.name: variable.value}, ctx)


async def _variables(client: Any) -> Page[Variable]:
    answer = await reference.system_variables(client)
    items = tuple(Variable(name, parts.as_text(value)) for name, value in answer.items())
    return Page(items, received=len(items))


def _value_of(variable: Variable) -> str:
    return masks.HIDDEN if words.secret_looking(variable.name) else variable.value


def named(item: Region | Stack | TimeZone, _ctx: Context) -> Iterator[Row]:
    """Return what is told of a thing that has an id and a name."""
    return parts.kept(
        parts.row("id", item.id),
        parts.row("name", item.name),
        parts.row("group", item.group_name if isinstance(item, Region) else None),
    )


def clusters_of(of: str) -> Related[Any]:
    """Return the part that lists the clusters whose ``of`` is this one."""
    return Related(
        "clusters",
        "Its clusters",
        "clusters",
        where=lambda item, cluster: bool(item.id) and getattr(cluster, of) == item.id,
        columns=("status", "id", "name", "nodes", "up"),
        none="None of the loaded clusters.",
    )


STACKS: Resource[Stack] = Resource(
    name="stacks",
    title="Stacks",
    singular="stack",
    about="The software that clusters can be made of.",
    model=Stack,
    load=calls.unpaged(reference.stacks),
    columns=(
        Column("id", "ID", lambda item, _: item.id, "The stack's id, as clusters have it.", width=24),
        Column("name", "NAME", lambda item, _: item.name or None, "The stack's name.", width=30, grow=1),
    ),
    label=lambda item: item.name or item.id,
    sort=("id", "asc"),
    detail=(Facts("stack", "Stack", named), clusters_of("stack")),
    refresh=calls.SELDOM,
    none="No stacks are told.",
    aliases=("stack",),
)

VARIABLES: Resource[Variable] = Resource(
    name="variables",
    title="System variables",
    singular="variable",
    about="The variables that every job starts with, unless it sets its own.",
    model=Variable,
    load=calls.unpaged(_variables),
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
    refresh=calls.SELDOM,
    web=lambda item: None,
    none="No system variables are told.",
    aliases=("variable", "system variables"),
)

TIME_ZONES: Resource[TimeZone] = Resource(
    name="time_zones",
    title="Time zones",
    singular="time zone",
    about="The time zones that your settings can have, by the service's names.",
    model=TimeZone,
    load=calls.unpaged(reference.time_zones),
    columns=(
        Column("id", "ID", lambda item, _: item.id, "The name, as settings have it.", width=32, grow=1),
        Column("name", "NAME", lambda item, _: item.name or None, "The same with its offset.", width=40, grow=1),
    ),
    label=lambda item: item.name or item.id,
    sort=("name", "asc"),
    detail=(Facts("time zone", "Time zone", named),),
    refresh=calls.SELDOM,
    web=lambda item: None,
    none="No time zones are told.",
    aliases=("time zone", "time zones", "timezones"),
)

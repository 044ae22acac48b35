"""Templates: what a new package can begin with."""

from __future__ import annotations

from xplenty_tui.api import packages as api
from xplenty_tui.api.packages import PackageTemplate
from xplenty_tui.core.declare import Column, Context, Facts, Refresh, Resource, Row
from xplenty_tui.resources import calls, columns, parts


def _author(item: PackageTemplate) -> str | None:
    return (item.author.name or None) if item.author is not None else None


def _facts(item: PackageTemplate, _: Context) -> tuple[Row, ...]:
    rows = (
        parts.row("name", item.name),
        parts.row("description", item.description),
        parts.row("author", _author(item)),
        parts.row("number", str(item.id)),
    )
    return tuple(parts.kept(*rows))


TEMPLATES: Resource[PackageTemplate] = Resource(
    name="templates",
    title="Templates",
    singular="template",
    about="What a new package can begin with.",
    model=PackageTemplate,
    load=calls.unpaged(api.templates),
    columns=(
        columns.id_column("The template's number.", rank=2),
        Column("name", "NAME", lambda item, _: item.name or None, "What it is called.", width=24, grow=1),
        columns.description_column("What it is for.", width=36, grow=3),
        Column("author", "AUTHOR", lambda item, _: _author(item), "Who wrote it.", width=14, rank=2),
    ),
    label=lambda item: item.name or f"template {item.id}",
    sort=("name", "asc"),
    detail=(Facts("template", "Template", _facts),),
    web=lambda item: None,
    refresh=Refresh(visible=600),
    none="No templates. A package can be made from a copy, a file or nothing.",
    aliases=("template",),
)

"""Validations: the checks of packages that were looked at. The API lists them by package only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xplenty_tui.api import packages as api
from xplenty_tui.api import wire
from xplenty_tui.api.packages import PackageValidation
from xplenty_tui.core import words
from xplenty_tui.core.declare import Column, Context, Facts, Link, Refresh, Resource, Row, Tone
from xplenty_tui.resources import calls, columns, package_checks, parts


async def _get(client: Any, key: str) -> PackageValidation:
    package, _, number = key.partition("/")
    return await api.validation(client, package, number)


def _package(check: PackageValidation, ctx: Context) -> str | None:
    return parts.name_of(ctx, "packages", check.package_id)


def _facts(check: PackageValidation, ctx: Context) -> Iterator[Row]:
    package = None if check.package_id is None else Link("packages", str(check.package_id))
    owner = check.owner_id
    return parts.kept(
        parts.row("package", _package(check, ctx), link=package),
        parts.row("said", check.status_message),
        parts.row("took", None if check.runtime is None else f"{words.number(check.runtime)} (unit not documented)"),
        parts.row("began", parts.stamp(check.created_at, ctx)),
        parts.row("updated", parts.stamp(check.updated_at, ctx)),
        parts.person(ctx, "by", owner),
    )


def _errors(check: PackageValidation, ctx: Context) -> Iterator[Row]:
    for error in check.errors:
        for place, each in enumerate(parts.lines(error.message, Tone.BAD)):
            yield Row(each.text, tone=each.tone, bullet="" if place else "*" if ctx.ascii else "•")


def _first(check: PackageValidation) -> str | None:
    told = next((text for error in check.errors if (text := words.first_line(error.message))), "")
    return told or words.first_line(check.status_message) or None


VALIDATIONS: Resource[PackageValidation] = Resource(
    name="validations",
    title="Validations",
    singular="validation",
    about="Checks of packages that you looked at: each package's page has its own.",
    model=PackageValidation,
    load=calls.fixed(()),
    columns=(
        columns.status_column("validations", lambda item: item.status or None, "How it stands.", width=12),
        columns.id_column("The validation's number."),
        Column("package", "PACKAGE", _package, "The package that was checked.", width=22, grow=1),
        columns.ago_column("created", "BEGAN", lambda item: item.created_at, "When it began."),
        columns.number_column("errors", "ERR", lambda item: len(item.errors), "Errors that were found.", width=4),
        Column(
            "error",
            "FIRST ERROR",
            lambda item, _: _first(item),
            "The first of them.",
            width=30,
            grow=3,
            rank=2,
            keep_start=True,
        ),
    ),
    label=lambda item: f"validation {item.id}",
    key=package_checks.key,
    get=_get,
    sort=("created", "desc"),
    detail=(Facts("validation", "Validation", _facts), Facts("errors", "Errors", _errors)),
    status=lambda item: item.status or "",
    merge=wire.overlay,
    partial=True,
    refresh=Refresh(visible=3600),
    web=lambda item: None,
    none="None looked at yet: v on a package's page asks for its validations.",
    also=("packages",),
    aliases=("validation",),
)

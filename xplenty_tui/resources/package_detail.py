"""The detail of a package: what it is, its variables, jobs, schedules and validations."""

from __future__ import annotations

from collections.abc import Iterator

from xplenty_tui.api import jobs as jobs_api
from xplenty_tui.api import packages as api
from xplenty_tui.api.packages import Package
from xplenty_tui.core.declare import Context, Facts, Loaded, Related, Row, Section
from xplenty_tui.resources import history, masks, package_checks, parts, timing, usual


def _facts(package: Package, ctx: Context) -> Iterator[Row]:
    jobs = history.of_package(package.id, ctx)
    return parts.kept(
        parts.row("description", package.description),
        parts.row("history", usual.summary(jobs, ctx) or "none of the loaded jobs ran it"),
        parts.row("type", package.flow_type or "unknown: lists do not tell"),
        parts.row("flow version", package.flow_version),
        parts.row("version", package.version or package.package_version),
        parts.row("created", parts.stamp(package.created_at, ctx)),
        parts.row("updated", parts.stamp(package.updated_at, ctx)),
        parts.person(ctx, "owner", package.owner_id),
        parts.row("web", package.html_url),
    )


def _variables(package: Package, ctx: Context) -> Iterator[Row]:
    return masks.variable_rows(package.variables, ctx)


SECTIONS: tuple[Section, ...] = (
    Facts("package", "Package", _facts),
    Facts("variables", "Variables", _variables),
    Related(
        "jobs",
        "Its jobs",
        "jobs",
        where=lambda package, job: history.package_key(job) == str(package.id),
        load=lambda client, package, offset: jobs_api.list_(client, offset=offset, package_id=package.id),
        columns=("status", "id", "progress", "runtime", "started", "cluster", "by"),
        none="None of the loaded jobs ran it.",
    ),
    Related(
        "schedules",
        "Schedules that run it",
        "schedules",
        where=lambda package, schedule: str(package.id) in timing.package_keys(schedule),
        columns=("status", "name", "every", "next", "result"),
        none="None of the loaded schedules runs it.",
    ),
    Loaded(
        "validations",
        "Validations",
        lambda client, package: api.validations(client, package.id),
        package_checks.rows,
        none="It was never validated.",
        key="v",
        help="Ask for the package's validations and what they found.",
        keeps=False,
        kind="validations",
    ),
)

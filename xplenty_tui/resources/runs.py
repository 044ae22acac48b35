"""The last runs of a package or schedule: whose they are, which they are, and what is known beside the store. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from xplenty_tui.api.jobs import Job
from xplenty_tui.core.declare import Context, Link
from xplenty_tui.resources import history, parts

KINDS = ("jobs", "packages", "schedules")
"""What has a history; that of a job is its package's."""
GRID = 8
"""Runs in the grid of steps at most: each costs a request."""


@dataclass(frozen=True, slots=True)
class Steps:
    """The children of runs, as far as they were asked for."""

    found: Mapping[int, tuple[Job, ...]] = field(default_factory=dict)
    """By id of the run."""
    asking: bool = False
    failed: str = ""
    """Why the last answer did not come; empty when all is well."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the page is drawn with, beside what the store knows."""

    width: int
    steps: Steps = Steps()
    opened: frozenset[str] = frozenset()
    """Names of the steps whose runs are listed."""
    asking: bool = False
    """Older runs are under way."""
    failed: str = ""
    """Why older runs did not come."""
    whole: bool = False
    """The server has no older runs of the package."""


def subject(kind: str, key: str, ctx: Context) -> Link | None:
    """Return what the history of an item is about: a job's is its package's; None where that is not known."""
    if kind != "jobs":
        return Link(kind, key) if kind in KINDS else None
    job = ctx.store.get("jobs", key)
    found = history.package_key(job) if isinstance(job, Job) else None
    return Link("packages", found) if found is not None else None


def runs_of(about: Link, ctx: Context) -> Sequence[Job]:
    """Return the loaded runs, newest first."""
    of = history.of_schedule if about.kind == "schedules" else history.of_package
    return of(about.key, ctx)


def name_of(about: Link, ctx: Context) -> str:
    """Return what it is called: from its runs where it is not loaded itself."""
    named = parts.name_of(ctx, about.kind, about.key) or f"#{about.key}"
    if named != f"#{about.key}" or about.kind == "schedules":
        return named
    return next((job.package.name for job in runs_of(about, ctx) if job.package and job.package.name), named)


def workflow(about: Link, ctx: Context) -> bool:
    """Tell whether the runs may have steps: of a package that is no dataflow."""
    if about.kind != "packages":
        return False
    told = getattr(ctx.store.get("packages", about.key), "flow_type", "")
    flows = (job.package.flow_type for job in runs_of(about, ctx) if job.package and job.package.flow_type)
    return (told or next(flows, "")) != "dataflow"


def complete(about: Link, ctx: Context, seen: Seen) -> bool:
    """Tell whether there are no older runs to load."""
    return seen.whole or not ctx.store.of("jobs").more


def in_grid(about: Link, ctx: Context) -> list[Job]:
    """Return the runs whose steps can be asked for, newest first: those that began."""
    return [job for job in runs_of(about, ctx) if job.started_at is not None][:GRID]


def unasked(about: Link, ctx: Context, steps: Steps) -> list[Job]:
    """Return the runs of the grid that have to be asked about: not yet, or they were under way then."""
    return [job for job in in_grid(about, ctx) if job.id not in steps.found or job.active]


def step_of(child: Job, ctx: Context) -> str:
    """Return the name of the step that a child is: its component, else its package."""
    named = child.component.name if child.component is not None else ""
    return " ".join((named or history.package_name(child, ctx) or f"#{child.id}").split())

"""What is different from the last successful run of the package, as far as it is loaded: pure, nothing is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from xplenty_tui.api import jobs as api
from xplenty_tui.api.jobs import Job
from xplenty_tui.core.declare import Context, Link, Loaded, Row, Tone
from xplenty_tui.resources import history, job_compared, masks, parts

TITLE = "Changed since the last success"


def last_success(job: Job, ctx: Context) -> Job | None:
    """Return the newest completed run of the job's package before it; None when none is loaded.

    One that was started as this one was goes before others: a step of a workflow has other variables than a schedule.
    """
    runs = history.of_package(history.package_key(job), ctx)
    good = [run for run in runs if run.status == "completed" and _order(run) < _order(job)]
    schedule = history.schedule_key(job)
    return next((run for run in good if history.schedule_key(run) == schedule), good[0] if good else None)


def _order(job: Job) -> tuple[datetime, int]:
    return job.created_at or datetime.min.replace(tzinfo=UTC), job.id


def both(job: Job, ctx: Context) -> tuple[Job, Job] | None:
    """Return the last success and the job, whose resolved variables can be compared; None where there is nothing to."""
    good = last_success(job, ctx) if job.status != "completed" else None
    return None if good is None else (good, job)


async def _ask_both(client: Any, pair: Any) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Ask for what both runs saw: what ``both`` gave, one request each."""
    good, job = pair
    return await api.variables(client, good.id), await api.variables(client, job.id)


def _resolved(answer: tuple[Mapping[str, Any], Mapping[str, Any]], _job: Job, ctx: Context) -> Iterator[Row]:
    return variable_rows(*answer, ctx)


RESOLVED: Loaded[Job, Any] = Loaded(
    "resolved",
    "Changed variables, as both runs saw them",
    _ask_both,
    _resolved,
    none="Both runs saw the same values.",
    help="Ask for the resolved variables of this run and of the last success, and show what differs.",
    when=lambda job: job.status != "completed",
    given=both,
    credits=2,
)
"""What the variables as sent do not show: expressions worked out."""


def section(job: Job, ctx: Context) -> Iterator[Row]:
    """Return the part of a job's page: of those that failed, were stopped, or still run."""
    if job.status != "completed":
        yield from rows(job, ctx)


def rows(job: Job, ctx: Context) -> Iterator[Row]:
    """Return what is different, one line each, then in one line what is the same, and what nobody can tell."""
    good = last_success(job, ctx)
    if good is None:
        if (key := history.package_key(job)) is not None:
            yield Row(
                "no successful run of the package is loaded", label="since", tone=Tone.DIM, link=Link("packages", key)
            )
        return
    then = history.began(good)
    yield Row(
        parts.joined(f"job {good.id}", parts.stamp(then, ctx)),
        label="since",
        tone=Tone.DIM,
        link=Link("jobs", str(good.id)),
    )
    facts = list(job_compared.facts(good, job, ctx))
    variables = list(variable_rows(_variables(good), _variables(job), ctx))
    yield from variables
    yield from (fact.row(ctx) for fact in facts if fact.state == "changed")
    same = [] if variables or not _variables(job) else ["variables"]
    same += [fact.name for fact in facts if fact.state == "same"]
    if same:
        yield Row(", ".join(same), label="the same", tone=Tone.DIM)
    if unknown := [fact.name for fact in facts if fact.state == "unknown"]:
        yield Row(", ".join(unknown), label="not known", tone=Tone.DIM)


def _variables(job: Job) -> Mapping[str, Any]:
    return {**job.variables, **job.dynamic_variables}


def variable_rows(before: Mapping[str, Any], now: Mapping[str, Any], ctx: Context) -> Iterator[Row]:
    """Return one line a variable that was added, removed or changed; of secrets only that they were."""
    for name in sorted(before.keys() | now.keys(), key=lambda name: (name.lower(), name)):
        if name in before and name in now and before[name] == now[name]:
            continue
        where = [each for each in (before, now) if name in each]
        if any(masks.secret(name, each[name]) for each in where):
            text = f" {'changed' if len(where) == 2 else 'added' if name in now else 'removed'} (masked)"
        else:
            old, new = (
                (parts.as_text(each[name]) or "(empty)") if name in each else "not set" for each in (before, now)
            )
            text = f": {old} {job_compared.arrow(ctx)} {new}"
        yield Row(f"{parts.on_one_line(name)}{text}", label="variable", tone=Tone.WARN)

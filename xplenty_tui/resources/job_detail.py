"""The detail of a job: when, by whom, where, why it failed, what it wrote and what it was given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from xplenty_tui.api import jobs as api
from xplenty_tui.api.jobs import Job
from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Facts, Link, Loaded, Row, Section, Tone
from xplenty_tui.resources import (
    history,
    job_chain,
    job_changed,
    job_children,
    job_log,
    job_next,
    job_outputs,
    masks,
    parts,
    usual,
)


def _clock(then: datetime, near: datetime, ctx: Context) -> str:
    """Return a time of the day to the second, with its date where it is another day than ``near``."""
    full = words.stamp(then, ctx.zone)
    day, time = full[:10], full[11:19]
    return time if day == words.stamp(near, ctx.zone)[:10] else f"{day} {time}"


def timeline(job: Job, ctx: Context) -> str:
    """Return created, started and ended with the lengths between them, on one line."""
    dash = "-" if ctx.ascii else "─"
    word = words.status(job.status, "jobs").word
    moments = [("created", job.created_at), ("started", job.started_at), (word, job.ended_at)]
    known = [(name, then) for name, then in moments if then is not None]
    text, last = "", None
    for name, then in known:
        gap = f" {dash} {words.duration(then - last)} {dash} " if last else ""
        text, last = f"{text}{gap}{name} {_clock(then, last or ctx.now, ctx)}", then
    if last and job.active:
        doing = "so far" if job.started_at else f"{word}, not started"
        text += f" {dash} {words.duration(ctx.now - last)} {doing}"
    return text


def _cluster(job: Job, ctx: Context) -> Row | None:
    key = history.cluster_key(job)
    cluster = ctx.store.get("clusters", key) or job.cluster
    more = (
        parts.joined(
            words.status(cluster.status).word if cluster.status else None,
            words.count(cluster.nodes, "node") if cluster.nodes else None,
        )
        if cluster
        else ""
    )
    name = history.cluster_name(job, ctx)
    return parts.row("cluster", name and parts.joined(name, more), link=Link("clusters", key) if key else None)


def _starter(job: Job, ctx: Context) -> Row | None:
    who = history.starter(job, ctx)
    schedule = history.schedule_key(job)
    tries = f"retry {job.attempts}" if job.attempts else None
    if tries and job.master_auto_retry_attempts:
        tries += f" of {job.master_auto_retry_attempts}"
    if who and schedule:
        who = f"schedule {who}"
    return parts.row("started by", parts.joined(who, tries), link=parts.creator_link(job.creator))


def _timeline(job: Job, ctx: Context) -> Iterator[Row]:
    package = history.package_key(job)
    done = history.progress(job) if job.active else None
    step = job.component.name if job.component else None
    yield from parts.kept(
        parts.row("", timeline(job, ctx)),
        parts.row("progress", None if done is None else f"{done}%", Tone.BUSY),
        _starter(job, ctx),
        job_chain.summary(job, ctx),
        parts.row("step", step),
        parts.row("package", history.package_name(job, ctx), link=Link("packages", package) if package else None),
        _cluster(job, ctx),
        parts.row("history", usual.summary(history.of_package(package, ctx), ctx) if package else None),
    )


def _why(job: Job, _: Context) -> Iterator[Row]:
    if (job.errors or "").strip():
        yield from parts.lines(job.errors, Tone.BAD if job.status == "failed" else Tone.WARN)
    elif job.status == "failed":
        yield Row("The service gave no reason. The log (l) may have one.", tone=Tone.WARN)


def _sent(job: Job, ctx: Context) -> Iterator[Row]:
    yield from masks.variable_rows(job.variables, ctx)
    if job.dynamic_variables:
        yield Row("worked out when the job starts:", tone=Tone.DIM)
        yield from masks.variable_rows(job.dynamic_variables, ctx)


def _variables(answer: Mapping[str, Any], _job: Job, ctx: Context) -> Iterable[Row]:
    return masks.variable_rows(answer, ctx)


def _record(job: Job, ctx: Context) -> Iterator[Row]:
    return parts.kept(
        parts.row("created", parts.stamp(job.created_at, ctx)),
        parts.row("updated", parts.stamp(job.updated_at, ctx)),
        parts.person(ctx, "owner", job.owner_id),
        parts.row("web", job.html_url),
    )


SECTIONS: tuple[Section, ...] = (
    Facts("timeline", "Timeline", _timeline),
    Facts("why", "Why", _why, known=job_children.why),
    job_log.SUMMARY,
    Facts("changed", job_changed.TITLE, job_changed.section),
    Facts("outputs", "Outputs", job_outputs.rows),
    Facts("next", "What now", job_next.rows, known=job_next.known),
    Facts("tries", "Tries", job_chain.rows),
    *job_log.PREVIEWS,
    job_log.LOG,
    Facts("sent", "Variables as sent", _sent),
    Loaded(
        "variables",
        "Variables as the job saw them",
        lambda client, job: api.variables(client, job.id),
        _variables,
        none="The job had no variables.",
        help="Ask for the values that the job ran with, every expression worked out.",
    ),
    job_changed.RESOLVED,
    job_children.SECTION,
    parts.watched_by("job", "completes, fails or is stopped", api.watchers),
    Facts("record", "Record", _record),
)

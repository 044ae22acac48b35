"""The detail of a job: when, by whom, where, why it failed, what it wrote and what it was given."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from xplenty_tui.api import jobs as api
from xplenty_tui.api.jobs import Job, JobLog, JobPreview, LogSummary
from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Facts, Link, Loaded, Row, Section, Tone
from xplenty_tui.resources import history, job_chain, job_changed, job_children, job_next, job_outputs, parts

PREVIEWS = 4
"""Outputs that get a preview part each; one costs one credit, so nothing is asked for before it is opened."""
_ALARM = re.compile(r"\b(?:ERROR|FATAL|SEVERE|\w*Exception)\b")
_WARNING = re.compile(r"\bWARN(?:ING)?\b")


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
        parts.row("history", history.summary(history.of_package(package, ctx), ctx) if package else None),
    )


def _why(job: Job, _: Context) -> Iterator[Row]:
    if (job.errors or "").strip():
        yield from parts.lines(job.errors, Tone.BAD if job.status == "failed" else Tone.WARN)
    elif job.status == "failed":
        yield Row("The service gave no reason. The log (l) may have one.", tone=Tone.WARN)


def _summary(answer: LogSummary | None, job: Job, ctx: Context) -> Iterator[Row]:
    if answer is None:
        return
    yield from parts.lines(answer.error_summary, Tone.STRONG)
    told = {row.text for row in parts.lines(job.errors)} if answer.error_summary else set()  # it stands above already
    yield from (row for row in parts.lines(answer.openai_extract) if row.text not in told)
    if not (answer.error_summary or answer.openai_extract):
        yield from parts.lines(answer.body)
    for item in answer.action_items:
        yield Row(item, bullet="*" if ctx.ascii else "•")


def _preview(number: int) -> Loaded[Job, JobPreview]:
    """Return the part that asks for the first lines of the job's output of this number (from 0)."""

    def load(client: Any, job: Job) -> Awaitable[JobPreview]:
        return api.preview(client, job.id, job.outputs[number].id)

    def rows(answer: JobPreview, job: Job, _: Context) -> Iterator[Row]:
        text = list(parts.lines(answer.preview))
        if text and number < len(job.outputs):
            yield Row(f"{job_outputs.name(job.outputs[number])}, {words.count(len(text), 'line')}:", tone=Tone.DIM)
        yield from text

    return Loaded(
        "preview" if number == 0 else f"preview {number + 1}",
        "Preview" if number == 0 else f"Preview of output {number + 1}",
        load,
        rows,
        none="This output has no lines to show.",
        key="v" if number == 0 else "",
        help=f"Ask for up to 100 raw lines of the job's {'first' if number == 0 else 'other'} output.",
        when=lambda job: len(job.outputs) > number,
    )


def _log_tone(line: str) -> Tone:
    return Tone.BAD if _ALARM.search(line) else Tone.WARN if _WARNING.search(line) else Tone.PLAIN


def _log(answer: JobLog, _job: Job, _ctx: Context) -> Iterator[Row]:
    for line in parts.lines(answer.body):
        yield Row(line.text, tone=_log_tone(line.text))


def _sent(job: Job, ctx: Context) -> Iterator[Row]:
    yield from parts.variable_rows(job.variables, ctx)
    if job.dynamic_variables:
        yield Row("worked out when the job starts:", tone=Tone.DIM)
        yield from parts.variable_rows(job.dynamic_variables, ctx)


def _variables(answer: Mapping[str, Any], _job: Job, ctx: Context) -> Iterable[Row]:
    return parts.variable_rows(answer, ctx)


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
    Loaded(
        "summary",
        "What the log says",
        lambda client, job: api.log_summary(client, job.id),
        _summary,
        none="The service wrote no summary of this failure. The log (l) has it all.",
        help="Ask for the service's own reading of the failure, with what to do.",
        eager=lambda job: job.status == "failed",
        when=lambda job: job.status == "failed",
    ),
    Facts("changed", job_changed.TITLE, job_changed.section),
    Facts("outputs", "Outputs", job_outputs.rows),
    Facts("next", "What now", job_next.rows, known=job_next.known),
    Facts("tries", "Tries", job_chain.rows),
    *(_preview(number) for number in range(PREVIEWS)),
    Loaded(
        "log",
        "Log",
        lambda client, job: api.log(client, job.id),
        _log,
        none="The log is empty.",
        key="l",
        help="Ask for the job's log, all of it; F follows it while the job runs.",
        grows=lambda job: job.active,
    ),
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
    Loaded(
        "watchers",
        "Watchers",
        lambda client, job: api.watchers(client, job.id),
        parts.watcher_rows,
        none="Nobody watches this job.",
        help="Ask who is told when the job completes, fails or is stopped.",
        kind="watchers",
    ),
    Facts("record", "Record", _record),
)

"""What can be done now about a job: one line a deed, with its key. Pure; the page does what ``enter`` asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from xplenty_tui.api.jobs import Job
from xplenty_tui.core import words
from xplenty_tui.core.declare import Act, Context, Link, Row, Tone
from xplenty_tui.resources import history, job_chain, load, parts, timing

ENTER = "enter"
"""Stands where a key would, at lines that lead somewhere."""
_CONNECTION = re.compile(
    r"\bconnection\s+(?:(?P<name>[^(),\n]{1,60}?)\s*[,(]\s*)?(?:id\b[\s:=#]*|#)(?P<id>\d+)", re.IGNORECASE
)


def rows(job: Job, ctx: Context) -> Iterator[Row]:
    """Return the deeds that fit the job as it is, the likeliest first."""
    if job.status == "failed" and (left := _retries_left(job, ctx)):
        yield Row(f"automatic retry has {words.count(left, 'try', 'tries')} left: it may run again by itself")
    if job.active:
        yield Row("stop the job", act=Act("jobs.stop"))
        yield Row("watch it: tells you when it ends, wherever you are", act=Act("watch"))
    elif job.ended:
        cluster = history.cluster_name(job, ctx)
        yield Row(
            f"run again with the same variables{f', on {cluster}' if _up(job, ctx) else ''}", act=Act("jobs.again")
        )
        yield Row("run again on another cluster", act=Act("jobs.elsewhere"))
    yield from _package(job, ctx)
    yield from _schedule(job, ctx)
    yield from _cluster(job, ctx)


def known(job: Job, answers: Mapping[str, Any], ctx: Context) -> Iterator[Row]:
    """Return what the error and the reading of the log name: the connection, where this program knows connections.

    Its key has its type in it, which no error names: one that is not loaded is looked for in the list.
    """
    from xplenty_tui.resources import BY_NAME

    if job.status != "failed" or "connections" not in BY_NAME:
        return
    for key, name in connections([job.errors, *_texts(answers.get("summary"))]).items():
        called = f"{name} ({key})" if name else key
        found = [one for one in ctx.store.good("connections") if str(one.id) == key]
        found = [one for one in found if one.name == name] or found
        if len(found) == 1:
            link = Link("connections", BY_NAME["connections"].key(found[0]))
            yield Row(f"open connection {called}, which the error names", label=ENTER, link=link)
        else:
            yield Row(f"list the connections: the error names {called}", act=Act("section.connections"))


def connections(texts: Iterable[str]) -> dict[str, str]:
    """Return the connections that texts name with their numbers: number → name, empty where only the number is told."""
    found: dict[str, str] = {}
    for text in texts:
        for match in _CONNECTION.finditer(text):
            name = match["name"] or ""
            found.setdefault(match["id"], name)
    return found


def _texts(summary: Any) -> tuple[str, ...]:
    if summary is None:
        return ()
    return (summary.error_summary, summary.openai_extract, summary.body, *summary.action_items)


def _retries_left(job: Job, ctx: Context) -> int:
    """Return the automatic tries that are left; 0 where a later one began already."""
    if job_chain.tries(job, ctx)[-1].id != job.id:
        return 0
    return max((job.master_auto_retry_attempts or 0) - (job.attempts or 0), 0)


def _up(job: Job, ctx: Context) -> bool:
    cluster = ctx.store.get("clusters", history.cluster_key(job))
    return cluster is not None and cluster.status in load.READY


def _package(job: Job, ctx: Context) -> Iterator[Row]:
    key = history.package_key(job)
    if job.status == "failed" and key is not None:
        name = history.package_name(job, ctx) or key
        yield Row(f"validate package {name}", act=Act("packages.validate", Link("packages", key)))


def _schedule(job: Job, ctx: Context) -> Iterator[Row]:
    key = history.schedule_key(job)
    if key is None:
        return
    schedule = ctx.store.get("schedules", key)
    due = timing.next_run(schedule) if schedule is not None else None
    text = f"open schedule {history.starter(job, ctx) or key}"
    yield Row(
        parts.joined(text, f"runs next {timing.countdown(due, ctx)}" if due is not None else None),
        label=ENTER,
        link=Link("schedules", key),
    )


def _cluster(job: Job, ctx: Context) -> Iterator[Row]:
    """Offer to terminate the cluster where it burns money for nothing, or serves this job alone."""
    key = history.cluster_key(job)
    cluster = ctx.store.get("clusters", key)
    if key is None or cluster is None or cluster.status not in load.READY:
        return
    others = [each for each in history.of_cluster(key, ctx) if each.active and each.id != job.id]
    if load.wasteful(cluster, ctx) and not others:
        idle = load.idle(cluster, ctx)
        why, tone = f"idle for {words.duration(idle)}, will not end by itself", Tone.WARN
    elif job.active and not others and (load.running(cluster, ctx) or 0) <= 1:
        why, tone = "only this job is on it", Tone.PLAIN
    else:
        return
    text = f"terminate cluster {cluster.name or key}: {why}"
    yield Row(text, tone=tone, act=Act("clusters.terminate", Link("clusters", key)))

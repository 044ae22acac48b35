"""The facts of an incident note, by kind, and what writes them down: masked and inert. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Row
from xplenty_tui.core.journal import Entry
from xplenty_tui.core.markdown import code
from xplenty_tui.core.scrub import MASK, scrub
from xplenty_tui.resources import history, load, masks, parts, timing, usual


@dataclass(frozen=True, slots=True)
class Extra:
    """What is known beside the item, from who asks for the note."""

    problems: Sequence[str] = ()
    """What triage says of it, a sentence each."""
    changed: Sequence[Row] | None = None
    """What changed against the last success; None: what the loaded jobs tell."""
    entries: Sequence[Entry] = ()
    """The journal, in any order; what is not about the item or what it hangs on is left out."""
    profile: str = ""


@dataclass
class Writing:
    """One note while it is written."""

    kind: str
    item: Any
    ctx: Context
    extra: Extra
    secrets: frozenset[str] = field(default_factory=frozenset)

    def said(self, text: str | None) -> str:
        """Return a text from outside: masked, then inert."""
        return code(scrub(text or "", self.secrets))

    def moment(self, then: datetime | None) -> str:
        """Return a time in UTC, and as the person's clock has it where that differs."""
        if then is None:
            return "not known"
        utc, local = words.stamp(then, UTC), words.stamp(then, self.ctx.zone)
        return utc if utc[:16] == local[:16] else f"{utc} ({local})"

    def fact(self, label: str, text: str | None) -> Iterator[str]:
        """Yield a line of a list; nothing where there is nothing to say."""
        if text:
            yield f"- {label}: {text}"

    def time(self, label: str, then: datetime | None) -> Iterator[str]:
        """Yield the line of a time that is known."""
        if then is not None:
            yield f"- {label}: {self.moment(then)}"


def called(kind: str, item: Any, ctx: Context) -> str:
    """Return the number of an item and its name."""
    name = history.package_name(item, ctx) if kind == "jobs" else getattr(item, "name", "")
    return f"{item.id} {name or ''}".rstrip()


def _job_facts(one: Writing) -> Iterator[str]:
    job, ctx = one.item, one.ctx
    yield from one.time("created", job.created_at)
    yield from one.time("started", job.started_at)
    yield from one.time("ended", job.ended_at)
    if (length := history.runtime(job, ctx)) is not None:
        known = usual.of_package(history.package_key(job), ctx)
        much = f", usual {words.duration(known.median)}, p95 {words.duration(known.p95)}" if known else ""
        yield f"- runtime: {words.duration(length)}{much}"
    yield from one.fact("started by", one.said(who) if (who := history.starter(job, ctx)) else None)
    allowed = f" of {job.master_auto_retry_attempts}" if job.master_auto_retry_attempts else ""
    yield from one.fact("retries", f"{job.attempts}{allowed}" if job.attempts is not None else None)
    if (key := history.cluster_key(job)) is not None:
        cluster = ctx.store.get("clusters", key) or job.cluster
        nodes = f", {words.count(cluster.nodes, 'node')}" if cluster is not None and cluster.nodes else ""
        status = f", {one.said(cluster.status)}" if cluster is not None and cluster.status else ""
        name = cluster.name if cluster is not None else ""
        yield f"- cluster: {one.said(f'{key} {name}')}{status}{nodes}"
    if (key := history.package_key(job)) is not None:
        yield f"- package: {one.said(f'{key} {history.package_name(job, ctx)}')}"
    for name, value in sorted({**job.variables, **job.dynamic_variables}.items()):
        yield f"- variable {one.said(name)}: {MASK if masks.secret(name, value) else one.said(parts.as_text(value))}"


def _cluster_facts(one: Writing) -> Iterator[str]:
    item, ctx = one.item, one.ctx
    yield from one.fact("type", one.said(item.type) if item.type else None)
    yield from one.fact("nodes", str(item.nodes) if item.nodes is not None else None)
    yield from one.time("created", item.created_at)
    yield from one.time("available since", item.available_since)
    yield from one.time("idle since", item.idle_since if load.idle(item, ctx) is not None else None)
    yield from one.time("terminated", item.terminated_at)
    hours = load.node_hours(item, load.up(item, ctx))
    yield from one.fact("node hours", f"about {words.number(hours)} (estimate)" if hours else None)
    if item.terminate_on_idle is not None:
        yield f"- terminates when idle: {'yes' if item.terminate_on_idle else 'no'}"
    yield from one.fact("jobs", f"{load.running(item, ctx) or 0} running, {load.queued(item, ctx) or 0} waiting")
    yield from one.fact("region", one.said(item.region) if item.region else None)


def _schedule_facts(one: Writing) -> Iterator[str]:
    item = one.item
    every = timing.Every.of(item)
    yield from one.fact("every", one.said(every.words) if every is not None else None)
    yield from one.time("next run", timing.next_run(item))
    if (behind := timing.late(item, one.ctx)) is not None:
        yield f"- overdue by {words.duration(behind)}"
    yield from one.time("last run", item.last_run_at)
    yield from one.fact("last result", one.said(item.last_run_status) if item.last_run_status else None)
    yield from one.fact("retries", timing.retries_text(timing.retries(item)))
    for each in item.task.packages if item.task else ():
        name = parts.name_of(one.ctx, "packages", each.key) or ""
        yield f"- runs package: {one.said(f'{each.key} {name}')}"


def _package_facts(one: Writing) -> Iterator[str]:
    yield from one.time("created", one.item.created_at)
    yield from one.time("updated", one.item.updated_at)
    if (known := usual.of_package(one.item.id, one.ctx)) is not None:
        yield f"- usual runtime: {words.duration(known.median)}, p95 {words.duration(known.p95)}"


FACTS: dict[str, Callable[[Writing], Iterator[str]]] = {
    "jobs": _job_facts,
    "clusters": _cluster_facts,
    "schedules": _schedule_facts,
    "packages": _package_facts,
}
"""By kind."""

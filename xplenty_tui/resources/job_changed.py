"""What is different from the last successful run of the package, as far as it is loaded: pure, nothing is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from xplenty_tui.api import jobs as api
from xplenty_tui.api.clusters import Cluster
from xplenty_tui.api.jobs import Job
from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Link, Loaded, Row, Tone
from xplenty_tui.resources import history, parts

TITLE = "Changed since the last success"
ALIKE = 0.25
"""Runtimes and records that differ by no more than this share are called the same."""


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
    facts = list(_facts(good, job, ctx))
    variables = list(variable_rows(_variables(good), _variables(job), ctx))
    yield from variables
    yield from (fact.row(ctx) for fact in facts if fact.state == "changed")
    same = [] if variables or not _variables(job) else ["variables"]
    same += [fact.name for fact in facts if fact.state == "same"]
    if same:
        yield Row(", ".join(same), label="the same", tone=Tone.DIM)
    if unknown := [fact.name for fact in facts if fact.state == "unknown"]:
        yield Row(", ".join(unknown), label="not known", tone=Tone.DIM)


@dataclass(frozen=True, slots=True)
class _Fact:
    """One thing that both runs had."""

    name: str
    before: str
    now: str
    link: Link | None = None
    alike: bool = False
    """The texts differ, but no more than is usual."""

    @property
    def state(self) -> str:
        if not self.before or not self.now:
            return "unknown"
        return "same" if self.alike or self.before == self.now else "changed"

    def row(self, ctx: Context) -> Row:
        return Row(f"{self.before} {_arrow(ctx)} {self.now}", label=self.name, tone=Tone.WARN, link=self.link)


def _arrow(ctx: Context) -> str:
    return "->" if ctx.ascii else "→"


def _variables(job: Job) -> Mapping[str, Any]:
    return {**job.variables, **job.dynamic_variables}


def variable_rows(before: Mapping[str, Any], now: Mapping[str, Any], ctx: Context) -> Iterator[Row]:
    """Return one line a variable that was added, removed or changed; of secrets only that they were."""
    for name in sorted(before.keys() | now.keys(), key=lambda name: (name.lower(), name)):
        if name in before and name in now and before[name] == now[name]:
            continue
        where = [each for each in (before, now) if name in each]
        if any(parts.secret(name, each[name]) for each in where):
            text = f" {'changed' if len(where) == 2 else 'added' if name in now else 'removed'} (masked)"
        else:
            old, new = (
                (parts.as_text(each[name]) or "(empty)") if name in each else "not set" for each in (before, now)
            )
            text = f": {old} {_arrow(ctx)} {new}"
        yield Row(f"{parts.on_one_line(name)}{text}", label="variable", tone=Tone.WARN)


def _facts(good: Job, job: Job, ctx: Context) -> Iterator[_Fact]:
    yield _package(good, job, ctx)
    yield from _clusters(good, job, ctx)
    yield _Fact("started by", _starter(good, ctx), _starter(job, ctx), _link("schedules", history.schedule_key(job)))
    if job.ended:
        old, new = (history.runtime(each, ctx) for each in (good, job))
        if old and new:
            seconds = old.total_seconds(), new.total_seconds()
            yield _Fact("runtime", words.duration(old), words.duration(new), alike=_alike(*seconds))
        counts = [_records(each) for each in (good, job)]
        if counts[0] is not None and counts[1] is not None:
            texts = [words.number(count) for count in counts]
            yield _Fact("records", texts[0], texts[1], alike=_alike(counts[0], counts[1]))


def _link(kind: str, key: str | None) -> Link | None:
    return Link(kind, key) if key is not None else None


def _alike(before: float, now: float) -> bool:
    return abs(before - now) <= ALIKE * max(before, now)


def _package(good: Job, job: Job, ctx: Context) -> _Fact:
    """Compare the package of both runs: by its version where the answers tell it, else by when it was updated."""
    key, began = history.package_key(job), history.began(good)
    link = _link("packages", key)
    versions = [_version(each) for each in (good, job)]
    if all(versions) and versions[0] != versions[1]:
        return _Fact("package", f"version {versions[0]}", f"version {versions[1]}", link)
    known = ctx.store.get("packages", key)
    if known is None or known.updated_at is None or began is None:
        return _Fact("package", versions[0], versions[1], link)
    updated = f"updated {words.stamp(known.updated_at, ctx.zone)}"
    if known.updated_at <= began:
        return _Fact("package", updated, updated, link)
    late = known.updated_at > (history.began(job) or known.updated_at)
    return _Fact("package", "as it was then", updated + (", after this run began" if late else ""), link)


def _version(job: Job) -> str:
    return (job.package.package_version or job.package.version) if job.package is not None else ""


_OF_CLUSTER: tuple[tuple[str, Callable[[Cluster], str]], ...] = (
    ("nodes", lambda one: str(one.nodes) if one.nodes else ""),
    ("cluster type", lambda one: one.type),
    ("region", lambda one: one.region),
    ("stack", lambda one: one.stack),
    ("instances", lambda one: one.slave_instance_type),
)
"""What of a cluster can make a difference."""


def _clusters(good: Job, job: Job, ctx: Context) -> Iterator[_Fact]:
    keys = [history.cluster_key(each) for each in (good, job)]
    names = [history.cluster_name(each, ctx) or "" for each in (good, job)]
    if names[0] == names[1] and keys[0] != keys[1]:  # a new one every run, all called the same
        names = [f"{name} ({key})" for name, key in zip(names, keys, strict=True)]
    yield _Fact("cluster", names[0], names[1], _link("clusters", keys[1]))
    old, new = ([ctx.store.get("clusters", key), each.cluster] for key, each in zip(keys, (good, job), strict=True))
    for name, get in _OF_CLUSTER:
        texts = [next((text for one in each if one is not None and (text := get(one))), "") for each in (old, new)]
        if any(texts) or name == "nodes":
            yield _Fact(name, texts[0], texts[1])


def _starter(job: Job, ctx: Context) -> str:
    who = history.starter(job, ctx)
    return f"{'schedule ' if history.schedule_key(job) is not None else ''}{who}" if who else ""


def _records(job: Job) -> int | None:
    """Return the records of all outputs; None where one is not told, or the job told of none at all."""
    if not job.outputs:
        return 0 if job.outputs_count == 0 else None
    counts = [output.records_count for output in job.outputs]
    return None if None in counts else sum(count for count in counts if count is not None)

"""Two runs of a package compared, one fact at a time: package, cluster, runtime, records. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from xplenty_tui.api.clusters import Cluster
from xplenty_tui.api.jobs import Job
from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Link, Row, Tone
from xplenty_tui.resources import history

ALIKE = 0.25
"""Runtimes and records that differ by no more than this share are called the same."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that both runs had."""

    name: str
    before: str
    now: str
    link: Link | None = None
    alike: bool = False
    """The texts differ, but no more than is usual."""

    @property
    def state(self) -> str:
        """``changed``, ``same``, or ``unknown`` where one of the two was not told."""
        if not self.before or not self.now:
            return "unknown"
        return "same" if self.alike or self.before == self.now else "changed"

    def row(self, ctx: Context) -> Row:
        """Return both as a line."""
        return Row(f"{self.before} {arrow(ctx)} {self.now}", label=self.name, tone=Tone.WARN, link=self.link)


def arrow(ctx: Context) -> str:
    """Return what stands between before and now."""
    return "->" if ctx.ascii else "→"


def facts(good: Job, job: Job, ctx: Context) -> Iterator[Fact]:
    """Yield what both runs had: the earlier one, which was good, and the job."""
    yield _package(good, job, ctx)
    yield from _clusters(good, job, ctx)
    yield Fact("started by", _starter(good, ctx), _starter(job, ctx), _link("schedules", history.schedule_key(job)))
    if job.ended:
        old, new = (history.runtime(each, ctx) for each in (good, job))
        if old and new:
            seconds = old.total_seconds(), new.total_seconds()
            yield Fact("runtime", words.duration(old), words.duration(new), alike=_alike(*seconds))
        counts = [_records(each) for each in (good, job)]
        if counts[0] is not None and counts[1] is not None:
            texts = [words.number(count) for count in counts]
            yield Fact("records", texts[0], texts[1], alike=_alike(counts[0], counts[1]))


def _link(kind: str, key: str | None) -> Link | None:
    return Link(kind, key) if key is not None else None


def _alike(before: float, now: float) -> bool:
    return abs(before - now) <= ALIKE * max(before, now)


def _package(good: Job, job: Job, ctx: Context) -> Fact:
    """Compare the package of both runs: by its version where the answers tell it, else by when it was updated."""
    key, began = history.package_key(job), history.began(good)
    link = _link("packages", key)
    versions = [_version(each) for each in (good, job)]
    if all(versions) and versions[0] != versions[1]:
        return Fact("package", f"version {versions[0]}", f"version {versions[1]}", link)
    known = ctx.store.get("packages", key)
    if known is None or known.updated_at is None or began is None:
        return Fact("package", versions[0], versions[1], link)
    updated = f"updated {words.stamp(known.updated_at, ctx.zone)}"
    if known.updated_at <= began:
        return Fact("package", updated, updated, link)
    late = known.updated_at > (history.began(job) or known.updated_at)
    return Fact("package", "as it was then", updated + (", after this run began" if late else ""), link)


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


def _clusters(good: Job, job: Job, ctx: Context) -> Iterator[Fact]:
    keys = [history.cluster_key(each) for each in (good, job)]
    names = [history.cluster_name(each, ctx) or "" for each in (good, job)]
    if names[0] == names[1] and keys[0] != keys[1]:  # a new one every run, all called the same
        names = [f"{name} ({key})" for name, key in zip(names, keys, strict=True)]
    yield Fact("cluster", names[0], names[1], _link("clusters", keys[1]))
    old, new = ([ctx.store.get("clusters", key), each.cluster] for key, each in zip(keys, (good, job), strict=True))
    for name, get in _OF_CLUSTER:
        texts = [next((text for one in each if one is not None and (text := get(one))), "") for each in (old, new)]
        if any(texts) or name == "nodes":
            yield Fact(name, texts[0], texts[1])


def _starter(job: Job, ctx: Context) -> str:
    who = history.starter(job, ctx)
    return f"{'schedule ' if history.schedule_key(job) is not None else ''}{who}" if who else ""


def _records(job: Job) -> int | None:
    """Return the records of all outputs; None where one is not told, or the job told of none at all."""
    if not job.outputs:
        return 0 if job.outputs_count == 0 else None
    counts = [output.records_count for output in job.outputs]
    return None if None in counts else sum(count for count in counts if count is not None)

"""Who used node hours: each package the time in which its jobs ran, and what is left over. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from xplenty_tui.api.jobs import Job
from xplenty_tui.resources import history
from xplenty_tui.resources.usage_spans import HOUR, Span


@dataclass(slots=True)
class Share:
    """What a package used."""

    hours: float = 0.0
    failed: float = 0.0
    """Of these, in runs that failed."""
    runs: set[int] = field(default_factory=set)


IDLE, UNKNOWN = "idle", "unknown"
"""What stands in the place of a package: nothing ran; what ran is not loaded."""


def shared(spans: Sequence[Span], jobs: Iterable[Job], now: datetime, known: datetime | None) -> dict[str, Share]:
    """Return what each package used, and what was idle; before ``known`` nothing is told of what ran."""
    by_cluster: dict[str, list[Job]] = {}
    for job in jobs:
        if (key := history.cluster_key(job)) is not None and job.started_at is not None:
            by_cluster.setdefault(key, []).append(job)
    found: dict[str, Share] = {}
    for span in spans:
        for begin, end, running in _slices(span, by_cluster.get(str(span.cluster.id), ()), now):
            hours = (span.cluster.nodes or 0) * ((end - begin) / HOUR)
            if not running:
                early = max((min(end, known) - begin) / HOUR, 0.0) if known is not None else 0.0
                early *= span.cluster.nodes or 0
                _add(found, UNKNOWN, early)
                _add(found, IDLE, hours - early)
            for job in running:
                key = history.package_key(job) or UNKNOWN
                _add(found, key, hours / len(running), job)
    return found


def _add(found: dict[str, Share], key: str, hours: float, job: Job | None = None) -> None:
    share = found.setdefault(key, Share())
    share.hours += hours
    if job is not None:
        share.runs.add(job.id)
        share.failed += hours if job.status == "failed" else 0.0


def _slices(span: Span, jobs: Sequence[Job], now: datetime) -> Iterator[tuple[datetime, datetime, tuple[Job, ...]]]:
    """Yield the parts of a span in which the same jobs ran, none left out."""
    changes: list[tuple[datetime, bool, Job]] = []
    for job in jobs:
        begin, end = max(job.started_at or span.end, span.begin), min(_ended(job, now), span.end)
        if begin < end:
            changes += [(begin, True, job), (end, False, job)]
    changes.sort(key=lambda change: (change[0], change[1], change[2].id))
    running: dict[int, Job] = {}
    at = span.begin
    for then, starts, job in changes:
        if then > at:
            yield at, then, tuple(running.values())
            at = then
        if starts:
            running[job.id] = job
        else:
            running.pop(job.id, None)
    if at < span.end:
        yield at, span.end, tuple(running.values())


def _ended(job: Job, now: datetime) -> datetime:
    """Return until when a job ran; one whose end nobody tells, and that is not known to run, ran no time."""
    return job.ended_at or (now if job.active else job.started_at or now)

"""When each cluster cost node hours, and how many by day. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from xplenty_tui.api.clusters import Cluster
from xplenty_tui.resources import load

HOUR = timedelta(hours=1)
ENDING = frozenset({"pending_terminate", "terminating"})
"""Statuses in which a cluster still has its nodes, beside those in which it can run jobs."""
LONGEST = timedelta(days=1100)
"""A cluster that is told to be up for longer is not believed."""


@dataclass(frozen=True, slots=True)
class Span:
    """When a cluster cost node hours."""

    cluster: Cluster
    begin: datetime
    end: datetime

    @property
    def hours(self) -> float:
        """Nodes × hours."""
        return (self.cluster.nodes or 0) * ((self.end - self.begin) / HOUR)


def costs(cluster: Cluster) -> bool:
    """Tell whether a cluster has, or had, nodes that cost: one that never came up has not."""
    return cluster.nodes != 0 and (cluster.available_since is not None or cluster.status in load.READY | ENDING)


def span_of(cluster: Cluster, now: datetime) -> Span | None:
    """Return from when to when a cluster had its nodes; None where that is not told, or it never had any."""
    begin, end = cluster.available_since, cluster.terminated_at
    if begin is None or not cluster.nodes or cluster.nodes < 0:
        return None
    if end is None:
        if cluster.status not in load.READY | ENDING:
            return None  # terminated or in error, and nobody says since when
        end = now
    return Span(cluster, begin, end) if now - LONGEST < begin < end <= now + HOUR else None


def by_day(spans: Iterable[Span], zone: tzinfo) -> Iterator[tuple[date, float]]:
    """Yield the node hours of each day of a zone, the newest first; days have 23 to 25 hours."""
    days: dict[date, float] = {}
    for span in spans:
        begin = span.begin
        while begin < span.end:
            day = begin.astimezone(zone).date()
            after = day + timedelta(days=1)
            midnight = datetime(after.year, after.month, after.day, tzinfo=zone).astimezone(UTC)
            end = min(span.end, midnight if midnight > begin else span.end)
            days[day] = days.get(day, 0.0) + (span.cluster.nodes or 0) * ((end - begin) / HOUR)
            begin = end
    day, first = max(days, default=date.min), min(days, default=date.max)
    while day >= first:
        yield day, days.get(day, 0.0)
        day -= timedelta(days=1)

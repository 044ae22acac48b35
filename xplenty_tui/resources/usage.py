"""Node hours by day, cluster and package, from what is loaded: an estimate. Pure.

A cluster costs nodes × time from when it was available until it was terminated. Only its present number of nodes is
told, so earlier ones are taken to be the same. A package gets the node time in which its jobs ran; jobs that ran at the
same time share it evenly, and what is left over is idle.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from xplenty_tui.api.clusters import Cluster
from xplenty_tui.core.declare import Context
from xplenty_tui.resources.usage_shares import IDLE, UNKNOWN, Share, shared
from xplenty_tui.resources.usage_spans import Span, by_day, costs, span_of

_BEGINNING = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Usage:
    """The node hours of what is loaded."""

    begin: datetime | None
    """From when on they are counted: as far back as the loaded clusters reach. None: nothing is counted."""
    whole: bool
    """All clusters are loaded, so nothing before is missing."""
    jobs_begin: datetime | None
    """From when on it is known which packages ran; None: from the beginning."""
    spans: tuple[Span, ...]
    """By cluster, the most node hours first."""
    days: tuple[tuple[date, float], ...]
    """By day in the person's zone, the newest first, days without any between them."""
    packages: tuple[tuple[str, Share], ...]
    """By key of the package, the most node hours first; ``IDLE`` and ``UNKNOWN`` are not among them."""
    idle: float
    """Node hours in which no loaded job ran."""
    unknown: float
    """Node hours before the loaded jobs."""
    untimed: tuple[Cluster, ...]
    """Clusters that cannot be counted: their times or nodes are not told."""

    @property
    def hours(self) -> float:
        """All node hours."""
        return sum(span.hours for span in self.spans)

    @property
    def production(self) -> float:
        """Node hours of clusters that are no sandboxes: those that a plan has a price for."""
        return sum(span.hours for span in self.spans if span.cluster.type != "sandbox")


def usage(ctx: Context) -> Usage:
    """Return the usage, as far back as clusters are loaded."""
    clusters, jobs = ctx.store.good("clusters"), ctx.store.good("jobs")
    reach = reached(ctx, "clusters")
    spans, untimed = [], []
    for cluster in clusters:
        span = span_of(cluster, ctx.now)
        if span is None:
            if costs(cluster):
                untimed.append(cluster)
        elif span.end > (reach or _BEGINNING):
            spans.append(Span(cluster, max(span.begin, reach or _BEGINNING), span.end))
    spans.sort(key=lambda span: (-span.hours, span.cluster.id))
    known = reached(ctx, "jobs")
    shares = shared(spans, jobs, ctx.now, known)
    idle, unknown = (shares.pop(name, Share()).hours for name in (IDLE, UNKNOWN))
    begin = min((span.begin for span in spans), default=None)
    return Usage(
        begin,
        reach is None,
        known,
        tuple(spans),
        tuple(by_day(spans, ctx.zone)),
        tuple(sorted(shares.items(), key=lambda pair: (-pair[1].hours, pair[0]))),
        idle,
        unknown,
        tuple(untimed),
    )


def reached(ctx: Context, kind: str) -> datetime | None:
    """Return how far back the loaded items of a kind reach; None: they are all of them."""
    held = ctx.store.of(kind)
    if not held.more:
        return None
    times = (item.created_at for item in ctx.store.good(kind) if item.created_at is not None)
    return min(times, default=ctx.now)


def limiting(ctx: Context) -> str | None:
    """Return the kind of which older ones tell more: the one that reaches back less; None when all is loaded."""
    reaches = {kind: reach for kind in ("clusters", "jobs") if (reach := reached(ctx, kind)) is not None}
    return max(reaches, key=lambda kind: reaches[kind], default=None)

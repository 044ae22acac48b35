"""Node hours by day, cluster and package, from what is loaded: an estimate. Pure.

A cluster costs nodes × time from when it was available until it was terminated. Only its present number of nodes is
told, so earlier ones are taken to be the same. A package gets the node time in which its jobs ran; jobs that ran at the
same time share it evenly, and what is left over is idle.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo

from xplenty_tui.api.billing import Plan, Subscription
from xplenty_tui.api.clusters import Cluster
from xplenty_tui.api.jobs import Job
from xplenty_tui.api.wire import Number
from xplenty_tui.core.declare import Context
from xplenty_tui.resources import history, load

HOUR = timedelta(hours=1)
ENDING = frozenset({"pending_terminate", "terminating"})
"""Statuses in which a cluster still has its nodes, beside those in which it can run jobs."""
LONGEST = timedelta(days=1100)
"""A cluster that is told to be up for longer is not believed."""
IDLE, UNKNOWN = "idle", "unknown"
"""What stands in the place of a package: nothing ran; what ran is not loaded."""
_BEGINNING = datetime.min.replace(tzinfo=UTC)


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


@dataclass(slots=True)
class Share:
    """What a package used."""

    hours: float = 0.0
    failed: float = 0.0
    """Of these, in runs that failed."""
    runs: set[int] = field(default_factory=set)


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


@dataclass(frozen=True, slots=True)
class Price:
    """What a node hour costs by the plan."""

    cents: float
    currency: str
    included: float
    """Node hours that the plan includes (a month), which are not taken off."""
    told_by: str
    """In words, what tells it: ``plan Pro``."""

    def of(self, hours: float) -> float:
        """Return the price of node hours, in units of the currency."""
        return hours * self.cents / 100


def price_of(subscription: Subscription | None, plans: Sequence[Plan]) -> tuple[Price | None, str]:
    """Return the price of a node hour by the account's plan, or None and why it is not told.

    Subscriptions may name their plan by a number that no plan has; then all plans have to agree on the price.
    """
    if subscription is None or subscription.plan_id is None:
        return None, "the subscription names no plan"
    name = str(subscription.plan_id)
    plan = next((one for one in plans if str(one.id) == name), None)
    if plan is not None:
        called = plan.name or name
        price = _price(plan, f"plan {called}", plan.cluster_node_hours_included)
        return price, "" if price is not None else f"plan {called} names no price for a node hour"
    alike = {_price(one, "every plan", None) for one in plans}
    found = next(iter(alike)) if len(alike) == 1 else None
    return found, "" if found is not None else f"plan {name} is not among the plans that are told"


def _price(plan: Plan, told_by: str, included: Number | None) -> Price | None:
    """Return what a node hour costs by a plan; None where it names no price, or one for another unit."""
    cents, unit = plan.cluster_node_price_cents, plan.cluster_node_price_unit or "hour"
    if not cents or not 0 < cents < 1e9 or unit != "hour":
        return None
    hours = float(included) if included is not None and included > 0 else 0.0
    return Price(float(cents), plan.cluster_node_price_currency, hours, told_by)


def limiting(ctx: Context) -> str | None:
    """Return the kind of which older ones tell more: the one that reaches back less; None when all is loaded."""
    reaches = {kind: reach for kind in ("clusters", "jobs") if (reach := reached(ctx, kind)) is not None}
    return max(reaches, key=lambda kind: reaches[kind], default=None)

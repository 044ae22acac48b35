"""The lines of the node hours by day, cluster and package: bars, figures, what they cost. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Link, Row, Tone
from xplenty_tui.resources import history, parts
from xplenty_tui.resources.node_price import Price
from xplenty_tui.resources.usage import Usage

BAR = 8
"""Cells of the longest bar."""
DAYS, CLUSTERS, PACKAGES = 7, 8, 12
"""Lines of each part; the rest is added up in one."""
PRICE = 10
"""Cells of a price."""
NAME = 20
"""Cells of a name, so that figures have room on a small terminal."""
_EIGHTHS = " ▏▎▍▌▋▊▉"


def bar(part: float, ascii_: bool) -> str:
    """Return a bar of ``BAR`` cells for a part from 0 to 1; what is not nothing is seen."""
    part = min(max(part, 0.0), 1.0)
    eighths = max(round(part * BAR * 8), 1 if part > 0 else 0)
    if ascii_:
        return ("#" * max(round(part * BAR), 1 if part > 0 else 0)).ljust(BAR)
    full, rest = divmod(eighths, 8)
    return ("█" * full + (_EIGHTHS[rest] if rest else "")).ljust(BAR)


@dataclass(frozen=True, slots=True)
class Figures:
    """What the lines are made of."""

    found: Usage
    ctx: Context
    price: Price | None

    def line(self, hours: float, most: float, more: str = "", *, paid: bool = True) -> str:
        """Return bar, node hours, part of all, price and what else there is to say."""
        share = f"{hours / self.found.hours:.0%}" if self.found.hours else ""
        cost = "" if self.price is None else f"{self.price.of(hours):,.2f}" if paid else "sandbox"
        drawn = bar(hours / most if most else 0.0, self.ctx.ascii)
        return f"{drawn} {number(hours):>6} {share:>4}{cost:>{PRICE if self.price else 0}} {more}".rstrip()

    def rest(self, hours: Sequence[float], noun: str) -> Iterator[Row]:
        """Yield one line for all that has no line of its own."""
        if hours:
            yield Row(self.line(sum(hours), 0.0), label=f"{words.count(len(hours), noun)} more", tone=Tone.DIM)


def number(hours: float) -> str:
    """Return node hours as they are read: tenths below a thousand."""
    return words.number(round(hours, 1) if hours < 1000 else round(hours))


def _day(day: date, ctx: Context) -> str:
    today = ctx.now.astimezone(ctx.zone).date()
    return "today" if day == today else f"{day:%a} {day.day} {day:%b}"


def by_day(one: Figures) -> Iterator[Row]:
    """Yield one line a day, the newest first."""
    days = one.found.days
    most = max((hours for _, hours in days), default=0.0)
    for day, hours in days[:DAYS]:
        yield Row(one.line(hours, most), label=_day(day, one.ctx))
    if rest := days[DAYS:]:
        total = sum(hours for _, hours in rest)
        said = one.line(total, 0.0, f"{number(total / len(rest))} a day")
        yield Row(said, label=f"{words.count(len(rest), 'day')} before", tone=Tone.DIM)


def by_cluster(one: Figures) -> Iterator[Row]:
    """Yield one line a cluster, the most node hours first."""
    spans = one.found.spans
    times = "x" if one.ctx.ascii else "×"
    for span in spans[:CLUSTERS]:
        cluster = span.cluster
        sandbox = cluster.type == "sandbox"
        said = [f"{cluster.nodes} {times} {words.duration(span.end - span.begin)}"]
        said += ["sandbox"] if sandbox and one.price is None else []
        more = ", ".join(said if cluster.terminated_at else [*said, "up"])
        text = one.line(span.hours, spans[0].hours, more, paid=not sandbox)
        name = words.shorten(cluster.name or f"#{cluster.id}", NAME)
        yield Row(text, label=name, link=Link("clusters", str(cluster.id)))
    yield from one.rest([span.hours for span in spans[CLUSTERS:]], "cluster")


def by_package(one: Figures) -> Iterator[Row]:
    """Yield one line a package, then what was idle, then what is not known."""
    found = one.found
    most = max([share.hours for _, share in found.packages] + [found.idle, found.unknown], default=0.0)
    for key, share in found.packages[:PACKAGES]:
        failed = f", {number(share.failed)} failed" if share.failed > 0 else ""
        text = one.line(share.hours, most, f"{words.count(len(share.runs), 'run')}{failed}")
        yield Row(text, label=words.shorten(_name(key, one.ctx), NAME), link=Link("packages", key))
    yield from one.rest([share.hours for _, share in found.packages[PACKAGES:]], "package")
    if found.idle > 0:
        yield Row(one.line(found.idle, most, "no loaded job ran"), label="idle", tone=Tone.WARN)
    if found.unknown > 0:
        said = one.line(found.unknown, most, "before loaded jobs")
        yield Row(said, label="not known", tone=Tone.DIM)


def _name(key: str, ctx: Context) -> str:
    """Return the name of a package, from its jobs where it is not loaded itself."""
    named = (job.package.name for job in history.of_package(key, ctx) if job.package is not None and job.package.name)
    return next(named, None) or parts.name_of(ctx, "packages", key) or key

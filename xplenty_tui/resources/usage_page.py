"""The page of the node hours: how much, since when, by day, cluster and package, with bars and a price. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Link, Row, Tone
from xplenty_tui.core.page import Block, Heading
from xplenty_tui.resources import history, parts
from xplenty_tui.resources.usage import Price, Usage, limiting, usage

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
class _Figures:
    """What the lines are made of."""

    found: Usage
    ctx: Context
    price: Price | None

    def line(self, hours: float, most: float, more: str = "", *, paid: bool = True) -> str:
        """Return bar, node hours, part of all, price and what else there is to say."""
        share = f"{hours / self.found.hours:.0%}" if self.found.hours else ""
        cost = "" if self.price is None else f"{self.price.of(hours):,.2f}" if paid else "sandbox"
        drawn = bar(hours / most if most else 0.0, self.ctx.ascii)
        return f"{drawn} {_number(hours):>6} {share:>4}{cost:>{PRICE if self.price else 0}} {more}".rstrip()

    def rest(self, hours: Sequence[float], noun: str) -> Iterator[Row]:
        """Yield one line for all that has no line of its own."""
        if hours:
            yield Row(self.line(sum(hours), 0.0), label=f"{words.count(len(hours), noun)} more", tone=Tone.DIM)


def page(ctx: Context, price: Price | None, why: str) -> list[Block]:
    """Return the page; ``why`` says in a sentence why there is no price, and is empty when there is one."""
    unknown = _unknown(ctx)
    if unknown is not None:
        return [unknown]
    found = usage(ctx)
    blocks: list[Block] = [*_summary(found, ctx, price, why)]
    if not found.spans:
        return blocks
    figures = _Figures(found, ctx, price)
    blocks += [Heading("days", "By day", hint=_hint(price)), *_days(figures)]
    blocks += [Heading("clusters", "By cluster", hint=_hint(price)), *_clusters(figures)]
    shared = "jobs at the same time share evenly; failed: node hours lost"
    blocks += [Heading("packages", "By package", hint=shared), *_packages(figures)]
    return blocks


def _hint(price: Price | None) -> str:
    return "node hours" + (f", part of all, {price.currency or 'price'} (estimate)" if price else ", part of all")


def _unknown(ctx: Context) -> Row | None:
    """Return what to say while the clusters or jobs are not known; None when they are."""
    for kind in ("clusters", "jobs"):
        held = ctx.store.of(kind)
        if held.loaded_at is None and held.error is not None:
            said = (getattr(held.error, "sentence", "") or str(held.error)).rstrip(". ")
            return Row(f"The {kind} could not be loaded: {said}. R tries again.", tone=Tone.BAD)
        if held.loaded_at is None:
            return Row(f"Loading {kind} …", tone=Tone.DIM)
    return None


def _summary(found: Usage, ctx: Context, price: Price | None, why: str) -> Iterator[Row]:
    if found.begin is None:
        yield Row(
            "No loaded cluster has used node hours." if not found.whole else "No cluster has used node hours yet."
        )
    else:
        idle = f", {found.idle / found.hours:.0%} of them idle" if found.idle > 0 else ""
        since = f"{words.when(found.begin, ctx.now, ctx.zone)} ({words.duration(ctx.now - found.begin)})"
        yield Row(f"About {_number(found.hours)} node hours since {since}{idle}", tone=Tone.STRONG)
        yield from _price(found, price, why)
        yield Row("An estimate: clusters are counted with their latest number of nodes.", tone=Tone.DIM)
    if found.untimed:
        names = ", ".join(cluster.name or f"#{cluster.id}" for cluster in found.untimed[:3])
        more = f" and {len(found.untimed) - 3} more" if len(found.untimed) > 3 else ""
        yield Row(f"Not counted, because their times or nodes are not told: {names}{more}.", tone=Tone.WARN)
    yield Row(_reach(found, ctx), tone=Tone.DIM)


def _price(found: Usage, price: Price | None, why: str) -> Iterator[Row]:
    if price is None:
        yield Row(f"No price: {why}." if why else "Asking for the price (2 credits) …", tone=Tone.DIM)
        return
    included = f"; {_number(price.included)} included are not taken off" if price.included else ""
    sandbox = "" if found.production == found.hours else ", without sandboxes"
    said = f"{price.of(found.production):,.2f} {price.currency}".rstrip()
    yield Row(f"About {said} at {price.cents / 100:,.2f} a node hour by {price.told_by}{sandbox}{included}")


def _reach(found: Usage, ctx: Context) -> str:
    """Say how far back it reaches, and what more would cost."""
    kind = limiting(ctx)
    clusters = ctx.store.of("clusters").items
    loaded = "All clusters loaded" if found.whole else f"Newest {words.count(len(clusters), 'cluster')} loaded"
    jobs = f", jobs to {words.when(found.jobs_begin, ctx.now, ctx.zone)}" if found.jobs_begin else ", all jobs"
    return f"{loaded}{jobs}." + (f" m: 100 older {kind}, 1 credit." if kind else "")


def _number(hours: float) -> str:
    return words.number(round(hours, 1) if hours < 1000 else round(hours))


def _day(day: date, ctx: Context) -> str:
    today = ctx.now.astimezone(ctx.zone).date()
    return "today" if day == today else f"{day:%a} {day.day} {day:%b}"


def _days(one: _Figures) -> Iterator[Row]:
    days = one.found.days
    most = max((hours for _, hours in days), default=0.0)
    for day, hours in days[:DAYS]:
        yield Row(one.line(hours, most), label=_day(day, one.ctx))
    if rest := days[DAYS:]:
        total = sum(hours for _, hours in rest)
        said = one.line(total, 0.0, f"{_number(total / len(rest))} a day")
        yield Row(said, label=f"{words.count(len(rest), 'day')} before", tone=Tone.DIM)


def _clusters(one: _Figures) -> Iterator[Row]:
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


def _packages(one: _Figures) -> Iterator[Row]:
    found = one.found
    most = max([share.hours for _, share in found.packages] + [found.idle, found.unknown], default=0.0)
    for key, share in found.packages[:PACKAGES]:
        failed = f", {_number(share.failed)} failed" if share.failed > 0 else ""
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

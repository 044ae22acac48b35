"""The page of the node hours: how much, since when, by day, cluster and package, with bars and a price. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Row, Tone
from xplenty_tui.core.page import Block, Heading
from xplenty_tui.resources import parts
from xplenty_tui.resources.node_price import Price
from xplenty_tui.resources.usage import Usage, limiting, usage
from xplenty_tui.resources.usage_lines import Figures, by_cluster, by_day, by_package, number


def page(ctx: Context, price: Price | None, why: str) -> list[Block]:
    """Return the page; ``why`` says in a sentence why there is no price, and is empty when there is one."""
    for kind in ("clusters", "jobs"):
        if (unknown := parts.unloaded(kind, ctx)) is not None:
            return [unknown]
    found = usage(ctx)
    blocks: list[Block] = [*_summary(found, ctx, price, why)]
    if not found.spans:
        return blocks
    figures = Figures(found, ctx, price)
    blocks += [Heading("days", "By day", hint=_hint(price)), *by_day(figures)]
    blocks += [Heading("clusters", "By cluster", hint=_hint(price)), *by_cluster(figures)]
    shared = "jobs at the same time share evenly; failed: node hours lost"
    blocks += [Heading("packages", "By package", hint=shared), *by_package(figures)]
    return blocks


def _hint(price: Price | None) -> str:
    return "node hours" + (f", part of all, {price.currency or 'price'} (estimate)" if price else ", part of all")


def _summary(found: Usage, ctx: Context, price: Price | None, why: str) -> Iterator[Row]:
    if found.begin is None:
        yield Row(
            "No loaded cluster has used node hours." if not found.whole else "No cluster has used node hours yet."
        )
    else:
        idle = f", {found.idle / found.hours:.0%} of them idle" if found.idle > 0 else ""
        since = f"{words.when(found.begin, ctx.now, ctx.zone)} ({words.duration(ctx.now - found.begin)})"
        yield Row(f"About {number(found.hours)} node hours since {since}{idle}", tone=Tone.STRONG)
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
    included = f"; {number(price.included)} included are not taken off" if price.included else ""
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

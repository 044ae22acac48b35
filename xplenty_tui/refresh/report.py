"""Where the credits go, as a page: the hour, who spent it and why, and what the plan makes of the rest. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from xplenty_tui.api.credits import HOUR_S, Meter, Reason
from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Row, Tone
from xplenty_tui.core.page import Block, Heading
from xplenty_tui.refresh.around import label
from xplenty_tui.refresh.loop import Loop
from xplenty_tui.refresh.plan import USUAL_LIMIT
from xplenty_tui.refresh.purse import Purse
from xplenty_tui.refresh.wants import BEHIND, GONE, NEWS, PROGRESS

HEIGHT = 5
"""Lines of the chart."""
OURS, THEIRS, NOTHING = "█", "▒", " "
ASCII = str.maketrans({"█": "#", "▒": ":", "░": ".", "·": "-", "│": "|", "└": "+", "─": "-"})
BAR = 24
"""Cells of the longest bar."""

GAUGE = 16
"""Cells of the gauge."""

REASONS = {
    Reason.ASKED: "asked for with a key",
    Reason.OPENED: "screens opened",
    Reason.VISIBLE: "kept fresh on screen",
    Reason.RUNNING: "running jobs, unseen",
    Reason.REST: "other lists, unseen",
    Reason.GONE: "looking for deletions",
}
PARTS = {NEWS: "changes", PROGRESS: "progress", GONE: "deletions", BEHIND: "catching up"}


def report(loop: Loop, ctx: Context) -> list[Block]:
    """Return the blocks of the credits page."""
    purse, meter = loop.purse, loop.purse.meter
    blocks: list[Block] = [*_left(purse, ctx)]
    blocks += [Heading("hour", "THE LAST HOUR", hint=_legend(meter, ctx)), *_chart(meter.minutes(), ctx)]
    calls = meter.calls()
    blocks += [Heading("reasons", "WHY WE SPENT"), *_bars(Counter(REASONS[call.reason] for call in calls), ctx)]
    blocks += [Heading("kinds", "ON WHAT"), *_bars(Counter(call.kind for call in calls), ctx)]
    blocks += [Heading("plan", "THE PLAN NOW"), *_plan(loop)]
    blocks += [Heading("intervals", "INTERVALS", hint="of the screen you came from, and of what is kept unseen")]
    blocks += _intervals(loop)
    return blocks


def gauge(part: float, width: int, ctx_ascii: bool) -> str:
    """Return a bar of ``width`` cells, filled for ``part`` of it."""
    full = round(min(max(part, 0.0), 1.0) * width)
    text = OURS * full + "░" * (width - full)
    return text.translate(ASCII) if ctx_ascii else text


def lasts(meter: Meter) -> tuple[str, Tone]:
    """Return for how long the rest lasts at the present pace, in words."""
    seconds = meter.lasts_s()
    if meter.remaining is None:
        return "", Tone.DIM
    if seconds is None:
        return "lasts the hour", Tone.GOOD
    minutes = int(seconds // 60)
    return (f"lasts {minutes} min" if minutes else "nearly used up"), Tone.BAD if minutes < 15 else Tone.WARN


def _left(purse: Purse, ctx: Context) -> Iterator[Row]:
    meter = purse.meter
    if meter.remaining is None or meter.limit is None:
        yield Row("not told yet; the first answer tells", "left")
        return
    said, tone = lasts(meter)
    part = meter.remaining / meter.limit if meter.limit else 0.0
    yield Row(f"{gauge(part, GAUGE, ctx.ascii)}  {meter.remaining:,} of {meter.limit:,}, {said}", "left", tone)
    yield Row(f"{meter.burn():,}, of these {meter.background():,} by the background", "spent by us, last hour")
    yield Row(f"{meter.others():,} at least", "by others, last hour")
    drain = meter.drain()
    yield Row(
        f"{drain:,.0f} an hour more than comes back" if drain else "nothing that does not come back", "others, lately"
    )
    if meter.reset_s is None:
        yield Row("start not seen yet: the rest is made to last 1 hour", "the hour", Tone.DIM)
    else:
        ago = words.duration(meter.monotonic() - meter.reset_s)
        yield Row(f"began anew {ago} ago, {words.duration(meter.horizon_s())} to go", "the hour")


def _legend(meter: Meter, ctx: Context) -> str:
    most = max((ours + theirs for ours, theirs in meter.minutes()), default=0)
    ours, theirs = (OURS.translate(ASCII), THEIRS.translate(ASCII)) if ctx.ascii else (OURS, THEIRS)
    return f"{ours} ours  {theirs} others'  a column is a minute, the highest {most}"


def _chart(minutes: Sequence[tuple[int, int]], ctx: Context) -> Iterator[Row]:
    """Draw ours below, others' above, one column a minute; what is not nothing is at least a cell high."""
    most = max((ours + theirs for ours, theirs in minutes), default=0)
    if not most:
        yield Row("nothing was spent", tone=Tone.DIM)
        return
    columns = [_column(ours, theirs, most) for ours, theirs in minutes]
    for level in range(HEIGHT - 1, -1, -1):
        line = "│" + "".join(column[level] for column in columns)
        yield Row(line.translate(ASCII) if ctx.ascii else line, label=f"{most}" if level == HEIGHT - 1 else " ")
    axis = "└" + "─" * len(columns)
    yield Row(axis.translate(ASCII) if ctx.ascii else axis, label="0")
    yield Row(f" {'an hour ago':<30}{'now':>30}", label=" ", tone=Tone.DIM)


def _column(ours: int, theirs: int, most: int) -> str:
    own = max(1, round(ours * HEIGHT / most)) if ours else 0
    both = max(own + (1 if theirs else 0), round((ours + theirs) * HEIGHT / most))
    both, own = min(both, HEIGHT), min(own, HEIGHT - (1 if theirs else 0))
    return (OURS * own + THEIRS * (both - own)).ljust(HEIGHT, NOTHING)


def _bars(counted: Counter[str], ctx: Context) -> Iterator[Row]:
    if not counted:
        yield Row("nothing yet", tone=Tone.DIM)
    for name, count in counted.most_common():
        share = count / counted.total()
        bar = gauge(count / counted.most_common(1)[0][1], BAR, ctx.ascii).rstrip("░.")
        yield Row(f"{count:>5,}  {share:>4.0%}  {bar}", name)


def _plan(loop: Loop) -> Iterator[Row]:
    purse, decision = loop.purse, loop.decision
    limit = purse.meter.limit or USUAL_LIMIT
    share = int(limit * purse.knobs.share)
    others = purse.others
    yield Row(f"{share:,} an hour ({purse.knobs.share:.0%} of {limit:,})", "share of the background")
    yield Row(f"{purse.reserve:,} credits that only your own keys may spend", "reserve")
    yield Row(f"{decision.rate:,.0f} an hour; wanted {decision.demand:,.0f}", "allowed now")
    yield Row(_pace(loop), "pace", Tone.WARN if decision.stretch > 1 or purse.guard.blocked else Tone.PLAIN)
    if others.live or others.spent:
        said = f"{words.count(others.live, 'session')} ({others.away} away), {others.spent:,} credits in the last hour"
        yield Row(said, "yours beside, on this host")
    if purse.trouble:
        yield Row(purse.trouble, "yours beside, on this host", Tone.WARN)


def _pace(loop: Loop) -> str:
    decision = loop.decision
    if loop.paused:
        return "paused by you (p); what you ask for is still fetched"
    if loop.purse.guard.blocked:
        return "waiting for a free check of the credits"
    if decision.stretch <= 1:
        return decision.why
    return f"all intervals {decision.stretch:.1f} times longer: {decision.why}"


def _intervals(loop: Loop) -> Iterator[Row]:
    """Yield one line a fetch that goes on by itself: planned interval, the next one, the age of what is known."""
    found = False
    for want, planned in loop.purse.last.planned.items():
        kind, _, what = want.rpartition(".")
        beside = want in loop.around
        if planned is None or not (beside or what in PARTS):
            continue
        found = True
        age = loop.around.age_s(want) if beside else loop.age_s(kind, what)
        known = f"{words.duration(age)} old" if age is not None else "not yet looked"
        old = "  old" if not beside and loop.aged(kind, what) else ""
        yield Row(
            f"every {words.duration(planned):<7} {HOUR_S / planned:>6,.1f}/h   {known}{old}",
            label(want) if beside else f"{kind} {PARTS[what]}",
            Tone.WARN if old else Tone.PLAIN,
        )
    if not found:
        yield Row("nothing is fetched by itself", tone=Tone.DIM)

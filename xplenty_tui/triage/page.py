"""The triage page: what is wrong, worst first; what runs, what comes next, what it costs. Pure: no screen, no wire."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Resource, Row, Tone
from xplenty_tui.core.page import Block, Entry, Heading, Sign
from xplenty_tui.resources import history, parts
from xplenty_tui.triage.incidents import Incident
from xplenty_tui.triage.problem import Problem, Severity
from xplenty_tui.triage.work import Most, active, age, work

KINDS = ("jobs", "clusters", "schedules", "packages")
"""The kinds that the page is drawn from."""
PROBLEMS = "problems"
"""The name of the first part."""
MORE = "more problems"
"""The key of the line that stands for problems that are not shown."""
CALM = "calm"
"""The key of the line that says that nothing is wrong."""
DAY = timedelta(hours=24)
"""How far back failures are counted."""
TALL, USUAL = 30, 36
"""Lines from which all parts are shown at once, and lines of a window that has no room to spare."""
FEW = 3
"""Problems that have a second line in a low terminal."""
_SIGNS: Mapping[Severity, tuple[str, str, Tone]] = {
    Severity.ERROR: ("✗", "x", Tone.BAD),
    Severity.WARNING: ("▲", "!", Tone.WARN),
    Severity.NOTE: ("•", "*", Tone.DIM),
}
_INCIDENT = "incident "
_MARGIN = 3
"""Cells of the title line that are kept free: before its left end and between its two."""

Piece = tuple[str, Tone]


@dataclass(frozen=True, slots=True)
class Seen:
    """How much a person sees of the page, and what was unfolded."""

    rows: int = USUAL
    """Lines of the window."""
    open: frozenset[str] = frozenset()
    """Keys of the entries that are unfolded."""
    under: str = ""
    """The key of the entry under the cursor, which is never hidden."""


def page(
    ctx: Context, incidents: Sequence[Incident], resources: Mapping[str, Resource[Any]], seen: Seen
) -> list[Block]:
    """Return the blocks of the page; ``resources`` must have the kinds of ``KINDS``."""
    most = Most.of(seen.rows - USUAL)
    room = seen.rows - most.lines - 2 if seen.rows >= TALL else None  # the heading, and the last line of the place
    shown = [entry for one in incidents for entry in _entries(one, ctx, seen)]
    shown = _cut(shown, room, seen)
    inline = sum(2 - entry.dim for entry in shown) <= room if room is not None else len(shown) <= FEW
    shown = [entry if inline and not entry.dim else replace(entry, detail="") for entry in shown]
    top = Heading(PROBLEMS, "PROBLEMS", ends=("", "SINCE", "") if shown else (), passed=True)
    gaps = list(_gaps(ctx, resources))
    if any(not one.recovered for one in incidents):
        said: list[Block] = [*shown, *gaps, *_reach(ctx, resources)]
    else:
        said = [*gaps, *_calm(ctx, resources), *_reach(ctx, resources), *shown]
    return [top, *said, *work(ctx, resources, most)]


def told(incidents: Sequence[Incident], key: str) -> tuple[Incident, Problem] | None:
    """Return what an entry is about: its incident, and the problem that stands for it; None when it is none."""
    for incident in incidents:
        if key == _INCIDENT + incident.key:
            return incident, incident.problems[0]
        for problem in incident.problems:
            if problem.key == key:
                return incident, problem
    return None


def fold_of(incident: Incident) -> str:
    """Return the key of the entry that stands for the whole incident; empty when it is one problem alone."""
    return _INCIDENT + incident.key if len(incident.problems) > 1 else ""


def headline(ctx: Context, incidents: Sequence[Incident], width: int = 0) -> tuple[list[Piece], list[Piece]]:
    """Return what the title line says: the problems at its left end, the jobs at its right, in fewer words if narrow.

    ``width`` is in cells; 0: there is room.
    """
    jobs = ctx.store.of("jobs")
    if jobs.loaded_at is None:
        missing: Piece = ("jobs not loaded", Tone.BAD) if jobs.error else ("loading…", Tone.DIM)
        return _problems(ctx, incidents) if incidents else [("Triage", Tone.STRONG)], [missing]
    busy = active(ctx)
    running = sum(job.status in history.RUNNING for job in busy)
    ends = _failures(ctx)
    failed = len(ends) - bisect_left(ends, ctx.now - DAY)
    more = "" if reaches_back(ctx) else "+"
    counts = (("running", running, "running"), ("queued", len(busy) - running, "queued"))
    left, last = _problems(ctx, incidents), f"{parts.symbol('failed', ctx, 'jobs')} {failed}{more} failed in 24 h"
    for named in (True, False):
        said = [f"{parts.symbol(status, ctx, 'jobs')} {count}{f' {word}' * named}  " for status, count, word in counts]
        if (
            not width
            or sum(words.cells(text) for text in (*(text for text, _ in left), *said, last)) + _MARGIN <= width
        ):
            break
    return left, [(text, Tone.DIM) for text in (*said, last)]


def _problems(ctx: Context, incidents: Sequence[Incident]) -> list[Piece]:
    now = [one for one in incidents if not one.recovered]
    over = len(incidents) - len(now)
    count = sum(len({problem.name for problem in one.problems if not problem.recovered}) for one in now)
    recovered: list[Piece] = [(f", {over} recovered", Tone.DIM)] if over else []
    if now:
        worst = max(one.severity for one in now)
        said = words.count(count, "problem") + (f" from {words.count(len(now), 'cause')}" if count > len(now) else "")
        return [(said, Tone.BAD if worst is Severity.ERROR else Tone.WARN), *recovered]
    if all(_sure(ctx, kind) for kind in KINDS):
        return [("no problems", Tone.GOOD), *recovered]
    return [("no problems known", Tone.DIM), *recovered]


def _sign(severity: Severity, ctx: Context, *, recovered: bool) -> Sign:
    if recovered:
        return parts.symbol("completed", ctx), Tone.DIM
    symbol, plain, tone = _SIGNS[severity]
    return plain if ctx.ascii else symbol, tone


def _ends(since: datetime | None, ctx: Context, count: int = 1) -> tuple[str, ...]:
    times = "" if count == 1 else f"x{count}" if ctx.ascii else f"×{count}"
    if since is None:
        return times, "", ""
    return times, words.when(since, ctx.now, ctx.zone), age(max(ctx.now - since, timedelta()))


def _entries(incident: Incident, ctx: Context, seen: Seen) -> Iterable[Entry]:
    """Return the line of an incident, and those of its problems where it is unfolded."""
    problems = incident.problems
    if len(problems) == 1:
        yield _entry(problems[0], ctx, holds=(_INCIDENT + incident.key,))
        return
    key = fold_of(incident)
    is_open = key in seen.open
    first = problems[0]
    yield Entry(
        key,
        _sign(incident.severity, ctx, recovered=incident.recovered),
        incident.name,
        incident.sentence,
        _ends(incident.since, ctx, len(problems)),
        parts.joined(f"one incident, {len(problems)} problems", f"first: {first.name}", first.detail),
        open=is_open,
        dim=incident.recovered,
        holds=() if is_open else tuple(problem.key for problem in problems),
    )
    if is_open:
        yield from (_entry(problem, ctx, depth=1) for problem in problems)


def _entry(problem: Problem, ctx: Context, depth: int = 0, holds: tuple[str, ...] = ()) -> Entry:
    return Entry(
        problem.key,
        _sign(problem.severity, ctx, recovered=problem.recovered),
        problem.name,
        problem.sentence,
        _ends(problem.since, ctx),
        problem.detail,
        problem.subject,
        depth=depth,
        dim=problem.recovered,
        holds=holds,
    )


def _cut(entries: list[Entry], room: int | None, seen: Seen) -> list[Entry]:
    """Return as many entries as leave the other parts in view, and a line for the rest; all where one is unfolded."""
    if room is None or len(entries) <= room or any(entry.open for entry in entries):
        return entries
    if MORE in seen.open:
        return [*entries, Entry(MORE, ("", Tone.DIM), "show fewer", open=True)]
    under = next((place for place, entry in enumerate(entries) if entry.key == seen.under), 0)
    kept = max(room - 1, under + 1)
    if kept >= len(entries):
        return entries
    rest = entries[kept:]
    held = tuple(one.key for one in rest)
    return [*entries[:kept], Entry(MORE, ("", Tone.DIM), f"{len(rest)} more", "below these", open=False, holds=held)]


def _failures(ctx: Context) -> Sequence[datetime]:
    """Return when the loaded jobs that failed ended, the oldest first."""
    return ctx.store.derive(
        "jobs", "failures", lambda jobs: sorted(job.ended_at for job in jobs if job.status == "failed" and job.ended_at)
    )


def reaches_back(ctx: Context) -> bool:
    """Tell whether the loaded jobs reach back over the whole ``DAY``."""
    if not ctx.store.of("jobs").more:
        return True
    oldest = _oldest(ctx)
    return oldest is not None and oldest <= ctx.now - DAY


def _oldest(ctx: Context) -> datetime | None:
    return ctx.store.derive(
        "jobs", "oldest", lambda jobs: min((job.created_at for job in jobs if job.created_at), default=None)
    )


def _sure(ctx: Context, kind: str) -> bool:
    """Tell whether what is known of a kind is the present."""
    held = ctx.store.of(kind)
    return held.loaded_at is not None and held.error is None and kind not in ctx.aged


def _calm(ctx: Context, resources: Mapping[str, Resource[Any]]) -> Iterable[Block]:
    """Say that nothing is wrong, what was looked at, and how old that is; only as far as it is known."""
    stamps = {kind: at for kind in KINDS if (at := ctx.store.of(kind).loaded_at) is not None}
    if not stamps:
        return
    length = ctx.now - min(stamps.values())
    old = "less than a minute" if length < timedelta(minutes=1) else age(length)
    looked = _looked_at(ctx, list(stamps), resources)
    if all(_sure(ctx, kind) for kind in KINDS):
        sign = (parts.symbol("completed", ctx), Tone.GOOD)
        yield Entry(CALM, sign, "Nothing needs you.", f"Looked at {old} ago.", detail=looked)
    else:
        yield Entry(
            CALM, ("", Tone.DIM), "No problem in what is known.", f"Looked at {old} ago.", detail=looked, dim=True
        )


def _looked_at(ctx: Context, kinds: Sequence[str], resources: Mapping[str, Resource[Any]]) -> str:
    """Return how many of which kinds were looked at, and how far back."""
    counts = []
    for kind in kinds:
        resource = resources[kind]
        oldest = _oldest(ctx) if kind == "jobs" else None
        back = f" back to {words.when(oldest, ctx.now, ctx.zone)}" if oldest else ""
        counts.append(words.count(len(ctx.store.of(kind).items), resource.singular, resource.title.lower()) + back)
    return ", ".join(counts)


def _gaps(ctx: Context, resources: Mapping[str, Resource[Any]]) -> Iterable[Row]:
    """Say of what nothing, or nothing new, is known: what is not seen is not well."""
    loading: list[str] = []
    failed: dict[str, list[str]] = {}
    stale: list[str] = []
    oldest = ctx.now
    for kind in KINDS:
        held, title = ctx.store.of(kind), resources[kind].title.lower()
        if held.empty:
            loading.append(title)
        elif held.loaded_at is None:
            why = (getattr(held.error, "sentence", "") or str(held.error)).rstrip(". ")
            failed.setdefault(why, []).append(title)
        elif not _sure(ctx, kind):
            stale.append(title)
            oldest = min(oldest, held.loaded_at)
    for why, titles in failed.items():
        yield Row(f"The {', '.join(titles)} could not be loaded: {why}. R tries again.", tone=Tone.BAD)
    if stale:
        said, old = ", ".join(stale).capitalize(), age(ctx.now - oldest)
        yield Row(f"{said}: {old} old, what happened since is not seen. R asks now.", tone=Tone.WARN)
    if loading:
        yield Row(f"Loading {', '.join(loading)} …", tone=Tone.DIM)


def _reach(ctx: Context, resources: Mapping[str, Resource[Any]]) -> Iterable[Row]:
    """Say how far back the jobs are known when that is less than a day."""
    if ctx.store.of("jobs").loaded_at is not None and not reaches_back(ctx):
        back = words.when(_oldest(ctx), ctx.now, ctx.zone)
        digit = resources["jobs"].digit
        yield Row(f"Jobs are loaded back to {back} only; {digit} and scrolling down loads older ones.", tone=Tone.DIM)

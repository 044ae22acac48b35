"""Which fetch is worth a credit now: a pure function of what is wanted, what was asked, the budget and the time.

Order: what a person asked for, then what is visible, then what runs, then the rest. All intervals stretch by the same
factor, so that what the background wants never exceeds what it may have: its share of the limit, divided by the
person's sessions, and what is left of the hour once others took what they take. Times are seconds of one monotonic
clock that the caller hands in; nothing here waits, fetches or remembers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from xplenty_tui.api.credits import HOUR_S

LONGEST_S = 300.0
"""However often a fetch fails, it is tried again after five minutes at the latest."""
MOST_DOUBLINGS = 16
"""Enough to reach any sensible wait, and small enough to count with after a month of failures."""
RECONNECT_S = (5.0, 10.0, 20.0, 40.0, 60.0)
"""Waits after the first, second … failure to reach the server: these tries cost no credits."""
USUAL_LIMIT = 5000
"""Credits an hour before the server has told its own number (README, Rate Limits)."""
RESERVE_PART = 4
"""The reserve is never more than this part (a quarter) of the limit."""
AT_ONCE = 4
"""Requests of the background that are in flight at the same time."""
RECHECK_S = 15.0
"""When there is no credit for what is due, the budget is looked at again after this long."""
TOGETHER = 0.95
"""Of a divided share, what is aimed at: sessions hear of each other's spending up to a beat late."""
STARVED = 3.0
"""Whoever waited this many planned intervals goes before those that are ranked higher."""


class Rank(IntEnum):
    """Who comes first."""

    ASKED = 0
    VISIBLE = 1
    RUNNING = 2
    REST = 3


@dataclass(frozen=True, slots=True)
class Knobs:
    """What a person can set of the plan."""

    share: float = 0.2
    """Part of the limit that the background may take, all sessions of this person on this host together."""
    reserve: int = 100
    """Credits that only a person's own actions may spend; a quarter of the limit at most."""
    fastest_s: float = 5.0
    """Nothing is asked for more often than this by itself."""
    progress_s: float = 15.0
    """Progress of what runs is not asked for more often than this."""
    idle_s: float = 600.0
    """Without a key for this long, nobody looks."""
    away_share: float = 0.02
    """Part of the limit for the background while nobody looks."""


@dataclass(frozen=True, slots=True)
class Want:
    """One fetch that may be worth a credit."""

    name: str
    """``jobs.news``: a kind and what of it."""
    every_s: float | None
    """Seconds between two fetches as things stand (seen or not); None: only when asked for."""
    asked_s: float | None = None
    """When it was last asked for; None: never."""
    in_flight: bool = False
    forced: bool = False
    """A person asked for it."""
    failures: int = 0
    """Failures in a row."""
    unreachable: bool = False
    """The last try did not reach the server, so another costs nothing."""
    rank: Rank = Rank.VISIBLE
    away_s: float | None = None
    """Seconds between two fetches while nobody looks; None: not at all then."""
    free: bool = False
    """It costs no credit."""
    credits: int = 1
    """What it costs at most: a credit a page, one page after the other."""

    @property
    def kind(self) -> str:
        """Return the first part of the name: of one kind only one fetch is in flight at a time."""
        return self.name.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Budget:
    """What there is to spend."""

    limit: int | None = None
    """Credits an hour; None before the first answer."""
    left: int | None = None
    """What should be left of them by now; None before the first answer."""
    drain: float = 0.0
    """Credits an hour that the hour loses beside our own calls."""
    horizon_s: float = HOUR_S
    """Seconds for which the rest has to last."""
    spent: int = 0
    """Background credits of the last hour, all sessions of this person on this host together."""
    spent_away: int = 0
    """Our own of them that were spent while nobody looked."""
    sessions: int = 1
    """Sessions that divide the share, this one among them."""
    away: bool = False
    """Nobody looks: no focus, or no key for long."""
    paused: bool = False
    blocked: bool = False
    """The server refused for want of credits, or is down: only free calls and a person's own are sent."""
    trial: bool = False
    """After a block: one call of the background may find out whether it is over."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What to fetch now, and why no more often."""

    go: tuple[str, ...] = ()
    """Names of what to fetch now, the first first."""
    wake_s: float | None = None
    """The moment to decide again; None: when something happens."""
    stretch: float = 1.0
    """All intervals are this many times longer than wanted."""
    rate: float = 0.0
    """Credits an hour that the background may have now."""
    demand: float = 0.0
    """Credits an hour that it would take unstretched."""
    why: str = ""
    """One sentence: what sets the pace."""
    planned: Mapping[str, float | None] = field(default_factory=dict)
    """Seconds between two fetches, by name; None: not by itself."""


def reserve_of(limit: int, knobs: Knobs) -> int:
    """Return the credits that the background leaves to the person."""
    return min(knobs.reserve, limit // RESERVE_PART)


def rate_of(budget: Budget, knobs: Knobs) -> tuple[float, str]:
    """Return how many credits an hour this session's background may take now, and what sets that."""
    limit = budget.limit or USUAL_LIMIT
    least = limit * knobs.away_share / budget.sessions
    if budget.away:
        rate, why = least, f"nobody looks: at most {knobs.away_share:.1%} of the limit".replace(".0%", "%")
    else:
        rate, why = limit * knobs.share / budget.sessions, f"the share of {knobs.share:.0%} of the limit"
        if budget.sessions > 1:
            rate *= TOGETHER
            why += f", divided by {budget.sessions} sessions of yours on this host"
    if budget.left is None:
        return rate, why
    reserve = reserve_of(limit, knobs)
    if budget.left <= reserve:
        return 0.0, f"only the reserve of {reserve:,} credits is left, and that is yours"
    hours = budget.horizon_s / HOUR_S
    even = (budget.left - reserve - budget.drain * hours) / hours
    if even < rate:
        # Others may stop, and a rolling hour gives back: as long as there is more than the reserve, a trickle goes on.
        rate = min(rate, max(even, least))
        why = f"{budget.left:,} credits are left for the hour"
        if budget.drain:
            why += f" and others take {budget.drain:,.0f} an hour"
    return rate, why


def interval_s(want: Want, *, away: bool) -> float | None:
    """Return the seconds wanted between two fetches; None: only when asked for."""
    if not away or want.free:
        return want.every_s
    if want.every_s is None or want.away_s is None:
        return None
    return max(want.every_s, want.away_s)


def wait_s(want: Want, every_s: float | None) -> float | None:
    """Return the seconds that have to lie between the last request and the next; None: no next one."""
    if every_s is None or not want.failures:
        return every_s
    if want.unreachable:
        return RECONNECT_S[min(want.failures, len(RECONNECT_S)) - 1]
    doublings, longest = min(want.failures, MOST_DOUBLINGS), max(LONGEST_S, every_s)
    if want.rank <= Rank.VISIBLE and want.every_s:  # somebody waits for it
        longest = max(LONGEST_S, min(every_s, LONGEST_S * every_s / want.every_s))
    return float(min(every_s * 2**doublings, longest))


def plan(wants: Iterable[Want], now_s: float, budget: Budget, knobs: Knobs) -> Decision:
    """Return what to fetch now, in order, and the moment to look again."""
    wants = list(wants)
    wanted = {want.name: interval_s(want, away=budget.away) for want in wants}
    demand = sum(want.credits * HOUR_S / every for want in wants if (every := wanted[want.name]) and not want.free)
    rate, why = rate_of(budget, knobs)
    stretch = max(1.0, demand / rate) if rate else 1.0
    planned = {want.name: _stretched(want, wanted[want.name], stretch) for want in wants}
    if demand <= rate:
        why = "nobody looks" if budget.away else "as often as is useful"
    dues = {want.name: due for want in wants if (due := _due_s(want, planned[want.name])) is not None}
    asked = [want for want in wants if want.forced and not want.in_flight]
    ready = [want for want in wants if want.name in dues and dues[want.name] <= now_s and not want.forced]
    free = [want for want in ready if want.free and not budget.paused]
    paid = sorted((want for want in ready if not want.free), key=lambda want: _turn(want, dues, planned, now_s))
    flying = _flying(wants, asked)
    chosen = [] if budget.paused else list(_chosen(paid, flying, *_room(flying, budget, knobs, rate)))
    later = [due for name, due in dues.items() if due > now_s and not budget.paused]
    if not budget.paused and len(paid) > len(chosen):
        later.append(now_s + RECHECK_S)
    go = tuple(want.name for want in [*asked, *free, *chosen])
    return Decision(go, min(later, default=None), stretch, rate, demand, why, planned)


def _stretched(want: Want, every_s: float | None, stretch: float) -> float | None:
    return every_s if every_s is None or want.free else every_s * stretch


def _due_s(want: Want, planned_s: float | None) -> float | None:
    """Return the moment from which ``want`` is worth a request; None: not by itself."""
    if want.in_flight or want.forced:
        return None
    wait = wait_s(want, planned_s)
    if wait is None:
        return None
    return float("-inf") if want.asked_s is None else want.asked_s + wait


def _turn(
    want: Want, dues: Mapping[str, float], planned: Mapping[str, float | None], now_s: float
) -> tuple[float, float]:
    """Return the place in the queue: by rank, then by waiting; who starved comes before all ranks.

    A first look is one of those: nobody can tell how long it has waited, and it comes once.
    """
    due, every = dues[want.name], planned[want.name] or 0.0
    starved = now_s - due > STARVED * every
    return (0.0 if starved else float(want.rank), due)


def _flying(wants: Iterable[Want], asked: Iterable[Want]) -> dict[str, int]:
    """Return what is in flight, or about to be: kinds, each with the credits that it may still cost."""
    flying: dict[str, int] = {}
    for want in [*(want for want in wants if want.in_flight), *asked]:
        if not want.free:
            flying[want.kind] = max(flying.get(want.kind, 0), want.credits)
    return flying


def _chosen(paid: Iterable[Want], flying: Mapping[str, int], calls: int, credits: int) -> Iterator[Want]:
    """Yield what there is room for, one a kind; what is too dear now lets cheaper ones go by."""
    kinds = set(flying)
    for want in paid:
        if calls > 0 and want.credits <= credits and want.kind not in kinds:
            kinds.add(want.kind)
            calls, credits = calls - 1, credits - want.credits
            yield want


def _room(flying: Mapping[str, int], budget: Budget, knobs: Knobs, rate: float) -> tuple[int, int]:
    """Return how many fetches the background may start now, and how many credits they may cost."""
    if not budget.trial and (budget.blocked or not rate):
        return 0, 0
    limit = budget.limit or USUAL_LIMIT
    room = [int(limit * knobs.share) - budget.spent]
    if budget.away:
        room.append(max(1, int(limit * knobs.away_share)) - budget.spent_away)
    if budget.left is not None and not budget.trial:
        room.append(budget.left - reserve_of(limit, knobs))
    one = budget.trial or budget.limit is None  # how much there is at all is told by the first answer
    return (1 if one else AT_ONCE) - len(flying), min(room) - sum(flying.values())

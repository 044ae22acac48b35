"""Which fetch is worth a credit now: a pure function of what is wanted, what was asked, and the time.

Times are seconds of one monotonic clock that the caller hands in; nothing here waits, fetches or remembers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_S = 300.0
"""However often a fetch fails, it is tried again after five minutes at the latest."""
MOST_DOUBLINGS = 16
"""Enough to reach any sensible wait, and small enough to count with after a month of failures."""
RECONNECT_S = (5.0, 10.0, 20.0, 40.0, 60.0)
"""Waits after the first, second … failure to reach the server: these tries cost no credits."""


@dataclass(frozen=True, slots=True)
class Want:
    """One list that may be worth fetching."""

    kind: str
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
    """The last failure was no answer at all, so a try costs nothing."""


def wait_s(want: Want) -> float | None:
    """Return the seconds that have to lie between the last request and the next; None: no next one."""
    if want.every_s is None:
        return None
    if not want.failures:
        return want.every_s
    if want.unreachable:
        return RECONNECT_S[min(want.failures, len(RECONNECT_S)) - 1]
    doublings = min(want.failures, MOST_DOUBLINGS)
    return float(min(want.every_s * 2**doublings, max(LONGEST_S, want.every_s)))


def due_s(want: Want) -> float | None:
    """Return the moment from which ``want`` is worth a request; None: not by itself."""
    if want.in_flight:
        return None
    if want.forced:
        return float("-inf")
    wait = wait_s(want)
    if wait is None:
        return None
    return float("-inf") if want.asked_s is None else want.asked_s + wait


def plan(wants: Iterable[Want], now_s: float, *, paused: bool = False) -> tuple[list[str], float | None]:
    """Return the kinds to fetch now, what a person asked for first, and the moment to look again."""
    dues = [(due, want) for want in wants if (due := due_s(want)) is not None and (want.forced or not paused)]
    now = sorted((pair for pair in dues if pair[0] <= now_s), key=lambda pair: (not pair[1].forced, pair[0]))
    later = [due for due, _ in dues if due > now_s]
    return [want.kind for _, want in now], min(later, default=None)

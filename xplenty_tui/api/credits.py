"""The meter: how many credits are left, who spends them, and why we spent ours. Pure; the client feeds it.

The API tells limit and remaining with every answer and nothing else (README, Rate Limits): what others spend, how fast
the hour empties and when it was filled again is inferred here. Times are seconds of one monotonic clock, so that a
clock that is set, or a host that slept, moves no spending into another hour.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

HOUR_S = 3600.0
"""The span of the limit: 5,000 calls an hour for a user or an address (README, Rate Limits)."""
TREND_S = 600.0
"""How far back the pace is looked at with which others empty the hour."""
TREND_LEAST_S = 60.0
"""A pace is not inferred from less than a minute."""
RESET_SHARE = 0.05
"""A rise by this share of the limit at once is the hour that begins anew; less is credits that come back one by one."""
LOST_S = 60.0
"""How long a call without an answer may still cost its credit: the server may get to it later."""
MINUTE_S = 60.0


class Reason(StrEnum):
    """Why a credit was spent."""

    ASKED = "asked"
    """A person pressed a key for it."""
    OPENED = "opened"
    """A person opened a screen that had nothing to show yet."""
    VISIBLE = "visible"
    """The background, for what is on the screen."""
    RUNNING = "running"
    """The background, for jobs that run while something else is on the screen."""
    REST = "rest"
    """The background, for lists that were loaded and are not on the screen."""
    GONE = "gone"
    """The background, looking page by page for what was deleted."""


BACKGROUND = frozenset({Reason.VISIBLE, Reason.RUNNING, Reason.REST, Reason.GONE})
"""Reasons for which nobody pressed a key: what the share limits."""

_reason: ContextVar[Reason] = ContextVar("reason", default=Reason.ASKED)


@contextmanager
def because(reason: Reason) -> Iterator[None]:
    """Account the calls made inside to ``reason``; without it they are asked for."""
    before = _reason.set(reason)
    try:
        yield
    finally:
        _reason.reset(before)


@dataclass(frozen=True, slots=True)
class Call:
    """One call of our own that cost a credit."""

    at_s: float
    kind: str
    """The first word of its path: ``jobs``."""
    reason: Reason


@dataclass(frozen=True, slots=True)
class Mark:
    """What was known when a question left: what its answer may have been overtaken by is what came since."""

    landed: int
    """How many own calls were over, with the one that is asked."""
    told: int
    """How many answers had said what is left."""


class Meter:
    """Credits left as the server last said, our own calls, and what must have been others'."""

    def __init__(self, clock: Callable[[], datetime], monotonic: Callable[[], float]) -> None:
        self.clock = clock
        """Aware, UTC."""
        self.monotonic = monotonic
        """Seconds."""
        self.limit: int | None = None
        """Credits an hour; None before the first answer."""
        self.remaining: int | None = None
        """Credits left of them; None before the first answer."""
        self.at_s: float | None = None
        """When the server last said so."""
        self.reset_s: float | None = None
        """When the hour was last seen to begin anew; None: not yet seen."""
        self._calls: deque[Call] = deque()
        self._others: deque[tuple[float, int]] = deque()
        self._drift: deque[tuple[float, int]] = deque()
        self._since_s: float | None = None
        self._left = self._landed = self._told = 0
        self._lost: deque[float] = deque()
        self._level: int | None = None
        self._level_fell = self._level_rose = self._remaining_told = 0

    # What the client says.

    def mark(self) -> Mark:
        """Return what is known as a free question leaves; hand it to ``seen`` with the answer."""
        return Mark(self._landed, self._told)

    def leaves(self) -> Mark:
        """Note that a call that costs a credit is on its way; hand what is returned to ``seen`` with its answer."""
        self._left += 1
        return Mark(self._landed + 1, self._told)

    def lands(self, kind: str, *, sent: bool = True, answered: bool = True) -> None:
        """Note that such a call is over.

        ``sent`` is False when it certainly never reached the server, ``answered`` when no answer came: then its
        credit may go only later.
        """
        if not sent:
            self._left -= 1
            return
        self._landed += 1
        self._calls.append(Call(self.monotonic(), kind, _reason.get()))
        if not answered:
            self._lost.append(self.monotonic())

    def seen(self, limit: int | None, remaining: int | None, mark: Mark | None = None) -> None:
        """Take what a response's headers (or the free status call) say; None leaves a figure as it was.

        Call it after ``lands`` of the same answer. Without a ``mark`` nothing landed since the question left.
        """
        if limit is None and remaining is None:
            return
        self.limit = self.limit if limit is None else limit
        self.at_s = self.monotonic()
        if remaining is not None:
            mark = self.mark() if mark is None else mark
            self._told += 1
            self._compare(remaining, mark, self.at_s)

    def _compare(self, remaining: int, mark: Mark, now_s: float) -> None:
        """Tell our own credits from what others took and from what came back.

        The level is what would be left had we never called. It was between ``low`` and ``high`` when the server wrote
        the answer: of our calls that were on their way beside it none may have been counted in it, or all. An answer
        that was overtaken by one that moved the level does not move it back.
        """
        while self._lost and self._lost[0] <= now_s - LOST_S:
            self._lost.popleft()
        high = remaining + self._left
        low = high - max(0, self._left - mark.landed) - len(self._lost)
        before = self._level
        if before is None:
            self._level, self._since_s = low, now_s
        elif high < before and mark.told >= self._level_rose:
            self._level, self._level_fell = high, self._told
            self._others.append((now_s, before - high))
            self._drift.append((now_s, before - high))
        elif low > before and mark.told >= self._level_fell:
            self._level, self._level_rose = low, self._told
            self._rose(low - before, now_s)
        overtaken = mark.told < self._remaining_told and self._level_rose != self._told
        if self.remaining is None or remaining <= self.remaining or not overtaken:
            self.remaining, self._remaining_told = remaining, self._told

    def _rose(self, count: int, now_s: float) -> None:
        if count >= max(2, RESET_SHARE * (self.limit or 0)):
            self.reset_s, self._since_s = now_s, now_s
            self._drift.clear()
        else:
            self._drift.append((now_s, -count))

    @property
    def flying(self) -> int:
        """How many calls that cost a credit are on their way."""
        return self._left - self._landed

    # What is asked of it.

    def calls(self, last_s: float = HOUR_S) -> list[Call]:
        """Return our own calls of the last ``last_s`` seconds (an hour at most), oldest first."""
        self._forget()
        since = self.monotonic() - last_s
        return [call for call in self._calls if call.at_s > since]

    def burn(self) -> int:
        """Return how many credits we spent within the last hour."""
        self._forget()
        return len(self._calls)

    def background(self) -> int:
        """Return how many of them nobody pressed a key for."""
        return sum(call.reason in BACKGROUND for call in self.calls())

    def others(self) -> int:
        """Return how many credits others took within the last hour, at least: what came back meanwhile hides some."""
        self._forget()
        return sum(count for _, count in self._others)

    def drain(self) -> float:
        """Return with how many credits an hour the hour empties beside our own calls; never below 0.

        In a rolling hour credits come back while others spend: this is the difference of the two.
        """
        if self._since_s is None:
            return 0.0
        now_s = self.monotonic()
        span = min(now_s - self._since_s, TREND_S)
        if span < TREND_LEAST_S:
            return 0.0
        lost = sum(count for at_s, count in self._drift if at_s > now_s - span)
        return max(0.0, lost * HOUR_S / span)

    def expected(self) -> int | None:
        """Return what should be left by now, when others went on as before since the server last said."""
        if self.remaining is None or self.at_s is None:
            return None
        passed = max(0.0, self.monotonic() - self.at_s)
        return int(max(0.0, self.remaining - self.flying - self.drain() * passed / HOUR_S))

    def horizon_s(self) -> float:
        """Return for how many seconds the rest has to last: an hour, or what is left of one that was seen to begin."""
        if self.reset_s is None:
            return HOUR_S
        return max(MINUTE_S, HOUR_S - (self.monotonic() - self.reset_s) % HOUR_S)

    def lasts_s(self) -> float | None:
        """Return for how many seconds the rest lasts at the present pace of all; None: for the whole horizon."""
        left = self.expected()
        if left is None:
            return None
        pace = self.drain() + len(self.calls(TREND_S)) * HOUR_S / TREND_S
        seconds = left * HOUR_S / pace if pace else HOUR_S
        return None if seconds >= self.horizon_s() else seconds

    def minutes(self) -> list[tuple[int, int]]:
        """Return (ours, others') for each of the last 60 minutes, oldest first."""
        self._forget()
        now_s = self.monotonic()
        ours: Counter[int] = Counter(int((now_s - call.at_s) // MINUTE_S) for call in self._calls)
        theirs: Counter[int] = Counter()
        for at_s, count in self._others:
            theirs[int((now_s - at_s) // MINUTE_S)] += count
        return [(ours[ago], theirs[ago]) for ago in range(59, -1, -1)]

    def _forget(self) -> None:
        since = self.monotonic() - HOUR_S
        while self._calls and self._calls[0].at_s <= since:
            self._calls.popleft()
        for noted in (self._others, self._drift):
            while noted and noted[0][0] <= since:
                noted.popleft()

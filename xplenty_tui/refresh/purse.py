"""What the background may spend, put together: the meter, the guard after a 429, other sessions, focus and keys."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from typing import Any

from xplenty_tui.api.credits import BACKGROUND, HOUR_S, MINUTE_S, Meter, Reason
from xplenty_tui.api.errors import ApiError, RateLimited, Unavailable
from xplenty_tui.api.limits import rate_limit_status
from xplenty_tui.refresh.guard import Block, Guard
from xplenty_tui.refresh.plan import USUAL_LIMIT, Budget, Decision, Knobs, Rank, Want, plan, reserve_of
from xplenty_tui.refresh.together import BEAT_S, Others, Pool
from xplenty_tui.refresh.wants import CREDITS

STALE_S = 300.0
"""A meter that is older than this is asked again; that call is free."""
NARROW_S = 60.0
"""The same while others empty the hour so fast that it could be over before the next answer of ours."""
LEAVE_S = 0.3
"""How long leaving waits for the disk."""
NARROW = 0.15
"""The part of the limit above the reserve from which that is so."""

Aside = Callable[[Callable[[], Any]], Awaitable[Any]]
"""Runs what blocks on a disk in a thread."""


class Purse:
    """The budget of one session. Feeds the plan, and hears how its calls end."""

    def __init__(
        self,
        meter: Meter,
        knobs: Knobs,
        *,
        jitter: Callable[[], float],
        pool: Pool | None = None,
        aside: Aside | None = None,
    ) -> None:
        self.meter, self.knobs, self.monotonic = meter, knobs, meter.monotonic
        self.guard = Guard(jitter)
        self.paused = False
        self.focused = True
        self.checking = False
        """A free call is under way."""
        self.others = Others()
        """The person's other sessions on this host."""
        self._pool, self._aside = pool, aside
        self.beat_s: float | None = self.monotonic() if pool is not None and aside is not None else None
        """When the other sessions are looked for again; None: never, or it is being done."""
        self._key_s = self.monotonic()
        self._checked_s: float | None = None
        self._unsupported = False
        self._away: list[float] = []
        self.last = Decision()
        """What the plan said when it was last asked."""

    @property
    def away(self) -> bool:
        """Whether nobody looks."""
        return not self.focused or self.monotonic() - self._key_s > self.knobs.idle_s

    @property
    def reserve(self) -> int:
        """Credits that are left to the person."""
        return reserve_of(self.meter.limit or USUAL_LIMIT, self.knobs)

    def touched(self) -> bool:
        """Note a key; tell whether somebody came back with it."""
        before, self._key_s = self.away, self.monotonic()
        return before and not self.away

    def starts(self, reason: Reason) -> None:
        """Note that a call is about to be made: those of the background while nobody looks are counted apart."""
        if self.away and reason in BACKGROUND:
            self._away.append(self.monotonic())

    def budget(self) -> Budget:
        """Return what there is to spend now."""
        meter, now_s = self.meter, self.monotonic()
        self._away = [at_s for at_s in self._away if at_s > now_s - HOUR_S]
        return Budget(
            limit=meter.limit,
            left=meter.expected(),
            drain=meter.drain(),
            horizon_s=meter.horizon_s(),
            spent=self._spent() + self.others.spent,
            spent_away=len(self._away),
            sessions=1 + (self.others.away if self.away else self.others.live - self.others.away),
            away=self.away,
            paused=self.paused,
            blocked=self.guard.blocked,
            trial=self.guard.blocked and self.guard.trial,
        )

    def _spent(self) -> int:
        """Return what counts against the share: all that no key was pressed for, the opening of screens too."""
        return sum(call.reason is not Reason.ASKED for call in self.meter.calls())

    def decide(self, wants: Iterable[Want]) -> Decision:
        """Ask the plan."""
        self._watch_reserve()
        self.last = plan([*wants, self._credits()], self.monotonic(), self.budget(), self.knobs)
        return self.last

    def next_s(self, name: str, wants: Iterable[Want]) -> float | None:
        """Return the seconds until the plan would fetch one want, were it alone; None: not by itself."""
        one = [want for want in wants if want.name == name]
        now_s = self.monotonic()
        decision = plan(one, now_s, self.budget(), self.knobs)
        if decision.go:
            return 0.0
        return None if decision.wake_s is None else decision.wake_s - now_s

    def _watch_reserve(self) -> None:
        left = self.meter.expected()
        if left is None:
            return
        if left <= self.reserve:
            if not (self.guard.trial and self._unsupported):  # nothing but that call can tell whether more is left
                self.guard.strike(Block.RESERVE, self.monotonic())
        elif self.guard.why is Block.RESERVE:
            self.guard.clear()

    def _credits(self) -> Want:
        """Return the free call: at the start, when the meter is old, and on the guard's ladder."""
        guard = self.guard
        if guard.blocked:
            every = None if guard.trial else guard.check_s - guard.since_s
            return Want(CREDITS, every, guard.since_s, self.checking, free=True, rank=Rank.RUNNING)
        every, checked_s = NARROW_S if self._narrow() else STALE_S, self._checked_s
        if self._unsupported:
            every = HOUR_S
        if checked_s is not None and self.meter.at_s is not None:
            checked_s = max(checked_s, self.meter.at_s)
        return Want(CREDITS, every, checked_s, self.checking, free=True, rank=Rank.RUNNING)

    def _narrow(self) -> bool:
        """Tell whether others empty the hour, and not much of it is left."""
        left, limit = self.meter.expected(), self.meter.limit
        return left is not None and bool(limit and self.meter.drain()) and left - self.reserve < NARROW * (limit or 0)

    async def check(self, client: Any) -> None:
        """Ask for the credits, which costs none, and tell the guard."""
        self._checked_s = self.monotonic()
        error: ApiError | None = None
        try:
            await rate_limit_status(client)
        except ApiError as problem:
            error = problem
        finally:
            self.checking = False
        now_s = self.monotonic()
        if error is None:
            left, self._unsupported = self.meter.remaining, False
            self.guard.checked(now_s, good=left is None or left > self.reserve)
        elif isinstance(error, RateLimited | Unavailable):
            if not self.guard.blocked:
                self.heard(error)
            else:
                self.guard.checked(now_s, good=False, retry_after=error.retry_after)
        else:
            self._unsupported = error.status is not None and error.status < 500
            self.guard.checked(now_s, good=self._unsupported and self._may_be_full(), blind=True)

    def _may_be_full(self) -> bool:
        """Tell whether a call may find out that more is left than was told: a reserve is given back within the hour."""
        at_s = self.meter.at_s
        return self.guard.why is not Block.RESERVE or at_s is None or self.monotonic() - at_s >= HOUR_S

    def heard(self, error: Exception | None, left_s: float | None = None) -> None:
        """Note how a counted call ended: a refusal for want of credits blocks the background, a success frees it.

        A success of a call that left (at ``left_s``) before the refusal tells nothing.
        """
        now_s = self.monotonic()
        if error is None:
            if self.guard.why is Block.RESERVE:
                self._watch_reserve()
                if self.guard.trial:  # it went well and told no more than the reserve, or nothing
                    self.guard.strike(Block.RESERVE, now_s)
            elif left_s is None or left_s >= self.guard.since_s:
                self.guard.clear()
        elif isinstance(error, RateLimited):
            self.guard.strike(Block.LIMIT, now_s, error.retry_after)
        elif isinstance(error, Unavailable):
            self.guard.strike(Block.DOWN, now_s, error.retry_after)

    # Other sessions.

    @property
    def trouble(self) -> str:
        """Why the other sessions cannot be found, as a sentence; empty when they can."""
        return self._pool.problem if self._pool is not None else ""

    def beat_due(self) -> bool:
        """Tell whether the other sessions are to be looked for now."""
        return self.beat_s is not None and self.beat_s <= self.monotonic()

    async def beat(self) -> None:
        """Tell the other sessions what this one spent, and hear what they did."""
        pool, aside = self._pool, self._aside
        if pool is None or aside is None:
            return
        self.beat_s = None  # a disk that hangs: no second one until it is over
        began_s, minutes, away = self.monotonic(), self.minutes(), self.away
        try:
            self.others = await aside(lambda: pool.beat(minutes, away=away))
        finally:
            self.beat_s = max(began_s + BEAT_S, self.monotonic() + 1.0)

    def minutes(self) -> dict[int, int]:
        """Return our credits that count against the share by minutes since 1970."""
        now_s, wall = self.monotonic(), self.meter.clock().timestamp()
        counted: Counter[int] = Counter()
        for call in self.meter.calls():
            if call.reason is not Reason.ASKED:
                counted[int((wall - (now_s - call.at_s)) // MINUTE_S)] += 1
        return dict(counted)

    async def leave(self) -> None:
        """Tell the other sessions that this one is over, with what it spent lately; a slow disk is left."""
        pool, aside = self._pool, self._aside
        if pool is None or aside is None:
            return
        minutes, away = self.minutes(), self.away

        def last_words() -> None:
            pool.beat(minutes, away=away)
            pool.leave()

        with suppress(TimeoutError):
            async with asyncio.timeout(LEAVE_S):
                await aside(last_words)

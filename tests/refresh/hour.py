"""Virtual hours: the real plan, meter and purse against a server that is simulated, call by call.

Kept apart from the meter, this notes for itself who asked what and when, and what the server had told by then: the
limits are checked against these notes whenever something is started.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from xplenty_tui.api.credits import HOUR_S, Mark, Meter, Reason, because
from xplenty_tui.api.errors import ApiError, NotFound, RateLimited, Unavailable
from xplenty_tui.api.limits import RateLimit
from xplenty_tui.api.wire import Answer
from xplenty_tui.refresh.plan import AT_ONCE, USUAL_LIMIT, Knobs, Want, reserve_of
from xplenty_tui.refresh.purse import Purse
from xplenty_tui.refresh.together import Others
from xplenty_tui.refresh.wants import CREDITS

BEGIN = datetime(2026, 3, 1, 3, 0, tzinfo=UTC)

RateLimit.model_rebuild()  # else the first free call waits for a thread


@dataclass
class Server:
    """What answers: how much is left, and whether it says so."""

    limit: int = 5000
    left: int = 5000
    tells: bool = True
    """Its answers carry limit and remaining."""
    knows: bool = True
    """It has the free call."""
    down: bool = False

    def call(self) -> ApiError | None:
        """Take a credit for a call; return the refusal."""
        if self.down:
            return Unavailable("Down.", status=503)
        if self.left <= 0:
            return RateLimited("Used up.", status=429)
        self.left -= 1
        return None

    def check(self) -> ApiError | None:
        if self.down:
            return Unavailable("Down.", status=503)
        return None if self.knows else NotFound("No such call.", status=404)


@dataclass
class Flight:
    """A call on its way."""

    name: str
    credits: int
    reason: Reason
    away: bool
    mark: Mark
    left_s: float


@dataclass
class Driver:
    """A session without a loop: decides, sends, and lands what was sent when it is told to."""

    server: Server = field(default_factory=Server)
    knobs: Knobs = field(default_factory=Knobs)
    now_s: float = 0.0
    latency_s: float | None = 0.5
    """After which answers come by themselves; None: when told."""
    others: Others = field(default_factory=Others)

    def __post_init__(self) -> None:
        self.meter = Meter(lambda: BEGIN + timedelta(seconds=self.now_s), lambda: self.now_s)
        self.purse = Purse(self.meter, self.knobs, jitter=lambda: 0.5)
        self.wants: dict[str, Want] = {}
        self.flights: list[Flight] = []
        self.told_left: int | None = None
        self.started: list[tuple[float, str]] = []
        self.spent: list[tuple[float, Reason, bool]] = []
        """Credits of landed calls: when, why, and whether the call left while nobody looked."""
        self.checks: list[float] = []

    def want(self, want: Want) -> None:
        """Put a want in, or another pace in its place."""
        known = self.wants.get(want.name)
        if known is not None:
            want = replace(want, asked_s=known.asked_s, in_flight=known.in_flight, failures=known.failures)
        self.wants[want.name] = want

    def now_wanted(self) -> list[Want]:
        busy = {self.wants[flight.name].kind for flight in self.flights if flight.name != CREDITS}
        return [replace(want, in_flight=want.kind in busy) for want in self.wants.values()]

    # Deciding.

    def decide(self) -> float | None:
        """Ask the plan and send what it chose; return when it wants to be asked again."""
        self.purse.others = self.others
        decision = self.purse.decide(self.now_wanted())
        assert decision.wake_s is None or decision.wake_s > self.now_s
        assert len(set(decision.go)) == len(decision.go)
        for name in decision.go:
            self._send(name)
        return decision.wake_s

    def _send(self, name: str) -> None:
        away = self.purse.away
        if name == CREDITS:
            assert not self.purse.checking
            self.purse.checking = True
            self.checks.append(self.now_s)
            self.flights.append(Flight(name, 0, Reason.ASKED, away, self.meter.mark(), self.now_s))
            return
        want = self.wants[name]
        reason = Reason.ASKED if want.forced else Reason.VISIBLE
        assert want.kind not in {self.wants[one.name].kind for one in self.flights if one.name != CREDITS}
        if reason is not Reason.ASKED:
            self._check_limits(want, away=away)
        self.purse.starts(reason)
        self.wants[name] = replace(want, asked_s=self.now_s, forced=False)
        self.started.append((self.now_s, name))
        self.flights.append(Flight(name, want.credits, reason, away, self.meter.mark(), self.now_s))
        self.meter.leaves()

    def _check_limits(self, want: Want, *, away: bool) -> None:
        """Fail where the background starts what it may not."""
        limit, guard = self.meter.limit or USUAL_LIMIT, self.purse.guard
        flying = [one for one in self.flights if one.name != CREDITS]
        ours = [one for one in flying if one.reason is not Reason.ASKED]
        cost = want.credits + sum(one.credits for one in ours)
        taken = sum(reason is not Reason.ASKED for _, reason, _ in self.hour())
        assert taken + cost + self.others.spent <= limit * self.knobs.share
        if away:
            cost = want.credits + sum(one.credits for one in ours if one.away)
            taken = sum(reason is not Reason.ASKED and gone for _, reason, gone in self.hour())
            assert taken + cost <= max(1, limit * self.knobs.away_share)
        assert len(ours) < AT_ONCE
        assert not self.purse.paused
        assert not guard.blocked or (guard.trial and not flying)
        blind = guard.trial and self.purse._unsupported
        if self.told_left is not None and not blind:
            assert self.told_left > reserve_of(limit, self.knobs)

    def hour(self) -> Iterator[tuple[float, Reason, bool]]:
        """Yield what was spent within the last hour."""
        return (one for one in self.spent if one[0] > self.now_s - HOUR_S)

    # Landing.

    def land(self, index: int = 0) -> None:
        """Let the answer to one call on its way come: the next page, or the end."""
        if not self.flights:
            return
        flight = self.flights[index % len(self.flights)]
        if flight.name == CREDITS:
            self._land_check(flight)
            return
        error = self.server.call()
        with because(flight.reason):
            self.meter.lands(self.wants[flight.name].kind)
        self.spent.append((self.now_s, flight.reason, flight.away))
        if self.server.tells:
            self._tell(flight.mark)
        flight.credits -= 1
        if error is None and flight.credits:
            flight.mark = self.meter.mark()
            self.meter.leaves()
            return
        self.flights.remove(flight)
        self.wants[flight.name] = replace(self.wants[flight.name], failures=0 if error is None else 1)
        self.purse.heard(error, flight.left_s)

    def _land_check(self, flight: Flight) -> None:
        self.flights.remove(flight)
        with suppress(StopIteration):  # nothing in it waits
            self.purse.check(self).send(None)
        assert not self.purse.checking

    async def get(self, _path: str, *, counted: bool = True) -> Answer:
        """Answer the free call, as a client would."""
        assert not counted
        if (error := self.server.check()) is not None:
            raise error
        self.told_left = self.server.left
        return Answer(200, {}, {"limits": {"limit": self.server.limit, "remaining": self.server.left}})

    def _tell(self, mark: Mark) -> None:
        self.meter.seen(self.server.limit, self.server.left, mark)
        self.told_left = self.server.left

    # Time.

    def run(self, until_s: float) -> None:
        """Let time pass as a loop would: decide when the plan says so and whenever an answer came."""
        while True:
            wake_s = self.decide()
            lands = [] if self.latency_s is None else [one.left_s + self.latency_s for one in self.flights]
            following = min([at for at in (wake_s, *lands) if at is not None], default=None)
            if following is None or following > until_s:
                self.now_s = max(self.now_s, until_s)
                return
            self.now_s = max(self.now_s, following)
            for flight in [one for one in self.flights if lands and one.left_s + (self.latency_s or 0) <= self.now_s]:
                flight.left_s = self.now_s  # of the next page
                self.land(self.flights.index(flight))

    def counted(self) -> Counter[str]:
        """Return how often each want was started."""
        return Counter(name for _, name in self.started)

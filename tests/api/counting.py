"""A server that counts credits truly, for the meter to be held against."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.api.conftest import NOW
from xplenty_tui.api.credits import HOUR_S, Mark, Meter


class Timer:
    """A monotonic clock that a test moves."""

    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


@dataclass
class Flight:
    """A call of ours: not yet at the server while ``remaining`` is None."""

    mark: Mark
    free: bool = False
    remaining: int | None = None


@dataclass
class Account:
    """A server that counts truly, with calls of ours on their way to it and answers on their way back."""

    limit: int = 5000
    window: str = "none"
    """``rolling``: credits come back an hour after they went; ``fixed``: all at once; ``none``: never."""
    timer: Timer = field(default_factory=Timer)
    flights: list[Flight] = field(default_factory=list)
    spent_s: list[float] = field(default_factory=list)
    ours: int = 0
    theirs: int = 0

    def __post_init__(self) -> None:
        self.meter = Meter(lambda: NOW, self.timer)

    @property
    def remaining(self) -> int:
        start = {"rolling": self.timer.now_s - HOUR_S, "fixed": self.timer.now_s // HOUR_S * HOUR_S}.get(self.window, 0)
        return max(0, self.limit - sum(at_s > start for at_s in self.spent_s))

    def leave(self, free: bool = False) -> Flight:
        flight = Flight(self.meter.mark() if free else self.meter.leaves(), free)
        self.flights.append(flight)
        return flight

    def arrive(self, flight: Flight) -> None:
        if not flight.free:
            self.spent_s.append(self.timer.now_s)
            self.ours += 1
        flight.remaining = self.remaining

    def deliver(self, flight: Flight) -> None:
        self.flights.remove(flight)
        if not flight.free:
            self.meter.lands("jobs")
        self.meter.seen(self.limit, flight.remaining, flight.mark)

    def lose(self, flight: Flight) -> None:
        self.flights.remove(flight)
        if not flight.free:
            self.meter.lands("jobs", answered=False)

    def others(self, count: int) -> None:
        self.spent_s += [self.timer.now_s] * count
        self.theirs += count

    def call(self, free: bool = False) -> None:
        """One call from end to end."""
        flight = self.leave(free)
        self.arrive(flight)
        self.deliver(flight)

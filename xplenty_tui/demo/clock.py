"""The world's clock: real time, stretched."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta


class WorldClock:
    """Called, gives the world's time: ``start`` plus ``speed`` × what ``monotonic`` has run; speed 0 stands still."""

    def __init__(self, start: datetime, speed: float, monotonic: Callable[[], float]) -> None:
        if start.tzinfo is None:
            raise ValueError("the world's clock needs an aware start")
        if speed < 0:
            raise ValueError("the world's clock does not run backwards")
        self.start = start
        self.speed = speed
        self._monotonic = monotonic
        self._zero = monotonic()

    def __call__(self) -> datetime:
        """Give the world's time, aware."""
        return self.start + timedelta(seconds=(self._monotonic() - self._zero) * self.speed)

"""The meter: how many credits are left, and how many we used ourselves. Pure; the client feeds it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

HOUR = timedelta(hours=1)
"""The span of the limit: 5,000 calls an hour for a user or an address (README, Rate Limits)."""


class Meter:
    """Credits left as the server last said, and our own calls in the rolling hour."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        """Aware, UTC."""
        self.limit: int | None = None
        """Credits an hour; None before the first answer."""
        self.remaining: int | None = None
        """Credits left of them; None before the first answer."""
        self.at: datetime | None = None
        """When the server last said so."""
        self._calls: deque[datetime] = deque()

    def seen(self, limit: int | None, remaining: int | None) -> None:
        """Take what a response's headers (or the free status call) say; None leaves a figure as it was."""
        if limit is None and remaining is None:
            return
        self.limit = self.limit if limit is None else limit
        self.remaining = self.remaining if remaining is None else remaining
        self.at = self.clock()

    def spent(self) -> None:
        """Note one call of our own that costs a credit."""
        self._calls.append(self.clock())

    def burn(self) -> int:
        """Return how many credits we spent within the last hour."""
        since = self.clock() - HOUR
        while self._calls and self._calls[0] <= since:
            self._calls.popleft()
        return len(self._calls)

"""Credits: one a call, so many in any hour, shared with what else uses the key."""

from __future__ import annotations

from collections import deque

HOUR = 3600


class Credits:
    """The credits of a key over a rolling hour of the world's time."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._spent: deque[list[int]] = deque()
        """[second, calls in it], oldest first."""
        self._own = 0

    def others(self, now: int) -> int:
        """Give what other programs with the same key have used in the last hour: 6 to 9 % of the limit."""
        swing = abs(now % (4 * HOUR) - 2 * HOUR) / (2 * HOUR)
        return int(self.limit * (0.06 + 0.03 * swing))

    def remaining(self, now: int) -> int:
        """Give what is left at that time."""
        while self._spent and self._spent[0][0] <= now - HOUR:
            self._own -= self._spent.popleft()[1]
        return max(0, self.limit - self.others(now) - self._own)

    def spend(self, now: int) -> bool:
        """Use one credit; False when there is none left."""
        if self.remaining(now) <= 0:
            return False
        if self._spent and self._spent[-1][0] == now:
            self._spent[-1][1] += 1
        else:
            self._spent.append([now, 1])
        self._own += 1
        return True

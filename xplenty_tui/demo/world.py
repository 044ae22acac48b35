"""The world: the accounts that the key sees, moved by a clock that was handed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from xplenty_tui.demo import life, stage
from xplenty_tui.demo.acme import ACME
from xplenty_tui.demo.staging import STAGING
from xplenty_tui.demo.stamps import seconds_of


class World:
    """A seeded Xplenty: the same seed and the same clock give the same bytes."""

    def __init__(self, seed: int, jobs: int, clock: Callable[[], datetime]) -> None:
        self.seed = seed
        self.clock = clock
        self.begin = self.now = seconds_of(clock())
        """Seconds since 1970."""
        self.accounts = {cast.slug: stage.build(cast, seed, self.begin, jobs) for cast in (ACME, STAGING)}
        """By slug; the first is the one that the key belongs to."""

    def advance(self) -> int:
        """Move to the clock's time and let happen what is due; gives the time."""
        now = seconds_of(self.clock())
        if now > self.now:
            self.now = now
            for account in self.accounts.values():
                life.advance(account, now)
        return self.now

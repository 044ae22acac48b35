"""The world: the accounts that the key sees, moved by a clock that was handed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from xplenty_tui.demo import life, public_keys, stage
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

        self.key = ""
        """The API key that was made last; "" before the first: that of the start counts."""
        self.keys_made = 0
        self.mine: dict[str, Any] = {}
        """What of the user somebody changed."""
        self.keys = public_keys.first_keys(self.begin)
        """The user's public keys by id."""
        self.liked: set[int] = set()
        """Product updates that the user likes."""

    def advance(self) -> int:
        """Move to the clock's time and let happen what is due; gives the time."""
        now = seconds_of(self.clock())
        if now > self.now:
            self.now = now
            for account in self.accounts.values():
                life.advance(account, now)
        return self.now

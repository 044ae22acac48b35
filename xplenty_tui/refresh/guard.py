"""What happens after a 429 or a 503: the background stops, free checks find out when it may go on. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

FIRST_S = 30.0
"""Until the first free check."""
LONGEST_S = 300.0
"""Between two free checks, at most."""
JITTER = 0.1
"""Part of a wait by which it is longer or shorter, so that many programs do not come back in one moment."""
LONGEST_ASKED_S = 3600.0
"""A ``Retry-After`` beyond the hour of the limit is taken for an hour."""


class Block(StrEnum):
    """Why the background waits."""

    NONE = ""
    LIMIT = "limit"
    """429: the hour's credits are used up."""
    DOWN = "down"
    """503: the server is down for now."""
    RESERVE = "reserve"
    """What is left is the reserve."""


@dataclass
class Guard:
    """Whether the background may send anything, and when it finds out. ``jitter`` gives numbers from 0 to 1."""

    jitter: Callable[[], float]
    why: Block = Block.NONE
    since_s: float = 0.0
    """When it began."""
    check_s: float = 0.0
    """When the next free check is due."""
    checks: int = 0
    """Free checks since it began."""
    trial: bool = False
    """A check was good: one call may show whether it is over."""

    @property
    def blocked(self) -> bool:
        """Whether the background waits; a trial is let through one by one."""
        return self.why is not Block.NONE

    def strike(self, why: Block, now_s: float, retry_after: float | None = None) -> None:
        """Note a refusal (or an empty hour); while one is known it changes nothing, a failed trial goes on waiting."""
        if self.why is Block.NONE:
            self.why, self.since_s, self.checks = why, now_s, 0
        elif self.why is Block.RESERVE and why is not self.why:
            self.why = why  # it was no guess any more; the ladder goes on
            return
        elif not self.trial:
            return
        else:
            self.why = why
        self.trial = False
        self._wait(now_s, retry_after)

    def checked(self, now_s: float, *, good: bool, blind: bool = False, retry_after: float | None = None) -> None:
        """Note the outcome of a free check: after a good one a single call may try.

        ``blind``: it said nothing of what is left, so that only a call can tell.
        """
        if self.why is Block.NONE:
            return
        self.checks += 1
        if good and self.why is Block.RESERVE and not blind:
            self.clear()
        elif good:
            self.trial = True
        else:
            self._wait(now_s, retry_after)

    def clear(self) -> None:
        """Note that a call went well: the background goes on."""
        self.why, self.trial, self.checks = Block.NONE, False, 0

    def _wait(self, now_s: float, retry_after: float | None) -> None:
        if retry_after is not None:
            wait = min(max(retry_after, 1.0), LONGEST_ASKED_S) * (1 + JITTER * self.jitter())
        else:
            wait = min(FIRST_S * 2 ** min(self.checks, 16), LONGEST_S) * (1 + JITTER * (2 * self.jitter() - 1))
        self.check_s = now_s + wait

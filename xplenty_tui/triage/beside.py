"""What the rules look at beside the store: credits, the end of a trial, the other accounts of the key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Credits:
    """What is left of the hour's credits."""

    remaining: int
    limit: int
    ours: int
    """Credits that this program spent in the last hour."""
    others: int
    """Credits that everybody else spent in the last hour, as far as it was seen."""


@dataclass(frozen=True, slots=True)
class Other:
    """Another account that the key sees, as it was when it was last looked at."""

    account: str
    """Its slug."""
    failed: int
    """Jobs whose package has failed since and not recovered."""
    worst: str = ""
    """The newest failure in words: ``orders_load: Access Denied``."""
    since: datetime | None = None
    """When that one failed, aware."""


@dataclass(frozen=True, slots=True)
class Beside:
    """All of it; what is not known is left out."""

    credits: Credits | None = None
    trial_ends: datetime | None = None
    """When the subscription's trial ends, aware; None: there is none."""
    others: tuple[Other, ...] = ()


NOTHING = Beside()
"""Nothing is known beside the store."""

"""Starts a demo: world, clock and API together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from xplenty_tui.demo.api import DemoApi
from xplenty_tui.demo.clock import WorldClock
from xplenty_tui.demo.world import World

KEY = "demo-key-0123456789abcdef"
"""The API key of the demo; it opens nothing else."""

ACCOUNT = "acme"
"""The account that the demo shows first."""

OTHER_ACCOUNT = "acme-staging"
"""The other account that the key sees."""

SEED = 7
JOBS = 400
LIMIT = 5000
"""Credits in any hour, for everything that uses the key."""


def start(
    seed: int, jobs: int, speed: float, monotonic: Callable[[], float], begin: datetime, *, limit: int = LIMIT
) -> tuple[DemoApi, WorldClock]:
    """Make a world that begins at ``begin`` and goes ``speed`` × as fast as ``monotonic`` (seconds); 0: it stands.

    ``limit`` is what an hour of that world gives in credits; others with the same key take 6 to 9 % of them.
    """
    clock = WorldClock(begin, speed, monotonic)
    return DemoApi(World(seed, jobs, clock), key=KEY, limit=limit), clock

"""The client that everybody writes first: four lists every five seconds, whatever happens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from sim_world import SimWorld

EVERY_S = 5
LISTS = ("jobs", "clusters", "schedules", "packages")


@dataclass(frozen=True, slots=True)
class Naive:
    """What it did in a scenario."""

    credits: int
    refused: int
    """Calls that were answered 429."""
    least: int
    """The fewest credits that it left for anybody."""


def naive(build: Callable[[Callable[[], float]], SimWorld], seconds: int, sessions: int = 1) -> Naive:
    """Run it in a world of its own. It asks for one item a list here: a credit is a credit, however long the answer."""
    now_s = 0
    world = build(lambda: float(now_s))
    spent = refused = 0
    least = world.remaining()
    with world.watched():
        while now_s < seconds:
            for name in LISTS * sessions:
                if world.ask(f"/{name}", {"limit": "1"}) == 429:
                    refused += 1
                else:
                    spent += 1
            least = min(least, world.remaining())
            now_s += EVERY_S
    return Naive(spent, refused, least)

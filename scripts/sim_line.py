"""What a scenario is, and one line of the table."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from sim_see import p95
from sim_stage import Stage
from sim_world import SimWorld

HOUR_S = 3600


@dataclass(frozen=True, slots=True)
class Line:
    """One promise and what became of it."""

    says: str
    found: float
    limit: float
    unit: str = ""
    detail: str = ""
    least: bool = False
    """The limit is what there must be at least."""

    @property
    def holds(self) -> bool:
        """Whether the promise is kept."""
        return self.found >= self.limit if self.least else self.found <= self.limit


@dataclass(frozen=True)
class Scene:
    """One scenario."""

    name: str
    title: str
    play: Callable[[Stage], Awaitable[list[Line]]]
    happens: Callable[[SimWorld], None] = lambda world: None
    """What is prepared in the world: the same for the naive client."""
    seconds: int = HOUR_S
    """For how long the naive client runs in it."""
    sessions: int = 1
    jobs: int = 400

    def run(self) -> list[Line]:
        """Play it and return what was found."""
        stage, found = Stage(jobs=self.jobs), []
        self.happens(stage.world)

        async def whole(on: Stage) -> None:
            found.extend(await self.play(on))

        stage.play(whole)
        return found

    def build(self, monotonic: Callable[[], float]) -> SimWorld:
        """Return the world of the scene for somebody else."""
        world = SimWorld(monotonic, jobs=self.jobs)
        self.happens(world)
        return world


def credits_line(spent: int, limit: int, detail: str = "") -> Line:
    """Return the line of what was spent."""
    return Line("credits", spent, limit, detail=detail)


def late_line(says: str, late: Sequence[float], limit: float, more: str = "") -> Line:
    """Return the line of a delay; nothing to see is no kept promise."""
    detail = f"{len(late)} of them, the latest after {max(late, default=0):.1f} s"
    detail = f"{detail}; {more}" if more else detail
    return Line(f"{says}, p95", p95(late) if late else float("inf"), limit, "s", detail)

"""The first place: what failed, what runs, what comes next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from xplenty_tui.core.declare import Context, Resource
from xplenty_tui.core.page import Block
from xplenty_tui.refresh.pace import Pace
from xplenty_tui.tui.screens.page import PagePlace

PACES = {
    "jobs": Pace(14.0, 90.0, gone=False),
    "clusters": Pace(180.0),
    "schedules": Pace(180.0, gone=False),
    "packages": Pace(900.0, gone=False),
}
"""How often triage asks: a new failure is there within 15 seconds, and an hour costs less than 400 credits."""


class TriagePlace(PagePlace):
    """The first place: what failed, what runs, what comes next."""

    name_ = "triage"

    def __init__(self, summary: Callable[..., list[Block]], resources: Mapping[str, Resource[Any]], kinds: Any) -> None:
        super().__init__()
        self._summary, self._resources = summary, resources
        self._kinds: tuple[str, ...] = tuple(kinds)
        self._placed = False

    def wants(self) -> Mapping[str, Pace]:
        """Return the kinds of the summary, at a pace that can be kept for a whole night."""
        return {kind: PACES[kind] for kind in self._kinds}

    def draw(self) -> None:
        """Draw, and the first time put the cursor on what matters most: the newest failure."""
        super().draw()
        jobs = self.session.store.of("jobs")
        if not self._placed and jobs.loaded_at is not None and self.page.goto("failed"):
            self.page.move(1)
            self.page.go(self.page.cursor, top=0)  # the counts above stay in view
            self._placed = True

    def blocks(self, ctx: Context) -> Sequence[Block]:
        """Return the summary."""
        return self._summary(ctx, self._resources)

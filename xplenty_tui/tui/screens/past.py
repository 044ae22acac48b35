"""What the pages over many jobs have in common: as wide as there is room, and of the age of the jobs."""

from __future__ import annotations

from collections.abc import Mapping

from xplenty_tui.core.declare import Link
from xplenty_tui.refresh.pace import Pace
from xplenty_tui.resources.jobs import JOBS
from xplenty_tui.tui.commands import Command
from xplenty_tui.tui.screens.page import PagePlace
from xplenty_tui.tui.screens.place import LENT

LEAST = 40
"""Cells that such a page is drawn in at least."""


class PastPlace(PagePlace):
    """Jobs of something, drawn over time."""

    names: tuple[str, ...] = ()
    """The kinds that names are taken from, besides that of ``about``."""

    def __init__(self, about: Link) -> None:
        super().__init__()
        self.about = about

    @property
    def room(self) -> int:
        """The cells that a line may take."""
        return max(self.page.size.width - 1, LEAST)

    def wants(self) -> Mapping[str, Pace]:
        """Return the jobs at their own pace; names rarely change."""
        return {**dict.fromkeys((*self.names, self.about.kind), LENT), "jobs": self.whole(JOBS)["jobs"]}

    def kinds(self) -> tuple[str, ...]:
        """Return the kind whose age counts."""
        return ("jobs",)

    def offers(self, command: Command) -> bool:
        """Leave out what has nothing to do here."""
        if command.id in {"raw", "copy.json", "web"}:
            return self.here() is not None
        return command.id != "reveal"

    def on_resize(self) -> None:
        """Draw it as wide as there is room for."""
        if self.is_mounted and self.program.session is not None:
            self.call_after_refresh(self.draw)

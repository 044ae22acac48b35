"""The page of the credits: the last hour, why they were spent, and the plan for the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xplenty_tui.core.declare import Context
from xplenty_tui.core.page import Block
from xplenty_tui.refresh.pace import Pace
from xplenty_tui.refresh.report import report
from xplenty_tui.tui.commands import Command
from xplenty_tui.tui.screens.page import PagePlace


class CreditsPlace(PagePlace):
    """Where the credits go. What was on the screen before is kept fresh, so that the plan shown is that one's."""

    name_ = "credits"

    def __init__(self, wants: Mapping[str, Pace], around: bool = False) -> None:
        super().__init__()
        self.around = around
        self._wants = dict(wants)

    def wants(self) -> Mapping[str, Pace]:
        """Return what the place before wants."""
        return self._wants

    def offers(self, command: Command) -> bool:
        """Leave out what has nothing to do with figures."""
        return command.id not in {"open", "raw", "reveal", "web"}

    def do_refresh(self) -> None:
        """Ask for the credits, which costs none."""
        self.session.loop.check()

    def blocks(self, ctx: Context) -> Sequence[Block]:
        """Return the report."""
        return report(self.session.loop, ctx)

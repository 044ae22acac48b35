"""Where the node hours go: by day, cluster and package, from what is loaded."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from xplenty_tui.api import billing
from xplenty_tui.core.declare import Context, Tone
from xplenty_tui.core.page import Block
from xplenty_tui.refresh.pace import Pace
from xplenty_tui.resources.node_price import Price, price_of
from xplenty_tui.resources.usage import limiting
from xplenty_tui.resources.usage_page import page
from xplenty_tui.tui.commands import ANYWHERE, PAGE, USAGE, Command
from xplenty_tui.tui.explain import explain
from xplenty_tui.tui.screens.page import PagePlace
from xplenty_tui.tui.screens.place import LENT


class UsagePlace(PagePlace):
    """Where the node hours go. Opening it asks once for the price: two credits."""

    name_ = "usage"
    scopes = (USAGE, PAGE, ANYWHERE)

    def __init__(self) -> None:
        super().__init__()
        self._price: Price | None = None
        self._why = ""

    def on_mount(self) -> None:
        """Draw what is known, and ask for the price."""
        super().on_mount()
        self._ask_price()

    def wants(self) -> Mapping[str, Pace]:
        """Return what is counted, at a pace for what moves by the hour."""
        return {"clusters": LENT, "jobs": LENT, "packages": Pace(900.0, gone=False)}

    def kinds(self) -> tuple[str, ...]:
        """Return the kinds whose age counts."""
        return ("clusters", "jobs")

    def offers(self, command: Command) -> bool:
        """Leave out what has nothing to do with figures, and loading where all is loaded."""
        if command.id == "usage.more":
            return limiting(self.context()) is not None
        return command.id not in {"raw", "reveal", "web"}

    def tick(self) -> None:
        """Draw the banner alone: node hours move slowly, and adding them up is not for every second."""
        self._draw_banner()

    def do_refresh(self) -> None:
        """Fetch clusters and jobs, and ask for the price again where it was not told."""
        super().do_refresh()
        if self._price is None:
            self._ask_price()

    def do_usage_more(self) -> None:
        """Load the next page of what reaches back less."""
        kind = limiting(self.context())
        if kind is None:
            self.program.say("All clusters and jobs are loaded.")
        elif self.session.loop.more(kind):
            self.program.say(f"Loading 100 older {kind} (1 credit)…")
        else:
            self.program.say(f"Older {kind} are under way.", Tone.WARN)

    def _ask_price(self) -> None:
        async def ask(client: Any) -> tuple[Any, Any]:
            return await asyncio.gather(billing.subscription(client), billing.plans(client))

        def take(answers: tuple[Any, Any]) -> None:
            self._price, self._why = price_of(answers[0], answers[1].items)
            self.draw()

        def fail(error: Exception) -> None:
            self._why = explain(error).what.rstrip(". ")
            self.draw()

        self._why = ""
        self.program.ask(self, ask, take, fail, ("price", self._ask_price))

    def blocks(self, ctx: Context) -> Sequence[Block]:
        """Return the page."""
        return page(ctx, self._price, self._why)

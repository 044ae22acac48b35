"""The last runs of a package or schedule. Older runs and the steps of workflows are asked for by a key."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from xplenty_tui.api import jobs as api
from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Link, Tone
from xplenty_tui.core.page import Block, Entry, Heading
from xplenty_tui.refresh.fetch import pairs
from xplenty_tui.resources.jobs import JOBS
from xplenty_tui.resources.run_grid import HEAD, STEPS
from xplenty_tui.resources.run_history import page
from xplenty_tui.resources.runs import Seen, Steps, complete, name_of, runs_of, unasked
from xplenty_tui.tui.commands import ANYWHERE, HISTORY, PAGE, Command
from xplenty_tui.tui.explain import explain
from xplenty_tui.tui.screens.past import PastPlace

OVERLAP = 10
"""Runs that an older page may bring again: single ones that were opened by their id must not hide others."""


class HistoryPlace(PastPlace):
    """How the last runs came out. Opening it asks for nothing that the refresh does not."""

    name_ = "history"
    scopes = (HISTORY, PAGE, ANYWHERE)

    def __init__(self, about: Link) -> None:
        super().__init__(about)
        self._steps, self._opened = Steps(), frozenset[str]()
        self._asking, self._failed, self._whole = False, "", False
        self._next: int | None = None

    def path(self) -> tuple[str, ...]:
        """Return whose history this is."""
        return (self.about.kind.capitalize(), name_of(self.about, self.context()), "History")

    def offers(self, command: Command) -> bool:
        """Leave out what has nothing to do here."""
        if command.id == "history.more":
            return not complete(self.about, self.context(), self._seen())
        return super().offers(command)

    def blocks(self, ctx: Context) -> Sequence[Block]:
        """Return the page."""
        return page(self.about, ctx, self._seen())

    def _seen(self) -> Seen:
        return Seen(self.room, self._steps, self._opened, self._asking, self._failed, self._whole)

    def do_open(self) -> None:
        """Open a run, list the runs of a step, or ask for the steps."""
        one = self.page.current()
        if isinstance(one, Entry) and one.key != HEAD:
            self._opened ^= {one.key.removeprefix("step:")}
            self.draw()
        elif isinstance(one, Heading) and one.name == STEPS:
            self._ask_steps()
        else:
            super().do_open()

    # Older runs.

    def do_history_more(self) -> None:
        """Load 100 older jobs: of the package, or of the account for a schedule, by which the API cannot list."""
        if complete(self.about, self.context(), self._seen()):
            self.program.say("There are no older runs.")
        elif self.about.kind != "packages":
            under_way = self.session.loop.more("jobs")
            self.program.say("Loading 100 older jobs (1 credit)…" if under_way else "Older jobs are under way.")
        elif not self._asking:
            self._ask_older()

    def _ask_older(self) -> None:
        offset = self._next
        if offset is None:
            offset = max(len(runs_of(self.about, self.context())) - OVERLAP, 0)

        def take(found: Any) -> None:
            self._asking, self._next, self._whole = False, found.next_offset, found.next_offset is None
            self.session.store.learn("jobs", pairs(JOBS, found), merge=JOBS.merge)
            self.draw()

        def fail(error: Exception) -> None:
            self._asking, self._failed = False, explain(error).what.rstrip(". ")
            self.draw()

        self._asking, self._failed = True, ""
        package = int(self.about.key)
        self.program.ask(self, lambda client: api.list_(client, package_id=package, offset=offset), take, fail)
        self.program.say("Loading 100 older jobs of the package (1 credit)…")
        self.draw()

    # Steps.

    def _ask_steps(self) -> None:
        todo = unasked(self.about, self.context(), self._steps)
        if self._steps.asking or not todo:
            self.program.say("The steps are under way." if self._steps.asking else "The steps are loaded.")
            return

        async def ask(client: Any) -> list[Any]:
            return list(await asyncio.gather(*(api.children(client, job.id) for job in todo)))

        def take(answers: list[Any]) -> None:
            found = {job.id: tuple(answer.items) for job, answer in zip(todo, answers, strict=True)}
            self._steps = Steps({**self._steps.found, **found})
            self.draw()

        def fail(error: Exception) -> None:
            self._steps = Steps(self._steps.found, failed=explain(error).what.rstrip(". "))
            self.draw()

        self._steps = Steps(self._steps.found, asking=True)
        self.program.ask(self, ask, take, fail)
        self.program.say(f"Asking for the steps ({words.count(len(todo), 'credit')})…", Tone.PLAIN)
        self.draw()

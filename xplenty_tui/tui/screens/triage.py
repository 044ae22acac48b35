"""The first place: what is broken, what runs, what comes next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from textual.app import ComposeResult

from xplenty_tui.core.declare import Context, Resource, Tone
from xplenty_tui.core.page import Block, Entry, Listing
from xplenty_tui.refresh.pace import Pace
from xplenty_tui.triage.incidents import Incident
from xplenty_tui.triage.page import KINDS, PROBLEMS, Seen, fold_of, headline, page, told
from xplenty_tui.triage.problem import Problem
from xplenty_tui.tui.commands import ANYWHERE, PAGE, TRIAGE, Command
from xplenty_tui.tui.screens.page import PagePlace
from xplenty_tui.tui.switching import ACCOUNT, switch
from xplenty_tui.tui.widgets.bar import Bar
from xplenty_tui.tui.widgets.page import Page

PACES = {
    "jobs": Pace(14.0, 90.0, gone=False),
    "clusters": Pace(180.0),
    "schedules": Pace(180.0, gone=False),
    "packages": Pace(900.0, gone=False),
}
"""How often triage asks: a new failure is there within 15 seconds, and an hour costs less than 400 credits."""
LOOK = timedelta(seconds=10)
"""How long a look at the problems holds while nothing changes in the store: what the time alone makes can wait."""
STEP = timedelta(seconds=5)
"""How often it is drawn for the time alone: nearly all of its words change once a minute."""
FIRST = 70
"""The place on the key line of what helps with the problem under the cursor: before all else."""


class TriagePlace(PagePlace):
    """The problems with what acts on them, and what runs, comes and costs."""

    name_ = "triage"
    scopes: tuple[str, ...] = (TRIAGE, PAGE, ANYWHERE)
    around = True

    def __init__(self, look: Callable[[Context], tuple[Incident, ...]], resources: Mapping[str, Resource[Any]]) -> None:
        super().__init__(Page(rests=True))
        self._look, self._resources = look, resources
        self._incidents: tuple[Incident, ...] = ()
        self._looked: Context | None = None
        self._drawn: datetime | None = None
        self._stale = True
        self._open: set[str] = set()
        self._placed = False
        self._note = Bar(indent=3)

    def compose(self) -> ComposeResult:
        """Title or search, banner, page, and more about the problem under the cursor."""
        yield from super().compose()
        yield self._note

    def wants(self) -> Mapping[str, Pace]:
        """Return the kinds of the page, at a pace that can be kept for a whole night."""
        return {kind: PACES[kind] for kind in KINDS}

    # Drawing.

    def store_changed(self, kinds: frozenset[str]) -> None:
        """Look again, and draw."""
        self._stale = True
        super().store_changed(kinds)

    def tick(self) -> None:
        """Draw what the time changed, now and then."""
        if self._drawn is None or not timedelta() <= self.context().now - self._drawn < STEP:
            super().tick()

    def draw(self) -> None:
        """Draw; until a person moved, the cursor goes to the first problem once the jobs are known."""
        super().draw()
        self._drawn = self.context().now
        jobs = self.session.store.of("jobs")
        if not self._placed:
            self.page.restart()
            self._placed = not jobs.empty and self._under() is not None
        self._draw_note()

    def on_resize(self) -> None:
        """Show as much as there is room for."""
        if self.is_mounted and self.program.session is not None:
            self.call_after_refresh(self.draw)

    def blocks(self, ctx: Context) -> Sequence[Block]:
        """Return the page."""
        under = self.page.current()
        key = under.key if isinstance(under, Entry) else ""
        rows = self.page.size.height + (1 if self._note.display else 0)
        return page(ctx, self._seen(ctx), self._resources, Seen(rows, frozenset(self._open), key))

    def title(self) -> None:
        """Count what is wrong at the left end, what runs and failed at the right."""
        ctx = self.context()
        self._title.show(*headline(ctx, self._seen(ctx), self.size.width))

    def _seen(self, ctx: Context) -> tuple[Incident, ...]:
        """Return the incidents; looked for again when the store changed or the time may have made others."""
        before = self._looked
        if before is None or self._stale or before.store is not ctx.store or ctx.now - before.now >= LOOK:
            self._looked, self._stale = ctx, False
            self._incidents = self._look(ctx)
        return self._incidents

    def _draw_note(self) -> None:
        """Say more about the problem under the cursor where its line has no second one."""
        entries = [one for one in self.page.blocks if isinstance(one, Entry)]
        self._note.display = any(not one.detail and told(self._incidents, one.key) for one in entries)
        one = self.page.current()
        here = self._under()
        said = here[1].detail if here is not None and isinstance(one, Entry) and not one.detail else ""
        self._note.show([(said, Tone.DIM)])

    def on_page_moved(self) -> None:
        """Show the keys that work here, and more about what the cursor is on."""
        self._placed = True
        self._draw_note()
        super().on_page_moved()

    # What the cursor is on.

    def _under(self) -> tuple[Incident, Problem] | None:
        one = self.page.current()
        return told(self._incidents, one.key) if isinstance(one, Entry) else None

    def here(self) -> tuple[Resource[Any], Any] | None:
        """Return the subject of the problem under the cursor as far as it is loaded, else the item of a list."""
        here = self._under()
        if here is None:
            return super().here()
        subject = here[1].subject
        resource, item = self._resources.get(subject.kind), self.session.store.get(subject.kind, subject.key)
        return (resource, item) if resource is not None and item is not None else None

    def worded(self, command: Command) -> Command:
        """Put what helps with the problem under the cursor first, and name the part that is one key away."""
        one, here = self.page.current(), self._under()
        if command.id == "part.next":
            hidden = self.page.count() > self.page.window
            return replace(command, title=self._next_part(), weight=48 if hidden else command.weight)
        if command.id == "fold":
            return replace(command, title="fold")
        if command.id == "open" and isinstance(one, Entry) and one.open is not None:
            return replace(command, title="fold" if one.open else "unfold", weight=FIRST)
        if command.id == "copy" and isinstance(one, Entry):
            return replace(command, title="copy line")
        if here is None:
            return command
        if command.id == "open":
            return replace(command, title=self._opens(here[1]), weight=FIRST)
        acts = here[1].acts
        return replace(command, weight=FIRST - 1 - acts.index(command.id)) if command.id in acts else command

    def _opens(self, problem: Problem) -> str:
        """Return in a word what enter does with a problem."""
        kind, key = problem.subject.kind, problem.subject.key
        if kind == "accounts" and key != self.session.account:
            return "switch"
        return "why" if kind == "jobs" else "open"

    def offers(self, command: Command) -> bool:
        """Leave out what has nothing to do here: nothing is masked, and not every line unfolds."""
        one = self.page.current()
        if command.id == "fold":
            return isinstance(one, Entry) and one.depth > 0  # on the incident itself enter does the same
        if command.id == "open":
            return isinstance(one, Listing) or (
                isinstance(one, Entry) and (one.open is not None or one.link is not None)
            )
        if command.id in {"raw", "copy.json", "web"}:
            return self.here() is not None
        return command.id != "reveal"

    # What the keys do.

    def do_fold(self) -> None:
        """Unfold the incident under the cursor, or fold it again, also from one of its problems."""
        one, here = self.page.current(), self._under()
        if not isinstance(one, Entry):
            return
        key = fold_of(here[0]) if here is not None else one.key
        if one.open is None and one.depth == 0:
            return
        self._open ^= {key}
        self.draw()

    def do_open(self) -> None:
        """Open the subject of a problem; unfold an incident."""
        one, here = self.page.current(), self._under()
        if isinstance(one, Entry) and one.open is not None:
            self.do_fold()
        elif here is not None:
            self._open_subject(here[1])
        else:
            super().do_open()

    def _open_subject(self, problem: Problem) -> None:
        """Go to the subject, to another account by switching; where it is no item of a kind, do what helps first."""
        kind, key = problem.subject.kind, problem.subject.key
        if kind == "accounts" and key != self.session.account:
            self.program.start_task(switch(self.program, ACCOUNT + key))
        elif kind in self._resources:
            self.program.open_link(problem.subject)
        elif problem.acts:
            self.program.act(problem.acts[0], self)

    def _next_part(self) -> str:
        parts = self.page.parts()
        here = self.page.current_part()
        return parts[(parts.index(here) + 1) % len(parts)] if here in parts else PROBLEMS

    def do_part_next(self) -> None:
        """To the next part; from the last to the problems."""
        self.page.goto(self._next_part(), still=True)

    def do_part_previous(self) -> None:
        """To the part before; from the problems to the last."""
        parts = self.page.parts()
        here = self.page.current_part()
        self.page.goto(parts[parts.index(here) - 1] if here in parts else PROBLEMS, still=True)

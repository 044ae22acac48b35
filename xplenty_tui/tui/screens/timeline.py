"""Who ran when, on a time axis: the jobs of a cluster as the store has them, the children of a workflow's job."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xplenty_tui.api import jobs as api
from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Link, Resource, Row, Tone
from xplenty_tui.core.page import Block, Entry
from xplenty_tui.resources import history
from xplenty_tui.resources.jobs import JOBS
from xplenty_tui.resources.timeline import FIRST, WINDOWS, named, page, subject
from xplenty_tui.tui.commands import ANYWHERE, PAGE, TIMELINE, Command
from xplenty_tui.tui.explain import explain
from xplenty_tui.tui.screens.past import PastPlace


class TimelinePlace(PastPlace):
    """Jobs as bars. That of a workflow's job asks for its children: one credit, and one more for each ``R``."""

    name_ = "timeline"
    scopes = (TIMELINE, PAGE, ANYWHERE)
    names = ("clusters", "packages")

    def __init__(self, about: Link, pressed: Link | None = None) -> None:
        """Show the timeline of ``about``; ``pressed`` is the job from which the place was opened."""
        super().__init__(about)
        self._pressed = pressed
        self._window = FIRST
        self._children: tuple[Any, ...] | None = None
        self._failed = ""

    def on_mount(self) -> None:
        """Draw what is known, and ask for the children of a workflow."""
        super().on_mount()
        if self.about.kind == "jobs":
            self._ask()

    def path(self) -> tuple[str, ...]:
        """Return whose timeline this is."""
        return (self.about.kind.capitalize(), named(self.about, self.context()), "Timeline")

    def offers(self, command: Command) -> bool:
        """Leave out what has nothing to do here: the axis of a workflow shows all of it."""
        if command.scope == TIMELINE:
            return self.about.kind == "clusters"
        return super().offers(command)

    def here(self) -> tuple[Resource[Any], Any] | None:
        """Return the job under the cursor as far as it is loaded."""
        one = self.page.current()
        if not isinstance(one, Entry) or one.link is None:
            return None
        item = self.session.store.get("jobs", one.link.key)
        return (JOBS, item) if item is not None else None

    def blocks(self, ctx: Context) -> Sequence[Block]:
        """Return the page."""
        self._turn(ctx)
        if self.about.kind == "jobs":
            failed = f"The children could not be loaded: {self._failed}. It is tried again by itself; R tries now."
            told = [Row(failed, tone=Tone.BAD)] if self._failed else []
            if self._children is None and told:
                return told
            if self._children is None:
                return [Row("Asking for the children (1 credit) …", tone=Tone.DIM)]
            said = "The jobs that this workflow started. R: again, 1 credit."
            return [*told, *page(self._children, ctx, self.room, None, said)]
        held = ctx.store.of("jobs")
        if held.loaded_at is None:
            said = explain(held.error).what.rstrip(". ") if held.error is not None else ""
            text = f"The jobs could not be loaded: {said}. R tries again." if said else "Loading jobs …"
            return [Row(text, tone=Tone.BAD if said else Tone.DIM)]
        jobs, window = history.of_cluster(self.about.key, ctx), WINDOWS[self._window]
        more = f"At most {words.duration(window)} of {words.count(len(jobs), 'loaded job')}. + nearer, - farther."
        return page(jobs, ctx, self.room, window, more)

    def _turn(self, ctx: Context) -> None:
        """Turn to the job's own children when it is a workflow's: that is only known once the packages are loaded."""
        if self._pressed is None or ctx.store.of("packages").loaded_at is None:
            return
        about, self._pressed = subject(self._pressed, ctx), None
        if about is not None and about != self.about:
            self.about = about
            self._ask()

    def do_open(self) -> None:
        """Open the job under the cursor."""
        one = self.page.current()
        if isinstance(one, Entry) and one.link is not None:
            self.program.open_link(one.link)

    def do_timeline_near(self) -> None:
        """Show less time."""
        self._zoom(-1)

    def do_timeline_far(self) -> None:
        """Show more time."""
        self._zoom(1)

    def _zoom(self, by: int) -> None:
        self._window = min(max(self._window + by, 0), len(WINDOWS) - 1)
        self.draw()

    def do_refresh(self) -> None:
        """Fetch the jobs, or the children of a workflow."""
        if self.about.kind == "jobs":
            self._ask()
        else:
            super().do_refresh()

    def _ask(self) -> None:
        def take(found: Any) -> None:
            self._children, self._failed = tuple(reversed(history.newest_first(found.items))), ""
            self.draw()

        def fail(error: Exception) -> None:
            self._failed = explain(error).what.rstrip(". ")
            self.draw()

        again = ("children", self._ask)
        self.program.ask(self, lambda client: api.children(client, self.about.key), take, fail, again)

"""Looking back from where the cursor is: the last runs, and who ran when."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from xplenty_tui.core.declare import Link, Row, Tone
from xplenty_tui.core.page import Entry
from xplenty_tui.core.store import Odd

if TYPE_CHECKING:
    from xplenty_tui.tui.app import XplentyApp
    from xplenty_tui.tui.screens.place import Place

KINDS = {"history": ("jobs", "packages", "schedules"), "timeline": ("clusters", "jobs")}
"""Of what there is a page, by command."""
NAMED = {"history": "job, package or schedule", "timeline": "cluster or job"}


def under(place: Place) -> Link | None:
    """Return what the cursor is on, or what its line links to; marks do not count."""
    here = place.here()
    if here is not None and here[1] is not None and not isinstance(here[1], Odd):
        return Link(here[0].name, here[0].key(here[1]))
    page = getattr(place, "page", None)
    block = page.current() if page is not None else None
    return block.link if isinstance(block, Row | Entry) else None


class Past:
    """Mixed into the application."""

    @property
    def _historian(self) -> XplentyApp:
        return cast("XplentyApp", self)

    def untold(self, id_: str, place: Place | None) -> str | None:
        """Return why there is no history or timeline of what is under the cursor; None when there is one."""
        if self._historian.session is None or place is None:
            return "nothing is loaded yet"
        link = under(place)
        if link is None or link.kind not in KINDS[id_]:
            return f"there is no {NAMED[id_]} under the cursor"
        return None

    def unlooked(self, id_: str, place: Place | None) -> str | None:
        """Return why a command on what is under the cursor has nothing to do: watch, note, history, timeline."""
        if id_ in KINDS:
            return self.untold(id_, place)
        app = self._historian
        return app.unwatchable(place) if id_ == "watch" else app.unnotable(place)

    def do_history(self) -> None:
        """Show the last runs of what is under the cursor."""
        link = self._link("history")
        if link is None:
            return
        from xplenty_tui.resources.runs import subject
        from xplenty_tui.tui.screens.history import HistoryPlace

        app = self._historian
        about = subject(link.kind, link.key, app.context())
        if about is None:
            app.say("history: the job's package is not known; enter opens the job", Tone.WARN)
        elif not (isinstance(app.places.front, HistoryPlace) and app.places.front.about == about):
            app.push(HistoryPlace(about))

    def do_timeline(self) -> None:
        """Show on a time axis what ran when: on a cluster, or in a workflow."""
        link = self._link("timeline")
        if link is None:
            return
        from xplenty_tui.resources.timeline import subject
        from xplenty_tui.tui.screens.timeline import TimelinePlace

        app = self._historian
        about = subject(link, app.context())
        if about is None:
            app.say("timeline: the job's cluster is not known; enter opens the job", Tone.WARN)
        elif not (isinstance(app.places.front, TimelinePlace) and app.places.front.about == about):
            app.push(TimelinePlace(about, link))

    def _link(self, id_: str) -> Link | None:
        front = self._historian.places.front
        if (reason := self.untold(id_, front)) is not None or front is None:
            self._historian.say(f"{id_}: {reason}", Tone.WARN)
            return None
        return under(front)

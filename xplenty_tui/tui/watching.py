"""Watching: what is followed until it settles, on whatever screen the person is, from what the refresh brings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from xplenty_tui.core import words
from xplenty_tui.core.declare import Link, Row, Tone
from xplenty_tui.core.store import Odd
from xplenty_tui.tui.widgets.bar import Span

if TYPE_CHECKING:
    from xplenty_tui.resources.watched import Settled, Watched
    from xplenty_tui.tui.app import XplentyApp
    from xplenty_tui.tui.screens.place import Place

KINDS = ("jobs", "clusters", "schedules")
"""What can be watched."""
KEPT = 50
"""Outcomes that are kept for the page."""
NAMED = 3
"""Outcomes that a notification names; the rest is counted."""


@dataclass
class Watches:
    """What is watched in this session, and what came of it. Nothing of it is written anywhere."""

    under_way: dict[Link, Watched] = field(default_factory=dict)
    settled: list[Settled] = field(default_factory=list)
    """The newest last."""
    unseen: int = 0
    """Outcomes since the page of what is watched was last open."""


def subjects(place: Place) -> list[Link]:
    """Return what a key is about: the marked items, else the item under the cursor, else what its line links to."""
    here = place.here()
    if here is not None:
        resource = here[0]
        items = place.marked(resource) or [here[1]]
        return [Link(resource.name, resource.key(one)) for one in items if one is not None and not isinstance(one, Odd)]
    page = getattr(place, "page", None)
    block = page.current() if page is not None else None
    return [block.link] if isinstance(block, Row) and block.link is not None else []


class Watching:
    """Mixed into the application."""

    watches: Watches

    @property
    def _watcher(self) -> XplentyApp:
        return cast("XplentyApp", self)

    def unwatchable(self, place: Place | None) -> str | None:
        """Return why nothing under the cursor can be watched or left, in words; None when something can."""
        session = self._watcher.session
        if session is None or place is None:
            return "nothing is loaded yet"
        links = [link for link in subjects(place) if link.kind in KINDS]
        if not links:
            return "there is no job, cluster or schedule under the cursor"
        first = None
        for link in links:
            if (reason := self._why_not(link)) is None:
                return None
            first = first or reason
        return first

    def _why_not(self, link: Link) -> str | None:
        from xplenty_tui.resources.watched import unwatchable

        if link in self.watches.under_way:
            return None
        session = self._watcher.session
        item = session.store.get(link.kind, link.key) if session is not None else None
        return "it is not loaded: enter opens it" if item is None else unwatchable(link.kind, item)

    def do_watch(self) -> None:
        """Watch what is under the cursor or marked; when all of it is watched, leave it."""
        app, front = self._watcher, self._watcher.places.front
        if front is None or (reason := self.unwatchable(front)) is not None:
            app.say(f"watch: {reason if front is not None else 'nothing is loaded yet'}", Tone.WARN)
            return
        links = [link for link in subjects(front) if link.kind in KINDS and self._why_not(link) is None]
        fresh = [link for link in links if link not in self.watches.under_way]
        if fresh:
            self._begin(fresh)
        else:
            self._leave(links)
        self._watch_pace()
        front.store_changed(frozenset(front.wants()))
        app.draw_status()

    def _begin(self, links: list[Link]) -> None:
        from xplenty_tui.resources.watched import begin

        app = self._watcher
        ctx = app.context()
        for link in links:
            self.watches.under_way[link] = begin(link.kind, ctx.store.get(link.kind, link.key), ctx)
        what = self.watches.under_way[links[0]].name if len(links) == 1 else f"these {len(links)}"
        app.say(f"Watching {what}: you hear of it when {'it settles' if len(links) == 1 else 'each settles'}.")

    def _leave(self, links: list[Link]) -> None:
        left = [self.watches.under_way.pop(link) for link in links]
        what = left[0].name if len(left) == 1 else f"{len(left)} things"
        self._watcher.say(f"No longer watching {what}.")

    def _watch_pace(self) -> None:
        """Tell the refresh which kinds have to be looked at although nobody may see them."""
        from xplenty_tui.resources.watched import DRAWS

        if (session := self._watcher.session) is not None:
            session.loop.watch(frozenset().union(*(DRAWS[link.kind] for link in self.watches.under_way)))

    def look_at_watched(self, kinds: frozenset[str]) -> None:
        """See what of these kinds has settled, and tell: a bell, a notification, a message."""
        if not self.watches.under_way:
            return
        from xplenty_tui.resources.settling import look
        from xplenty_tui.resources.watched import DRAWS, Settled

        ctx, came = self._watcher.context(), []
        for link, watched in list(self.watches.under_way.items()):
            if not DRAWS[link.kind] & kinds:
                continue
            found = look(watched, ctx)
            if isinstance(found, Settled):
                del self.watches.under_way[link]
                came.append(found)
            else:
                self.watches.under_way[link] = found
        if came:
            self._tell(came)

    def _tell(self, came: list[Settled]) -> None:
        from xplenty_tui.tui.screens.watching import WatchingPlace

        app = self._watcher
        self.watches.settled += came
        del self.watches.settled[:-KEPT]
        if not isinstance(app.places.front, WatchingPlace):
            self.watches.unseen += len(came)
        self._watch_pace()
        worst = sorted(came, key=lambda one: one.good)
        said = " ".join(one.sentence for one in worst[:NAMED])
        if len(came) > 1:
            rest = f" And {len(came) - NAMED} more." if len(came) > NAMED else ""
            said = f"{len(came)} of what you watch settled. {said}{rest}"
        app.alert(said)
        app.say(said, Tone.GOOD if all(one.good for one in came) else Tone.BAD)

    def drop_watches(self) -> str:
        """Leave everything that is watched, because the account is left; returns what to say of it."""
        count, self.watches = len(self.watches.under_way), Watches()
        session = self._watcher.session
        if not count or session is None:
            return ""
        them = "is" if count == 1 else "are"
        return f"{words.count(count, 'thing')} of {session.account} {them} no longer watched: the account was left."

    def watch_spans(self) -> list[Span]:
        """Return what the state line says of what is watched; nothing when there is nothing."""
        said = [f"{len(self.watches.under_way)} watched"] if self.watches.under_way else []
        spans: list[Span] = [(text, Tone.LINK) for text in said]
        if self.watches.unseen:
            spans += [(", ", Tone.DIM)] if spans else []
            spans.append((f"{self.watches.unseen} settled (@)", Tone.WARN))
        return [*spans, (" · ", Tone.DIM)] if spans else []

    def do_watching(self) -> None:
        """Show what is watched, and what came of what was."""
        from xplenty_tui.tui.screens.watching import WatchingPlace

        app = self._watcher
        if app.session is not None and not isinstance(app.places.front, WatchingPlace):
            app.push(WatchingPlace())

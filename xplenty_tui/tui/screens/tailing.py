"""Following a part of a page: asked for again at a cheap pace while its answer grows, its end kept in view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xplenty_tui.core.assemble import Part, has
from xplenty_tui.core.declare import Loaded, Tone
from xplenty_tui.tui.screens.page import PagePlace

if TYPE_CHECKING:
    from xplenty_tui.tui.screens.detail import DetailPlace

PACE_S = 15
"""Seconds between two looks; each costs a credit."""


class Tail:
    """Which part of a page is followed. Only the page in front asks: what nobody sees costs nothing."""

    def __init__(self, place: DetailPlace) -> None:
        self._place = place
        self._section: Loaded[Any, Any] | None = None
        self._asked_s = 0.0
        self._answered = self._last = False
        """Whether an answer came since it began, and whether the one that is asked for is the last."""

    @property
    def name(self) -> str:
        """The part that is followed; empty: none."""
        return self._section.name if self._section is not None else ""

    def followable(self) -> Loaded[Any, Any] | None:
        """Return the part whose answer grows now."""
        item, ctx = self._place.item, self._place.context()
        if item is None:
            return None
        sections = (one for one in self._place.resource.detail if isinstance(one, Loaded))
        return next((one for one in sections if one.grows(item) and has(one, item, ctx)), None)

    def toggle(self) -> None:
        """Begin to follow, at the end of the part, or stop."""
        place, section = self._place, self.followable()
        if self._section is not None:
            title = self._section.title.lower()
            self._stop()
            place.program.say(f"The {title} is not followed any more.")
        elif section is None:
            place.program.say("Nothing here grows: only the log of a running job can be followed.", Tone.WARN)
        else:
            self._section, self._answered, self._last = section, False, False
            place.program.say(f"The {section.title.lower()} is asked for every {PACE_S} s, 1 credit each; F stops.")
            self._ask()

    def _stop(self) -> None:
        self._section = None
        self._place.unfollow()

    def _ask(self) -> None:
        if self._section is not None:
            self._asked_s = self._place.session.loop.purse.monotonic()
            self._place.follow_part(self._section)

    def tick(self) -> None:
        """Ask when it is time; once more, and for the last time, when the answer grows no more."""
        section, item, loop = self._section, self._place.item, self._place.session.loop
        if section is None or item is None or self._last or loop.paused or loop.purse.guard.blocked:
            return
        if not section.grows(item):
            self._last = True
            self._ask()
        elif loop.purse.monotonic() - self._asked_s >= PACE_S:
            self._ask()

    def sticks(self, name: str) -> bool:
        """Whether the cursor goes to the end of a new answer: it is at the end of the old one, nobody moved up."""
        if name != self.name:
            return False
        return not self._answered or self._place.page.cursor == self._place.page.end_of(name)

    def answered(self, name: str, *, stick: bool) -> None:
        """Go to the end of what was drawn, and stop when it grows no more."""
        if name != self.name or self._section is None:
            return
        self._answered = True
        if stick and (end := self._place.page.end_of(name)) is not None:
            self._place.page.go(end, toward=-1)
        if self._last:
            self._place.program.say(f"It has ended: this is all of the {self._section.title.lower()}.")
            self._stop()


class Followed(PagePlace):
    """A page of parts of which one can be followed."""

    _tail: Tail
    _parts: dict[str, Part]

    def load_part(self, section: Loaded[Any, Any]) -> None:
        """Ask for a part; what comes is drawn."""
        raise AssertionError("a page of parts asks for them")

    def do_follow(self) -> None:
        """Follow what grows, or leave it."""
        self._tail.toggle()

    def tick(self) -> None:
        """Draw what the time changed, and ask for what is followed."""
        super().tick()
        self._tail.tick()

    def follow_part(self, section: Loaded[Any, Any]) -> None:
        """Ask for a part that is followed, and say at its head that it is."""
        part = self._parts.setdefault(section.name, Part())
        part.open, part.pace_s = True, PACE_S
        self.load_part(section)
        self.draw()

    def unfollow(self) -> None:
        """Say no more that anything is followed."""
        for part in self._parts.values():
            part.pace_s = 0
        self.draw()

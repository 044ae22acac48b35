"""The first line and the last two: who and where, messages and state, the keys that work now."""

from __future__ import annotations

import time
from math import inf
from typing import TYPE_CHECKING, cast

from rich.style import Style

from xplenty_tui.core import zones
from xplenty_tui.core.declare import Tone
from xplenty_tui.tui import chrome, theme
from xplenty_tui.tui.commands import ANYWHERE
from xplenty_tui.tui.widgets.bar import Span

if TYPE_CHECKING:
    from xplenty_tui.tui.app import XplentyApp

COLOURS = {"red": Tone.BAD, "yellow": Tone.WARN, "green": Tone.GOOD, "blue": Tone.LINK}
"""What a profile's colour (``config.settings.Colour``) is in the words of the themes."""
MESSAGE_S = 6.0
"""How long a message stays on the state line."""


class Framing:
    """Mixed into the application."""

    @property
    def _framed(self) -> XplentyApp:
        return cast("XplentyApp", self)

    def say(self, text: str, tone: Tone = Tone.PLAIN, *, lasts_s: float = MESSAGE_S) -> None:
        """Say something on the state line for a while; with no end until it is hushed or something else is said."""
        app = self._framed
        app._message = (text, tone, time.monotonic() + lasts_s)
        self.draw_status()
        if lasts_s < inf:
            app.set_timer(lasts_s + 0.1, self.draw_status)

    def hush(self, text: str) -> None:
        """Take back what was said: it is over. What was said after it stays."""
        app = self._framed
        if app._message is not None and app._message[0] == text:
            app._message = None
            self.draw_status()

    def draw_frame(self) -> None:
        """Draw the first line and the last two."""
        app = self._framed
        prepared, session = app.prepared, app.session
        app._nav.show(
            chrome.nav(
                app.places.section,
                session.account if session else "",
                prepared.profile if prepared else "",
                production=bool(session and session.production),
                width=app.size.width,
                ascii=app.ascii,
                look=self._profile_look(),
            )
        )
        self.draw_keys()
        self.draw_status()

    def _profile_look(self) -> Tone | Style:
        """Return how the profile's name looks: on the colour that the profile has, seen without colours, too."""
        app = self._framed
        colour = app.prepared.colour if app.prepared is not None else "none"
        if colour == "auto":
            colour = "red" if app.session is not None and app.session.production else "none"
        tone = COLOURS.get(colour)
        return Tone.DIM if tone is None else theme.tones(app)[tone] + Style(reverse=True, bold=True)

    def draw_keys(self) -> None:
        """Draw the keys that work now: those of the box that is open, else of the place."""
        app = self._framed
        front, boxes = app.places.front, app.boxes()
        if boxes or app.held:
            keys = boxes[-1].keys() if boxes else (("esc", "cancels"),)
            app._keys.show(chrome.box_line(keys, app.size.width))
            return
        scopes = front.reach() if front is not None else (ANYWHERE,)
        offered = [one for one in app.keymap.within(scopes) if front is None or front.offers(one)]
        worded = [front.worded(one) if front is not None else one for one in offered]
        commands = [one for one in worded if not one.weight or app.reason(one.id, front) is None]
        app._keys.show(chrome.key_line(commands, app.size.width))

    def draw_status(self) -> None:
        """Draw the state line: a message while it lasts, else account, state, age and credits."""
        app = self._framed
        session, front = app.session, app.places.front
        if app.held and not app.boxes():
            app._status.show([(app.held[-1].words, Tone.BUSY)])
            return
        if app._message is not None and time.monotonic() < app._message[2]:
            app._status.show([app._message[:2]])
            return
        app._message = None
        if session is None or front is None:
            app._status.show([("not connected" if front is not None else "starting…", Tone.DIM)])
            return
        spans: list[Span] = [(f"{session.account}/{session.profile}", Tone.PLAIN), (" · ", Tone.DIM)]
        if session.read_only:
            spans += [("read-only", Tone.WARN), (" · ", Tone.DIM)]
        spans.append(chrome.state(app.state_word(front)))
        if front.wants():
            spans.append((f", {chrome.age(front.loaded_at(), session.now())}", Tone.DIM))
        spans += [(f" · {zones.short(app.zone, session.now())} · ", Tone.DIM), *app.watch_spans()]
        room = app.size.width - 2 - sum(len(text) for text, _ in spans)
        app._status.show([*spans, *app.credit_spans(room)])

"""How things look: the zone of times and the theme, chosen on the screen and kept by profile."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING, cast

from xplenty_tui.core import zones
from xplenty_tui.core.declare import Tone
from xplenty_tui.tui import theme
from xplenty_tui.tui.widgets.chooser import Chooser, Option
from xplenty_tui.tui.widgets.spans import Plain

if TYPE_CHECKING:
    from textual.filter import LineFilter

    from xplenty_tui.tui.app import XplentyApp

PLAIN = Plain()
"""One for all lines: lines remember what a filter made of them."""


class Looking:
    """Mixed into the application."""

    zone_name = zones.LOCAL
    _zone_asked = False
    """Whether the account's zone is waited for."""

    @property
    def _viewer(self) -> XplentyApp:
        return cast("XplentyApp", self)

    def dress(self) -> None:
        """Take the theme and the zone that are kept for the profile."""
        memory = self._viewer.memory
        self._zone_asked = False
        if memory is None:
            return
        if memory.theme in theme.BY_NAME and memory.theme != self._viewer.theme:
            self._viewer.theme = memory.theme
        self._take_zone(memory.zone or zones.LOCAL)

    # A terminal that shows ASCII only.

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return what each line goes through before it is written: the last, on such a terminal, leaves ASCII."""
        filters: Sequence[LineFilter] = super().get_line_filters()  # type: ignore[misc]
        return [*filters, PLAIN] if self._viewer.ascii else filters

    # A terminal that is too small.

    def fit_small(self) -> None:
        """Cover everything with a sentence where the terminal is too small, and uncover it when it grows."""
        from xplenty_tui.tui.widgets.small import Small, too_small

        app = self._viewer
        covers = list(app.screen.query(Small))
        if not too_small(app.size):
            for cover in covers:
                cover.remove()
            if covers:
                app.give_keys()
        elif not covers:
            app.screen.mount(Small())
        else:
            covers[0].paint()

    # Zones.

    def do_zone(self) -> None:
        """Show times in the next zone: this host's, UTC, the account's."""
        order = (zones.LOCAL, zones.UTC_NAME, zones.ACCOUNT)
        following = order[(order.index(self.zone_name) + 1) % len(order)]
        if following == zones.ACCOUNT and not self._zone_asked:
            self._ask_zone()
        else:
            self._settle_zone(zones.LOCAL if self._zone_asked else following)

    def _ask_zone(self) -> None:
        """Show times in the account's zone as soon as it is known: it is the key's owner's, one credit away."""
        session = self._viewer.session
        self._zone_asked = True
        if session is None:
            self._settle_zone(zones.LOCAL)
        elif session.store.good("user"):
            self.zone_told()
        else:
            self._viewer.say("Asking for the account's zone (1 credit)…", Tone.DIM)
            session.loop.force({"user"})

    def zone_told(self) -> None:
        """Take the account's zone where it is shown or was asked for: something is known of the key's owner."""
        session = self._viewer.session
        if session is None or not (self._zone_asked or self.zone_name == zones.ACCOUNT):
            return
        user = next(iter(session.store.good("user")), None)
        name = zones.told(user.time_zone, user.time_zone_info) if user is not None else ""
        if name:
            self._viewer.keep(lambda memory: setattr(memory, "account_zone", name))
            if self._zone_asked or zones.named(name) != self._viewer.zone:
                self._settle_zone(zones.ACCOUNT)
        elif self._zone_asked and (user is not None or session.store.of("user").error is not None):
            why = "tells none that this host knows" if user is not None else "did not tell it"
            self._settle_zone(zones.LOCAL, f" The account's zone: the API {why}.")

    def _settle_zone(self, name: str, why: str = "") -> None:
        self._zone_asked = False
        self._viewer.keep(lambda memory: setattr(memory, "zone", name))
        self._take_zone(name)
        self._viewer.say(f"Times are shown in {self.zone_words()}.{why}", Tone.WARN if why else Tone.PLAIN)
        self._viewer.arrived()

    def _take_zone(self, name: str) -> None:
        memory = self._viewer.memory
        told = zones.named(memory.account_zone) if memory is not None and name == zones.ACCOUNT else None
        zone: tzinfo = UTC if name == zones.UTC_NAME else told or zones.HostZone()
        known = name == zones.UTC_NAME or told is not None
        self.zone_name, self._viewer.zone = (name if known else zones.LOCAL), zone

    def zone_words(self) -> str:
        """Return the zone as a message names it."""
        app = self._viewer
        short = zones.short(app.zone, app.context().now)
        if self.zone_name == zones.ACCOUNT and app.memory is not None:
            return f"the account's zone {app.memory.account_zone} ({short})"
        return short if self.zone_name == zones.UTC_NAME else f"this host's zone ({short})"

    # Themes.

    def do_theme(self) -> None:
        """Choose the theme; each is shown as soon as it is chosen."""
        app = self._viewer
        options = [
            Option(name, theme.TITLES[name], "", "", "●" if name == app.theme else " ") for name in theme.BY_NAME
        ]

        def choose(name: str) -> None:
            app.theme = name
            app.keep(lambda memory: setattr(memory, "theme", name))
            app.say(f"The colours are {theme.TITLES[name]}.", Tone.PLAIN)
            app.draw_frame()

        app.box(Chooser("Colours", options, choose))

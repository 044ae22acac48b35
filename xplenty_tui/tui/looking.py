"""How things look: the zone of times and the theme, chosen on the screen and kept by profile."""

from __future__ import annotations

from datetime import UTC, tzinfo
from typing import TYPE_CHECKING, cast

from xplenty_tui.core import zones
from xplenty_tui.core.declare import Tone
from xplenty_tui.tui import theme
from xplenty_tui.tui.widgets.chooser import Chooser, Option

if TYPE_CHECKING:
    from xplenty_tui.tui.app import XplentyApp


class Looking:
    """Mixed into the application."""

    zone_name = zones.LOCAL

    @property
    def _viewer(self) -> XplentyApp:
        return cast("XplentyApp", self)

    def dress(self) -> None:
        """Take the theme and the zone that are kept for the profile."""
        memory = self._viewer.memory
        if memory is None:
            return
        if memory.theme in theme.BY_NAME and memory.theme != self._viewer.theme:
            self._viewer.theme = memory.theme
        self._take_zone(memory.zone or zones.LOCAL)

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
        """Show times in the next zone: this host's, UTC."""
        order = (zones.LOCAL, zones.UTC_NAME)
        following = order[(order.index(self.zone_name) + 1) % len(order)] if self.zone_name in order else zones.LOCAL
        self._take_zone(following)
        self._viewer.keep(lambda memory: setattr(memory, "zone", following))
        self._viewer.say(f"Times are shown in {self.zone_words()}.")
        self._viewer.arrived()

    def _take_zone(self, name: str) -> None:
        zone: tzinfo = UTC if name == zones.UTC_NAME else zones.HostZone()
        self.zone_name, self._viewer.zone = (name if name == zones.UTC_NAME else zones.LOCAL), zone

    def zone_words(self) -> str:
        """Return the zone as a message names it."""
        app = self._viewer
        short = zones.short(app.zone, app.context().now)
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

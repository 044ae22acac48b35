"""Going anywhere: the palette over kinds, commands and items, back and forward, the last places."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from xplenty_tui.tui.commands import ANYWHERE, SECTIONS
from xplenty_tui.tui.trail import Spot, Trail
from xplenty_tui.tui.widgets.chooser import Chooser, Option, unique

if TYPE_CHECKING:
    from xplenty_tui.tui.app import XplentyApp
    from xplenty_tui.tui.screens.place import Place

RECENT = 6
"""Places that the palette offers before anything is typed."""
SWITCHES = ("acct", "account", "accounts", "profile")
"""First words after which the name of an account or a profile stands."""
SWITCH = "switch."
_SECTIONS = {name: title for _, name, title in SECTIONS}


class Going:
    """Mixed into the application."""

    trail: Trail

    @property
    def _goer(self) -> XplentyApp:
        return cast("XplentyApp", self)

    # The palette.

    def do_palette(self) -> None:
        """Go to any kind, command, place or item by name."""
        front = self._goer.places.front
        options = self._options(front)

        def choose(id_: str) -> None:
            self._chosen(id_, front)

        hint = "a kind, a command, a name, an id: job 304"
        self._goer.box(Chooser("Go to", options, choose, placeholder=hint, also=self._also))

    def _options(self, front: Place | None) -> list[Option]:
        """Return what is offered before anything is typed: the last places, sections, kinds, commands."""
        from xplenty_tui.resources import ALL

        app = self._goer
        options = [self._spot_option(spot) for spot in self.trail.recent(RECENT)]
        options += [Option(f"section.{name}", title, key, "section") for key, name, title in SECTIONS]
        options += [Option(f"kind.{one.name}", one.title, "", one.about) for one in ALL if one.name not in _SECTIONS]
        scopes = front.reach() if front is not None else (ANYWHERE,)
        for command in app.keymap.within(scopes):
            if not command.id.startswith(("section.", "cursor.", "palette")):
                key, reason = app.keymap.key_of(command.id), app.reason(command.id, front)
                said = f"not now: {reason}" if reason else command.help
                options.append(Option(command.id, command.title, key, said, "-" if reason else " "))
        return unique(options)

    def _also(self, text: str) -> tuple[list[Option], list[Option]]:
        """Return the items and accounts that a text names, for sure and perhaps."""
        from xplenty_tui.resources import ALL
        from xplenty_tui.tui.finding import found

        session = self._goer.session
        if session is None:
            return [], []
        word, _, rest = text.strip().partition(" ")
        if word.casefold() in SWITCHES and rest.strip():
            return self._switches(rest.strip()), []
        return found(text, session.store, ALL)

    def _switches(self, text: str) -> list[Option]:
        """Return the accounts and profiles that a name means; one that is not known yet is tried as it stands."""
        from xplenty_tui.config.settings import is_slug
        from xplenty_tui.tui.switching import ACCOUNT, options

        session = self._goer.session
        known = [one for one in options(self._goer) if text.casefold() in f"{one.title} {one.about}".casefold()]
        listed = session is not None and session.store.of("accounts").loaded_at is not None
        if not known and not listed and is_slug(text):
            known = [Option(ACCOUNT + text, text, "", "the key's accounts are not loaded: tried as it stands")]
        return [Option(SWITCH + one.id, one.title, one.hint, one.about, one.mark) for one in known]

    def _chosen(self, id_: str, front: Place | None) -> None:
        from xplenty_tui.resources import BY_NAME
        from xplenty_tui.tui.finding import ITEM, kind_of
        from xplenty_tui.tui.switching import switch

        app = self._goer
        if id_.startswith("kind."):
            app.open_kind(id_.removeprefix("kind."))
        elif id_.startswith(ITEM):
            kind, key = kind_of(id_)
            app.open_item(BY_NAME[kind], key)
        elif id_.startswith(SWITCH):
            app.start_task(switch(app, id_.removeprefix(SWITCH)))
        else:
            app.act(id_, front)

    # Back and forward.

    def visited(self) -> None:
        """Note the place in front on the trail, if it is one that can be gone to again."""
        places = self._goer.places
        if places.front is None or self._goer.session is None:
            return
        title = places.front.path()[-1]
        if places.depth == 1:
            self.trail.visit(Spot(places.section, places.section, "", title))
        elif (spot := places.front.spot()) is not None:
            self.trail.visit(Spot(places.section, *spot, title))

    def do_history_back(self) -> None:
        """To the place that was seen before, in whatever section."""
        self._along(self.trail.back(), "There is no place before this one.")

    def do_history_forward(self) -> None:
        """To the place that back came from."""
        self._along(self.trail.forward(), "There is no place after this one.")

    def _along(self, spot: Spot | None, none: str) -> None:
        if spot is None:
            self._goer.say(none)
            return
        self._goer.start_task(self._to(spot))

    async def _to(self, spot: Spot) -> None:
        app = self._goer
        first = spot.kind == spot.section and not spot.key
        if not app.places.has(spot.section):
            await app.open_section(spot.section)
        elif first:
            await app.places.go(spot.section)
            await app.places.root()
        if not first and not await app.places.seek(spot.section, (spot.kind, spot.key)):
            await app.places.go(spot.section)
            await app.places.push(self._made(spot))
        app.arrived()

    @staticmethod
    def _made(spot: Spot) -> Place:
        from xplenty_tui.resources import BY_NAME
        from xplenty_tui.tui.screens.detail import DetailPlace
        from xplenty_tui.tui.screens.list import ListPlace

        resource = BY_NAME[spot.kind]
        return DetailPlace(resource, spot.key, BY_NAME) if spot.key else ListPlace(resource)

    @staticmethod
    def _spot_option(spot: Spot) -> Option:
        from xplenty_tui.resources import BY_NAME
        from xplenty_tui.tui.finding import item_id

        if spot.key:
            return Option(item_id(spot.kind, spot.key), spot.title, "recent", BY_NAME[spot.kind].singular)
        if spot.kind == spot.section:
            return Option(f"section.{spot.kind}", _SECTIONS[spot.kind], "recent", "section")
        return Option(f"kind.{spot.kind}", spot.title, "recent")

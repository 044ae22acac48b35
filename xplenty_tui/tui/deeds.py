"""What the commands do that work anywhere: going places, refreshing, copying, switching, leaving."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from xplenty_tui.core.declare import Link, Resource
from xplenty_tui.tui.acting import Acting
from xplenty_tui.tui.commands import SECTIONS
from xplenty_tui.tui.copying import Copying
from xplenty_tui.tui.explain import explain
from xplenty_tui.tui.exporting import Exporting
from xplenty_tui.tui.going import Going
from xplenty_tui.tui.judging import Judging
from xplenty_tui.tui.looking import Looking
from xplenty_tui.tui.noting import Noting
from xplenty_tui.tui.past import Past
from xplenty_tui.tui.relating import Relating
from xplenty_tui.tui.remembering import Remembering
from xplenty_tui.tui.ringing import Alerting
from xplenty_tui.tui.spending import Spending
from xplenty_tui.tui.watching import Watching
from xplenty_tui.tui.widgets.chooser import Chooser
from xplenty_tui.tui.widgets.form_box import Box

if TYPE_CHECKING:
    from xplenty_tui.tui.screens.place import Place
    from xplenty_tui.tui.widgets.form import Form


SLOWED = 2.0
"""From this stretch of the intervals on the state line says so."""


class Deeds(
    Acting,
    Copying,
    Exporting,
    Going,
    Judging,
    Looking,
    Past,
    Relating,
    Remembering,
    Spending,
    Watching,
    Noting,
    Alerting,
):
    """Mixed into the application: the commands, each ``do_`` and its id."""

    def act(self, id_: str, place: Place | None = None) -> None:
        """Do what a command says, at the place or in the application."""
        if id_.startswith("section."):
            self._app.start_task(self.open_section(id_.removeprefix("section."), again=True))
            return
        if id_.startswith("part.") and id_.count(".") == 2:  # part.jobs.log; part.next is a command
            go_part = getattr(place, "go_part", None)
            if go_part is not None:
                go_part(id_.rsplit(".", 1)[1])
            return
        if self.perform(id_, place):
            return
        name = "do_" + id_.replace(".", "_")
        deed: Callable[[], object] | None = getattr(place, name, None) or getattr(self, name, None)
        if deed is not None:
            deed()
            self._app.draw_keys()

    def state_word(self, front: Place) -> str:
        """Return one word for how what is shown stands to the server."""
        session = self._app.session
        if session is None:
            return "offline"
        problem = front.problem()
        if problem is not None:
            return explain(problem).state
        if session.loop.paused:
            return "paused"
        if not front.wants():
            return "still"
        if front.loaded_at() is None:
            return "loading"
        if session.loop.purse.guard.blocked:
            return "waiting"
        if any(session.loop.aged(kind) for kind in front.kinds()):
            return "stale"
        return "slowed" if session.loop.decision.stretch >= SLOWED else "live"

    # Going places.

    async def open_section(self, name: str, *, again: bool = False) -> None:
        """Go to a section, or to any kind by its name; the current one again: back to its first page."""
        app = self._app
        if app.session is None:
            return
        if name not in {section for _, section, _ in SECTIONS}:
            self.open_kind(name)
            name = "triage" if not app.places.section else ""
            if not name:
                return
        app.keep(lambda memory: setattr(memory, "section", name))
        if again and app.places.section == name:
            await app.places.root()
        elif app.places.has(name):
            await app.places.go(name)
        else:
            await app.places.push(self._first(name), name)
        self.arrived()

    def _first(self, name: str) -> Place:
        from xplenty_tui.resources import BY_NAME
        from xplenty_tui.tui.screens.detail import DetailPlace
        from xplenty_tui.tui.screens.list import ListPlace
        from xplenty_tui.tui.screens.triage import TriagePlace

        if name == "triage":
            return TriagePlace(self.incidents, BY_NAME)
        if name == "account":
            session = self._app.session
            slug = session.account if session else ""
            return DetailPlace(BY_NAME["accounts"], slug, BY_NAME, path=("Account",), more=self.credit_blocks)
        return ListPlace(BY_NAME[name])

    def arrived(self) -> None:
        """Tell the refresh what is seen now, and draw the frame."""
        app = self._app
        front = app.places.front
        if front is not None and app.session is not None:
            app.session.loop.look(front.wants(), around=front.around)
            front.store_changed(frozenset(front.wants()))
        self.visited()
        if boxes := self.boxes():
            boxes[-1].take_keys()  # it lies over the new place, too
        app.draw_frame()

    def open_item(self, resource: Resource[Any], key: str) -> None:
        """Open the page of an item."""
        from xplenty_tui.resources import BY_NAME
        from xplenty_tui.tui.screens.detail import DetailPlace

        self.push(DetailPlace(resource, key, BY_NAME))

    def open_link(self, link: Link) -> None:
        """Open what a link names."""
        from xplenty_tui.resources import BY_NAME

        if link.kind in BY_NAME:
            self.open_item(BY_NAME[link.kind], link.key)

    def open_list(self, resource: Resource[Any], **how: Any) -> None:
        """Open a list of some items of a kind."""
        from xplenty_tui.tui.screens.list import ListPlace

        self.push(ListPlace(resource, **how))

    def open_kind(self, name: str) -> None:
        """Open the list of any kind by its name."""
        from xplenty_tui.resources import BY_NAME

        if name in BY_NAME:
            self.open_list(BY_NAME[name])

    def do_back(self) -> None:
        """One step back, never out."""
        app = self._app
        front = app.places.front
        if front is None or front.escape():
            return

        async def run() -> None:
            if await app.places.pop():
                self.arrived()

        app.start_task(run())

    # Boxes and help.

    def box(self, box: Chooser | Box) -> None:
        """Open a box over the place; its end gives the keys back to what lies under it."""
        self._app.screen.mount(box)
        self._app.draw_keys()
        self._app.draw_status()

    def on_box_drawn(self) -> None:
        """Say what the keys of the box do now."""
        self._app.draw_keys()

    def boxes(self) -> list[Chooser | Box]:
        """Return the boxes that are open, the one in front last."""
        screens = self._app.screen_stack  # none any more while the program ends
        found = (box for box in screens[-1].children if isinstance(box, Chooser | Box)) if screens else ()
        return [box for box in found if not box.gone]

    def on_chooser_closed(self) -> None:
        """Give the keys back."""
        self.give_keys()

    def on_form_closed(self, event: Form.Closed) -> None:
        """Keep what was typed, and give the keys back."""
        for filling in [one for one in self.fillings if one.gone]:
            self.fillings.remove(filling)
            filling.left(event.values)
        self.give_keys()

    def on_ask_closed(self) -> None:
        """Give the keys back."""
        self.give_keys()

    def on_columns_box_closed(self) -> None:
        """Give the keys back."""
        self.give_keys()

    def give_keys(self) -> None:
        """Give the keys to the box in front, or to the place."""
        boxes, front = self.boxes(), self._app.places.front
        if boxes:
            boxes[-1].take_keys()
        elif front is not None:
            front.entered()
        self._app.draw_keys()

    def do_help(self) -> None:
        """Show the keys and columns of this place."""
        from xplenty_tui.tui.helping import help_blocks
        from xplenty_tui.tui.screens.page import TextPlace

        app, front = self._app, self._app.places.front
        if front is None or isinstance(front, TextPlace):
            return
        commands = app.keymap.within(front.reach())
        reasons = {command.id: self.reason(command.id, front) for command in commands}
        blocks = help_blocks(commands, getattr(front, "resource", None), reasons)
        self.push(TextPlace((*front.path()[:1], "Help"), blocks, "/ finds  esc closes"))

    # The session.

    def do_refresh(self) -> None:
        """Nothing is drawn from the server here."""

    def do_pause(self) -> None:
        """Pause the refresh, or resume it."""
        if (session := self._app.session) is not None:
            session.loop.pause(not session.loop.paused)
            self._app.draw_status()

    def do_account(self) -> None:
        """Offer the accounts that the key sees and the profiles of the configuration."""
        from xplenty_tui.tui.switching import offer

        offer(self._app)

    def do_redraw(self) -> None:
        """Draw the whole screen again."""
        self._app.refresh(repaint=True, layout=True)
        self._app.screen.refresh(layout=True)
        self._app.screen.refresh()

    def do_suspend(self) -> None:
        """Stop, as a shell's ctrl+z does."""
        self._app.action_suspend_process()

"""Deeds that stand on a page as lines: done to the page's item, or to another one that is fetched first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from xplenty_tui.core.declare import Act, Resource, Row, Tone
from xplenty_tui.core.store import Odd
from xplenty_tui.tui.explain import explain

if TYPE_CHECKING:
    from xplenty_tui.core.action import Action
    from xplenty_tui.tui.app import XplentyApp
    from xplenty_tui.tui.screens.place import Place

ENTER = "enter"


class Relating:
    """Mixed into the application."""

    @property
    def _relater(self) -> XplentyApp:
        return cast("XplentyApp", self)

    def act_on(self, act: Act, place: Place) -> None:
        """Do what a line of a page says, to its item; one that is not loaded is asked for first (1 credit)."""
        app, found = self._relater, self._relater.action_of(act.command)
        if act.on is None or found is None or app.session is None:
            app.act(act.command, place)
            return
        (resource, action), key = found, act.on.key
        item, get = app.session.store.get(resource.name, key), resource.get
        if item is not None:
            self._perform_on(resource, action, item)
        elif get is None:
            app.say(f"{action.title}: this {resource.singular} is not loaded", Tone.WARN)
        else:
            app.say(f"{action.title}: asking for {resource.singular} {key}…")
            app.ask(place, lambda client: get(client, key), lambda item: self._came(act, place, item), self._missed)

    def _came(self, act: Act, place: Place, item: Any) -> None:
        """Go on with an item that was asked for, if the person still waits for it."""
        app, found = self._relater, self._relater.action_of(act.command)
        if found is None or app.session is None:
            return
        resource, action = found
        app.session.store.learn(resource.name, [(resource.key(item), item)], merge=resource.merge)
        if app.places.front is place and not app.boxes():
            self._perform_on(resource, action, item)
        else:
            app.say(f"{action.title}: you went on meanwhile; nothing was done")

    def _missed(self, error: Exception) -> None:
        told = explain(error)
        self._relater.say(f"{told.what} Nothing was done.", Tone.BAD)

    def _perform_on(self, resource: Resource[Any], action: Action[Any], item: Any) -> None:
        from xplenty_tui.tui.errand import Errand

        app = self._relater
        if (reason := self.unfit(action, item)) is not None:
            app.say(f"{action.title}: {reason}", Tone.WARN)
            return
        errand = Errand(app, resource, action, [item])
        errand.begin()
        app.start_task(errand.run())

    def unfit(self, action: Action[Any], item: Any) -> str | None:
        """Return why an action cannot be done to an item now, in words; None when it can."""
        app = self._relater
        if isinstance(item, Odd):
            return "its answer could not be read"
        return app.barred(action) or action.disabled(item, app.context())

    def worded_row(self, row: Row, resource: Resource[Any], item: Any) -> Row:
        """Return a line that does something as it is drawn: with its key, and dim with the reason where it cannot."""
        app, act = self._relater, row.act
        if act is None or not app.keymap.all_taken:
            return row if act is None else replace(row, label=ENTER)
        found = app.action_of(act.command)
        subject = item if act.on is None else app.context().store.get(act.on.kind, act.on.key)
        reason = self.unfit(found[1], subject) if found is not None and subject is not None else None
        key = app.keymap.key_of(act.command) if act.on is None else ENTER
        if reason is None:
            return replace(row, label=key or ENTER)
        return replace(row, label=key or ENTER, text=f"{row.text} (not now: {reason})", tone=Tone.DIM)

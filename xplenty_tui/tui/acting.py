"""From a key to an action: what it is done to, whether it can be done now and why not, and what came of several."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

from xplenty_tui.core.declare import Resource, Row, Tone
from xplenty_tui.core.store import Odd
from xplenty_tui.tui.background import in_daemon
from xplenty_tui.tui.commands import EDIT, EDIT_TEXT

if TYPE_CHECKING:
    from xplenty_tui.core.action import Action, Attempt, Line
    from xplenty_tui.core.journal import Entry, Journal, Outcome
    from xplenty_tui.tui.app import XplentyApp
    from xplenty_tui.tui.errand import Errand
    from xplenty_tui.tui.filling import Filling
    from xplenty_tui.tui.screens.place import Place
    from xplenty_tui.tui.sending import Ended

T = TypeVar("T")
REMEMBERED = 200
"""Journal lines that are kept in memory where there is no file (the demo)."""


class Acting:
    """Mixed into the application."""

    journal: Journal | None
    entries: list[Entry]
    drafts: dict[tuple[str, str, str], dict[str, str]]
    fillings: list[Filling]
    writes: set[asyncio.Task[Any]]

    @property
    def _actor(self) -> XplentyApp:
        return cast("XplentyApp", self)

    def action_of(self, id_: str) -> tuple[Resource[Any], Action[Any]] | None:
        """Return the action of a command, if it is one."""
        from xplenty_tui.resources import BY_NAME

        kind, _, name = id_.partition(".")
        name = EDIT if name == EDIT_TEXT else name
        resource = BY_NAME.get(kind)
        found = next((one for one in resource.actions if one.name == name), None) if resource else None
        return (resource, found) if resource is not None and found is not None else None

    def reason(self, id_: str, place: Place | None) -> str | None:
        """Return why an action cannot be done now, in words; None when it can (or is none)."""
        session = self._actor.session
        if session is None or place is None:  # before anything is loaded: the first frame asks this too
            return None
        found = self.action_of(id_)
        if found is None:
            return None
        resource, action = found
        if action.writes and session.read_only:
            return "read-only: nothing is changed in this account (! turns it off)"
        if reason := self.forbidden(action):
            return reason
        if not action.on_item:
            return action.disabled(None, self._actor.context())
        items, problem = self._subjects(resource, action, place)
        if problem:
            return problem
        reasons = [action.disabled(item, self._actor.context()) for item in items]
        return reasons[0] if all(reasons) else None

    def forbidden(self, action: Action[Any]) -> str | None:
        """Return why the person's role does not allow an action, as far as the account is known."""
        session = self._actor.session
        account = session.store.get("accounts", session.account) if session is not None else None
        known = getattr(account, "permissions", ())
        if not action.permission or not known or action.permission in known:
            return None
        role = getattr(account, "role", "") or "your role"
        return f"not allowed: {role} has no permission {action.permission} in this account"

    def _subjects(self, resource: Resource[Any], action: Action[Any], place: Place) -> tuple[list[Any], str]:
        """Return what an action is done to: the marked items, or the one under the cursor; or why there is none."""
        marked = place.marked(resource)
        if marked and not action.bulk and len(marked) > 1:
            return [], f"{action.title} works on one at a time: esc takes the marks off"
        here = place.here()
        items = marked or ([here[1]] if here is not None and here[0].name == resource.name else [])
        good = [item for item in items if item is not None and not isinstance(item, Odd)]
        if not good:
            return [], f"there is no {resource.singular} under the cursor"
        return good, ""

    def perform(self, id_: str, place: Place | None) -> bool:
        """Do the action of a command; False when it is none."""
        from xplenty_tui.tui.errand import Errand

        app = self._actor
        found = self.action_of(id_) if place is not None and app.session is not None else None
        if found is None or place is None:
            return False
        if (reason := self.reason(id_, place)) is not None:
            app.say(f"{found[1].title}: {reason}", Tone.WARN)
            return True
        resource, action = found
        items: list[Any] = []
        if action.on_item:
            items, _ = self._subjects(resource, action, place)
            items = [item for item in items if action.disabled(item, app.context()) is None]
        as_text = id_.endswith(f".{EDIT_TEXT}")
        app.start_task(Errand(app, resource, action, items, as_text=as_text).run())
        return True

    def write(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Run a write to its end: leaving an account waits for it."""
        task = asyncio.create_task(work, name="write")
        self.writes.add(task)
        task.add_done_callback(self.writes.discard)
        return task

    async def writes_over(self) -> None:
        """Wait until no write is under way; the client's time limits bound it."""
        if self.writes:
            self._actor.say("A change is still under way; waiting for its end…", Tone.WARN)
            await asyncio.wait(self.writes)

    def follow(self, errand: Errand, attempt: Attempt[Any], ended: Ended) -> None:
        """Look after what was done."""
        from xplenty_tui.core.journal import Outcome
        from xplenty_tui.tui.following import find, follow

        action = errand.action
        if ended.outcome is not Outcome.DONE:
            return
        if action.finds is not None:
            self._actor.start_task(find(errand, attempt, ended))
        if action.progress is not None or action.settled is not None:
            self._actor.start_task(follow(errand, attempt, ended))

    async def journal_line(
        self,
        errand: Errand,
        item: Any,
        outcome: Outcome,
        sentence: str,
        *,
        names: tuple[str, ...] = (),
        spent: int | None = None,
    ) -> None:
        """Write a line into the journal, and say when that is not possible."""
        from xplenty_tui.core.journal import Entry

        session, resource = errand.session, errand.resource
        subject = item if item is not None else (errand.items[0] if len(errand.items) == 1 else None)
        entry = Entry(
            at=session.now(),
            account=session.account,
            profile=session.profile,
            action=f"{resource.name}.{errand.action.name}",
            outcome=outcome,
            sentence=sentence,
            kind=resource.name,
            key=resource.key(subject) if subject is not None else "",
            label=resource.label(subject) if subject is not None else "",
            variables=names,
            credits=spent,
        )
        self.entries.append(entry)
        del self.entries[:-REMEMBERED]
        journal = self.journal
        if journal is not None:
            await in_daemon(lambda: journal.write(entry))
            if journal.problem:
                self._actor.say(journal.problem, Tone.WARN)

    def show_results(self, errand: Errand, draft: Any) -> None:
        """Show what became of each of several."""
        from xplenty_tui.tui.screens.results import ResultsPlace

        self._actor.push(ResultsPlace(errand, draft))

    def show_answer(self, errand: Errand, ended: Ended, rows: Sequence[Row]) -> None:
        """Show an answer that is worth a page."""
        from xplenty_tui.tui.screens.results import AnswerPlace

        self._actor.push(AnswerPlace(errand, ended.sentence, rows))

    def do_journal(self) -> None:
        """Show the journal."""
        from xplenty_tui.tui.screens.journal import JournalPlace

        if self._actor.session is not None and not isinstance(self._actor.places.front, JournalPlace):
            self._actor.push(JournalPlace())

    def close_boxes(self) -> None:
        """Close every box that is open: what it was about is left behind."""
        for box in self._actor.boxes():
            box.close()

    def do_read_only(self) -> None:
        """Turn read-only mode on at once; turning it off asks."""
        from xplenty_tui.tui.widgets.ask import Ask

        app, session = self._actor, self._actor.session
        if session is None:
            return
        if not session.read_only:
            session.client.read_only = True
            app.say("Read-only: nothing is changed in this account until you turn it off.")
            app.draw_frame()
            return

        def answer(yes: bool) -> None:
            if yes and app.session is session:
                session.client.read_only = False
                app.say("Changes are possible again.", Tone.WARN)
                app.draw_frame()

        lines: list[Line] = [[("Keys that run, stop, change and delete work again.", Tone.PLAIN)]]
        app.box(Ask("Leave read-only mode", session.account, lines, verb="Allow changes", answer=answer))

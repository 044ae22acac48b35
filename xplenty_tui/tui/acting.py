"""From a key to an action: what it is done to, whether it can be done now and why not, and what came of several."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Coroutine, Sequence
from itertools import count
from math import inf
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
    from xplenty_tui.tui.filling import Filling, Kept
    from xplenty_tui.tui.holding import Hold
    from xplenty_tui.tui.screens.place import Place
    from xplenty_tui.tui.sending import Ended

T = TypeVar("T")
REMEMBERED = 200
"""Journal lines that are kept in memory where there is no file (the demo)."""


class Acting:
    """Mixed into the application."""

    journal: Journal | None
    entries: list[Entry]
    drafts: dict[tuple[str, str, str], Kept]
    fillings: list[Filling]
    writes: set[asyncio.Task[Any]]
    held: list[Hold]
    under_way: set[str]
    doing: set[Errand]
    leaving = False
    """The person wants to leave the program, and a change is waited for."""
    _counted = count(1)

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
        if id_ in ("watch", "note", "history", "timeline"):
            return self._actor.unlooked(id_, place)
        if session is None or place is None:  # before anything is loaded: the first frame asks this too
            return None
        found = self.action_of(id_)
        if found is None:
            return None
        resource, action = found
        if reason := self.barred(action):
            return reason
        if not action.on_item:
            return action.disabled(None, self._actor.context())
        items, problem = self._subjects(resource, action, place)
        if problem:
            return problem
        reasons = [action.disabled(item, self._actor.context()) for item in items]
        return reasons[0] if all(reasons) else None

    def barred(self, action: Action[Any]) -> str | None:
        """Return why nothing at all can be done with an action now: read-only, or the person's role."""
        session = self._actor.session
        if session is not None and action.writes and session.read_only:
            return "read-only: nothing is changed in this account (! turns it off)"
        return self.forbidden(action)

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
        items, _ = self._subjects(resource, action, place) if action.on_item else ([], "")
        reasons = [action.disabled(item, app.context()) for item in items]
        good = [item for item, reason in zip(items, reasons, strict=True) if reason is None]
        errand = Errand(app, resource, action, good, as_text=id_.endswith(f".{EDIT_TEXT}"))
        errand.left_out = [(item, reason) for item, reason in zip(items, reasons, strict=True) if reason is not None]
        if action.on_item and place.marked(resource):
            errand.left_out += [(odd, "its answer could not be read") for odd in place.odd(resource)]
            errand.unseen = place.unseen(resource)
        errand.begin()  # at once: keys that are on their way already act on nothing
        app.start_task(errand.run())
        return True

    def deed_name(self) -> str:
        """Return what no other sending is called, of any session on this host: time, process, number."""
        session = self._actor.session
        at = f"{session.now():%Y%m%dT%H%M%S}" if session is not None else ""
        return f"{at}-{os.getpid()}-{next(self._counted)}"

    def write(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Run a write to its end: leaving an account waits for it."""
        task = asyncio.create_task(work, name="write")
        self.writes.add(task)
        task.add_done_callback(self.writes.discard)
        return task

    async def writes_over(self) -> None:
        """Wait until no write is under way; the client's time limits bound it."""
        while self.writes or self.doing:  # one may have been begun while another was waited for
            self._actor.say("A change is still under way; waiting for its end…", Tone.WARN)
            await self.all_sent()
            self.close_boxes()

    async def all_sent(self) -> None:
        """Wait until nothing is being sent, nor is any of a row of writes left."""
        while self.writes or self.doing:
            if self.writes:
                await asyncio.wait(self.writes)
            else:
                await asyncio.sleep(0)  # the next of a row is begun

    def do_quit(self) -> None:
        """Leave; a change that is under way is waited for, unless the person insists."""
        if self.leaving or not (self.writes or self.doing):
            self._actor.exit()
            return
        self.leaving = True
        self._actor.start_task(self._leave_all())

    async def _leave_all(self) -> None:
        from xplenty_tui.core.journal import Outcome

        self._actor.say("A change is still under way: leaving once it has ended. Again leaves at once.", lasts_s=inf)
        before = len(self.entries)
        await self.all_sent()
        if all(entry.outcome in (Outcome.ASKED, Outcome.DONE) for entry in self.entries[before:]):
            self._actor.exit()
            return
        self.leaving = False
        self._actor.say("Not all of it was done: read what is said of it. q leaves.", Tone.WARN)

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
        **more: Any,
    ) -> None:
        """Write a line into the journal, and say when that is not possible. ``more`` are other fields of an entry."""
        from xplenty_tui.core.journal import Entry

        session, resource = errand.session, errand.resource
        subject = item if item is not None else (errand.items[0] if len(errand.items) == 1 else None)
        several = f"{len(errand.items)} {resource.title.lower()}" if len(errand.items) > 1 else ""
        entry = Entry(
            at=session.now(),
            account=session.account,
            profile=session.profile,
            action=f"{resource.name}.{errand.action.name}",
            outcome=outcome,
            sentence=sentence,
            kind=resource.name,
            key=resource.key(subject) if subject is not None else "",
            label=resource.label(subject) if subject is not None else several,
            **more,
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
        where = f"{session.account} / {session.profile}"
        app.box(Ask("Leave read-only mode", where, lines, verb="Allow changes", answer=answer))

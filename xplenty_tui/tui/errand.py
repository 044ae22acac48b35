"""One doing of one action: form, question, reading the subject again, sending once, journal, outcome.

It belongs to the session in which it began: when that is gone nothing more is sent.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Any

from xplenty_tui.api.errors import NotFound
from xplenty_tui.api.receipt import receipt
from xplenty_tui.core.action import Action, Attempt, Line
from xplenty_tui.core.declare import Resource, Row, Tone
from xplenty_tui.core.journal import Outcome
from xplenty_tui.core.store import Odd
from xplenty_tui.tui.asking import agreed
from xplenty_tui.tui.filling import Filling
from xplenty_tui.tui.holding import Hold, Left
from xplenty_tui.tui.sending import Ended, send
from xplenty_tui.tui.texting import Texting
from xplenty_tui.tui.widgets.ask import Ask

if TYPE_CHECKING:
    from xplenty_tui.tui.app import XplentyApp
    from xplenty_tui.tui.screens.place import Place


KNOW_S = 5.0
"""How long an action waits to hear what the person's role may do, and of what its question speaks."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one subject."""

    item: Any
    ended: Ended


class Errand:
    """One doing. ``run`` is a task of the session."""

    def __init__(
        self,
        app: XplentyApp,
        resource: Resource[Any],
        action: Action[Any],
        items: Sequence[Any],
        *,
        as_text: bool = False,
        lead: Sequence[Line] = (),
    ) -> None:
        self.app, self.resource, self.action, self.as_text = app, resource, action, as_text
        self.lead = tuple(lead)
        """What the question says first: why it is asked at all."""
        self.hold = Hold(app)
        self.left_out: list[tuple[Any, str]] = []
        """What was marked but is not done, each with the reason."""
        self.unseen = 0
        """Marks on rows that the filter hides: nothing is done to what cannot be seen."""
        self.credits = action.credits
        """What one sending costs; a form may know it better than the declaration."""
        self.changes: list[Line] = []
        """What a text changed, for the question."""
        self.items = list(items)
        session = app.session
        assert session is not None  # noqa: S101  # actions belong to a session
        self.session = session
        self.results: list[Result] = []

    @property
    def where(self) -> str:
        """The account and profile, as the corner of a box says it; production in capitals."""
        name = self.session.profile.upper() if self.session.production else self.session.profile
        return f"{self.session.account} / {name}"

    def label(self, item: Any) -> str:
        """Return what a subject is called, with its id."""
        return item.key if isinstance(item, Odd) else self.resource.called(item)

    def begin(self) -> None:
        """Take the keys: from now on they act on nothing but the boxes of this."""
        self.hold.take(f"{self.action.title}…")

    async def run(self) -> None:
        """Do it, from the form to the outcome."""
        self.begin()
        try:
            await self.hold.waits(self._know_role())
            if (reason := self.app.forbidden(self.action)) is not None:
                self.app.say(f"{self.action.title}: {reason}", Tone.WARN)
            elif self.action.fill is None:
                await self.once(None)
            else:
                await self._filled(Texting(self) if self.as_text else Filling(self))
        except Left:
            self.app.say(f"{self.action.title}: left; nothing was sent.")
        finally:
            self.hold.give()

    async def _filled(self, filling: Filling | Texting) -> None:
        """Do it each time the form is sent, until it is done or left."""
        try:
            await self.hold.waits(filling.open())
            while (draft := await filling.next()) is not None:
                if await self.once(draft):
                    filling.close()
                    return
                ended = self.results[-1].ended if self.results else None
                if filling.gone and ended is not None:  # it was closed while it was sent: nobody would see why
                    await self.stop(ended.sentence, ended.next)
                filling.again(ended)
        finally:
            filling.drop()

    async def _know_role(self) -> None:
        """Ask once a session what the role may do, where an action needs to know (1 credit); silence allows it."""
        if self.action.permission:
            await self._have("accounts")  # else the server says no by itself, with the permission that it takes

    async def _have(self, *kinds: str) -> None:
        """Load those kinds of which nothing is known; what does not come soon is done without."""
        store = self.session.store
        missing = {kind for kind in kinds if store.of(kind).empty and store.of(kind).loaded_at is None}
        if not missing:
            return
        came = asyncio.Event()
        stop = store.subscribe(lambda kind: came.set() if kind in missing else None)
        self.session.loop.force(missing)
        try:
            async with asyncio.timeout(KNOW_S):
                while any((held := store.of(kind)).loaded_at is None and held.error is None for kind in missing):
                    await came.wait()
                    came.clear()
        except TimeoutError:
            return
        finally:
            stop()

    async def _fit(self) -> bool:
        """Load what the question speaks of; False when that shows, in words, that nothing here can be done."""
        await self.hold.waits(self._have(*self.action.needs))
        reasons = [self.action.disabled(item, self.app.context()) for item in self.items]
        if not reasons or not all(reasons):
            return True
        self.app.say(f"{self.action.title}: {reasons[0]}", Tone.WARN)
        return False

    async def once(self, draft: Any) -> bool:
        """Ask, read again, send; False when the form should stay open."""
        self.results = []
        self.begin()
        try:
            if self.action.needs and not await self._fit():
                return True
            if draft is not None and self.items and self.action.same(self.items[0], draft):
                self.app.say("Nothing changed, so nothing was sent.")
                return True
            if not await agreed(self, draft):
                return self.action.fill is None
        except Left:
            self.app.say(f"{self.action.title}: left; nothing was sent.")
            await self.note(None, Outcome.CANCELLED, "The person left while it was read again; nothing was sent.")
            return self.action.fill is None
        finally:
            self.hold.give()
        place = self.app.places.front
        self.app.doing.add(self)
        try:
            await self._do_all(draft)
        finally:
            self.app.doing.discard(self)
        return self.app.session is not self.session or await self._told(draft, place)

    async def _do_all(self, draft: Any) -> None:
        """Send for one after another, until one is refused as all would be."""
        for item in self.items or [None]:
            if self.app.session is not self.session:
                return
            self.results.append(Result(item, await self._do(item, draft)))
            if self.results[-1].ended.stops:
                return

    async def _do(self, item: Any, draft: Any) -> Ended:
        """Send for one subject; once begun it goes on to its end, whatever happens to the screen."""
        place = f" {len(self.results) + 1} of {len(self.items)}" if len(self.items) > 1 else ""
        said = f"{self.action.title}{place}…"
        self.app.say(said, lasts_s=inf)
        attempt = Attempt(item, draft, self.session.now(), self.app.deed_name())
        try:
            ended = await asyncio.shield(self.app.write(self._deed(attempt)))
        finally:
            self.app.hush(said)
        self.session.loop.heard(ended.error)
        if self.app.session is self.session:
            self._learn(item, ended)
            self.app.follow(self, attempt, ended)
        return ended

    async def _deed(self, attempt: Attempt[Any]) -> Ended:
        """Send, with a journal line before and after."""
        action, item, draft = self.action, attempt.item, attempt.draft
        named: dict[str, Any] = {"deed": attempt.deed}
        named["variables"] = tuple(action.names(draft)) if draft is not None else ()
        if action.writes:
            self.app.under_way.add(attempt.deed)
            await self.note(item, Outcome.ASKED, f"{action.title}: sending.", **named)
        fields = tuple(type(draft).model_fields) if action.fill is not None and draft is not None else ()
        with receipt() as paid:
            ended = await send(self.session.client, action, attempt, self.app.context(), fields)
        if action.writes:
            paper = {"credits": paid.credits, "request_id": paid.request_id}
            await self.note(item, ended.outcome, ended.sentence, **named, **paper)
            self.app.under_way.discard(attempt.deed)
        return ended

    def _learn(self, item: Any, ended: Ended) -> None:
        store, kind = self.session.store, self.resource.name
        answer = ended.item
        if isinstance(answer, self.resource.model):
            store.learn(kind, [(self.resource.key(answer), answer)], merge=self.resource.merge)
        if self.action.removes and item is not None and ended.outcome is Outcome.DONE:
            store.remove(kind, self.resource.key(item))
        if ended.outcome is not Outcome.REFUSED or isinstance(ended.error, NotFound):
            self.session.loop.force({kind, *self.action.touches} & self.session.loop.kinds)

    async def _told(self, draft: Any, place: Place | None) -> bool:
        """Say how it ended; False when the form should stay open with what was refused."""
        if self.app.leaving and all(one.ended.outcome is Outcome.DONE for one in self.results):
            return True  # the program ends: nothing is shown any more
        if len(self.items) > 1:
            self.app.show_results(self, draft)
            return True
        ended = self.results[-1].ended
        if ended.outcome is Outcome.DONE and (trouble := self.action.trouble(ended.item)):
            await self.stop(ended.sentence, trouble)
            return draft is None
        if ended.outcome is Outcome.DONE:
            self._arrive(ended, place)
            if warning := self.action.warns(ended.item):
                await self.stop(ended.sentence, warning, Tone.STRONG)
            return True
        if draft is not None and ended.outcome in (Outcome.REFUSED, Outcome.NOT_DONE):
            return False  # what was typed stays, for another try
        await self.stop(ended.sentence, ended.next)
        return True

    def _arrive(self, ended: Ended, place: Place | None) -> None:
        """Say that it was done, go to what came of it, and offer what may be wanted next."""
        app = self.app
        app.say(ended.sentence, Tone.GOOD)
        if rows := self._rows(ended):
            app.show_answer(self, ended, rows)
        if ended.link is not None and app.places.front is place:  # who went on meanwhile is not taken back
            app.open_link(ended.link)
        offer = self.action.offers(ended.item, app.context())
        other = next((one for one in self.resource.actions if offer is not None and one.name == offer.action), None)
        if offer is not None and other is not None:
            following = Errand(app, self.resource, other, [ended.item], lead=offer.lines)
            following.begin()
            app.start_task(following.run())

    def _rows(self, ended: Ended) -> Sequence[Row]:
        shows, item = self.action.shows, self.items[0] if self.items else None
        return tuple(shows(ended.item, item, self.app.context())) if shows is not None else ()

    async def note(self, item: Any, outcome: Outcome, sentence: str, **more: Any) -> None:
        """Write a line into the journal; in a thread, because it is a disk. ``more`` are other fields of an entry."""
        await self.app.journal_line(self, item, outcome, sentence, **more)

    async def stop(self, what: str, following: str, tone: Tone = Tone.BAD) -> None:
        """Say why it did not go on, in a box that stays until it is read."""
        lines: list[Line] = [[(what, tone)], [], [(following, Tone.PLAIN)]]
        title = self.action.title[:1].upper() + self.action.title[1:]
        self.app.box(Ask(title, self.where, lines, answer=lambda _: None))

"""One doing of one action: form, question, reading the subject again, sending once, journal, outcome.

It belongs to the session in which it began: when that is gone nothing more is sent.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from xplenty_tui.api.errors import ApiError, NotFound
from xplenty_tui.core.action import Action, Attempt, Line, Question
from xplenty_tui.core.declare import Resource, Row, Tone
from xplenty_tui.core.journal import Outcome
from xplenty_tui.tui.explain import explain
from xplenty_tui.tui.filling import Filling
from xplenty_tui.tui.sending import Ended, send
from xplenty_tui.tui.texting import Texting
from xplenty_tui.tui.widgets.ask import Ask

if TYPE_CHECKING:
    from xplenty_tui.tui.app import XplentyApp


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
    ) -> None:
        self.app, self.resource, self.action, self.as_text = app, resource, action, as_text
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
        key, name = self.resource.key(item), self.resource.label(item)
        return name if name.startswith(key) or name == key else f"{key} {name}"

    async def run(self) -> None:
        """Do it, from the form to the outcome."""
        await self._know_role()
        if (reason := self.app.forbidden(self.action)) is not None:
            self.app.say(f"{self.action.title}: {reason}", Tone.WARN)
            return
        if self.action.fill is None:
            await self.once(None)
            return
        filling = Texting(self) if self.as_text else Filling(self)
        await filling.open()
        while (draft := await filling.next()) is not None:
            if not await self.once(draft):
                filling.again(self.results[-1].ended if self.results else None)
                continue
            filling.close()
            return

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

    async def once(self, draft: Any) -> bool:
        """Ask, read again, send; False when the form should stay open."""
        self.results = []
        await self._have(*self.action.needs)
        if not await self._agreed(draft):
            return self.action.fill is None
        for item in self.items or [None]:
            if self.app.session is not self.session:
                return True
            self.results.append(Result(item, await self._do(item, draft)))
            if self.results[-1].ended.stops:
                break
        return await self._told(draft)

    async def _agreed(self, draft: Any) -> bool:
        """Ask until the person agrees to what is still true; a changed subject asks again."""
        question = self._question(draft)
        if question is None:
            return True
        asked = _Asked(self, question)
        while await asked.answer():
            if not self.action.danger:
                return True
            changed = await self._read_again(asked)
            if changed is None:
                return False
            if not changed:
                return True
            question = self._question(draft) or question
            asked = _Asked(self, question, changed=True)
        await self.note(None, Outcome.CANCELLED, "The person said no.")
        return False

    def _question(self, draft: Any) -> Question | None:
        """Return what is asked; None for what is harmless. What a text changed is always shown before it is sent."""
        question = self.action.ask(self.items, draft, self.app.context()) if self.action.ask is not None else None
        if question is not None or not self.as_text:
            return question
        return Question(f"{self.action.title.capitalize()} {self.label(self.items[0])}", tuple(self.changes), "Send")

    async def _read_again(self, asked: _Asked) -> bool | None:
        """Read the subjects; tell whether one is not as the question said. None: it cannot go on."""
        get, changed, kept = self.resource.get, False, []
        if get is None:
            return False
        self.app.say("Reading it again before anything is done…")
        for item in self.items:
            key = self.resource.key(item)
            try:
                now = await get(self.session.client, key)
            except NotFound:
                self.session.store.remove(self.resource.name, key)
                changed = True
                continue
            except ApiError as error:
                self.session.loop.heard(error)
                await self.stop(f"{self.label(item)} could not be read again, so nothing was sent", explain(error).what)
                return None
            self.session.store.learn(self.resource.name, [(key, now)], merge=self.resource.merge)
            merged = self.session.store.get(self.resource.name, key) or now
            changed = changed or self.action.state(merged) != self.action.state(item)
            if (reason := self.action.disabled(merged, self.app.context())) is None:
                kept.append(merged)
            else:
                changed = True
                self.app.say(f"{self.label(merged)}: {reason}", Tone.WARN)
        if not kept:
            reason = "it is gone, or what it was about to do has happened"
            await self.stop(f"Nothing is left to {self.action.title}", f"It changed meanwhile: {reason}.")
            return None
        self.items = kept
        return changed

    async def _do(self, item: Any, draft: Any) -> Ended:
        """Send for one subject; once begun it goes on to its end, whatever happens to the screen."""
        self.app.say(f"{self.action.title}…")
        attempt = Attempt(item, draft, self.session.now())
        ended = await asyncio.shield(self.app.write(self._deed(attempt)))
        self.session.loop.heard(ended.error)
        if self.app.session is self.session:
            self._learn(item, ended)
            self.app.follow(self, attempt, ended)
        return ended

    async def _deed(self, attempt: Attempt[Any]) -> Ended:
        """Send, with a journal line before and after."""
        action, item, draft = self.action, attempt.item, attempt.draft
        names = tuple(action.names(draft)) if draft is not None else ()
        if action.writes:
            await self.note(item, Outcome.ASKED, f"{action.title}: sending.", names)
        fields = tuple(type(draft).model_fields) if action.fill is not None and draft is not None else ()
        before = self.session.meter.burn()
        ended = await send(self.session.client, action, attempt, self.app.context(), fields)
        if action.writes:
            spent = self.session.meter.burn() - before
            await self.note(item, ended.outcome, ended.sentence, names, spent)
        return ended

    def _learn(self, item: Any, ended: Ended) -> None:
        store, kind = self.session.store, self.resource.name
        answer = ended.item
        if isinstance(answer, self.resource.model):
            store.learn(kind, [(self.resource.key(answer), answer)], merge=self.resource.merge)
        if self.action.removes and item is not None and ended.outcome is Outcome.DONE:
            store.remove(kind, self.resource.key(item))
        if ended.outcome is not Outcome.REFUSED:
            self.session.loop.force({kind, *self.action.touches} & self.session.loop.kinds)

    async def _told(self, draft: Any) -> bool:
        """Say how it ended; False when the form should stay open with what was refused."""
        if len(self.items) > 1:
            self.app.show_results(self, draft)
            return True
        ended = self.results[-1].ended
        if ended.outcome is Outcome.DONE and (trouble := self.action.trouble(ended.item)):
            await self.stop(ended.sentence, trouble)
            return draft is None
        if ended.outcome is Outcome.DONE:
            self.app.say(ended.sentence, Tone.GOOD)
            if rows := self._rows(ended):
                self.app.show_answer(self, ended, rows)
            if ended.link is not None:
                self.app.open_link(ended.link)
            return True
        if draft is not None and ended.outcome in (Outcome.REFUSED, Outcome.NOT_DONE):
            return False  # what was typed stays, for another try
        await self.stop(ended.sentence, ended.next)
        return True

    def _rows(self, ended: Ended) -> Sequence[Row]:
        shows, item = self.action.shows, self.items[0] if self.items else None
        return tuple(shows(ended.item, item, self.app.context())) if shows is not None else ()

    async def note(
        self, item: Any, outcome: Outcome, sentence: str, names: tuple[str, ...] = (), spent: int | None = None
    ) -> None:
        """Write a line into the journal; in a thread, because it is a disk."""
        await self.app.journal_line(self, item, outcome, sentence, names=names, spent=spent)

    async def stop(self, what: str, following: str) -> None:
        """Say why it did not go on, in a box that stays until it is read."""
        lines: list[Line] = [[(what, Tone.BAD)], [], [(following, Tone.PLAIN)]]
        self.app.box(Ask(self.action.title, self.where, lines, verb="Read", answer=lambda _: None))


class _Asked:
    """A question on the screen, whose answer can be awaited."""

    def __init__(self, errand: Errand, question: Question, *, changed: bool = False) -> None:
        self._answer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        box = Ask(
            question.title,
            errand.where,
            [*question.lines, _cost(errand)],
            verb=question.verb,
            answer=self._take,
            danger=errand.action.danger,
            typed=question.typed,
        )
        errand.app.box(box)
        if changed:
            box.update([*question.lines, _cost(errand)], typed=question.typed)

    def _take(self, yes: bool) -> None:
        if not self._answer.done():
            self._answer.set_result(yes)

    async def answer(self) -> bool:
        """Wait for it."""
        return await self._answer


def _cost(errand: Errand) -> Line:
    """Say what it costs in credits."""
    each = errand.action.credits + (1 if errand.action.danger and errand.resource.get is not None else 0)
    total = each * max(1, len(errand.items))
    return [(f"Costs {total} credit{'' if total == 1 else 's'}.", Tone.DIM)]

"""The questions of an errand: asked until the person agrees to what is still true, or says no."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from xplenty_tui.api.errors import ApiError, Forbidden, NotFound, Unauthorized
from xplenty_tui.core import words
from xplenty_tui.core.action import Line, Question
from xplenty_tui.core.declare import Tone
from xplenty_tui.core.journal import Outcome
from xplenty_tui.tui.explain import explain
from xplenty_tui.tui.widgets.ask import Ask

if TYPE_CHECKING:
    from xplenty_tui.tui.errand import Errand

FINAL = (Unauthorized, Forbidden)
"""Refusals of the reading that the write would meet as well; anything else leaves it to the person to go on unread."""
NAMED = 4
"""Subjects of those that are left out that are named for one reason."""


@dataclass(frozen=True, slots=True)
class Read:
    """What reading the subjects again has shown."""

    changed: bool = False
    """Something is not as the question said."""
    over: bool = False
    """There is nothing left to do, and the person was told why."""
    unread: Sequence[Any] = ()
    """What could not be read, and ``why`` not."""
    why: ApiError | None = None


async def agreed(errand: Errand, draft: Any) -> bool:
    """Ask until the person agrees. A changed subject asks again, and so does one that could not be read."""
    question = question_of(errand, draft)
    if question is None:
        return True
    asked = _Asked(errand, question)
    while await asked.answer():
        if not errand.action.danger or asked.unread:
            return True
        errand.hold.words = "Reading it again before anything is done…"
        found = await errand.hold.waits(read_again(errand))
        if found.over:
            return False
        if not found.changed and found.why is None:
            return True
        question = question_of(errand, draft) or question
        asked = _Asked(errand, question, changed=found.changed, unread=tuple(_unread(errand, found)))
    await errand.note(None, Outcome.CANCELLED, "The person said no.")
    return False


def question_of(errand: Errand, draft: Any) -> Question | None:
    """Return what is asked; None for what is harmless. What a text changed is always shown before it is sent."""
    action = errand.action
    question = action.ask(errand.items, draft, errand.app.context()) if action.ask is not None else None
    if question is not None or not errand.as_text:
        return question
    return Question(f"{action.title.capitalize()} {errand.label(errand.items[0])}", tuple(errand.changes), "Send")


async def read_again(errand: Errand) -> Read:
    """Read the subjects (a credit each); those that cannot be done any more are left out from then on.

    The first that cannot be read ends it: the others would hardly fare better, and each try may cost a credit.
    """
    get, session, action = errand.resource.get, errand.session, errand.action
    if get is None:
        return Read()
    changed, kept = False, list[Any]()
    for place, item in enumerate(errand.items):
        key = errand.resource.key(item)
        try:
            now = await get(session.client, key)
        except NotFound:
            session.store.remove(errand.resource.name, key)
            errand.left_out.append((item, "it is gone"))
            changed = True
            continue
        except ApiError as error:
            unread = errand.items[place:]
            errand.items = [*kept, *unread]
            return await _not_read(errand, error, Read(changed, unread=unread, why=error))
        session.store.learn(errand.resource.name, [(key, now)], merge=errand.resource.merge)
        merged = session.store.get(errand.resource.name, key) or now
        if (reason := action.disabled(merged, errand.app.context())) is None:
            kept.append(merged)
            changed = changed or action.state(merged) != action.state(item)
        else:
            errand.left_out.append((merged, reason))
            changed = True
    if not kept:
        await errand.stop(f"Nothing is left to {action.title}", _gone(errand))
        return Read(over=True)
    errand.items = kept
    return Read(changed)


async def _not_read(errand: Errand, error: ApiError, found: Read) -> Read:
    """Return what is left to the person to decide; nothing where the write would meet the same refusal."""
    errand.session.loop.heard(error)
    if not isinstance(error, FINAL):
        return found
    told = explain(error)
    first = errand.label(found.unread[0])
    await errand.stop(f"{first} could not be read again, so nothing was sent. {told.what}", told.next)
    return Read(over=True)


def _gone(errand: Errand) -> str:
    """Say what happened meanwhile to what something was to be done to."""
    reasons = list(dict.fromkeys(reason for _, reason in errand.left_out))
    return f"It changed meanwhile: {'; '.join(reasons)}."


def _unread(errand: Errand, found: Read) -> Iterator[Line]:
    """Say what could not be read, how old what is shown of it may be, and what going on means."""
    if found.why is None:
        return
    total, session, noun = len(errand.items), errand.session, errand.resource.singular
    what = errand.label(found.unread[0]) if total == 1 else f"{len(found.unread)} of {words.count(total, noun)}"
    yield [(f"{what} could not be read again. {explain(found.why).what}", Tone.WARN)]
    loaded = session.store.of(errand.resource.name).loaded_at
    old = f"up to {words.ago(loaded, session.now())} old" if loaded is not None else "of an age that is not known"
    yield [(f"What is shown is {old}: it may have changed.", Tone.WARN)]
    yield [("Going on sends it once, unread. Cancel sends nothing.", Tone.STRONG)]
    yield []


def left_out(errand: Errand) -> Iterator[Line]:
    """Say which of what was marked is left out, and why."""
    reasons: dict[str, list[str]] = {}
    for item, reason in errand.left_out:
        reasons.setdefault(reason, []).append(errand.label(item))
    for reason, labels in reasons.items():
        more = f" and {len(labels) - NAMED} more" if len(labels) > NAMED else ""
        yield [(f"Left out: {', '.join(labels[:NAMED])}{more}: {reason}.", Tone.WARN)]
    if errand.unseen:
        noun = "mark is on a row" if errand.unseen == 1 else "marks are on rows"
        yield [(f"Left out: {errand.unseen} {noun} that the filter hides.", Tone.WARN)]


class _Asked:
    """A question on the screen, whose answer can be awaited."""

    def __init__(
        self, errand: Errand, question: Question, *, changed: bool = False, unread: Sequence[Line] = ()
    ) -> None:
        self.unread = bool(unread)
        """The person is asked to go on without reading: what was typed once is not wanted again for the same."""
        self._answer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        typed = question.typed if changed or not unread else None
        lines = [*errand.lead, *unread, *question.lines, *left_out(errand), _cost(errand, reads=not unread)]
        box = Ask(
            question.title,
            errand.where,
            lines,
            verb=question.verb,
            answer=self._take,
            danger=errand.action.danger,
            typed=typed,
        )
        errand.app.box(box)
        if changed:
            box.update(lines, typed=typed)

    def _take(self, yes: bool) -> None:
        if not self._answer.done():
            self._answer.set_result(yes)

    async def answer(self) -> bool:
        """Wait for it."""
        return await self._answer


def _cost(errand: Errand, *, reads: bool) -> Line:
    """Say what it costs in credits, with reading it again where that comes before."""
    again = reads and errand.action.danger and errand.resource.get is not None
    total = (errand.credits + (1 if again else 0)) * max(1, len(errand.items))
    return [(f"Costs {words.count(total, 'credit')}.", Tone.DIM)]

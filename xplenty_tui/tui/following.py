"""What was set going is looked at, at a cheap pace, until it has arrived; then the person is told."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from xplenty_tui.api.errors import ApiError, NotFound
from xplenty_tui.core.action import Attempt
from xplenty_tui.core.declare import Tone
from xplenty_tui.core.journal import Outcome

if TYPE_CHECKING:
    from xplenty_tui.tui.errand import Errand
    from xplenty_tui.tui.sending import Ended

PACES_S = (2.0, 3.0, 5.0, 8.0, 13.0, 20.0)
"""Seconds before the first look, the second and so on; the last one goes on."""
LOOKS = 40
"""Looks (a credit each) after which it is left: a quarter of an hour."""
FINDS_S = (1.0, 2.0, 3.0, 5.0, 8.0)
"""Seconds before each look for what was started."""


async def follow(errand: Errand, attempt: Attempt[Any], ended: Ended) -> None:
    """Follow what was done until it settles, and say how it came out."""
    app, action = errand.app, errand.action
    for look in range(LOOKS):
        await asyncio.sleep(PACES_S[min(look, len(PACES_S) - 1)])
        try:
            over, sentence, good = await _look(errand, attempt, ended)
        except NotFound:
            return  # it is gone, and the list says so
        except ApiError as error:
            errand.session.loop.heard(error)
            continue
        if over:
            app.say(sentence, Tone.PLAIN if action.progress is not None else Tone.GOOD if good else Tone.BAD)
            _draw_again(errand, attempt)
            if not good and action.writes:
                await errand.note(attempt.item, Outcome.FAILED, sentence, deed=attempt.deed)
            return
    app.say(f"{action.title}: not settled after a quarter of an hour; it is no longer followed.", Tone.WARN)


def _draw_again(errand: Errand, attempt: Attempt[Any]) -> None:
    """Ask for the page of the subject again, when it is in front: its parts may say more now."""
    from xplenty_tui.tui.screens.detail import DetailPlace

    front, resource = errand.app.places.front, errand.resource
    if not isinstance(front, DetailPlace) or front.resource is not resource or attempt.item is None:
        return
    if front.key == resource.key(attempt.item):
        front.do_refresh()


async def _look(errand: Errand, attempt: Attempt[Any], ended: Ended) -> tuple[bool, str, bool]:
    """Look once: whether it is over, what to say then, and whether that is good news."""
    action, session, resource = errand.action, errand.session, errand.resource
    if action.progress is not None:
        over, sentence = await action.progress(session.client, attempt, ended.item)
        if not over:
            errand.app.say(sentence)
        return over, sentence, True
    subject = ended.item if isinstance(ended.item, resource.model) else attempt.item
    if resource.get is None or subject is None or action.settled is None:
        return True, ended.sentence, True
    key = resource.key(subject)
    item = await resource.get(session.client, key)
    session.store.learn(resource.name, [(key, item)], merge=resource.merge)
    known = session.store.get(resource.name, key) or item
    sentence = action.outcome(known) if action.outcome is not None else ended.sentence
    return action.settled(known), sentence, getattr(known, "status", "") not in ("error", "failed")


async def find(errand: Errand, attempt: Attempt[Any], ended: Ended) -> None:
    """Look for what was started, and go there when the person is still where it was started."""
    app, finds, place = errand.app, errand.action.finds, errand.app.places.front
    if finds is None:
        return
    for wait in FINDS_S:
        await asyncio.sleep(wait)
        try:
            link = await finds(errand.session.client, attempt, ended.item)
        except ApiError as error:
            errand.session.loop.heard(error)
            continue
        if link is not None:
            if app.places.front is place and not app.boxes() and not app.held:
                app.open_link(link)
            else:
                app.say(f"It started {link.kind.rstrip('s')} {link.key}.", Tone.GOOD)
            return
    app.say("What it started was not seen yet; it will be in the list.", Tone.WARN)

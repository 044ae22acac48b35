"""Sending a write exactly once, and finding out what became of it when no answer tells.

Nothing here draws, and nothing is ever sent twice: after an uncertain end only GETs are made.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from xplenty_tui.api import errors
from xplenty_tui.api.refused import by_field
from xplenty_tui.core.action import Action, Attempt, ReadBack, Verdict
from xplenty_tui.core.declare import Context, Link
from xplenty_tui.core.journal import Outcome
from xplenty_tui.tui.explain import explain

AGAIN_S = 3.0
"""What reading back does not show yet may still be under way, and what broke the answer may break the first look, too:
anything but a proof that it was done is looked for again."""
STOPPERS = (errors.Unauthorized, errors.PaymentRequired, errors.RateLimited)
"""Refusals that all further writes would meet as well."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How one sending ended."""

    outcome: Outcome
    sentence: str
    """What happened, for a person."""
    next: str = ""
    """What to do or to check now; empty when it was done."""
    item: Any = None
    """The answer: the changed or new item; None when there is none."""
    error: errors.ApiError | None = None
    problems: Mapping[str, str] = field(default_factory=dict)
    """What the server refused, by field."""
    values: Mapping[str, str] = field(default_factory=dict)
    """What has to stand in the form from now on: a part was done."""
    link: Link | None = None
    """Where the person is taken."""

    @property
    def stops(self) -> bool:
        """Whether nothing more of a row of writes should be sent."""
        return isinstance(self.error, STOPPERS)


async def send(
    client: Any, action: Action[Any], attempt: Attempt[Any], ctx: Context, fields: tuple[str, ...] = ()
) -> Ended:
    """Send the write of ``attempt`` once and return how it ended; raises nothing that the API can cause."""
    try:
        answer = await action.send(client, attempt.item, attempt.draft)
    except errors.ApiError as error:
        return await _failed(client, action, attempt, error, ctx=ctx, fields=fields)
    link = action.lands(answer)
    return Ended(Outcome.DONE, action.said(answer, attempt.item, ctx), item=answer, link=link)


async def _failed(
    client: Any,
    action: Action[Any],
    attempt: Attempt[Any],
    error: errors.ApiError,
    *,
    ctx: Context,
    fields: tuple[str, ...],
) -> Ended:
    told = explain(error)
    if values := getattr(error, "values", None):
        return Ended(Outcome.REFUSED, told.what, "The form names it now.", error=error, values=values)
    if not error.sent:
        refused = isinstance(error, errors.ReadOnly)
        outcome = Outcome.REFUSED if refused else Outcome.NOT_DONE
        return Ended(outcome, told.what, _unsent(error), error=error)
    if isinstance(error, errors.Refused):
        problems = by_field(error, fields) if isinstance(error, errors.Unprocessable) else {}
        return Ended(Outcome.REFUSED, told.what, _next(error, action), error=error, problems=problems)
    return await _read_back(client, action, attempt, error, ctx)


def _unsent(error: errors.ApiError) -> str:
    """Say what to do about what kept it from being sent."""
    if isinstance(error, errors.ReadOnly):
        return "Nothing was sent. ! allows changes again; it asks first."
    if isinstance(error, errors.TlsFailure | errors.Misconfigured):
        return f"Nothing was sent. {explain(error).next.removeprefix('Nothing was sent. ')}"
    return "Nothing was sent. Do it again once there is a connection."


def _next(error: errors.ApiError, action: Action[Any]) -> str:
    """Say what to do about a refusal."""
    if isinstance(error, errors.Forbidden) and action.permission:
        needed = f"It takes the permission {action.permission}; an administrator of the account can give it."
        return f"Nothing was done. {needed}"
    if isinstance(error, errors.RateLimited):
        return "Nothing was done. The hour's credits are used up: try again when there are some ($ shows them)."
    if isinstance(error, errors.Unprocessable):
        return "Nothing was done. Change what it names, and try again."
    if isinstance(error, errors.NotFound):
        return "Nothing was done. It may be gone: the list is asked for again. Else look at the account's name (a)."
    if isinstance(error, errors.Unauthorized | errors.PaymentRequired | errors.Forbidden):
        return f"Nothing was done. {explain(error).next}"
    return "Nothing was done. Look at what was filled in, and at the item as it is now (R)."


async def _read_back(
    client: Any, action: Action[Any], attempt: Attempt[Any], error: errors.ApiError, ctx: Context
) -> Ended:
    """Look whether it was done: the server may have acted though no answer came. Never sends it again."""
    found = await _look(client, action, attempt)
    if isinstance(found, errors.ApiError) or found.verdict is not Verdict.DONE:
        await asyncio.sleep(AGAIN_S)
        found = await _look(client, action, attempt)
    why = explain(error).what
    if isinstance(found, errors.ApiError):
        check = f"Reading back failed as well ({explain(found).what}). Look whether it was done before you try again."
        return Ended(Outcome.UNKNOWN, f"Nobody knows whether it was done: {why}", check, error=error)
    if found.verdict is Verdict.DONE:
        said = action.said(found.item, attempt.item, ctx)
        sentence = f"It was done, though no good answer came ({why.rstrip('.')}): {said}"
        return Ended(Outcome.DONE, sentence, item=found.item, link=action.lands(found.item) if found.item else None)
    if found.verdict is Verdict.NOT_DONE:
        return Ended(
            Outcome.NOT_DONE,
            f"It was not done: {why}",
            "It was sent once. Do it again if you still want it.",
            error=error,
        )
    check = found.check or "Look at it before you try again."
    return Ended(Outcome.UNKNOWN, f"Nobody knows whether it was done: {why}", check, item=found.item, error=error)


async def _look(client: Any, action: Action[Any], attempt: Attempt[Any]) -> ReadBack | errors.ApiError:
    try:
        return await action.check(client, attempt)
    except errors.ApiError as error:
        return error

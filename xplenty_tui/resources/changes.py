"""Editing what exists: what stands in the form, what of it is different and sent, and whether it arrived."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, TypeVar

from xplenty_tui.api.drafts import Draft
from xplenty_tui.core.action import Attempt, Line, Verdict
from xplenty_tui.core.declare import Context
from xplenty_tui.core.fields import write
from xplenty_tui.resources import verdicts
from xplenty_tui.resources.deeds import Send
from xplenty_tui.resources.questions import differences, line

T = TypeVar("T")
Different = Callable[[Any, Any], Mapping[str, Any]]
"""(item, draft) → the fields that the item has otherwise, as they are sent."""
NOTHING = line("Nothing is different: nothing will be sent.")
"""What a question says of a change that is none."""


def present(item: Any, names: Iterable[str]) -> dict[str, str]:
    """Return the texts of an item's fields as a form has them; what lies in an object is named with a dot."""
    found = {}
    for name in names:
        outer, _, inner = name.partition(".")
        value = getattr(item, outer, None)
        found[name] = write((value or {}).get(inner) if inner else value)
    return found


def _plain(value: Any) -> Any:
    return None if value == "" else value


def different(item: Any, draft: Draft, *, apart: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Return the fields of the draft that the item has otherwise, as they are sent; ``apart`` are no fields of it."""
    found: dict[str, Any] = {}
    for name in sorted(draft.model_fields_set - apart, key=list(type(draft).model_fields).index):
        new, old = getattr(draft, name), getattr(item, name, None)
        if isinstance(new, Draft):
            inner = {key: value for key, value in new.sent().items() if (old or {}).get(key) != value}
            if inner:
                found[name] = inner
        elif _plain(new) != _plain(old):
            found[name] = new if new is not None else ""
    return found


def lines(item: Any, changed: Mapping[str, Any]) -> tuple[Line, ...]:
    """Return one line for each thing that changes."""
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for name, new in changed.items():
        old = getattr(item, name, None)
        if isinstance(new, Mapping):
            for key, value in new.items():
                before[f"{name} {key}"], after[f"{name} {key}"] = write((old or {}).get(key)), write(value)
        else:
            before[name], after[name] = write(old), write(new)
    return tuple(differences(before, after))


def send(different: Different, update: Callable[[Any, T, Any], Awaitable[T]]) -> Send:
    """Return the sending of what is different by (client, item, that); None, and nothing sent, where nothing is."""

    async def change(client: Any, item: T | None, draft: Any) -> T | None:
        new = different(item, draft)
        return await update(client, item, new) if item is not None and new else None

    return change


def said(
    label: Callable[[T | None], str], done: Callable[[T, T | None, Context], str]
) -> Callable[[Any, T | None, Context], str]:
    """Return the sentence of ``done`` (answer, item, context); for an answer of ``None`` that nothing was sent."""

    def told(answer: T | None, item: T | None, ctx: Context) -> str:
        if answer is None:
            return f"{label(item)} is as it was: nothing was different, nothing was sent."
        return done(answer, item, ctx)

    return told


def took(different: Different) -> verdicts.Judge[Any]:
    """Return the judge whether an item has what a draft changed of it; some of it, or nothing, proves nothing."""

    def judge(attempt: Attempt[Any], now: Any) -> Verdict:
        sent = different(attempt.item, attempt.draft).keys()
        left = sent & different(now, attempt.draft).keys()
        return verdicts.verdict(not left) if sent and (not left or left == sent) else Verdict.UNKNOWN

    return judge

"""What the actions of several kinds do alike: make something new, act on an item, delete it for good."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

from xplenty_tui.core.action import Action, Question
from xplenty_tui.core.declare import Context, Link
from xplenty_tui.resources import verdicts

T = TypeVar("T")
Send = Callable[[Any, Any, Any], Awaitable[Any]]
"""(client, item, draft) → the answer: an ``Action.send``."""


def make(call: Callable[[Any, Any], Awaitable[Any]]) -> Send:
    """Return the sending of a draft by (client, draft): something new is made of it."""

    async def send(client: Any, _item: Any, draft: Any) -> Any:
        return await call(client, draft)

    return send


def on(call: Callable[[Any, Any], Awaitable[Any]], *, key: str = "id") -> Send:
    """Return the sending that does something to an item by (client, its ``key``)."""

    async def send(client: Any, item: Any, _draft: Any) -> Any:
        return None if item is None else await call(client, getattr(item, key))

    return send


def to(kind: str) -> Callable[[Any], Link]:
    """Return an ``Action.lands``: the page of what was made."""
    return lambda answer: Link(kind, str(answer.id))


def delete(
    help_: str,
    call: Callable[[Any, Any], Awaitable[Any]],
    get: Callable[[Any, Any], Awaitable[T]],
    ask: Callable[[Sequence[T], Any, Context], Question],
    *,
    label: Callable[[T | None], str],
    look: str,
    state: Callable[[T], Any],
    permission: str = "",
    key: str = "id",
    needs: tuple[str, ...] = (),
    weight: int = 11,
) -> Action[T]:
    """Return the deleting of an item by its ``key``; it is done when the item cannot be read any more."""

    async def send(client: Any, item: Any, _draft: Any) -> None:
        await call(client, getattr(item, key))  # answers it as it was, which is nothing to keep

    return Action(
        "delete",
        ("D",),
        "delete",
        help_,
        send,
        lambda answer, item, ctx: f"{label(item)} is deleted.",
        verdicts.removed(get, look, key=key),
        permission=permission,
        ask=ask,
        danger=True,
        removes=True,
        needs=needs,
        state=state,
        weight=weight,
    )

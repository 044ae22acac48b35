"""Beginning and ending to be told by the service: the same for every kind that has watchers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from xplenty_tui.api.accounts import user
from xplenty_tui.api.people import Watcher
from xplenty_tui.api.wire import Page
from xplenty_tui.core.action import Action, Attempt, ReadBack
from xplenty_tui.core.declare import Context
from xplenty_tui.resources.verdicts import Check, careful, verdict

T = TypeVar("T")


def actions(
    noun: str,
    events: str,
    *,
    watch: Callable[[Any, Any], Awaitable[Any]],
    unwatch: Callable[[Any, Any], Awaitable[None]],
    watchers: Callable[[Any, Any], Awaitable[Page[Watcher]]],
    label: Callable[[T | None], str],
) -> tuple[Action[T], Action[T]]:
    """Return *watch* and *unwatch* of a kind; ``events`` completes "It tells you when it …".

    These are writes. To follow an item inside the program costs none: see ``watched``.
    """

    async def begin(client: Any, item: T | None, _draft: Any) -> None:
        await watch(client, getattr(item, "id", ""))  # answers since when, which is nothing of the item

    async def end(client: Any, item: T | None, _draft: Any) -> None:
        await unwatch(client, getattr(item, "id", ""))

    def begun(_answer: Any, item: T | None, _ctx: Context) -> str:
        return f"The service watches {label(item)} for you: it tells you when it {events}."

    def ended(_answer: Any, item: T | None, _ctx: Context) -> str:
        return f"The service does not watch {label(item)} for you any more."

    look = f"Open the watchers of the {noun}."
    told = f"Let the service tell you when the {noun} {events}, by its own ways."
    untold = f"No longer be told by the service about the {noun}; who made it is told until then."
    began: Check[T] = watched(watchers, True, look)
    over: Check[T] = watched(watchers, False, look)
    return (
        Action("watch", ("W",), "notify me", told, begin, begun, began, state=_same),
        Action("unwatch", ("ctrl+w",), "stop notifying", untold, end, ended, over, state=_same),
    )


def watched(watchers: Callable[[Any, Any], Awaitable[Page[Watcher]]], wanted: bool, look: str) -> Check[T]:
    """Return the check whether the owner of the key is (``wanted``) or is not among the watchers."""

    async def check(client: Any, attempt: Attempt[T]) -> ReadBack:
        me = await user(client)
        people = await watchers(client, getattr(attempt.item, "id", ""))
        among = str(me.id) in {str(person.id) for person in people.items}
        return ReadBack(verdict(among is wanted), attempt.item)

    return careful(check, look)


def _same(_item: Any) -> None:
    """Say that nothing of an item matters to who watches it."""

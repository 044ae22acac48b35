"""Beginning and ending to watch an item: the same for every kind that has watchers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from xplenty_tui.api.people import Watcher
from xplenty_tui.core.action import Action, Attempt, ReadBack
from xplenty_tui.core.declare import Context
from xplenty_tui.resources import verdicts

T = TypeVar("T")
Check = Callable[[Any, Attempt[Any]], Awaitable[ReadBack]]


def actions(
    noun: str,
    events: str,
    *,
    watch: Callable[[Any, Any], Awaitable[Any]],
    unwatch: Callable[[Any, Any], Awaitable[None]],
    watchers: Callable[[Any, Any], Awaitable[tuple[Watcher, ...]]],
    label: Callable[[T | None], str],
) -> tuple[Action[T], Action[T]]:
    """Return *watch* and *unwatch* of a kind; ``events`` completes "You are told when it …"."""

    async def begin(client: Any, item: T | None, _draft: Any) -> None:
        await watch(client, getattr(item, "id", ""))  # answers since when, which is nothing of the item

    async def end(client: Any, item: T | None, _draft: Any) -> None:
        await unwatch(client, getattr(item, "id", ""))

    def begun(_answer: Any, item: T | None, _ctx: Context) -> str:
        return f"You watch {label(item)}: you are told when it {events}."

    def ended(_answer: Any, item: T | None, _ctx: Context) -> str:
        return f"You do not watch {label(item)} any more."

    look = f"Open the watchers of the {noun}."
    told = f"Be told when the {noun} {events}."
    untold = f"Stop being told about the {noun}; who made it is told unless they unwatch it."
    began: Check = verdicts.watched(watchers, True, look)
    over: Check = verdicts.watched(watchers, False, look)
    return (
        Action("watch", ("w",), "watch", told, begin, begun, began, state=_same, weight=2),
        Action("unwatch", ("W",), "unwatch", untold, end, ended, over, state=_same),
    )


def _same(_item: Any) -> None:
    """Say that nothing of an item matters to who watches it."""

"""What can be done to notifications: mark one as read where the server can, or all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xplenty_tui.api import accounts
from xplenty_tui.api import notifications as api
from xplenty_tui.api.accounts import Notification
from xplenty_tui.api.errors import NotFound
from xplenty_tui.core import words
from xplenty_tui.core.action import Action, Attempt, Question, ReadBack, Verdict
from xplenty_tui.core.declare import Context
from xplenty_tui.resources import verdicts
from xplenty_tui.resources.questions import line

_LOOK = "Look at the notifications that are not read."


def unread(ctx: Context) -> list[Notification]:
    """Return the notifications that are loaded and not read."""
    return [item for item in ctx.store.good("notifications") if item.unread]


async def _mark(client: Any, item: Any, _draft: Any) -> Notification:
    try:
        await api.mark(client, item.id)
    except NotFound as problem:
        said = "The notification is not there any more, or this server can only mark all as read (A)."
        raise NotFound(said, status=problem.status, method=problem.method, path=problem.path) from None
    read: Notification = item.model_copy(update={"read": True})
    return read


async def _check_one(client: Any, attempt: Attempt[Any]) -> ReadBack:
    """Look whether it is among the unread ones still (1 credit)."""
    item: Any = attempt.item
    page = await accounts.notifications(client)
    same = [one for one in page.items if str(one.id) == str(item.id)]
    if same:
        return ReadBack(verdicts.verdict(not same[0].unread), same[0])
    if page.next_offset is not None:
        return verdicts.unknown(_LOOK, why="It is not among the newest 100 that are not read.")
    return ReadBack(Verdict.DONE, item.model_copy(update={"read": True}))


async def _mark_all(client: Any, _item: Any, _draft: Any) -> None:
    await api.mark_all(client)


async def _check_all(client: Any, _attempt: Attempt[Any]) -> ReadBack:
    """Look whether some are not read still (1 credit); new ones may have come meanwhile."""
    page = await accounts.notifications(client)
    left = [one for one in page.items if one.unread]
    if not left:
        return ReadBack(Verdict.DONE)
    return verdicts.unknown(_LOOK, why=f"{words.count(len(left), 'notification')} not read, perhaps new ones.")


def _ask_all(_items: Sequence[Notification], _draft: Any, ctx: Context) -> Question:
    held, count = ctx.store.of("notifications"), len(unread(ctx))
    more = " and all older ones" if held.more else ""
    lines = (
        line(f"{words.count(count, 'loaded notification')}{more} will count as read, in every account of yours."),
        line("The API cannot mark them as unread again."),
    )
    return Question("Mark all notifications as read", lines, "Mark")


ACTIONS: tuple[Action[Notification], ...] = (
    Action(
        "read",
        ("r",),
        "mark read",
        "Mark the notification as read, where the server can mark one.",
        _mark,
        lambda answer, item, ctx: f"{item.title if item and item.title else 'The notification'} is marked as read.",
        verdicts.careful(_check_one, _LOOK),
        disabled=lambda item, ctx: None if item is None or item.unread else "the notification is read already",
        bulk=True,
        state=lambda item: item.unread,
        touches=("user",),
        weight=30,
    ),
    Action(
        "read_all",
        ("A",),
        "mark all read",
        "Mark all of your notifications as read, in every account.",
        _mark_all,
        lambda answer, item, ctx: "All notifications are marked as read.",
        verdicts.careful(_check_all, _LOOK),
        on_item=False,
        disabled=lambda item, ctx: (
            "nothing is unread" if ctx.store.of("notifications").loaded_at and not unread(ctx) else None
        ),
        ask=_ask_all,
        touches=("user",),
        weight=25,
    ),
)

"""Marking notifications as read: all of them, or one where the server can."""

from __future__ import annotations

from xplenty_tui.api import calls
from xplenty_tui.api.client import Client

MARK = "/notifications/mark"


async def mark_all(client: Client) -> None:
    """Mark all of the user's notifications as read (Notifications: mark).

    ``POST /user/notifications/mark``, or ``POST §/notifications/mark`` where the server knows only that.
    """
    await calls.either(lambda: client.send("POST", f"/user{MARK}", account=False), lambda: client.send("POST", MARK))


async def mark(client: Client, id_: int | str) -> None:
    """Mark one notification as read; 404 where the server can only mark all. ``POST §/notifications/mark``."""
    number: int | str = int(id_) if str(id_).isdecimal() else id_
    await client.send("POST", MARK, {"id": number})

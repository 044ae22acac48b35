"""Calls on the key's user: settings, another key, the password, notifications; in both of the API's dialects."""

from __future__ import annotations

from typing import Any

from xplenty_tui.demo.call import Call
from xplenty_tui.demo.on_accounts import TIMES, avatar, by
from xplenty_tui.demo.records import Notification
from xplenty_tui.demo.reference import TIME_ZONES
from xplenty_tui.demo.replies import Answer, invalid, missing
from xplenty_tui.demo.stamps import DAY, HOUR, maybe, stamp

ZONE = {"name": "Arizona", "identifier": "America/Phoenix", "offset": "-0700"}
"""The user's time zone: one without daylight saving, so that it needs no tables."""
WRONG = "wrong"
"""The one password that is not taken: the demo knows none, and a refusal should be seen."""
WORDS = ("name", "email", "location", "time_zone", "gravatar_email", "receive_newsletter", "notification_settings")


def _unread(call: Call) -> tuple[int, int]:
    every = [note for account in call.world.accounts.values() for note in account.notifications]
    return len(every), sum(1 for note in every if not note.read)


def user(call: Call) -> Answer:
    """Get Authenticated User: the key is told only to who sends ``current_password``."""
    me, (count, unread) = call.me, _unread(call)
    data: dict[str, Any] = {
        "id": me.id,
        "name": me.name,
        "email": me.email,
        "confirmed": True,
        "confirmed_at": stamp(me.created + 300),
        "receive_newsletter": False,
        "location": None,
        "time_zone": ZONE["name"],
        "time_zone_info": ZONE,
        "notifications_count": count,
        "unread_notifications_count": unread,
        "notification_settings": {"email": True, "web": True},
        "gravatar_email": me.email,
        "created_at": stamp(me.created),
        "updated_at": stamp(call.world.begin - 3 * DAY),
        "avatar_url": avatar(me.email),
        "last_login": stamp(call.world.begin - 2 * HOUR),
        "url": f"{call.host}/user",
    }
    data |= call.world.mine
    if call.params.raw("current_password") is not None:
        data["api_key"] = call.names["key"]
    return Answer(data)


def _take(call: Call) -> Answer:
    sent = {name: call.params.body[name] for name in WORDS if name in call.params.body}
    for name in ("name", "email"):
        if name in sent and not sent[name]:
            raise invalid(f"{name} can't be blank.")
    if (zone := sent.get("time_zone")) and zone not in [known["id"] for known in TIME_ZONES]:
        raise invalid("time_zone is not included in the list.")
    if isinstance(told := sent.get("notification_settings"), dict):
        sent["notification_settings"] = {"email": True, "web": True, **call.world.mine.get(
            "notification_settings", {}), **told}  # fmt: skip
    call.world.mine |= {**sent, "updated_at": stamp(call.world.now)}
    for account in call.world.accounts.values():
        account.me.name, account.me.email = sent.get("name", account.me.name), sent.get("email", account.me.email)
    return user(call)


def change(call: Call) -> Answer:
    """Update Authenticated User; 422 without the password or with a wrong one."""
    if call.params.raw("current_password") in (None, WRONG):
        raise invalid("current_password is invalid.")
    return _take(call)


def change_plainly(call: Call) -> Answer:
    """Update User, as the newer pages have it: without the password."""
    return _take(call) if call.account else Answer(None)


def rotate(call: Call) -> Answer:
    """Regenerate Authenticated User Tokens: the key that was used for it is dead from now on."""
    call.world.keys_made += 1
    call.world.key = f"demo-key-{call.world.keys_made:04}-fedcba9876543210"
    data = dict(user(call).data)
    return Answer(data | {"api_key": call.world.key})


def rotate_plainly(call: Call) -> Answer:
    """Regenerate tokens, under an account's path."""
    return rotate(call) if call.account else Answer(None)


def _reset(call: Call, status: int) -> Answer:
    if not call.params.text("email"):
        raise invalid("email can't be blank.")
    return Answer(None, status=status)


def reset_password(call: Call) -> Answer:
    """Reset Password: mail goes out; empty body."""
    return _reset(call, 201)


def reset_plainly(call: Call) -> Answer:
    """Reset password, under an account's path."""
    return _reset(call, 200) if call.account else Answer(None)


def notifications(call: Call) -> Answer:
    """List Authenticated User's Notifications: unread ones, unless all are asked for."""
    every = call.params.flag("all")
    rows = [
        {
            "id": note.id,
            "last_read_at": maybe(note.read),
            "title": note.title,
            "message": note.message,
            "created_at": stamp(note.created),
            "updated_at": stamp(note.read or note.created),
        }
        for account in call.world.accounts.values()
        for note in account.notifications
        if every or not note.read
    ]
    return call.page(by(call, rows, TIMES, "created"), dict)


def plain_notifications(call: Call) -> Answer:
    """List notifications as the newer pages have them: ``body`` and ``read``, and nothing but pages."""
    every = [note for account in call.world.accounts.values() for note in account.notifications if call.account]

    def show(note: Notification) -> dict[str, Any]:
        made = {"created_at": stamp(note.created), "updated_at": stamp(note.read or note.created)}
        return {"id": note.id, "title": note.title, "body": note.message, "read": bool(note.read), **made}

    return call.page(sorted(every, key=lambda note: (note.created, note.id), reverse=True), show)


def mark(call: Call) -> Answer:
    """Mark Notifications as read, all of them; empty body."""
    for account in call.world.accounts.values():
        for note in account.notifications:
            note.read = note.read or call.world.now
    return Answer(None)


def mark_one(call: Call) -> Answer:
    """Mark the notification whose ``id`` is sent, or all without one; empty body."""
    wanted = call.params.text("id")
    if wanted is None:
        return mark(call) if call.account else Answer(None)
    found = [note for one in call.world.accounts.values() for note in one.notifications if str(note.id) == wanted]
    if not found:
        raise missing()
    for note in found:
        note.read = note.read or call.world.now
    return Answer(None)


ROUTES = {
    "GET /user": user,
    "PUT /user": change,
    "POST /user/regenerate-tokens": rotate,
    "POST /user_password": reset_password,
    "GET /user/notifications": notifications,
    "POST /user/notifications/mark": mark,
    "PUT /{account}/api/user": change_plainly,
    "POST /{account}/api/user/tokens": rotate_plainly,
    "POST /{account}/api/user/password": reset_plainly,
    "GET /{account}/api/notifications": plain_notifications,
    "POST /{account}/api/notifications/mark": mark_one,
}

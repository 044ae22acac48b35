"""Calls on members: list, invite, give a role, remove."""

from __future__ import annotations

from typing import Any

from xplenty_tui.demo.call import Call
from xplenty_tui.demo.on_accounts import TIMES, avatar, by
from xplenty_tui.demo.records import User
from xplenty_tui.demo.replies import Answer, CallError, invalid
from xplenty_tui.demo.stamps import stamp

ROLES = ("member", "admin", "viewer")


def _member(call: Call, member: User) -> dict[str, Any]:
    slug = call.account.slug
    return {
        "id": member.id,
        "name": member.name,
        "email": member.email,
        "gravatar_email": member.email,
        "avatar_url": avatar(member.email),
        "created_at": stamp(member.created),
        "updated_at": stamp(member.created),
        "role": member.role,
        "owner": member.id == call.account.cast.owner,
        "url": f"{call.host}/{slug}/api/members/{member.id}",
        "html_url": f"https://xplenty.com/{slug}/members/{member.id}",
    }


def members(call: Call) -> Answer:
    """List Account Members."""
    role = call.params.choice("role", ("admin", "member", "viewer", "all"), "all")
    email = call.params.text("email")
    rows = [
        _member(call, user)
        for user in call.account.users.values()
        if role in ("all", user.role) and email in (None, user.email)
    ]
    return call.page(by(call, rows, {**TIMES, "name": "name", "email": "email"}, "created"), dict)


def member(call: Call) -> Answer:
    """Get Member Information."""
    return Answer(_detailed(call, call.find(call.account.users, "member")))


def _detailed(call: Call, member: User) -> dict[str, Any]:
    """Draw a member as all calls but the list do."""
    seen = call.account.cast.me == member.id or member.created < call.world.begin
    confirmed = stamp(member.created + 300) if seen else None
    more = {"display_name": member.name, "confirmed_at": confirmed, "confirmed": seen}
    return _member(call, member) | more


def _allowed(call: Call) -> None:
    if call.account.cast.role != "admin":
        raise CallError(403, "You are not allowed to manage the members of this account.")


def add(call: Call) -> Answer:
    """Add Account Member: mail goes out, and the member is there at once, not confirmed."""
    _allowed(call)
    account, email = call.account, call.params.text("email")
    if not email or "@" not in email:
        raise invalid("email is invalid.")
    if any(user.email == email for user in account.users.values()):
        raise invalid("email has already been taken.")
    role = call.params.choice("role", ROLES, "member")
    taken = [id_ for other in call.world.accounts.values() for id_ in (*other.users, *other.schedules)]
    made = User(max(taken) + 1, call.params.text("name") or email.partition("@")[0], email, role, call.world.now)
    account.users[made.id] = made
    return Answer(_detailed(call, made), status=201)


def set_role(call: Call) -> Answer:
    """Set Member Role; ``owner`` gives the account away."""
    _allowed(call)
    account, found = call.account, call.find(call.account.users, "member")
    if call.params.text("role") is None:
        raise invalid("role can't be blank.")
    role = call.params.choice("role", (*ROLES, "owner"), "member")
    if role == "owner" and account.cast.owner != account.cast.me:
        raise CallError(403, "Only the owner can make somebody else the owner.")
    if role == "owner":
        account.cast = account.cast._replace(owner=found.id)
    elif found.id == account.cast.owner:
        raise invalid("role of the owner can't be changed.")
    found.role = "admin" if role == "owner" else role
    if found.id == account.cast.me:
        account.cast = account.cast._replace(role=found.role)
    return Answer(_detailed(call, found))


def remove(call: Call) -> Answer:
    """Delete Member; not the owner, and in the demo not the key's user, who would see nothing any more."""
    _allowed(call)
    account, found = call.account, call.find(call.account.users, "member")
    if found.id in (account.cast.owner, account.cast.me):
        raise invalid("The owner and you yourself cannot be removed.")
    del account.users[found.id]
    return Answer(_detailed(call, found))


ROUTES = {
    "GET /{account}/api/members": members,
    "POST /{account}/api/members": add,
    "GET /{account}/api/members/{member}": member,
    "PUT /{account}/api/members/{member}": set_role,
    "DELETE /{account}/api/members/{member}": remove,
}

"""The key's owner: who they are, how they are told, and what of it can be changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from xplenty_tui.api import accounts as api
from xplenty_tui.api import user as user_api
from xplenty_tui.api import wire
from xplenty_tui.api.account_drafts import UserChange
from xplenty_tui.api.accounts import User
from xplenty_tui.core import words
from xplenty_tui.core.action import Action, Choice, Fill, Line, Question, Values
from xplenty_tui.core.declare import Column, Context, Facts, Link, Refresh, Resource, Row, Tone
from xplenty_tui.resources import calls, changes, columns, parts, verdicts
from xplenty_tui.resources.questions import line
from xplenty_tui.resources.rotation import ROTATE, STORE

APART = frozenset({"current_password"})
"""What is sent and is no field of a user."""
FIELDS = (
    "name",
    "email",
    "time_zone",
    "location",
    "gravatar_email",
    "receive_newsletter",
    "notification_settings.email",
    "notification_settings.web",
)


def _present(user: User | None, _ctx: Context) -> Values:
    return changes.present(user, FIELDS)


def _zones(ctx: Context, _item: User | None) -> Mapping[str, Sequence[Choice]]:
    return {"time_zone": [Choice(item.id, item.name or item.id) for item in ctx.store.good("time_zones")]}


def _different(user: User | None, draft: UserChange) -> dict[str, Any]:
    return changes.different(user, draft, apart=APART)


async def _change(client: Any, user: User | None, draft: UserChange) -> User | None:
    new = _different(user, draft)
    if not new:
        return None
    return await user_api.update(client, UserChange.model_validate({"current_password": draft.current_password, **new}))


def _ask(users: Sequence[User], draft: UserChange, _ctx: Context) -> Question | None:
    new = _different(users[0], draft)
    if not new:
        return None
    lines: list[Line] = list(changes.lines(users[0], new))
    if "email" in new:
        lines.append(line("Mail goes to the new address from now on; it has to be confirmed.", Tone.WARN))
    return Question("Change your settings", tuple(lines), "Change")


async def get(client: Any, _key: Any) -> User:
    """Get the key's owner: there is no other user to be had."""
    return await api.user(client)


def _facts(user: User, ctx: Context) -> Iterator[Row]:
    told = [name for name, on in user.notification_settings.items() if on]
    unread = user.unread_notifications_count
    settings = ", ".join(told) or ("not at all" if user.notification_settings else None)
    return parts.kept(
        parts.row("name", user.name, link=Link("members", str(user.id))),
        parts.row("e-mail", parts.joined(user.email, "not confirmed" if user.confirmed is False else None)),
        parts.row("time zone", user.time_zone),
        parts.row("location", user.location),
        parts.row("told by", settings),
        parts.row("newsletter", None if user.receive_newsletter is None else words.plain(user.receive_newsletter)),
        parts.row("unread", words.count(unread, "notification") if unread is not None else None),
        parts.row("last login", parts.stamp(user.last_login, ctx)),
        parts.row("created", parts.stamp(user.created_at, ctx)),
        parts.row("API key", f"in {ctx.place.where}; never shown" if ctx.place is not None else None, Tone.DIM),
        parts.row("password", "is changed in the web console only", Tone.DIM),
    )


CHANGE: Action[User] = Action(
    "change",
    ("e",),
    "edit",
    "Change your name, address, time zone and how you are told; asks for your password.",
    _change,
    lambda answer, item, ctx: "Your settings are changed." if answer else "Nothing was different, nothing was sent.",
    verdicts.by_item(get, changes.took(_different), "Look at your settings."),
    ask=_ask,
    fill=Fill(UserChange, start=_present, kinds=("time_zones",), choices=_zones, clears=True),
    state=lambda item: item.updated_at,
    weight=30,
)

USER: Resource[User] = Resource(
    name="user",
    title="You",
    singular="user",
    about="Who the API key belongs to: settings, and a new key.",
    model=User,
    load=calls.single(api.user, always=True),
    columns=(
        columns.id_column("Your number, as creators and owners have it."),
        Column("name", "NAME", lambda item, _: item.name or None, "Your name.", width=22, grow=1),
        Column("email", "E-MAIL", lambda item, _: item.email or None, "Where mail goes to.", width=28, grow=1),
        Column("time_zone", "TIME ZONE", lambda item, _: item.time_zone or None, "Of the web console.", width=14),
        columns.number_column(
            "unread", "UNREAD", lambda item: item.unread_notifications_count, "Notifications not read.", width=6, rank=2
        ),
    ),
    label=lambda item: item.name or item.email or f"user {item.id}",
    get=get,
    sort=("id", "asc"),
    detail=(Facts("user", "You", _facts),),
    merge=wire.overlay,
    refresh=Refresh(visible=600),
    web=lambda item: None,
    none="Nobody is told.",
    actions=(CHANGE, ROTATE, STORE),
    aliases=("me", "you", "api key"),
)

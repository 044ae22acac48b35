"""Members of the account, and the notifications of the user."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from xplenty_tui.api import accounts as api
from xplenty_tui.api import members as members_api
from xplenty_tui.api import wire
from xplenty_tui.api.accounts import Member, Notification
from xplenty_tui.api.wire import Page
from xplenty_tui.core import words
from xplenty_tui.core.action import Action
from xplenty_tui.core.declare import Column, Context, Facts, Link, Refresh, Related, Resource, Row, Tone
from xplenty_tui.core.later import Later
from xplenty_tui.resources import console, parts
from xplenty_tui.resources.plain import links_of, text_of


def member_name(member: Member) -> str:
    """Return what the member is called; some answers have only a display name."""
    return member.label or f"user #{member.id}"


def _owned(kind: str, title: str, columns: tuple[str, ...]) -> Related[Member]:
    """Return the part that lists what belongs to a member, as far as it is loaded."""
    return Related(
        kind,
        title,
        kind,
        where=lambda member, other: other.owner_id is not None and str(other.owner_id) == str(member.id),
        columns=columns,
        none=f"None of the loaded {kind}.",
    )


def role(member: Member) -> str:
    """Return the role with ownership."""
    return parts.joined(member.role, "owner" if member.owner else None)


def member_rows(answer: Page[Member], _item: Any, _ctx: Context) -> Iterator[Row]:
    """Return one line a member."""

    def draw(member: Member) -> Iterator[Row]:
        mail = member.email if member.email != member_name(member) else None
        yield Row(parts.joined(member_name(member), mail, role(member)), link=Link("members", str(member.id)))

    return parts.each(answer, draw)


def message(notification: Notification) -> str:
    """Return the text of a notification, without its HTML."""
    return text_of(notification.text)


def notification_rows(answer: Page[Notification], _item: Any, ctx: Context) -> Iterator[Row]:
    """Return title and message, one notification after the other."""

    def draw(notification: Notification) -> Iterator[Row]:
        yield Row(
            parts.joined(notification.title, " ".join(message(notification).split())) or words.NONE,
            label=words.when(notification.created_at, ctx.now, ctx.zone),
            tone=Tone.STRONG if notification.unread else Tone.DIM,
            link=Link("notifications", str(notification.id)),
        )

    return parts.each(answer, draw)


def _member_facts(member: Member, ctx: Context) -> Iterator[Row]:
    return parts.kept(
        parts.row("name", member_name(member)),
        parts.row("e-mail", parts.joined(member.email, "not confirmed" if member.confirmed is False else None)),
        parts.row("role", role(member)),
        parts.row("member since", parts.stamp(member.created_at, ctx)),
        parts.row("web", member.html_url),
    )


def _targets(notification: Notification, ctx: Context) -> Iterator[Row]:
    """Return one line for each link: to the item here, or with the account that it lies in."""
    for address, text in links_of(notification.text):
        link, account = console.target(address, ctx)
        if link is not None:
            yield Row(parts.joined(text, link.key), label=link.kind.removesuffix("s"), tone=Tone.LINK, link=link)
        elif account:
            yield Row(f"{text or address} lies in the account {account}: a switches there", label="about")
        else:
            yield Row(parts.joined(text, address), label="web")


def _notification_facts(notification: Notification, ctx: Context) -> Iterator[Row]:
    yield from parts.lines(message(notification))
    yield from _targets(notification, ctx)
    yield from parts.kept(
        parts.row("sent", parts.stamp(notification.created_at, ctx)),
        parts.row("read", parts.stamp(notification.last_read_at, ctx) or ("no" if notification.unread else "yes")),
    )


def _member_actions() -> Sequence[Action[Member]]:
    from xplenty_tui.resources.member_actions import ACTIONS

    return ACTIONS


def _notification_actions() -> Sequence[Action[Notification]]:
    from xplenty_tui.resources.notification_actions import ACTIONS

    return ACTIONS


MEMBERS: Resource[Member] = Resource(
    name="members",
    title="Members",
    singular="member",
    about="The people of the account and their roles.",
    model=Member,
    load=parts.paged(api.members),
    columns=(
        parts.id_column("The user's number.", rank=2),
        Column("name", "NAME", lambda item, _: member_name(item), "The person's name.", width=24, grow=2),
        Column("email", "E-MAIL", lambda item, _: item.email or None, "Where mail goes to.", width=28, grow=2),
        Column("role", "ROLE", lambda item, _: item.role or None, "What the person may do.", width=8),
        Column("owner", "OWNER", lambda item, _: item.owner, "Whether the account is theirs.", width=5),
        parts.ago_column(
            "created", "SINCE", lambda item: item.created_at, "When the person came to the account.", rank=2
        ),
    ),
    label=member_name,
    get=members_api.get,
    sort=("name", "asc"),
    detail=(
        Facts("member", "Member", _member_facts),
        _owned("packages", "Packages", ("id", "name", "updated")),
        _owned("schedules", "Schedules", ("status", "name", "every", "next")),
    ),
    merge=wire.overlay,
    refresh=Refresh(visible=600),
    actions=Later(_member_actions),
    none="No members are told; the key's role may not see them.",
    also=("user",),
    aliases=("member", "people", "users"),
)

NOTIFICATIONS: Resource[Notification] = Resource(
    name="notifications",
    title="Notifications",
    singular="notification",
    about="What the service has to tell you and you have not read.",
    model=Notification,
    load=parts.paged(api.notifications),
    columns=(
        Column(
            "created",
            "SENT",
            lambda item, _: item.created_at,
            "When it was sent.",
            width=10,
            first="desc",
            moves=True,
        ),
        Column("unread", "NEW", lambda item, _: item.unread, "Whether you have not read it.", width=4),
        Column("title", "TITLE", lambda item, _: item.title or None, "What it is about.", width=20, grow=1),
        Column(
            "message",
            "MESSAGE",
            lambda item, _: words.first_line(message(item)) or None,
            "What it says, without its links.",
            width=36,
            grow=4,
        ),
        parts.id_column("The notification's number.", rank=3),
    ),
    label=lambda item: item.title or f"notification {item.id}",
    sort=("created", "desc"),
    detail=(Facts("notification", "Notification", _notification_facts),),
    web=lambda item: next((address for address, _ in links_of(item.text) if address.startswith("https://")), None),
    refresh=Refresh(visible=300),
    none="Nothing unread.",
    actions=Later(_notification_actions),
    aliases=("notification", "news"),
)

"""Notifications: what the service has to tell the user, its HTML as text and its targets as links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from xplenty_tui.api import accounts as api
from xplenty_tui.api.accounts import Notification
from xplenty_tui.api.wire import Page
from xplenty_tui.core import words
from xplenty_tui.core.action import Action
from xplenty_tui.core.declare import Column, Context, Facts, Link, Refresh, Resource, Row, Tone
from xplenty_tui.core.later import Later
from xplenty_tui.resources import calls, columns, parts
from xplenty_tui.resources.plain import links_of, target, text_of


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


def _targets(notification: Notification, ctx: Context) -> Iterator[Row]:
    """Return one line for each link: to the item here, or with the account that it lies in."""
    for address, text in links_of(notification.text):
        link, account = target(address, ctx)
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


def _notification_actions() -> Sequence[Action[Notification]]:
    from xplenty_tui.resources.notification_actions import ACTIONS

    return ACTIONS


NOTIFICATIONS: Resource[Notification] = Resource(
    name="notifications",
    title="Notifications",
    singular="notification",
    about="What the service has to tell you and you have not read.",
    model=Notification,
    load=calls.paged(api.notifications),
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
        columns.id_column("The notification's number.", rank=3),
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

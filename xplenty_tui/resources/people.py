"""Members: the people of the account and their roles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from xplenty_tui.api import accounts as api
from xplenty_tui.api import members as members_api
from xplenty_tui.api import wire
from xplenty_tui.api.accounts import Member
from xplenty_tui.api.wire import Page
from xplenty_tui.core.action import Action
from xplenty_tui.core.declare import Column, Context, Facts, Link, Refresh, Related, Resource, Row
from xplenty_tui.core.later import Later
from xplenty_tui.resources import calls, columns, parts


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


def _member_facts(member: Member, ctx: Context) -> Iterator[Row]:
    return parts.kept(
        parts.row("name", member_name(member)),
        parts.row("e-mail", parts.joined(member.email, "not confirmed" if member.confirmed is False else None)),
        parts.row("role", role(member)),
        parts.row("member since", parts.stamp(member.created_at, ctx)),
        parts.row("web", member.html_url),
    )


def _member_actions() -> Sequence[Action[Member]]:
    from xplenty_tui.resources.member_actions import ACTIONS

    return ACTIONS


MEMBERS: Resource[Member] = Resource(
    name="members",
    title="Members",
    singular="member",
    about="The people of the account and their roles.",
    model=Member,
    load=calls.paged(api.members),
    columns=(
        columns.id_column("The user's number.", rank=2),
        Column("name", "NAME", lambda item, _: member_name(item), "The person's name.", width=24, grow=2),
        Column("email", "E-MAIL", lambda item, _: item.email or None, "Where mail goes to.", width=28, grow=2),
        Column("role", "ROLE", lambda item, _: item.role or None, "What the person may do.", width=8),
        Column("owner", "OWNER", lambda item, _: item.owner, "Whether the account is theirs.", width=5),
        columns.ago_column(
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
    aliases=("member", "people", "users"),
)

"""Roles of members: what each may do, and giving another one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xplenty_tui.api import members as api
from xplenty_tui.api.account_drafts import RoleChange
from xplenty_tui.api.accounts import Member
from xplenty_tui.core.action import Action, Attempt, Fill, Question, Values, Verdict
from xplenty_tui.core.declare import Context, Tone
from xplenty_tui.resources import verdicts
from xplenty_tui.resources.questions import differences, line, one_line

LOOK = "Look at the members."
MAY = {
    "viewer": "A viewer looks at everything and changes nothing.",
    "member": "A member works with packages, jobs, clusters and schedules.",
    "admin": "An admin also manages people, billing and the account itself.",
    "owner": "The owner has the account. There is one: it is not the one before any more.",
}
"""What a role may do."""


def called(member: Member | None) -> str:
    """Return what a sentence calls a member; some answers have only a display name."""
    if member is None:
        return "the member"
    return one_line(member.label) or f"user #{member.id}"


def is_me(member: Member | None, ctx: Context) -> bool:
    """Tell whether a member is the owner of the key, as far as that is loaded."""
    return member is not None and ctx.store.get("user", str(member.id)) is not None


def _fixed(member: Member | None, _ctx: Context) -> str | None:
    return "the owner stays the owner until somebody else is made it" if member is not None and member.owner else None


def _role(member: Member | None, _ctx: Context) -> Values:
    known = member is not None and member.role in ("member", "admin")
    return {"role": member.role if known and member is not None else ""}


async def _send(client: Any, member: Member | None, draft: RoleChange) -> Member | None:
    return None if member is None or member.role == draft.role else await api.set_role(client, member.id, draft)


def _ask(members: Sequence[Member], draft: RoleChange, ctx: Context) -> Question | None:
    member = members[0]
    if member.role == draft.role:
        return None
    lines = [*differences({"role": member.role}, {"role": draft.role}), line(MAY[draft.role])]
    if draft.role == "owner":
        lines.append(line("Only the new owner can give it back.", Tone.BAD))
    if is_me(member, ctx):
        lines.append(line("This is you: what you may do here changes at once.", Tone.WARN))
    typed = called(member) if draft.role == "owner" else None
    return Question(f"Make {called(member)} {draft.role}", tuple(lines), "Change", typed)


def _has(attempt: Attempt[Member], now: Member) -> Verdict:
    return verdicts.verdict(now.role == attempt.draft.role or (attempt.draft.role == "owner" and bool(now.owner)))


def _said(answer: Member | None, member: Member | None, _ctx: Context) -> str:
    if answer is None:
        return f"{called(member)} has that role already: nothing was sent."
    return f"{called(member)} is {answer.role or 'what was asked for'} now."


ROLE: Action[Member] = Action(
    "role",
    ("e",),
    "role",
    "Give the member another role: member, admin, or owner of the account.",
    _send,
    _said,
    verdicts.by_item(api.get, _has, LOOK),
    disabled=_fixed,
    permission="updateMemberRole",
    ask=_ask,
    needs=("user",),
    fill=Fill(RoleChange, start=_role),
    state=lambda item: (item.role, item.owner),
    weight=25,
)

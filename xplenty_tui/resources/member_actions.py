"""What can be done to members: invite, give a role, remove."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xplenty_tui.api import accounts
from xplenty_tui.api import members as api
from xplenty_tui.api.account_drafts import Invitation
from xplenty_tui.api.accounts import Member
from xplenty_tui.core import words
from xplenty_tui.core.action import Action, Attempt, Fill, Line, Question
from xplenty_tui.core.declare import Context, Tone
from xplenty_tui.resources import deeds, verdicts
from xplenty_tui.resources.member_roles import LOOK, MAY, ROLE, called, is_me
from xplenty_tui.resources.questions import line


def _ask_invite(_items: Sequence[Member], draft: Invitation, ctx: Context) -> Question:
    known = [one for one in ctx.store.good("members") if one.email.lower() == draft.email.lower()]
    lines: list[Line] = [line(f"Mail is sent to {draft.email}."), line(MAY[draft.role])]
    if known:
        lines.append(line(f"{called(known[0])} has that address and is a member already.", Tone.WARN))
    return Question(f"Invite {draft.email} as {draft.role}", tuple(lines), "Invite")


def _fits(attempt: Attempt[Member], member: Member) -> bool:
    draft: Invitation = attempt.draft
    return member.email.lower() == draft.email.lower()


def _ask_remove(members: Sequence[Member], _draft: Any, ctx: Context) -> Question:
    member = members[0]
    mail = f" ({member.email})" if member.email and member.email != called(member) else ""
    lines = [line(f"{called(member)}{mail} does not see this account any more.")]
    owned = [one for kind in ("packages", "schedules") for one in ctx.store.good(kind) if one.owner_id == member.id]
    if owned:
        count = words.count(len(owned), "package or schedule", "packages and schedules")
        lines.append(line(f"Of what is loaded, {count} belong to them.", Tone.WARN))
    lines.append(line("They can be invited again."))
    if not ctx.store.good("user"):
        lines.append(
            line("If this is you, your key loses the account. Who you are is not loaded: :user tells.", Tone.WARN)
        )
    return Question(f"Remove {called(member)}", tuple(lines), "Remove", called(member))


def _irremovable(member: Member | None, ctx: Context) -> str | None:
    if member is not None and member.owner:
        return "the owner cannot be removed: make somebody else the owner first"
    return "this is you: another administrator can remove you" if is_me(member, ctx) else None


ACTIONS: tuple[Action[Member], ...] = (
    Action(
        "invite",
        ("n",),
        "invite",
        "Invite a person into the account by mail.",
        deeds.make(api.invite),
        lambda answer, item, ctx: f"{called(answer)} is invited as {answer.role or 'a member'}.",
        verdicts.by_newest(accounts.members, _fits, LOOK),
        on_item=False,
        permission="inviteMember",
        ask=_ask_invite,
        fill=Fill(Invitation),
        lands=deeds.to("members"),
        weight=30,
    ),
    ROLE,
    Action(
        "remove",
        ("D",),
        "remove",
        "Take the member out of the account; they can be invited again.",
        deeds.on(api.remove),
        lambda answer, item, ctx: f"{called(item or answer)} is removed.",
        verdicts.removed(api.get, LOOK),
        disabled=_irremovable,
        permission="deleteMember",
        ask=_ask_remove,
        needs=("user",),
        danger=True,
        removes=True,
        state=lambda item: (item.role, item.owner, item.label),
        weight=10,
    ),
)

"""What can be done to members: invite, give a role, remove."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xplenty_tui.api import accounts
from xplenty_tui.api import members as api
from xplenty_tui.api.account_drafts import Invitation, RoleChange
from xplenty_tui.api.accounts import Member
from xplenty_tui.core import words
from xplenty_tui.core.action import Action, Attempt, Fill, Line, Question, Values, Verdict
from xplenty_tui.core.declare import Context, Tone
from xplenty_tui.resources import deeds, verdicts
from xplenty_tui.resources.questions import differences, line, one_line

_LOOK = "Look at the members."
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


def _is_me(member: Member | None, ctx: Context) -> bool:
    return member is not None and ctx.store.get("user", str(member.id)) is not None


# invite


def _ask_invite(_items: Sequence[Member], draft: Invitation, ctx: Context) -> Question:
    known = [one for one in ctx.store.good("members") if one.email.lower() == draft.email.lower()]
    lines: list[Line] = [line(f"Mail is sent to {draft.email}."), line(MAY[draft.role])]
    if known:
        lines.append(line(f"{called(known[0])} has that address and is a member already.", Tone.WARN))
    return Question(f"Invite {draft.email} as {draft.role}", tuple(lines), "Invite")


def _fits(attempt: Attempt[Member], member: Member) -> bool:
    draft: Invitation = attempt.draft
    return member.email.lower() == draft.email.lower()


# role


def _fixed(member: Member | None, _ctx: Context) -> str | None:
    return "the owner stays the owner until somebody else is made it" if member is not None and member.owner else None


def _role(member: Member | None, _ctx: Context) -> Values:
    known = member is not None and member.role in ("member", "admin")
    return {"role": member.role if known and member is not None else ""}


async def _set_role(client: Any, member: Member | None, draft: RoleChange) -> Member | None:
    return None if member is None or member.role == draft.role else await api.set_role(client, member.id, draft)


def _ask_role(members: Sequence[Member], draft: RoleChange, ctx: Context) -> Question | None:
    member = members[0]
    if member.role == draft.role:
        return None
    lines = [*differences({"role": member.role}, {"role": draft.role}), line(MAY[draft.role])]
    if draft.role == "owner":
        lines.append(line("Only the new owner can give it back.", Tone.BAD))
    if _is_me(member, ctx):
        lines.append(line("This is you: what you may do here changes at once.", Tone.WARN))
    typed = called(member) if draft.role == "owner" else None
    return Question(f"Make {called(member)} {draft.role}", tuple(lines), "Change", typed)


def _has_role(attempt: Attempt[Member], now: Member) -> Verdict:
    return verdicts.verdict(now.role == attempt.draft.role or (attempt.draft.role == "owner" and bool(now.owner)))


def _said_role(answer: Member | None, member: Member | None, _ctx: Context) -> str:
    if answer is None:
        return f"{called(member)} has that role already: nothing was sent."
    return f"{called(member)} is {answer.role or 'what was asked for'} now."


# remove


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
    return "this is you: another administrator can remove you" if _is_me(member, ctx) else None


ACTIONS: tuple[Action[Member], ...] = (
    Action(
        "invite",
        ("n",),
        "invite",
        "Invite a person into the account by mail.",
        deeds.make(api.invite),
        lambda answer, item, ctx: f"{called(answer)} is invited as {answer.role or 'a member'}.",
        verdicts.by_newest(accounts.members, _fits, _LOOK),
        on_item=False,
        permission="inviteMember",
        ask=_ask_invite,
        fill=Fill(Invitation),
        lands=deeds.to("members"),
        weight=30,
    ),
    Action(
        "role",
        ("e",),
        "role",
        "Give the member another role: member, admin, or owner of the account.",
        _set_role,
        _said_role,
        verdicts.by_item(api.get, _has_role, _LOOK),
        disabled=_fixed,
        permission="updateMemberRole",
        ask=_ask_role,
        fill=Fill(RoleChange, start=_role),
        state=lambda item: (item.role, item.owner),
        weight=25,
    ),
    Action(
        "remove",
        ("D",),
        "remove",
        "Take the member out of the account; they can be invited again.",
        deeds.on(api.remove),
        lambda answer, item, ctx: f"{called(item or answer)} is removed.",
        verdicts.removed(api.get, _LOOK),
        disabled=_irremovable,
        permission="deleteMember",
        ask=_ask_remove,
        danger=True,
        removes=True,
        state=lambda item: (item.role, item.owner, item.label),
        weight=10,
    ),
)

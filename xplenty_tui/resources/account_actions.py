"""What can be done to an account: edit it. Making and deleting one is left to the web console."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xplenty_tui.api import accounts as api
from xplenty_tui.api.account_drafts import AccountChange
from xplenty_tui.api.accounts import Account
from xplenty_tui.core.action import Action, Attempt, Choice, Fill, Line, Question, ReadBack, Values, Verdict
from xplenty_tui.core.declare import Context, Tone
from xplenty_tui.resources import changes, verdicts
from xplenty_tui.resources.account_facts import slug
from xplenty_tui.resources.questions import line

_LOOK = "Look at the account."
FIELDS = ("name", "billing_email", "gravatar_email", "location", "region")


def _present(account: Account | None, _ctx: Context) -> Values:
    return changes.present(account, FIELDS)


def _regions(ctx: Context, _item: Account | None) -> Mapping[str, Sequence[Choice]]:
    items = sorted(ctx.store.good("regions"), key=lambda item: item.id)
    return {"region": [Choice(item.id, item.name or item.id, item.group_name, item.id) for item in items]}


async def _update(client: Any, account: Account, new: dict[str, Any]) -> Account:
    answer = await api.update(client, slug(account), AccountChange.model_validate(new))
    if "account_id" in answer.model_fields_set:
        return answer
    return answer.model_copy(update={"id": account.id, "account_id": account.account_id})  # one without words


def _ask(accounts: Sequence[Account], draft: AccountChange, _ctx: Context) -> Question | None:
    account = accounts[0]
    new = changes.different(account, draft)
    if not new:
        return None
    lines: list[Line] = list(changes.lines(account, new))
    if "billing_email" in new:
        lines.append(line("Invoices go to the new address from now on.", Tone.WARN))
    if "region" in new:
        lines.append(line("Clusters that are up stay where they are.", Tone.DIM))
    return Question(f"Change account {_label(account)}", tuple(lines), "Change")


def _label(account: Account | None) -> str:
    return account.name or slug(account) if account is not None else "The account"


async def _check(client: Any, attempt: Attempt[Any]) -> ReadBack:
    item: Any = attempt.item
    now = await api.get(client, slug(item))
    found = changes.took(changes.different)(attempt, now)
    return ReadBack(found, now, _LOOK if found is Verdict.UNKNOWN else "")


ACTIONS: tuple[Action[Account], ...] = (
    Action(
        "edit",
        ("e",),
        "edit",
        "Change the account's name, billing address, location and region.",
        changes.send(changes.different, _update),
        changes.said(_label, lambda answer, account, ctx: f"{_label(account)} is changed."),
        verdicts.careful(_check, _LOOK),
        permission="updateAccountInfo",
        ask=_ask,
        fill=Fill(AccountChange, start=_present, kinds=("regions",), choices=_regions, clears=True),
        state=lambda item: item.updated_at,
        weight=20,
    ),
)

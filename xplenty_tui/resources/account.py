"""Accounts: the ones that the key sees."""

from __future__ import annotations

from collections.abc import Sequence

from xplenty_tui.api import accounts as api
from xplenty_tui.api import wire
from xplenty_tui.api.accounts import Account
from xplenty_tui.core.action import Action
from xplenty_tui.core.declare import Column, Refresh, Resource
from xplenty_tui.core.later import Later
from xplenty_tui.resources import calls, columns
from xplenty_tui.resources.account_detail import SECTIONS
from xplenty_tui.resources.account_facts import slug

COLUMNS: tuple[Column[Account], ...] = (
    Column("name", "NAME", lambda item, _: item.name or None, "The account's name.", width=22, grow=2),
    Column("account", "ACCOUNT", lambda item, _: slug(item), "Its slug, which stands in addresses.", width=18, grow=1),
    Column("role", "ROLE", lambda item, _: item.role or None, "What you are in it.", width=8),
    columns.number_column("running", "RUN", lambda item: item.running_jobs_count, "Jobs that run in it.", width=4),
    columns.number_column("packages", "PACKAGES", lambda item: item.packages_count, "Packages in it.", width=8),
    columns.number_column(
        "schedules", "SCHEDULES", lambda item: item.schedules_count, "Schedules in it.", width=9, rank=2
    ),
    columns.number_column("members", "MEMBERS", lambda item: item.members_count, "People in it.", width=7, rank=2),
    Column("region", "REGION", lambda item, _: item.region or None, "Where its data is kept.", width=24, rank=3),
    columns.ago_column("created", "CREATED", lambda item: item.created_at, "When it was made.", rank=4),
)


def _actions() -> Sequence[Action[Account]]:
    from xplenty_tui.resources.account_actions import ACTIONS

    return ACTIONS


ACCOUNTS: Resource[Account] = Resource(
    name="accounts",
    title="Accounts",
    singular="account",
    about="The accounts that the key sees: plan, people, notifications, regions.",
    model=Account,
    load=calls.paged(api.list_),
    columns=COLUMNS,
    label=lambda item: item.name or slug(item),
    key=slug,
    get=api.get,
    sort=("name", "asc"),
    detail=SECTIONS,
    status=None,
    merge=wire.overlay,
    refresh=Refresh(visible=600),
    none="The key sees no account. Ask an administrator of the account for a new key.",
    digit="6",
    actions=Later(_actions),
    aliases=("account",),
)

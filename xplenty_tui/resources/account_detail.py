"""The page of an account: plan, user, members, notifications, regions and the like, each asked for once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import Any, TypeVar

from xplenty_tui.api import accounts as api
from xplenty_tui.api import billing, reference
from xplenty_tui.api.accounts import Account
from xplenty_tui.core.declare import Context, Facts, Loaded, Row, Section
from xplenty_tui.resources import account_facts
from xplenty_tui.resources.account_facts import slug
from xplenty_tui.resources.notifications import notification_rows
from xplenty_tui.resources.people import member_rows
from xplenty_tui.resources.plans import plan_rows
from xplenty_tui.resources.reference import stack_rows
from xplenty_tui.resources.regions import region_rows

R = TypeVar("R")


def _of(call: Callable[..., Awaitable[R]]) -> Callable[[Any, Account], Awaitable[R]]:
    """Return a part's ``load`` that asks the account on the page, also when it is not the one that is open."""

    def load(client: Any, account: Account) -> Awaitable[R]:
        other = client if client.account == slug(account) else client.for_account(slug(account))
        return call(other)

    return load


def _part(
    name: str,
    title: str,
    call: Callable[..., Awaitable[R]],
    rows: Callable[[R, Account, Context], Iterable[Row]],
    *,
    none: str,
    help_: str,
    eager: bool = False,
) -> Loaded[Account, R]:
    return Loaded(name, title, _of(call), rows, none=none, help=help_, eager=lambda account: eager, keeps=False)


SECTIONS: tuple[Section, ...] = (
    Facts("account", "Account", account_facts.facts),
    _part(
        "subscription",
        "Subscription",
        billing.subscription,
        account_facts.subscription,
        none="No subscription is told.",
        help_="Ask for the plan and the trial.",
        eager=True,
    ),
    _part(
        "user",
        "You",
        api.user,
        account_facts.user,
        none="Nothing is told.",
        help_="Ask who the key belongs to.",
        eager=True,
    ),
    _part(
        "notifications",
        "Unread notifications",
        api.notifications,
        notification_rows,
        none="None unread.",
        help_="Ask for what the service has to tell you.",
    ),
    _part(
        "members",
        "Members",
        api.members,
        member_rows,
        none="Nobody is told.",
        help_="Ask for the people of the account.",
    ),
    _part(
        "plans",
        "Plans",
        billing.plans,
        plan_rows,
        none="No plans are offered.",
        help_="Ask for the plans and their limits.",
    ),
    _part(
        "regions",
        "Regions",
        reference.regions,
        region_rows,
        none="No regions are told.",
        help_="Ask where clusters of this account can run.",
    ),
    _part(
        "stacks",
        "Stacks",
        reference.stacks,
        stack_rows,
        none="No stacks are told.",
        help_="Ask what clusters can be made of.",
    ),
    _part(
        "variables",
        "System variables",
        reference.system_variables,
        account_facts.system_variables,
        none="No system variables are told.",
        help_="Ask for the variables that every job starts with.",
    ),
    Facts("permissions", "Permissions", account_facts.permissions),
)

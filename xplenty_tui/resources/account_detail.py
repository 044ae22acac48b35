"""The page of an account: plan, user, members, notifications, regions and the like, each asked for once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from xplenty_tui.api import accounts as api
from xplenty_tui.api import billing, reference
from xplenty_tui.api.accounts import Account, User
from xplenty_tui.api.billing import Subscription
from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Facts, Link, Loaded, Row, Section, Tone
from xplenty_tui.resources import parts
from xplenty_tui.resources.notifications import notification_rows
from xplenty_tui.resources.people import member_rows
from xplenty_tui.resources.plans import plan_rows
from xplenty_tui.resources.reference import stack_rows
from xplenty_tui.resources.regions import region_rows

R = TypeVar("R")


def slug(account: Account) -> str:
    """Return what stands for the account in addresses; its id where an answer has no slug."""
    return account.account_id or str(account.id)


def _of(call: Callable[..., Awaitable[R]]) -> Callable[[Any, Account], Awaitable[R]]:
    """Return a part's ``load`` that asks the account on the page, also when it is not the one that is open."""

    def load(client: Any, account: Account) -> Awaitable[R]:
        other = client if client.account == slug(account) else client.for_account(slug(account))
        return call(other)

    return load


def _facts(account: Account, ctx: Context) -> Iterator[Row]:
    counted = (
        (account.packages_count, "package"),
        (account.schedules_count, "schedule"),
        (account.jobs_count, "job"),
        (account.connections_count, "connection"),
        (account.members_count, "member"),
        (account.hooks_count, "hook"),
    )
    role = parts.joined(account.role, "owner" if account.is_owner else None)
    return parts.kept(
        parts.row("account", parts.joined(account.name, slug(account)), Tone.STRONG),
        parts.row("your role", role),
        parts.row("permissions", len(account.permissions) or None),
        None if account.is_owner else parts.person(ctx, "owner", account.owner_id),
        parts.row("has", parts.joined(*(words.count(number, noun) for number, noun in counted if number is not None))),
        parts.row("running jobs", account.running_jobs_count),
        parts.row("region", account.region),
        parts.row("location", account.location),
        parts.row("billing e-mail", account.billing_email),
        parts.row("tunnel host", account.tunnel_host),
        parts.row("created", parts.stamp(account.created_at, ctx)),
    )


def _permissions(account: Account, _: Context) -> Iterator[Row]:
    if account.permissions:
        yield Row(", ".join(account.permissions), tone=Tone.DIM)


def _subscription(answer: Subscription, _account: Account, ctx: Context) -> Iterator[Row]:
    return subscription_rows(answer, ctx)


def _plan(answer: Subscription, ctx: Context) -> Row | None:
    """Return the plan, which leads to its page where it is among the plans."""
    key = "" if answer.plan_id is None else str(answer.plan_id)
    plan = ctx.store.get("plans", key)
    return parts.row("plan", parts.joined(getattr(plan, "name", None), key), link=Link("plans", key) if plan else None)


def subscription_rows(answer: Subscription, ctx: Context) -> Iterator[Row]:
    """Return the lines of a subscription."""
    trial_end = answer.trial_end
    left = f"{words.until(trial_end, ctx.now)} left" if answer.trialling and trial_end and trial_end > ctx.now else None
    return parts.kept(
        _plan(answer, ctx),
        parts.row("trial", parts.joined("running" if answer.trialling else "over", left), _trial_tone(answer))
        if answer.trialling is not None
        else None,
        parts.row("trial days", answer.trial_period_days),
        parts.row("trial start", parts.stamp(answer.trial_start, ctx)),
        parts.row("trial end", words.stamp(trial_end, ctx.zone) if trial_end else None),
    )


def _trial_tone(answer: Subscription) -> Tone:
    return Tone.WARN if answer.trialling else Tone.PLAIN


def _user(answer: User, _account: Account, ctx: Context) -> Iterator[Row]:
    unread = answer.unread_notifications_count
    zone = answer.time_zone
    return parts.kept(
        parts.row("name", answer.name, link=Link("user", str(answer.id))),
        parts.row("e-mail", parts.joined(answer.email, "not confirmed" if answer.confirmed is False else None)),
        parts.row("time zone", zone),
        parts.row("unread", words.count(unread, "notification") if unread is not None else None),
        parts.row("last login", parts.stamp(answer.last_login, ctx)),
        parts.row("created", parts.stamp(answer.created_at, ctx)),
    )


def _system_variables(answer: Mapping[str, Any], _account: Account, ctx: Context) -> Iterator[Row]:
    return parts.variable_rows(answer, ctx)


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
    Facts("account", "Account", _facts),
    _part(
        "subscription",
        "Subscription",
        billing.subscription,
        _subscription,
        none="No subscription is told.",
        help_="Ask for the plan and the trial.",
        eager=True,
    ),
    _part("user", "You", api.user, _user, none="Nothing is told.", help_="Ask who the key belongs to.", eager=True),
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
        _system_variables,
        none="No system variables are told.",
        help_="Ask for the variables that every job starts with.",
    ),
    Facts("permissions", "Permissions", _permissions),
)

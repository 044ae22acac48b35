"""Lines of an account's page: the account, its subscription, who the key belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from xplenty_tui.api.accounts import Account, User
from xplenty_tui.api.billing import Subscription
from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Link, Row, Tone
from xplenty_tui.resources import masks, parts
from xplenty_tui.resources.subscription import subscription_rows


def slug(account: Account) -> str:
    """Return what stands for the account in addresses; its id where an answer has no slug."""
    return account.account_id or str(account.id)


def facts(account: Account, ctx: Context) -> Iterator[Row]:
    """Return the lines of the account itself."""
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


def permissions(account: Account, _: Context) -> Iterator[Row]:
    """Return what the key's role may do."""
    if account.permissions:
        yield Row(", ".join(account.permissions), tone=Tone.DIM)


def subscription(answer: Subscription, _account: Account, ctx: Context) -> Iterator[Row]:
    """Return the lines of its subscription."""
    return subscription_rows(answer, ctx)


def user(answer: User, _account: Account, ctx: Context) -> Iterator[Row]:
    """Return who the key belongs to."""
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


def system_variables(answer: Mapping[str, Any], _account: Account, ctx: Context) -> Iterator[Row]:
    """Return the variables that every job starts with."""
    return masks.variable_rows(answer, ctx)

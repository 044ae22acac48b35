"""Calls on accounts, the user, members, notifications, billing, watchers and what is the same for everybody."""

from __future__ import annotations

from operator import itemgetter
from typing import Any

from xplenty_tui.demo import reference
from xplenty_tui.demo.account import Account
from xplenty_tui.demo.call import DIRECTIONS, Call
from xplenty_tui.demo.records import Cluster, Job, Schedule, User
from xplenty_tui.demo.replies import Answer, CallError, missing
from xplenty_tui.demo.stamps import DAY, HOUR, maybe, stamp

ZONE = {"name": "Arizona", "identifier": "America/Phoenix", "offset": "-0700"}
"""The user's time zone: one without daylight saving, so that it needs no tables."""


def _avatar(email: str) -> str:
    return f"https://gravatar.com/avatar/{abs(sum(map(ord, email))):032x}.png?d=retro&s=140"


def _account(call: Call, account: Account) -> dict[str, Any]:
    cast, begin = account.cast, account.begin
    made = begin - (900 + 10 * cast.id) * DAY
    running = sum(len(cluster.running) + len(cluster.flows) for cluster in account.clusters.values())
    return {
        "id": cast.id,
        "account_id": cast.slug,
        "name": cast.name,
        "uname": f"u_{cast.id}",
        "region": "amazon-web-services::us-east-1",
        "location": None,
        "billing_email": "billing@acme.example",
        "gravatar_email": "data@acme.example",
        "avatar_url": _avatar(cast.slug),
        "created_at": stamp(made),
        "updated_at": stamp(begin - 12 * DAY),
        "schedules_count": len(account.schedules),
        "connections_count": len(account.connections),
        "role": cast.role,
        "permissions": list(reference.ADMIN_PERMISSIONS if cast.role == "admin" else reference.PERMISSIONS),
        "is_owner": cast.owner == cast.me,
        "owner_id": cast.owner,
        "members_count": len(account.users),
        "packages_count": sum(1 for package in account.packages.values() if package.status == "active"),
        "jobs_count": len(account.jobs),
        "running_jobs_count": running,
        "deliveries_count": len(account.deliveries),
        "hooks_count": len(account.hooks),
        "url": f"{call.host}/accounts/{cast.slug}",
        "public_key": f"ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDemo{cast.id:04}NotAKey== {cast.slug}@acme.example",
        "tunnel_host": "tunnel.xplenty.com",
    }


def _by(call: Call, rows: list[dict[str, Any]], sorts: dict[str, str], default: str) -> list[dict[str, Any]]:
    """Filter JSON rows by ``since`` and sort them."""
    since = stamp(call.params.since())
    key = itemgetter(sorts[call.params.choice("sort", tuple(sorts), default)], "id")
    down = call.params.choice("direction", DIRECTIONS, "desc") == "desc"
    return sorted((row for row in rows if row["updated_at"] >= since), key=key, reverse=down)


TIMES = {"updated": "updated_at", "created": "created_at"}


def accounts(call: Call) -> Answer:
    """List User's Accounts."""
    role = call.params.choice("role", ("admin", "member", "all"), "all")
    rows = [_account(call, account) for account in call.world.accounts.values()]
    rows = [row for row in rows if role in ("all", row["role"])]
    return call.page(_by(call, rows, {**TIMES, "id": "id", "name": "name"}, "created"), dict)


def account(call: Call) -> Answer:
    """Get Account Information."""
    return Answer(_account(call, call.account))


def _member(call: Call, member: User) -> dict[str, Any]:
    slug = call.account.slug
    return {
        "id": member.id,
        "name": member.name,
        "email": member.email,
        "gravatar_email": member.email,
        "avatar_url": _avatar(member.email),
        "created_at": stamp(member.created),
        "updated_at": stamp(member.created),
        "role": member.role,
        "owner": member.id == call.account.cast.owner,
        "url": f"{call.host}/{slug}/api/members/{member.id}",
        "html_url": f"https://xplenty.com/{slug}/members/{member.id}",
    }


def members(call: Call) -> Answer:
    """List Account Members."""
    role = call.params.choice("role", ("admin", "member", "viewer", "all"), "all")
    email = call.params.text("email")
    rows = [
        _member(call, user)
        for user in call.account.users.values()
        if role in ("all", user.role) and email in (None, user.email)
    ]
    return call.page(_by(call, rows, {**TIMES, "name": "name", "email": "email"}, "created"), dict)


def member(call: Call) -> Answer:
    """Get Member Information."""
    return Answer(_member(call, call.find(call.account.users, "member")))


def _unread(call: Call) -> tuple[int, int]:
    every = [note for account in call.world.accounts.values() for note in account.notifications]
    return len(every), sum(1 for note in every if not note.read)


def user(call: Call) -> Answer:
    """Get Authenticated User: the key is told only to who sends ``current_password``."""
    me, (count, unread) = call.me, _unread(call)
    data: dict[str, Any] = {
        "id": me.id,
        "name": me.name,
        "email": me.email,
        "confirmed": True,
        "confirmed_at": stamp(me.created + 300),
        "receive_newsletter": False,
        "location": None,
        "time_zone": ZONE["name"],
        "time_zone_info": ZONE,
        "notifications_count": count,
        "unread_notifications_count": unread,
        "notification_settings": {"email": True, "web": True},
        "gravatar_email": me.email,
        "created_at": stamp(me.created),
        "updated_at": stamp(call.world.begin - 3 * DAY),
        "avatar_url": _avatar(me.email),
        "last_login": stamp(call.world.begin - 2 * HOUR),
        "url": f"{call.host}/user",
    }
    if call.params.raw("current_password") is not None:
        data["api_key"] = call.names["key"]
    return Answer(data)


def notifications(call: Call) -> Answer:
    """List Authenticated User's Notifications: unread ones, unless all are asked for."""
    every = call.params.flag("all")
    rows = [
        {
            "id": note.id,
            "last_read_at": maybe(note.read),
            "title": note.title,
            "message": note.message,
            "created_at": stamp(note.created),
            "updated_at": stamp(note.read or note.created),
        }
        for account in call.world.accounts.values()
        for note in account.notifications
        if every or not note.read
    ]
    return call.page(_by(call, rows, TIMES, "created"), dict)


def mark(call: Call) -> Answer:
    """Mark Notifications as read, all of them; empty body."""
    for account in call.world.accounts.values():
        for note in account.notifications:
            note.read = note.read or call.world.now
    return Answer(None)


def subscription(call: Call) -> Answer:
    """Get Subscription Info; 403 for who may not see billing."""
    account = call.account
    if account.cast.role != "admin":
        raise CallError(403, "You are not allowed to view billing information of this account.")
    start = account.begin - 880 * DAY
    return Answer(
        {
            "trial_period_days": 14,
            "plan_id": 4,
            "trial_start": stamp(start),
            "trial_end": stamp(start + 14 * DAY),
            "trialling": False,
            "url": f"{call.host}/{account.slug}/api/subscription",
        }
    )


def _of_account(data: Any) -> Any:
    """Make a handler of an account's call whose answer never changes."""

    def handler(call: Call) -> Answer:
        return Answer(data if call.account else None)

    return handler


def _of_nobody(data: Any) -> Any:
    """Make a handler of a call without account whose answer never changes."""

    def handler(call: Call) -> Answer:
        return Answer(data)

    return handler


def typed_regions(call: Call) -> Answer:
    """List available Regions of a service."""
    if call.names["type"] not in reference.REGION_TYPES:
        raise missing()
    return Answer([region for region in reference.REGIONS if region["group_name"] == reference.AWS])


def rate_limit(call: Call) -> Answer:
    """Rate limit status; costs nothing."""
    return Answer({"limits": {"limit": call.limits.limit, "remaining": call.limits.remaining}})


def account_rate_limit(call: Call) -> Answer:
    """Rate limit status, under an account's path as the Python wrapper asks; costs nothing."""
    return rate_limit(call) if call.account else Answer(None)


def _watched(call: Call) -> tuple[tuple[str, int], Cluster | Job | Schedule, Account]:
    account, kind = call.account, call.path.split("/")[3]
    things: dict[str, dict[int, Any]] = {
        "clusters": account.clusters,
        "jobs": account.jobs,
        "schedules": account.schedules,
    }
    thing = call.find(things[kind], "watched")
    return (kind, thing.id), thing, account


def _watching(call: Call) -> set[int]:
    key, thing, account = _watched(call)
    known = account.watchers.get(key)
    if known is None:
        if isinstance(thing, Schedule):
            owner = thing.owner
        else:
            owner = thing.creator.owner if isinstance(thing.creator, Schedule) else thing.creator
        known = {owner.id}
    return known


def watchers(call: Call) -> Answer:
    """Get Watchers of a cluster, a job or a schedule: its creator unless somebody changed it."""
    people = call.account.users
    return Answer([{"id": id_, "display_name": people[id_].name} for id_ in sorted(_watching(call))])


def watch(call: Call) -> Answer:
    """Watch: adds the key's user. 201 for jobs, 200 for clusters and schedules; the time carries an offset."""
    key, _, account = _watched(call)
    account.watchers[key] = _watching(call) | {account.me.id}
    kind, id_ = key
    at = stamp(call.world.now + 3 * HOUR)[:-1] + "+03:00"
    data = {"created_at": at, f"{kind[:-1]}_url": f"{call.host}/{account.slug}/api/{kind}/{id_}"}
    return Answer(data, status=201 if kind == "jobs" else 200)


def unwatch(call: Call) -> Answer:
    """Stop watching: removes the key's user; empty body."""
    key, _, account = _watched(call)
    account.watchers[key] = _watching(call) - {account.me.id}
    return Answer(None, status=204)


ROUTES = {
    "GET /accounts": accounts,
    "GET /accounts/{account}": account,
    "GET /user": user,
    "GET /user/notifications": notifications,
    "POST /user/notifications/mark": mark,
    "GET /regions": _of_nobody(list(reference.REGIONS)),
    "GET /regions/{type}": typed_regions,
    "GET /timezones": _of_nobody(list(reference.TIME_ZONES)),
    "GET /variables": _of_nobody(reference.SYSTEM_VARIABLES),
    "GET /rate_limit_status": rate_limit,
    "GET /{account}/api/rate_limit_status": account_rate_limit,
    "GET /{account}/api/members": members,
    "GET /{account}/api/members/{member}": member,
    "GET /{account}/api/subscription": subscription,
    "GET /{account}/api/plans": _of_account(list(reference.PLANS)),
    "GET /{account}/api/regions": _of_account(list(reference.REGIONS)),
    "GET /{account}/api/stacks": _of_account(list(reference.STACKS)),
} | {
    f"{method} /{{account}}/api/{kind}/{{watched}}/watchers": handler
    for kind in ("clusters", "jobs", "schedules")
    for method, handler in (("GET", watchers), ("POST", watch), ("DELETE", unwatch))
}

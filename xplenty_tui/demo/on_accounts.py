"""Calls on accounts, watchers and what is the same for everybody."""

from __future__ import annotations

import re
from operator import itemgetter
from typing import Any

from xplenty_tui.demo import reference
from xplenty_tui.demo.account import Account
from xplenty_tui.demo.call import DIRECTIONS, Call
from xplenty_tui.demo.cast import Cast
from xplenty_tui.demo.records import Cluster, Job, Schedule, User
from xplenty_tui.demo.replies import Answer, CallError, invalid, missing
from xplenty_tui.demo.stamps import DAY, HOUR, stamp

WORDS = ("name", "location", "region", "billing_email", "gravatar_email")
"""What of an account can be changed."""


def avatar(email: str) -> str:
    """Return the address of the picture of an address."""
    return f"https://gravatar.com/avatar/{abs(sum(map(ord, email))):032x}.png?d=retro&s=140"


def show_account(call: Call, account: Account) -> dict[str, Any]:
    """Draw an account as JSON."""
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
        "avatar_url": avatar(cast.slug),
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
    } | account.words


def by(call: Call, rows: list[dict[str, Any]], sorts: dict[str, str], default: str) -> list[dict[str, Any]]:
    """Filter JSON rows by ``since`` and sort them."""
    since = stamp(call.params.since())
    key = itemgetter(sorts[call.params.choice("sort", tuple(sorts), default)], "id")
    down = call.params.choice("direction", DIRECTIONS, "desc") == "desc"
    return sorted((row for row in rows if row["updated_at"] >= since), key=key, reverse=down)


TIMES = {"updated": "updated_at", "created": "created_at"}


def accounts(call: Call) -> Answer:
    """List User's Accounts."""
    role = call.params.choice("role", ("admin", "member", "all"), "all")
    rows = [show_account(call, account) for account in call.world.accounts.values()]
    rows = [row for row in rows if role in ("all", row["role"])]
    return call.page(by(call, rows, {**TIMES, "id": "id", "name": "name"}, "created"), dict)


def account(call: Call) -> Answer:
    """Get Account Information."""
    return Answer(show_account(call, call.account))


def create(call: Call) -> Answer:
    """Create Account: it has nothing in it but its owner, the key's user."""
    name = call.params.text("name")
    if not name:
        raise invalid("name can't be blank.")
    slug = call.params.text("account_id") or re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "account"
    if slug in call.world.accounts:
        raise invalid("account_id has already been taken.")
    me, ids = call.me, [account.cast.id for account in call.world.accounts.values()]
    cast = Cast(
        slug=slug, id=max(ids) + 1, name=name, role="admin", owner=me.id, me=me.id, share=0.0, people=(), packages=(),
        schedules=(), lines=(), extras=(), casual=(), last_job=1000, last_cluster=100, last_notification=10,
    )  # fmt: skip
    made = Account(cast, call.world.seed, call.world.now)
    made.users[me.id] = User(me.id, me.name, me.email, "admin", call.world.now)
    made.words = {"region": region} if (region := call.params.text("region")) else {}
    call.world.accounts[slug] = made
    return Answer(show_account(call, made), status=201)


def change(call: Call) -> Answer:
    """Update Account Information; 403 for who is no administrator."""
    account = call.account
    if account.cast.role != "admin":
        raise CallError(403, "You are not allowed to update this account.")
    if "name" in call.params.body and not call.params.text("name"):
        raise invalid("name can't be blank.")
    account.words |= {name: call.params.body[name] for name in WORDS if name in call.params.body}
    account.words["updated_at"] = stamp(call.world.now)
    return Answer(show_account(call, account))


def delete(call: Call) -> Answer:
    """Delete Account: for its owner only, and for good."""
    account = call.account
    if account.cast.owner != account.cast.me:
        raise CallError(403, "Only the owner can delete an account.")
    shown = show_account(call, account)
    del call.world.accounts[account.slug]
    return Answer(shown)


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
    return Answer([{"id": id_, "display_name": people[id_].name} for id_ in sorted(_watching(call)) if id_ in people])


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
    "POST /accounts": create,
    "PUT /accounts/{account}": change,
    "DELETE /accounts/{account}": delete,
    "POST /{account}/api/accounts": create,
    "GET /regions": _of_nobody(list(reference.REGIONS)),
    "GET /regions/{type}": typed_regions,
    "GET /timezones": _of_nobody(list(reference.TIME_ZONES)),
    "GET /variables": _of_nobody(reference.SYSTEM_VARIABLES),
    "GET /rate_limit_status": rate_limit,
    "GET /{account}/api/rate_limit_status": account_rate_limit,
    "GET /{account}/api/regions": _of_account(list(reference.REGIONS)),
    "GET /{account}/api/stacks": _of_account(list(reference.STACKS)),
} | {
    f"{method} /{{account}}/api/{kind}/{{watched}}/watchers": handler
    for kind in ("clusters", "jobs", "schedules")
    for method, handler in (("GET", watchers), ("POST", watch), ("DELETE", unwatch))
}

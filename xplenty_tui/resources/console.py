"""Places of the web console as places of the program: the links in notifications, ``url`` and ``html_url``."""

from __future__ import annotations

from urllib.parse import urlsplit

from xplenty_tui.core.declare import Context, Link

KINDS = frozenset({"jobs", "clusters", "schedules", "packages", "members", "connections", "hooks", "deliveries"})
"""Kinds whose pages have the same word in the console's addresses as here."""


def target(address: str, ctx: Context) -> tuple[Link | None, str]:
    """Return the item that an address of the console is about, and the account that it lies in.

    ``https://xplenty.com/acme/jobs/7`` and ``https://api.xplenty.com/acme/api/jobs/7`` are the same. The host is not
    looked at, and nothing is ever fetched from it. No link: another account's item, or no item at all.
    """
    try:
        path = urlsplit(address).path
    except ValueError:
        return None, ""
    parts = [part for part in path.split("/") if part]
    if len(parts) > 2 and parts[1] in ("api", "settings"):
        del parts[1]
    account, kind, key = (*parts, "", "", "")[:3]
    if kind == "connections" and len(parts) > 3:
        key = f"{key}/{parts[3]}"
    if kind not in KINDS or not key:
        return None, ""
    return (Link(kind, key) if account == ctx.account else None), account

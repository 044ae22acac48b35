"""What an account is wired to: connections, hooks and deliveries, as they are when the world begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from xplenty_tui.demo.chance import between, bits
from xplenty_tui.demo.stamps import DAY


@dataclass(eq=False)
class Wired:
    """A connection, hook or delivery: what is said of it by name, beside its times."""

    id: int
    name: str
    owner: int
    created: int
    updated: int
    type: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    trouble: str = ""
    """Why a connection cannot be reached; empty when it can."""


class Line(NamedTuple):
    """A connection that is written down."""

    type: str
    id: int
    name: str
    username: str | None
    more: Mapping[str, Any] = {}
    trouble: str = ""


_WAREHOUSE = {"host": "warehouse.acme.example", "port": 5439, "database": "dwh", "tunnel_type": "direct", "ssl": True}
_SHOP = {"host": "10.20.0.14", "port": 3306, "database": "shop", "tunnel_type": "reverse", "local_port": 46126}
_EXPIRED = "The session has expired or was invalidated: authorize the connection again."
CONNECTIONS: Mapping[str, tuple[Line, ...]] = {
    "acme": (
        Line("s3", 53, "acme-raw bucket", "AKIADEMOACMERAW"),
        Line("s3", 54, "acme-exports bucket", "AKIADEMOEXPORTS"),
        Line("redshift", 12, "warehouse", "etl", {**_WAREHOUSE, "region": "amazon-web-services::us-east-1"}),
        Line("mysql", 7, "shop database", "etl_reader", _SHOP),
        Line(
            "postgres", 9, "inventory", "inventory_ro", {"host": "pg.acme.example", "port": 5432, "database": "stock"}
        ),
        Line(
            "mongo", 3, "clickstream store", "clicks", {"host": "mongo.acme.example", "port": 27017, "database": "web"}
        ),
        Line("sftp", 2, "finance share", "acme", {"host": "sftp.acme.example", "port": 22, "auth_method": "key"}),
        Line("salesforce", 12, "CRM", None, {"environment": "production"}, _EXPIRED),
        Line("adwords", 4, "AdWords", None),
        Line("bingads", 5, "Bing Ads", None),
        Line("analytics", 6, "Web analytics", None),
    ),
    "acme-staging": (
        Line("s3", 88, "staging bucket", "AKIADEMOSTAGING"),
        Line("redshift", 31, "staging warehouse", "etl", {**_WAREHOUSE, "database": "staging"}),
        Line("mysql", 40, "test shop", "etl_reader", {**_SHOP, "host": "10.30.0.2"}),
    ),
}
_WEB = {"url": "https://alerts.acme.example/xplenty", "insecure_ssl": False, "basic_auth": True}
HOOKS: Mapping[str, tuple[tuple[int, str, str, dict[str, Any], list[str], bool], ...]] = {
    "acme": (
        (1, "web", "On-call alerts", _WEB, ["job.failed", "cluster.error"], True),
        (2, "email", "Data team", {"emails": "data@acme.example,oncall@acme.example"}, ["job"], False),
    ),
}
DELIVERIES: Mapping[str, tuple[tuple[int, str, str, tuple[str, int], tuple[str, int], str], ...]] = {
    "acme": (
        (2, "CRM to warehouse", "enabled", ("salesforce", 12), ("redshift", 12), "crm"),
        (3, "Ads to warehouse", "idle", ("adwords", 4), ("redshift", 12), "ads"),
    ),
}


def salt(*keys: int) -> str:
    """Make up a hook's salt."""
    return "".join(f"{bits(*keys, place):016x}" for place in range(4))


def connections(slug: str, owner: int, begin: int) -> dict[tuple[str, int], Wired]:
    """Give the connections of an account, oldest first."""
    made = begin - 400 * DAY
    found = {}
    for place, line in enumerate(CONNECTIONS.get(slug, ())):
        at = made + place * DAY
        changed = max(at, begin - between(1, 300, line.id, place) * DAY)
        data = {"username": line.username, **line.more}
        found[line.type, line.id] = Wired(line.id, line.name, owner, at, changed, line.type, data, line.trouble)
    return found


def groups(slug: str, owner: int, begin: int) -> dict[int, Wired]:
    """Give the groups of connections of an account."""
    members = [(line.type, line.id) for line in CONNECTIONS.get(slug, ()) if line.type in ("redshift", "mysql")]
    at = begin - 30 * DAY
    return {
        1: Wired(1, "Shop and warehouse", owner, at, at, "", {"description": "The nightly loads", "members": members})
    }


def hooks(slug: str, owner: int, begin: int) -> dict[int, Wired]:
    """Give the hooks of an account, oldest first."""
    found = {}
    for id_, type_, name, settings, events, active in HOOKS.get(slug, ()):
        at = begin - (200 - id_) * DAY
        data = {"salt": salt(id_), "active": active, "settings": dict(settings), "events": list(events)}
        found[id_] = Wired(id_, name, owner, at, at + 20 * DAY, type_, data)
    return found


def deliveries(slug: str, owner: int, begin: int) -> dict[int, Wired]:
    """Give the deliveries of an account, oldest first."""
    found = {}
    for id_, name, status, source, destination, schema in DELIVERIES.get(slug, ()):
        at = begin - 90 * DAY if status == "enabled" else begin - 120
        data = {
            "description": None,
            "interval_unit": "days",
            "interval_amount": 1,
            "source": end(*source, {}),
            "destination": end(*destination, {"schema": schema}),
            "status": status,
        }
        found[id_] = Wired(id_, name, owner, at, at, "", data)
    return found


def end(type_: str, id_: int, properties: Mapping[str, Any]) -> dict[str, Any]:
    """Give one end of a delivery as the wire has it."""
    return {"connection": {"type": type_, "id": id_}, "properties": dict(properties)}

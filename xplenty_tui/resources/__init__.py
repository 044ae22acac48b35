"""One file a kind: all that a person sees of it. Here is the only list of kinds; each is loaded when it is needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xplenty_tui.core.declare import Resource
from xplenty_tui.core.later import Kinds, Later

_WHERE: dict[str, tuple[str, str]] = {
    "jobs": ("jobs", "JOBS"),
    "clusters": ("clusters", "CLUSTERS"),
    "schedules": ("schedules", "SCHEDULES"),
    "packages": ("packages", "PACKAGES"),
    "accounts": ("account", "ACCOUNTS"),
    "connections": ("connections", "CONNECTIONS"),
    "connection_groups": ("connection_groups", "GROUPS"),
    "connection_types": ("types", "CONNECTION_TYPES"),
    "outputs": ("outputs", "OUTPUTS"),
    "instances": ("instances", "INSTANCES"),
    "watchers": ("watchers", "WATCHERS"),
    "deliveries": ("deliveries", "DELIVERIES"),
    "hooks": ("hooks", "HOOKS"),
    "hook_events": ("types", "HOOK_EVENTS"),
    "hook_types": ("types", "HOOK_TYPES"),
    "members": ("people", "MEMBERS"),
    "notifications": ("notifications", "NOTIFICATIONS"),
    "user": ("user", "USER"),
    "public_keys": ("keys", "PUBLIC_KEYS"),
    "invoices": ("money", "INVOICES"),
    "payment_method": ("money", "PAYMENT"),
    "subscription": ("subscription", "SUBSCRIPTION"),
    "plans": ("plans", "PLANS"),
    "regions": ("regions", "REGIONS"),
    "service_regions": ("regions", "SERVICE_REGIONS"),
    "stacks": ("reference", "STACKS"),
    "templates": ("templates", "TEMPLATES"),
    "validations": ("validations", "VALIDATIONS"),
    "variables": ("reference", "VARIABLES"),
    "time_zones": ("reference", "TIME_ZONES"),
    "product_updates": ("updates", "UPDATES"),
    "help_articles": ("articles", "ARTICLES"),
}
"""Name → module and constant of its declaration; those with a digit first and in its order."""

BY_NAME: Mapping[str, Resource[Any]] = Kinds(
    {name: (f"{__name__}.{module}", constant) for name, (module, constant) in _WHERE.items()}
)
"""The kinds by name."""
ALL: Sequence[Resource[Any]] = Later(lambda: tuple(BY_NAME.values()))
"""Every kind. Looking at it loads them all."""

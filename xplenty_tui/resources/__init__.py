"""One file a kind: all that a person sees of it. Here is the only list of kinds; each is loaded when it is needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xplenty_tui.core.declare import Resource
<<<<<<< HEAD
from xplenty_tui.resources.account import ACCOUNTS
from xplenty_tui.resources.articles import ARTICLES
from xplenty_tui.resources.clusters import CLUSTERS
from xplenty_tui.resources.jobs import JOBS
from xplenty_tui.resources.keys import PUBLIC_KEYS
from xplenty_tui.resources.money import INVOICES, PAYMENT, SUBSCRIPTION
from xplenty_tui.resources.packages import PACKAGES
from xplenty_tui.resources.people import MEMBERS, NOTIFICATIONS
from xplenty_tui.resources.reference import PLANS, REGIONS, SERVICE_REGIONS, STACKS, TIME_ZONES, VARIABLES
from xplenty_tui.resources.schedules import SCHEDULES
from xplenty_tui.resources.templates import TEMPLATES
from xplenty_tui.resources.updates import UPDATES
from xplenty_tui.resources.user import USER
from xplenty_tui.resources.validations import VALIDATIONS

ALL: tuple[Resource[Any], ...] = (
    JOBS,
    CLUSTERS,
    SCHEDULES,
    PACKAGES,
    ACCOUNTS,
    MEMBERS,
    NOTIFICATIONS,
    USER,
    PUBLIC_KEYS,
    INVOICES,
    PAYMENT,
    SUBSCRIPTION,
    PLANS,
    REGIONS,
    SERVICE_REGIONS,
    STACKS,
    TEMPLATES,
    VALIDATIONS,
    VARIABLES,
    TIME_ZONES,
    UPDATES,
    ARTICLES,
=======
from xplenty_tui.core.later import Kinds, Later

_WHERE: dict[str, tuple[str, str]] = {
    "jobs": ("jobs", "JOBS"),
    "clusters": ("clusters", "CLUSTERS"),
    "schedules": ("schedules", "SCHEDULES"),
    "packages": ("packages", "PACKAGES"),
    "accounts": ("account", "ACCOUNTS"),
    "members": ("people", "MEMBERS"),
    "notifications": ("people", "NOTIFICATIONS"),
    "plans": ("reference", "PLANS"),
    "regions": ("reference", "REGIONS"),
    "stacks": ("reference", "STACKS"),
    "templates": ("templates", "TEMPLATES"),
    "variables": ("reference", "VARIABLES"),
}
"""Name → module and constant of its declaration; those with a digit first and in its order."""

BY_NAME: Mapping[str, Resource[Any]] = Kinds(
    {name: (f"{__name__}.{module}", constant) for name, (module, constant) in _WHERE.items()}
>>>>>>> main
)
"""The kinds by name."""
ALL: Sequence[Resource[Any]] = Later(lambda: tuple(BY_NAME.values()))
"""Every kind. Looking at it loads them all."""

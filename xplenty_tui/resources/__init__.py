"""One file a kind: all that a person sees of it. ``ALL`` is the only list of kinds."""

from __future__ import annotations

from typing import Any

from xplenty_tui.core.declare import Resource
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
)
"""Every kind, those with a digit first and in its order."""
BY_NAME: dict[str, Resource[Any]] = {resource.name: resource for resource in ALL}
"""The kinds by name."""

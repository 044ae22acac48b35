"""One file a kind: all that a person sees of it. ``ALL`` is the only list of kinds."""

from __future__ import annotations

from typing import Any

from xplenty_tui.core.declare import Resource
from xplenty_tui.resources.account import ACCOUNTS
from xplenty_tui.resources.clusters import CLUSTERS
from xplenty_tui.resources.connection_groups import GROUPS
from xplenty_tui.resources.connections import CONNECTIONS
from xplenty_tui.resources.deliveries import DELIVERIES
from xplenty_tui.resources.hooks import HOOKS
from xplenty_tui.resources.jobs import JOBS
from xplenty_tui.resources.packages import PACKAGES
from xplenty_tui.resources.people import MEMBERS, NOTIFICATIONS
from xplenty_tui.resources.reference import PLANS, REGIONS, STACKS, VARIABLES
from xplenty_tui.resources.schedules import SCHEDULES
from xplenty_tui.resources.templates import TEMPLATES
from xplenty_tui.resources.types import CONNECTION_TYPES, HOOK_EVENTS, HOOK_TYPES

ALL: tuple[Resource[Any], ...] = (
    JOBS,
    CLUSTERS,
    SCHEDULES,
    PACKAGES,
    ACCOUNTS,
    CONNECTIONS,
    GROUPS,
    CONNECTION_TYPES,
    DELIVERIES,
    HOOK_EVENTS,
    HOOK_TYPES,
    HOOKS,
    MEMBERS,
    NOTIFICATIONS,
    PLANS,
    REGIONS,
    STACKS,
    TEMPLATES,
    VARIABLES,
)
"""Every kind, those with a digit first and in its order."""
BY_NAME: dict[str, Resource[Any]] = {resource.name: resource for resource in ALL}
"""The kinds by name."""

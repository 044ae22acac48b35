"""What the API offers to choose from: regions, stacks, system variables."""

from __future__ import annotations

from typing import Any

from xplenty_tui.api.address import segment
from xplenty_tui.api.calls import get_list, get_map
from xplenty_tui.api.client import Client
from xplenty_tui.api.wire import Page, Text, Wire

SERVICES = ("athena", "bigquery", "redshift", "s3", "snowflake")
"""The services whose regions the API tells."""


class Region(Wire):
    """A place where a cluster can run."""

    id: str
    """``amazon-web-services::us-east-1``."""
    name: Text = ""
    short_name: Text = ""
    group_name: Text = ""
    """The provider."""


class Stack(Wire):
    """A version of the software that clusters run."""

    id: str
    """``white-everest``."""
    name: Text = ""


class TimeZone(Wire):
    """A time zone by the service's own name, as the user's settings have it."""

    id: str
    """``Pacific Time (US & Canada)``."""
    name: Text = ""
    """The same with its offset."""


async def regions(client: Client) -> Page[Region]:
    """Get the regions that this account may use. ``GET §/regions``."""
    return await get_list(client, "/regions", Region)


async def regions_of(client: Client, service: str) -> Page[Region]:
    """Get where a service such as ``redshift`` can be reached. ``GET /regions/{region_type}``."""
    return await get_list(client, f"/regions/{segment(service)}", Region, account=False)


async def time_zones(client: Client) -> Page[TimeZone]:
    """Get the time zones that a user can choose. ``GET /timezones``."""
    return await get_list(client, "/timezones", TimeZone, account=False)


async def stacks(client: Client) -> Page[Stack]:
    """Get the stacks that this account may use. ``GET §/stacks``."""
    return await get_list(client, "/stacks", Stack)


async def system_variables(client: Client) -> dict[str, Any]:
    """Get the variables that every job has, with their defaults: numbers, texts and expressions mixed.

    ``GET /variables``.
    """
    return await get_map(client, "/variables", account=False)

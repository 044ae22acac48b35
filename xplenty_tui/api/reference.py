"""What the API offers to choose from: regions, stacks, system variables."""

from __future__ import annotations

from typing import Any

from xplenty_tui.api.calls import get_list, get_map
from xplenty_tui.api.client import Client
from xplenty_tui.api.wire import Page, Text, Wire


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


async def regions(client: Client) -> Page[Region]:
    """Get the regions that this account may use."""
    return await get_list(client, "/regions", Region)


async def stacks(client: Client) -> Page[Stack]:
    """Get the stacks that this account may use."""
    return await get_list(client, "/stacks", Stack)


async def system_variables(client: Client) -> dict[str, Any]:
    """Get the variables that every job has, with their defaults: numbers, texts and expressions mixed."""
    return await get_map(client, "/variables", account=False)

"""What lies behind connections to advertising and CRM services: accounts, objects and their fields (metadata).

The documentation sends what narrows them down as the body of the GET; it goes as a query, for many proxies drop bodies.
"""

from __future__ import annotations

from typing import Any

from xplenty_tui.api.address import Params, segment
from xplenty_tui.api.client import Client


async def adwords_customers(client: Client, id_: int | str) -> Any:
    """Get the customers: `GET §/connections/metadata/adwords/{connection_id}/customers`."""
    return await _get(client, f"/connections/metadata/adwords/{segment(id_)}/customers")


async def analytics_accounts(client: Client, id_: int | str) -> Any:
    """Get accounts, properties and views: `GET §/connections/metadata/analytics/{connection_id}/accounts`."""
    return await _get(client, f"/connections/metadata/analytics/{segment(id_)}/accounts")


async def bingads_accounts(client: Client, id_: int | str) -> Any:
    """Get accounts and campaigns: `GET §/connections/metadata/bingads/{connection_id}/accounts`."""
    return await _get(client, f"/connections/metadata/bingads/{segment(id_)}/accounts")


async def bingads_columns(client: Client, id_: int | str, *, report_type: str | None = None) -> Any:
    """Get the columns of a report: `GET §/connections/metadata/bingads/{connection_id}/columns`."""
    path = f"/connections/metadata/bingads/{segment(id_)}/columns"
    return await _get(client, path, {"report_type": report_type})


async def facebook_accounts(client: Client, id_: int | str) -> Any:
    """Get the accounts: `GET §/connections/metadata/facebookadsinsights/{connection_id}/accounts`."""
    return await _get(client, f"/connections/metadata/facebookadsinsights/{segment(id_)}/accounts")


async def facebook_fields(client: Client, id_: int | str) -> Any:
    """Get the fields of reports: `GET §/connections/metadata/facebookadsinsights/{connection_id}/fields`."""
    return await _get(client, f"/connections/metadata/facebookadsinsights/{segment(id_)}/fields")


async def salesforce_objects(client: Client, id_: int | str) -> Any:
    """Get the objects: `GET §/connections/metadata/salesforce/{connection_id}/objects`."""
    return await _get(client, f"/connections/metadata/salesforce/{segment(id_)}/objects")


async def salesforce_fields(client: Client, id_: int | str, object_name: str | None = None) -> Any:
    """Get the fields of an object: `GET §/connections/metadata/salesforce/{connection_id}/fields`."""
    path = f"/connections/metadata/salesforce/{segment(id_)}/fields"
    return await _get(client, path, {"object_name": object_name})


async def _get(client: Client, path: str, params: Params | None = None) -> Any:
    """Return the answer as it came: a list or an object, whose shape differs from service to service."""
    answer = await client.get(path, params)
    if not isinstance(answer.data, list | dict):
        raise answer.undecodable("it should be a list or an object")
    return answer.data

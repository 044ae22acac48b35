"""Packages: what a job runs, a dataflow or a workflow."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field

from xplenty_tui.api.address import segment
from xplenty_tui.api.calls import get_one, get_page
from xplenty_tui.api.client import Client
from xplenty_tui.api.wire import Items, MaybeTime, Number, Page, Text, Variables, Wire


class Package(Wire):
    """A package (Packages). List items lack the flow type; [P] shows only id, name and url inside a job."""

    id: int
    name: Text = ""
    description: Text = ""
    status: Text = ""
    """``active`` or ``archived``."""
    flow_type: Text = ""
    """``dataflow`` or ``workflow``; "" where the answer did not say."""
    flow_version: Text = ""
    package_version: Text = ""
    version: Text = ""
    item_id: int | str | None = None
    variables: Variables = Field(default_factory=dict)
    owner_id: int | None = None
    created_at: MaybeTime = None
    updated_at: MaybeTime = None
    url: Text = ""
    html_url: Text = ""


class ValidationMessage(Wire):
    """One thing that is wrong with a package."""

    message: Text = ""


class PackageValidation(Wire):
    """One check of a package (Package validations)."""

    id: int
    package_id: int | str | None = None
    status: Text = ""
    """running, completed, failed."""
    status_message: Text = ""
    runtime: Number | None = None
    """The unit is not documented; the examples read like milliseconds."""
    errors: Items[ValidationMessage] = ()
    owner_id: int | None = None
    account_id: int | str | None = None
    created_at: MaybeTime = None
    updated_at: MaybeTime = None
    url: Text = ""


async def list_(
    client: Client,
    *,
    offset: int = 0,
    limit: int = 100,
    status: str | None = None,
    flow_type: str | None = None,
    sort: str | None = None,
    direction: str | None = None,
    since: datetime | None = None,
) -> Page[Package]:
    """Get one page of packages: the active ones, or the archived ones with ``status="archived"``, never both."""
    params: dict[str, Any] = {"status": status, "flow_type": flow_type, "sort": sort, "direction": direction}
    return await get_page(client, "/packages", Package, offset=offset, limit=limit, since=since, **params)


async def get(client: Client, id_: int | str) -> Package:
    """Get one package."""
    return await get_one(client, f"/packages/{segment(id_)}", Package)


async def validations(
    client: Client,
    id_: int | str,
    *,
    offset: int = 0,
    limit: int = 100,
    status: str | None = None,
    sort: str | None = None,
    direction: str | None = None,
    since: datetime | None = None,
) -> Page[PackageValidation]:
    """Get one page of a package's checks, newest first."""
    params: dict[str, Any] = {"status": status, "sort": sort, "direction": direction, "since": since}
    path = f"/packages/{segment(id_)}/validations"
    return await get_page(client, path, PackageValidation, offset=offset, limit=limit, **params)


async def validation(client: Client, id_: int | str, validation_id: int | str) -> PackageValidation:
    """Get one check of a package."""
    return await get_one(client, f"/packages/{segment(id_)}/validations/{segment(validation_id)}", PackageValidation)


async def search(client: Client, q: str, *, offset: int = 0, limit: int = 100) -> Page[Package]:
    """Search on the server: free text or id, name, description, user, created, modified."""
    return await get_page(client, "/packages/search", Package, offset=offset, limit=limit, q=q)

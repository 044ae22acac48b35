"""Packages: what a job runs, a dataflow or a workflow."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from pydantic import Field

from xplenty_tui.api import calls
from xplenty_tui.api.address import segment
from xplenty_tui.api.calls import get_list, get_one, get_page
from xplenty_tui.api.client import Client
from xplenty_tui.api.wire import Items, MaybeTime, Number, Page, Text, Variables, Wire

if TYPE_CHECKING:
    from xplenty_tui.api.drafts import NewPackage, PackageChange


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


class TemplateAuthor(Wire):
    """Who wrote a template."""

    id: int | str | None = None
    name: Text = ""
    avatar_url: Text = ""


class PackageTemplate(Wire):
    """What a new package can begin with (Packages: list templates)."""

    id: int
    name: Text = ""
    description: Text = ""
    position: int | None = None
    """Place in the list."""
    author: TemplateAuthor | None = None


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
    """Get one page of packages: the active ones, or the archived ones with ``status="archived"``, never both.

    ``GET §/packages``.
    """
    params: dict[str, Any] = {"status": status, "flow_type": flow_type, "sort": sort, "direction": direction}
    return await get_page(client, "/packages", Package, offset=offset, limit=limit, since=since, **params)


async def get(client: Client, id_: int | str) -> Package:
    """Get one package. ``GET §/packages/{package_id}``."""
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
    """Get one page of a package's checks, newest first. ``GET §/packages/{package_id}/validations``."""
    params: dict[str, Any] = {"status": status, "sort": sort, "direction": direction, "since": since}
    path = f"/packages/{segment(id_)}/validations"
    return await get_page(client, path, PackageValidation, offset=offset, limit=limit, **params)


async def validation(client: Client, id_: int | str, validation_id: int | str) -> PackageValidation:
    """Get one check of a package. ``GET §/packages/{package_id}/validations/{validation_id}``."""
    return await get_one(client, f"/packages/{segment(id_)}/validations/{segment(validation_id)}", PackageValidation)


async def search(client: Client, q: str, *, offset: int = 0, limit: int = 100) -> Page[Package]:
    """Search on the server: free text or id, name, description, user, created, modified. ``GET §/packages/search``."""
    return await get_page(client, "/packages/search", Package, offset=offset, limit=limit, q=q)


async def templates(client: Client) -> Page[PackageTemplate]:
    """Get what a new package can begin with (Packages: list templates). ``GET §/packages/templates``."""
    return await get_list(client, "/packages/templates", PackageTemplate)


async def export(client: Client, id_: int | str) -> Any:
    """Get a package as JSON, to be kept in a file (Packages: export); its shape is not documented.

    ``GET §/packages/{package_id}/export``.
    """
    return (await client.get(f"/packages/{segment(id_)}/export")).data


async def create(client: Client, draft: NewPackage) -> Package:
    """Create a package (Packages: create): empty, a copy, from a template or from an exported flow.

    ``POST §/packages``.
    """
    return await calls.make(client, "/packages", Package, draft.sent())


async def update(client: Client, id_: int | str, draft: PackageChange) -> Package:
    """Change a package's name or description (Packages: update). ``PUT §/packages/{package_id}``."""
    return await calls.act_on(client, "PUT", f"/packages/{segment(id_)}", Package, id_, body=draft.sent())


async def archive(client: Client, id_: int | str) -> Package:
    """Archive a package (Packages: delete): it becomes ``archived``, and the API has no way back.

    ``DELETE §/packages/{package_id}``.
    """
    return await calls.act_on(client, "DELETE", f"/packages/{segment(id_)}", Package, id_)


async def validate(client: Client, id_: int | str, *, wait_s: float | None = None) -> PackageValidation:
    """Check a package and wait for the result (Package validations: run, synchronous), ``wait_s`` seconds at most.

    ``wait_s`` is as long as any other call unless given. A package that is not valid is no error of the call: its
    check has the status ``failed``.

    ``POST §/packages/{package_id}/validate``.
    """
    return await calls.make(client, f"/packages/{segment(id_)}/validate", PackageValidation, wait_s=wait_s)


async def start_validation(client: Client, id_: int | str) -> PackageValidation:
    """Begin to check a package (Package validations: run); ask for the ``validation`` until it is not running.

    ``POST §/packages/{package_id}/validations``.
    """
    return await calls.make(client, f"/packages/{segment(id_)}/validations", PackageValidation)

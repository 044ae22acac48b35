"""Regions: where clusters of the account can run, and where services can be reached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from xplenty_tui.api import reference
from xplenty_tui.api.reference import SERVICES, Region
from xplenty_tui.api.wire import Page
from xplenty_tui.core.declare import Column, Context, Facts, Loaded, Resource, Row
from xplenty_tui.resources import calls, parts
from xplenty_tui.resources.reference import clusters_of, named


@dataclass(frozen=True, slots=True)
class Service:
    """A service whose regions the API tells."""

    name: str


def region_rows(answer: Page[Region], _item: Any, _ctx: Context) -> Iterator[Row]:
    """Return one line a region."""
    return parts.each(answer, lambda region: [Row(parts.joined(region.id, region.name), label=region.group_name)])


REGIONS: Resource[Region] = Resource(
    name="regions",
    title="Regions",
    singular="region",
    about="Where clusters of this account can run.",
    model=Region,
    load=calls.unpaged(reference.regions),
    columns=(
        Column("id", "ID", lambda item, _: item.id, "The region's id, as clusters have it.", width=36),
        Column("group", "GROUP", lambda item, _: item.group_name or None, "Whose machines they are.", width=20, rank=2),
        Column("name", "NAME", lambda item, _: item.name or None, "The region's name.", width=34, grow=1),
    ),
    label=lambda item: item.name or item.id,
    sort=("id", "asc"),
    detail=(Facts("region", "Region", named), clusters_of("region")),
    refresh=calls.SELDOM,
    none="No regions are told.",
    aliases=("region",),
)

SERVICE_REGIONS: Resource[Service] = Resource(
    name="service_regions",
    title="Regions of services",
    singular="service",
    about="Where Redshift, S3 and the like can be reached, by service.",
    model=Service,
    load=calls.fixed(map(Service, SERVICES)),
    columns=(Column("name", "SERVICE", lambda item, _: item.name, "The service, as connections have it.", width=20),),
    label=lambda item: item.name,
    key=lambda item: item.name,
    sort=("name", "asc"),
    detail=(
        Loaded(
            "regions",
            "Its regions",
            lambda client, service: reference.regions_of(client, service.name),
            region_rows,
            none="No regions are told.",
            help="Ask where the service can be reached.",
            eager=lambda service: True,
        ),
    ),
    refresh=calls.SELDOM,
    web=lambda item: None,
    none="No services.",
    aliases=("services", "service regions"),
)

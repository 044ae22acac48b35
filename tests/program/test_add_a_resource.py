"""The promise of the house: a new kind is a module of calls, a declaration, one name in ``ALL`` and demo data.

The kind below (parcels, which the program does not have) is made of just these four, and gets list, detail, filter,
sort, help and palette without a line in ``tui/``.
"""

from __future__ import annotations

from typing import Any

import pytest

import xplenty_tui.resources
from tests.tui.host import Host, running
from xplenty_tui.api.calls import get_one, get_page
from xplenty_tui.api.client import Client
from xplenty_tui.api.wire import Page, Text, Wire
from xplenty_tui.core import words
from xplenty_tui.core.declare import Column, Facts, Refresh, Resource, Row
from xplenty_tui.demo import api as demo_api
from xplenty_tui.demo.call import Call
from xplenty_tui.demo.replies import Answer, missing

# What would be api/parcels.py.


class Parcel(Wire):
    id: int
    name: Text = ""
    status: Text = ""


async def list_(client: Client, *, offset: int = 0) -> Page[Parcel]:
    return await get_page(client, "/parcels", Parcel, offset=offset, limit=100)


async def get(client: Client, key: str) -> Parcel:
    return await get_one(client, f"/parcels/{key}", Parcel)


# What would be resources/parcels.py.

PARCELS: Resource[Parcel] = Resource(
    name="parcels",
    title="Parcels",
    singular="parcel",
    about="What moves data from one connection to another.",
    model=Parcel,
    load=lambda client, offset: list_(client, offset=offset),
    get=get,
    columns=(
        Column(
            "status",
            "STATUS",
            lambda item, _: item.status,
            "Whether it is enabled.",
            show=lambda value, _: f"{words.status(value).symbol} {value}",
            tone=lambda item, _: words.status(item.status).tone,
            width=12,
        ),
        Column("id", "ID", lambda item, _: item.id, "The parcel's id.", width=6, right=True, first="desc"),
        Column("name", "NAME", lambda item, _: item.name, "The parcel's name.", width=20, grow=1),
    ),
    label=lambda item: item.name,
    status=lambda item: item.status,
    detail=(Facts("facts", "Parcel", lambda item, _: [Row(item.name, "carries")]),),
    refresh=Refresh(visible=60),
    none="No parcels in this account.",
)

# What would be demo data.

DATA = [
    {"id": 1, "name": "contacts to warehouse", "status": "enabled"},
    {"id": 2, "name": "leads to warehouse", "status": "disabled"},
    {"id": 3, "name": "accounts to lake", "status": "enabled"},
]


def _all(_call: Call) -> Answer:
    return Answer(DATA)


def _one(call: Call) -> Answer:
    found = [item for item in DATA if str(item["id"]) == call.names["id"]]
    if not found:
        raise missing()
    return Answer(found[0])


@pytest.fixture
def parcels(monkeypatch: pytest.MonkeyPatch) -> None:
    routes: dict[str, Any] = {
        **demo_api.on_accounts.ROUTES,
        "GET /{account}/api/parcels": _all,
        "GET /{account}/api/parcels/{id}": _one,
    }
    monkeypatch.setattr(demo_api.on_accounts, "ROUTES", routes)
    kinds = (*xplenty_tui.resources.ALL, PARCELS)
    monkeypatch.setattr(xplenty_tui.resources, "ALL", kinds)
    monkeypatch.setattr(xplenty_tui.resources, "BY_NAME", {one.name: one for one in kinds})


async def _go(host: Host) -> None:
    await host.press("colon")
    host.type("parcel")
    await host.see(r"Parcels\s+What moves data")
    await host.press("enter")
    await host.see("3 in all")
    await host.settle()


async def test_a_kind_of_four_parts_has_list_filter_and_sort(parcels: None) -> None:
    async with running() as host:
        await _go(host)
        assert [path for path in host.line.asked if "parcels" in path] == ["/parcels?offset=0&limit=100"]
        await host.press("slash")
        host.type("-status:disabled warehouse")
        await host.press("enter")
        await host.see("1 of 3 loaded")
        assert "contacts to warehouse" in host.text
        assert "leads" not in host.text
        await host.press("escape", "o")
        host.type("name")
        await host.press("enter")
        await host.see("NAME▲")
        order = [host.text.index(name) for name in ("accounts to", "contacts to", "leads to")]
        assert order == sorted(order)


async def test_it_has_a_detail_raw_json_and_help(parcels: None) -> None:
    async with running() as host:
        await _go(host)
        await host.press("j", "enter")
        await host.see("Parcels › 2 leads to warehouse")
        await host.see("carries  leads to warehouse")
        assert "■ disabled" in host.text
        await host.press("J")
        await host.see('"status": "disabled"')
        await host.press("escape", "escape", "question_mark")
        await host.see("What moves data from one connection to another")
        await host.press("slash")
        host.type("Whether it is enabled")
        await host.see("Whether it is enabled.")

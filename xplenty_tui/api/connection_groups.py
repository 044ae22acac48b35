"""Groups of connections: new on the Integrate.io pages, which document a search and an update, and no list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xplenty_tui.api import calls
from xplenty_tui.api.address import segment
from xplenty_tui.api.calls import get_page
from xplenty_tui.api.client import Client
from xplenty_tui.api.connections import Connection
from xplenty_tui.api.wire import Items, MaybeTime, Page, Text, Wire

if TYPE_CHECKING:
    from xplenty_tui.api.connection_drafts import GroupChange


class ConnectionGroup(Wire):
    """A group of connections (Connection groups). Its fields are hardly documented."""

    id: int | str
    name: Text = ""
    description: Text = ""
    connections: Items[Connection] = ()
    created_at: MaybeTime = None
    updated_at: MaybeTime = None


async def search(client: Client, q: str, *, offset: int = 0, limit: int = 100) -> Page[ConnectionGroup]:
    """Search for groups: `GET §/connection_groups/search`."""
    return await get_page(client, "/connection_groups/search", ConnectionGroup, offset=offset, limit=limit, q=q)


async def update(client: Client, id_: int | str, draft: GroupChange) -> ConnectionGroup:
    """Change a group's words: `PUT §/connection_groups/{connection_group_id}`. Its body is wrapped, as no other is."""
    path, body = f"/connection_groups/{segment(id_)}", {"connection_group": draft.sent()}
    return await calls.act_on(client, "PUT", path, ConnectionGroup, id_, body=body)

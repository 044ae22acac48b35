"""What the service can read from any web address, without a connection that was saved (type ``curl``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xplenty_tui.api.calls import ready
from xplenty_tui.api.client import Client
from xplenty_tui.api.connections import WAIT_S, Schema, Trial, trial
from xplenty_tui.api.wire import one

if TYPE_CHECKING:
    from xplenty_tui.api.connection_drafts import CurlDraft


async def schema(client: Client, draft: CurlDraft) -> Schema:
    """Let the service read an address and say what it found: `GET §/connections/curl/schema`.

    It acts on somebody else's server, so it is sent and not got; the parameters are the body of the GET, as
    documented, because a password has no place in an address.
    """
    answer = await client.send("GET", "/connections/curl/schema", draft.sent(), wait_s=WAIT_S)
    await ready(Schema)
    return one(Schema, answer)


async def test(client: Client, draft: CurlDraft) -> Trial:
    """Let the service try to reach an address: `POST §/connections/curl/test`."""
    return await trial(client, "/connections/curl/test", draft.sent())


async def validate(client: Client, draft: CurlDraft) -> Trial:
    """Let the service check what an address answers: `POST §/connections/curl/validate`."""
    return await trial(client, "/connections/curl/validate", draft.sent())

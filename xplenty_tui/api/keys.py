"""The user's public keys: what databases and hosts let the service in by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xplenty_tui.api import calls
from xplenty_tui.api.address import segment
from xplenty_tui.api.client import Client
from xplenty_tui.api.wire import MaybeTime, Page, Text, Wire

if TYPE_CHECKING:
    from xplenty_tui.api.account_drafts import NewPublicKey

LARGEST = 16 * 1024
"""Bytes of a file that may hold a public key."""


class PublicKey(Wire):
    """A public key of the user (Public keys); the key itself is never told, only its fingerprint."""

    id: int | str
    name: Text = ""
    comment: Text = ""
    """What stands behind the key, mostly an address."""
    fingerprint: Text = ""
    created_at: MaybeTime = None
    updated_at: MaybeTime = None
    url: Text = ""


async def list_(
    client: Client, *, offset: int = 0, limit: int = 100, sort: str | None = None, direction: str | None = "desc"
) -> Page[PublicKey]:
    """Get one page of the user's keys, newest first unless told otherwise. ``GET /user/keys``."""
    params: dict[str, Any] = {"sort": sort, "direction": direction}
    return await calls.get_page(client, "/user/keys", PublicKey, offset=offset, limit=limit, account=False, **params)


async def get(client: Client, id_: int | str) -> PublicKey:
    """Get one key. ``GET /user/keys/{key_id}``."""
    return await calls.get_one(client, f"/user/keys/{segment(id_)}", PublicKey, account=False)


async def search(client: Client, q: str, *, offset: int = 0, limit: int = 100) -> Page[PublicKey]:
    """Search on the server: free text over id and name. ``GET /user/keys/search``."""
    return await calls.get_page(client, "/user/keys/search", PublicKey, offset=offset, limit=limit, account=False, q=q)


async def add(client: Client, draft: NewPublicKey) -> PublicKey:
    """Add a key (Public keys: create).

    ``POST /user/keys``, or ``POST §/user/keys`` where the server knows only that.
    """
    body = draft.sent()
    return await calls.either(
        lambda: calls.make(client, "/user/keys", PublicKey, body, account=False),
        lambda: calls.make(client, "/user/keys", PublicKey, body),
    )


async def delete(client: Client, id_: int | str) -> PublicKey:
    """Delete a key for good (Public keys: delete). ``DELETE /user/keys/{key_id}``."""
    return await calls.act_on(client, "DELETE", f"/user/keys/{segment(id_)}", PublicKey, id_, account=False)

"""One member of an account: get, invite, give a role, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xplenty_tui.api import calls
from xplenty_tui.api.accounts import Member
from xplenty_tui.api.address import segment
from xplenty_tui.api.client import Client

if TYPE_CHECKING:
    from xplenty_tui.api.account_drafts import Invitation, RoleChange


async def get(client: Client, id_: int | str) -> Member:
    """Get one member. ``GET §/members/{member_id}``."""
    return await calls.get_one(client, f"/members/{segment(id_)}", Member)


async def invite(client: Client, draft: Invitation) -> Member:
    """Invite a person into the account (Members: add); 200 or 201. ``POST §/members``."""
    return await calls.make(client, "/members", Member, draft.sent())


async def set_role(client: Client, id_: int | str, draft: RoleChange) -> Member:
    """Give a member another role (Members: set role). ``PUT §/members/{member_id}``."""
    return await calls.act_on(client, "PUT", f"/members/{segment(id_)}", Member, id_, body=draft.sent())


async def remove(client: Client, id_: int | str) -> Member:
    """Take a member out of the account (Members: delete). ``DELETE §/members/{member_id}``."""
    return await calls.act_on(client, "DELETE", f"/members/{segment(id_)}", Member, id_)

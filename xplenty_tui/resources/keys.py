"""Public keys of the user."""

from __future__ import annotations

from collections.abc import Iterator

from xplenty_tui.api import keys as api
from xplenty_tui.api import wire
from xplenty_tui.api.keys import PublicKey
from xplenty_tui.core.declare import Column, Context, Facts, Refresh, Resource, Row
from xplenty_tui.resources import calls, columns, parts
from xplenty_tui.resources.key_actions import ACTIONS, called


def _facts(key: PublicKey, ctx: Context) -> Iterator[Row]:
    return parts.kept(
        parts.row("name", key.name),
        parts.row("comment", key.comment),
        parts.row("fingerprint", key.fingerprint),
        parts.row("added", parts.stamp(key.created_at, ctx)),
        parts.row("updated", parts.stamp(key.updated_at, ctx)),
        parts.row("number", str(key.id)),
    )


PUBLIC_KEYS: Resource[PublicKey] = Resource(
    name="public_keys",
    title="Public keys",
    singular="public key",
    about="Your SSH keys that the service knows; not the API key.",
    model=PublicKey,
    load=calls.paged(api.list_),
    columns=(
        columns.id_column("The key's number.", rank=2),
        Column("name", "NAME", lambda item, _: item.name or None, "What it is called.", width=18, grow=1),
        Column("comment", "COMMENT", lambda item, _: item.comment or None, "What stands behind it.", width=22, grow=1),
        Column(
            "fingerprint",
            "FINGERPRINT",
            lambda item, _: item.fingerprint or None,
            "By which the key itself is known; the key is never told.",
            width=47,
            grow=1,
            rank=2,
        ),
        columns.ago_column("created", "ADDED", lambda item: item.created_at, "When it was added."),
    ),
    label=called,
    get=api.get,
    search=calls.searched(api.search),
    sort=("created", "desc"),
    detail=(Facts("key", "Public key", _facts),),
    merge=wire.overlay,
    refresh=Refresh(visible=600),
    web=lambda item: None,
    none="No public keys. n adds one.",
    actions=ACTIONS,
    aliases=("public key", "keys", "ssh"),
)

"""Calls on the user's public keys."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Any

from xplenty_tui.demo import search
from xplenty_tui.demo.call import BY_TIME, Call
from xplenty_tui.demo.public_keys import fingerprint_of
from xplenty_tui.demo.records import PublicKey
from xplenty_tui.demo.replies import Answer, invalid
from xplenty_tui.demo.stamps import stamp

_LINE = re.compile(r"((?:ssh|ecdsa|sk)-\S+) (\S+)(?: (.*))?")
ATTRIBUTES = {
    "id": search.Attribute("word", lambda key: [key.id]),
    "name": search.Attribute("text", lambda key: [key.name]),
}
SORTS = {**BY_TIME, "id": lambda key: key.id, "name": lambda key: (key.name, key.id)}


def _show(call: Call, key: PublicKey) -> dict[str, Any]:
    return {
        "id": key.id,
        "comment": key.comment,
        "name": key.name,
        "fingerprint": key.fingerprint,
        "created_at": stamp(key.created),
        "updated_at": stamp(key.updated),
        "url": f"{call.host}/user/keys/{key.id}",
    }


def keys(call: Call) -> Answer:
    """List Public Keys: the oldest first, unlike all other lists."""
    made = list(call.world.keys.values())
    return call.page(call.sorted_list(made, keys=SORTS, direction="asc"), lambda key: _show(call, key))


def find(call: Call) -> Answer:
    """Search Keys."""
    return search.answer(call, list(call.world.keys.values()), ATTRIBUTES, lambda key: _show(call, key), sorts=SORTS)


def key(call: Call) -> Answer:
    """Get Public Key Information."""
    return Answer(_show(call, call.find(call.world.keys, "id")))


def add(call: Call) -> Answer:
    """Create Public Key; 422 for what is none, and for one that is there already."""
    match = _LINE.fullmatch((call.params.text("public_key") or "").strip())
    try:
        data = base64.b64decode(match[2], validate=True) if match else b""
    except (binascii.Error, ValueError):
        data = b""
    if match is None or not data:
        raise invalid("public_key is invalid.")
    fingerprint = fingerprint_of(data)
    if any(known.fingerprint == fingerprint for known in call.world.keys.values()):
        raise invalid("public_key has already been taken.")
    comment = match[3] or ""
    now, id_ = call.world.now, max(call.world.keys, default=0) + 1
    made = PublicKey(id_, call.params.text("name") or comment, comment, fingerprint, now, now)
    call.world.keys[id_] = made
    return Answer(_show(call, made), status=201)


def add_plainly(call: Call) -> Answer:
    """Create a public key under an account's path."""
    return add(call) if call.account else Answer(None)


def delete(call: Call) -> Answer:
    """Delete Public Key."""
    gone = call.find(call.world.keys, "id")
    del call.world.keys[gone.id]
    return Answer(_show(call, gone))


ROUTES = {
    "GET /user/keys": keys,
    "POST /user/keys": add,
    "GET /user/keys/search": find,
    "GET /user/keys/{id}": key,
    "DELETE /user/keys/{id}": delete,
    "POST /{account}/api/user/keys": add_plainly,
}

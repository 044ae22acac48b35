"""The public keys that the user has when a world begins."""

from __future__ import annotations

import hashlib

from xplenty_tui.demo.records import PublicKey
from xplenty_tui.demo.stamps import DAY


def first_keys(begin: int) -> dict[int, PublicKey]:
    """Return the keys that the user has when the world begins."""
    made = (("laptop", "dana@laptop", 300), ("bastion", "etl@bastion.acme.example", 80))
    return {
        id_: PublicKey(id_, name, comment, fingerprint_of(comment.encode()), begin - days * DAY, begin - days * DAY)
        for id_, (name, comment, days) in enumerate(made, 1)
    }


def fingerprint_of(data: bytes) -> str:
    """Return the fingerprint of a key's data as SSH writes it."""
    digest = hashlib.md5(data, usedforsecurity=False).hexdigest()
    return ":".join(digest[place : place + 2] for place in range(0, 32, 2))

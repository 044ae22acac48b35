"""A server, or a proxy before it, may repeat what it was sent: the key is taken out before anything is read."""

from __future__ import annotations

import base64

from pydantic import SecretStr

MASK = "•••"
SHORTEST = 8
"""Characters of a key from which on it is looked for: a shorter one would hide half of a text."""


def forms(key: SecretStr) -> tuple[str, ...]:
    """Return how a key stands in what a server repeats: as HTTP sends it, and as it is."""
    plain = key.get_secret_value()
    if len(plain) < SHORTEST:
        return ()
    return base64.b64encode(f"{plain}:".encode()).decode("ascii"), plain


def hide(text: str, key: SecretStr) -> str:
    """Return a text without the key."""
    for form in forms(key):
        text = text.replace(form, MASK)
    return text


def hide_in(body: bytes, key: SecretStr) -> bytes:
    """Return a body without the key; looked for once, and most bodies are returned as they are."""
    for form in forms(key):
        body = body.replace(form.encode(), MASK.encode())
    return body

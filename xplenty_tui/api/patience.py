"""How long the client waits, and how much it takes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how much an answer may be."""

    connect_s: float = 10.0
    """Seconds for the connection, TLS included."""
    read_s: float = 20.0
    """Seconds that the server may be silent."""
    total_s: float = 30.0
    """Seconds for the whole call, the wait for a free connection included."""
    body_bytes: int = 16 * 1024 * 1024
    """Bytes of a body, as sent and inflated."""


DEFAULT = Limits()
"""What suits a person who waits."""

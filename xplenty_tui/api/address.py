"""How ids, accounts and query values are written into an address."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import quote

Params = Mapping[str, str | int | bool | datetime | None]
"""A query. None is left out; times are written in UTC to the second, as ``since`` wants them."""


def segment(value: str | int) -> str:
    """Write an id or slug as one part of a path; raises ValueError for what would leave its place."""
    text = quote(str(value), safe="")
    if text in ("", ".", ".."):
        raise ValueError(f"{value!r} cannot be part of an address")
    return text


def query(params: Params) -> dict[str, str]:
    """Write a query's values as the API reads them."""
    return {name: _written(value) for name, value in params.items() if value is not None}


def _written(value: str | int | bool | datetime) -> str:
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be sent")
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return str(value).lower() if isinstance(value, bool) else str(value)


def loopback(host: str) -> bool:
    """Whether this host is the machine itself."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

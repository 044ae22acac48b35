"""How many credits are left: the one call that costs none."""

from __future__ import annotations

from xplenty_tui.api.calls import ready
from xplenty_tui.api.client import Client
from xplenty_tui.api.wire import Wire, one


class RateLimit(Wire):
    """Credits of the user's hour. It has no ``id``."""

    limit: int | None = None
    remaining: int | None = None


async def rate_limit_status(client: Client) -> RateLimit:
    """Ask for the credits without spending one, and tell the client's meter. ``GET §/rate_limit_status``."""
    mark = client.meter.mark()
    answer = await client.get("/rate_limit_status", counted=False)
    if not isinstance(answer.data, dict) or not isinstance(answer.data.get("limits"), dict):
        raise answer.undecodable("it should hold limits")
    await ready(RateLimit)
    found = one(RateLimit, answer, answer.data["limits"])
    client.meter.seen(found.limit, found.remaining, mark)
    return found

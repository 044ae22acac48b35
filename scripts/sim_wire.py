"""The way from a session to the simulated world: it takes time, and every request is noted."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx

from xplenty_tui.demo.transport import DemoTransport

if TYPE_CHECKING:
    from sim_world import SimWorld

LATENCY_S = 0.2
"""There and back."""
PAGE = 100
"""Items of a full page."""
_JOB = re.compile(rb'\{"id":\d+,"status":"')
"""The start of a job in a list; what it holds begins otherwise."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request, as the world saw it."""

    at_s: float
    """When it was sent, in virtual seconds."""
    method: str
    path: str
    """Without the account."""
    query: str
    status: int
    before: int
    """Credits that were left when it came, and after it."""
    after: int
    items: int
    """Jobs of the list that it answered; 0 for anything else."""

    @property
    def probe(self) -> bool:
        """Whether it is the call that costs nothing."""
        return self.path.endswith("/rate_limit_status")

    @property
    def spent(self) -> bool:
        """Whether it took a credit: a refusal for want of credits takes none."""
        return not self.probe and self.status != 429

    @property
    def background(self) -> bool:
        """Whether nobody asked for it: in these scenarios a person acts only by other methods than GET."""
        return not self.probe and self.method == "GET"

    @property
    def full(self) -> bool:
        """Whether it was a whole page of jobs."""
        return self.items >= PAGE


class Wire(httpx.AsyncBaseTransport):
    """One session's connection."""

    def __init__(self, world: SimWorld) -> None:
        self.log: list[Request] = []
        self._world, self._demo = world, DemoTransport(world.api)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Carry one request to the world and its answer back."""
        world, sent = self._world, self._world.monotonic()
        await asyncio.sleep(LATENCY_S / 2)
        before = world.remaining()
        response = await self._demo.handle_async_request(request)
        path = re.sub(r"^/[^/]+/api(?=/)", "", request.url.path)
        items = len(_JOB.findall(response.content)) if response.content.startswith(b"[") else 0
        query = request.url.query.decode()
        self.log.append(
            Request(sent, request.method, path, query, response.status_code, before, world.remaining(), items)
        )
        await asyncio.sleep(LATENCY_S / 2)
        return response

    def spent(self, since_s: float = 0.0, until_s: float = float("inf")) -> int:
        """Return the credits that requests of a span of time took."""
        return sum(one.spent for one in self.log if since_s <= one.at_s < until_s)

    def busiest(self, since_s: float, until_s: float, window_s: float = 60.0) -> int:
        """Return the most counted calls in any window within a span of time."""
        times = [one.at_s for one in self.log if not one.probe and since_s <= one.at_s < until_s]
        return max((sum(at <= other < at + window_s for other in times) for at in times), default=0)

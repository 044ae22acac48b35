"""The demo in process: a transport for httpx that asks the world instead of a network."""

from __future__ import annotations

import httpx

from xplenty_tui.demo.api import DemoApi


class DemoTransport(httpx.AsyncBaseTransport):
    """Answers every request from the world, whatever its host."""

    def __init__(self, api: DemoApi) -> None:
        self.api = api

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""
        body = await request.aread()
        reply = self.api.handle(request.method, request.url.path, dict(request.url.params), dict(request.headers), body)
        headers = {**reply.headers, "Content-Length": str(len(reply.body))}
        return httpx.Response(reply.status, headers=headers, content=reply.body)

"""What tests of actions share: a demo to act on, and a wire that fails before or after the server has acted."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from xplenty_tui.api.client import Client
from xplenty_tui.api.credits import Meter
from xplenty_tui.api.errors import ApiError
from xplenty_tui.core.action import Action, Attempt, Line, Question, ReadBack
from xplenty_tui.core.declare import Context
from xplenty_tui.core.fields_check import check
from xplenty_tui.core.fields_model import fields_of
from xplenty_tui.core.store import Store
from xplenty_tui.demo.start import ACCOUNT, KEY, SEED, start
from xplenty_tui.demo.transport import DemoTransport
from xplenty_tui.resources import BY_NAME

BEGIN = datetime(2026, 3, 1, 3, 0, tzinfo=UTC)


class Wire(httpx.AsyncBaseTransport):
    """The demo behind a wire that notes what is sent, and loses what it is told to."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self.inner = inner
        self.sent: list[tuple[str, str, Any]] = []
        """Method, path after the account and body of all that is no GET."""
        self.fault = ""
        """For writes: ``before`` the server hears of it, ``after`` it has acted, ``500`` after it has acted."""
        self.deaf = False
        """Whether reads fail, too."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            if self.deaf:
                raise httpx.ReadError("gone", request=request)
            return await self.inner.handle_async_request(request)
        body = await request.aread()
        path = request.url.path.removeprefix(f"/{ACCOUNT}/api")
        self.sent.append((request.method, path, json.loads(body) if body else None))
        if self.fault == "before":
            raise httpx.ReadError("gone", request=request)
        answer = await self.inner.handle_async_request(request)
        if self.fault == "after":
            raise httpx.ReadError("gone", request=request)
        return httpx.Response(500, json={"message": "oh"}) if self.fault == "500" else answer


@dataclass
class Stage:
    """A demo, a client of it, and what of it is loaded."""

    client: Client
    wire: Wire
    clock: Callable[[], datetime]
    seconds: list[float]
    store: Store = field(default_factory=Store)
    production: bool = False

    @property
    def ctx(self) -> Context:
        return Context(self.clock(), self.store, UTC, ACCOUNT, production=self.production)

    def pass_(self, seconds: float) -> None:
        """Let the world's time pass."""
        self.seconds[0] += seconds

    async def load(self, *kinds: str) -> None:
        """Load lists as opening them would."""
        for kind in kinds:
            resource = BY_NAME[kind]
            page: Any = await resource.load(self.client, 0)
            items = [(resource.key(item), item) for item in page.items]
            self.store.put(kind, items, self.clock(), merge=resource.merge)
            self.store.paged(kind, more=page.next_offset is not None, next_offset=page.next_offset or 0)

    def named(self, kind: str, name: str) -> Any:
        return next(item for item in self.store.good(kind) if item.name == name)

    def attempt(self, item: Any, draft: Any = None) -> Attempt[Any]:
        return Attempt(item, draft, self.clock())

    async def failing(self, action: Action[Any], item: Any, fault: str, draft: Any = None) -> ReadBack:
        """Do an action whose answer is lost; returns what reading back shows."""
        attempt = self.attempt(item, draft)
        self.wire.fault = fault
        before = len(self.wire.sent)
        with pytest.raises(ApiError) as caught:
            await action.send(self.client, item, draft)
        assert caught.value.sent
        self.wire.fault = ""
        found = await action.check(self.client, attempt)
        assert len(self.wire.sent) == before + 1, "reading back only reads"
        return found


@asynccontextmanager
async def staged() -> AsyncIterator[Stage]:
    """Set up the demo with a clock that stands until it is moved."""
    seconds = [0.0]
    api, clock = start(SEED, 400, 1.0, lambda: seconds[0], BEGIN)
    wire = Wire(DemoTransport(api))
    client = Client("https://demo.example", ACCOUNT, SecretStr(KEY), meter=Meter(clock, lambda: 0.0), transport=wire)
    try:
        yield Stage(client, wire, clock, seconds)
    finally:
        await client.aclose()


def typed(action: Action[Any], ctx: Context, item: Any = None, **changes: str) -> Any:
    """Fill the form of an action in, with dots of names as ``__``; returns the draft, or its problems as a dict."""
    assert action.fill is not None
    values = {one.name: one.default for one in fields_of(action.fill.model)} | dict(action.fill.start(item, ctx))
    before = dict(action.fill.start(item, ctx)) if action.fill.clears else None
    values |= {name.replace("__", "."): text for name, text in changes.items()}
    found = check(action.fill.model, values, before=before, zone=ctx.zone)
    return found.value if found.value is not None else dict(found.problems)


def text(lines: Sequence[Line]) -> str:
    return "\n".join("".join(piece for piece, _ in line) for line in lines)


def asked(action: Action[Any], ctx: Context, *items: Any, draft: Any = None) -> Question:
    assert action.ask is not None
    question = action.ask(items, draft, ctx)
    assert isinstance(question, Question)
    return question


def by_name(actions: Sequence[Action[Any]], name: str) -> Action[Any]:
    return next(action for action in actions if action.name == name)

"""Asking the demo as a client would, without a client: a clock held in the hand and bare requests."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from xplenty_tui.demo.api import DemoApi
from xplenty_tui.demo.replies import Reply
from xplenty_tui.demo.start import KEY
from xplenty_tui.demo.world import World

BEGIN = datetime(2026, 3, 3, 14, 27, 41, tzinfo=UTC)
ACCEPT = "application/vnd.xplenty+json; version=2"


def basic(text: str) -> str:
    """Return the header value of HTTP Basic credentials."""
    return "Basic " + base64.b64encode(text.encode()).decode()


@dataclass
class Hands:
    """A clock that moves when it is told to."""

    now: datetime = BEGIN

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **amount: float) -> None:
        """Let time pass: ``minutes=5``."""
        self.now += timedelta(**amount)


@dataclass
class Asker:
    """A world, its clock and its API."""

    clock: Hands
    api: DemoApi
    headers: dict[str, str] = field(default_factory=lambda: {"Authorization": basic(f"{KEY}:"), "Accept": ACCEPT})

    def ask(self, method: str, path: str, body: Any = None, **query: object) -> Reply:
        """Send one request; ``path`` without account is of the account ``acme`` when it starts with a word."""
        content = b"" if body is None else json.dumps(body).encode()
        headers = {**self.headers, "Content-Type": "application/json"} if content else self.headers
        where = path if path.startswith("/") else f"/acme/api/{path}"
        return self.api.handle(method, where, {name: str(value) for name, value in query.items()}, headers, content)

    def get(self, path: str, **query: object) -> Any:
        """Return the data of a call that must succeed."""
        reply = self.ask("GET", path, **query)
        assert reply.status == 200, reply.body
        return reply.data

    def all(self, path: str, **query: object) -> list[Any]:
        """Return the items of all pages, following ``Link`` as far as it says that there is more."""
        items: list[Any] = []
        while True:
            reply = self.ask("GET", path, offset=len(items), limit=100, **query)
            assert reply.status == 200, reply.body
            items += reply.data
            if 'rel="next"' not in reply.headers.get("Link", ""):
                return items

    def refused(self, method: str, path: str, body: Any = None, **query: object) -> int:
        """Return the status of a call that must fail, with a message."""
        reply = self.ask(method, path, body, **query)
        assert reply.status >= 400
        assert list(reply.data) == ["message"]
        assert reply.data["message"]
        return reply.status

    def job(self, package: str, **wanted: object) -> dict[str, Any]:
        """Return the newest job of a package with those values."""
        for job in self.all("jobs"):
            if job["package"]["name"] == package and all(job[name] == value for name, value in wanted.items()):
                return dict(job)
        raise AssertionError(f"no job of {package} with {wanted}")

    def cluster(self, name: str) -> dict[str, Any]:
        """Return the cluster of that name."""
        return dict(next(cluster for cluster in self.all("clusters") if cluster["name"] == name))

    def schedule(self, name: str) -> dict[str, Any]:
        """Return the schedule of that name."""
        return dict(next(schedule for schedule in self.all("schedules") if schedule["name"] == name))


def asker(seed: int = 7, jobs: int = 400, limit: int = 5000, begin: datetime = BEGIN) -> Asker:
    """Make a world that stands still until its clock is turned."""
    clock = Hands(begin)
    return Asker(clock, DemoApi(World(seed, jobs, clock), key=KEY, limit=limit))


def at(text: str) -> datetime:
    """Read a time of the API; only the documented way to write it is taken."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)

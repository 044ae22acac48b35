"""One call, as a handler sees it; and how lists are filtered, sorted and cut into pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Protocol, TypeVar
from urllib.parse import urlencode

from xplenty_tui.demo.account import Account
from xplenty_tui.demo.params import MOST, Params
from xplenty_tui.demo.records import User
from xplenty_tui.demo.replies import Answer, missing
from xplenty_tui.demo.world import World


class Dated(Protocol):
    """What lists are made of."""

    id: int
    created: int
    updated: int


T = TypeVar("T")
D = TypeVar("D", bound=Dated)
DIRECTIONS = ("asc", "desc")
BY_TIME: Mapping[str, Callable[[Any], Any]] = {
    "created": attrgetter("created", "id"),
    "updated": attrgetter("updated", "id"),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """The credits as the key's owner sees them, after this call."""

    limit: int
    remaining: int


@dataclass(slots=True)
class Call:
    """Everything a handler may look at."""

    world: World
    path: str
    names: Mapping[str, str]
    """The variable parts of the path."""
    params: Params
    host: str
    """Where the API says to be: scheme and host."""
    limits: Limits

    @property
    def account(self) -> Account:
        """The account of the path; 404 when the key does not see it."""
        account = self.world.accounts.get(self.names["account"])
        if account is None:
            raise missing()
        return account

    @property
    def me(self) -> User:
        """The key's user."""
        return next(iter(self.world.accounts.values())).me

    def find(self, things: Mapping[int, T], name: str) -> T:
        """Find the thing whose id is in the path; 404 when there is none."""
        thing = things.get(self.whole(name))
        if thing is None:
            raise missing()
        return thing

    def whole(self, name: str) -> int:
        """Give an id of the path; 404 when it is no number."""
        text = self.names[name]
        if not (text.isascii() and text.isdigit() and len(text) < 19):
            raise missing()
        return int(text)

    def page(self, things: Sequence[T], show: Callable[[T], Any]) -> Answer:
        """Answer one page of a list, with ``Link`` to the next and the one before; ``offset`` counts items."""
        offset = self.params.whole("offset", 0, 0)
        limit = self.params.whole("limit", 20, 1, MOST)
        links = []
        if offset + limit < len(things):
            links.append(self._link(offset + limit, limit, "next"))
        if offset:
            links.append(self._link(max(0, offset - limit), limit, "prev"))
        headers = {"Link": ", ".join(links)} if links else {}
        return Answer([show(thing) for thing in things[offset : offset + limit]], headers=headers)

    def _link(self, offset: int, limit: int, rel: str) -> str:
        query = {**self.params.query, "offset": str(offset), "limit": str(limit)}
        return f'<{self.host}{self.path}?{urlencode(query)}>; rel="{rel}"'

    def sorted_list(
        self,
        things: Sequence[D],
        *,
        keys: Mapping[str, Callable[[Any], Any]] = BY_TIME,
        default: str = "created",
        direction: str = "desc",
    ) -> Sequence[D]:
        """Filter by ``since`` and sort as the call says; ``things`` come in the order in which they were made."""
        since = self.params.since()
        key = self.params.choice("sort", tuple(keys), default)
        down = self.params.choice("direction", DIRECTIONS, direction) == "desc"
        if since:
            things = [thing for thing in things if thing.updated >= since]
        if key != "created":
            return sorted(things, key=keys[key], reverse=down)
        return things[::-1] if down else things

"""Every write of the program with one fault, over real HTTP: it arrives once, and what is said of it is true."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from pydantic import SecretStr

from tests.program.fault_rig import BEGIN, limits_of
from tests.tui.filled import DRAFTS, SEARCHED
from xplenty_tui.api.client import Client
from xplenty_tui.api.credits import Meter
from xplenty_tui.config.keep import DemoPlace
from xplenty_tui.core.action import Action, Attempt
from xplenty_tui.core.declare import Context
from xplenty_tui.core.journal import Outcome
from xplenty_tui.core.store import Store
from xplenty_tui.demo import server as demo
from xplenty_tui.demo.faults import Faulty, acts
from xplenty_tui.demo.replies import Reply
from xplenty_tui.demo.start import ACCOUNT, KEY, SEED, start
from xplenty_tui.refresh.fetch import pairs
from xplenty_tui.resources import ALL
from xplenty_tui.tui import sending

WRITES = {f"{one.name}.{action.name}": (one, action) for one in ALL for action in one.actions if action.writes}
TWO = {"connections.try", "hooks.reset_salt", "notifications.read_all", "user.change", "user.rotate", "public_keys.add"}
"""Writes that the two sources of the documentation put at two addresses."""


SO_ALREADY = {"jobs.unwatch", "clusters.unwatch", "schedules.unwatch"}
"""Writes after which all is as it was here: nobody watched before, so reading back finds what was wanted."""


@dataclass
class Gate:
    """The world, whose answers to writes are spoilt, and those to reads as well when asked for."""

    good: Any
    spoilt: Faulty
    deaf: bool = False
    """Reads are spoilt, too, from the first write on."""
    arrived: int = 0

    def handle(
        self, method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes
    ) -> Reply:
        writes = acts(method, path)
        self.arrived += writes
        if writes or (self.deaf and self.arrived):
            return self.spoilt.handle(method, path, query, headers, body)
        answer: Reply = self.good.handle(method, path, query, headers, body)
        return answer


class Noted:
    """The world, which notes what it said to writes before anything is spoilt."""

    def __init__(self, api: Any) -> None:
        self.api, self.acted = api, 0

    def handle(
        self, method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes
    ) -> Reply:
        reply: Reply = self.api.handle(method, path, query, headers, body)
        self.acted += reply.status < 400 and acts(method, path)
        return reply


@dataclass(frozen=True)
class Sent:
    """How one write ended."""

    outcome: Outcome
    sentence: str
    next: str
    arrived: int
    """Writes that reached the server."""
    acted: int
    """Those that the world did."""


@contextmanager
def world(word: str, *, deaf: bool) -> Iterator[tuple[demo.DemoServer, Gate, Noted]]:
    api, _ = start(SEED, 60, 0, lambda: 0.0, BEGIN)
    noted = Noted(api)
    gate = Gate(api, Faulty(noted, [(word, 1.0)]), deaf=deaf)
    with demo.serve(gate, 0) as server:
        yield server, gate, noted


def client_of(server: demo.DemoServer, word: str) -> Client:
    meter = Meter(lambda: BEGIN, time.monotonic)
    client = Client(server.url, ACCOUNT, SecretStr(KEY), meter=meter, limits=limits_of(word))
    client.place = DemoPlace()
    return client


def _context(store: Store, client: Client) -> Context:
    return Context(BEGIN, store, UTC, ACCOUNT, place=client.place)


async def subjects() -> tuple[Store, dict[str, Any]]:
    """Return what is loaded of the world, and for each write the first item that it can be done to."""
    store, found = Store(), dict[str, Any]()
    with world("gzip", deaf=False) as (server, _, _):
        client = client_of(server, "")
        for kind in ALL:
            search = kind.search if kind.name in SEARCHED else None
            page = await (search(client, SEARCHED[kind.name], 0) if search else kind.load(client, 0))
            store.put(kind.name, pairs(kind, page), BEGIN)
        ctx = _context(store, client)
        for name, (kind, action) in WRITES.items():
            items = list(store.of(kind.name).items.values()) if action.on_item else [None]
            draft = DRAFTS.get(name)
            able = (one for one in items if action.disabled(one, ctx) is None)
            role = getattr(draft, "role", None)  # who has it already is sent nothing
            found[name] = next(one for one in able if role is None or getattr(one, "role", None) != role)
        await client.aclose()
    return store, found


async def send(name: str, word: str, store: Store, item: Any, *, deaf: bool) -> Sent:
    """Do it once as the program does, in a world of its own; ``deaf``: reading back is spoilt as well."""
    action: Action[Any] = WRITES[name][1]
    with world(word, deaf=deaf) as (server, gate, noted):
        client = client_of(server, word)
        ended = await sending.send(client, action, Attempt(item, DRAFTS.get(name), BEGIN), _context(store, client))
        await client.aclose()
    return Sent(ended.outcome, ended.sentence, ended.next, gate.arrived, noted.acted)


def true(name: str, sent: Sent) -> bool:
    """Tell whether what was said is what happened."""
    if sent.outcome is Outcome.DONE:
        return sent.acted == 1 or name in SO_ALREADY
    if sent.outcome in (Outcome.NOT_DONE, Outcome.REFUSED):
        return sent.acted == 0
    return sent.outcome is Outcome.UNKNOWN


def once(name: str, word: str, sent: Sent) -> bool:
    """Tell whether no more was sent than may be: at a 404 the documentation's second address is tried, if any."""
    return sent.arrived == 1 or (word == "404" and sent.arrived == 2 and name in TWO and not sent.acted)


def told(sent: Sent) -> list[str]:
    """Return outcome and words without what is of one action only."""
    text = re.sub(r"127\.0\.0\.1:\d+", "the API", sent.sentence)
    text = re.sub(r"within [\d.]+ s", "within N s", text)
    if sent.outcome is Outcome.DONE:
        text = text.partition("): ")[0] + "): …" if "though no good answer" in text else "…"
    following = re.sub(r"127\.0\.0\.1:\d+", "the API", sent.next) if sent.outcome is Outcome.REFUSED else ""
    return [sent.outcome.value, text, following]


async def every(word: str, names: Iterable[str], *, deaf: bool) -> list[list[Any]]:
    """Do all of ``names`` with one fault; returns what is said, each with those of which it is said. No lies."""
    store, found = await subjects()
    said: dict[tuple[str, ...], list[str]] = {}
    for name in names:
        sent = await send(name, word, store, found[name], deaf=deaf)
        assert true(name, sent), (name, word, sent)
        assert once(name, word, sent), (name, word, sent)
        said.setdefault(tuple(told(sent)), []).append(name)
    return [[*words, done] for words, done in said.items()]

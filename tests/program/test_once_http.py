"""Writes over real HTTP to a server that loses its answers: one arrives, and what is said of it afterwards is true."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from pydantic import SecretStr

from xplenty_tui.api import drafts
from xplenty_tui.api.client import Client, Limits
from xplenty_tui.api.credits import Meter
from xplenty_tui.core.action import Action, Attempt
from xplenty_tui.core.declare import Context
from xplenty_tui.core.journal import Outcome
from xplenty_tui.core.store import Store
from xplenty_tui.demo.start import ACCOUNT, KEY, SEED, start
from xplenty_tui.resources import BY_NAME
from xplenty_tui.resources.run_form import NEW, RunForm
from xplenty_tui.tui import sending

BEGIN = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SHORT = Limits(connect_s=10, read_s=0.5, total_s=10)
"""For a server that answers too late; reading back has to be faster than that."""
LONG = Limits(connect_s=20, read_s=20, total_s=20)
SLOWEST_S = 20.0
"""Only a failing test waits that long."""


@dataclass
class Fault:
    """What becomes of a write."""

    acts: bool = True
    """Whether the world does it."""
    status: int = 0
    """Answered instead of the world's own; 0: nothing is answered."""
    body: bytes = b'{"message":"Something went wrong."}'
    reset: bool = False
    """The connection is broken, not closed."""
    late: bool = False
    """The answer comes when nobody waits for it any more."""
    meanwhile: bool = False
    """The world does it while it is being read back."""
    deaf: bool = False
    """The first read afterwards is not answered either."""


FAULTS = {
    "done, answered too late": Fault(late=True),
    "done, then closed": Fault(),
    "done, then reset": Fault(reset=True),
    "done, then 500": Fault(status=500),
    "done, then 502 in HTML": Fault(status=502, body=b"<html><h1>Bad Gateway</h1>"),
    "done, then 200 in HTML": Fault(status=200, body=b"<html>"),
    "not done, closed": Fault(acts=False),
    "not done, reset": Fault(acts=False, reset=True),
    "not done, 500": Fault(acts=False, status=500),
    "closed, done while reading back": Fault(meanwhile=True),
    "done, closed, and so is the first look": Fault(deaf=True),
    "not done, closed, and so is the first look": Fault(acts=False, deaf=True),
}


class Server(ThreadingHTTPServer):
    """Stands before the demo: reads go through, writes meet their fault."""

    daemon_threads = True

    def __init__(self, api: Any) -> None:
        super().__init__(("127.0.0.1", 0), Door)
        self.api, self.fault = api, Fault()
        self.writes: list[str] = []
        self.deaf = False
        self.waiting: list[Callable[[], object]] = []
        """What the world does after the next read."""
        self.lock, self.over = threading.Lock(), threading.Event()

    @property
    def account(self) -> Any:
        return self.api.world.accounts[ACCOUNT]


class Door(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Server

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def _world(self, body: bytes) -> Any:
        url = urlsplit(self.path)
        query = dict(parse_qsl(url.query, keep_blank_values=True))
        return self.server.api.handle(self.command, unquote(url.path), query, dict(self.headers), body)

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        with self.server.lock:
            reply = self._world(b"")
            for late in self.server.waiting:
                late()
            self.server.waiting.clear()
            deaf, self.server.deaf = self.server.deaf, False
        if deaf:
            self.close_connection = True
            return
        self._answer(reply.status, reply.body, reply.headers)

    def _write(self) -> None:
        body, fault = self.rfile.read(int(self.headers.get("Content-Length", "0"))), self.server.fault
        self.close_connection = True
        with self.server.lock:
            self.server.deaf = fault.deaf
            self.server.writes.append(f"{self.command} {self.path.partition('/api')[2]}")
            if fault.meanwhile:
                self.server.waiting.append(lambda: self._world(body))
            elif fault.acts:
                reply = self._world(body)
        if fault.late:
            self.server.over.wait(SLOWEST_S)
            with contextlib.suppress(OSError):  # nobody listens any more
                self._answer(reply.status, reply.body, reply.headers)
        elif fault.status:
            self._answer(fault.status, fault.body, {"Content-Type": "application/json", "Connection": "close"})
        elif fault.reset:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    do_POST = do_PUT = do_DELETE = _write


@contextmanager
def before(api: Any) -> Iterator[Server]:
    with Server(api) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()
            thread.join()


@asynccontextmanager
async def meeting(fault: Fault) -> AsyncIterator[tuple[Server, Client]]:
    """Set up the world behind a server whose writes meet ``fault``, and a client of it that is short of patience."""
    api, clock = start(SEED, 150, 0, lambda: 0.0, BEGIN)
    with before(api) as server:
        server.fault = fault
        client = Client(
            f"http://127.0.0.1:{server.server_address[1]}",
            ACCOUNT,
            SecretStr(KEY),
            meter=Meter(clock, time.monotonic),
            limits=SHORT if fault.late else LONG,
        )
        try:
            yield server, client
        finally:
            await client.aclose()


@dataclass(frozen=True)
class Deed:
    """One thing to do, and how to see in the world itself whether it was done."""

    kind: str
    action: str
    count: Callable[[Any], int]
    """(the world's account) → how often it was done, from any beginning."""
    key: str = ""
    draft: Any = None
    writes: tuple[str, ...] = field(default=())
    """What has to arrive."""


def _flag(found: bool) -> int:
    return 1 if found else 0


def _by(account: Any, schedule: int) -> int:
    return sum(getattr(job.creator, "id", 0) == schedule for job in account.jobs.values())


RUN = RunForm(package_id="421", cluster_id="2212", variables={"Period": "day"}, dynamic_variables={"Format": "'csv'"})
ON_NEW = RunForm(package_id="421", cluster_id=NEW, name="only-for-this")
ORDERED = drafts.NewCluster(nodes=3, name="ordered-by-test", terminate_on_idle=True)
RENAMED = drafts.ScheduleDraft(name="by another name", interval_amount=2)
DEEDS = {
    "stop a job": Deed(
        "jobs", "stop", lambda at: _flag(at.jobs[90435].status == "pending_stoppage"), "90435",
        writes=("DELETE /jobs/90435",),
    ),
    "run a package": Deed(
        "packages", "run", lambda at: sum(job.package.id == 421 for job in at.jobs.values()), "421", RUN,
        writes=("POST /jobs",),
    ),
    "run again": Deed(
        "jobs", "again", lambda at: sum(job.package.id == 421 for job in at.jobs.values()), "90435", RUN,
        writes=("POST /jobs",),
    ),
    "create a cluster": Deed(
        "clusters", "create", lambda at: sum(one.name == "ordered-by-test" for one in at.clusters.values()),
        draft=ORDERED, writes=("POST /clusters",),
    ),
    "terminate a cluster": Deed(
        "clusters", "terminate", lambda at: _flag(at.clusters[2216].status == "pending_terminate"), "2216",
        writes=("DELETE /clusters/2216",),
    ),
    "run a schedule": Deed(
        "schedules", "run", lambda at: _by(at, 101), "101", writes=("POST /schedules/101/run",),
    ),
    "clone a schedule": Deed(
        "schedules", "clone", lambda at: len(at.schedules), "101", writes=("POST /schedules/101/clone",),
    ),
    "delete a schedule": Deed(
        "schedules", "delete", lambda at: _flag(114 not in at.schedules), "114", writes=("DELETE /schedules/114",),
    ),
    "update a schedule": Deed(
        "schedules", "edit", lambda at: _flag((at.schedules[103].name, at.schedules[103].amount) == (RENAMED.name, 2)),
        "103", RENAMED, writes=("PUT /schedules/103",),
    ),
    "archive a package": Deed(
        "packages", "archive", lambda at: _flag(at.packages[455].status == "archived"), "455",
        writes=("DELETE /packages/455",),
    ),
}  # fmt: skip


async def do(client: Client, deed: Deed) -> sending.Ended:
    """Send as the program does: the subject read, then one write, then what its end was."""
    resource = BY_NAME[deed.kind]
    action: Action[Any] = next(one for one in resource.actions if one.name == deed.action)
    item = await resource.get(client, deed.key) if deed.key and resource.get else None
    clock = client.meter.clock
    ctx = Context(clock(), Store(), UTC, ACCOUNT)
    return await sending.send(client, action, Attempt(item, deed.draft, clock()), ctx)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "AGAIN_S", 0.0)


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", DEEDS)
async def test_one_write_arrives_and_what_is_said_of_it_is_true(name: str, fault: str) -> None:
    deed = DEEDS[name]
    async with meeting(FAULTS[fault]) as (server, client):
        held = deed.count(server.account)
        ended = await do(client, deed)
        with server.lock:
            assert tuple(server.writes) == deed.writes
            done = deed.count(server.account) - held
        assert done == _flag(FAULTS[fault].acts)
        assert ended.outcome is (Outcome.DONE if done else Outcome.NOT_DONE), ended
        assert ended.sentence.startswith("It was done" if done else "It was not done")


@pytest.mark.parametrize("fault", [name for name, one in FAULTS.items() if one.acts and not one.late])
async def test_an_answer_that_is_lost_between_cluster_and_job_leaves_one_cluster_and_no_job(fault: str) -> None:
    """A run on a new cluster is two writes: when the first is uncertain the second is not sent, and that is said."""
    async with meeting(FAULTS[fault]) as (server, client):
        clusters, jobs = len(server.account.clusters), len(server.account.jobs)
        ended = await do(client, Deed("packages", "run", lambda _: 0, "421", ON_NEW))
        with server.lock:
            assert server.writes == ["POST /clusters"]
            assert (len(server.account.clusters), len(server.account.jobs)) == (clusters + 1, jobs)
        assert ended.outcome is Outcome.UNKNOWN, "half of it is there"
        assert "only-for-this" in ended.next, "the cluster that costs money is named"


async def test_of_two_that_stop_a_job_at_the_same_time_one_is_told_that_it_is_stopping_already() -> None:
    async with meeting(Fault(late=True)) as (server, client):
        server.over.set()  # nothing is late
        ended = await asyncio.gather(*[do(client, DEEDS["stop a job"]) for _ in range(2)])
        assert sorted(one.outcome.value for one in ended) == [Outcome.DONE.value, Outcome.REFUSED.value]
        assert any("pending_stoppage" in one.sentence for one in ended) and len(server.writes) == len(ended)

"""``demo-api --fault``: every kind spoils what it says, at the rate it says, and the real client survives each."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import httpx
import pytest
from pydantic import SecretStr

from tests.cli.run import xplenty
from xplenty_tui.api import jobs
from xplenty_tui.api.client import Client
from xplenty_tui.api.credits import Meter
from xplenty_tui.api.errors import ApiError
from xplenty_tui.demo import server as serving
from xplenty_tui.demo.faults import FAULTS, Faulty, fault
from xplenty_tui.demo.server import DemoServer, serve
from xplenty_tui.demo.start import ACCOUNT, KEY, start

BEGIN = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
STATUS = {"401": 401, "402": 402, "403": 403, "404": 404, "406": 406, "422": 422, "429": 429, "429-retry": 429,
          "500": 500, "502-html": 502, "503": 503, "redirect": 302}  # fmt: skip


@contextmanager
def faulty(*faults: str) -> Iterator[DemoServer]:
    api, _ = start(7, 40, 0, time.monotonic, BEGIN)
    with serve(Faulty(api, [fault(each) for each in faults]), 0) as server:
        yield server


def get(server: DemoServer, path: str = "jobs?limit=20", seconds: float = 5.0) -> httpx.Response:
    headers = {"Accept": "application/vnd.xplenty+json; version=2"}
    return httpx.get(f"{server.url}/{ACCOUNT}/api/{path}", auth=(KEY, ""), headers=headers, timeout=seconds)


@pytest.mark.parametrize("kind", STATUS)
def test_a_status(kind: str) -> None:
    with faulty(kind) as server:
        answer = get(server)
    assert answer.status_code == STATUS[kind]
    assert (answer.headers.get("Retry-After") == "7") is (kind == "429-retry")
    if kind == "502-html":
        assert answer.text.startswith("<html>")


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("reset", httpx.ReadError),
        ("reset-body", httpx.ReadError),
        ("stall", httpx.ReadTimeout),
        ("slow-head", httpx.ReadTimeout),
    ],
)
def test_a_connection(kind: str, error: type[Exception]) -> None:
    with faulty(kind) as server, pytest.raises(error):
        get(server, seconds=0.5)


def test_a_body() -> None:
    with faulty("bad-item") as server:
        page = get(server).json()
        assert page[1]["status"] == 5 and page[0]["status"] != 5
    with faulty("nulls") as server:
        assert {name for name, value in get(server).json()[0].items() if value is not None} == {"id"}
    with faulty("unknown-status") as server:
        assert {one["status"] for one in get(server).json()} == {"levitating"}
    with faulty("unknown-fields") as server:
        assert all("novelty" in one for one in get(server).json())
    with faulty("duplicates") as server:
        ids = [one["id"] for one in get(server).json()]
        assert ids[:5] == ids[5:10]
    with faulty("truncated") as server, pytest.raises(ValueError, match=r"."):
        get(server).json()
    with faulty("wrong-type") as server:
        assert get(server).json() == "unexpected"
    with faulty("gzip") as server:
        assert isinstance(get(server).json(), list), "httpx unpacks it"
    with faulty("loop-link") as server:
        assert 'rel="next"' in get(server).headers["Link"]
    with faulty("wrong-content-type") as server:
        assert get(server).headers["Content-Type"] == "text/html"
    with faulty("shifting") as server:
        pages = [[one["id"] for one in get(server, f"jobs?limit=10&offset={at}").json()] for at in (0, 10, 20)]
        assert pages[0][7:] == pages[1][:3] and pages[1][7:] == pages[2][:3]
    with faulty("clock") as server:
        assert get(server).headers["Date"] == "Mon, 02 Mar 2026 09:40:00 GMT"


def test_what_was_asked_for_was_done_although_the_answer_is_bad() -> None:
    api, _ = start(7, 40, 0, time.monotonic, BEGIN)
    broken = Faulty(api, [("500", 1.0)])
    with serve(broken, 0) as server:
        running = next(one["id"] for one in _with(api, server) if one["status"] == "running")
        headers = {"Accept": "application/vnd.xplenty+json; version=2"}
        answer = httpx.delete(f"{server.url}/{ACCOUNT}/api/jobs/{running}", auth=(KEY, ""), headers=headers)
        assert answer.status_code == 500
        broken.faults = ()
        assert get(server, f"jobs/{running}").json()["status"] in ("pending_stoppage", "stopping", "stopped")


@pytest.mark.parametrize("kind", ["401", "422", "429", "redirect"])
def test_what_was_refused_was_not_done(kind: str) -> None:
    api, _ = start(7, 40, 0, time.monotonic, BEGIN)
    broken = Faulty(api, [(kind, 1.0)])
    with serve(broken, 0) as server:
        running = next(one["id"] for one in _with(api, server) if one["status"] == "running")
        headers = {"Accept": "application/vnd.xplenty+json; version=2"}
        answer = httpx.delete(f"{server.url}/{ACCOUNT}/api/jobs/{running}", auth=(KEY, ""), headers=headers)
        assert answer.status_code == STATUS[kind]
        broken.faults = ()
        assert get(server, f"jobs/{running}").json()["status"] == "running"


def _with(api: object, server: DemoServer) -> list[dict[str, object]]:
    """Return the jobs as the world has them, past the faults."""
    with serve(api, 0) as other:  # type: ignore[arg-type]
        found: list[dict[str, object]] = get(other).json()
    return found


def test_a_rate_is_kept_and_the_same_in_each_run() -> None:
    class Good:
        def handle(self, *_: object) -> object:
            return FAULTS["404"].spoil(_reply())

    def run() -> list[int]:
        faults = Faulty(Good(), [("500", 0.25)])  # type: ignore[arg-type]
        return [faults.handle("GET", "/", {}, {}, b"").status for _ in range(400)]

    first = run()
    assert first == run()
    assert 70 < first.count(500) < 130


def _reply() -> serving.Reply:
    return serving.Reply(200, {}, b"[]")


@pytest.mark.parametrize(
    ("text", "found"), [("500", ("500", 1.0)), ("stall@0.1", ("stall", 0.1)), ("nulls@5%", ("nulls", 0.05))]
)
def test_what_is_typed(text: str, found: tuple[str, float]) -> None:
    assert fault(text) == found


@pytest.mark.parametrize("text", ["nonsense", "500@2", "500@x", "500@-1", ""])
def test_what_makes_no_sense_is_told(text: str) -> None:
    with pytest.raises(ValueError, match="should"):
        fault(text)
    done = xplenty("demo-api", "--fault", text)
    assert done.returncode == 2
    assert "should" in done.stderr


@pytest.mark.parametrize("kind", FAULTS)
async def test_the_real_client_answers_or_says_why_with_every_fault(kind: str) -> None:
    with faulty(kind) as server:
        client = Client(server.url, ACCOUNT, SecretStr(KEY), meter=Meter(lambda: BEGIN, time.monotonic))
        try:
            page = await jobs.list_(client, limit=20) if kind not in ("slow-head", "stall") else None
        except ApiError as error:
            assert str(error)
            assert KEY not in str(error)
        else:
            assert page is None or page.items or page.undecodable
        await client.aclose()


def test_stopping_the_server_ends_every_wait() -> None:
    with faulty("stall") as server, socket.create_connection(("127.0.0.1", server.port)) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert line.recv(1)
        begun = time.monotonic()
    assert time.monotonic() - begun < 10

"""Clients that nobody here wrote, over real loopback HTTP; and the same world in process."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import threading
import warnings
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from tests.demo.asking import ACCEPT, Asker, asker, basic
from xplenty_tui.demo.server import DemoServer, serve
from xplenty_tui.demo.start import KEY
from xplenty_tui.demo.transport import DemoTransport

HEADERS = {"Authorization": basic(f"{KEY}:"), "Accept": ACCEPT}


@pytest.fixture
def server(demo: Asker) -> Iterator[DemoServer]:
    with serve(demo.api, 0) as running:
        yield running


def curl(*arguments: str) -> tuple[int, dict[str, str], Any]:
    """Run curl; returns the status, the headers and the data."""
    done = subprocess.run(["curl", "-s", "-i", *arguments], capture_output=True, check=True, timeout=60, text=True)
    head, _, body = done.stdout.replace("\r\n", "\n").partition("\n\n")
    status, *lines = head.splitlines()
    headers = dict(line.split(": ", 1) for line in lines)
    return int(status.split()[1]), headers, json.loads(body) if body else None


AS_DOCUMENTED = ("-u", f"{KEY}:", "-H", f"Accept: {ACCEPT}")


def test_curl_as_the_documentation_shows_it(server: DemoServer, demo: Asker) -> None:
    status, headers, jobs = curl("-X", "GET", *AS_DOCUMENTED, f"{server.url}/acme/api/jobs?limit=3")
    assert status == 200
    assert [job["id"] for job in jobs] == [job["id"] for job in demo.get("jobs", limit=3)]
    assert headers["Content-Type"].startswith("application/json")
    assert (headers["X-RateLimit-Limit"], headers["Date"]) == ("5000", "Tue, 03 Mar 2026 14:27:41 GMT")
    (link,) = [part for part in headers["Link"].split(", ") if 'rel="next"' in part]
    status, _, page = curl(*AS_DOCUMENTED, link[1 : link.index(">")])
    assert (status, page) == (200, curl(*AS_DOCUMENTED, f"{server.url}/acme/api/jobs?limit=3&offset=3")[2])


def test_curl_without_accept_and_with_a_wrong_key(server: DemoServer) -> None:
    assert curl("-u", f"{KEY}:", f"{server.url}/acme/api/clusters")[0] == 200
    assert curl("-u", "wrong:", f"{server.url}/acme/api/clusters")[0] == 401
    assert curl(f"{server.url}/acme/api/clusters")[0] == 401


def test_curl_searches_with_a_body_and_stops_a_job(server: DemoServer) -> None:
    as_json = ("-H", "Content-Type: application/json", "-d")
    query = json.dumps({"q": "status:running package:invoices", "sort": "created"})
    _, _, found = curl("-X", "GET", *AS_DOCUMENTED, *as_json, query, f"{server.url}/acme/api/jobs/search")
    (job,) = found
    status, _, stopped = curl("-X", "DELETE", *AS_DOCUMENTED, f"{server.url}/acme/api/jobs/{job['id']}")
    assert (status, stopped["status"]) == (200, "pending_stoppage")
    status, _, problem = curl("-X", "DELETE", *AS_DOCUMENTED, f"{server.url}/acme/api/jobs/{job['id']}")
    assert (status, list(problem)) == (422, ["message"])
    body = json.dumps({"nodes": 3})
    status, _, cluster = curl("-X", "POST", *AS_DOCUMENTED, *as_json, body, f"{server.url}/acme/api/clusters")
    assert (status, cluster["status"]) == (201, "pending")


def test_curl_stops_watching_and_gets_no_body(server: DemoServer) -> None:
    url = f"{server.url}/acme/api/schedules/101/watchers"
    assert curl("-X", "DELETE", *AS_DOCUMENTED, url)[::2] == (204, None)
    assert curl("-X", "POST", *AS_DOCUMENTED, url)[0] == 200


@pytest.fixture
def wrapper(server: DemoServer, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The port of the official Python wrapper, pointed at the demo. It pins a dateutil that reads no times today."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", (DeprecationWarning, SyntaxWarning))
        from xplenty3 import xplenty_api
    monkeypatch.setattr(xplenty_api, "API_URL", f"{server.url}/%s/api/")
    return xplenty_api.XplentyClient("acme", KEY)


def test_the_wrapper_reads(wrapper: Any, demo: Asker) -> None:
    clusters, jobs = wrapper.get_clusters(), wrapper.get_jobs()
    assert (len(clusters), len(jobs)) == (20, 20)
    one = wrapper.get_cluster(clusters[0].id)
    assert (one.name, one.status, one.nodes) == (clusters[0].name, "creating", 3)
    failed = wrapper.get_job(demo.job("orders_to_redshift", status="failed")["id"])
    assert (failed.status, failed.runtime_in_seconds) == ("failed", 724)
    assert "Access Denied" in failed.errors
    assert {package.name for package in wrapper.packages} >= {"orders_to_redshift", "marketing_workflow"}
    assert wrapper.get_package(412).variables["Region"] == "'us-east-1'"
    schedules = {schedule.name: schedule for schedule in wrapper.schedules}
    assert schedules["nightly_orders"].task["packages"][0]["package_id"] == "412"
    assert wrapper.get_schedule(101).execution_count == schedules["nightly_orders"].execution_count > 10
    limits = wrapper.account_limits
    assert limits.limit == 5000
    assert 4000 < limits.remaining < 5000


def test_the_wrapper_deletes(wrapper: Any, demo: Asker) -> None:
    job = demo.job("invoices_export", status="running")["id"]
    assert wrapper.stop_job(job)["status"] == "pending_stoppage"
    cluster = wrapper.terminate_cluster(demo.cluster("adhoc-1")["id"])
    assert cluster.status == "pending_terminate"
    demo.clock.turn(minutes=5)
    assert wrapper.get_job(job).status == "stopped"
    assert wrapper.get_cluster(cluster.id).status == "terminated"


def test_the_wrapper_is_told_what_is_wrong(wrapper: Any, demo: Asker) -> None:
    from xplenty3.exceptions import XplentyAPIException

    with pytest.raises(XplentyAPIException, match="Not found") as missing:
        wrapper.get_job(1)
    with pytest.raises(XplentyAPIException, match="can't be stopped") as refused:
        wrapper.stop_job(demo.job("dim_customers", status="completed")["id"])
    with pytest.raises(XplentyAPIException, match="application/json") as form:
        wrapper.create_cluster("production", 2, "x", "y")
    wrapper.api_key = "wrong"
    with pytest.raises(XplentyAPIException, match="Unauthorized") as stranger:
        wrapper.get_jobs()
    raised = [each.value.http_error for each in (missing, refused, form, stranger)]
    assert [error.code for error in raised] == [404, 422, 415, 401]
    for error in raised:
        error.close()


def test_one_connection_serves_many_requests(server: DemoServer) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    ports = set()
    for path in ("/acme/api/jobs", "/user", "/nowhere", "/acme/api/clusters"):
        connection.request("GET", path, headers=HEADERS)
        answer = connection.getresponse()
        answer.read()
        assert answer.version == 11
        ports.add(connection.sock.getsockname()[1])
    assert len(ports) == 1
    connection.close()


def test_requests_at_the_same_time_are_counted_one_by_one(server: DemoServer, demo: Asker) -> None:
    before = demo.get("/rate_limit_status")["limits"]["remaining"]
    statuses: list[int] = []

    def ask() -> None:
        with httpx.Client(trust_env=False, timeout=60) as client:
            for _ in range(10):
                statuses.append(client.get(f"{server.url}/acme/api/jobs", headers=HEADERS).status_code)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 80
    assert demo.get("/rate_limit_status")["limits"]["remaining"] == before - 80


def test_the_server_listens_on_loopback_alone_and_frees_its_port() -> None:
    server = serve(asker().api, 0)
    assert urlsplit(server.url).hostname == "127.0.0.1"
    with pytest.raises(OSError, match="in use"):
        serve(asker().api, server.port)
    idle = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    idle.request("GET", "/user", headers=HEADERS)
    assert idle.getresponse().read()
    server.stop()
    assert idle.sock.recv(1) == b""
    idle.close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", server.port), timeout=60)
    with serve(asker().api, server.port) as again:
        assert again.port == server.port


def test_a_body_that_is_too_long_is_not_read(server: DemoServer) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("POST", "/acme/api/jobs", headers={**HEADERS, "Content-Length": "99999999999"})
    answer = connection.getresponse()
    assert answer.status == 413
    answer.read()
    connection.close()


async def test_the_same_world_in_process() -> None:
    demo = asker()
    async with httpx.AsyncClient(transport=DemoTransport(demo.api), base_url="https://api.xplenty.com") as client:
        answer = await client.get("/acme/api/jobs", params={"limit": 2, "status": "failed"}, auth=(KEY, ""))
        assert answer.status_code == 200
        assert answer.json() == demo.get("jobs", limit=2, status="failed")
        assert answer.headers["x-ratelimit-limit"] == "5000"
        assert answer.links["next"]["url"].startswith("https://api.xplenty.com/acme/api/jobs?limit=2&status=failed")
        cluster = await client.post("/acme/api/clusters", json={"nodes": 2}, auth=(KEY, ""))
        assert cluster.status_code == 201
        gone = await client.delete("/acme/api/schedules/101/watchers", auth=(KEY, ""))
        assert (gone.status_code, gone.content) == (204, b"")
        assert (await client.get("/acme/api/jobs")).status_code == 401

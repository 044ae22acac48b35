"""The demo world, on a port and in process."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.cli.run import xplenty
from tests.conftest import ROOT
from xplenty_tui.api import jobs
from xplenty_tui.api.client import Client
from xplenty_tui.api.credits import Meter
from xplenty_tui.cli.world import prepare
from xplenty_tui.config.launch import DemoOptions, Launch
from xplenty_tui.demo.start import JOBS, LIMIT, SEED, start

FIRST_LINE = re.compile(r"http://127\.0\.0\.1:(?P<port>\d+) account=(?P<account>[\w-]+) key=(?P<key>\S+)\n")


def get(url: str, key: str) -> Any:
    basic = base64.b64encode(f"{key}:".encode()).decode()
    headers = {"Authorization": f"Basic {basic}", "Accept": "application/vnd.xplenty+json; version=2"}
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=30) as answer:
        return json.load(answer)


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_the_first_line_says_where_and_a_signal_ends_it(ending):
    argv = [sys.executable, "-m", "xplenty_tui", "demo-api", "--jobs", "30", "--speed", "0"]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, text=True) as process:
        assert process.stdout is not None
        line = FIRST_LINE.fullmatch(process.stdout.readline())
        assert line is not None
        url = f"http://127.0.0.1:{line['port']}/{line['account']}/api"
        assert get(f"{url}/jobs?limit=100", line["key"])
        assert get(f"{url}/clusters", line["key"])
        process.send_signal(ending)
        out, err = process.communicate(timeout=60)
        assert (process.returncode, out, err) == (0, "", "")


def refusal(url: str, key: str) -> tuple[int, object]:
    with pytest.raises(urllib.error.HTTPError) as caught:
        get(url, key)
    with caught.value as answer:
        return answer.code, json.load(answer)


def test_the_credits_that_were_asked_for_are_soon_used_up():
    argv = [sys.executable, "-m", "xplenty_tui", "demo-api", "--limit", "12", "--jobs", "30", "--speed", "0"]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, cwd=ROOT, text=True) as process:
        assert process.stdout is not None
        line = FIRST_LINE.fullmatch(process.stdout.readline())
        assert line is not None
        url, key = f"http://127.0.0.1:{line['port']}/{line['account']}/api", line["key"]
        limits = get(f"{url}/rate_limit_status", key)["limits"]
        assert limits["limit"] == 12
        assert 11 <= limits["remaining"] <= 12
        for _ in range(limits["remaining"]):
            get(f"{url}/jobs?limit=1", key)
        for path in ("jobs", "clusters", "jobs"):
            assert refusal(f"{url}/{path}", key) == (429, {"message": "Rate Limit Exceeded"})
        assert get(f"{url}/rate_limit_status", key)["limits"] == {**limits, "remaining": 0}
        process.terminate()
        assert process.wait(60) == 0


def test_the_port_that_was_asked_for():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = xplenty("demo-api", "--port", str(port), "--jobs", "5")
        assert (done.returncode, done.stdout) == (1, "")
        assert f"port {port} cannot be used: address already in use" in done.stderr
    argv = [sys.executable, "-m", "xplenty_tui", "demo-api", "--port", str(port), "--jobs", "5"]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, cwd=ROOT, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith(f"http://127.0.0.1:{port} ")
        process.terminate()
        assert process.wait(60) == 0


def test_the_demo_is_prepared_in_process():
    launch = Launch(how=prepare, environment=dict(os.environ), demo=DemoOptions(jobs=30, speed=0), read_only=True)
    ready = launch.prepare()
    assert (ready.profile, ready.account, ready.read_only, ready.problems) == ("demo", "acme", True, ())
    assert ready.clock() == ready.clock()
    assert abs(ready.clock() - datetime.now(UTC)).total_seconds() < 60

    async def first() -> int:
        meter = Meter(ready.clock, lambda: 0.0)
        client = Client(ready.url, ready.account, ready.key, meter=meter, transport=ready.transport)
        try:
            return (await jobs.list_(client)).received
        finally:
            await client.aclose()

    assert asyncio.run(first()) > 0
    assert launch.prepare(account="acme-staging").account == "acme-staging"


def test_the_usual_world_is_the_demos_own():
    usual = DemoOptions()
    assert (usual.seed, usual.jobs, usual.speed) == (SEED, JOBS, 1.0)
    assert start(SEED, 0, 0, lambda: 0.0, datetime(2026, 3, 3, tzinfo=UTC))[0].credits.limit == LIMIT == 5000

"""``demo-api`` in a process of its own, and the program on a terminal in front of it."""

from __future__ import annotations

import json
import re
import select
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx

from tests.conftest import ROOT
from tests.terminal import Terminal

PROGRAM = [sys.executable, "-m", "xplenty_tui"]
FIRST_LINE = re.compile(r"http://127\.0\.0\.1:(?P<port>\d+) account=(?P<account>[\w-]+) key=(?P<key>\S+)\n")
START_S = 30
"""Only a failing test waits that long."""


def program(*more: str, cols: int = 120, rows: int = 40, env: dict[str, str] | None = None) -> Terminal:
    """Start the program on a pseudo-terminal."""
    return Terminal([*PROGRAM, *more], cols=cols, rows=rows, env=env, cwd=ROOT)


class Server:
    """The server, which can be killed and started again on the same port."""

    def __init__(self, *more: str) -> None:
        self.more = more
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.process: subprocess.Popen[str] | None = None
        self.start()

    def start(self) -> None:
        """Start it, and read from its first line where it is and what opens it."""
        argv = [*PROGRAM, "demo-api", "--port", str(self.port), "--jobs", "60", "--speed", "0", *self.more]
        self.process = subprocess.Popen(argv, stdout=subprocess.PIPE, cwd=ROOT, text=True)
        assert self.process.stdout is not None
        ready, _, _ = select.select([self.process.stdout], [], [], START_S)
        assert ready
        line = FIRST_LINE.fullmatch(self.process.stdout.readline())
        assert line is not None
        self.account, self.key = line["account"], line["key"]

    def kill(self) -> None:
        """End it as a crash does."""
        assert self.process is not None
        self.process.kill()
        self.process.communicate()

    @property
    def environment(self) -> dict[str, str]:
        """What the program has to be told to talk to it."""
        return {
            "XPLENTY_API_URL": f"http://127.0.0.1:{self.port}",
            "XPLENTY_API_KEY": self.key,
            "XPLENTY_ACCOUNT_ID": self.account,
        }

    def ask(self, path: str) -> tuple[int, Any]:
        """Ask it past the program, as a colleague with curl would: status and data."""
        url = f"http://127.0.0.1:{self.port}/{self.account}/api/{path}"
        answer = httpx.get(url, auth=(self.key, ""), timeout=START_S)
        return answer.status_code, answer.json()

    def all(self, kind: str) -> dict[int, Any]:
        """Return the newest hundred of a kind by their numbers."""
        status, found = self.ask(f"{kind}?limit=100")
        assert status == 200
        return {one["id"]: one for one in found}


def journal(state: Path) -> list[dict[str, Any]]:
    """Return the journal's lines from the directory that the program was given for its state."""
    (file,) = state.rglob("journal.jsonl")
    return [json.loads(line) for line in file.read_text().splitlines()]

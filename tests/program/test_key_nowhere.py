"""A marked key comes in by each of its ways and is looked for everywhere: nowhere but in the requests to the API."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.config.fake_keyrings import NAMES
from tests.program.watched import Watched, files_with, holding, outside
from xplenty_tui.demo.api import DemoApi
from xplenty_tui.demo.clock import WorldClock
from xplenty_tui.demo.replies import Reply
from xplenty_tui.demo.server import serve
from xplenty_tui.demo.world import World

KEY = "Mark3dK3yThatN0body5ees"
SPY = """#!/bin/sh
{ echo "args $*"; env; tr '\\0' '\\n' < /proc/$PPID/cmdline; } > "$SPY_NOTES"
"""
"""An editor that writes down all that it was given and changes nothing."""


@dataclass
class Gossip:
    """The demo's API; repeats in every refusal and in a header what it was sent, as a careless proxy does."""

    api: Any
    headers: list[str] = field(default_factory=list)
    refuse: bool = False

    def handle(self, method: str, path: str, query: Any, headers: Any, body: bytes) -> Reply:
        sent = next((value for name, value in headers.items() if name.lower() == "authorization"), "")
        self.headers.append(sent)
        if self.refuse:
            said = {"message": f"The key {KEY} ({sent}) is not good here"}
            return Reply(401, {"Content-Type": "application/json"}, json.dumps(said).encode())
        reply: Reply = self.api.handle(method, path, query, headers, body)
        return Reply(reply.status, {**reply.headers, "X-Got": f"{KEY} {sent}"}, reply.body)


@dataclass
class Api:
    """Where it answers."""

    url: str
    gossip: Gossip

    @property
    def came(self) -> bool:
        """Whether the key arrived, which is what it is for."""
        return bool(holding(KEY, *(header.encode() for header in self.gossip.headers)))


@pytest.fixture
def api() -> Iterator[Api]:
    clock = WorldClock(datetime(2026, 3, 4, 5, 6, tzinfo=UTC), 0, time.monotonic)
    gossip = Gossip(DemoApi(World(7, 60, clock), key=KEY, limit=5000))
    with serve(gossip, 0) as server:
        yield Api(server.url, gossip)


@pytest.fixture
def spy(tmp_path: Path) -> dict[str, str]:
    editor = tmp_path / "spy"
    editor.write_text(SPY)
    editor.chmod(0o755)
    return {"EDITOR": str(editor), "SPY_NOTES": str(tmp_path / "spy.txt"), "TEXTUAL_LOG": str(tmp_path / "textual.log")}


def settle(home: Path, api: Api, profile: str) -> None:
    folder = home / "config" / "xplenty-tui"
    folder.mkdir(mode=0o700)
    (folder / "config.toml").write_text(profile.replace("URL", api.url))


def nowhere(terminal: Watched, *folders: Path) -> None:
    """Look for the key in all that the program left behind and told."""
    assert files_with(KEY, *folders) == []
    assert holding(KEY, terminal.written) == []
    assert outside(terminal.seen("open"), *folders) == []
    assert {Path(args[0].strip("'")).name for args in terminal.seen("subprocess.Popen")} <= {"spy", "sh"}
    assert [args for event in ("os.system", "os.fork", "webbrowser.open") for args in terminal.seen(event)] == []


def only_to(terminal: Watched, api: Api) -> None:
    """Check that no other address was called or looked up."""
    port = api.url.rpartition(":")[2]
    assert {args[1] for args in terminal.seen("socket.connect")} == {f"('127.0.0.1', {port})"}
    assert {args[0].strip("b'") for args in terminal.seen("socket.getaddrinfo")} <= {"127.0.0.1"}
    assert terminal.seen("socket.sendto") == []


def look_around(terminal: Watched) -> None:
    """Open, copy, save, note and list whatever might show a key."""
    terminal.keys("J")
    terminal.wait(r'"id": \d')
    terminal.keys("Y")
    terminal.keys("ctrl+s")
    terminal.wait(r"Save this page")
    terminal.keys("ctrl+s")
    terminal.wait(r"(?i)saved|written")
    terminal.keys("esc")
    terminal.gone(r'"id": \d')
    terminal.keys("I")
    terminal.wait(r"# Schedule")
    terminal.keys("$")
    terminal.wait(r"(?i)why we spent|last hour")
    terminal.keys("?")
    terminal.wait(r"KEYS HERE")
    terminal.keys("4")
    terminal.gone(r"KEYS HERE")
    terminal.wait(r"14 in all")


@pytest.mark.parametrize("way", ["environment", "command", "keyring"])
def test_a_key_shows_nowhere_whichever_way_it_came(way, api, home, tmp_path, spy):
    vault = tmp_path.parent / f"vault-{tmp_path.name}"
    vault.mkdir()
    env = {**spy}
    profile = '[profiles.prod]\naccount = "acme"\nurl = "URL"\n'
    if way == "environment":
        env |= {"XPLENTY_API_KEY": KEY, "XPLENTY_ACCOUNT_ID": "acme"}
    elif way == "command":
        (vault / "key").write_text(KEY + "\nuser: me\n")
        profile += f'key_command = ["sh", "-c", "cat {vault}/key; cat {vault}/key >&2"]\n'
    else:
        (vault / "keys.json").write_text(json.dumps({"xplenty-tui prod/acme": KEY}))
        env |= {"PYTHON_KEYRING_BACKEND": NAMES + "OnDisk", "FAKE_KEYRING": str(vault / "keys.json")}
        profile += f'[keyring]\nallow = "{NAMES}OnDisk"\ntimeout_seconds = 30\n'
    settle(home, api, profile)
    with Watched(tmp_path, "--screen", "schedules", env=env) as terminal:
        terminal.wait(r"live")
        if way == "environment":  # what is shown does not depend on where a key came from
            look_around(terminal)
        terminal.keys("E")
        terminal.wait(r"nothing was sent")
        argv = terminal.kernel()
        api.gossip.refuse = True
        terminal.keys("R")
        terminal.wait(r"401|does not accept")
        terminal.keys("q")
        terminal.exit()
    assert api.came, "a test that never sent the key would find it nowhere"
    assert holding(KEY, argv) == []
    assert "EDITOR=" in (tmp_path / "spy.txt").read_text(), "the editor wrote down its environment"
    nowhere(terminal, home, tmp_path)
    only_to(terminal, api)


CRASH = """
import xplenty_tui.tui.copying as c
def broken(self):
    key, headers = self.session.client._door.key.get_secret_value(), str(self.session.client._door._http._auth.__dict__)
    raise ZeroDivisionError("a mistake")
c.Copying.do_raw = broken
"""


def test_a_key_that_was_typed_shows_in_no_journal_log_or_crash_report(api, home, tmp_path, spy):
    env = {**spy, "XPLENTY_API_URL": api.url, "XPLENTY_ACCOUNT_ID": "acme"}
    with Watched(tmp_path, "--screen", "schedules", env=env, before=CRASH) as terminal:
        terminal.wait(r"API key +type or paste it")
        terminal.type(KEY[:5])
        terminal.type(f"\x1b[200~{KEY[5:]}\x1b[201~")
        terminal.wait(r"API key +•{20,}")
        terminal.keys("enter")
        terminal.wait(r"accepted")
        for button in ("Test", "Remember in keyring", "This session only"):
            terminal.keys("tab")
            terminal.wait(rf"\[>{button}<\]")
        terminal.keys("enter")
        terminal.wait(r"live")
        terminal.keys("t")
        terminal.wait(r"\[>Cancel<\]")
        terminal.keys("y")
        terminal.wait(r"disabled +email_events_daily")
        terminal.keys("J")
        assert terminal.exit() != 0
    assert api.came
    names = {path.name.partition("-2")[0] for path in (home / "state" / "xplenty-tui").iterdir() if path.is_file()}
    assert {"journal.jsonl", "crash"} <= names
    assert "made a mistake (ZeroDivisionError)" in terminal.text().replace("\n", "")
    nowhere(terminal, home, tmp_path)
    only_to(terminal, api)


def test_the_demo_connects_to_nothing_and_leaves_nothing(home, tmp_path):
    with Watched(tmp_path, "--demo", "--speed", "0", "--jobs", "60", env={}) as terminal:
        terminal.wait(r"live")
        terminal.keys("2")
        terminal.wait(r"▸2 Jobs")
        terminal.keys("q")
        assert terminal.exit() == 0
    for event in ("socket.connect", "socket.getaddrinfo", "socket.sendto", "subprocess.Popen", "os.mkdir"):
        assert terminal.seen(event) == []
    assert outside(terminal.seen("open"), tmp_path) == []
    assert [path for path in home.rglob("*") if path.is_file()] == []

"""What a person changes with keys alone, on a small terminal, in a world behind real HTTP that goes on by itself."""

from __future__ import annotations

import base64
import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.program.test_pty import Server, program
from tests.terminal import Terminal

SPEED = "20"
"""Seconds of the world in one: clusters come up and jobs stop while somebody watches."""
SLOW = 90.0
"""Seconds for what takes minutes in the world."""


@pytest.fixture
def server() -> Iterator[Server]:
    one = Server("--speed", SPEED)
    yield one
    one.kill()


def ask(server: Server, path: str) -> Any:
    """Ask the server itself, not through the program; None for what is not there."""
    request = urllib.request.Request(f"http://127.0.0.1:{server.port}/{server.account}/api{path}")
    request.add_header("Authorization", "Basic " + base64.b64encode(f"{server.key}:".encode()).decode())
    request.add_header("Accept", "application/vnd.xplenty+json; version=2")
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as problem:
        with problem:
            assert problem.code == 404
        return None


def small(server: Server, screen: str) -> Terminal:
    return program("--screen", screen, cols=80, rows=24, env=server.environment)


def show(terminal: Terminal, name: str) -> None:
    """Filter a list until one row is left, and wait for it."""
    terminal.wait(r"live")
    terminal.keys("/")
    terminal.type(f"name:{name}")
    terminal.wait(rf"/ name:{name}")
    terminal.keys("enter")
    terminal.wait(r"1 of \d+")


def confirm(terminal: Terminal, title: str, verb: str, typed: str = "") -> None:
    """Answer a question: Cancel is what it offers, and only the verb does anything."""
    terminal.wait(re.escape(title))
    terminal.wait(r"\[>Cancel<\]")
    if typed:
        terminal.wait(r"name does not match")
        terminal.type(typed)
        terminal.gone(r"name does not match")
    terminal.keys("tab")
    terminal.wait(rf"\[>{verb}<\]")
    terminal.keys("enter")


def left(terminal: Terminal, server: Server, home: Path, *lines: str) -> None:
    """See what was done in the journal, newest first, and leave; the file is the person's own and tells no value."""
    terminal.keys("#")
    terminal.wait(r"(?s)" + ".*".join(rf"done +{re.escape(line)}" for line in reversed(lines)))
    assert server.key not in terminal.text()
    terminal.keys("q")
    assert terminal.exit() == 0
    assert terminal.discipline == terminal.before
    (journal,) = [path for path in (home / "state").rglob("*") if path.is_file() and "journal" in path.name]
    assert journal.stat().st_mode & 0o777 == 0o600
    entries = [json.loads(line) for line in journal.read_text().splitlines()]
    assert [entry["outcome"] for entry in entries if entry["outcome"] != "done"] == ["asked"] * len(lines)
    assert "2031Q4" not in journal.read_text()


def test_a_job_is_run_with_a_variable_and_stopped(server: Server, home: Path) -> None:
    with small(server, "packages") as terminal:
        show(terminal, "orders_backfill")
        terminal.keys("r")
        terminal.wait(r"ctrl\+s run")
        terminal.wait(r"Quarter += ")  # the package's own
        terminal.keys("tab", "tab")
        terminal.type("Shard=2031Q4")
        terminal.wait(r"values Shard = 2031Q4")
        terminal.keys("ctrl+s")
        job = terminal.wait(r"Job (\d+) is started")[1]
        made = ask(server, f"/jobs/{job}")
        assert made["variables"]["Shard"] == "2031Q4"
        assert made["package_id"] == 444
        terminal.wait(rf"Jobs.*{job}")
        terminal.keys("x")
        confirm(terminal, f"Stop job {job}", "Stop")
        terminal.wait(rf"Job {job} is stopped", SLOW)
        assert ask(server, f"/jobs/{job}")["status"] == "stopped"
        left(terminal, server, home, "packages.run 444", f"jobs.stop {job}")


def test_a_cluster_is_created_used_and_terminated_by_its_name(server: Server, home: Path) -> None:
    with small(server, "clusters") as terminal:
        terminal.wait(r"live")
        terminal.keys("n")
        terminal.wait(r"ctrl\+s")
        terminal.keys("tab", "tab")
        terminal.type("night-shift")
        terminal.wait(r"night-shift")
        terminal.keys("ctrl+s")
        confirm(terminal, "Create cluster night-shift", "Create")
        terminal.wait(r"night-shift is ordered")
        (made,) = [one for one in ask(server, "/clusters") if one["name"] == "night-shift"]
        assert (made["nodes"], made["type"]) == (2, "production")
        terminal.wait(r"night-shift is (idle|available)", SLOW)
        terminal.keys("5")
        show(terminal, "orders_backfill")
        terminal.keys("r")
        terminal.wait(r"ctrl\+s run")
        terminal.wait(r"Quarter += ")
        terminal.keys("tab", "enter")
        terminal.type("night-shift")
        terminal.wait(r"▸.*night-shift")
        terminal.keys("enter")
        terminal.wait(r"runs orders_backfill on night-shift")
        terminal.keys("ctrl+s")
        job = terminal.wait(r"Job (\d+) is started")[1]
        assert ask(server, f"/jobs/{job}")["cluster_id"] == made["id"]
        terminal.keys("3")
        terminal.wait(r"▸3 Clusters")
        terminal.keys("3")
        show(terminal, "night-shift")
        terminal.keys("T")
        terminal.wait(rf"{job} orders_backfill")  # what would die is listed
        confirm(terminal, "Terminate cluster night-shift", "Terminate", "night-shift")
        terminal.wait(r"night-shift is terminated", SLOW)
        assert ask(server, f"/clusters/{made['id']}")["status"] == "terminated"
        done = ("clusters.create", "packages.run 444", f"clusters.terminate {made['id']}")
        left(terminal, server, home, *done)


def test_a_schedule_is_run_cloned_disabled_and_deleted(server: Server, home: Path) -> None:
    before = {one["id"]: one for one in ask(server, "/schedules")}
    (origin,) = [one["id"] for one in before.values() if one["name"] == "monthly_invoices"]
    with small(server, "schedules") as terminal:
        show(terminal, "monthly_invoices")
        terminal.keys("r")
        confirm(terminal, "Run schedule monthly_invoices", "Run")
        job = terminal.wait(r"▸2 Jobs|Jobs.*› *(\d+)")
        assert job is not None
        assert ask(server, f"/schedules/{origin}")["execution_count"] == before[origin]["execution_count"] + 1
        terminal.keys("esc")
        terminal.wait(r"1 of \d+")
        terminal.keys("c")
        confirm(terminal, "Clone schedule monthly_invoices", "Clone")
        terminal.wait(r"monthly_invoices is copied")
        (copy,) = [one for one in ask(server, "/schedules") if one["id"] not in before]
        assert copy["status"] == "enabled"
        terminal.wait(re.escape(copy["name"]))
        terminal.keys("t")
        confirm(terminal, f"Disable schedule {copy['name']}", "Disable")
        terminal.wait(r"is disabled")
        assert ask(server, f"/schedules/{copy['id']}")["status"] == "disabled"
        terminal.keys("D")
        confirm(terminal, f"Delete schedule {copy['name']}", "Delete", copy["name"])
        terminal.wait(r"is deleted")
        assert ask(server, f"/schedules/{copy['id']}") is None
        assert {one["id"] for one in ask(server, "/schedules")} == before.keys()
        done = [f"schedules.{what}" for what in (f"run {origin}", f"clone {origin}", f"turn {copy['id']}")]
        left(terminal, server, home, *done, f"schedules.delete {copy['id']}")

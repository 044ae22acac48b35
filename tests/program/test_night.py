"""A night's work with keys only, at 80×24, on a real pseudo-terminal, and what the server says of it afterwards.

The server is a process of its own, asked past the program: what a person was told has happened there, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.program.served import Server, journal, program
from tests.terminal import Terminal

CHANGED = r"has changed while you were asked"


@contextmanager
def night(server: Server, state: Path) -> Iterator[Terminal]:
    """Start the program on a small terminal, wait until it has loaded, and leave it with ``q``."""
    try:
        with program(cols=80, rows=24, env={**server.environment, "XDG_STATE_HOME": str(state)}) as terminal:
            terminal.wait(r"▸1 Triage")
            terminal.wait(r"· live")
            yield terminal
            terminal.keys("q")
            assert terminal.exit() == 0
            assert server.key not in terminal.text()
    finally:
        server.kill()


def go(terminal: Terminal, digit: str, title: str, name: str) -> None:
    """Go to a section and narrow its list down to what ``name`` finds."""
    terminal.keys(digit)
    terminal.wait(rf"▸{digit} {title}")
    terminal.wait(rf"(?m)^ {title} +\d+ in all")
    terminal.keys("/")
    terminal.type(name)
    terminal.wait(rf"/ {name}")
    terminal.keys("enter")
    terminal.wait(rf"{title} +/ {name} +1 of \d+")


def yes(terminal: Terminal, title: str, verb: str, outcome: str, typed: str = "") -> re.Match[str]:
    """Read the question, see that it cancels by default, confirm it, and wait for what came of it.

    The world goes on: a subject that changes while it is asked about asks again, and a person reads and answers again.
    """
    terminal.wait(title)
    while True:
        terminal.wait(r"\[>Cancel<\]")
        assert "acme / default" in terminal.text()
        if typed:
            terminal.wait(r"Type the name to confirm")
            terminal.type(typed)
            terminal.wait(rf"> {typed}")
        terminal.wait(rf"\[ {verb} \]")
        terminal.keys("tab")
        terminal.wait(rf"\[>{verb}<\]")
        terminal.keys("enter")
        found = terminal.wait(rf"{outcome}|\[>Cancel<\]")
        if found[0] != "[>Cancel<]":
            return found
        terminal.wait(CHANGED)


def fill(terminal: Terminal, label: str, text: str, shown: str = "") -> None:
    """Go down to a field of the form, type a text in place of what stands there, and see it there as ``shown``."""
    while not re.search(rf"▸ {label}", terminal.text()):
        at = re.escape(terminal.wait(r"│ ▸ ([^│]+?) {2,}")[1])
        terminal.keys("down")
        terminal.wait(rf"│ ▸ (?!{at} {{2,}})")
    held = terminal.wait(rf"▸ {label}[ *]+([^│]*?) *│")[1]
    terminal.keys("end", *["backspace"] * len(held))
    terminal.type(text)
    terminal.wait(rf"▸ {label}[ *]+{shown or re.escape(text)} *│")


def told(state: Path) -> list[tuple[str, str, str]]:
    """Return what the journal says: outcome, action, number of the subject."""
    return [(line["outcome"], line["action"], line.get("key", "")) for line in journal(state)]


def new(server: Server, kind: str, before: dict[int, Any]) -> dict[int, Any]:
    """Return what the server has of a kind that it did not have before."""
    return {key: one for key, one in server.all(kind).items() if key not in before}


def test_a_job_is_run_with_variables_and_stopped(tmp_path: Path) -> None:
    server = Server("--speed", "5")
    before = server.all("jobs")
    with night(server, tmp_path) as terminal:
        go(terminal, "5", "Packages", "invoices_export")
        terminal.keys("r")
        terminal.wait(r"Run 421 invoices_export")
        terminal.wait(r"Period +=")
        fill(terminal, "Variables", "region=eu-west", r"region += eu-west")
        terminal.wait(r"values region = eu-west")
        terminal.keys("ctrl+s")
        number = int(terminal.wait(r"Job (\d+) is started: invoices_export on")[1])
        terminal.wait(rf"Jobs › {number} invoices_export")
        terminal.wait(r"region: not set → eu-west")
        terminal.wait(r"sftp_password added \(masked\)")
        terminal.keys("x")
        yes(terminal, rf"DANGER Stop job {number} invoices_export", "Stop", rf"Job {number} is stopped\.")
        terminal.wait(r"■ stopped")
        status, job = server.ask(f"jobs/{number}?include=package")
        assert (status, job["status"], job["package_id"]) == (200, "stopped", 421)
        assert job["variables"]["region"] == "eu-west"
        assert {"Format", "Period", "sftp_password"} < set(job["variables"]), "the package's own went with it"
        mine = [key for key, one in new(server, "jobs", before).items() if one["creator"]["type"] == "User"]
        assert mine == [number], "run once"
    assert told(tmp_path) == [
        ("asked", "packages.run", "421"),
        ("done", "packages.run", "421"),
        ("asked", "jobs.stop", str(number)),
        ("done", "jobs.stop", str(number)),
    ]
    assert "eu-west" not in "".join(map(str, journal(tmp_path))), "names of variables, never values"


def test_a_cluster_is_created_and_terminated(tmp_path: Path) -> None:
    server = Server("--speed", "120")
    before = server.all("clusters")
    with night(server, tmp_path) as terminal:
        terminal.keys("3")
        terminal.wait(r"▸3 Clusters")
        terminal.keys("n")
        terminal.wait(r"New cluster")
        fill(terminal, "Nodes", "3")
        fill(terminal, "Name", "night-shift")
        fill(terminal, r"Time to idle \(s\)", "86400")
        terminal.wait(r"3 production nodes, paid for while they are up")
        terminal.keys("ctrl+s")
        yes(terminal, r"Create cluster night-shift", "Create", r"night-shift is ordered")
        number = int(terminal.wait(r"Clusters › (\d+) night-shift")[1])
        terminal.wait(r"night-shift is (available|idle)")
        terminal.wait(r"Clusters › .*(available|idle)")
        terminal.keys("T")
        yes(terminal, r"DANGER Terminate cluster night-shift", "Terminate", r"night-shift (was told to|is) terminate")
        terminal.wait(r"night-shift is terminated\.")
        terminal.wait(r"Clusters › .*■ terminated")
        status, cluster = server.ask(f"clusters/{number}")
        assert (status, cluster["status"], cluster["nodes"]) == (200, "terminated", 3)
        assert (cluster["name"], cluster["time_to_idle"], cluster["terminated_on_idle"]) == (
            "night-shift",
            86400,
            False,
        )
        mine = [key for key, one in new(server, "clusters", before).items() if one["creator"]["type"] == "User"]
        assert mine == [number], "ordered once"
    assert told(tmp_path) == [
        ("asked", "clusters.create", ""),
        ("done", "clusters.create", ""),
        ("asked", "clusters.terminate", str(number)),
        ("done", "clusters.terminate", str(number)),
    ]


def test_a_schedule_is_run_cloned_disabled_and_deleted(tmp_path: Path) -> None:
    server = Server("--speed", "1")
    schedules, jobs = server.all("schedules"), server.all("jobs")
    (original,) = [key for key, one in schedules.items() if one["name"] == "crm_sync"]
    with night(server, tmp_path) as terminal:
        go(terminal, "4", "Schedules", "crm_sync")
        terminal.keys("r")
        yes(terminal, r"Run schedule crm_sync", "Run", r"crm_sync runs now")
        started = int(terminal.wait(r"Jobs › (\d+) crm_contacts_sync")[1])
        terminal.keys("4")
        terminal.wait(r"Schedules +/ crm_sync +1 of \d+")
        terminal.keys("c")
        yes(terminal, r"Clone schedule crm_sync", "Clone", r"The copy is made")
        name = terminal.wait(r"(?i)Schedules › \d+ (copy of crm_sync\S*(?: \d+)?)")[1]
        copy = int(terminal.wait(r"Schedules › (\d+)")[1])
        assert server.ask(f"schedules/{copy}")[1]["status"] == "enabled", "as the documentation's example"
        # The program offers to disable it, without a further key.
        yes(terminal, rf"Disable schedule {name}", "Disable", r"is disabled: it does not run by itself")
        terminal.wait(r"Schedules › .*disabled")
        assert server.ask(f"schedules/{copy}")[1]["status"] == "disabled"
        terminal.keys("D")
        yes(terminal, rf"DANGER Delete schedule {name}", "Delete", r"is deleted\.", typed=name)
        assert server.ask(f"schedules/{copy}")[0] == 404
        after = server.all("schedules")
        assert after.keys() == schedules.keys(), "the copy is gone, and nothing else"
        assert after[original]["status"] == "enabled", "the original runs on"
        mine = [key for key, one in new(server, "jobs", jobs).items() if one["creator"].get("id") == original]
        assert mine == [started], "run once, and that is where the program went"
    assert told(tmp_path) == [
        (outcome, f"schedules.{action}", str(key))
        for action, key in (("run", original), ("clone", original), ("turn", copy), ("delete", copy))
        for outcome in ("asked", "done")
    ]

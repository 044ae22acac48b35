"""Signals, a stalled terminal, one that is gone, ctrl+z: the terminal is restored, the process gone or back at once."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
import urllib.request
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.program.test_pty import Server, demo, program, server
from tests.terminal import Terminal

__all__ = ["server"]
LIMIT_S = 30.0
LOOKING = threading.Event()
"""Never set: lets another process go on between two looks at it."""


def until(reached: Callable[[], object], what: str, meanwhile: Callable[[], object] = lambda: None) -> None:
    """Wait for a state outside of the terminal."""
    end = time.monotonic() + LIMIT_S
    while not reached():
        meanwhile()
        LOOKING.wait(0.02)
        assert time.monotonic() < end, f"not reached: {what}"


def left(server: Server) -> int:
    """Return the credits that are left, for none."""
    request = urllib.request.Request(f"http://127.0.0.1:{server.port}/{server.account}/api/rate_limit_status")
    request.add_header("Authorization", f"Basic {b64encode(f'{server.key}:'.encode()).decode()}")
    with urllib.request.urlopen(request, timeout=10) as answer:
        return int(json.load(answer)["limits"]["remaining"])


def state(terminal: Terminal) -> str:
    """Return the kernel's letter for the state of the process: T is stopped."""
    return Path(f"/proc/{terminal.process.pid}/stat").read_text().rpartition(")")[2].split()[0]


def cpu_s(terminal: Terminal) -> float:
    """Return the seconds of a core that the process has used."""
    fields = Path(f"/proc/{terminal.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_an_interrupt_from_outside_ends_it_and_restores_the_terminal():
    with demo() as terminal:
        terminal.wait(r"live")
        terminal.signal(signal.SIGINT)
        assert terminal.exit() == 130
        assert terminal.discipline == terminal.before
        assert 1049 not in terminal.modes
        assert "Traceback" not in terminal.text()


def test_ctrl_z_gives_the_terminal_back_and_fg_takes_it_again():
    with demo("--screen", "jobs") as terminal:
        terminal.wait(r"live")
        terminal.keys("j", "j")
        terminal.keys("ctrl+z")
        until(lambda: state(terminal) == "T", "the process is stopped", lambda: terminal.pump(0.0))
        terminal.quiet()
        assert 1049 not in terminal.modes
        assert terminal.discipline == terminal.before
        terminal.signal(signal.SIGCONT)
        terminal.wait(r"▸2 Jobs")
        terminal.wait(r"(?:completed|failed) +\d")
        assert 1049 in terminal.modes
        terminal.keys("3")
        terminal.wait(r"▸3 Clusters")
        terminal.keys("q")
        assert terminal.exit() == 0
        assert terminal.discipline == terminal.before


def test_a_terminal_that_stops_reading_holds_up_nothing_and_is_not_flooded_afterwards(server):
    with program("--screen", "jobs", cols=120, rows=40, env=server.environment) as terminal:
        terminal.wait(r"live")
        terminal.quiet()
        before = left(server)
        for _ in range(40):  # nobody reads: 80 pages, some 500 kB
            terminal.type("\x1b[6~\x1b[5~")
        terminal.type("R")
        until(lambda: left(server) < before, "what a key asked for was fetched, though nobody reads")
        after = left(server)
        until(lambda: left(server) < after, "the refresh goes on")
        read = terminal.bytes
        terminal.wait(r"live")
        terminal.quiet()
        assert terminal.bytes - read < 400_000
        terminal.keys("3")
        terminal.wait(r"▸3 Clusters")
        terminal.wait(r"available|idle")
        terminal.keys("q")
        assert terminal.exit() == 0
        assert terminal.discipline == terminal.before


def test_it_can_be_ended_while_the_terminal_does_not_read():
    with demo("--screen", "jobs", cols=200, rows=60) as terminal:
        terminal.wait(r"live")
        terminal.quiet()
        for _ in range(40):
            terminal.type("\x1b[6~\x1b[5~")
        until(lambda: state(terminal) == "S" and cpu_s(terminal) > 0, "it has taken the keys")
        terminal.signal(signal.SIGTERM)
        until(lambda: terminal.process.poll() is not None, "the process has ended though nobody reads")
        assert terminal.process.returncode == 143
        assert terminal.discipline == terminal.before
        terminal.quiet()
        assert 1049 not in terminal.modes, "the last words reach a terminal that reads again"


@pytest.mark.parametrize("deaf", [False, True])
def test_a_terminal_that_is_gone_ends_it_without_burning_a_core(deaf):
    ignore = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n" if deaf else ""
    run = f"{ignore}import sys, xplenty_tui.__main__ as m; sys.exit(m.main())"
    argv = [sys.executable, "-c", run, *["--demo", "--speed", "0", "--jobs", "60"]]
    terminal = Terminal(argv, cols=80, rows=24, cwd=ROOT)
    try:
        terminal.wait(r"live")
        terminal.hang_up()
        until(lambda: terminal.process.poll() is not None, "the process has ended")
        assert terminal.process.returncode in (129, -signal.SIGHUP)
    finally:
        terminal.close()


def test_a_crash_says_one_sentence_and_where_the_report_is(tmp_path, server):
    wrong = (
        "import xplenty_tui.tui.copying as c, xplenty_tui.__main__ as m, sys\n"
        "def broken(self): secret = 'hunter2'; raise ZeroDivisionError('a mistake')\n"
        "c.Copying.do_raw = broken\nsys.argv = ['xplenty-tui', '--screen', 'jobs']\nsys.exit(m.main())"
    )
    env = {**server.environment, "XDG_STATE_HOME": str(tmp_path)}
    with Terminal([sys.executable, "-c", wrong], cols=100, rows=30, env=env, cwd=ROOT) as terminal:
        terminal.wait(r"live")
        terminal.keys("J")
        assert terminal.exit() != 0
        assert terminal.discipline == terminal.before
        assert 1049 not in terminal.modes
        said = terminal.text()
        assert "made a mistake (ZeroDivisionError)" in said.replace("\n", "")
        assert "Traceback" not in said
    (report,) = (tmp_path / "xplenty-tui").glob("crash-*.txt")
    text = report.read_text()
    assert "ZeroDivisionError: a mistake" in text
    assert "locals" not in text
    assert "hunter2" not in text
    assert server.key not in text
    assert report.stat().st_mode & 0o777 == 0o600


def test_a_crash_before_there_is_a_profile_is_told_the_same_way(tmp_path):
    wrong = (
        "import xplenty_tui.tui.sessions as s, xplenty_tui.__main__ as m, sys\n"
        "async def broken(self, *_): raise ZeroDivisionError('a mistake')\n"
        "s.Sessions.begin = broken\nsys.argv = ['xplenty-tui', '--demo']\nsys.exit(m.main())"
    )
    env = {"XDG_STATE_HOME": str(tmp_path)}
    with Terminal([sys.executable, "-c", wrong], cols=100, rows=30, env=env, cwd=ROOT) as terminal:
        assert terminal.exit() != 0
        assert terminal.discipline == terminal.before
        assert "made a mistake (ZeroDivisionError)" in terminal.text().replace("\n", "")
        assert "Traceback" not in terminal.text()
    (report,) = (tmp_path / "xplenty-tui").glob("crash-*.txt")
    assert "ZeroDivisionError: a mistake" in report.read_text()
    assert report.stat().st_mode & 0o777 == 0o600


def test_a_storm_of_sizes_ends_with_the_right_picture():
    with demo("--screen", "jobs", cols=120, rows=40) as terminal:
        terminal.wait(r"live")
        for cols, rows in [(80, 24), (50, 10), (200, 60), (61, 16), (120, 30), (90, 25)] * 17:
            terminal.resize(cols, rows)
            terminal.pump(0.0)
        terminal.wait(r"▸2 Jobs")
        terminal.wait(r"\? help\s*\Z")
        assert all(len(line) <= 90 for line in terminal.text().splitlines())
        terminal.keys("q")
        assert terminal.exit() == 0

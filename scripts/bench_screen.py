"""What the whole program writes, holds and burns on a terminal of 120×40, and how long it takes to leave."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from bench_measure import DEMO, FEW, QUIET, ROW, SCRIPTS, opened

from tests.terminal import Terminal

TIMES = 5
"""How often a key is pressed for one figure."""
STRETCH_S = 12.0
"""How long an idle program is watched; ``scripts/bench --long`` watches a whole minute."""
PROGRAM = (sys.executable, "-m", "xplenty_tui")
FIRST_LINE = re.compile(r"(?P<url>http://127\.0\.0\.1:\d+) account=(?P<account>[\w-]+) key=(?P<key>\S+)")

Pick = Callable[[list[int]], float]


def settled(terminal: Terminal) -> Terminal:
    """Wait until the rows are there and everything that follows them."""
    terminal.wait(ROW, 60)
    terminal.quiet(1.0)
    return terminal


def written(*groups: tuple[str, ...], before: str = "", pick: Pick = median) -> float:
    """Return the bytes that groups of keys write, one after the other, each waited for; ``before`` is not counted."""
    with opened(*DEMO) as terminal:
        settled(terminal)
        found = []
        for _ in range(TIMES):
            count = 0
            if before:
                terminal.keys(before)
                terminal.quiet(QUIET * 2)
            for keys in groups:
                terminal.keys(*keys)
                count += terminal.quiet(QUIET * 2)
            found.append(count)
        return pick(found)


def page() -> float:
    """Return the bytes of a page down."""
    return written(("pgdn",))


def repaint() -> float:
    """Return the bytes of a screen that is drawn anew."""
    return written(("ctrl+l",))


def question() -> float:
    """Return the bytes of a question that is opened and left."""
    return written(("M",), ("esc",))


def palette() -> float:
    """Return the bytes of the palette, opened and left."""
    return written((":",), ("esc",))


def message() -> float:
    """Return the bytes of copying another id, which says so, the clipboard's sequence included.

    The same words are not drawn twice while they stand there, so the dearest of the presses counts.
    """
    return written(("y",), before="down", pick=max)


def idle() -> tuple[float, float]:
    """Return the bytes of a minute in which nothing changes, and the share of a core in per cent."""
    with opened(*DEMO) as terminal:
        settled(terminal)
        terminal.quiet(3.0)
        before, burnt, start = terminal.bytes, cpu_s(terminal), time.perf_counter()
        while (left := start + STRETCH_S - time.perf_counter()) > 0:
            terminal.pump(left)
        took = time.perf_counter() - start
        return (terminal.bytes - before) / took * 60, (cpu_s(terminal) - burnt) / took * 100


def cpu_s(terminal: Terminal) -> float:
    """Return the seconds of a core that a program has used."""
    fields = Path(f"/proc/{terminal.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def held(terminal: Terminal) -> float:
    """Return the megabytes that a program holds."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{terminal.process.pid}/status").read_text())
    if found is None:
        raise RuntimeError("the kernel does not say how much the program holds")
    return int(found[1]) / 1024


def memory() -> float:
    """Return the megabytes of the program with 400 jobs, all that it loads later included."""
    with opened(*DEMO, "--jobs", str(FEW)) as terminal:
        settled(terminal).quiet(2.0)
        return held(terminal)


def memory_bare() -> float:
    """Return those of the bare application."""
    with opened(sys.executable, str(SCRIPTS / "bench_bare.py")) as terminal:
        terminal.wait(r"\S")
        terminal.quiet(1.0)
        return held(terminal)


def leave(terminal: Terminal) -> float:
    """Return the seconds from ``q`` until the program has ended."""
    start = time.perf_counter()
    terminal.keys("q")
    while terminal.process.poll() is None and time.perf_counter() < start + 20:
        terminal.pump(0.005)
    if terminal.process.poll() is None:
        raise RuntimeError(f"q did not end the program:\n{terminal.text()}")
    return time.perf_counter() - start


def leaving() -> float:
    """Return the seconds from ``q`` to the shell."""
    with opened(*DEMO) as terminal:
        return leave(settled(terminal))


def leaving_hanging() -> float:
    """Return them while a server has the request and never answers."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        told = {"XPLENTY_API_URL": url, "XPLENTY_API_KEY": "a-key-of-nobody", "XPLENTY_ACCOUNT_ID": "acme"}
        with opened(*PROGRAM, "--screen", "jobs", env=told) as terminal:
            asked, _ = silent.accept()
            with asked:
                asked.settimeout(20)
                asked.recv(1)
                terminal.quiet(1.0)
                return leave(terminal)


def server_rows() -> float:
    """Return the seconds from the start to the first rows of a server on loopback, the key from the environment."""
    argv = [*PROGRAM, "demo-api", "--jobs", str(FEW), "--speed", "0"]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, cwd=SCRIPTS.parent, text=True) as server:
        try:
            line = FIRST_LINE.match(server.stdout.readline()) if server.stdout is not None else None
            if line is None:
                raise RuntimeError("demo-api did not say where it is")
            told = {"URL": line["url"], "KEY": line["key"]}
            env = {f"XPLENTY_API_{name}": value for name, value in told.items()}
            with opened(*PROGRAM, "--screen", "jobs", env={**env, "XPLENTY_ACCOUNT_ID": line["account"]}) as terminal:
                terminal.wait(ROW, 60)
                return terminal.at
        finally:
            server.kill()

"""What a table over many jobs takes, worked by keys from outside (see ``bench_inside``)."""

from __future__ import annotations

import signal
import time
from functools import cache
from statistics import median

from bench_measure import QUIET, ROW, inside
from bench_screen import held

from tests.terminal import Terminal

ONE, ALL = 1_000, 100_000
TIMES = 5
PATIENCE_S = 10.0
"""How long a key may take before it counts as one that did nothing."""


def pressed(terminal: Terminal, key: str) -> float:
    """Return the seconds from a key to the last byte of what it changed."""
    start = time.perf_counter() - terminal.started
    terminal.keys(key)
    if not terminal.pump(PATIENCE_S):
        raise RuntimeError(f"{key} changed nothing on the screen:\n{terminal.text()}")
    terminal.quiet(QUIET * 2)
    return terminal.at - start


def blocked(terminal: Terminal) -> float:
    """Return the longest that the loop stood still since the last time it was asked, in seconds."""
    terminal.keys("b")
    found = terminal.wait(r"blocked (\d+\.\d) ms")
    terminal.keys("b")
    terminal.gone(r"blocked \d")
    terminal.quiet(QUIET)
    return float(found[1]) / 1000


@cache
def worked(jobs: int) -> dict[str, float]:
    """Return the figures of one table; taken once for all lines that ask for them."""
    with inside(jobs) as terminal:
        start = time.perf_counter() - terminal.started
        terminal.signal(signal.SIGUSR1)
        terminal.wait(ROW)
        found = {"shown": terminal.at - start}
        terminal.quiet(QUIET * 2)
        found["paged"] = median(pressed(terminal, "pgdn") for _ in range(TIMES))
        ends = [(pressed(terminal, "end"), pressed(terminal, "home"))[0] for _ in range(TIMES)]
        found["ended"] = median(ends)
        pressed(terminal, "w")
        found["filter"] = median(pressed(terminal, "f") for _ in range(TIMES))
        pressed(terminal, "F")
        blocked(terminal)
        sorts, stops = [], []
        for _ in range(TIMES):
            sorts.append(pressed(terminal, "s"))
            stops.append(blocked(terminal))
        found["sort"], found["sort_blocked"] = median(sorts), median(stops)
        stops = []
        for _ in range(TIMES):
            pressed(terminal, "t")
            stops.append(blocked(terminal))
        found["tick_blocked"] = median(stops)
        found["memory"] = held(terminal)
        return found

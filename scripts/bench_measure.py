"""What is measured, each in a real pseudo-terminal of 120×40, in seconds or bytes."""

from __future__ import annotations

import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from types import MappingProxyType

from tests.conftest import SETTLED
from tests.terminal import Terminal

SCRIPTS = Path(__file__).resolve().parent
ROW = r"(?:completed|failed|running|stopped)\s+\d"
"""A job of the list: status and id."""
DEMO = (sys.executable, "-m", "xplenty_tui", "--demo", "--speed", "0", "--screen", "jobs")
FEW, MANY = 400, 10_000
STEPS = 20
QUIET = 0.2
"""Seconds without a byte after which a change is on the screen."""

BYTECODE = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(SCRIPTS.parent / ".venv" / "bench-bytecode")}
"""Bytecode is kept, as after an installation, whatever the environment of the developer says."""

NOTHING: Mapping[str, str] = MappingProxyType({})

Measure = Callable[[], float]


@contextmanager
def opened(*command: str, env: Mapping[str, str] = NOTHING) -> Iterator[Terminal]:
    """Run a program on a terminal, in a home of its own and without a keyring."""
    with tempfile.TemporaryDirectory() as home:
        without_click(Path(home))
        folders = {f"XDG_{name}_HOME": f"{home}/{name.lower()}" for name in ("CONFIG", "STATE", "CACHE", "DATA")}
        with Terminal(
            command,
            cols=120,
            rows=40,
            env={**SETTLED, **folders, "HOME": home, "PYTHONPATH": home, **BYTECODE, **env},
            cwd=SCRIPTS.parent,
        ) as terminal:
            yield terminal


def without_click(folder: Path) -> None:
    """Hide click, which only the tools of the tests bring: with it, httpx loads a command line that no user has."""
    (folder / "click.py").write_text('raise ImportError("hidden: not installed beside the program")\n')


def bare_paint() -> float:
    """Return the seconds from the start of the bare application to its first paint."""
    with opened(sys.executable, str(SCRIPTS / "bench_bare.py")) as terminal:
        terminal.wait(r"\S")
        return terminal.painted or 0.0


def first_paint() -> float:
    """Return the seconds from our start to the first paint."""
    with opened(*DEMO) as terminal:
        terminal.wait(r"\S")
        return terminal.painted or 0.0


def first_rows(jobs: int = FEW) -> float:
    """Return the seconds from our start to the first rows of an account that has ``jobs`` jobs."""
    with opened(*DEMO, "--jobs", str(jobs)) as terminal:
        terminal.wait(ROW, 60)
        return terminal.at


def many_rows() -> float:
    """Return the same for ten thousand jobs."""
    return first_rows(MANY)


def cursor_step() -> float:
    """Return the bytes that one step of the cursor writes, the state line and the note under the list included."""
    with opened(*DEMO) as terminal:
        terminal.wait(ROW, 60)
        terminal.quiet(1.0)
        found = []
        for _ in range(STEPS):
            terminal.keys("down")
            found.append(terminal.quiet(QUIET))
        return median(found)


@contextmanager
def inside(jobs: int) -> Iterator[Terminal]:
    """Run the table over a store of ``jobs`` jobs, not yet shown."""
    with opened(sys.executable, str(SCRIPTS / "bench_inside.py"), str(jobs)) as terminal:
        terminal.wait("ready", 60)
        terminal.quiet(QUIET)
        yield terminal


def changed_row() -> float:
    """Return the bytes that one changed job writes."""
    with inside(FEW) as terminal:
        terminal.signal(signal.SIGUSR1)
        terminal.wait(ROW)
        terminal.quiet(QUIET)
        found = []
        for _ in range(STEPS):
            terminal.signal(signal.SIGUSR2)
            found.append(terminal.quiet(QUIET))
        return median(found)

"""The entry point: the process's streams, variables and clocks are handed in here and nowhere else."""

from __future__ import annotations

import io
import os
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import NoReturn

from xplenty_tui.cli.console import Console
from xplenty_tui.cli.main import run


def main() -> int:
    """Run the program and return its exit status."""
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that is not UTF-8 gets a "?" instead of a traceback
    console = Console(
        stdin=sys.stdin,
        stdout=sys.stdout,
        stderr=sys.stderr,
        environment=dict(os.environ),
        clock=lambda: datetime.now(UTC),
        monotonic=time.monotonic,
    )
    status = run(sys.argv[1:], console)
    if "textual" in sys.modules:
        _leave(status)
    return status


def _leave(status: int) -> NoReturn:
    """End at once: all is written, and to take the modules of a screen apart keeps the shell waiting."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # nobody reads it any more
            stream.flush()
    os._exit(status)


if __name__ == "__main__":
    sys.exit(main())

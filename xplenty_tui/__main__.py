"""The entry point: the process's streams, variables and clocks are handed in here and nowhere else."""

from __future__ import annotations

import io
import os
import sys
import time
from datetime import UTC, datetime

from xplenty_tui.cli.console import Console
from xplenty_tui.cli.main import run


def main() -> int:
    """Run the program and return its exit status."""
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that is not UTF-8 gets a "?" instead of a traceback
    environment = dict(os.environ)
    os.environ.pop("XPLENTY_API_KEY", None)  # no child of ours inherits it, whoever starts one
    console = Console(
        stdin=sys.stdin,
        stdout=sys.stdout,
        stderr=sys.stderr,
        environment=environment,
        clock=lambda: datetime.now(UTC),
        monotonic=time.monotonic,
    )
    return run(sys.argv[1:], console)


if __name__ == "__main__":
    sys.exit(main())

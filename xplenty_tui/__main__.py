"""The entry point: the process's streams, variables and clocks are handed in here and nowhere else."""

from __future__ import annotations

import codecs
import io
import os
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

from xplenty_tui.cli.console import Console
from xplenty_tui.cli.main import run
from xplenty_tui.core.ascii import as_given, ascii_only, plain


def _at_start() -> bytes | None:
    """Return the variables that the process was given, before Python changed any; None on a system without /proc."""
    try:
        return Path("/proc/self/environ").read_bytes()
    except OSError:
        return None


def _signs(error: UnicodeError) -> tuple[str, int]:
    """Write a sign that a terminal cannot show as one that it can."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return plain(error.object[error.start : error.end]), error.end


def main() -> int:
    """Run the program and return its exit status."""
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that is not UTF-8 gets a "?" instead of a traceback
    environment = as_given(os.environ, _at_start())
    if ascii_only(environment):
        codecs.register_error("signs", _signs)
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper) and stream.isatty():
                stream.reconfigure(encoding="ascii", errors="signs")
    os.environ.pop("XPLENTY_API_KEY", None)  # no child of ours inherits it, whoever starts one
    console = Console(
        stdin=sys.stdin,
        stdout=sys.stdout,
        stderr=sys.stderr,
        environment=environment,
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

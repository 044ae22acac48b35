"""The world around one run, handed in: streams, environment, clocks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TextIO

FAILED = 1
"""Exit status: it was tried and did not work."""
REFUSED = 2
"""Exit status: it was not tried, because of what was asked for or set."""
INTERRUPTED = 130
"""Exit status: ctrl+c."""


@dataclass(frozen=True, slots=True)
class Console:
    """What a command may look at and write to."""

    stdin: TextIO
    stdout: TextIO
    stderr: TextIO
    environment: Mapping[str, str] = field(repr=False)
    """The variables of the process: may hold a key, so it is not in ``repr``."""
    clock: Callable[[], datetime]
    """Aware, UTC."""
    monotonic: Callable[[], float]
    """Seconds, for durations."""

    def say(self, text: str) -> None:
        """Write a line that was asked for, at once."""
        self.stdout.write(f"{text}\n")
        self.stdout.flush()

    def complain(self, text: str) -> None:
        """Write a sentence about what did not work."""
        self.stderr.write(f"xplenty-tui: {text}\n")
        self.stderr.flush()

"""The promises of the benchmark: a list of named lines, each saying what it is made of and how much it may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

UNITS = {"s": (1000, "ms"), "B": (0.001, "kB"), "M": (1, "MB"), "%": (1, "%"), "long": (1, "s"), "cr": (1, "cr")}
"""What a measure returns (seconds, bytes, megabytes, per cent, long seconds, credits) → factor and printed unit."""


@dataclass(frozen=True)
class Line:
    """One promise and what became of it."""

    name: str
    says: str
    found: float
    limit: float
    unit: str
    detail: str

    @property
    def holds(self) -> bool:
        """Whether the promise is kept; nothing measured is no kept promise."""
        return 0 < self.found <= self.limit


@dataclass(frozen=True)
class Promise:
    """One line of the issue: a measure, or the ratio of two."""

    name: str
    says: str
    measure: str
    limit: float
    unit: str
    """A key of ``UNITS``: what the measures return."""
    beside: str = ""
    """The measure that it is divided by."""
    quiet: bool = False
    """Whether to find nothing is good: bytes while nothing changes."""

    @property
    def needs(self) -> tuple[str, ...]:
        """The measures that must be taken for it."""
        return tuple(filter(None, (self.measure, self.beside)))

    def line(self, found: Mapping[str, float]) -> Line:
        """Return what became of it."""
        factor, unit = UNITS[self.unit]
        value = found[self.measure]
        if not self.beside:
            least = 1e-9 if self.quiet else 0.0
            return Line(self.name, self.says, max(value * factor, least), self.limit, unit, "")
        other = found[self.beside]
        detail = f"{value * factor:.1f} {unit} beside {other * factor:.1f} {unit}"
        return Line(self.name, self.says, value / other, self.limit, "×", detail)


PROMISES = [
    Promise("paint", "start to first paint, beside a bare application", "paint", 1.15, "s", "bare"),
    Promise("rows", "start to first demo rows, beside a bare first paint", "rows", 1.8, "s", "bare"),
    Promise("server", "start to first rows of a server on loopback, beside it", "server", 2.2, "s", "bare"),
    Promise("rows_many", "start to rows, 10,000 jobs in the account, beside 400", "rows_many", 1.3, "s", "rows"),
    Promise("step", "bytes that a step of the cursor writes", "step", 1.2, "B"),
    Promise("row", "bytes that a changed row writes", "row", 0.6, "B"),
    Promise("page", "bytes of a page down, beside one screen repaint", "page", 1.0, "B", "repaint"),
    Promise("question", "bytes of a question, open and close", "question", 80, "B"),
    Promise("palette", "bytes of the palette, open and close", "palette", 100, "B"),
    Promise("message", "bytes of a message to the person", "message", 2, "B"),
    Promise("idle_bytes", "bytes of an idle minute", "idle_bytes", 2, "B", quiet=True),
    Promise("idle_core", "share of a core while idle", "idle_core", 0.5, "%", quiet=True),
    Promise("shown", "100,000 jobs shown, beside 1,000", "shown_many", 1.3, "s", "shown"),
    Promise("paged", "page down in 100,000 jobs, beside 1,000", "paged_many", 1.3, "s", "paged"),
    Promise("ended", "end of 100,000 jobs, beside 1,000", "ended_many", 1.3, "s", "ended"),
    Promise("filter", "filter keystroke to painted, 100,000 jobs", "filter_many", 60, "s"),
    Promise("sort", "sort to painted, 100,000 jobs", "sort_many", 200, "s"),
    Promise("sort_blocked", "event loop blocked by that sort", "sort_blocked", 50, "s"),
    Promise("tick_blocked", "loop blocked by a refresh of 100 in 10,000", "tick_blocked", 10, "s"),
    Promise("memory", "memory at 400 jobs, beside a bare application", "memory", 1.7, "M", "memory_bare"),
    Promise("memory_many", "memory at 100,000 jobs, the table alone", "memory_many", 350, "M"),
    Promise("quit", "q to shell", "quit", 350, "s"),
    Promise("quit_hanging", "q to shell while a request hangs", "quit_hanging", 350, "s"),
    Promise("cause", "start to the error of a workflow's failing step", "cause", 10, "long"),
    Promise("credits", "credits that it took after the start", "cause_credits", 10, "cr"),
    Promise("look", "look() with 10,000 jobs, the store changed before each", "look", 30, "s"),
]
"""The table of the issue about speed, in its order, and what others promise of a night."""

"""What a place asked for in vain is asked for again by itself, with growing pauses. Pure: the clock is handed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from xplenty_tui.api.errors import ApiError, RateLimited, Refused

FIRST_S, LONGEST_S = 30.0, 300.0
"""Seconds before the first try of what may be over soon, and at most."""


@dataclass(slots=True)
class _Missed:
    ask: Callable[[], object]
    failures: int
    due_s: float


class Again:
    """The questions of one place that have no answer yet, by name."""

    def __init__(self) -> None:
        self._missed: dict[str, _Missed] = {}

    def failed(self, name: str, ask: Callable[[], object], error: ApiError, now_s: float) -> None:
        """Note a question without an answer. What was refused will mostly be refused again: that has time."""
        before = self._missed.get(name)
        failures = before.failures + 1 if before is not None else 1
        wait = min(FIRST_S * 2 ** min(failures - 1, 8), LONGEST_S)
        if isinstance(error, Refused) and not isinstance(error, RateLimited):
            wait = LONGEST_S
        self._missed[name] = _Missed(ask, failures, now_s + wait)

    def answered(self, name: str) -> None:
        """Forget a question: it has its answer."""
        self._missed.pop(name, None)

    def due(self, now_s: float) -> list[Callable[[], object]]:
        """Return what is to be asked again now; it is not returned a second time before it can have failed again."""
        ready = [one for one in self._missed.values() if one.due_s <= now_s]
        for one in ready:
            one.due_s = now_s + LONGEST_S
        return [one.ask for one in ready]

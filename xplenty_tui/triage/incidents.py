"""Problems with one cause are one incident: one line at night instead of two hundred. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from xplenty_tui.core import words
from xplenty_tui.triage.problem import Problem, Severity

_NEVER = datetime.min.replace(tzinfo=UTC)
NAMED = 3
"""Names that are told of the many that an incident is about."""


@dataclass(frozen=True, slots=True)
class Incident:
    """One problem, or several with one cause."""

    key: str
    """What stays the same from one look to the next."""
    problems: tuple[Problem, ...]
    """The worst and newest first; at least one."""

    @property
    def severity(self) -> Severity:
        """How bad the worst of it is."""
        return max(problem.severity for problem in self.problems)

    @property
    def recovered(self) -> bool:
        """All of it is over."""
        return all(problem.recovered for problem in self.problems)

    @property
    def since(self) -> datetime | None:
        """When it began: the oldest of its problems."""
        return min((problem.since for problem in self.problems if problem.since), default=None)

    @property
    def names(self) -> tuple[str, ...]:
        """What it is about, each once, the worst and newest first."""
        return tuple(dict.fromkeys(problem.name for problem in self.problems))

    @property
    def name(self) -> str:
        """What it is about, in few words: ``orders_load``, ``orders_load, crm_sync and 39 more``."""
        names = self.names
        if len(names) <= NAMED:
            return " and ".join(", ".join(names).rsplit(", ", 1))
        return f"{', '.join(names[: NAMED - 1])} and {words.number(len(names) - NAMED + 1)} more"

    @property
    def sentence(self) -> str:
        """What is wrong, in plain words that follow the name: those of the worst and newest."""
        return self.problems[0].sentence


def grouped(problems: Iterable[Problem]) -> tuple[Incident, ...]:
    """Return the problems as incidents: the worst first, of those the newest; what recovered last."""
    groups: dict[str, list[Problem]] = {}
    for problem in problems:
        groups.setdefault(problem.incident or problem.key, []).append(problem)
    found = [Incident(key, tuple(sorted(group, key=_order))) for key, group in groups.items()]
    return tuple(sorted(found, key=lambda one: (one.recovered, _order(one.problems[0]))))


def _order(problem: Problem) -> tuple[bool, int, float, str]:
    since = problem.since or _NEVER
    return problem.recovered, -problem.severity, -since.timestamp(), problem.key

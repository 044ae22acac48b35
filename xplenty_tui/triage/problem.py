"""A problem is what a person has to know at night: what, since when, why in one sentence, and the key that acts.

Pure data: ``triage.rules`` make them, ``triage.incidents`` groups them, screens draw them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from xplenty_tui.core.declare import Link


class Severity(IntEnum):
    """How much it matters; the higher, the sooner it is looked at."""

    NOTE = 0
    """It was a problem and is over (recovered), or is only worth knowing."""
    WARNING = 1
    """Nothing is lost yet: late, slow, wasteful."""
    ERROR = 2
    """Something failed, or does not run."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong."""

    rule: str
    """The rule that found it: ``job_failed``; the same word in settings and documentation."""
    severity: Severity
    subject: Link
    """What it is about; ``enter`` goes there."""
    name: str
    """What a person calls the subject: ``orders_to_redshift``, ``cluster nightly-4``."""
    sentence: str
    """What is wrong, in plain words that follow the name: ``failed 3 times in a row: Access Denied on s3``."""
    since: datetime | None
    """When it began, aware; None where that is not known."""
    detail: str = ""
    """One more line: ``last success 21 Nov 02:31``; empty when there is nothing to add."""
    acts: tuple[str, ...] = ()
    """Ids of the actions and commands that help, the best first: ``jobs.again``, ``clusters.terminate``."""
    incident: str = ""
    """Problems with the same text here are one incident; empty: it stands alone."""
    recovered: bool = False
    """It is over: shown dim, below all that is not."""

    @property
    def key(self) -> str:
        """What stays the same from one look to the next, for cursor, folding and ringing once."""
        return f"{self.rule}:{self.subject.kind}:{self.subject.key}"

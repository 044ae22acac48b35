"""The loop of the world: what happens, in order of time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xplenty_tui.demo import checks, fleet, runs, timetable
from xplenty_tui.demo.account import Account

EVENTS: dict[str, Callable[[Account, Any, int], None]] = {
    "schedule.fire": timetable.fire,
    "cluster.creating": fleet.creating,
    "cluster.available": fleet.available,
    "cluster.idle": fleet.idle,
    "cluster.scaled": fleet.scaled,
    "cluster.expire": fleet.expire,
    "cluster.terminating": fleet.terminating,
    "cluster.terminated": fleet.terminated,
    "cluster.dispatch": runs.dispatch,
    "cluster.evict": runs.evict,
    "job.accept": runs.accept,
    "job.place": runs.place,
    "job.finish": runs.finish,
    "job.retry": runs.retry,
    "job.stopping": runs.stopping,
    "job.stopped": runs.stopped,
    "flow.next": runs.next_step,
    "validation.finish": checks.finish,
}


def advance(account: Account, now: int) -> None:
    """Let everything happen that is due; a clock that steps back waits."""
    while (event := account.due(now)) is not None:
        name, subject, stamp = event
        EVENTS[name](account, subject, stamp)
    account.now = max(account.now, now)

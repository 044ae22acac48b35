"""How long the rules of the triage take with ten thousand jobs in the store, which change between two looks."""

from __future__ import annotations

import time
from datetime import UTC
from statistics import median

from bench_inside import NOW, job

from xplenty_tui.core.declare import Context
from xplenty_tui.core.store import Store
from xplenty_tui.triage.look import look

JOBS = 10_000
LOOKS = 15


def look_seconds() -> float:
    """Return the seconds of computing for a look after a job changed: the median of several, the first not counted."""
    store = Store()
    store.put("jobs", [(str(number), job(number, JOBS)) for number in range(1, JOBS + 1)], NOW)
    ctx = Context(NOW, store, UTC)
    taken = []
    for nth in range(LOOKS + 1):
        store.put("jobs", [(str(JOBS), job(JOBS, JOBS, nth / 100))], NOW)
        began = time.process_time()
        found = look(ctx)
        taken.append(time.process_time() - began)
        if not found:
            raise RuntimeError("nothing failed")
    return median(taken[1:])

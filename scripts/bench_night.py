"""From the start of the program to why a workflow failed: a night over HTTP, read from a real terminal with keys."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from bench_measure import QUIET, opened

from tests.terminal import Terminal
from xplenty_tui.config import target
from xplenty_tui.demo import failures
from xplenty_tui.demo.server import serve
from xplenty_tui.demo.start import ACCOUNT, KEY, SEED, start

JOBS = 400
PASSED = timedelta(minutes=12)
"""How long the night has gone on when the program starts: the step has failed by then, and the workflow with it."""
CAUSE = "INVALID_SESSION_ID"
"""What the failing step says."""
PROBLEM = r"✗ marketing_workflow +failed"
"""The problem on the triage screen, under the cursor because it is the newest of the worst."""
STEPS = (
    (("enter",), r"Jobs › {flow} (?s:.*)^   CHILDREN "),
    (("tab",) * 5, r"enter open "),
    (("enter",), r"✗ failed +\d+ +crm_contacts_sync"),
    (("down", "enter"), rf"^ Jobs › (?!{{flow}}).* crm_contacts_sync (?s:.*){CAUSE}"),
)
"""Keys, and what is on the screen after them; it ends as soon as the cause can be read on the page of a job."""


@contextmanager
def served() -> Iterator[tuple[str, int]]:
    """Serve a night in which a running workflow has just failed at a step; hand out the address and the job's id."""
    passed, began = [0.0], time.monotonic()
    api, _ = start(SEED, JOBS, 1, lambda: time.monotonic() - began + passed[0], datetime.now(UTC) - PASSED)
    [flow] = [job for job in api.world.accounts[ACCOUNT].jobs.values() if job.status == "running" and job.children]
    (flow.children or [])[-1].failure = failures.EXPIRED
    passed[0] = PASSED.total_seconds()
    api.world.advance()
    if flow.status != "failed":
        raise RuntimeError(f"the workflow is {flow.status}")
    with serve(api, 0) as server:
        yield server.url, flow.id


def cause() -> dict[str, float]:
    """Go from the start to the problem, the workflow and its failing step; return keys, seconds and credits."""
    with served() as (url, flow):
        environment = {target.KEY: KEY, target.ACCOUNT: ACCOUNT, target.URL: url}
        with opened(sys.executable, "-m", "xplenty_tui", env=environment) as terminal:
            terminal.wait(PROBLEM, 60)
            terminal.quiet(QUIET)
            before, pressed = spent(terminal), 0
            for keys, seen in STEPS:
                for key in keys:
                    terminal.keys(key)
                    terminal.quiet(QUIET)
                pressed += len(keys)
                terminal.wait(seen.format(flow=flow))
                if re.search(rf"^ Jobs › (?s:.*){CAUSE}", terminal.text(), re.MULTILINE):
                    break
            seconds = terminal.at
            terminal.quiet(QUIET)
            return {"cause_keys": pressed, "cause": seconds, "cause_credits": spent(terminal) - before}


def spent(terminal: Terminal) -> int:
    """Return what the state line says of the credits that we spent."""
    return int(terminal.wait(r"([\d,]+)/h by us")[1].replace(",", ""))

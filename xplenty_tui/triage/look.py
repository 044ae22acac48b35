"""What needs a person now: all rules over the store and what stands beside it. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from xplenty_tui.core.declare import Context
from xplenty_tui.triage import account, clusters, jobs, schedules
from xplenty_tui.triage.beside import NOTHING, Beside
from xplenty_tui.triage.incidents import Incident, grouped
from xplenty_tui.triage.limits import LIMITS, Limits
from xplenty_tui.triage.problem import Problem


def look(ctx: Context, limits: Limits = LIMITS, beside: Beside = NOTHING) -> tuple[Incident, ...]:
    """Return what deserves a look: the worst first, what recovered last.

    What needs all jobs is computed once a version of the store; a look while nothing changed costs a few rules over
    what runs.
    """
    return grouped(problems(ctx, limits, beside))


def problems(ctx: Context, limits: Limits = LIMITS, beside: Beside = NOTHING) -> Iterator[Problem]:
    """Yield every problem, none told twice: a schedule whose failed job is told is not told for it."""
    failures = list(jobs.failed(ctx, limits))
    late = list(schedules.overdue(ctx, limits))
    yield from failures
    yield from late
    for job_rule in (jobs.retries_out, jobs.long, jobs.waiting, jobs.stopping):
        yield from job_rule(ctx, limits)
    for cluster_rule in (clusters.in_error, clusters.starting, clusters.ending, clusters.idle):
        yield from cluster_rule(ctx, limits)
    yield from schedules.failed(ctx, limits, {one.subject.key for one in failures})
    yield from schedules.disabled(ctx, limits)
    yield from schedules.overlapping(ctx, limits)
    yield from schedules.missed(ctx, limits, {one.subject.key for one in late})
    for account_rule in (account.credits_low, account.trial_ends, account.others):
        yield from account_rule(beside, ctx, limits)

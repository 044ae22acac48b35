"""Rules about what stands beside the store: credits, the trial, the key's other accounts. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Link
from xplenty_tui.triage.beside import Beside
from xplenty_tui.triage.limits import Limits
from xplenty_tui.triage.problem import Problem, Severity


def credits_low(beside: Beside, _ctx: Context, limits: Limits) -> Iterator[Problem]:
    """Yield that few of the hour's credits are left, and who spends them."""
    known = beside.credits
    if known is None or known.limit <= 0 or known.remaining >= known.limit * limits.credits_percent / 100:
        return
    yield Problem(
        rule="credits_low",
        severity=Severity.ERROR if known.remaining <= 0 else Severity.WARNING,
        subject=Link("credits", ""),
        name="credits",
        sentence=f"{known.remaining:,} of {known.limit:,} are left this hour",
        since=None,
        detail=f"in the last hour {known.ours:,} went here and {known.others:,} elsewhere",
        acts=("credits",),
    )


def trial_ends(beside: Beside, ctx: Context, limits: Limits) -> Iterator[Problem]:
    """Yield that the trial of the account ends soon, or has ended."""
    end = beside.trial_ends
    if end is None or end - ctx.now > timedelta(days=limits.trial_days):
        return
    over = end <= ctx.now
    left = f"ends in {words.duration(end - ctx.now)}" if not over else "has ended"
    yield Problem(
        rule="trial_ends",
        severity=Severity.ERROR if over else Severity.WARNING,
        subject=Link("accounts", ctx.account),
        name="the trial",
        sentence=f"{left} ({words.when(end, ctx.now, ctx.zone)}): without a plan nothing runs then",
        since=end if over else None,
    )


def others(beside: Beside, _ctx: Context, _limits: Limits) -> Iterator[Problem]:
    """Yield the other accounts of the key that have failures; ``enter`` switches to one."""
    for other in beside.others:
        if other.failed <= 0:
            continue
        worst = f", the last {other.worst}" if other.worst else ""
        yield Problem(
            rule="other_account",
            severity=Severity.WARNING,
            subject=Link("accounts", other.account),
            name=f"account {other.account}",
            sentence=f"has {words.count(other.failed, 'failure')}{worst}",
            since=other.since,
            detail="enter switches to it",
        )

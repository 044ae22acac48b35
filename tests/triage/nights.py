"""Problems written by hand: one, many with one cause, and texts from hell; with the look that finds them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from xplenty_tui.core.declare import Context, Link
from xplenty_tui.triage.incidents import Incident, grouped
from xplenty_tui.triage.problem import Problem, Severity

Look = Callable[..., tuple[Incident, ...]]


def problem(number: int | str, now: datetime, minutes: float = 41, **changes: Any) -> Problem:
    """Return a failed job that is a problem."""
    told: dict[str, Any] = {
        "rule": "job_failed",
        "severity": Severity.ERROR,
        "subject": Link("jobs", str(number)),
        "name": "orders_to_redshift",
        "sentence": "failed 3 times in a row: Access Denied on s3",
        "since": now - timedelta(minutes=minutes),
        "detail": f"job {number} · last success 21 Nov 02:31",
        "acts": ("jobs.again", "jobs.watch"),
    }
    return Problem(**{**told, **changes})


def idle(key: str, now: datetime) -> Problem:
    """Return a cluster that burns for nothing."""
    return problem(
        key,
        now,
        353,
        rule="cluster_idle",
        severity=Severity.WARNING,
        subject=Link("clusters", key),
        name=f"cluster {key}",
        sentence="idle and will not terminate: 18 node hours",
        detail="",
        acts=("clusters.terminate",),
    )


def recovered(number: int, now: datetime) -> Problem:
    """Return a failure that is over."""
    return problem(
        number,
        now,
        15,
        severity=Severity.NOTE,
        name="dim_customers",
        sentence="failed, recovered on retry 1 of 3",
        recovered=True,
    )


def storm(now: datetime, count: int = 200, first: int = 1) -> list[Problem]:
    """Return failures with one cause."""
    cause = "Access Denied on s3://acme-raw"
    return [
        problem(
            first + nth,
            now,
            1 + nth / 10,
            name=f"load_{nth:03}",
            incident=cause,
            sentence=f"failed: {cause}",
            detail=f"job {first + nth}",
        )
        for nth in range(count)
    ]


def hostile(now: datetime) -> list[Problem]:
    """Return texts that are too long, too wide, and look like markup."""
    return [
        problem(1, now, name="注文データを倉庫に読み込む" * 4, sentence="が失敗しました:アクセスが拒否されました" * 4),
        problem(2, now, name="[red]orders[/red] [@click=app.quit]x[/]", sentence="[b]failed[/b]\x1b[31m \u202e{}[/"),
        problem(3, now, name="n" * 400, sentence="s" * 4000, detail="d" * 4000),
        problem(4, now, name="e\u0301" * 60, sentence="👩\u200d👧 " * 60, since=None),
    ]


def finding(*made: Callable[[datetime], Problem | list[Problem]]) -> Look:
    """Return a look that finds these, whatever the store holds."""

    def look(ctx: Context, **_: Any) -> tuple[Incident, ...]:
        found: list[Problem] = []
        for make in made:
            one = make(ctx.now)
            found += one if isinstance(one, list) else [one]
        return grouped(found)

    return look

"""Archiving a package: what does not work any more then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from xplenty_tui.api import packages as api
from xplenty_tui.api.packages import Package
from xplenty_tui.core import words
from xplenty_tui.core.action import Action, Attempt, Line, Question, Verdict
from xplenty_tui.core.declare import Context, Tone
from xplenty_tui.resources import deeds, history, timing, verdicts
from xplenty_tui.resources.cluster_end import job_line
from xplenty_tui.resources.package_new import archived, called
from xplenty_tui.resources.questions import gaps, line, one_line, some

LOOK = "Look at the package."


def _ask(packages: Sequence[Package], _draft: Any, ctx: Context) -> Question:
    package = packages[0]
    name = called(package)
    return Question(f"Archive package {name}", tuple(_lost(package, ctx)), "Archive", name)


def _lost(package: Package, ctx: Context) -> Iterator[Line]:
    """Say what does not work any more then, and what goes on."""
    yield line("It cannot be run any more, and this program cannot bring it back.")
    key = str(package.id)
    users = [item for item in ctx.store.good("schedules") if key in timing.package_keys(item)]
    users.sort(key=lambda item: (timing.next_run(item) is None, item.next_run_at or ctx.now, item.id))
    if users:
        yield line(f"{words.count(len(users), 'schedule')} that {'runs' if len(users) == 1 else 'run'} it:", Tone.BAD)
    yield from some((_schedule(item, ctx) for item in users), "schedule")
    if not users and ctx.store.of("schedules").loaded_at is not None:
        yield line("No loaded schedule runs it.")
    yield from gaps("schedules", ctx)
    jobs = [job for job in history.of_package(package.id, ctx) if job.active]
    if jobs:
        yield line("Jobs of it that are not over yet:")
        yield from some((job_line(job, ctx) for job in jobs), "job")


def _schedule(schedule: Any, ctx: Context) -> Line:
    due = timing.next_run(schedule)
    when = timing.countdown(due, ctx) if due is not None else schedule.status or "disabled"
    name = one_line(schedule.name) or f"schedule {schedule.id}"
    return [("  ", Tone.PLAIN), (name, Tone.STRONG), (f"  {when}", Tone.WARN if due is not None else Tone.DIM)]


def _is_archived(_attempt: Attempt[Package], now: Package) -> Verdict:
    return verdicts.verdict(now.status == "archived")


ARCHIVE: Action[Package] = Action(
    "archive",
    ("D",),
    "archive",
    "Archive the package: it cannot be run any more, and the API has no way back.",
    deeds.on(api.archive),
    lambda answer, item, ctx: f"{called(item or answer)} is archived.",
    verdicts.by_item(api.get, _is_archived, LOOK),
    disabled=lambda item, ctx: "the package is archived already" if archived(item, ctx) else None,
    permission="deletePackage",
    ask=_ask,
    danger=True,
    state=lambda item: (item.status, item.name),
    settled=lambda item: item.status == "archived",
    outcome=lambda item: f"{called(item)} is archived.",
    touches=("schedules",),
    weight=6,
)

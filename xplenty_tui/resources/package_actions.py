"""What can be done to packages: run, validate, export, edit, make, archive."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from typing import Any

from xplenty_tui.api import packages as api
from xplenty_tui.api.drafts import PackageChange
from xplenty_tui.api.packages import Package
from xplenty_tui.core import words
from xplenty_tui.core.action import Action, Attempt, Fill, Line, Question, ReadBack, Values, Verdict
from xplenty_tui.core.declare import Context, Tone
from xplenty_tui.resources import deeds, history, job_run, package_files, timing, verdicts
from xplenty_tui.resources.cluster_end import job_line
from xplenty_tui.resources.package_checks import VALIDATE
from xplenty_tui.resources.package_forms import ExportForm
from xplenty_tui.resources.package_new import CREATE, called
from xplenty_tui.resources.questions import gaps, line, one_line, some, sometimes

_LOOK = "Look at the package."


def _archived(package: Package | None, _: Context) -> str | None:
    return "the package is archived" if package is not None and package.status == "archived" else None


# Export.


def _file(package: Package | None, _: Context) -> Values:
    return {"path": f"./{package_files.default_name(package.name, package.id)}"} if package is not None else {}


async def _export(client: Any, package: Any, form: ExportForm) -> str:
    """Write the package into a file; whether it may be written is looked at before it is asked for."""
    name = package_files.default_name(package.name, package.id)
    path = await asyncio.to_thread(package_files.target, form.path, name, overwrite=form.overwrite)
    data = await api.export(client, package.id)
    await asyncio.to_thread(package_files.write, path, data, overwrite=form.overwrite)
    return str(path)


async def _nothing(_client: Any, _attempt: Attempt[Package]) -> ReadBack:
    """Nothing was to be changed: an export that failed was not done."""
    return ReadBack(Verdict.NOT_DONE)


# Edit.


def _words(package: Package | None, _: Context) -> Values:
    return {"name": package.name, "description": package.description} if package is not None else {}


def _changes(package: Any, draft: PackageChange) -> dict[str, Any]:
    """Return what the form says differently; only that is sent, so that nobody's change meanwhile is undone."""
    given = {name: getattr(draft, name) for name in sorted(draft.model_fields_set)}
    return {name: text for name, text in given.items() if text is not None and text != getattr(package, name).strip()}


async def _edit(client: Any, package: Any, draft: PackageChange) -> Package:
    changes = _changes(package, draft)
    found: Package = await api.update(client, package.id, PackageChange(**changes)) if changes else package
    return found


def _edited(attempt: Attempt[Any], now: Package) -> Verdict:
    return verdicts.taken(_changes(attempt.item, attempt.draft), now)


# Archive.


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


ACTIONS: tuple[Action[Package], ...] = (
    Action(
        "run",
        ("r",),
        "run",
        "Run the package: choose a cluster, or a new one, and its variables.",
        job_run.send,
        job_run.said,
        job_run.check,
        disabled=_archived,
        permission="createJob",
        fill=job_run.PACKAGE,
        touches=("jobs", "clusters"),
        lands=job_run.lands,
        names=job_run.names,
        ask=sometimes(job_run.ask),
        weight=45,
    ),
    VALIDATE,
    Action(
        "edit",
        ("e",),
        "edit",
        "Change the package's name and description.",
        _edit,
        lambda answer, item, ctx: f"{called(answer if answer.name or item is None else item)} is changed.",
        verdicts.by_item(api.get, _edited, _LOOK),
        permission="updatePackage",
        fill=Fill(PackageChange, start=_words, clears=True),
        same=lambda item, draft: not _changes(item, draft),
        weight=15,
    ),
    CREATE,
    Action(
        "export",
        ("X",),
        "export",
        "Save the package as a JSON file, from which a new one can be made.",
        _export,
        lambda answer, item, ctx: f"{called(item) if item is not None else 'The package'} is in {answer}.",
        _nothing,
        permission="viewPackage",
        fill=Fill(ExportForm, start=_file),
        writes=False,
        weight=10,
    ),
    Action(
        "archive",
        ("D",),
        "archive",
        "Archive the package: it cannot be run any more, and the API has no way back.",
        deeds.on(api.archive),
        lambda answer, item, ctx: f"{called(item or answer)} is archived.",
        verdicts.by_item(api.get, _is_archived, _LOOK),
        disabled=lambda item, ctx: "the package is archived already" if _archived(item, ctx) else None,
        permission="deletePackage",
        ask=_ask,
        danger=True,
        state=lambda item: (item.status, item.name),
        settled=lambda item: item.status == "archived",
        outcome=lambda item: f"{called(item)} is archived.",
        touches=("schedules",),
        weight=6,
    ),
)

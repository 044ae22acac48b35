"""What can be done to packages: run, validate, export, edit, make, archive."""

from __future__ import annotations

import asyncio
from typing import Any

from xplenty_tui.api import packages as api
from xplenty_tui.api.drafts import PackageChange
from xplenty_tui.api.packages import Package
from xplenty_tui.core.action import Action, Attempt, Fill, Values, Verdict
from xplenty_tui.core.declare import Context
from xplenty_tui.resources import job_run, package_files, run_fills, verdicts
from xplenty_tui.resources.package_archive import ARCHIVE, LOOK
from xplenty_tui.resources.package_forms import ExportForm
from xplenty_tui.resources.package_new import CREATE, archived, called
from xplenty_tui.resources.package_validate import VALIDATE
from xplenty_tui.resources.questions import sometimes


def _file(package: Package | None, _: Context) -> Values:
    return {"path": f"./{package_files.default_name(package.name, package.id)}"} if package is not None else {}


async def _export(client: Any, package: Any, form: ExportForm) -> str:
    """Write the package into a file; whether it may be written is looked at before it is asked for."""
    name = package_files.default_name(package.name, package.id)
    path = await asyncio.to_thread(package_files.target, form.path, name, overwrite=form.overwrite)
    data = await api.export(client, package.id)
    await asyncio.to_thread(package_files.write, path, data, overwrite=form.overwrite)
    return str(path)


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


ACTIONS: tuple[Action[Package], ...] = (
    Action(
        "run",
        ("r",),
        "run",
        "Run the package: choose a cluster, or a new one, and its variables.",
        job_run.send,
        job_run.said,
        job_run.check,
        disabled=archived,
        permission="createJob",
        fill=run_fills.PACKAGE,
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
        verdicts.by_item(api.get, _edited, LOOK),
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
        verdicts.harmless,
        permission="viewPackage",
        fill=Fill(ExportForm, start=_file),
        writes=False,
        weight=10,
    ),
    ARCHIVE,
)

"""Validating a package: the form, waiting or not, and how it came out."""

from __future__ import annotations

from typing import Any

from xplenty_tui.api import packages as api
from xplenty_tui.api.packages import Package, PackageValidation
from xplenty_tui.api.wire import Page
from xplenty_tui.core.action import Action, Attempt, Fill, ReadBack
from xplenty_tui.core.declare import Link
from xplenty_tui.resources import verdicts
from xplenty_tui.resources.package_checks import sentence
from xplenty_tui.resources.package_forms import ValidationForm
from xplenty_tui.resources.package_new import archived, called

_LOOK = "Look at the validations on the package's page."


async def _send(client: Any, package: Any, form: ValidationForm) -> PackageValidation:
    if form.mode == "background":
        return await api.start_validation(client, package.id)
    return await api.validate(client, package.id, wait_s=form.wait_s)


async def _check(client: Any, attempt: Attempt[Any]) -> ReadBack:
    """Look for a check that began since then (1 credit)."""
    package: Any = attempt.item

    async def checks(client: Any, **how: Any) -> Page[PackageValidation]:
        return await api.validations(client, package.id, **how)

    return await verdicts.by_newest(checks, lambda attempt, check: True, _LOOK)(client, attempt)


async def _progress(client: Any, attempt: Attempt[Any], answer: Any) -> tuple[bool, str]:
    """Ask how the check stands (1 credit) unless the answer was the result already."""
    package: Any = attempt.item
    check = answer
    if check.status == "running":
        check = await api.validation(client, package.id, check.id)
    return check.status != "running", sentence(check, called(package))


def _lands(answer: Any) -> Link | None:
    """Go to the page with the errors, where there are any."""
    package = answer.package_id
    return Link("packages", str(package)) if answer.status == "failed" and package is not None else None


VALIDATE: Action[Package] = Action(
    "validate",
    ("V",),
    "validate",
    "Check whether the package could run; says what is wrong with it.",
    _send,
    lambda answer, item, ctx: sentence(answer, called(item) if item is not None else "The package"),
    _check,
    disabled=archived,
    permission="validatePackage",
    fill=Fill(ValidationForm),
    progress=_progress,
    lands=_lands,
    weight=25,
)

"""Validating a package: the form, waiting or not, and the result with its errors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xplenty_tui.api import packages as api
from xplenty_tui.api.packages import Package, PackageValidation
from xplenty_tui.api.wire import Page
from xplenty_tui.core import words
from xplenty_tui.core.action import Action, Attempt, Fill, ReadBack
from xplenty_tui.core.declare import Context, Link, Row, Tone
from xplenty_tui.resources import parts, verdicts
from xplenty_tui.resources.package_forms import ValidationForm
from xplenty_tui.resources.package_new import archived, called

_LOOK = "Look at the validations on the package's page."


def key(check: PackageValidation) -> str:
    """Return what a check is known by: its package and its number, for it is asked for by both."""
    return f"{check.package_id}/{check.id}" if check.package_id is not None else str(check.id)


def rows(answer: Page[PackageValidation], _package: Package, ctx: Context) -> Iterator[Row]:
    """Return the checks of a package, each with what is wrong below it."""

    def draw(check: PackageValidation) -> Iterator[Row]:
        found = words.count(len(check.errors), "error") if check.errors else None
        yield Row(
            parts.joined(parts.look(check.status, ctx), check.status_message or found),
            label=words.when(check.created_at, ctx.now, ctx.zone),
            tone=words.status(check.status).tone,
            link=Link("validations", key(check)) if check.package_id is not None else None,
        )
        for error in check.errors:
            for place, each in enumerate(parts.lines(error.message, Tone.BAD)):
                yield Row(each.text, tone=each.tone, bullet="" if place else "*" if ctx.ascii else "•")

    return parts.each(answer, draw)


def sentence(check: PackageValidation, name: str) -> str:
    """Return the result in a sentence with the first error; the page of the package has all of them."""
    if check.status == "running":
        return f"{name} is being validated."
    if check.status == "completed" and not check.errors:
        return f"{name} is valid."
    found = words.count(len(check.errors), "error") if check.errors else "no error told"
    told = [text for error in check.errors if (text := words.first_line(error.message))]
    why = told[0] if told else words.first_line(check.status_message)
    more = "; v on its page lists them" if len(told) > 1 else ""
    return f"{name} is not valid ({found}{more})" + (f": {why}" if why else ".")


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

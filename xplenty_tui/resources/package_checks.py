"""The validations of a package as lines and in a sentence, with their errors."""

from __future__ import annotations

from collections.abc import Iterator

from xplenty_tui.api.packages import Package, PackageValidation
from xplenty_tui.api.wire import Page
from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Link, Row, Tone
from xplenty_tui.resources import parts


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

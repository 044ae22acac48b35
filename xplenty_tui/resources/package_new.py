"""Making a package: from a template, as a copy, from an exported file, or from nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from xplenty_tui.api import packages as api
from xplenty_tui.api.drafts import imported
from xplenty_tui.api.packages import Package
from xplenty_tui.core import words
from xplenty_tui.core.action import Action, Attempt, Choice, Fill, Line, Values
from xplenty_tui.core.declare import Context, Tone
from xplenty_tui.resources import deeds, package_files, parts, run_form, verdicts
from xplenty_tui.resources.package_forms import SOURCES, CreationForm
from xplenty_tui.resources.questions import one_line


def called(package: Package) -> str:
    """Return what a sentence calls a package."""
    return one_line(package.name) or f"package {package.id}"


def archived(package: Package | None, _ctx: Context) -> str | None:
    """Return why a package cannot be run or checked any more."""
    return "the package is archived" if package is not None and package.status == "archived" else None


async def _send(client: Any, _item: Any, form: CreationForm) -> Package:
    """Create it with one write; a file is read before."""
    draft = form.draft() if form.source != "file" else None
    if draft is None:
        held = await asyncio.to_thread(package_files.read, form.path or "")
        try:
            draft = imported(held, form.name) if _plausible(held) else None
        except ValidationError:
            draft = None
        if draft is None:
            raise package_files.refuse("path", "What that file holds is no package.")
        if form.description:
            draft = draft.model_copy(update={"description": form.description})
    return await api.create(client, draft)


def _plausible(held: Any) -> bool:
    """Whether JSON can be a package or its flow at all: the server may make an empty package of anything else."""
    return bool(held) and (isinstance(held, dict) or (isinstance(held, list) and isinstance(held[0], dict)))


def _fits(attempt: Attempt[Any], package: Package) -> bool:
    form: CreationForm = attempt.draft
    return package.name == form.name


def _choices(ctx: Context, _item: Any) -> Mapping[str, Sequence[Choice]]:
    templates = sorted(ctx.store.good("templates"), key=lambda item: (item.position or 0, item.id))
    return {
        "package_template_id": [
            Choice(str(item.id), item.name or f"template {item.id}", "", words.first_line(item.description))
            for item in templates
        ],
        "source_package_id": run_form.packages(ctx),
    }


def _preview(values: Values, ctx: Context) -> Sequence[Line]:
    """Say what is made from what: of the fields below only one counts."""
    source = values.get("source") or "template"
    field = SOURCES.get(source, "flow_type")
    text = values.get(field, "")
    kind = {"template": "templates", "copy": "packages"}.get(source)
    known = parts.name_of(ctx, kind, text) if kind else text
    origin = {"template": "from the template", "copy": "as a copy of", "file": "from the file"}.get(
        source, "as an empty"
    )
    name = values.get("name", "").strip() or "the package"
    return [[("makes ", Tone.DIM), (name, Tone.STRONG), (f" {origin} ", Tone.DIM), (known or words.NONE, Tone.STRONG)]]


CREATE: Action[Package] = Action(
    "new",
    ("n",),
    "new",
    "Make a package: from a template, as a copy, from an exported file, or empty.",
    _send,
    lambda answer, item, ctx: f"Package {called(answer)} is made ({answer.id}).",
    verdicts.by_newest(api.list_, _fits, "Look at the newest packages before you make it again."),
    on_item=False,
    permission="createPackage",
    fill=Fill(CreationForm, kinds=("templates", "packages"), choices=_choices, preview=_preview),
    lands=deeds.to("packages"),
    weight=12,
)

"""Saving what is shown: the rows of a list as CSV or JSON, a page as text, an item as JSON; into a private file."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from xplenty_tui.core import words
from xplenty_tui.core.declare import Tone
from xplenty_tui.core.store import Odd

if TYPE_CHECKING:
    from xplenty_tui.core.fields import Field
    from xplenty_tui.tui.app import XplentyApp
    from xplenty_tui.tui.screens.list import ListPlace
    from xplenty_tui.tui.widgets.form import Form

Make = Callable[[str], Awaitable[Callable[[], str]]]
"""The name of a format → what makes the text of the file, in a thread, from what was taken out of the store."""
SLICE = 500
"""Rows that are taken at once; keys are answered between two slices."""


class Exporting:
    """Mixed into the application."""

    @property
    def _exporter(self) -> XplentyApp:
        return cast("XplentyApp", self)

    def do_save(self) -> None:
        """Ask where to save what is shown, and save it."""
        from xplenty_tui.tui.screens.list import ListPlace
        from xplenty_tui.tui.screens.page import PagePlace

        front = self._exporter.places.front
        if isinstance(front, ListPlace):
            if not front.view.keys:
                self._exporter.say("There are no rows to save.", Tone.WARN)
                return
            shown = words.count(len(front.view.keys), "row")
            self._ask(f"Save {shown} of {front.resource.title.lower()}", front.resource.name, _rows(front), rows=True)
        elif isinstance(front, PagePlace):
            front.page.hide()
            self._ask("Save this page", "-".join(front.path()), _page(front.page.all_text()), rows=False)

    def _ask(self, title: str, name: str, make: Make, *, rows: bool) -> None:
        from xplenty_tui.core import saving
        from xplenty_tui.core.fields_check import check
        from xplenty_tui.core.fields_model import fields_of
        from xplenty_tui.resources.package_forms import SavePage, SaveRows
        from xplenty_tui.tui.background import in_daemon
        from xplenty_tui.tui.widgets.form import Form

        app, model = self._exporter, SaveRows if rows else SavePage
        stem = f"{saving.plain_name(name)}-{app.context().now.astimezone(app.zone):%Y%m%d-%H%M}"
        box: list[Form] = []

        def submit(values: Mapping[str, str]) -> None:
            draft = check(model, values, zone=app.zone).value
            form = getattr(draft, "format", "text")
            box[0].busy("Saving…")

            async def work() -> None:
                try:
                    text = await make(form)
                    path = await in_daemon(lambda: _write(draft, f"{stem}.{SUFFIX[form]}", text()))
                except saving.NotSaved as problem:
                    box[0].show_problems({"path": str(problem)})
                    return
                box[0].close()
                app.say(f"Saved to {path}, readable by you alone.", Tone.GOOD)

            app.start_task(work())

        fields: Sequence[Field] = fields_of(model)
        start = {"path": f"~/{stem}.{SUFFIX['csv' if rows else 'text']}"}
        box.append(
            Form(title, fields, start, submit=submit, check=lambda values: check(model, values).problems, verb="saves")
        )
        app.box(box[0])


SUFFIX = {"csv": "csv", "csv-all": "csv", "json": "json", "text": "txt"}
"""The ending of a file of each format."""


def _write(draft: Any, name: str, text: str) -> Path:
    from xplenty_tui.core import saving

    path = saving.place(draft.path, name, overwrite=draft.overwrite)
    saving.save(path, text, overwrite=draft.overwrite)
    return path


def _page(text: str) -> Make:
    async def make(_: str) -> Callable[[], str]:
        return lambda: f"{text}\n"

    return make


def _rows(place: ListPlace) -> Make:
    """Return how the rows of a list become a text, in the order in which they are shown."""
    from xplenty_tui.api.wire import raw
    from xplenty_tui.core.export import as_csv
    from xplenty_tui.tui.screens.page import as_json

    ctx, drawn = place.context(), [column for column, _ in place.table.cells]
    items = [item for key in place.view.keys if (item := place.view.item(key)) is not None]

    async def make(form: str) -> Callable[[], str]:
        columns = drawn if form == "csv" else place.resource.columns
        parts: list[Any] = []
        for start in range(0, len(items), SLICE):
            some = items[start : start + SLICE]
            if form == "json":
                parts += [one.raw if isinstance(one, Odd) else raw(one) for one in some]
            else:
                parts.append(as_csv(columns, [one for one in some if not isinstance(one, Odd)], ctx, head=not start))
            await asyncio.sleep(0)
        return (lambda: f"{as_json(parts)}\n") if form == "json" else (lambda: "".join(parts))

    return make

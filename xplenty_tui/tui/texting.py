"""Editing what can be written of an item as text in the person's own editor: checked, reopened at the line, diffed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xplenty_tui.api.errors import ApiError
from xplenty_tui.core.action import Line
from xplenty_tui.core.declare import Tone
from xplenty_tui.tui.explain import explain

if TYPE_CHECKING:
    from pydantic import BaseModel

    from xplenty_tui.core.edit_plain import Change
    from xplenty_tui.tui.errand import Errand
    from xplenty_tui.tui.sending import Ended


class Texting:
    """The same steps as a form's: ``next`` gives a checked draft of what was changed, None when nothing is sent."""

    def __init__(self, errand: Errand) -> None:
        fill = errand.action.fill
        assert fill is not None  # noqa: S101  # made for actions that have one
        self._errand, self._fill, self._app = errand, fill, errand.app
        self._item = errand.items[0]
        self._before: BaseModel | None = None
        self._text = ""
        self._line: int | None = None
        self._begun = False

    async def open(self) -> None:
        """Make the text from the item as it is."""
        from xplenty_tui.core.edit_text import to_toml
        from xplenty_tui.core.fields_check import check

        fill, ctx, errand = self._fill, self._app.context(), self._errand
        start = dict(fill.start(self._item, ctx))
        if fill.load is not None:
            errand.hold.words = "Loading what can be written…"
            try:
                start |= await fill.load(errand.session.client, self._item, ctx)
            except ApiError as error:
                await errand.stop("The text could not be filled", explain(error).what)
                return
        checked = check(fill.model, start, zone=self._app.zone)
        if checked.value is None:
            problems = "; ".join(f"{name}: {said}" for name, said in checked.problems.items())
            await errand.stop(f"{errand.label(self._item)} cannot be written as text", problems)
            return
        self._before = checked.value
        self._text = to_toml(checked.value, f"{errand.resource.singular} {errand.label(self._item)}, {errand.where}")

    async def next(self) -> Any | None:
        """Let the person edit until it is right or left alone; a draft of what they changed."""
        from xplenty_tui.core.edit_text import EditProblem, diff, from_toml, noted
        from xplenty_tui.tui.editor import edit

        before, errand = self._before, self._errand
        while before is not None:
            errand.session.loop.focus(False)
            edited = await edit(self._app, self._text, self._line, environment=self._app.launch.environment)
            errand.session.loop.focus(True)
            if not edited.ok:
                await errand.stop("The text was not taken", edited.sentence)
                return None
            if self._begun and not edited.changed:
                self._app.say("Nothing was sent: the text was left as it was.")
                return None
            self._text, self._begun = edited.text, True
            after = from_toml(edited.text, self._fill.model, before)
            if isinstance(after, EditProblem):
                self._text, self._line = noted(edited.text, after)
                continue
            changes = diff(before, after)
            if not changes:
                self._app.say("Nothing was changed, so nothing was sent.")
                return None
            errand.changes = [_line(change) for change in changes]
            return _part(after, changes)
        return None

    def again(self, ended: Ended | None) -> None:
        """Go on with the text; what the server refused stands at its top."""
        from xplenty_tui.core.edit_text import EditProblem, noted

        if ended is None:
            self._before = None  # the person said no to the question: the text is not opened again by itself
            self._app.say("Nothing was sent.")
            return
        said = " ".join([ended.sentence, *(f"{name}: {text}" for name, text in ended.problems.items())])
        self._text, self._line = noted(self._text, EditProblem(f"Line 1: the server refused it: {said}", 1))

    gone = False
    """Nothing of it can be closed while it is sent."""

    def close(self) -> None:
        """Nothing is on the screen."""

    def drop(self) -> None:
        """Nothing goes on."""


def _line(change: Change) -> Line:
    old, new = change.old or "–", change.new or "–"
    return [(f"  {change.path}: ", Tone.DIM), (old, Tone.BAD), (" → ", Tone.DIM), (new, Tone.GOOD)]


def _part(after: BaseModel, changes: list[Change]) -> BaseModel:
    """Return a draft of the fields that were changed, whole where they hold others."""
    names = {change.field for change in changes}
    return type(after).model_construct(names, **{name: getattr(after, name) for name in names})

"""The form of an action, from the pydantic model to the checked draft: prefilled, checked while typing, never lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from xplenty_tui.api.errors import ApiError
from xplenty_tui.core import words
from xplenty_tui.core.action import Choice, Preset
from xplenty_tui.core.declare import Tone
from xplenty_tui.core.fields import pattern
from xplenty_tui.tui.explain import explain
from xplenty_tui.tui.widgets.chooser import Awaited, Option
from xplenty_tui.tui.widgets.form import Form
from xplenty_tui.tui.widgets.form_box import Line

if TYPE_CHECKING:
    from pydantic import BaseModel

    from xplenty_tui.tui.errand import Errand
    from xplenty_tui.tui.sending import Ended


WAIT_S = 10.0
"""How long opening a form waits for what is chosen from."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was typed into a form that was left."""

    at: datetime
    """When it was left, aware."""
    texts: Mapping[str, str]


def options(choices: Sequence[Choice]) -> list[Option]:
    """Return what a declaration offers as the lines of a box."""
    return [Option(one.id, one.title, one.hint, one.about) for one in choices]


class Filling:
    """One form on the screen: ``next`` gives a checked draft each time the person sends it, None when they leave."""

    def __init__(self, errand: Errand) -> None:
        fill = errand.action.fill
        assert fill is not None  # noqa: S101  # made for actions that have one
        self._errand, self._fill = errand, fill
        self._app, self._session = errand.app, errand.session
        self._item = errand.items[0] if errand.items else None
        key = errand.resource.key(self._item) if self._item is not None else ""
        self._draft_of = (self._session.account, f"{errand.resource.name}.{errand.action.name}", key)
        self._before: dict[str, str] = {}
        self._shown: dict[str, str] = {}
        """The texts with which the form opened: what is left like that is no draft, it would only grow old."""
        self._sent: asyncio.Queue[Mapping[str, str] | None] = asyncio.Queue()
        self._form: Form | None = None
        self._done = False
        self._model, self._chosen = cast("type[BaseModel]", fill.model_for(self._item)), ""
        self._stop: Callable[[], None] = self._session.store.subscribe(self._known)

    async def open(self) -> None:
        """Show the form: with what the person left in it before, else as the action says."""
        from xplenty_tui.core.fields_model import fields_of

        fill, ctx = self._fill, self._app.context()
        await self._loaded()
        if fill.sorts is not None and not await self._sorted():
            self._sent.put_nowait(None)
            return
        start = dict(fill.start(self._item, ctx))
        if fill.load is not None:
            self._errand.hold.words = "Loading what stands in the form…"
            try:
                start |= await fill.load(self._session.client, self._item, ctx)
            except ApiError as error:
                await self._errand.stop("The form could not be filled", explain(error).what)
                self._sent.put_nowait(None)
                return
        self._before = start
        kept = self._app.drafts.get(self._draft_of)
        form = Form(
            self._title(),
            fields_of(self._model),
            {**start, **(kept.texts if kept is not None else {})},
            submit=self._sent.put_nowait,
            check=self._problems,
            choices=self._choices(),
            note=self._preview if fill.preview is not None else None,
            where=self._errand.where,
            verb=self._errand.action.title,
            changed=self._changed,
            extras=[(one.key, one.title, self._preset(one)) for one in fill.presets],
            kept=f"draft from {words.when(kept.at, ctx.now, ctx.zone)}" if kept is not None else "",
            afresh=self._afresh,
        )
        self._form, self._shown = form, form.values
        form.cost = self._cost(form.values)
        self._app.fillings.append(self)
        self._app.box(form)
        for name in fill.derive:
            if start.get(name):
                self._changed(name)

    async def _sorted(self) -> bool:
        """Let the person choose what the form depends on; False when they left."""
        fill, item = self._fill, self._item
        choices = fill.sorts(self._app.context()) if fill.sorts is not None else ()
        box = Awaited(f"{self._errand.resource.singular.capitalize()}: of which type?", options(choices))
        self._app.box(box)
        if (chosen := await box.answer()) is None:
            return False
        account, action, key = self._draft_of
        self._chosen, self._model = chosen, fill.model_for(item, chosen)
        self._draft_of = (account, f"{action}.{chosen}", key)
        return True

    def _secret(self, name: str) -> bool:
        from xplenty_tui.core.fields_model import fields_of

        return any(one.secret for one in fields_of(self._model) if one.name == pattern(name))

    async def _loaded(self) -> None:
        """Wait for the kinds that are chosen from; those that cannot be had are typed by number."""
        store = self._session.store
        missing = {kind for kind in self._fill.kinds if store.of(kind).loaded_at is None}
        if not missing:
            return
        self._errand.hold.words = f"Loading {', '.join(sorted(missing))}…"
        came = asyncio.Event()
        stop = store.subscribe(lambda kind: came.set() if kind in missing else None)
        self._session.loop.force(missing)
        try:
            async with asyncio.timeout(WAIT_S):
                while any(store.of(kind).empty for kind in missing):
                    came.clear()
                    await came.wait()
        except TimeoutError:
            self._app.say("Not everything to choose from came in time; it is offered when it comes.", Tone.WARN)
        finally:
            stop()

    @property
    def gone(self) -> bool:
        """Whether the form was closed."""
        return self._form is not None and self._form.gone

    async def next(self) -> Any | None:
        """Wait until the person sends it (a checked draft) or leaves (None)."""
        values = await self._sent.get()
        if values is None:
            return None
        if self._form is not None:
            self._form.busy(f"{self._errand.action.title}…")
        if self._fill.credits is not None:
            self._errand.credits = self._fill.credits(values)
        return self._check(values).value

    def left(self, values: Mapping[str, str]) -> None:
        """Note that the person left: what was typed is there when they come back."""
        if self._done:
            return
        secret = {name for name in values if self._secret(name)}  # what nobody may see is not kept either
        typed = {name: text for name, text in values.items() if text != self._shown.get(name, "")}
        typed = {name: text for name, text in typed.items() if name not in secret}
        if typed:
            # Only that: what others changed meanwhile is not undone by it.
            kept = self._app.drafts.get(self._draft_of)
            texts = {**(kept.texts if kept is not None else {}), **typed}
            self._app.drafts[self._draft_of] = Kept(self._session.now(), texts)
        self._sent.put_nowait(None)

    def again(self, ended: Ended | None) -> None:
        """Go on with the form: nothing was sent, or the server refused something of it."""
        if self._form is None:
            return
        self._form.busy("")
        if ended is not None:
            self._form.fill(ended.values)
            self._form.show_problems(ended.problems or {"": f"{ended.sentence} {ended.next}"})

    def close(self) -> None:
        """Go away: it was done."""
        self._done = True
        if self._form is not None:
            self._form.close()
        self._app.drafts.pop(self._draft_of, None)

    def drop(self) -> None:
        """Listen no longer to what becomes known."""
        self._stop()

    def _afresh(self) -> None:
        """Throw the draft away: the form stands as the action says, and as the account is now."""
        self._app.drafts.pop(self._draft_of, None)
        if self._form is not None:
            self._form.restart(self._before)
            self._shown = self._form.values

    def _title(self) -> str:
        errand = self._errand
        name = errand.resource.singular
        title = errand.action.title
        title = title[:1].upper() + title[1:]
        new = f"New {name}: {self._chosen}" if self._chosen else f"New {name}"
        return f"{title} {errand.label(self._item)}" if self._item is not None else new

    def _cost(self, values: Mapping[str, str]) -> str:
        """Say what sending what stands in the form costs."""
        credits = self._fill.credits
        return words.count(credits(values) if credits is not None else self._errand.action.credits, "credit")

    def _check(self, values: Mapping[str, str]) -> Any:
        from xplenty_tui.core.fields_check import check

        before = self._before if self._fill.clears else None
        return check(self._model, values, before=before, zone=self._app.zone)

    def _problems(self, values: Mapping[str, str]) -> Mapping[str, str]:
        found: Mapping[str, str] = self._check(values).problems
        if self._form is not None:
            self._form.cost = self._cost(values)
        return found

    def _preview(self, values: Mapping[str, str]) -> Sequence[Line]:
        preview = self._fill.preview
        return preview(values, self._app.context()) if preview is not None else ()

    def _choices(self) -> dict[str, list[Option]]:
        found = self._fill.choices(self._app.context(), self._item)
        return {name: options(choices) for name, choices in found.items()}

    def _known(self, kind: str) -> None:
        """Offer what became known."""
        if kind in self._fill.kinds and self._form is not None and not self._form.gone:
            for name, options in self._choices().items():
                self._form.offer(name, options)

    def _changed(self, name: str) -> None:
        """Ask for what follows from a field that was chosen anew."""
        derive, form = self._fill.derive.get(name), self._form
        value = form.values.get(name, "") if form is not None else ""
        if derive is not None and form is not None and value:
            self._app.start_task(self._put(form, derive(self._session.client, value, form.values, self._app.context())))

    def _preset(self, preset: Preset) -> Any:
        def put() -> None:
            form = self._form
            if form is not None:
                work = preset.values(self._session.client, form.values, self._app.context())
                self._app.start_task(self._put(form, work, preset.title))

        return put

    async def _put(self, form: Form, work: Any, title: str = "") -> None:
        try:
            values = await work
        except ApiError as error:
            self._app.say(explain(error).what, Tone.BAD)
            return
        if values is None:
            self._app.say(f"There are none: {title}.", Tone.WARN)
        elif not form.gone:
            form.fill(values)

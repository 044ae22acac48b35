"""A box in which a person fills in fields: checked while typing, sent by ``ctrl+s``, left by ``esc`` with a draft.

It decides nothing: it is given fields and texts, and hands texts on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from textual import events
from textual.message import Message

from xplenty_tui.core.declare import Tone
from xplenty_tui.core.fields import Field
from xplenty_tui.core.widths import cells
from xplenty_tui.tui.widgets.bar import Span
from xplenty_tui.tui.widgets.chooser import Option
from xplenty_tui.tui.widgets.form_box import Line
from xplenty_tui.tui.widgets.form_rows import Part
from xplenty_tui.tui.widgets.form_state import PAGE, Given, Picking
from xplenty_tui.tui.widgets.form_view import FormView


class Form(FormView):
    """The box."""

    class Closed(Message):
        """It went away; what was typed may be kept."""

        def __init__(self, values: dict[str, str]) -> None:
            super().__init__()
            self.values = values

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        values: Mapping[str, str],
        *,
        submit: Callable[[Mapping[str, str]], object],
        check: Callable[[Mapping[str, str]], Mapping[str, str]],
        choices: Mapping[str, Sequence[Option]] | None = None,
        note: Callable[[Mapping[str, str]], Sequence[Line]] | None = None,
        where: str = "",
        verb: str = "sends",
        changed: Callable[[str], object] | None = None,
        extras: Sequence[tuple[str, str, Callable[[], object]]] = (),
        kept: str = "",
        afresh: Callable[[], object] | None = None,
    ) -> None:
        """``choices`` by the name of the field, or by its pattern for those of a list (``task.packages.*.package_id``).

        ``submit`` gets texts that ``check`` finds nothing wrong with; the form stays until it is closed. ``changed``
        gets the name of a field whose text was chosen anew, or typed anew once the cursor leaves it; texts that are
        filled in are not told. ``extras`` are more keys: Textual's name, a title, what is called. ``kept`` says of the
        values that they are a draft, and of when; ctrl+r calls ``afresh`` as long as it stands there.
        """
        super().__init__(title, where, Given(fields, values, check, note, changed), choices or {})
        self._submit, self._verb, self._extras = submit, verb, tuple(extras)
        self.kept, self._afresh = kept, afresh

    # What its owner says.

    def offer(self, name: str, options: Sequence[Option]) -> None:
        """Let a field be chosen from these: they became known."""
        self.choices[name] = options
        self.match()
        self.check()  # what is said of it may have names now
        self._show()

    def fill(self, values: Mapping[str, str]) -> None:
        """Put texts in by the names of their fields: they became known. Those not named stay as they are."""
        self.put_in(values)
        self._show()

    def restart(self, values: Mapping[str, str]) -> None:
        """Begin with these texts and nothing else: what was a draft is thrown away."""
        self.kept = ""
        self.begin(values)
        self._show()

    def busy(self, text: str) -> None:
        """Take no keys but ``esc`` while something is under way, and say what; "" ends it."""
        self.sending = text
        self._show()

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Show what the server refused, each at its field; names that are none are said below the fields."""
        self.sending = ""
        self.refused = dict(problems)
        self.to_wrong()
        self._show()

    # Keys.

    def on_typed(self, key: str, character: str | None) -> None:
        """Do what a key means where the cursor is."""
        if self.sending or not self.draft.rows:
            if key == "escape":
                self.close()
            return
        if self.picking is not None:
            self._choose(self.picking, key, character)
        elif not self._anywhere(key):
            self._here(key, character)
        self._show()

    def on_pasted(self, text: str) -> None:
        """Type all of a text, where text is typed."""
        if self.sending or not self.draft.rows or self.row.part is Part.ADD:
            return
        if self.picking is not None or not (self.row.words or self.options(self.row)):
            self._type("", text)
            self._show()

    def _anywhere(self, key: str) -> bool:
        """Do what a key means wherever the cursor is; whether it means something."""
        meanings: dict[str, Callable[[], object]] = {
            "escape": self.close,
            "ctrl+s": self.send,
            "tab": self.next,
            "shift+tab": self.before,
            "down": partial(self.move, 1),
            "up": partial(self.move, -1),
            "pagedown": partial(self.move, PAGE),
            "pageup": partial(self.move, -PAGE),
            "ctrl+a": self.add,
            "ctrl+d": self.remove_row,
            **{extra: call for extra, _, call in self._extras},
            **({"ctrl+r": self._afresh} if self.kept and self._afresh is not None else {}),
        }
        if key in meanings:
            meanings[key]()
        return key in meanings

    def _here(self, key: str, character: str | None) -> None:
        """Do what a key means on a row of this sort."""
        row = self.row
        if row.part is Part.ADD:
            self.add() if key in ("enter", "space") else None
        elif self.options(row):
            if key in ("backspace", "delete") and not row.field.required:
                self.put("")
            elif key == "enter" or character is not None:
                self.open("" if key in ("enter", "space") else character or "")
        elif key == "enter" or (character == "=" and row.part is Part.PAIR and self.cell == 0):
            self.next()
        elif row.words:
            self._turn(key, character)
        else:
            self._type(key, character)

    def _type(self, key: str, character: str | None) -> None:
        """Type into the row, or into the line that searches its options."""
        if character is not None:
            self.editor.type(character)
        else:
            self.editor.key(key)
        if self.picking is not None:
            self.match()
        else:
            self.put(self.editor.text)

    def _turn(self, key: str, character: str | None) -> None:
        """Go from one word to another."""
        words, text = self.row.words, self.draft.text(self.row)
        place = words.index(text) if text in words else -1
        if key in ("space", "right"):
            place += 1
        elif key == "left":
            place = max(place, 0) - 1
        elif key in ("backspace", "delete") and "" in words:
            place = 0
        elif character is not None:
            later = [*words[place + 1 :], *words[: place + 1]]
            starts = [word for word in later if word.lower().startswith(character.lower())]
            place = words.index(starts[0]) if starts else place
        else:
            return
        if place >= 0 or key == "left":
            self.put(words[place % len(words)])

    def _choose(self, picking: Picking, key: str, character: str | None) -> None:
        """Move in the open options, take one or none of them, or search."""
        steps = {"down": 1, "up": -1, "ctrl+n": 1, "ctrl+p": -1, "pagedown": PAGE, "pageup": -PAGE}
        if key in steps:
            picking.move(steps[key])
        elif key == "enter":
            if picking.found:
                chosen = picking.found[picking.cursor].id
                self.shut()
                self.put(chosen)
                self.next()
        elif key == "escape":
            self.shut()
        elif key in ("tab", "shift+tab"):
            self.shut()
            self.next() if key == "tab" else self.before()
        else:
            self._type(key, character)

    def send(self) -> None:
        """Hand the texts on, or go to the first field that is wrong."""
        self.refused = {}
        self.check()
        if self.problems:
            self.to_wrong()
        else:
            self._submit(self.draft.sent)

    def _show(self) -> None:
        """Draw what is different, in a taller box when more lines are needed."""
        if not self.is_mounted or self.gone:
            return
        if self.size.height and self.wanted(self.room[0]) > self.room[1]:
            self.place()
        self.paint()

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys that work now, the most needed first."""
        if self.sending:
            return (("esc", "closes"),)
        if self.picking is not None:
            return (("type", "to search"), ("enter", "takes it"), ("esc", "takes none"))
        here: tuple[tuple[str, str], ...] = ()
        if self.draft.rows and (self.row.part is Part.PAIR or self.row.item):
            here = (("ctrl+a", "adds"), ("ctrl+d", "removes"))
        elif self.draft.rows and self.options(self.row):
            here = (("enter", "chooses"),)
        elif self.draft.rows and self.row.words:
            here = (("space", "changes"),)
        extras = ((key, title) for key, title, _ in self._extras)
        afresh = (("ctrl+r", "afresh"),) if self.kept and self._afresh is not None else ()
        return (("ctrl+s", self._verb), ("esc", "closes"), *afresh, *extras, *here, ("tab", "next"))

    def hints(self) -> Line:
        """Return what the keys do here, as many as fit."""
        first, *more = (f"{key} {what}" for key, what in self.keys())
        if self.sending:
            return [(f"◌ {self.sending}", Tone.BUSY), (f"   {first}", Tone.DIM)]
        if self.picking is not None:
            return [("   ".join((first, *more)), Tone.DIM)]
        found: list[Span] = [(first, Tone.STRONG)]
        room = self.room[0] - cells(first)
        for part in (*more, "what is typed is kept"):
            room -= cells(part) + 3
            if room < 0:
                break
            found.append((f"   {part}", Tone.DIM))
        return found

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the row that was clicked."""
        event.stop()
        if not self.sending and (index := self.row_at(event.y)) is not None:
            self.go(index)
            self._show()

    def closing(self) -> None:
        """Hand over what was typed."""
        self.post_message(self.Closed(self.values))

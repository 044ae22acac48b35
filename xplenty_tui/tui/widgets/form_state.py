"""Where a person is in a form and what has been typed, found wrong and opened so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from xplenty_tui.core.fields import Field, pattern
from xplenty_tui.core.words import secret_looking
from xplenty_tui.tui.widgets.chooser import Option, matching
from xplenty_tui.tui.widgets.form_box import Box, Line
from xplenty_tui.tui.widgets.form_line import Editor
from xplenty_tui.tui.widgets.form_rows import Draft, Part, Row

PAGE = 5
"""Rows that page up and page down move."""


@dataclass
class Picking:
    """The options of a row, open under it."""

    found: list[Option]
    cursor: int = 0

    def move(self, steps: int) -> None:
        """Move the cursor; the ends hold it."""
        self.cursor = min(max(self.cursor + steps, 0), max(len(self.found) - 1, 0))


@dataclass(frozen=True)
class Given:
    """What the owner of a form gives it."""

    fields: Sequence[Field]
    values: Mapping[str, str]
    check: Callable[[Mapping[str, str]], Mapping[str, str]]
    note: Callable[[Mapping[str, str]], Sequence[Line]] | None = None
    changed: Callable[[str], object] | None = None
    """Gets the name of a field that was chosen anew, or typed anew and left."""


class FormState(Box):
    """The state; ``FormView`` draws it, ``Form`` says what the keys do to it."""

    def __init__(self, title: str, where: str, given: Given, choices: Mapping[str, Sequence[Option]]) -> None:
        super().__init__(title, where)
        self._given = given
        self.draft = Draft(given.fields, given.values)
        self.choices = dict(choices)
        self.problems: dict[str, str] = {}
        """What is wrong, by the name of the field; said once the person has been there."""
        self.refused: dict[str, str] = {}
        """What the server said is wrong; stands until the field is changed."""
        self.touched: set[str] = set()
        self.at = 0
        """The index of the row with the cursor."""
        self.cell = 1
        """Of names and values: 0 for the name, 1 for the value."""
        self.editor = Editor()
        self.picking: Picking | None = None
        self.sending = ""
        self.notes: list[Line] = []
        """What will be sent."""
        self.begin(given.values)

    def begin(self, values: Mapping[str, str]) -> None:
        """Hold these texts, with nothing touched and the cursor on the first row."""
        self.draft = Draft(self._given.fields, values)
        self.refused, self.touched, self.picking = {}, set(), None
        self.check()
        self._told = self.values
        if self.draft.rows:
            self._stand(0)

    @property
    def row(self) -> Row:
        """The row with the cursor."""
        return self.draft.rows[self.at]

    @property
    def values(self) -> dict[str, str]:
        """The texts as they are: a draft, whether right or wrong."""
        return self.draft.values

    def options(self, row: Row) -> Sequence[Option]:
        """Return what a row is chosen from; none: it is typed."""
        return self.choices.get(row.name) or self.choices.get(pattern(row.name)) or ()

    def hides(self, row: Row) -> bool:
        """Whether the text of a row is masked."""
        return row.field.secret or (row.part is Part.PAIR and secret_looking(self.draft.text(row, 0)))

    def problem(self, row: Row) -> str:
        """Return what is said to be wrong with a row; of names and values, under the first of them."""
        if row.index:
            return ""
        wrong = self.problems.get(row.name, "") if row.name in self.touched else ""
        return self.refused.get(row.name, "") or wrong

    # Changing.

    def check(self) -> None:
        """Check what was typed, and say anew what will be sent."""
        values = self.draft.sent
        self.problems = dict(self._given.check(values))
        self.notes = list(self._given.note(values)) if self._given.note is not None else []

    def changed(self) -> None:
        """Take note that the row with the cursor says something else."""
        self.touched.add(self.row.name)
        for name in (self.row.name, ""):
            self.refused.pop(name, None)
        self.check()

    def put(self, text: str) -> None:
        """Change what the row holds."""
        if text != self.draft.text(self.row, self.cell):
            self.draft.put(self.row, text, self.cell)
            self.changed()
            if self.row.words or self.options(self.row):
                self.tell()

    def tell(self) -> None:
        """Tell that the field with the cursor is another one than when this was told last."""
        name, text = self.row.name, self.values.get(self.row.name, "")
        if text != self._told.get(name, ""):
            self._told[name] = text
            if self._given.changed is not None:
                self._given.changed(name)

    def put_in(self, values: Mapping[str, str]) -> None:
        """Put texts in that somebody else knew, which nobody is told; the cursor stays where it is."""
        old = self.row if self.draft.rows else None
        text = self.draft.text(old, self.cell) if old is not None else ""
        self.draft.fill(values)
        self._told |= {name: held for name, held in self.values.items() if name in values}
        for name in (*values, ""):
            self.refused.pop(name, None)
        if old is not None:
            same = [at for at, row in enumerate(self.draft.rows) if row.name == old.name and row.index <= old.index]
            self.at = same[-1] if same else min(self.at, len(self.draft.rows) - 1)
            if self.row != old or self.draft.text(self.row, self.cell) != text:
                self._stand(self.at)
        self.check()

    def add(self) -> None:
        """Add a pair or an item, and go there."""
        if (row := self.draft.add(self.row)) is not None:
            self.go(self.draft.rows.index(row))
            self.changed()

    def remove_row(self) -> None:
        """Take away the pair or the item with the cursor."""
        if self.draft.remove(self.row):
            self._stand(self.at)
            self.changed()

    # Moving.

    def go(self, index: int, cell: int | None = None) -> None:
        """Put the cursor on a row (the ends hold it), on the name or the value of a pair."""
        self.touched.add(self.row.name)
        if self.draft.rows[min(max(index, 0), len(self.draft.rows) - 1)].name != self.row.name:
            self.tell()
        self._stand(index, cell)

    def _stand(self, index: int, cell: int | None = None) -> None:
        self.at, self.picking = min(max(index, 0), len(self.draft.rows) - 1), None
        unnamed = self.row.part is Part.PAIR and not self.draft.text(self.row, 0)  # is named first
        self.cell = (0 if unnamed else 1) if cell is None else cell
        self.editor = Editor(self.draft.text(self.row, self.cell))

    def next(self) -> None:
        """Go to the next place to type in; from the last to the first."""
        if self.row.part is Part.PAIR and self.cell == 0 and self.draft.text(self.row, 0):
            self.go(self.at, 1)
        else:
            self.go((self.at + 1) % len(self.draft.rows))

    def before(self) -> None:
        """Go to the place to type in before this one; from the first to the last."""
        if self.row.part is Part.PAIR and self.cell == 1:
            self.go(self.at, 0)
        else:
            self.go((self.at - 1) % len(self.draft.rows))

    def move(self, rows: int) -> None:
        """Go up or down by rows."""
        self.go(self.at + rows)

    def to_wrong(self) -> None:
        """Go to the first row that is wrong, and say of all what is wrong with them."""
        self.touched |= {row.name for row in self.draft.rows}
        wrong = next((index for index, row in enumerate(self.draft.rows) if self.problem(row)), None)
        if wrong is not None:
            self.go(wrong)

    # Options.

    def open(self, text: str) -> None:
        """Open the options of the row, those that ``text`` finds; with "" the cursor is on the one in force."""
        self.editor, self.picking = Editor(text), Picking([])
        self.match()
        ids = [option.id for option in self.picking.found]
        here = self.draft.text(self.row)
        self.picking.cursor = ids.index(here) if not text and here in ids else 0

    def match(self) -> None:
        """Show the options that what is typed finds."""
        if self.picking is not None:
            found = matching(self.options(self.row), self.editor.text)
            if found != self.picking.found:
                self.picking = Picking(found)

    def shut(self) -> None:
        """Close the options without taking one."""
        self.picking = None
        self.editor = Editor(self.draft.text(self.row, self.cell))

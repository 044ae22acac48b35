"""What a form looks like: its rows with help and problems under them, the options of one, and what will be sent."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from xplenty_tui.core.declare import Tone
from xplenty_tui.core.fields import Field, Kind
from xplenty_tui.core.widths import cells, cut, pad
from xplenty_tui.core.words import NONE
from xplenty_tui.tui.widgets.bar import Span
from xplenty_tui.tui.widgets.chooser import Option
from xplenty_tui.tui.widgets.form_box import REVERSED, Line, arrows, wrapped
from xplenty_tui.tui.widgets.form_line import HIDDEN
from xplenty_tui.tui.widgets.form_rows import Part, Row
from xplenty_tui.tui.widgets.form_state import FormState, Given, Picking
from xplenty_tui.tui.widgets.spans import safe

MOST_OPTIONS = 6
"""Options shown at once under a row."""
MASK = HIDDEN * 8
"""Drawn for a secret, whatever its length."""


class Drawn(NamedTuple):
    """A line of the part that scrolls."""

    row: int
    """The index of the row that it belongs to."""
    line: Line


class FormView(FormState):
    """The drawing."""

    def __init__(self, title: str, where: str, given: Given, choices: Mapping[str, Sequence[Option]]) -> None:
        super().__init__(title, where, given, choices)
        self._top, self._tallest = 0, 0
        self.cost = ""
        """What sending it costs, in words; stands in the lower edge."""
        self.kept = ""
        """That what stands here is a draft, and of when; "" when it is not."""
        self._laid: tuple[list[Drawn], list[Line]] | None = None

    def tail(self) -> str:
        """Return what sending it costs."""
        return self.cost

    @abstractmethod
    def hints(self) -> Line:
        """Return what the keys do here, the most needed first."""

    # Lines.

    def wanted(self, width: int) -> int:
        """Return the most lines that were ever needed: a box that shrinks while one types is hard to read."""
        lines = len(self._lines(width)) + 2 + len(self.notes) + len(self._general(width)) + bool(self.kept)
        self._tallest = max(self._tallest, lines)
        return self._tallest

    def paint(self, rows: Iterable[int] | None = None) -> None:
        """Draw what is different."""
        self._laid = None
        super().paint(rows)

    def resized(self) -> None:
        """Lay everything out anew."""
        self._laid = None

    def _sight(self) -> tuple[list[Drawn], list[Line]]:
        """Return the lines that scroll and those below them, laid out once for each time that all is drawn."""
        if self._laid is None:
            width, height = self.room
            self._laid = self._lines(width), self._below(width, height)
            self._follow(self._laid[0], height - len(self._laid[1]))
        return self._laid

    def inside(self, y: int, width: int) -> Line:
        """Return a line: the rows, a rule, what is wrong in general, what is sent, the keys."""
        lines, below = self._sight()
        window = self.room[1] - len(below)
        if y < window:
            place = self._top + y
            return lines[place].line if place < len(lines) else ()
        return self._rule(len(lines), window, width) if y == window else below[y - window]

    def _below(self, width: int, height: int) -> list[Line]:
        """Return the lines that do not scroll: a place for the rule, then at most a third of the box, and the keys."""
        most = max(height // 3, 1)
        lines: list[Line] = [*self._general(width)[:most]]
        room = most - len(lines)
        notes = self.notes if len(self.notes) <= room else self.notes[: max(room - 1, 0)]
        lines += notes
        if room and len(notes) < len(self.notes):
            lines.append([(f"… {len(self.notes) - len(notes)} more lines", Tone.DIM)])
        kept: list[Line] = [[(f"▲ {self.kept}: ctrl+r starts afresh", Tone.WARN)]] if self.kept else []
        return [(), *lines, *kept, self.hints()]

    def _general(self, width: int) -> list[Line]:
        known = {row.name for row in self.draft.rows}
        said = [text for name, text in self.refused.items() if name not in known]
        said += [text for name, text in self.problems.items() if name not in known and self.touched]
        return [line for text in said for line in wrapped([(f"✗ {text}", Tone.BAD)], width)]

    def _rule(self, count: int, window: int, width: int) -> Line:
        above, below = self._top, max(count - window - self._top, 0)
        if not above and not below:
            return [("─" * width, Tone.DIM)]
        words = f"── {arrows(above, below)} "
        return [(words + "─" * max(width - len(words), 0), Tone.DIM)]

    def _follow(self, lines: Sequence[Drawn], window: int) -> None:
        """Scroll no further than needed to see the row with the cursor and what stands under it."""
        own = [place for place, drawn in enumerate(lines) if drawn.row == self.at]
        first, last = (own[0], own[-1]) if own else (0, 0)
        self._top = min(max(self._top, last - window + 1), first, max(len(lines) - window, 0))

    def row_at(self, y: int) -> int | None:
        """Return the index of the row that is drawn on a line of the box."""
        lines, below = self._sight()
        place = self._top + y - 1
        inside = 1 <= y <= self.room[1] - len(below)
        return lines[place].row if inside and place < len(lines) else None

    def _lines(self, width: int) -> list[Drawn]:
        found: list[Drawn] = []
        aside = min(max((cells(safe(row.label)) for row in self.draft.rows), default=0) + 2, width * 2 // 5)
        for index, row in enumerate(self.draft.rows):
            under: list[Line] = []
            found.append(Drawn(index, self._row(row, index == self.at, width, aside)))
            if index == self.at and self.picking is not None:
                found += [Drawn(index, line) for line in self._options(self.picking, width - 4)]
                continue
            if problem := self.problem(row):
                under = wrapped([(f"  ✗ {problem}", Tone.BAD)], width)[:3]
            elif index == self.at and (said := _help(row.field, bool(self.options(row)))):
                under = wrapped([(f"    {said}", Tone.DIM)], width)[:2]
            found += [Drawn(index, line) for line in under]
        return found

    def _row(self, row: Row, here: bool, width: int, aside: int) -> Line:
        mark = "✗ " if self.problem(row) else "▸ " if here else "  "
        needed = " *" if row.field.required and row.label else ""
        label = pad(cut(safe(row.label), aside - len(needed)) + needed, aside + 1)
        tone = Tone.BAD if mark == "✗ " else Tone.STRONG if here else Tone.PLAIN
        return [(mark, tone), (label, tone), *self._value(row, here, width - 3 - aside)]

    def _value(self, row: Row, here: bool, width: int) -> Line:
        """Draw what a row holds; where the next key goes is reversed."""
        if row.part is Part.ADD:
            return [("+ another", REVERSED if here else Tone.LINK)]
        if row.part is Part.PAIR:
            return self._pair(row, here, width)
        text = self.draft.text(row)
        if options := self.options(row):
            if here and self.picking is not None:
                return self._typed(width)
            title = next((option.title for option in options if option.id == text), text)
            return [(cut(safe(title[:1000]) or NONE, width - 2), REVERSED if here else Tone.PLAIN), (" ▾", Tone.DIM)]
        if row.words:
            word = cut(safe(text.replace("_", " ")) or NONE, width - 4)
            return [("‹", Tone.DIM), (f" {word} ", REVERSED if here else Tone.PLAIN), ("›", Tone.DIM)]
        if here:
            return self._typed(width)
        if text and self.hides(row):
            return [(MASK, Tone.PLAIN)]
        blank = "needed" if row.field.required else NONE
        return [(cut(safe(text[:1000]), width), Tone.PLAIN) if text else (blank, Tone.DIM)]

    def _pair(self, row: Row, here: bool, width: int) -> Line:
        name, value = self.draft.text(row, 0), self.draft.text(row, 1)
        if not here and not name and not value:
            return [("name = value", Tone.DIM)]
        names = [one for one in self.draft.rows if one.name == row.name]
        longest = max(cells(safe(self.draft.text(one, 0)[:200])) for one in names) + 1
        aside = min(max(longest, 6), width // 2)
        left: Line = [(pad(safe(name[:200]), aside), Tone.PLAIN)]
        shown = MASK if value and self.hides(row) else safe(value[:1000])
        right: Line = [(cut(shown, width - aside - 3), Tone.PLAIN)]
        if here and self.cell == 0:
            left = self._typed(aside, fill=True)
        elif here:
            right = self._typed(width - aside - 3)
        return [*left, (" = ", Tone.DIM), *right]

    def _typed(self, width: int, *, fill: bool = False) -> list[Span]:
        """Draw the text that is being typed, with the cursor in it."""
        hidden = self.picking is None and (self.cell == 1 or self.row.part is not Part.PAIR) and self.hides(self.row)
        before, under, after = self.editor.seen(width, hidden=hidden)
        left = width - cells(before) - cells(under) - cells(after)
        return [(before, Tone.STRONG), (under, REVERSED), (after + (" " * left if fill else ""), Tone.STRONG)]

    def _options(self, picking: Picking, width: int) -> list[Line]:
        """Draw the options that match, those around the cursor."""
        found = picking.found
        if not found:
            return [[("    nothing matches", Tone.DIM)]]
        start = min(max(picking.cursor - MOST_OPTIONS + 1, 0), max(len(found) - MOST_OPTIONS, 0))
        lines: list[Line] = []
        for index, option in enumerate(found[start : start + MOST_OPTIONS], start):
            here = index == picking.cursor
            about = "  ".join(one for one in (option.about, option.hint) if one)
            title = f"{option.mark} {cut(safe(option.title[:1000]), width * 2 // 3)}"
            lines.append(
                [
                    ("  ▸ " if here else "    ", Tone.STRONG),
                    (title, REVERSED if here else Tone.PLAIN),
                    (cut(safe(f"  {about}"[:1000]), max(width - cells(title), 0)), Tone.DIM),
                ]
            )
        if more := len(found) - len(lines):
            lines[-1] = [*lines[-1], (f"  … {more} more", Tone.DIM)]
        return lines


def _help(one: Field, chosen: bool = False) -> str:
    """Return what is said under a row: its help, and what is allowed unless the help says it.

    Nothing is said of the size of what is ``chosen`` from options, or of the number of something: nobody counts there.
    """
    if chosen or one.name.rpartition(".")[2] == "id" or one.name.endswith("_id"):
        return one.help
    bounds = "" if one.bounds in one.help or one.bounds.startswith("at least 1 char") else one.bounds
    allowed = f"{bounds[:1].upper()}{bounds[1:]}." if bounds else ""
    kinds = {Kind.WHOLE: "A whole number.", Kind.NUMBER: "A number.", Kind.TIME: "Such as 2027-03-14 02:30."}
    return " ".join(text for text in (one.help, allowed or kinds.get(one.kind, "")) if text)

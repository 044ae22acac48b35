"""The texts of a form, and the rows in which they are typed: one for each text, one for each name with its value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from xplenty_tui.core.fields import NO, YES, Field, Kind, pairs_of, pairs_text


class Part(Enum):
    """What a row is of its field."""

    VALUE = auto()
    PAIR = auto()
    ADD = auto()
    """The line under a list that adds another item."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a form that the cursor can stand on."""

    name: str
    """The whole name of the field, as the texts have it."""
    label: str
    field: Field
    part: Part = Part.VALUE
    index: int = 0
    """Which pair it is; one more than there are is the empty last line."""
    item: tuple[str, int] | None = None
    """The list and the item of it that the row belongs to."""

    @property
    def words(self) -> tuple[str, ...]:
        """What the row is changed between by a key, blank first where it may be left out; empty: it is typed."""
        words = (YES, NO) if self.field.kind is Kind.YES_NO else self.field.words
        blank = not self.field.required and not self.field.default
        return ("", *words) if words and blank else words


class Draft:
    """What is typed so far."""

    def __init__(self, fields: Sequence[Field], values: Mapping[str, str]) -> None:
        self._fields = tuple(fields)
        self._texts: dict[str, str] = {}
        self._pairs: dict[str, list[tuple[str, str]]] = {}
        self._counts: dict[str, int] = {}
        self._fill(self._fields, "", values)
        self._all: tuple[Row, ...] = ()
        self.rows: tuple[Row, ...] = ()
        """The rows that matter as things stand, from the top."""
        self._lay()

    def _fill(self, fields: Sequence[Field], prefix: str, values: Mapping[str, str]) -> None:
        for one in fields:
            name = prefix + one.name
            if one.kind is Kind.ITEMS:
                start = f"{name}."
                places = {key[len(start) :].partition(".")[0] for key in values if key.startswith(start)}
                numbers = [int(place) for place in places if place.isascii() and place.isdecimal() and len(place) < 4]
                self._counts[name] = max(numbers, default=0 if one.required else -1) + 1
                for index in range(self._counts[name]):
                    self._fill(one.items, f"{name}.{index}.", values)
            elif one.kind is Kind.MAP:
                self._pairs[name] = _pairs(values.get(name, one.default))
            else:
                self._texts[name] = values.get(name, one.default)

    @property
    def values(self) -> dict[str, str]:
        """The texts by the names of all fields, hidden ones too; names and values as ``pairs_text`` writes them."""
        found = dict(self._texts)
        for name, pairs in self._pairs.items():
            found[name] = pairs_text(pair for pair in pairs if pair[0].strip() or pair[1].strip())
        return {row.name: found[row.name] for row in self._all if row.part is not Part.ADD}

    @property
    def sent(self) -> dict[str, str]:
        """The texts that are meant: a hidden field's is as if it had not been touched."""
        hidden = {row.name: row.field.default for row in self._all if row not in self.rows}
        return self.values | hidden

    def _lay(self) -> None:
        self._all = tuple(self._rows(self._fields, "", "", None))
        self._choose()

    def _choose(self) -> None:
        """Hide the rows that do not matter, as long as another field says what it says."""
        self.rows = tuple(
            row for row in self._all if (when := row.field.when) is None or self._texts.get(when.name) == when.text
        )

    def _rows(self, fields: Sequence[Field], prefix: str, before: str, item: tuple[str, int] | None) -> Iterator[Row]:
        for one in fields:
            name, label = prefix + one.name, before + one.title
            if one.kind is Kind.MAP:
                for index in range(len(self._pairs[name]) + 1):
                    yield Row(name, "" if index else label, one, Part.PAIR, index, item)
            elif one.kind is Kind.ITEMS:
                for place in range(self._counts[name]):
                    yield from self._rows(one.items, f"{name}.{place}.", f"{before}{place + 1}. ", (name, place))
                yield Row(name, label, one, Part.ADD)
            else:
                yield Row(name, label, one, item=item)

    def text(self, row: Row, cell: int = 1) -> str:
        """Return the text of a row; of a pair its name is cell 0 and its value cell 1."""
        if row.part is Part.VALUE:
            return self._texts[row.name]
        pairs = self._pairs.get(row.name, [])
        return pairs[row.index][cell] if row.index < len(pairs) else ""

    def put(self, row: Row, text: str, cell: int = 1) -> None:
        """Change the text of a row; typing on the empty last line of names and values makes a pair of it."""
        if row.part is Part.VALUE:
            self._texts[row.name] = text
            self._choose()
        elif row.part is Part.PAIR:
            pairs = self._pairs[row.name]
            if row.index < len(pairs):
                name, value = pairs[row.index]
                pairs[row.index] = (text, value) if cell == 0 else (name, text)
            elif text:
                pairs.append((text, "") if cell == 0 else ("", text))
                self._lay()

    def add(self, row: Row) -> Row | None:
        """Make room for another pair or item where ``row`` is; return the first row of it."""
        if row.part is Part.PAIR:
            return next(one for one in reversed(self.rows) if one.name == row.name)
        name = row.name if row.part is Part.ADD else row.item[0] if row.item else None
        if name is None:
            return None
        place, self._counts[name] = self._counts[name], self._counts[name] + 1
        self._fill(self._list(name).items, f"{name}.{place}.", {})
        self._lay()
        return next(one for one in self.rows if one.name.startswith(f"{name}.{place}."))

    def remove(self, row: Row) -> bool:
        """Take away the pair or the item that ``row`` belongs to; whether there was one."""
        if row.part is Part.PAIR:
            if row.index >= len(self._pairs[row.name]):
                return False
            del self._pairs[row.name][row.index]
        elif row.item is not None:
            self._without(*row.item)
        else:
            return False
        self._lay()
        return True

    def _without(self, name: str, place: int) -> None:
        """Take an item out of a list; those after it move up."""
        start, values = f"{name}.", self.values
        kept: dict[str, str] = {}
        for key, text in values.items():
            if not key.startswith(start):
                kept[key] = text
                continue
            number, _, rest = key[len(start) :].partition(".")
            if int(number) != place:
                kept[f"{start}{int(number) - (int(number) > place)}.{rest}"] = text
        left = self._counts[name] - 1
        self._texts, self._pairs, self._counts = {}, {}, {}
        self._fill(self._fields, "", kept)
        self._counts[name] = left

    def fill(self, values: Mapping[str, str]) -> None:
        """Put texts in place of those that stand there; all others stay. A list is taken as a whole."""
        lists = [f"{one.name}." for one in self._fields if one.kind is Kind.ITEMS]
        anew = tuple(start for start in lists if any(name.startswith(start) for name in values))
        kept = {name: text for name, text in self.values.items() if not (anew and name.startswith(anew))}
        self._texts, self._pairs, self._counts = {}, {}, {}
        self._fill(self._fields, "", {**kept, **values})
        self._lay()

    def _list(self, name: str) -> Field:
        return next(row.field for row in self.rows if row.name == name and row.part is Part.ADD)


def _pairs(text: str) -> list[tuple[str, str]]:
    try:
        return list(pairs_of(text))
    except ValueError:
        return []

"""The blocks of a page as lines of a width: how many, where each starts, what each is about, where a text is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Hashable, Sequence
from itertools import accumulate
from typing import Any

from xplenty_tui.core.declare import Context, Resource, Row
from xplenty_tui.core.page import Block, Entry, Heading, Listing
from xplenty_tui.core.store import Odd
from xplenty_tui.core.widths import cells
from xplenty_tui.tui.widgets.cells import GAP, Cells, cell, fitted
from xplenty_tui.tui.widgets.spans import Span, block, safe, wrap
from xplenty_tui.tui.widgets.table import GUTTER

LABELS = 28
"""Cells that a label takes at most."""
LONG = 200
"""Characters from which a text is worth remembering where it was broken."""

LEAST = 28
"""Cells that what an entry says needs before anything stands at its right end."""

Wraps = dict[tuple[str, int], tuple[str, list[Span]]]


def key_of(resource: Resource[Any], item: Any) -> str:
    """Return the key of an item of a listing."""
    return item.key if isinstance(item, Odd) else resource.key(item)


def _entry_name(key: str) -> Hashable:
    """Return the identity of an entry, which is the same in whatever part of the page it stands."""
    return "", Entry.__name__, key, 0


class Sheet:
    """Blocks laid out in ``width`` cells; made anew when blocks or width change."""

    def __init__(
        self,
        blocks: Sequence[Block],
        ctx: Context,
        width: int,
        *,
        revealed: Hashable = None,
        before: Sheet | None = None,
    ) -> None:
        self.blocks = tuple(blocks)
        self.ctx = ctx
        self.width = width
        self._known: Wraps = before._wraps if before else {}
        self._wraps: Wraps = {}
        self.names: list[Hashable] = self._identities()
        self.labels: list[int] = self._label_widths()
        self.texts: dict[int, str] = {}
        """The drawn text of each row, by the place of its block."""
        self.spans: dict[int, list[Span]] = {}
        self.cells: dict[int, Cells] = {}
        """The columns of each listing."""
        self.ends: list[tuple[int, ...]] = self._end_widths()
        """For each block the cells of the texts at the right end of its part."""
        heights = [self._lay(place, one, revealed) for place, one in enumerate(self.blocks)]
        self.starts = [0, *accumulate(heights)]
        """The line at which each block starts; behind the last one how many lines there are."""
        self._known = {}

    @property
    def count(self) -> int:
        """How many lines there are."""
        return self.starts[-1]

    def at(self, line: int) -> tuple[int, int]:
        """Return the block that a line belongs to and the place of the line within it."""
        place = min(bisect_right(self.starts, line) - 1, len(self.blocks) - 1)
        return place, line - self.starts[place]

    def lead(self, place: int) -> int:
        """Return how many lines of a block come before the first on which a cursor may stand."""
        one = self.blocks[place]
        match one:
            case Heading():
                return 1 if place else 0
            case Listing():
                return 1 if one.head and not one.beside else 0
            case Row() | Entry():
                return 0

    def beside(self, place: int) -> Cells:
        """Return the columns whose heads stand on the line of a heading: those of the listing below it."""
        below = self.blocks[place + 1] if place + 1 < len(self.blocks) else None
        return self.cells[place + 1] if isinstance(below, Listing) and below.beside else ()

    def stands(self, line: int) -> bool:
        """Whether the cursor may stand on a line: not on a blank one, nor on the heads of columns, nor on a detail."""
        if not 0 <= line < self.count:
            return False
        place, offset = self.at(line)
        one = self.blocks[place]
        if isinstance(one, Row):
            begin, end = self.spans[place][offset]
            return end > begin or (offset == 0 and bool(one.label or one.bullet))
        if isinstance(one, Entry):
            return offset == 0
        if isinstance(one, Heading) and one.passed:
            return False
        return offset >= self.lead(place)

    def indent(self, place: int) -> int:
        """Return the cells before the text of a row, behind its label and bullet."""
        row = self.blocks[place]
        if not isinstance(row, Row):
            return GUTTER
        label = self.labels[place] + 2 if row.label and self.labels[place] else 0
        return GUTTER + label + (2 if row.bullet else 0)

    def identity(self, line: int) -> tuple[Hashable, Hashable]:
        """Return what a line is about, the same after the blocks were made anew: its block and the place within."""
        place, offset = self.at(line)
        one = self.blocks[place]
        if isinstance(one, Listing) and offset >= self.lead(place):
            return self.names[place], key_of(one.resource, one.items[offset - self.lead(place)])
        return self.names[place], offset

    def line_of(self, identity: tuple[Hashable, Hashable]) -> int | None:
        """Return where a line with this identity is now; the nearest one of its block; None when that is gone."""
        name, within = identity
        place = self.names.index(name) if name in self.names else self._holder(name)
        if place is None:
            return None
        start, height = self.starts[place], self.starts[place + 1] - self.starts[place]
        one = self.blocks[place]
        if isinstance(one, Listing):
            keys = [key_of(one.resource, item) for item in one.items]
            return start + self.lead(place) + keys.index(str(within)) if within in keys else start
        return start + min(within if isinstance(within, int) else 0, max(height - 1, 0))

    def _holder(self, name: Hashable) -> int | None:
        """Return the entry into which the one of this name is folded now, or that came out of it."""
        for place, one in enumerate(self.blocks):
            if isinstance(one, Entry) and any(name == _entry_name(key) for key in one.holds):
                return place
        return None

    def search(self, pattern: re.Pattern[str], line: int, forward: bool) -> int | None:
        """Return the next (or previous) line with the text, going round at the end; None when there is none."""
        if not self.blocks:
            return None
        first, total = self.at(line)[0], len(self.blocks)
        for step in range(total + 1):
            place = (first + (step if forward else -step)) % total
            found = self._lines_with(place, pattern)
            if step == 0:
                found = [one for one in found if (one > line if forward else one < line)]
            if found:
                return found[0 if forward else -1]
        return None

    def _lines_with(self, place: int, pattern: re.Pattern[str]) -> list[int]:
        one, start = self.blocks[place], self.starts[place]
        match one:
            case Heading():
                said = f"{one.title} {one.hint}"
                return [start + self.lead(place)] if pattern.search(said) else []
            case Entry():
                said = f"{one.name} {one.text} {one.detail}"
                return [start] if pattern.search(said) else []
            case Listing():
                lead, cells = start + self.lead(place), self.cells[place]
                return [lead + row for row, item in enumerate(one.items) if pattern.search(self._said(cells, item))]
            case Row():
                begins = [begin for begin, _ in self.spans[place]]
                lines = {bisect_right(begins, match.start()) - 1 for match in pattern.finditer(self.texts[place])}
                if pattern.search(one.label):
                    lines.add(0)
                return [start + line for line in sorted(lines)]

    def _said(self, cells: Cells, item: Any) -> str:
        if isinstance(item, Odd):
            return f"{item.key} {item.reason}"
        return " ".join(cell(column, item, self.ctx) for column, _ in cells)

    def _identities(self) -> list[Hashable]:
        """Name each block by its part, and a row by its label and how many of that label came before."""
        part, seen = "", dict[Hashable, int]()
        names: list[Hashable] = []
        for one in self.blocks:
            if isinstance(one, Heading):
                part = one.name
            if isinstance(one, Entry):
                names.append(_entry_name(one.key))
                continue
            label = one.label if isinstance(one, Row) else one.resource.name if isinstance(one, Listing) else ""
            name = (part, type(one).__name__, label)
            seen[name] = nth = seen.get(name, -1) + 1
            names.append((*name, nth))
        return names

    def _label_widths(self) -> list[int]:
        """Return for each block the cells of the widest label of its part."""
        widths: list[int] = []
        part_start, widest = 0, 0
        for place, one in enumerate(self.blocks):
            if isinstance(one, Heading):
                widths += [widest] * (place - part_start)
                part_start, widest = place, 0
            elif isinstance(one, Row) and one.label:
                widest = max(widest, len(safe(one.label)))
        widths += [widest] * (len(self.blocks) - part_start)
        return [min(width, LABELS, self.width // 3) for width in widths]

    def _end_widths(self) -> list[tuple[int, ...]]:
        """Return for each block the cells of the widest texts at the right end of its part; none where it is narrow."""
        found: list[tuple[int, ...]] = []
        widths: list[int] = []
        start = 0
        for place, one in enumerate((*self.blocks, Heading("", ""))):
            if isinstance(one, Heading):
                found += [self._ends_with_room(widths)] * (place - start)
                start, widths = place, []
            ends = one.ends if isinstance(one, Heading | Entry) else ()
            widths += [0] * (len(ends) - len(widths))
            widths[: len(ends)] = [max(cells(safe(text)), old) for text, old in zip(ends, widths, strict=False)]
        return found

    def _ends_with_room(self, widths: list[int]) -> tuple[int, ...]:
        needed = sum(width + GAP for width in widths)
        return tuple(widths) if self.width - GUTTER - needed >= LEAST else ()

    def _lay(self, place: int, one: Block, revealed: Hashable) -> int:
        """Break one block into lines; returns how many."""
        match one:
            case Heading():
                return 1 + self.lead(place)
            case Entry():
                return 2 if one.detail else 1
            case Listing():
                named = [column for name in one.columns if (column := one.resource.column(name)) is not None]
                longest = max((len(key_of(one.resource, item)) for item in one.items), default=0)
                room = self.width - GUTTER
                self.cells[place] = fitted(one.resource, named or one.resource.columns, room, longest)
                return len(one.items) + self.lead(place)
            case Row():
                shown = one.secret if one.secret is not None and self.names[place] == revealed else one.text
                text, spans = self._broken(shown + (" ›" if one.link else ""), self.width - self.indent(place))
                self.texts[place], self.spans[place] = text, spans
                return len(spans)

    def _broken(self, text: str, width: int) -> tuple[str, list[Span]]:
        """Return a text as it may be drawn and where it is broken; long ones are remembered from page to page."""
        if len(text) < LONG:
            drawn = block(text)
            return drawn, wrap(drawn, width)
        key = (text, width)
        known = self._known.get(key) or self._wraps.get(key)
        if known is None:
            drawn = block(text)
            known = (drawn, wrap(drawn, width))
        self._wraps[key] = known
        return known

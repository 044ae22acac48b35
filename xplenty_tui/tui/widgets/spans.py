"""One line of the terminal, built from texts and styles: never markup, never a control character, few style changes."""

from __future__ import annotations

import re
from functools import lru_cache

from rich.cells import cell_len, get_character_cell_size, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter
from textual.strip import Strip

from xplenty_tui.core import ascii, words

_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\ud800-\udfff\ufe00-\ufe0f\ufeff\ufff0-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Controls, halves of surrogates, what changes the direction, and what has no width that terminals agree on."""

_SPACES = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029")
_SELECTORS = "\ufe0e\ufe0f"

ASCII = str.maketrans({"…": "~", "–": "-", "●": "*", "▲": "^", "▼": "v", "▸": "+", "▾": "-", "›": ">", "▐": "|"})
"""The program's own signs for a terminal that shows ASCII only."""


def ascii_only(strip: Strip) -> Strip:
    """Return a line in ASCII: the last guard, for signs and texts that were put together before."""
    return Strip(Plain().apply(list(strip), BLACK), strip.cell_length)


class Plain(LineFilter):
    """Leaves ASCII of all that is written, cell by cell."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments in ASCII."""
        return [one if one.control or one.text.isascii() else Segment(_plain(one.text), one.style) for one in segments]


BLACK = Color(0, 0, 0)
"""A filter is told the background; ours does not look at it."""


def _plain(text: str) -> str:
    return set_cell_size(ascii.plain(text), cell_len(text))


def safe(text: str) -> str:
    """Return ``text`` as one line that may be drawn: the last guard behind the cleaning of the API's texts."""
    if text.isprintable() and (text.isascii() or not _UNSAFE.search(text)):
        return text
    return _UNSAFE.sub(_instead, text)


def _instead(match: re.Match[str]) -> str:
    character = match.group()
    if character in _SPACES:
        return " "
    drawn_as_nothing = character > "\xa0" and not "\ud800" <= character <= "\udfff"
    return "" if drawn_as_nothing else "\ufffd"


def fit(text: str, width: int, *, right: bool = False, mark: str = "…") -> str:
    """Return ``text`` in exactly ``width`` cells: safe, cut in the middle or filled with spaces."""
    if width <= 0:
        return ""
    if len(text) > 8 * width + 16:  # a hostile text is not measured to its end
        text = text[: 4 * width + 8] + mark + text[-4 * width - 8 :]
    text = safe(text)
    if text.isascii():
        missing = width - len(text)
        if missing >= 0:
            return text.rjust(width) if right else text.ljust(width)
    text = words.shorten(text, width, mark)
    missing = width - cell_len(text)
    if missing < 0:
        return set_cell_size(text, width)
    return " " * missing + text if right else text + " " * missing


def _same_ground(one: Style, other: Style) -> bool:
    """Whether a space looks the same in both styles."""
    if one.reverse or other.reverse or one.underline or other.underline:
        return False
    return one.bgcolor == other.bgcolor


class Runs:
    """A line in the making. Spaces join the run beside them, whatever its colour: bytes are what SSH is slow at."""

    __slots__ = ("_runs", "width")

    def __init__(self) -> None:
        self._runs: list[tuple[str, Style]] = []
        self.width = 0
        """Cells so far."""

    def add(self, text: str, style: Style, width: int | None = None) -> None:
        """Append a text that is already safe; ``width`` where its cells are known."""
        if not text:
            return
        self.width += (len(text) if text.isascii() else cell_len(text)) if width is None else width
        if not self._runs:
            self._runs.append((text, style))
            return
        before, last = self._runs[-1]
        if last == style or (text.isspace() and _same_ground(last, style)):
            self._runs[-1] = (before + text, last)
        elif before.isspace() and _same_ground(last, style):
            self._runs[-1] = (before + text, style)
        else:
            self._runs.append((text, style))

    def space(self, cells: int, style: Style) -> None:
        """Append spaces."""
        self.add(" " * cells, style, cells)

    def strip(self, width: int, style: Style) -> Strip:
        """Return the line in exactly ``width`` cells, filled with spaces."""
        if self.width < width:
            self.space(width - self.width, style)
        strip = Strip([Segment(text, style) for text, style in self._runs], self.width)
        return strip if self.width == width else strip.crop(0, width)


_NARROW = re.compile("[ -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u2010-\u2027\u2500-\u25fc\u2800-\u28ff]*")
"""Texts in which every character takes one cell: nearly all that are long."""

Span = tuple[int, int]


def block(text: str) -> str:
    """Return a text of several lines as it may be drawn: safe, tabs as spaces, one kind of line end."""
    if text.isprintable() and text.isascii():
        return text
    lines = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4).split("\n")
    return "\n".join(map(safe, lines))


def wrap(text: str, width: int) -> list[Span]:
    """Return where the lines of ``text`` (as ``block`` gives it) start and end in ``width`` cells.

    Broken between words where possible. The cost is linear, whatever the text: a log of a megabyte takes milliseconds.
    """
    width = max(width, 2)
    if len(text) <= width and "\n" not in text and text.isascii():
        return [(0, len(text))]
    spans: list[Span] = []
    start = 0
    for paragraph in text.split("\n"):
        if len(paragraph) <= width and paragraph.isascii():
            spans.append((start, start + len(paragraph)))
        elif _NARROW.fullmatch(paragraph):
            spans += _wrap_narrow(paragraph, width, start)
        else:
            spans += _wrap_any(paragraph, width, start)
        start += len(paragraph) + 1
    return spans


@lru_cache(maxsize=64)
def _breaks(width: int) -> re.Pattern[str]:
    return re.compile(rf"(.{{0,{width - 1}}}\S)(?: +|$)|(.{{1,{width}}})")


def _wrap_narrow(text: str, width: int, start: int) -> list[Span]:
    found = []
    for match in _breaks(width).finditer(text):
        group = match.lastindex or 0
        if group == 1 or not match.group().isspace():
            found.append((start + match.start(group), start + match.end(group)))
    return found or [(start, start)]


def _wrap_any(text: str, width: int, start: int) -> list[Span]:
    """Break a text with wide or joined characters: character by character."""
    spans: list[Span] = []
    begin, used, gap, most = 0, 0, 0, 8 * width
    for place, character in enumerate(text):
        cells = get_character_cell_size(character)
        while begin < place and (used + cells > width or place - begin > most):
            end = gap if gap > begin else place
            spans.append((start + begin, start + end))
            begin = end + 1 if text[end] == " " and end < place else end
            used = cell_len(text[begin:place])
        if character == " ":
            gap = place
        used += cells
    spans.append((start + begin, start + len(text)))
    return spans

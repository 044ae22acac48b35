"""A box over the page with a frame, a title and the account in its corner, which takes every key: forms and questions.

It is drawn line by line, so that a key repaints the lines it changed and nothing of the page below.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from xplenty_tui.core.declare import Tone
from xplenty_tui.core.widths import cells, cut
from xplenty_tui.tui.widgets.bar import Span
from xplenty_tui.tui.widgets.canvas import Canvas
from xplenty_tui.tui.widgets.spans import ASCII, Runs, block, safe, wrap

LIGHT, HEAVY, PLAIN = "┌─┐│└┘", "┏━┓┃┗┛", "+-+|++"
"""Corners and sides: for forms and questions, for dangers, for terminals that show ASCII only."""

Line = Sequence[Span]
"""One line of text: pieces and their meanings."""

SIGNS = {
    **ASCII,
    **str.maketrans(
        {"▸": ">", "─": "-", "▲": "!", "•": "*", "‹": "<", "▏": "_", "◌": "~", "✗": "x", "↑": "^", "↓": "v"}
    ),
}


def text_of(line: Line) -> str:
    """Return what a line says."""
    return "".join(text for text, _ in line)


def wrapped(line: Line, width: int) -> list[Line]:
    """Return a line as lines of at most ``width`` cells; those that follow are indented as the first one is."""
    pieces = [(block(text).replace("\n", " "), tone) for text, tone in line]
    whole = text_of(pieces)
    indent = min(len(whole) - len(whole.lstrip(" ")), max(width // 2, 0))
    found: list[Line] = []
    for start, end in wrap(whole[indent:], width - indent):
        found.append([(" " * indent, Tone.PLAIN), *_part(pieces, start + indent, end + indent)])
    return found


def arrows(above: int, below: int) -> str:
    """Say how many lines are out of sight."""
    parts = [f"{sign} {count}" for sign, count in (("↑", above), ("↓", below)) if count > 0]
    return f"{' '.join(parts)} more {'line' if above + below == 1 else 'lines'}"


def _part(pieces: Line, start: int, end: int) -> Line:
    """Return the pieces between two characters of a line."""
    found, place = [], 0
    for text, tone in pieces:
        piece = text[max(start - place, 0) : max(end - place, 0)]
        if piece:
            found.append((piece, tone))
        place += len(text)
    return found


class Box(Canvas, can_focus=True):
    """The frame and the keys. Subclasses say what is inside and what a key does."""

    DEFAULT_CSS = """
    Box { layer: box; position: absolute; background: $panel; }
    """
    widest = 76

    class Drawn(Message):
        """Something in it may be different: what its keys do, too."""

    def __init__(self, title: str, where: str) -> None:
        super().__init__()
        self.title_, self.where = title, where
        self.gone = False
        """It was closed; an answer that comes now is late."""
        self.ascii = False
        """Draw signs that an ASCII terminal can show."""

    # What a subclass says.

    @abstractmethod
    def wanted(self, width: int) -> int:
        """Return how many lines would be filled inside, each ``width`` cells wide."""

    @abstractmethod
    def inside(self, y: int, width: int) -> Line:
        """Return one line inside."""

    @abstractmethod
    def on_typed(self, key: str, character: str | None) -> None:
        """Do what a key means; ``character`` is what it types, if anything."""

    @abstractmethod
    def on_pasted(self, text: str) -> None:
        """Take a text that came in one piece."""

    @abstractmethod
    def closing(self) -> None:
        """Say what has to be said about the end."""

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys that work now, each with what it does, the most needed first."""
        return (("esc", "closes"),)

    def edge(self) -> tuple[str, Tone]:
        """Return the signs and the meaning of the frame."""
        return LIGHT, Tone.BUSY

    def head(self) -> Line:
        """Return what stands in the upper edge."""
        return [(self.title_, Tone.STRONG)]

    def tail(self) -> str:
        """Return what stands in the lower edge."""
        return ""

    # The protocol of boxes, the same as a chooser's.

    def on_mount(self) -> None:
        """Take the keys, and the middle of the screen."""
        self.ascii = bool(getattr(self.app, "ascii", False))
        self.place()
        self.focus()

    def place(self) -> None:
        """Fit the box to the screen."""
        screen = self.app.size
        width = min(self.widest, max(20, screen.width - 4))
        height = min(self.wanted(width - 4) + 2, max(6, screen.height - 3))
        self.styles.width, self.styles.height = width, height
        self.styles.offset = (max(0, (screen.width - width) // 2), max(0, min(3, (screen.height - height - 1) // 2)))
        self.paint()

    def take_keys(self) -> None:
        """Take the keys again: a box that lay over this one is gone."""
        self.focus()

    @property
    def ready(self) -> bool:
        """Whether typed keys arrive by themselves."""
        return self.has_focus

    def take(self, event: events.Key) -> None:
        """Take a key, wherever the focus is."""
        self.on_key(event)

    def on_key(self, event: events.Key) -> None:
        """Take every key; the one that ends the program goes on to it."""
        if event.key == "ctrl+c":
            return
        event.stop()
        event.prevent_default()
        if not self.gone:
            self.on_typed(event.key, event.character if event.is_printable else None)
            self.post_message(self.Drawn())

    def on_paste(self, event: events.Paste) -> None:
        """Take a pasted text: never as keys."""
        event.stop()
        if not self.gone:
            self.on_pasted(event.text)
            self.post_message(self.Drawn())

    def close(self) -> None:
        """Go away."""
        if not self.gone:
            self.gone = True
            self.closing()
            self.remove()

    # Drawing.

    @property
    def room(self) -> tuple[int, int]:
        """The cells of a line inside, and the lines."""
        return max(self.size.width - 4, 1), max(self.size.height - 2, 1)

    @property
    def text(self) -> str:
        """What stands in the box, for tests and screen readers."""
        return "\n".join(self.render_line(y).text for y in range(self.size.height))

    def make(self, y: int, width: int) -> Strip:
        """Draw a line of the frame or one inside it."""
        signs, tone = (PLAIN, self.edge()[1]) if self.ascii else self.edge()
        edge, last = self.look.of(tone), self.size.height - 1
        runs = Runs()
        if y == 0:
            runs.add(f"{signs[0]}{signs[1]} ", edge)
            self._pieces(runs, self.head(), max(width - 6 - min(cells(safe(self.where)) + 3, width // 2), 4))
            runs.add(" ", edge)
            where = cut(safe(self.where), max(width - runs.width - 4, 0))
            tail = f" {where} " if where else ""
            runs.add(signs[1] * max(width - runs.width - cells(tail) - 2, 0), edge)
            runs.add(tail, self.look.of(Tone.PLAIN))
            runs.add(signs[1] + signs[2], edge)
        elif y == last:
            runs.add(signs[4] + signs[1], edge)
            self._pieces(runs, [(f" {tail} ", Tone.DIM)] if (tail := self.tail()) else (), max(width - 4, 0))
            runs.add(signs[1] * max(width - runs.width - 1, 0) + signs[5], edge)
        else:
            runs.add(f"{signs[3]} ", edge)
            self._pieces(runs, self.inside(y - 1, width - 4), width - 4)
            runs.space(max(width - 2 - runs.width, 0), self.look.of(Tone.PLAIN))
            runs.add(f" {signs[3]}", edge)
        return runs.strip(width, self.look.of(Tone.PLAIN))

    def _pieces(self, runs: Runs, line: Line, room: int) -> None:
        """Draw texts in at most ``room`` cells: data, never markup."""
        for text, tone in line:
            plain = cut(safe(text[: 4 * room + 8]), room)
            if self.ascii:
                plain = plain.translate(SIGNS)
            runs.add(plain, self.style(tone))
            room -= cells(plain)
            if room <= 0:
                break

    def style(self, tone: Tone | Style) -> Style:
        """Return the style of a meaning, on the ground of the box."""
        return self.look.of(tone) if isinstance(tone, Tone) else self.look.of(Tone.PLAIN) + tone


REVERSED = Style(reverse=True)
"""What the next key goes to: seen without any colour."""

__all__ = ["HEAVY", "LIGHT", "REVERSED", "Box", "Line", "text_of", "wrapped"]

"""One line of text being typed: what the keys do to it, and which part of it is seen. Draws nothing itself.

A box of many fields has one of these and not an input widget for each, so that a key repaints one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len

from xplenty_tui.core.widths import clusters
from xplenty_tui.tui.widgets.spans import safe

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]+")
_SPLIT = re.compile("([\x00-\x1f\x7f-\x9f])")
_WORD_LEFT = re.compile(r"\w*\W*\Z")
_WORD_RIGHT = re.compile(r"\w*\W*")
_NEAR = 64
"""Characters looked at to find where a person sees the next one begin."""

HIDDEN = "•"
"""Drawn for each character of a secret."""


def _units(text: str) -> Iterator[str]:
    """Yield what a person sees as one character; a control character is one, whatever stands before it."""
    for piece in _SPLIT.split(text):
        if len(piece) == 1:
            yield piece
        else:
            yield from (cluster for cluster, _ in clusters(piece))


class Editor:
    """A text and the place in it where typing goes."""

    KEYS = frozenset(
        {
            "left", "right", "home", "end", "ctrl+e", "ctrl+left", "ctrl+right",
            "backspace", "delete", "ctrl+w", "ctrl+u", "ctrl+k",
        }
    )  # fmt: skip
    """What ``key`` understands."""

    def __init__(self, text: str = "") -> None:
        self.text = text
        self.cursor = len(text)
        """Index of the character before which typing goes."""

    def type(self, text: str) -> None:
        """Insert what was typed or pasted: ends of lines become spaces, other controls nothing."""
        lines = " ".join(text.splitlines()) if len(text) > 1 else text
        plain = _CONTROLS.sub("", lines.replace("\t", " "))
        self.text = self.text[: self.cursor] + plain + self.text[self.cursor :]
        self.cursor += len(plain)

    def key(self, key: str) -> bool:
        """Do what a key of ``KEYS`` does; whether it is one."""
        if key not in self.KEYS:
            return False
        start, end = self.cursor, self.cursor
        match key:
            case "left" | "backspace":
                start = self._before()
            case "right" | "delete":
                end = self._after()
            case "home" | "ctrl+u":
                start = 0
            case "end" | "ctrl+e" | "ctrl+k":
                end = len(self.text)
            case "ctrl+left" | "ctrl+w":
                match = _WORD_LEFT.search(self.text[max(0, start - 1000) : start])
                start -= len(match.group()) if match else 0
            case "ctrl+right":
                match = _WORD_RIGHT.match(self.text, end)
                end = match.end() if match else end
        if key in {"backspace", "delete", "ctrl+w", "ctrl+u", "ctrl+k"}:
            self.text = self.text[:start] + self.text[end:]
            self.cursor = start
        else:
            self.cursor = start if start < self.cursor else end
        return True

    def _before(self) -> int:
        near = list(_units(self.text[max(0, self.cursor - _NEAR) : self.cursor]))
        return self.cursor - len(near[-1]) if near else 0

    def _after(self) -> int:
        near = next(_units(self.text[self.cursor : self.cursor + _NEAR]), "")
        return self.cursor + len(near)

    def seen(self, width: int, *, hidden: bool = False, sign: str = HIDDEN) -> tuple[str, str, str]:
        """Return what is seen in ``width`` cells: before the cursor, under it (a space at the end), after it."""
        width = max(width, 2)
        most = 2 * width + _NEAR
        left = [_shown(one, hidden, sign) for one in _units(self.text[max(0, self.cursor - most) : self.cursor])]
        right = [_shown(one, hidden, sign) for one in _units(self.text[self.cursor : self.cursor + most])]
        under, after = (right[0] or " ", right[1:]) if right else (" ", [])
        room = width - cell_len(under)
        ahead = min(sum(map(cell_len, after)), width // 4)
        before = _fitting(left[::-1], room - ahead)[::-1]
        room -= sum(map(cell_len, before))
        return "".join(before), under, "".join(_fitting(after, room))


def _shown(unit: str, hidden: bool, sign: str) -> str:
    return sign if hidden else safe(unit)


def _fitting(parts: list[str], room: int) -> list[str]:
    """Return as many parts from the front as have room."""
    taken = []
    for part in parts:
        room -= cell_len(part)
        if room < 0:
            break
        taken.append(part)
    return taken

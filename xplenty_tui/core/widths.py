"""How many terminal cells a text takes, and how to make it fit, without asking the screen's library.

Counted as terminals and Rich do: East Asian wide characters take two cells, marks and format characters none,
ambiguous ones (``…``, ``▶``) one.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from unicodedata import category, east_asian_width

_JOINER = "\u200d"
_EMOJI_STYLE = "\ufe0f"
_EMOJI_BASES = frozenset("#*0123456789‼⁉")
_JOINING = (("\u1160", "\u11ff"), ("\U0001f3fb", "\U0001f3ff"))
"""The later letters of a Hangul syllable; skin tones."""
_NO_WIDTH = frozenset({"Mn", "Mc", "Me", "Cf", "Cc"})
_SOFT_HYPHEN = "\xad"


@lru_cache(maxsize=4096)
def _width(character: str) -> int:
    if character == _SOFT_HYPHEN:  # a format character that terminals draw
        return 1
    if category(character) in _NO_WIDTH or any(first <= character <= last for first, last in _JOINING):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def _becomes_wide(character: str) -> bool:
    """Whether the emoji variation selector makes this character two cells wide."""
    return _width(character) == 1 and (category(character) in {"So", "Sm"} or character in _EMOJI_BASES)


def _flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def clusters(text: str) -> Iterator[tuple[str, int]]:
    """Yield what a person sees as one character, with its cells: a base with its marks, joined emoji, a flag."""
    held, width = "", 0
    for character in text:
        own = _width(character)
        joins = held.endswith(_JOINER)
        flag = len(held) == 1 and _flag_letter(held) and _flag_letter(character)
        if not held:
            held, width = character, own
        elif character == _EMOJI_STYLE:
            width += 1 if len(held) == 1 and _becomes_wide(held) else 0
            held += character
        elif own == 0 or joins or flag:
            held += character
            width += own if flag else 0
        else:
            yield held, width
            held, width = character, own
    if held:
        yield held, width


def cells(text: str) -> int:
    """Return how many cells ``text`` takes in one line; control characters take none."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(width for _, width in clusters(text))


def shorten(text: str, width: int, mark: str = "…") -> str:
    """Return ``text`` in at most ``width`` cells: cut in the middle, because names differ at both ends."""
    if cells(text) <= width:
        return text
    room = width - cells(mark)
    if room <= 0:
        return _take(list(clusters(mark)), width)
    parts = list(clusters(text))
    tail_room = room // 2
    head = _take(parts, room - tail_room)
    tail = _take(parts[::-1], room - cells(head), backwards=True)
    return head + mark + tail


def cut(text: str, width: int, mark: str = "…") -> str:
    """Return ``text`` in at most ``width`` cells: cut at the end, as sentences are."""
    if cells(text) <= width:
        return text
    room = width - cells(mark)
    if room <= 0:
        return _take(list(clusters(mark)), width)
    return _take(list(clusters(text)), room).rstrip() + mark


def pad(text: str, width: int, *, right: bool = False, mark: str = "…") -> str:
    """Return ``text`` in exactly ``width`` cells: shortened in the middle, or filled with spaces."""
    text = shorten(text, width, mark).rstrip(_JOINER)  # one at the end would swallow the first space
    fill = " " * (width - cells(text))
    return fill + text if right else text + fill


def _take(parts: list[tuple[str, int]], room: int, *, backwards: bool = False) -> str:
    """Join as many parts from the front as have room."""
    taken = []
    for part, width in parts:
        room -= width
        if room < 0:
            break
        taken.append(part)
    return "".join(reversed(taken) if backwards else taken)

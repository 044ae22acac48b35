"""Terminals that show ASCII only: how they are known, and what is written instead of everything else.

What such a terminal gets must be ASCII to the last byte. In UTF-8 an "Û" ends with the byte 9B, with which a terminal
of one byte a character begins a control sequence.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from unicodedata import normalize

from xplenty_tui.core.widths import cells

SIGNS = str.maketrans(
    {
        **dict(zip("…–—●▲▼▸▾›▐·•‹→↑↓▏┃│─━", "~--*^v+->|-*<>^v_||--", strict=True)),
        **dict(zip("✓✗▶◷■◌≠−×┌┐└┘┏┓┗┛█░", "+x>o#~!-x++++++++#-", strict=True)),
        **dict(zip("‘’‚“”„«»", '\'\',"""<>', strict=True)),
    }
)
"""The program's own signs, and those that people write with."""


def ascii_only(environment: Mapping[str, str]) -> bool:
    """Tell whether the locale cannot show ✓ and ▶. No locale at all is taken for UTF-8, as terminals have it."""
    locale = next((environment[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if environment.get(name)), "utf-8")
    return "utf" not in locale.lower()


COERCED = frozenset({"C.UTF-8", "C.utf8", "UTF-8"})
"""What Python sets LC_CTYPE to by itself where the locale is C or is not installed (PEP 538)."""


def as_given(environment: Mapping[str, str], at_start: bytes | None) -> dict[str, str]:
    """Return the variables without the LC_CTYPE that Python made up: the terminal did not become UTF-8 by it.

    ``at_start``: the variables with which the process began, with NULs between them; None where nobody tells.
    """
    given = dict(environment)
    if given.get("LC_CTYPE") in COERCED and not given.get("LC_ALL"):
        made_up = bool(given.get("LANG")) if at_start is None else b"\0LC_CTYPE=" not in b"\0" + at_start
        if made_up:
            del given["LC_CTYPE"]
    return given


def plain(text: str) -> str:
    """Return ``text`` in ASCII and in as many cells: letters without their accents, "?" for what has no likeness."""
    return text if text.isascii() else "".join(map(_plain, text.translate(SIGNS)))


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    if character.isascii():
        return character
    likeness = "".join(one for one in normalize("NFKD", character) if one.isascii() and one.isprintable())
    width = cells(character)
    return likeness if len(likeness) == width else "?" * width

"""Text from a command, a file or a keyring, made fit to stand in a sentence."""

from __future__ import annotations

import re

_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|.)?", re.DOTALL)
"""What a terminal would obey: CSI, OSC and other strings, two-character escapes."""


def plain(text: str, limit: int = 200) -> str:
    """Return ``text`` as one line without control, escape, bidi or invisible characters, cut at ``limit``."""
    words = _SEQUENCE.sub("", text).split()
    line = " ".join("".join(sign for sign in word if sign.isprintable()) for word in words)
    return line if len(line) <= limit else line[: limit - 1] + "…"

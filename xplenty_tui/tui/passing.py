"""Sequences for the terminal that a person sits at, through the tmux or GNU screen that lies between."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping

PIECE = 240
"""Bytes of a sequence that GNU screen passes on in one piece; it drops longer ones."""


def multiplexer(environment: Mapping[str, str]) -> str:
    """Return what lies between the program and the terminal: ``tmux``, ``screen``, or nothing."""
    term = environment.get("TERM", "")
    if environment.get("TMUX") or term.startswith("tmux"):
        return "tmux"
    return "screen" if environment.get("STY") or term.startswith("screen") else ""


def wrapped(plain: str, environment: Mapping[str, str]) -> str:
    """Return a sequence so that what lies between passes it on unread; as it is where nothing does."""
    match multiplexer(environment):
        case "tmux":
            return "\x1bPtmux;" + plain.replace("\x1b", "\x1b\x1b") + "\x1b\\"
        case "screen":
            pieces = (plain[start : start + PIECE] for start in range(0, len(plain), PIECE))
            return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)
    return plain


def clipboard(text: str, environment: Mapping[str, str]) -> str:
    """Return what copies a text to the clipboard of the person's terminal (OSC 52).

    tmux gets it both ways: plain for its ``set-clipboard on``, wrapped for ``allow-passthrough on``.
    """
    plain = f"\x1b]52;c;{b64encode(text.encode('utf-8', 'replace')).decode()}\x07"
    inside = multiplexer(environment)
    return plain + wrapped(plain, environment) if inside == "tmux" else wrapped(plain, environment)

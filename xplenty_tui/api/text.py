"""Text from outside is data: what could steer a terminal or reorder a line is taken out at this boundary."""

from __future__ import annotations

import re
from typing import Any

_BAD = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 without tab and newline, DEL, C1
    "\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"  # bidi controls, invisible characters
    "\u2028\u2029"  # line separators: splitlines() sees lines where the terminal sees none
    "\U000e0000-\U000e007f"  # tags: a hidden copy of ASCII
    "\ud800-\udfff"  # lone surrogates cannot be encoded
)
_SUSPECT = re.compile(f"[{_BAD}]")
_SEQUENCE = re.compile(
    r"\r\n?|[\u2028\u2029]"  # a line's end, however it is written
    r"|(?:\x1b\[|\x9b)[0-?]*+[ -/]*+[@-~]?"  # CSI: colours, cursor
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\n\x07\x1b\x90\x98\x9c-\x9f]*+(?:\x07|\x1b\\|\x9c)"  # OSC, DCS, … whole
    r"|\x1b[ -/]*+[0-~]?"  # other escape sequences, and what is left of an unfinished one
    f"|[{_BAD}]"
)
_ESCAPED = re.compile(r"\\[ubfr]")
_REPLACEMENT = "\ufffd"


def _replace(match: re.Match[str]) -> str:
    found = match.group()
    if found[0] in "\r\u2028\u2029":
        return "\n"
    return _REPLACEMENT if "\ud800" <= found[0] <= "\udfff" else ""


def clean(text: str) -> str:
    r"""Strip control, escape, bidi and invisible characters but ``\n`` and ``\t``; a lone surrogate becomes U+FFFD."""
    return _SEQUENCE.sub(_replace, text) if _SUSPECT.search(text) else text


def cut(text: str, limit: int) -> str:
    """Shorten ``text`` to at most ``limit`` characters, saying with … that something is missing."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def suspicious(json_text: str) -> bool:
    """Whether strings of this JSON document could need cleaning: one look at the whole spares a look at each."""
    return bool(_ESCAPED.search(json_text) or _SUSPECT.search(json_text))


def clean_json(value: Any) -> Any:
    """Clean every string of a parsed JSON document, keys and values alike."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [clean_json(item) for item in value]
    if isinstance(value, dict):
        return {clean(key): clean_json(item) for key, item in value.items()}
    return value

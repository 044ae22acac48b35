"""Secrets in free text: errors, logs and addresses name passwords and keys. Pure; in doubt something is masked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from xplenty_tui.core.words import secret_looking

MASK = "********"
"""Stands for a secret whatever its length; plain ASCII, because it is pasted anywhere."""
SHORTEST = 4
"""A known secret that is shorter is not looked for in a text: it would hide half of it."""

_USER = re.compile(r"(?<=://)[^/\s?#\"'<>`]+(?=@)")
"""User and password before the ``@`` of an address; up to the last one, for passwords hold any sign."""
_BEARER = re.compile(r"\b(Bearer|Basic|Token)(\s+)[\w.~+/=-]{8,}", re.IGNORECASE)
_NAME = re.compile(r"(?<![\w.-])([A-Za-z_][\w.-]{0,199})[\"']?\s{0,3}(?:=>|=|:(?!//))\s{0,3}")
_VALUE = re.compile(r"(?P<quote>[\"'])(?:(?!(?P=quote))[^\\\n]|\\.)*(?P=quote)|[^\s,;&)\]}\"']+")
"""What follows a name in ``name=value``, ``name: value``, ``"name": "value"`` and ``name => 'value'``."""
_SCHEMES = ("bearer", "basic", "token")
"""What stands between the name and the secret of an authorization."""
_KNOWN = re.compile(
    r"\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b"  # keys of AWS
    r"|\bgh[pousr]_[A-Za-z0-9]{20,}\b"
    r"|\bxox[abprs]-[A-Za-z0-9-]{10,}"
    r"|\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*"  # JSON web tokens
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)"
)


def scrub(text: str, secrets: Iterable[str] = ()) -> str:
    """Return ``text`` with what looks like a secret masked, and with each of the known ``secrets`` masked."""
    for secret in sorted({one for one in secrets if len(one) >= SHORTEST}, key=len, reverse=True):
        text = text.replace(secret, MASK)
    text = _KNOWN.sub(MASK, text)
    text = _USER.sub(MASK, text)
    text = _BEARER.sub(rf"\1\2{MASK}", text)
    return "".join(_pairs(text))


def _pairs(text: str) -> Iterator[str]:
    """Yield the text in pieces, values behind names of secrets masked. A name may be the value of another one."""
    at = 0
    for found in _NAME.finditer(text):
        if found.start() < at or not secret_looking(found[1]):
            continue
        value = _VALUE.match(text, found.end())
        if value is None or value[0].lower() in _SCHEMES:
            continue
        quote = value["quote"] or ""
        yield f"{text[at : found.end()]}{quote}{MASK}{quote}"
        at = value.end()
    yield text[at:]

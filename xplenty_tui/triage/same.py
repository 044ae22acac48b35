"""Whether two errors are the same: their texts without what differs from run to run."""

from __future__ import annotations

import re
from functools import lru_cache

from xplenty_tui.core import words

_VARIES = re.compile(
    r"(?P<url>\b\w+://\S+)"
    r"|(?P<path>(?<![\w/])/[\w.\-]+(?:/[\w.\-*]+)+)"
    r"|(?P<quoted>\"[^\"]*\"|'[^']*'|`[^`]*`)"
    r"|(?P<uuid>\b[0-9a-f]{8}-[0-9a-f-]{27,}\b)"
    r"|(?P<date>\b\d{4}-\d\d-\d\d(?:[t ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?z?)?)"
    r"|(?P<hex>\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{6,}…?|\b0x[0-9a-f]+)"
    r"|(?P<number>\d+(?:[.,:]\d+)*)"
)
_LONGEST = 400
"""Characters that are compared: what comes after them is a stack trace."""


@lru_cache(maxsize=4096)
def normal(error: str) -> str:
    """Return the first line of an error with every address, path, quoted name, date, id and number replaced."""
    line = words.first_line(error)[:_LONGEST].casefold()
    return " ".join(_VARIES.sub(lambda found: f"<{found.lastgroup}>", line).split())

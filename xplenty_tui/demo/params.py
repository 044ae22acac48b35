"""Parameters of a call: from the query string, or from a JSON body as the documentation's searches send it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from xplenty_tui.demo.replies import CallError, invalid
from xplenty_tui.demo.stamps import parse

_WHOLE = re.compile(r"-?[0-9]{1,18}")

MOST = 100
"""The largest ``limit``."""


class Params:
    """The values that came with a call; the query string goes before the body."""

    def __init__(self, query: Mapping[str, str], body: Mapping[str, Any]) -> None:
        self.query = query
        self.body = body

    def raw(self, name: str) -> Any:
        """Give a value as it came; None when it did not, or is empty."""
        value = self.query.get(name, self.body.get(name))
        return None if value == "" else value

    def text(self, name: str) -> str | None:
        """Give a value as text."""
        value = self.raw(name)
        return None if value is None else str(value)

    def choice(self, name: str, allowed: Sequence[str], default: str) -> str:
        """Give one of the allowed words; 422 for any other."""
        value = self.text(name)
        if value is None:
            return default
        if value not in allowed:
            raise invalid(f"{name} is not included in the list: {', '.join(allowed)}.")
        return value

    def whole(self, name: str, default: int, low: int, high: int | None = None) -> int:
        """Give a whole number; 422 when it is none or out of range."""
        value = self.raw(name)
        if value is None:
            return default
        if not _WHOLE.fullmatch(str(value)):
            raise invalid(f"{name} is not a number.")
        number = int(value)
        if number < low or (high is not None and number > high):
            least = f"{name} must be at least {low}"
            raise invalid(f"{least}." if high is None else f"{least} and at most {high}.")
        return number

    def flag(self, name: str, default: bool = False) -> bool:
        """Give a yes or no, which the documentation also writes 1 and t."""
        value = self.text(name)
        return default if value is None else value.lower() in ("1", "t", "true", "yes")

    def since(self) -> int:
        """Give ``since`` in seconds since 1970; 0 when it was not sent, 422 when it is no time."""
        value = self.text("since")
        if value is None:
            return 0
        try:
            return parse(value.replace(" ", "+"))
        except ValueError:
            raise invalid("since is not a valid date-time.") from None


def read_body(body: bytes, content_type: str) -> dict[str, Any]:
    """Read a JSON object; 400 when it is none, 415 when it says to be something else."""
    if not body:
        return {}
    if content_type and "json" not in content_type.lower():
        raise CallError(415, "Unsupported media type: the body must be application/json.")
    try:
        data = json.loads(body)
    except ValueError:
        raise CallError(400, "Problems parsing JSON.") from None
    if not isinstance(data, dict):
        raise CallError(400, "Body should be a JSON object.")
    return data

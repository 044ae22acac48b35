"""What goes back over the wire: a reply, or a problem that becomes one."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it goes over the wire; header names as the documentation writes them."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def data(self) -> Any:
        """The parsed JSON body; None when it is empty."""
        return json.loads(self.body) if self.body else None


class CallError(Exception):
    """A call that is answered with an error: ``{"message": …}``."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


def missing() -> CallError:
    """Make a 404: no such thing, or not for this key."""
    return CallError(404, "Not found.")


def invalid(message: str) -> CallError:
    """Make a 422: a value that is not allowed."""
    return CallError(422, message)


@dataclass(slots=True)
class Answer:
    """What a handler gives; ``data`` None is an empty body."""

    data: Any
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

"""What the calls of one deed cost, and by which name the server knows its write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

HEADERS = ("x-request-id", "request-id", "x-amzn-requestid")
"""Where servers tell it; the documentation names none."""


@dataclass(slots=True)
class Receipt:
    """The bill of what was called inside a ``receipt()``, reading back included."""

    credits: int = 0
    request_id: str = ""
    """Of the newest call that acts; "" when the server told none."""


_receipt: ContextVar[Receipt | None] = ContextVar("receipt", default=None)


@contextmanager
def receipt() -> Iterator[Receipt]:
    """Count the credits of the calls made inside, whatever else is fetched at the same time."""
    bill = Receipt()
    token = _receipt.set(bill)
    try:
        yield bill
    finally:
        _receipt.reset(token)


def paid() -> None:
    """Note that a call cost a credit."""
    bill = _receipt.get()
    if bill is not None:
        bill.credits += 1


def named(headers: Mapping[str, str]) -> None:
    """Note the server's name of a call that acted; ``headers`` in lower case."""
    bill = _receipt.get()
    if bill is not None:
        bill.request_id = next((told for name in HEADERS if (told := headers.get(name, "").strip())), "")

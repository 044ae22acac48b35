"""The journal as a person reads it: one line a deed, though the file has one before the sending and one after. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from xplenty_tui.core.journal import Entry, Outcome

UNSEEN = (
    "Nobody saw its end: the program or the host died while it was sent, or another session is still at it. "
    "Look at it before you do it again."
)
"""Said of what was sent, as far as the journal knows, and never ended."""


def by_deed(entries: Iterable[Entry], under_way: Collection[str] = ()) -> list[Entry]:
    """Return the newest word of each deed, with what only older ones tell; ``entries`` and result the newest first.

    A deed whose end is missing is unknown, unless this session is still at it (``under_way``).
    """
    places: dict[str, int] = {}
    found: list[Entry] = []
    for entry in entries:
        if entry.deed and entry.deed in places:
            at = places[entry.deed]
            found[at] = _completed(found[at], entry)
            continue
        if entry.deed:
            places[entry.deed] = len(found)
        lost = entry.outcome is Outcome.ASKED and entry.deed not in under_way
        found.append(replace(entry, outcome=Outcome.UNKNOWN, sentence=UNSEEN) if lost else entry)
    return found


def _completed(newer: Entry, older: Entry) -> Entry:
    """Return the newer line of a deed with what only the older one tells."""
    return replace(
        newer,
        variables=newer.variables or older.variables,
        request_id=newer.request_id or older.request_id,
        credits=older.credits if newer.credits is None else newer.credits,
    )

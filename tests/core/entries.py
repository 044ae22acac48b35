"""Entries of a journal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from xplenty_tui.core.journal import Entry, Outcome

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def entry(number: int = 0, **more: Any) -> Entry:
    given_ = {"account": "acme", "action": "jobs.stop", "outcome": Outcome.DONE, "sentence": f"deed {number}"}
    return Entry(**{"at": AT + timedelta(seconds=number), "kind": "jobs", "key": str(number), **given_, **more})

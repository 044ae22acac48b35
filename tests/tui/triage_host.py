"""The running program on a night with problems that a test hands in."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from tests.triage.nights import Look
from tests.tui.host import Host, running
from xplenty_tui.core.declare import Context
from xplenty_tui.core.page import Entry
from xplenty_tui.triage import look as rules
from xplenty_tui.triage.incidents import Incident


@asynccontextmanager
async def night(monkeypatch: pytest.MonkeyPatch, look: Look, **how: Any) -> AsyncIterator[Host]:
    """Run the program at the triage screen, with these problems and the demo's jobs."""
    monkeypatch.setattr(rules, "look", look)
    async with running(screen="triage", **how) as host:
        await host.until(lambda: all(host.held(kind).loaded_at for kind in ("jobs", "clusters", "schedules")))
        await host.settle()
        yield host


def changing(first: Look) -> tuple[Look, Callable[[Look], None]]:
    """Return a look, and how to make it find something else."""
    found = [first]

    def become(other: Look) -> None:
        found[:] = [other]

    def look(ctx: Context, **_: Any) -> tuple[Incident, ...]:
        return found[0](ctx)

    return look, become


def under(host: Host) -> str:
    one = host.place.page.current()
    return one.key if isinstance(one, Entry) else ""


def keys(host: Host) -> list[str]:
    return [one.key for one in host.place.page.blocks if isinstance(one, Entry)]


def again(host: Host) -> None:
    """Look again, as after an answer that changed something."""
    host.held("jobs").version += 1
    host.place.store_changed(frozenset({"jobs"}))
    host.app.draw_keys()

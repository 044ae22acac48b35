"""The triage screen on different nights, in a small and a usual terminal, and in a wide one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.program.still import Step, still, world
from tests.program.test_snapshots import SIZES, Compare, notes, same
from tests.program.wires import Altered
from tests.triage.nights import Look, finding, hostile, idle, problem, recovered, storm
from xplenty_tui.triage import look as rules
from xplenty_tui.tui.app import XplentyApp

__all__ = ["notes"]

FAILED, IDLE = 90428, "2216"
WIDE = pytest.param((200, 50), id="200x50")
NIGHTS: dict[str, tuple[Look, tuple[Step, ...]]] = {
    "one-failure": (finding(lambda now: problem(FAILED, now)), ()),
    "wireframe": (
        finding(lambda now: problem(FAILED, now), lambda now: idle(IDLE, now), lambda now: recovered(1, now)),
        ("j",),
    ),
    "storm": (finding(storm, lambda now: idle(IDLE, now)), ()),
    "storm-unfolded": (finding(storm, lambda now: idle(IDLE, now)), ("enter", "j", "j")),
    "forty": (finding(*(lambda now, nth=nth: problem(nth, now, nth) for nth in range(40))), ("j",)),
    "forty-next-part": (finding(*(lambda now, nth=nth: problem(nth, now, nth) for nth in range(40))), ("tab",)),
    "long-texts": (finding(hostile), ("j", "j")),
}
QUIET = finding(lambda now: recovered(1, now))


class Missing(httpx.AsyncBaseTransport):
    """The demo account, of which one kind is refused."""

    def __init__(self, kind: str) -> None:
        self.world, self.kind = world(), kind

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if f"/api/{self.kind}" in request.url.path:
            return httpx.Response(500, json={"message": "Internal server error"})
        return await self.world.handle_async_request(request)


def calm(items: list[Any]) -> list[Any]:
    """Return a page without what failed or idles."""
    return [one for one in items if one.get("status") not in {"failed", "error", "idle"}]


@pytest.fixture
def looking(monkeypatch: pytest.MonkeyPatch) -> Callable[[Look], None]:
    """Let the screen find these problems."""
    return lambda look: monkeypatch.setattr(rules, "look", look)


@pytest.mark.parametrize("size", [*SIZES, WIDE])
@pytest.mark.parametrize("name", NIGHTS)
def test_night(name: str, size: tuple[int, int], snap_compare: Compare, looking: Callable[[Look], None]) -> None:
    look, steps = NIGHTS[name]
    looking(look)
    assert same(snap_compare, still(), size, *steps)


@pytest.mark.parametrize("size", SIZES)
def test_quiet_night(size: tuple[int, int], snap_compare: Compare, looking: Callable[[Look], None]) -> None:
    looking(QUIET)
    assert same(snap_compare, still(Altered(calm)), size)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", ["jobs", "schedules"])
def test_a_kind_that_could_not_be_loaded(
    kind: str, size: tuple[int, int], snap_compare: Compare, looking: Callable[[Look], None]
) -> None:
    looking(finding())
    assert same(snap_compare, still(Missing(kind)), size)


@pytest.mark.parametrize("size", SIZES)
def test_without_colour_and_in_ascii(
    size: tuple[int, int], snap_compare: Compare, looking: Callable[[Look], None]
) -> None:
    looking(NIGHTS["storm-unfolded"][0])
    app: XplentyApp = still()
    app.ascii = app.no_color = True
    assert same(snap_compare, app, size, "j")

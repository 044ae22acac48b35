"""History and timeline in a small and a usual terminal, without colour and in ASCII."""

from __future__ import annotations

import pytest

from tests.program.screens import on
from tests.program.still import Step, still
from tests.program.test_snapshots import SIZES, Compare, notes, same
from xplenty_tui.core.declare import Link
from xplenty_tui.tui.app import XplentyApp
from xplenty_tui.tui.screens.history import HistoryPlace
from xplenty_tui.tui.screens.timeline import TimelinePlace

__all__ = ["notes"]


def history(key: str) -> Step:
    """Open the history of a package."""
    return lambda app: app.push(HistoryPlace(Link("packages", key)))


def timeline(kind: str, key: str) -> Step:
    """Open a timeline."""
    return lambda app: app.push(TimelinePlace(Link(kind, key)))


def steps(app: XplentyApp) -> None:
    """Go to the grid of the steps in the history in front."""
    front = app.places.front
    assert isinstance(front, HistoryPlace)
    front.page.goto("steps")


FLOW = "90432"
"""A job of a workflow."""
PAGES: dict[str, tuple[Step, ...]] = {
    "history": (history("412"),),
    "history-none": (history("999999"),),
    "history-grid": (on(FLOW), "h", steps, "enter"),
    "cluster": (timeline("clusters", "2214"),),
    "cluster-none": (timeline("clusters", "999999"),),
    "workflow": (timeline("jobs", FLOW),),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PAGES)
def test_page(name: str, size: tuple[int, int], snap_compare: Compare) -> None:
    assert same(snap_compare, still(screen="jobs"), size, *PAGES[name])


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["history", "history-grid", "cluster"])
def test_without_colour_and_in_ascii(name: str, size: tuple[int, int], snap_compare: Compare) -> None:
    app = still(screen="jobs")
    app.ascii = app.no_color = True
    assert same(snap_compare, app, size, *PAGES[name])

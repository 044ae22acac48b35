"""The same screens in every look: each theme, the terminal's own sixteen colours, no colours and ASCII only."""

from __future__ import annotations

import pytest

from tests.program.screens import SCREENS
from tests.program.still import still
from tests.program.test_snapshots import Compare, notes, same
from xplenty_tui.tui import themes
from xplenty_tui.tui.app import XplentyApp

__all__ = ["notes"]
SHOWN = ("triage", "jobs-marked", "cluster-terminate")
SIZE = (80, 24)


@pytest.mark.parametrize("name", SHOWN)
@pytest.mark.parametrize("look", themes.THEMES[1:], ids=lambda each: each.name.removeprefix("xplenty-"))
def test_theme(look: themes.Theme, name: str, snap_compare: Compare) -> None:
    def dress(app: XplentyApp) -> None:
        app.theme = look.name
        app.draw_frame()

    screen = SCREENS[name]
    assert same(snap_compare, still(screen=screen.section), SIZE, dress, *screen.steps)


@pytest.mark.parametrize("name", SHOWN)
def test_without_colours_and_in_ascii(name: str, snap_compare: Compare, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    screen = SCREENS[name]
    app = still(screen=screen.section)
    app.ascii = True
    assert same(snap_compare, app, SIZE, *screen.steps)

"""What a person chose is there again after a restart: filter, order, columns, section, theme, zone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.host import Host, running
from xplenty_tui.tui.widgets.chooser import Chooser
from xplenty_tui.tui.widgets.columns import ColumnsBox


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path


async def opened(host: Host, kind: type) -> None:
    await host.until(lambda: host.app.boxes() and isinstance(host.app.boxes()[-1], kind) and host.app.boxes()[-1].ready)


def drawn(host: Host) -> list[str]:
    return [column.name for column, _ in host.place.table.cells]


async def test_filter_order_and_section_are_there_again(state):
    async with running(screen="jobs", state=state) as host:
        await host.press("slash", *"status:failed", "enter")
        await host.press("o")
        await opened(host, Chooser)
        await host.press(*"runtime", "enter")
        await host.until(lambda: host.place.view.sort[0] == "runtime")
        shown = list(host.place.view.keys)
    async with running(state=state) as host:
        await host.until(lambda: host.app.places.section == "jobs")
        await host.settle()
        assert (host.place.view.text, host.place.view.sort) == ("status:failed", ("runtime", "desc"))
        assert host.place.view.keys == shown
        await host.press("escape")
    async with running(state=state) as host:
        await host.until(lambda: host.app.places.section == "jobs")
        assert host.place.view.text == "", "a filter that was cleared is not there again"


async def test_what_the_command_line_names_comes_first(state):
    async with running(screen="clusters", state=state) as host:
        await host.settle()
    async with running(screen="schedules", state=state) as host:
        assert host.app.places.section == "schedules"


async def test_columns_are_chosen_ordered_kept_and_given_back(state):
    async with running(screen="clusters", state=state) as host:
        before = drawn(host)
        await host.press("C")
        await opened(host, ColumnsBox)
        await host.press("space", "down", "greater_than_sign", "enter")  # the first away, the second down one
        wanted = [before[2], before[1], *before[3:]]
        await host.until(lambda: drawn(host)[: len(wanted)] == wanted[: len(drawn(host))])
    async with running(screen="clusters", state=state) as host:
        assert drawn(host)[:2] == wanted[:2]
        await host.press("C")
        await opened(host, ColumnsBox)
        await host.press("0", "enter")
        await host.until(lambda: drawn(host) == before)
        await host.press("C")
        await opened(host, ColumnsBox)
        await host.press("space", "escape")
        await host.until(lambda: not host.app.boxes())
        assert drawn(host) == before, "escape keeps nothing"


async def test_no_column_at_all_is_no_choice(state):
    async with running(screen="clusters", state=state) as host:
        before = drawn(host)
        await host.press("C")
        await opened(host, ColumnsBox)
        for _ in host.place.resource.columns:
            await host.press("space", "down")
        box = host.app.boxes()[-1]
        while box._on:
            await host.press("home", *["down"] * box._order.index(next(iter(box._on))), "space")
        await host.press("enter")
        await host.until(lambda: not host.app.boxes())
        assert drawn(host) == before


async def test_theme_and_zone(state, monkeypatch):
    async with running(screen="jobs", state=state) as host:
        await host.press("Z")
        await host.until(lambda: host.app.zone_name == "UTC")
        assert " · UTC · " in host.status
        await host.press("colon")
        await opened(host, Chooser)
        await host.press(*"theme", "enter")
        await opened(host, Chooser)
        await host.press(*"high", "enter")
        await host.until(lambda: host.app.theme == "xplenty-contrast")
    async with running(screen="jobs", state=state) as host:
        await host.until(lambda: host.app.theme == "xplenty-contrast")
        assert host.app.zone_name == "UTC"


async def test_the_demo_leaves_nothing_on_a_disk(state):
    async with running(screen="jobs") as host:
        await host.press("slash", *"status:failed", "enter")
        await host.open("3", "clusters")
    assert list(state.iterdir()) == []


async def test_a_terminal_that_is_too_small_says_so_and_does_nothing():
    async with running(screen="jobs") as host:
        asked = len(host.line.asked)
        await host.pilot.resize_terminal(59, 15)
        await host.see("This terminal is 59x15; xplenty-tui needs 60x16")
        await host.press("3", "R", "colon", "x")
        await host.pilot.pause()
        assert host.app.places.section == "jobs"
        assert not host.app.boxes()
        assert len(host.line.asked) == asked
        await host.pilot.resize_terminal(80, 24)
        await host.until(lambda: "This terminal" not in host.text)
        await host.press("3")
        await host.until(lambda: host.app.places.section == "clusters")
        await host.settle()

"""History and timeline: opened where the cursor is, drawn from what is loaded, and asking only by a key."""

from __future__ import annotations

import re

import pytest

from tests.tui.host import Host, running
from xplenty_tui.tui.screens.history import HistoryPlace
from xplenty_tui.tui.screens.timeline import TimelinePlace


async def past(host: Host, kind: str, key: str) -> None:
    host.line.asked.clear()
    await host.press("h" if kind is HistoryPlace else "L")
    await host.until(lambda: isinstance(host.place, kind))
    await host.settle()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("screen", ["jobs", "packages", "schedules"])
async def test_h_shows_the_last_runs_and_opens_one(screen, size):
    async with running(screen=screen, size=size) as host:
        await past(host, HistoryPlace, "h")
        await host.see(r"runs +[✓✗▶◷■◌…?]+")
        await host.see(r"runtime +[▁▂▃▄▅▆▇█.]+")
        await host.see(r"failed +(\d+ of \d+ runs? \(\d+%\)|none is over yet)")
        assert not any("package_id" in path or "children" in path for path in host.line.asked)
        await host.press("G", "enter")
        await host.until(lambda: not isinstance(host.place, HistoryPlace))
        assert host.place.resource.name == "jobs"


async def test_m_asks_once_for_older_jobs_of_the_package():
    async with running(screen="packages", jobs=900) as host:
        await past(host, HistoryPlace, "h")
        await host.see(r"m: 100 older jobs of the package, 1 credit")
        host.line.asked.clear()
        before = len(host.held("jobs").items)
        await host.press("m")
        await host.settle()
        assert len([path for path in host.line.asked if "package_id=" in path]) == 1
        assert len(host.held("jobs").items) >= before


async def test_a_cluster_has_a_timeline_whose_jobs_open():
    async with running(screen="jobs") as host:
        await host.open("3", "clusters")
        await past(host, TimelinePlace, "L")
        await host.see(r"No loaded job ran here|runtime")
        await host.press("plus", "minus")
        assert "+ nearer" in host.text or "No loaded job" in host.text


async def test_where_there_is_nothing_of_that_kind_it_says_why():
    async with running(screen="packages") as host:
        await host.press("L")
        await host.see("there is no cluster or job under the cursor")
        assert re.search("Packages", host.text)

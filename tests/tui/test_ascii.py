"""A terminal that shows ASCII only is sent ASCII only, as far as the program's own words and signs go."""

from __future__ import annotations

import pytest

from tests.tui.acting import asked, at
from tests.tui.form_keys import formed
from tests.tui.host import Host, running


def plain(host: Host) -> None:
    """Check every character on the screen."""
    strange = {one for one in host.text if not one.isascii()}
    assert not strange, f"{strange} in:\n{host.text}"


@pytest.mark.parametrize("section", ["1", "2", "3", "4", "5", "6"])
async def test_no_section_shows_anything_else(section: str):
    async with running(screen="jobs", size=(80, 24), lang="C") as host:
        await host.press(section)
        await host.settle()
        plain(host)
        await host.press("enter")
        await host.settle()
        plain(host)


async def test_no_box_shows_anything_else():
    async with running(screen="jobs", size=(80, 24), lang="C") as host:
        await at(host)
        await host.press("x")
        await asked(host)
        plain(host)
        await host.press("escape", "n")
        await formed(host)
        plain(host)
        await host.press("escape", "colon")
        await host.until(host.app.boxes)
        await host.pilot.pause()
        plain(host)
        await host.press("escape", "question_mark")
        await host.until(lambda: host.depth == 2)
        plain(host)
        await host.press("escape", "number_sign")
        await host.until(lambda: host.depth == 2)
        await host.settle()
        plain(host)

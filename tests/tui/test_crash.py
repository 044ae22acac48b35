"""A mistake of ours ends the program with a traceback, at once and without the values in it."""

from __future__ import annotations

import pytest

from tests.tui.host import running


@pytest.mark.parametrize("where", ["a task", "the refresh"])
async def test_a_mistake_ends_the_program(where):
    left: list[object] = []
    with pytest.raises(ZeroDivisionError):
        async with running(screen="jobs", jobs=40) as host:

            async def broken(*_: object) -> None:
                raise ZeroDivisionError("a mistake")

            if where == "a task":
                host.app.start_task(broken())
            else:
                host.app.session.loop._fetcher = type(
                    "Broken", (), dict.fromkeys(("news", "newest", "progress", "gone", "walk"), broken)
                )()
                await host.press("R")
            await host.until(lambda: host.app._exception is not None)
            await host.pilot.pause()
            left += host.app._exit_renderables
    assert left, "the traceback is kept for after the screen"

"""In a wide terminal the item under the cursor is seen beside its list, for no credit."""

from __future__ import annotations

from tests.tui.host import running


async def test_the_pane_follows_the_cursor_and_costs_nothing():
    async with running(screen="jobs", size=(180, 40)) as host:
        await host.until(lambda: host.place.pane is not None and host.place.pane.count())
        asked = len(host.line.asked)
        first = host.place.view.keys[0]
        assert f"job {first}" in host.place.pane.all_text()
        await host.press("j", "j")
        second = host.place.view.keys[2]
        await host.until(lambda: f"job {second}" in host.place.pane.all_text())
        assert len(host.line.asked) == asked
        assert host.place.table.has_focus
        assert "TIMELINE" in host.text


async def test_it_comes_and_goes_with_the_room():
    async with running(screen="clusters", size=(159, 30)) as host:
        assert host.place.pane is None
        await host.pilot.resize_terminal(160, 30)
        await host.until(lambda: host.place.pane is not None and host.place.pane.count())
        await host.pilot.resize_terminal(120, 30)
        await host.until(lambda: host.place.pane is None)
        assert "AUTO" in host.text


async def test_what_cannot_be_decoded_says_so_there_too():
    body = b'[{"id": 90, "status": 5, "variables": []}]'
    async with running(screen="jobs", size=(180, 30), spoilt={r"/jobs\?": body}) as host:
        await host.until(lambda: host.place.pane is not None and host.place.pane.count())
        assert "could not be decoded" in host.place.pane.all_text()

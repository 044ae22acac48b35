"""The first frame stands before anything is prepared, and q leaves at once."""

from __future__ import annotations

import threading

from tests.tui.host import running
from xplenty_tui.config.errors import SettingsError
from xplenty_tui.tui.commands import SECTIONS


async def test_the_frame_is_drawn_before_anything_is_known():
    gate, begun = threading.Event(), threading.Event()

    def wait() -> None:
        begun.set()
        gate.wait(20)

    try:
        async with running(before=wait, begun=False) as host:
            await host.until(begun.is_set)
            assert "xplenty-tui" in host.text
            for _, _, title in SECTIONS:
                assert title in host.text
            assert "starting" in host.text
            assert host.line.asked == []
            await host.press(
                "2", "j", "enter", "slash", "R", "a", "colon", "escape", "y", "question_mark", "escape", "p"
            )
            await host.pilot.pause()
            gate.set()
            await host.until(lambda: host.place is not None)
            await host.settle()
            assert host.state == "live"
    finally:
        gate.set()


async def test_q_leaves_while_the_key_is_still_looked_for():
    gate = threading.Event()
    try:
        async with running(before=lambda: gate.wait(20) and None, begun=False) as host:
            await host.see("starting")
            await host.press("q")
            await host.until(lambda: not host.app.is_running or host.app._exit)
            assert host.app.return_code == 0
            assert not gate.is_set()
    finally:
        gate.set()


async def test_settings_that_cannot_be_read_end_it_with_a_sentence():
    def fail() -> None:
        raise SettingsError("it is no TOML", file="config.toml", line=3)

    async with running(before=fail, begun=False) as host:
        await host.until(lambda: host.app._exit)
        assert host.app.return_code == 2
        assert str(host.app.return_value).startswith("config.toml")

"""What hangs in a thread holds nobody up."""

from __future__ import annotations

import asyncio
import threading

import pytest

from xplenty_tui.tui.background import Daemons


def test_a_lookup_that_never_ends_does_not_keep_the_loop_from_ending() -> None:
    began, never = threading.Event(), threading.Event()

    def hang() -> None:
        began.set()
        never.wait()

    async def work() -> None:
        loop = asyncio.get_running_loop()
        loop.set_default_executor(Daemons())
        hanging = loop.run_in_executor(None, hang)
        await loop.run_in_executor(None, began.wait)
        hanging.cancel()

    ended = threading.Thread(target=asyncio.run, args=(work(),), daemon=True)
    ended.start()
    ended.join(20)
    try:
        assert not ended.is_alive()
    finally:
        never.set()


def test_a_lookup_answers_or_raises() -> None:
    def broken() -> None:
        raise OSError("no such name")

    async def work() -> int:
        loop = asyncio.get_running_loop()
        loop.set_default_executor(Daemons())
        with pytest.raises(OSError, match="no such name"):
            await loop.run_in_executor(None, broken)
        return await loop.run_in_executor(None, int, "7")

    assert asyncio.run(work()) == 7

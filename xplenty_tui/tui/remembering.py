"""What a person chose stays chosen: filters, order and columns of lists, section, theme and zone, by profile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from copy import deepcopy
from typing import TYPE_CHECKING, cast

from xplenty_tui.core.declare import Tone
from xplenty_tui.tui.background import in_daemon

if TYPE_CHECKING:
    from xplenty_tui.config.launch import Prepared
    from xplenty_tui.config.memory import Memory, MemoryFile
    from xplenty_tui.tui.app import XplentyApp

SOON_S = 0.5
"""After this long without a further choice it is written."""
LAST_S = 0.2
"""How long leaving waits for the disk; the file is whole in any case."""


class Remembering:
    """Mixed into the application."""

    memory: Memory | None = None
    """What is kept of the profile in force; None before a session."""
    _file: MemoryFile | None = None
    _kept_for = ""
    _unwritten = False

    @property
    def _keeper(self) -> XplentyApp:
        return cast("XplentyApp", self)

    async def recall(self, prepared: Prepared) -> None:
        """Read what was kept for the profile; where nothing is left on a disk (the demo) it lasts for this run."""
        from xplenty_tui.config.memory import Memory, MemoryFile

        if prepared.state is None:
            self.memory = self.memory or Memory()
            return
        if self._file is not None and self._kept_for == prepared.profile:
            return  # another account of the same profile
        await self.write_memory()
        file = self._file = MemoryFile(prepared.state)
        self._kept_for = prepared.profile
        self.memory = await in_daemon(lambda: file.load(prepared.profile))

    def keep(self, change: Callable[[Memory], None]) -> None:
        """Change what is kept, and write it soon."""
        if self.memory is None:
            return
        before = deepcopy(self.memory)
        change(self.memory)
        if self._file is None or self.memory == before:
            return
        if not self._unwritten:
            self._keeper.set_timer(SOON_S, self._write_soon)
        self._unwritten = True

    def _write_soon(self) -> None:
        self._keeper.start_task(self.write_memory())

    async def write_memory(self, at_most: float | None = None) -> None:
        """Write what was chosen and not written yet; a slow disk is waited for ``at_most`` seconds."""
        file, profile, memory = self._file, self._kept_for, deepcopy(self.memory)
        if not self._unwritten or file is None or memory is None:
            return
        self._unwritten = False
        try:
            async with asyncio.timeout(at_most):
                await in_daemon(lambda: file.save(profile, memory))
        except TimeoutError:
            return
        if file.problem:
            self._keeper.say(file.problem, Tone.WARN)

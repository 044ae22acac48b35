"""What lies between an action's key and its box: other keys do nothing meanwhile, esc leaves, ctrl+c ends the program.

Keys that are typed then are dropped and not kept for the box. They were meant for what the person saw, and an enter,
a y or a ctrl+s among them would answer a question that nobody has read.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from xplenty_tui.tui.app import XplentyApp

T = TypeVar("T")


class Left(Exception):
    """The person did not want to wait any longer; nothing was sent."""


class Hold:
    """The keys of one errand: taken as its key is pressed, given back when it sends or ends. Boxes come first."""

    def __init__(self, app: XplentyApp) -> None:
        self._app = app
        self._work: asyncio.Task[Any] | None = None
        self._leaving = asyncio.Event()
        self.words = ""
        """What is waited for, said as long as that takes."""

    def take(self, words: str) -> None:
        """Let keys act on nothing from now on, and say what is waited for."""
        self.words = words
        if self not in self._app.held:
            self._app.held.append(self)
        self._app.draw_keys()
        self._app.draw_status()

    def give(self) -> None:
        """Give the keys back to the place; more than once does no harm."""
        self._leaving.clear()
        if self in self._app.held:
            self._app.held.remove(self)
            if self._app.session is not None:  # else the places have nothing to draw from any more
                self._app.draw_keys()
                self._app.draw_status()

    def leave(self) -> None:
        """Stop waiting: the person pressed esc."""
        self._leaving.set()
        if self._work is not None:
            self._work.cancel()

    async def waits(self, work: Coroutine[Any, Any, T]) -> T:
        """Return what comes of ``work``, which sends nothing; raises ``Left`` once the person does not want to wait."""
        if self._leaving.is_set():
            work.close()
            raise Left
        task: asyncio.Task[T] = asyncio.create_task(work)
        self._work = task
        try:
            return await task
        except asyncio.CancelledError:
            if self._leaving.is_set() and task.cancelled():
                raise Left from None
            raise
        finally:
            self._work = None
            if not task.done():
                task.cancel()

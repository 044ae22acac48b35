"""Blocking work off the event loop, in a thread that never keeps the program from leaving.

``asyncio.to_thread`` is joined at exit: a keyring that waits for a dialog nobody sees would keep the shell waiting.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


async def in_daemon(work: Callable[[], T]) -> T:
    """Run ``work`` in a daemon thread and return its result, or raise what it raised."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def tell(value: T | None, error: BaseException | None) -> None:
        if future.done():
            return
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(value)  # type: ignore[arg-type]

    def run() -> None:
        value: T | None = None
        problem: BaseException | None = None
        try:
            value = work()
        except BaseException as error:  # noqa: BLE001  # an outermost edge: it is raised again in the loop
            problem = error
        if not loop.is_closed():
            loop.call_soon_threadsafe(tell, value, problem)

    threading.Thread(target=run, daemon=True, name="xplenty background").start()
    return await future

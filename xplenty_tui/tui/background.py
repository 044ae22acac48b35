"""Blocking work off the event loop, in a thread that never keeps the program from leaving.

``asyncio.to_thread`` is joined at exit: a keyring that waits for a dialog nobody sees would keep the shell waiting.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

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


class Daemons(ThreadPoolExecutor):
    """What asyncio looks names up with, in daemon threads: at the end it joins its own, however long they hang."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **options: Any) -> Future[T]:
        """Run ``fn`` in a thread of its own."""
        future: Future[T] = Future()

        def run() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                value = fn(*args, **options)
            except BaseException as error:  # noqa: BLE001  # an outermost edge: whoever waits for it gets it
                future.set_exception(error)
            else:
                future.set_result(value)

        threading.Thread(target=run, daemon=True, name="xplenty lookup").start()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Wait for nobody."""

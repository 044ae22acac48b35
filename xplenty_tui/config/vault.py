"""The operating system's keyring, which may be absent, locked, forgetful, or may never answer.

Each call runs in a daemon thread of its own with a time limit: a keyring that waits for a dialog nobody sees blocks
neither the screen nor the end of the program.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import SecretStr

from xplenty_tui.config.backends import INSTEAD, choose, explain, name_of
from xplenty_tui.config.errors import KeyringForgetful, KeyringTimedOut, KeyringTrouble

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")

SERVICE = "xplenty-tui"
"""The keyring's name for this program's secrets."""

PROBE = "doctor"
"""A user that has no key: reading it shows whether the keyring answers and is unlocked."""


@dataclass(frozen=True, slots=True)
class KeyringState:
    """Whether a key can be kept here."""

    ok: bool
    backend: str
    """The class of the backend; empty when none could be loaded."""
    sentence: str
    """In words, with what to do when it does not work."""


class Keyring:
    """Keys in the operating system's keyring: service ``xplenty-tui``, user ``profile/account``.

    All calls block for at most ``timeout`` seconds and raise KeyringTrouble; those that start with ``a`` are for the
    event loop.
    """

    def __init__(self, timeout: float = 4.0, allow: str = "") -> None:
        self.timeout = timeout
        """Seconds in which the keyring must answer."""
        self.allow = allow
        """The full name of one more backend class that is trusted."""

    def state(self) -> KeyringState:
        """Say whether a key can be kept here; reads an entry that does not exist, changes nothing, raises nothing."""
        task = self._start(_probe)
        concurrent.futures.wait([task.answer], timeout=self.timeout)
        return self._state(task)

    def get(self, profile: str, account: str) -> SecretStr | None:
        """Return the key that is stored, or None."""
        return self._wait(self._start(_getter(profile, account)))

    def set(self, profile: str, account: str, key: SecretStr) -> None:
        """Store the key and read it back; raises KeyringForgetful when something else came back."""
        self._wait(self._start(_setter(profile, account, key), key))

    def delete(self, profile: str, account: str) -> bool:
        """Remove the key and say whether there was one."""
        return self._wait(self._start(_deleter(profile, account)))

    async def astate(self) -> KeyringState:
        """``state`` without blocking the event loop."""
        task = self._start(_probe)
        await self._settled(task)
        return self._state(task)

    async def aget(self, profile: str, account: str) -> SecretStr | None:
        """``get`` without blocking the event loop."""
        return await self._await(self._start(_getter(profile, account)))

    async def aset(self, profile: str, account: str, key: SecretStr) -> None:
        """``set`` without blocking the event loop."""
        await self._await(self._start(_setter(profile, account, key), key))

    async def adelete(self, profile: str, account: str) -> bool:
        """``delete`` without blocking the event loop."""
        return await self._await(self._start(_deleter(profile, account)))

    def _start(self, call: Callable[[KeyringBackend], T], secret: SecretStr | None = None) -> _Task[T]:
        task = _Task(call, self.allow, secret)
        threading.Thread(target=task.run, daemon=True, name="keyring").start()
        return task

    def _wait(self, task: _Task[T]) -> T:
        concurrent.futures.wait([task.answer], timeout=self.timeout)
        return self._result(task)

    async def _await(self, task: _Task[T]) -> T:
        await self._settled(task)
        return self._result(task)

    async def _settled(self, task: _Task[Any]) -> None:
        """Wait for the answer or the limit; a cancelled waiter leaves the thread to itself."""
        loop = asyncio.get_running_loop()
        settled = asyncio.Event()

        def tell(_: object) -> None:
            with contextlib.suppress(RuntimeError):  # the loop was closed while the keyring thought
                loop.call_soon_threadsafe(settled.set)

        task.answer.add_done_callback(tell)
        try:
            async with asyncio.timeout(self.timeout):
                await settled.wait()
        except TimeoutError:
            return

    def _result(self, task: _Task[T]) -> T:
        """Return the answer or raise its trouble; a fresh exception, so that no traceback shows a backend's locals."""
        if not task.answer.done():
            raise KeyringTimedOut(
                f"The keyring did not answer within {self.timeout:g} s: it may wait for its password in a dialog that "
                f"is not shown here, and what was asked may still happen. Unlock it and try again, or: {INSTEAD}"
            )
        trouble = task.answer.exception()
        if trouble is not None:
            raise explain(trouble, task.backend, task.secret)
        return task.answer.result()

    def _state(self, task: _Task[None]) -> KeyringState:
        try:
            self._result(task)
        except KeyringTrouble as trouble:
            return KeyringState(False, task.backend, trouble.sentence)
        return KeyringState(True, task.backend, f"The keyring works ({task.backend}).")


@dataclass
class _Task(Generic[T]):
    """One call of the keyring: runs in its thread, and hands over whatever comes of it."""

    call: Callable[[KeyringBackend], T] = field(repr=False)
    allow: str
    secret: SecretStr | None = None
    """What must not stand in a sentence, whatever a backend puts into its errors."""
    backend: str = ""
    """The backend's name, as soon as one is chosen."""
    answer: concurrent.futures.Future[T] = field(default_factory=concurrent.futures.Future, repr=False)

    def run(self) -> None:
        with _Delivery(self.answer):
            chosen = choose(self.allow)
            self.backend = name_of(chosen)
            self.answer.set_result(self.call(chosen))


@dataclass
class _Delivery:
    """Backends raise what they like, and a thread has no caller: what was raised is handed to whoever waits."""

    answer: concurrent.futures.Future[Any]

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> bool:
        if error is not None:
            self.answer.set_exception(error)
        return True


def _user(profile: str, account: str) -> str:
    return f"{profile}/{account}"


def _probe(backend: KeyringBackend) -> None:
    backend.get_password(SERVICE, PROBE)


def _getter(profile: str, account: str) -> Callable[[KeyringBackend], SecretStr | None]:
    def get(backend: KeyringBackend) -> SecretStr | None:
        found = backend.get_password(SERVICE, _user(profile, account))
        return None if found is None else SecretStr(found)

    return get


def _setter(profile: str, account: str, key: SecretStr) -> Callable[[KeyringBackend], None]:
    def set_(backend: KeyringBackend) -> None:
        backend.set_password(SERVICE, _user(profile, account), key.get_secret_value())
        if backend.get_password(SERVICE, _user(profile, account)) != key.get_secret_value():
            raise KeyringForgetful(f"The keyring took the key and does not give it back: it is not kept. {INSTEAD}")

    return set_


def _deleter(profile: str, account: str) -> Callable[[KeyringBackend], bool]:
    def delete(backend: KeyringBackend) -> bool:
        if backend.get_password(SERVICE, _user(profile, account)) is None:
            return False
        backend.delete_password(SERVICE, _user(profile, account))
        return True

    return delete

"""The profile's key command: no shell, no terminal, a time limit; the first line that it prints is the key."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import IO

from pydantic import SecretStr

from xplenty_tui.config.errors import BadKey, CommandFailed, CommandTimedOut
from xplenty_tui.config.plain import plain
from xplenty_tui.config.target import KEY

TIME_LIMIT = 10.0
"""Seconds that a key command may take."""

OUTPUT_LIMIT = 64 * 1024
"""Bytes that are read of its output; what writes more does not print a key."""

LINGER = 0.5
"""Seconds in which a pipe that a left-over child holds open may still close."""


def check_key(text: str, source: str) -> SecretStr:
    """Return ``text`` as a key; raises BadKey when it is not one printable word without a colon."""
    key = text.strip()
    if not key:
        raise BadKey(f"{source[:1].upper()}{source[1:]} is empty.")
    if not key.isascii() or not key.isprintable() or " " in key or ":" in key or len(key) > 1024:
        raise BadKey(f"What {source} gives is not an API key: a key is one word of letters and digits.")
    return SecretStr(key)


def command_name(argv: Sequence[str]) -> str:
    """Return how a key command is spoken of: its program without folder and arguments, which may hold a secret."""
    return f"key_command ({plain(PurePath(argv[0]).name, 40)})"


def run_command(argv: Sequence[str], environment: Mapping[str, str], time_limit: float = TIME_LIMIT) -> SecretStr:
    """Run ``argv`` and return the first line that it prints; raises CommandFailed, CommandTimedOut or BadKey.

    It gets a session of its own, so that it cannot ask questions on the terminal, and so that it can be ended together
    with everything that it started.
    """
    name = command_name(argv)
    try:
        process = subprocess.Popen(  # noqa: S603 - the person's own command, never through a shell
            list(argv),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={name: value for name, value in environment.items() if name != KEY},
            start_new_session=True,
        )
    except FileNotFoundError:
        raise CommandFailed(f"{name} was not found: give its whole path, or put its folder into PATH.") from None
    except OSError as error:
        raise CommandFailed(f"{name} could not be started: {(error.strerror or 'unknown reason').lower()}.") from None
    status, printed, complaint = _watch(process, time_limit)
    if status is None:
        raise CommandTimedOut(
            f"{name} did not end within {time_limit:g} s and was stopped: it has no terminal to ask for a password, so "
            "unlock what it needs first."
        )
    first = printed.decode("utf-8", "replace").split("\n", 1)[0].strip()
    if status != 0:
        raise CommandFailed(f"{name} failed ({_ended(status)}){_said(complaint, first)}")
    if not first:
        raise CommandFailed(f"{name} printed nothing on its first line{_said(complaint, first)}")
    return check_key(first, name)


def _watch(process: subprocess.Popen[bytes], time_limit: float) -> tuple[int | None, bytes, bytes]:
    """Return exit status (None: it had to be stopped), output and complaints; nothing is left running."""
    readers = []
    for pipe in (process.stdout, process.stderr):
        assert pipe is not None  # noqa: S101 - both were asked for
        readers.append(_Reader(pipe))
    try:
        status: int | None = process.wait(time_limit)
    except subprocess.TimeoutExpired:
        status = None
        _kill(process)
    for reader in readers:
        reader.join(LINGER)
    if any(reader.is_alive() for reader in readers):
        _kill(process)
    return status, bytes(readers[0].data), bytes(readers[1].data)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the command and its children, which share its session."""
    if os.name == "posix":
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            return
    else:
        process.kill()
    process.wait()


class _Reader(threading.Thread):
    """Reads a pipe up to a limit, so that a command that prints without end neither blocks nor fills the memory."""

    def __init__(self, pipe: IO[bytes]) -> None:
        super().__init__(daemon=True, name="key-command")
        self._pipe = pipe
        self.data = bytearray()
        """What came so far."""
        self.start()

    def run(self) -> None:
        """Read until the end or the limit; closing the pipe then ends a command that goes on writing."""
        with self._pipe as pipe:
            while len(self.data) < OUTPUT_LIMIT and (piece := os.read(pipe.fileno(), 4096)):
                self.data += piece


def _ended(status: int) -> str:
    return f"exit status {status}" if status >= 0 else f"signal {-status}"


def _said(complaint: bytes, key: str) -> str:
    """Return what it wrote on stderr as the end of a sentence, without the key if that stands in it."""
    text = complaint.decode("utf-8", "replace")
    if key:
        text = text.replace(key, "***")
    words = plain(text)
    return f": {words}" if words else "."

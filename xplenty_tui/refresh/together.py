"""The sessions of one person on one host: how many there are and what their background spent, by small state files.

Each session keeps one file of its own in a folder that they share and reads those of the others. A file says which API
host it is about (sessions of another one share no credits), when it was last written (its beat) and how many credits
the background spent in which minute. It holds no secret. A session whose beat is old is gone; what it spent counts
until the hour is over, so that starting anew gives no second share. Nobody else's file, no link and nothing that is
not understood is believed, and a folder that cannot be used means to be alone.

Times are seconds of the host's wall clock: the only one that processes have in common, and one that may jump.
"""

from __future__ import annotations

import json
import os
import re
import stat
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BEAT_S = 20.0
"""How often a session writes its file and reads the others'."""
MISSED = 3
"""After so many beats without a new one a session is taken to be gone; so far ahead may another's clock be."""
HOUR_MIN = 60
"""Minutes for which a credit counts."""
AHEAD_S = 120.0
"""Minutes that begin later than this are of a clock that was set back: nobody can have spent anything in them."""
LARGEST = 64 * 1024
"""Bytes of a file that is read; an hour takes less than one and a half thousand."""
MOST_A_MINUTE = 1_000_000
"""Credits that a minute can cost; a larger number is none that a session wrote."""
LATEST_S = 1e11
"""Seconds that a beat can be (about the year 5000); a later one is none that a session wrote."""
VERSION = 1
"""Of what the files hold."""
GARBAGE_S = 86_400.0
"""What nobody could read and nobody wrote for a day is removed."""

_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}")
_NAME = re.compile(rf"{_TOKEN.pattern}-[0-9]{{1,20}}\.json")
_HALF = ".new"
"""The end of the name of a file that is being written."""
_POSSIBLE = os.open in os.supports_dir_fd and hasattr(os, "geteuid")
"""Whether the system knows owners and has what it takes to be sure of them."""
_OPEN = os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK if _POSSIBLE else 0
"""How everything is opened: no links, and without waiting for the other end of a pipe."""


@dataclass(frozen=True, slots=True)
class Others:
    """This person's other sessions on this host that use the same API."""

    live: int = 0
    """How many run now."""
    spent: int = 0
    """Credits that their background spent within the last hour, also of those that have ended."""
    away: int = 0
    """How many of ``live`` nobody looks at."""


@dataclass(frozen=True, slots=True)
class _Note:
    """What stands in a file."""

    host: str
    beat: float
    """0: the session has ended."""
    minutes: dict[int, int]
    away: bool


class Pool:
    """One session's place among the others. All of it blocks on the disk (call it in a thread), and nothing raises."""

    def __init__(self, folder: Path, host: str, *, wall: Callable[[], float], pid: int, token: str) -> None:
        """Take a place in ``folder``, which is made when needed, for the API at ``host``.

        ``token`` is made of random letters and digits, else ValueError; ``wall`` gives seconds since 1970.
        """
        if not _TOKEN.fullmatch(token):
            raise ValueError("the token should be made of letters, digits, '-' and '_'")
        self._folder, self._host, self._wall, self._pid = folder, host, wall, pid
        self._name = f"{token}-{pid}.json"
        self._minutes: dict[int, int] = {}
        self._stale: dict[str, float] = {}
        self._told = self._left = False
        self._turn = threading.Lock()
        self.problem = ""
        """A sentence: why the other sessions cannot be seen, or cannot see this one; empty when all is well."""

    def beat(self, minutes: Mapping[int, int], *, away: bool) -> Others:
        """Tell the others what this session's background spent, by minute since 1970, and return what they tell.

        Where this session's file cannot be written it still counts what it can read. After ``leave`` it does nothing.
        """
        with self._turn:
            if self._left:
                return Others()
            now = self._wall()
            self._minutes = within_the_hour(minutes, now)
            trouble, others = "", Others()
            try:
                with self._opened() as folder:
                    try:
                        self._write(folder, _Note(self._host, now, self._minutes, away))
                        self._told = True
                    except OSError as error:
                        trouble = f"This session cannot tell the others what it spends: {self._because(error)}."
                    others = self._others(folder, now)
            except OSError as error:
                trouble = f"This session goes on as if it were the only one: {self._because(error)}."
            self.problem = trouble
            return others

    def leave(self) -> None:
        """Say that this session has ended. Its file stays while it notes credits of the last hour, so that they count.

        Credits since the last ``beat`` are not noted by it: beat right before.
        """
        with self._turn:
            told, self._told, self._left = self._told, False, True
            if not told:
                return
            self._minutes = within_the_hour(self._minutes, self._wall())
            with suppress(OSError), self._opened() as folder:  # else the file grows stale by itself
                if self._minutes:
                    self._write(folder, _Note(self._host, 0.0, self._minutes, away=True))
                else:
                    os.unlink(self._name, dir_fd=folder)

    def _because(self, error: OSError) -> str:
        return f"{self._folder}: {(error.strerror or 'cannot be used').lower()}"

    @contextmanager
    def _opened(self) -> Iterator[int]:
        """Open the folder; all that is done in it goes by this descriptor, so that no link can come between."""
        if not _POSSIBLE:
            raise OSError(0, "this system cannot tell whose files lie there")
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY | _OPEN)
        try:
            status = os.fstat(folder)
            if status.st_uid != os.geteuid():
                raise PermissionError(0, "belongs to another user")
            if stat.S_IMODE(status.st_mode) & 0o077:
                os.fchmod(folder, 0o700)
            yield folder
        finally:
            os.close(folder)

    def _write(self, folder: int, note: _Note) -> None:
        """Replace this session's file as a whole. It is not forced to the disk: after a crash nobody misses it."""
        content = {"version": VERSION, "host": note.host, "pid": self._pid, "beat": note.beat}
        minutes = {str(minute): credits for minute, credits in sorted(note.minutes.items())}
        data = json.dumps({**content, "minutes": minutes, "away": note.away}, separators=(",", ":")).encode()
        half = self._name + _HALF
        with suppress(FileNotFoundError):
            os.unlink(half, dir_fd=folder)
        file = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _OPEN, 0o600, dir_fd=folder)
        try:
            with os.fdopen(file, "wb") as stream:
                stream.write(data)
            os.replace(half, self._name, src_dir_fd=folder, dst_dir_fd=folder)
        except OSError:
            with suppress(OSError):
                os.unlink(half, dir_fd=folder)
            raise

    def _others(self, folder: int, now: float) -> Others:
        live = spent = away = 0
        stale: dict[str, float] = {}
        for name in sorted(os.listdir(folder)):
            if not _NAME.fullmatch(name.removesuffix(_HALF)) or name.removesuffix(_HALF) == self._name:
                continue
            note = None if name.endswith(_HALF) else _read(folder, name)
            if note is None:
                _sweep(folder, name, now)
                continue
            alive, credits = self._alive(name, note.beat, now), sum(within_the_hour(note.minutes, now).values())
            if not alive:
                stale[name] = note.beat
            if not alive and not credits:
                with suppress(OSError):  # another session removed it first
                    os.unlink(name, dir_fd=folder)
            elif note.host == self._host:
                live, spent, away = live + alive, spent + credits, away + (alive and note.away)
        self._stale = stale
        return Others(live, spent, away)

    def _alive(self, name: str, beat: float, now: float) -> bool:
        """Return whether a session still beats.

        A beat that was once too old, or too far ahead, stays so: else a clock that is set back would bring the dead to
        life when it comes to their time again.
        """
        near = -MISSED * BEAT_S <= now - beat < MISSED * BEAT_S
        return beat != 0 and near and self._stale.get(name) != beat


def within_the_hour(minutes: Mapping[int, int], now: float) -> dict[int, int]:
    """Return the minutes that spent something and of which some part lies within the hour before ``now`` (seconds)."""
    first, last = now // 60 - HOUR_MIN, (now + AHEAD_S) // 60
    return {minute: credits for minute, credits in minutes.items() if first <= minute <= last and credits > 0}


def _read(folder: int, name: str) -> _Note | None:
    """Return what a file of this user says; None for anything else."""
    try:
        file = os.open(name, os.O_RDONLY | _OPEN, dir_fd=folder)
    except OSError:
        return None
    try:
        status = os.fstat(file)
        if not stat.S_ISREG(status.st_mode) or status.st_uid != os.geteuid() or status.st_size > LARGEST:
            return None
        with os.fdopen(file, "rb", closefd=False) as stream:
            return _understood(json.loads(stream.read(LARGEST).decode("utf-8")))
    except (OSError, ValueError, RecursionError):
        return None
    finally:
        os.close(file)


def _understood(data: Any) -> _Note | None:
    """Return the note that JSON of any shape is; None when it is none that a session of this version wrote."""
    if not isinstance(data, dict) or not _whole(data.get("version"), VERSION, VERSION):
        return None
    host, beat, minutes, away = (data.get(name) for name in ("host", "beat", "minutes", "away"))
    if not isinstance(host, str) or not isinstance(away, bool) or not isinstance(minutes, dict):
        return None
    if not isinstance(beat, int | float) or isinstance(beat, bool) or not 0 <= beat <= LATEST_S:
        return None
    for minute, credits in minutes.items():
        if not re.fullmatch(r"[0-9]{1,10}", minute) or not _whole(credits, 0, MOST_A_MINUTE):
            return None
    return _Note(host, float(beat), {int(minute): credits for minute, credits in minutes.items()}, away)


def _whole(value: Any, least: int, most: int) -> bool:
    """Return whether a value of JSON is a whole number within bounds; JSON's ``true`` is none."""
    return type(value) is int and least <= value <= most


def _sweep(folder: int, name: str, now: float) -> None:
    """Remove what a crash left behind: a file of this user that is of no use and was not written for a day."""
    with suppress(OSError):
        status = os.stat(name, dir_fd=folder, follow_symlinks=False)
        if stat.S_ISREG(status.st_mode) and status.st_uid == os.geteuid() and now - status.st_mtime > GARBAGE_S:
            os.unlink(name, dir_fd=folder)

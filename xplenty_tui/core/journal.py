"""The journal: what was done to the account, when, by which profile, and how it ended. One JSON object a line.

Values of variables and secrets have no place in an entry: names only. Reading and writing block: use a thread.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from xplenty_tui.core.private_file import open_private, why

NAME = "journal.jsonl"
"""The file in the folder of states (XDG_STATE_HOME)."""
ROTATE_AT = 1_000_000
"""Bytes after which a new file is begun."""
READ_AT_MOST = 4_000_000
"""Bytes of a file that are read from its end: while one session begins a new file, others go on with the full one."""
KEPT = 3
"""Files before the one in use: ``journal.jsonl.1`` is the youngest of them."""
WAITING = 1000
"""Entries that are remembered while the file cannot be written."""
LONGEST = 500
"""Characters of one text in an entry."""

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]+")
"""Control characters, line ends, invisible and bidirectional marks, lone surrogates."""


class Outcome(StrEnum):
    """How a deed ended; the word is what stands in the file and on the screen."""

    ASKED = "asked"
    """It is being sent. The only line of a deed whose end nobody saw: the program or the host died."""
    DONE = "done"
    """The server did it: it said so, or reading back shows it."""
    NOT_DONE = "not done"
    """No answer, and reading back shows that nothing happened."""
    UNKNOWN = "unknown"
    """No answer, and reading back does not tell. The sentence says what to check."""
    REFUSED = "refused"
    """Nothing happened: the server said no (4xx), or read-only mode did before anything was sent."""
    FAILED = "failed"
    """The server took it, and it went wrong afterwards: a cluster that was never created."""
    CANCELLED = "cancelled"
    """The person said no to the question. Nothing was sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the journal. Texts are made harmless and cut to ``LONGEST`` characters as the entry is made."""

    at: datetime
    """Aware; kept in UTC."""
    account: str
    action: str
    """The id of the action: ``jobs.stop``."""
    outcome: Outcome
    sentence: str
    """What happened, for a person. No values of variables."""
    profile: str = ""
    kind: str = ""
    """What kind of thing it was done to: ``jobs``; with ``key`` and ``label`` the subject."""
    key: str = ""
    label: str = ""
    deed: str = ""
    """The same in all lines of one deed, such as asked and done; "" for a deed of one line."""
    variables: tuple[str, ...] = ()
    """The names of the variables that were sent, never their values."""
    request_id: str = ""
    """By which the server knows the request, when it told."""
    credits: int | None = None
    """What it cost so far, with reading back; None when nobody counted."""

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("the time of an entry needs its zone")
        object.__setattr__(self, "at", self.at.astimezone(UTC))
        for name in _TEXTS:
            object.__setattr__(self, name, _harmless(getattr(self, name)))
        object.__setattr__(self, "variables", tuple(_harmless(name) for name in self.variables))


_TEXTS = tuple(each.name for each in fields(Entry) if each.type == "str")
_NEEDED = frozenset({"account", "action", "sentence"})


def _harmless(text: str) -> str:
    return _UNSEEN.sub(" ", text)[:LONGEST]


def encode(entry: Entry) -> bytes:
    """Return the line of an entry, with its line end; what says nothing is left out."""
    shown = {"at": entry.at.isoformat().replace("+00:00", "Z"), "outcome": entry.outcome.value}
    texts = {name: text for name in _TEXTS if (text := getattr(entry, name)) or name in _NEEDED}
    more = {name: value for name in ("variables", "credits") if (value := getattr(entry, name)) not in ((), None)}
    return json.dumps({**shown, **texts, **more}, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def decode(line: bytes) -> Entry | None:
    """Return the entry of a line; None when it is none: cut, not UTF-8, or somebody else's JSON."""
    try:
        found = json.loads(line.decode())
        return _entry(found) if isinstance(found, dict) else None
    except (ValueError, OverflowError, RecursionError):  # UnicodeDecodeError and JSONDecodeError are ValueErrors
        return None


def _entry(found: dict[str, Any]) -> Entry | None:
    texts: dict[str, Any] = {name: found.get(name, None if name in _NEEDED else "") for name in _TEXTS}
    names, spent, at = found.get("variables", []), found.get("credits"), found.get("at")
    if not all(isinstance(text, str) for text in (*texts.values(), at, found.get("outcome"))):
        return None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        return None
    if spent is not None and type(spent) is not int:
        return None
    when = datetime.fromisoformat(str(at))
    return Entry(at=when, outcome=Outcome(found["outcome"]), variables=tuple(names), credits=spent, **texts)


class Journal:
    """The file and what could not be written to it. Several sessions may write the same file at the same time.

    A write never fails for a person's deed: what cannot be written stays in memory and ``problem`` says why.
    All methods block and may be called from any thread.
    """

    def __init__(self, path: Path, *, rotate_at: int = ROTATE_AT, kept: int = KEPT) -> None:
        self.path = path
        self._rotate_at = rotate_at
        self._kept = kept
        self._lock = threading.Lock()
        self._waiting: deque[Entry] = deque(maxlen=WAITING)
        self._unwritten = ""
        self._unread = ""

    @property
    def problem(self) -> str:
        """Why the journal is not complete, in a sentence; "" when it is. It does not block."""
        return self._unwritten or self._unread

    def write(self, entry: Entry) -> None:
        """Add an entry to the file, and before it those that could not be written before."""
        with self._lock:
            self._waiting.append(entry)
            try:
                while self._waiting:
                    self._append(encode(self._waiting[0]))
                    self._waiting.popleft()
            except OSError as error:
                self._unwritten = (
                    f"The journal cannot be written ({why(error)}): {self.path}. "
                    "What is done now is remembered until you leave."
                )
            else:
                self._unwritten = ""

    def newest(self, count: int) -> tuple[Entry, ...]:
        """Return at most ``count`` entries, the newest first, over all files and what waits to be written."""
        found: list[Entry] = []
        with self._lock:
            self._unread = ""
            for path in self._files():
                if len(found) < count:
                    found += self._entries(path)
            found += self._waiting
        found.sort(key=lambda entry: entry.at)  # two sessions may write in another order than things happened
        return tuple(reversed(found[-count:])) if count > 0 else ()

    def _files(self) -> list[Path]:
        """Return where the files lie, the one in use first."""
        return [self.path, *(self.path.with_name(f"{self.path.name}.{age}") for age in range(1, self._kept + 1))]

    def _entries(self, path: Path) -> list[Entry]:
        try:
            with self._opened(path, os.O_RDONLY) as descriptor:
                size, most = os.fstat(descriptor).st_size, max(2 * self._rotate_at, READ_AT_MOST)
                data = os.pread(descriptor, most, max(size - most, 0))
        except FileNotFoundError:
            return []
        except OSError as error:
            self._unread = f"Not all of the journal can be read ({why(error)}): {path}."
            return []
        return [entry for line in data.split(b"\n") if line and (entry := decode(line)) is not None]

    def _append(self, line: bytes) -> None:
        """Write a line with one call, so that lines of several sessions do not mix; raises OSError."""
        self._rotate(len(line))
        with self._opened(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT) as descriptor:
            size = os.fstat(descriptor).st_size
            cut = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
            whole = b"\n" + line if cut else line  # a line that a full disk cut does not take this one with it
            if os.write(descriptor, whole) != len(whole):
                raise OSError(0, "the disk is full")

    def _rotate(self, more: int) -> None:
        """Begin a new file when this one is full; another session that is about to do so does it alone."""
        try:
            with self._opened(self.path, os.O_RDONLY) as descriptor:
                if os.fstat(descriptor).st_size + more <= self._rotate_at:
                    return
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if os.path.samestat(os.fstat(descriptor), self.path.stat()):
                    files = self._files()
                    for older, newer in zip(reversed(files), reversed(files[:-1]), strict=False):
                        with suppress(FileNotFoundError):
                            newer.replace(older)
        except (FileNotFoundError, BlockingIOError):
            return

    @staticmethod
    @contextmanager
    def _opened(path: Path, flags: int) -> Iterator[int]:
        descriptor = open_private(path, flags)
        try:
            yield descriptor
        finally:
            os.close(descriptor)

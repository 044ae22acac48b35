"""The person's own editor: the terminal is lent to it, and what it leaves in a private file comes back.

The event loop goes on meanwhile (the refresh stays alive, answers arrive); only painting waits, because Textual's
writer has no reader while it is suspended, and a full queue would stop the loop.
"""

from __future__ import annotations

import asyncio
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from textual.app import App, SuspendNotSupported

from xplenty_tui.tui.background import in_daemon

FALLBACKS = ("nano", "vi")
"""What is tried when neither ``VISUAL`` nor ``EDITOR`` says anything."""

_VI = frozenset({"vi", "vim", "nvim", "nvi", "vimx", "view"})
_EMACS = frozenset({"emacs", "emacsclient", "emacs-nox", "emacs-gtk", "mg", "jove"})
TAKE_A_LINE = _VI | _EMACS | {"nano", "rnano", "pico", "micro", "kak", "joe", "ne"}
"""Editors that open at a line with ``+LINE`` before the file's name."""

LARGEST = 4_000_000
"""Bytes that are read back."""

GRACE_S = 2.0
"""How long an editor may take to leave when the program has to."""

_KEPT_FROM_IT = frozenset({"XPLENTY_API_KEY"})
_SIGNALS = (signal.SIGINT, signal.SIGQUIT)
"""What ctrl+c and ctrl+\\ in the editor send to us as well; they are meant for the editor."""


@dataclass(frozen=True, slots=True)
class Edited:
    """What came back. The text is never lost: it is what was last saved, also when something went wrong."""

    text: str
    ok: bool
    """False: do not go on with the text without asking; ``sentence`` says why."""
    sentence: str = ""
    """Why it is not ok; "" when it is."""
    changed: bool = False
    """Whether the text is another than before."""


class NoEditor(Exception):
    """There is nothing to edit with; the text is a sentence."""


def command(environment: Mapping[str, str], line: int | None = None) -> list[str]:
    """Return the program and its arguments, without the file's name; raises NoEditor."""
    path = environment.get("PATH", os.defpath)
    for variable in ("VISUAL", "EDITOR"):
        if not environment.get(variable, "").strip():
            continue
        try:
            argv = shlex.split(environment[variable])
        except ValueError:
            raise NoEditor(f"{variable} has a quote without its other half.") from None
        if not argv or shutil.which(argv[0], path=path) is None:
            name = _printable(argv[0]) if argv else ""
            raise NoEditor(f"{variable} names {name or 'nothing'}, which is not a program that can be started.")
        return [*argv, *_at(line, argv[0])]
    for name in FALLBACKS:
        if shutil.which(name, path=path) is not None:
            return [name, *_at(line, name)]
    raise NoEditor("There is no editor: set VISUAL or EDITOR to one.")


def _at(line: int | None, program: str) -> list[str]:
    name = PurePath(program).name.split(".")[0]  # vim.basic, vim.tiny
    return [f"+{line}"] if line is not None and name in TAKE_A_LINE else []


def _printable(text: str) -> str:
    return "".join(each for each in text if each.isprintable())[:60]


async def edit(app: App[Any], text: str, line: int | None = None, *, environment: Mapping[str, str]) -> Edited:
    """Let the person edit ``text`` (TOML) and return what was saved; ``line`` from 1 is where the editor opens.

    When it is cancelled, the editor is made to leave, which may block for some seconds, and the file is removed.
    """
    try:
        argv = command(environment, line)
    except NoEditor as problem:
        return Edited(text, ok=False, sentence=str(problem))
    sitting = Sitting(argv, text, environment)
    cancelled: asyncio.CancelledError | None = None
    edited = Edited(text, ok=False, sentence="The editor was interrupted.")
    try:
        with app.batch_update(), app.suspend(), _signals_ignored():
            try:
                edited = await in_daemon(sitting.run)
            except asyncio.CancelledError as error:
                sitting.end()
                if app.return_code is not None:  # leaving: the terminal is as it was already
                    raise
                cancelled = error  # an exception that leaves suspend would leave the screen dead
    except SuspendNotSupported:
        return Edited(text, ok=False, sentence="The terminal cannot be lent to an editor here.")
    if cancelled is not None:
        raise cancelled
    return edited


@contextmanager
def _signals_ignored() -> Iterator[None]:
    """Let ctrl+c reach the editor only. Not SIG_IGN, which the editor would inherit."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = [(number, signal.signal(number, _nothing)) for number in _SIGNALS]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)


def _nothing(*_: object) -> None:
    pass


class Sitting:
    """One time in the editor. ``run`` blocks in a thread of its own; ``end`` may be called from another."""

    def __init__(self, argv: list[str], text: str, environment: Mapping[str, str]) -> None:
        self._argv = argv
        self._text = text
        self._environment = {name: value for name, value in environment.items() if name not in _KEPT_FROM_IT}
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._leaving = False
        self._over = threading.Event()

    def run(self) -> Edited:
        """Write the file, run the editor, read the file, remove it."""
        try:
            with tempfile.TemporaryDirectory(
                prefix="xplenty-tui-", dir=_folder(self._environment), ignore_cleanup_errors=True
            ) as folder:
                return self._edit(Path(folder) / "edit.toml")
        except OSError as error:
            return self._failed(f"The text cannot be put into a file ({_reason(error)}).")
        finally:
            self._over.set()

    def end(self) -> None:
        """Make the editor leave if it has not; blocks for at most twice ``GRACE_S``."""
        with self._lock:
            self._leaving = True
            process = self._process
        for stop in self._stops(process):
            if self._over.is_set():
                return
            stop()
            self._over.wait(GRACE_S)

    @staticmethod
    def _stops(process: subprocess.Popen[bytes] | None) -> list[Callable[[], None]]:
        return [process.terminate, process.kill] if process is not None else []

    def _edit(self, file: Path) -> Edited:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w", encoding="utf-8", errors="replace", newline="\n") as writer:  # noqa: PTH123
            writer.write(self._text)
        with self._lock:
            if self._leaving:
                return self._failed("The editor was not started.")
            try:
                self._process = self._start([*self._argv, str(file)])
            except OSError as error:
                return self._failed(f"{self._name} could not be started ({_reason(error)}).")
        status = self._process.wait()
        return self._read(file, status)

    def _start(self, argv: list[str]) -> subprocess.Popen[bytes]:
        """Start it on the terminal that Textual reads and draws on, whatever else is redirected."""
        return subprocess.Popen(  # noqa: S603 - the person's own editor, never through a shell
            argv, stdin=sys.__stdin__, stdout=sys.__stderr__, stderr=sys.__stderr__, env=self._environment
        )

    def _read(self, file: Path, status: int) -> Edited:
        try:
            with file.open("rb") as reader:
                data = reader.read(LARGEST + 1)
        except OSError as error:
            return self._failed(f"What {self._name} saved cannot be read ({_reason(error)}).")
        if len(data) > LARGEST:
            return self._failed(f"What {self._name} saved is larger than {LARGEST // 1_000_000} MB.")
        found = data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
        changed = found != self._text
        if status != 0:
            how = f"exit status {status}" if status > 0 else f"signal {-status}"
            return Edited(found, ok=False, sentence=f"{self._name} failed ({how}).", changed=changed)
        if changed and not _is_utf8(data):
            return Edited(found, ok=False, sentence="What was saved is not UTF-8 text.", changed=True)
        return Edited(found, ok=True, changed=changed)

    @property
    def _name(self) -> str:
        return _printable(PurePath(self._argv[0]).name)

    def _failed(self, sentence: str) -> Edited:
        return Edited(self._text, ok=False, sentence=sentence)


def _folder(environment: Mapping[str, str]) -> str | None:
    """Return where the private folder is made: in memory and for this user only where the host has such a place."""
    runtime = environment.get("XDG_RUNTIME_DIR", "")
    usable = PurePath(runtime).is_absolute() and os.access(runtime, os.W_OK | os.X_OK)
    return runtime if usable else environment.get("TMPDIR") or None


def _reason(error: OSError) -> str:
    return (error.strerror or "for an unknown reason").lower()


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True

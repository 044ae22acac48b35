"""A program on a real pseudo-terminal: what a person sees, types and waits for.

    with Terminal([sys.executable, "-m", "xplenty_tui", "--demo"], cols=80, rows=24) as terminal:
        terminal.wait(r"Jobs")
        terminal.keys("j", "enter")

Nothing here sleeps: every wait is for a state, with a time limit that only a failing test reaches.
"""

from __future__ import annotations

import base64
import codecs
import contextlib
import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any

import pyte

KEYS = {
    "enter": "\r",
    "esc": "\x1b",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "pgup": "\x1b[5~",
    "pgdn": "\x1b[6~",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "insert": "\x1b[2~",
    "delete": "\x1b[3~",
    "backspace": "\x7f",
    "space": " ",
    **{f"f{number}": f"\x1bO{letter}" for number, letter in zip(range(1, 5), "PQRS", strict=True)},
}

LAUNCHER = ("/bin/sh", "-c", 'tty=$1; shift; exec "$@" <>"$tty" >&0 2>&0', "sh")
"""Opened by the leader of a new session, the terminal becomes its controlling terminal; no code runs after a fork."""

TOKEN = re.compile(
    r"\x1b\[(?P<csi>[<=>?]?[0-9;:]*[ -/]*[@-~])"
    r"|\x1b\](?P<osc>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    r"|\x1b[P_^X](?P<string>[^\x1b]*)\x1b\\"
)
"""The sequences that are answered, noted or kept from pyte, which would draw some of them as text."""

UNFINISHED = re.compile(r"\x1b(?:\[[^@-~\x1b]*|[\]P_^X][^\x07\x1b]*\x1b?)?\Z")
"""A sequence whose end is still to come."""


FRAME = 2026
"""The mode of synchronized output: on while a frame is written."""
PATIENCE = 5.0
"""Seconds that a program gets to end by itself after SIGTERM."""


class Screen(pyte.Screen):
    """A pyte screen that answers as a terminal does; pyte knows how to, but has nowhere to write it."""

    def __init__(self, cols: int, rows: int, terminal: Terminal) -> None:
        super().__init__(cols, rows)
        self._terminal = terminal

    def write_process_input(self, data: str) -> None:
        """Send pyte's own answers (device attributes, cursor position) to the program."""
        self._terminal.type(data)


class Terminal:
    """One program, its terminal, and the screen that its bytes paint."""

    def __init__(
        self,
        argv: Sequence[str],
        *,
        cols: int = 120,
        rows: int = 40,
        env: Mapping[str, str] | None = None,
        cwd: str | os.PathLike[str] | None = None,
    ) -> None:
        self.screen = Screen(cols, rows, self)
        self.bytes = 0
        """How much the program has written."""
        self.modes: set[int] = set()
        """The private modes that are switched on: 1049 alternate screen, 1000–1006 mouse, 2004 paste, 25 cursor."""
        self.title = ""
        self.clipboard: str | None = None
        """What was last copied with OSC 52."""
        self.painted: float | None = None
        """Seconds from the start until something could be read on the screen."""
        self.at = 0.0
        """Seconds from the start until the last bytes arrived."""
        self._stream = pyte.Stream(self.screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._tail = ""
        self.master, self.slave = os.openpty()
        self._size(cols, rows)
        self.before = termios.tcgetattr(self.slave)
        """The line discipline as the program found it; ``discipline`` is how it is now."""
        self.started = time.perf_counter()
        self.process = self._start(argv, env or {}, cwd)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.close()

    @property
    def discipline(self) -> list[Any]:
        """The terminal's settings now (echo, canonical mode …)."""
        return termios.tcgetattr(self.slave)

    @property
    def painting(self) -> bool:
        """Whether a frame has begun whose end is still to come: half of it is nothing that a person sees."""
        return FRAME in self.modes

    def text(self) -> str:
        """Return what can be read on the screen, lines without trailing blanks."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def keys(self, *names: str) -> None:
        """Press keys: names of ``KEYS``, ``ctrl+x``, or the character itself."""
        for name in names:
            control = re.fullmatch(r"ctrl\+([a-z\\\]^_@])", name)
            if control is None and name not in KEYS and len(name) != 1:
                raise ValueError(f"no such key: {name}")
            self.type(chr(ord(control[1].upper()) & 0x1F) if control else KEYS.get(name, name))
            self.pump(0.0)

    def type(self, text: str) -> None:
        """Send text as it is; a program that has gone hears nothing."""
        with contextlib.suppress(OSError):
            os.write(self.master, text.encode())

    def resize(self, cols: int, rows: int) -> None:
        """Change the size of the window; the program is told by SIGWINCH."""
        self.screen.resize(rows, cols)
        self._size(cols, rows)

    def wait(self, pattern: str, seconds: float = 20.0) -> re.Match[str]:
        """Wait until the screen matches; an AssertionError shows the screen that never did."""
        found = self._until(pattern, seconds, present=True)
        assert found is not None
        return found

    def gone(self, pattern: str, seconds: float = 20.0) -> None:
        """Wait until the screen no longer matches."""
        self._until(pattern, seconds, present=False)

    def quiet(self, seconds: float = 0.25, limit: float = 20.0) -> int:
        """Wait until nothing has been written for ``seconds``; return the bytes that came before that."""
        before, end = self.bytes, time.perf_counter() + limit
        while self.pump(seconds):
            assert time.perf_counter() < end, f"never quiet in {limit:g} s; the screen:\n{self.text()}"
        return self.bytes - before

    def exit(self, seconds: float = 20.0) -> int:
        """Wait until the program has ended by itself and return its exit status (negative: the signal)."""
        end = time.perf_counter() + seconds
        while self.process.poll() is None:
            self.pump(0.02)
            assert time.perf_counter() < end, f"still running after {seconds:g} s; the screen:\n{self.text()}"
        self._drain()
        return self.process.returncode

    def signal(self, number: int) -> None:
        """Send a signal to the program."""
        self.process.send_signal(number)

    def hang_up(self) -> None:
        """Close the terminal under the program, as a broken connection does."""
        for end in ("master", "slave"):
            if getattr(self, end) >= 0:
                os.close(getattr(self, end))
                setattr(self, end, -1)

    def close(self) -> int:
        """End the program (SIGTERM, and SIGKILL when it does not listen), close the terminal, return the status."""
        if self.process.poll() is None:
            self.process.terminate()
            end = time.perf_counter() + PATIENCE
            while self.process.poll() is None and time.perf_counter() < end:
                self.pump(0.02)
            if self.process.poll() is None:
                os.killpg(self.process.pid, signal.SIGKILL)
        status = self.process.wait()
        self._drain()
        self.hang_up()
        return status

    def pump(self, seconds: float) -> bool:
        """Read what comes within ``seconds``; True when something did."""
        if self.master < 0:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(seconds)
            return False
        ready, _, _ = select.select([self.master], [], [], seconds)
        if not ready:
            return False
        data = os.read(self.master, 1 << 16)
        self.at = time.perf_counter() - self.started
        self.bytes += len(data)
        self._feed(self._decoder.decode(data))
        if self.painted is None and any(line.strip() for line in self.screen.display):
            self.painted = self.at
        return True

    def _start(
        self, argv: Sequence[str], env: Mapping[str, str], cwd: str | os.PathLike[str] | None
    ) -> subprocess.Popen[bytes]:
        chosen = {**os.environ, "TERM": "xterm-256color", **env}
        for name in ("COLUMNS", "LINES"):
            chosen.pop(name, None)
        return subprocess.Popen(
            [*LAUNCHER, os.ttyname(self.slave), *argv],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=chosen,
            cwd=cwd,
        )

    def _until(self, pattern: str, seconds: float, *, present: bool) -> re.Match[str] | None:
        end = time.perf_counter() + seconds
        while True:
            ended = self.process.poll() is not None
            if ended or not self.painting:
                found = re.search(pattern, self.text(), re.MULTILINE)
                if (found is not None) is present:
                    return found
            if not self.pump(0.05) and (ended or time.perf_counter() > end):
                why = f"the program ended ({self.process.returncode})" if ended else f"{seconds:g} s went by"
                wanted = "never showed" if present else "still shows"
                raise AssertionError(f"{why} and the screen {wanted} {pattern!r}:\n{self.text()}")

    def _size(self, cols: int, rows: int) -> None:
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))

    def _drain(self) -> None:
        while self.pump(0.0):
            pass

    def _feed(self, text: str) -> None:
        text = self._tail + text
        unfinished = UNFINISHED.search(text)
        cut = unfinished.start() if unfinished else len(text)
        self._tail = text[cut:]
        self._stream.feed(TOKEN.sub(self._token, text[:cut]))

    def _token(self, match: re.Match[str]) -> str:
        """Answer and note a sequence; return what pyte shall see of it."""
        csi, osc = match["csi"], match["osc"]
        if osc is not None:
            self._told(osc)
        if csi is None:
            return ""
        if query := re.fullmatch(r"\?(\d+)\$p", csi):
            self.type(f"\x1b[?{query[1]};{2 if query[1] == str(FRAME) else 0}$y")
        elif csi in ("c", "0c"):
            self.type("\x1b[?62;22c")
        elif switch := re.fullmatch(r"\?([\d;]+)([hl])", csi):
            return match[0] + self._switch({int(mode) for mode in switch[1].split(";") if mode}, switch[2] == "h")
        elif re.fullmatch(r"[\d;]*[@-~]", csi):
            return match[0]
        return ""

    def _switch(self, modes: set[int], on: bool) -> str:
        self.modes = self.modes | modes if on else self.modes - modes
        return "\x1b[2J\x1b[H" if 1049 in modes else ""

    def _told(self, osc: str) -> None:
        code, _, rest = osc.partition(";")
        if code in ("0", "2"):
            self.title = rest
        elif code == "52" and not rest.endswith("?"):
            self.clipboard = base64.b64decode(rest.partition(";")[2]).decode()

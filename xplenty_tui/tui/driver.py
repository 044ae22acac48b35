"""The way to the terminal: one that stops reading holds up nothing, and one that is gone ends the program.

Textual queues what is to be written; when the queue is full its event loop waits, and with it the refresh and the keys.
Here what a terminal does not take is dropped, and the whole screen is drawn anew once it reads again.
"""

from __future__ import annotations

import os
import select
import sys
import termios
import threading
from codecs import getincrementaldecoder
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any

from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers._writer_thread import WriterThread
from textual.drivers.linux_driver import LinuxDriver

MOST = 150_000
"""Bytes that may wait for the terminal: some pages of a large screen. What comes on top of them is dropped."""
LAST_S = 1.0
"""How long leaving waits for a terminal that does not read."""


class PatientWriter(WriterThread):
    """Writes to the terminal's own descriptor, so that a write that never ends holds no lock at the end."""

    def __init__(self, file: IO[str], caught_up: Callable[[], object]) -> None:
        super().__init__(file)
        self._given = file.fileno()
        self._descriptor = _own(self._given)
        self._waiting: deque[bytes] = deque()
        self._size = 0
        self._news = threading.Condition()
        self._caught_up = caught_up
        self._missed = self._over = self._gone = self._give_up = False
        self.closing = False
        """The last words are written: nothing is dropped."""

    def write(self, text: str) -> None:
        """Queue a text; drop it when too much waits already, for the screen is drawn anew later."""
        data = text.encode("utf-8", "replace")
        with self._news:
            if self._gone:
                return
            if not self.closing and (self._missed or self._size + len(data) > MOST):
                self._missed = True
                return
            self._waiting.append(data)
            self._size += len(data)
            self._news.notify()

    def run(self) -> None:
        """Write what is queued, until it is over."""
        while True:
            with self._news:
                while not self._waiting and not self._over:
                    self._news.wait()
                if not self._waiting:
                    return
                data = b"".join(self._waiting)
                self._waiting.clear()
            size = len(data)
            if not self._put(data):
                return
            with self._news:
                self._size -= size
                missed = self._missed and not self._waiting
                if missed:
                    self._missed = False
            if missed:
                self._caught_up()

    def _put(self, data: bytes) -> bool:
        """Write all of it; False when there is no terminal any more."""
        while data and not self._give_up:
            try:
                data = data[os.write(self._descriptor, data[:CHUNK]) :]
            except BlockingIOError:
                select.select((), (self._descriptor,), (), LOOK_S)
            except OSError:
                with self._news:
                    self._gone, self._size = True, 0
                    self._waiting.clear()
                return False
        return True

    def stop(self) -> None:
        """End once everything is written; of a terminal that does not read, what it has not read is thrown away."""
        with self._news:
            self._over = True
            self._news.notify()
        self.join(LAST_S)
        if self.is_alive():
            self._leave()
        if self._descriptor != self._given:
            os.close(self._descriptor)

    def _leave(self) -> None:
        """Throw away what is not read, and write the last words alone: they fit into the terminal's own buffer."""
        with self._news:
            last = b"".join([CANCEL, *list(self._waiting)[-LAST_WORDS:]])
            self._waiting.clear()
            self._give_up = True
        self.join(2 * LOOK_S)
        with suppress(termios.error, OSError):
            termios.tcflush(self._descriptor, termios.TCOFLUSH)
            os.write(self._descriptor, last)


def _own(descriptor: int) -> int:
    """Return a descriptor of the same terminal that never blocks; the shell's own has to stay as it is."""
    try:
        return os.open(os.ttyname(descriptor), os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError:
        return descriptor


CHUNK = 4096
"""Bytes that are written at once."""
LOOK_S = 0.2
"""Seconds between two looks whether it is over, while the terminal does not read."""
CANCEL = b"\x18"
"""Ends a sequence that was cut off in its middle."""
TICK_S = 0.1
"""Seconds between two looks at a sequence that may go on."""
TICKS = 10
"""So many looks after the last key; then nothing can be waiting any more."""
LAST_WORDS = 8
"""Texts at the end of the queue that put the terminal back: few and short, they fit into its buffer."""


class PatientDriver(LinuxDriver):
    """Textual's driver with a writer that never waits."""

    _patient: PatientWriter | None = None

    def __init__(self, app: Any, **options: Any) -> None:
        super().__init__(app, **options)
        self._loop_app = app
        self._wakes, self._wake = os.pipe()
        """Its two ends: a byte in it tells the thread that reads keys to look whether it is over."""

    # Textual's thread looks ten times a second whether it is over, and at the end waits twice for that.

    def run_input_thread(self) -> None:
        """Read keys until it is over, and do nothing while there are none."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        quiet = 0
        while not self.exit_event.is_set():
            # A sequence that does not go on is a key by itself (escape) after a moment, which ``tick`` has to see.
            ready, _, _ = select.select((self.fileno, self._wakes), (), (), TICK_S if quiet < TICKS else None)
            quiet += 1
            if self._wakes in ready:
                self.exit_event.wait(TICK_S)
            elif self.fileno in ready:
                quiet = 0
                text = decode(os.read(self.fileno, CHUNK))
                if not text:
                    return
                for event in parser.feed(text):
                    self.process_message(event)
            for event in parser.tick():
                self.process_message(event)
        with suppress(EOFError, ParseError):
            list(parser.feed(""))

    def disable_input(self) -> None:
        """Stop reading keys, at once."""
        os.write(self._wake, b"x")
        super().disable_input()
        os.read(self._wakes, 1)

    # Textual makes its writer in the middle of starting, each time the screen is taken.

    @property
    def _writer_thread(self) -> PatientWriter | None:
        return self._patient

    @_writer_thread.setter
    def _writer_thread(self, made: WriterThread | None) -> None:
        self._patient = PatientWriter(sys.__stderr__ or sys.stderr, self._caught_up) if made is not None else None

    def _caught_up(self) -> None:
        """Draw all of the screen: the terminal reads again."""
        with suppress(RuntimeError):  # the loop is closed: nobody looks any more
            self._loop_app.call_later(self._loop_app.do_redraw)

    def stop_application_mode(self) -> None:
        """Put the terminal back; from now on nothing is dropped."""
        if self._patient is not None:
            self._patient.closing = True
        super().stop_application_mode()

    def hung_up(self) -> bool:
        """Tell whether the terminal is gone (its window was closed, the line broke)."""
        poller = select.poll()
        poller.register(self.fileno, 0)
        return any(state & (select.POLLHUP | select.POLLERR | select.POLLNVAL) for _, state in poller.poll(0))

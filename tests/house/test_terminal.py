"""The terminal of the tests is a terminal: controlling, sized, answering; and it leaves nothing behind."""

from __future__ import annotations

import base64
import signal
import sys
import termios

import pytest

from tests.terminal import Terminal

ASK = """
import os, sys, termios, tty
old = termios.tcgetattr(0)
tty.setraw(0)
def ask(query, last):
    os.write(1, query)
    answer = b""
    while not answer.endswith(last):
        answer += os.read(0, 1)
    return answer
answers = [ask(b"\\x1b[c", b"c"), ask(b"ab\\x1b[6n", b"R"), ask(b"\\x1b[?2026$p", b"y"), ask(b"\\x1b[?2048$p", b"y")]
termios.tcsetattr(0, termios.TCSANOW, old)
print(answers)
print("done")
"""


def python(program: str, *, cols: int = 100, rows: int = 20) -> Terminal:
    return Terminal([sys.executable, "-c", program], cols=cols, rows=rows)


def test_the_program_has_a_controlling_terminal_of_the_size_asked_for() -> None:
    with python("import os; print(open('/dev/tty').isatty(), *os.get_terminal_size())") as terminal:
        terminal.wait("True 100 20")
        assert terminal.exit() == 0


def test_queries_are_answered() -> None:
    with python(ASK) as terminal:
        terminal.wait("^done")
        shown = terminal.text().replace("\n", "")
        for answer in ("x1b[?62;22c", "x1b[1;3R", "x1b[?2026;2$y", "x1b[?2048;0$y"):
            assert answer in shown


def test_keys_reach_the_program_and_its_words_the_screen() -> None:
    with python("print(repr(input('name? ')), 'got it')") as terminal:
        terminal.wait(r"name\?")
        terminal.keys("a", "b", "enter")
        terminal.wait("'ab' got it")
        terminal.gone("no such words")
        assert terminal.exit() == 0
        assert terminal.painted is not None
        assert terminal.bytes > 10


def test_a_key_nobody_knows_is_refused() -> None:
    with python("input()") as terminal, pytest.raises(ValueError, match="no such key: entre"):
        terminal.keys("entre")


def test_the_program_is_told_of_a_new_size() -> None:
    program = """
import os, signal, sys
signal.signal(signal.SIGWINCH, lambda *_: print("now", *os.get_terminal_size(), flush=True))
print("ready", flush=True)
while True:
    signal.pause()
"""
    with python(program) as terminal:
        terminal.wait("ready")
        terminal.resize(80, 24)
        terminal.wait("now 80 24")
        assert terminal.close() == -signal.SIGTERM


def test_what_never_shows_is_told_with_the_screen() -> None:
    with (
        python("print('hello'); input()") as terminal,
        pytest.raises(AssertionError, match=r"0\.3 s went by(.|\n)*hello"),
    ):
        terminal.wait("goodbye", seconds=0.3)


def test_a_program_that_ended_is_told() -> None:
    with python("print('hello'); raise SystemExit(3)") as terminal:
        with pytest.raises(AssertionError, match=r"the program ended \(3\)"):
            terminal.wait("goodbye")
        assert terminal.exit() == 3


def test_a_program_that_ignores_sigterm_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.terminal.PATIENCE", 0.2)
    program = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=True); signal.pause()"
    terminal = python(program)
    terminal.wait("ready")
    assert terminal.close() == -signal.SIGKILL


def test_a_hang_up_is_one() -> None:
    with python("print('ready', flush=True); input()") as terminal:
        terminal.wait("ready")
        terminal.hang_up()
        assert terminal.exit() == -signal.SIGHUP


def test_what_a_program_leaves_switched_on_is_seen() -> None:
    copied = base64.b64encode("héllo".encode()).decode()
    program = f"""
import sys, tty
tty.setraw(0)
sys.stdout.write("\\x1b[?1049h\\x1b[?1003;1006h\\x1b[?25l\\x1b[>1u\\x1b[4:3mwavy\\x1b[m\\x1b]2;a title\\x07")
sys.stdout.write("\\x1b]52;c;{copied}\\x1b\\\\end")
"""
    with python(program) as terminal:
        terminal.wait("wavyend")
        assert terminal.exit() == 0
        assert {1049, 1003, 1006} <= terminal.modes
        assert (terminal.title, terminal.clipboard) == ("a title", "héllo")
        assert terminal.before[3] & termios.ECHO
        assert not terminal.discipline[3] & termios.ECHO


def test_a_sequence_in_pieces_is_one_sequence() -> None:
    program = """
import os, tty
tty.setraw(0)
os.write(1, b"ready")
pieces = (b"\\r", b"\\x1b", b"[?2026", b"$p\\x1b]0;ti", b"tle\\x1b", b"\\\\\\xe2\\x9c", b"\\x93 \\x1b[3", b"1mred")
for piece in pieces:
    os.read(0, 1)
    os.write(1, piece)
"""
    with python(program) as terminal:
        terminal.wait("ready")
        for _ in range(8):
            terminal.keys("x")
            terminal.quiet(0.02)
        terminal.wait("^✓ red$")
        assert terminal.title == "title"


def test_quiet_counts_what_came() -> None:
    with python("print('x' * 500, flush=True); input()") as terminal:
        terminal.wait("xxx")
        terminal.quiet()
        assert 500 <= terminal.bytes <= 520


def test_half_a_frame_is_not_what_is_seen() -> None:
    program = """
import os, tty
tty.setraw(0)
os.write(1, b"ready")
os.read(0, 1)
os.write(1, b"\\x1b[?2026h half")
os.read(0, 1)
os.write(1, b" whole\\x1b[?2026l")
"""
    with python(program) as terminal:
        terminal.wait("ready")
        terminal.keys("a")
        while "half" not in terminal.text():
            assert terminal.pump(20), "it never came"
        assert terminal.painting
        with pytest.raises(AssertionError, match="never showed"):
            terminal.wait("half", 0.1)
        terminal.keys("b")
        assert terminal.wait("half.*")[0] == "half whole"

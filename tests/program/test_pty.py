"""The program as a person starts it: a real pseudo-terminal, and a server that goes away and comes back."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator

import pytest

from tests.conftest import ROOT
from tests.program.served import PROGRAM, Server, program
from tests.terminal import Terminal

DEMO = [*PROGRAM, "--demo", "--speed", "0", "--jobs", "60"]
STYLE = re.compile(rb"\x1b\[([0-9;]+)m")


def demo(*more: str, cols: int = 80, rows: int = 24, env: dict[str, str] | None = None) -> Terminal:
    return Terminal([*DEMO, *more], cols=cols, rows=rows, env=env, cwd=ROOT)


def test_the_demo_on_a_small_terminal_and_q_leaves_it_as_it_was():
    with demo("--screen", "jobs") as terminal:
        terminal.wait(r"completed")
        terminal.wait(r"live")
        assert all(len(line) <= 80 for line in terminal.text().splitlines())
        assert {1049} <= terminal.modes
        assert terminal.discipline != terminal.before
        terminal.keys("q")
        assert terminal.exit() == 0
        assert 1049 not in terminal.modes, "the alternate screen is left"
        assert 25 in terminal.modes, "the cursor is shown"
        assert not terminal.modes & {1000, 1002, 1003, 1006, 2004}, "no mouse, no paste marks"
        assert terminal.discipline == terminal.before


@pytest.mark.parametrize("before", ["", "\r"], ids=["list", "page"])
def test_a_search_and_the_key_behind_it_may_arrive_in_one_piece(before):
    """Nothing that is pasted or typed fast is lost: the key behind enter means what was found."""
    with demo("--screen", "jobs") as terminal:
        terminal.wait(r"running")
        terminal.wait(r"live")
        terminal.type(before)
        terminal.wait(r"WHAT NOW" if before else r"running")
        terminal.type("/cluster\rx" if before else "/running\rx")
        terminal.wait(r"Stop job")
        terminal.keys("esc")
        terminal.gone(r"Stop job")
        terminal.keys("q")
        assert terminal.exit() == 0


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_ends_it_and_restores_the_terminal(number, status):
    with demo() as terminal:
        terminal.wait(r"live")
        terminal.signal(number)
        assert terminal.exit() == status
        assert terminal.discipline == terminal.before
        assert 1049 not in terminal.modes


def test_ctrl_c_leaves_even_while_typing():
    with demo("--screen", "jobs") as terminal:
        terminal.wait(r"live")
        terminal.keys("/", "q", "q")
        terminal.wait(r"/ qq")
        terminal.keys("ctrl+c")
        assert terminal.exit() == 0
        assert terminal.discipline == terminal.before


def test_a_terminal_that_can_draw_nothing_is_told_in_a_sentence():
    with demo(env={"TERM": "dumb"}) as terminal:
        assert terminal.exit() == 2
        assert "TERM=dumb" in terminal.text().replace("\n", "")
        assert 1049 not in terminal.modes
        assert "Traceback" not in terminal.text()


class Bytes(Terminal):
    """Keeps what was written."""

    raw = b""

    def _feed(self, text: str) -> None:
        self.raw += text.encode()
        super()._feed(text)


def has_hue(raw: bytes) -> bool:
    """Tell whether anything is coloured; greys are light and dark, which NO_COLOR leaves."""
    for found in STYLE.findall(raw):
        codes = [int(code or 0) for code in found.split(b";")]
        while codes:
            code = codes.pop(0)
            if code in (38, 48) and codes[:1] == [2]:
                if len(set(codes[1:4])) > 1:
                    return True
                del codes[:4]
            elif code in (38, 48) or code in {*range(31, 37), *range(41, 47), *range(91, 97), *range(101, 107)}:
                return True
    return False


@pytest.mark.parametrize("plain", [True, False])
def test_no_color(plain):
    with Bytes(
        [*DEMO, "--screen", "jobs"], cols=100, rows=30, env={"NO_COLOR": "1"} if plain else {}, cwd=ROOT
    ) as term:
        term.wait(r"✓|✗")
        term.wait(r"live")
        term.keys("j", "?")
        term.wait(r"KEYS HERE")
        assert has_hue(term.raw) is not plain


def test_keys_typed_before_anything_is_loaded_harm_nothing():
    with demo("--screen", "jobs") as terminal:
        terminal.keys("j", "enter", "R", "/", "esc")
        terminal.wait(r"live")
        terminal.keys("q")
        assert terminal.exit() == 0


@pytest.fixture
def poor() -> Iterator[Server]:
    """A server with 50 credits an hour, of which others have used some."""
    one = Server("--limit", "50")
    yield one
    one.kill()


@pytest.fixture
def server() -> Iterator[Server]:
    one = Server()
    yield one
    one.kill()


def test_everything_is_seen_over_http_by_keys(server):
    with program(env=server.environment) as terminal:
        terminal.wait(r"▸1 Triage")
        for key, title, shown in (
            ("2", "Jobs", r"completed +\d+"),
            ("3", "Clusters", r"CLUSTER|NAME"),
            ("4", "Schedules", r"every|EVERY"),
            ("5", "Packages", r"orders_to_redshift"),
            ("6", "Account", r"(?i)acme.*"),
            ("1", "Triage", r"(?i)failed"),
        ):
            terminal.keys(key)
            terminal.wait(rf"▸{key} {title}")
            terminal.wait(r"live")
            terminal.wait(shown)
        assert server.key not in terminal.text()
        terminal.keys("q")
        assert terminal.exit() == 0


def test_a_server_that_dies_keeps_its_rows_and_it_recovers_by_itself(server):
    with program("--screen", "jobs", env=server.environment) as terminal:
        terminal.wait(r"live")
        row = terminal.wait(r"(?:completed|failed) +(\d+)")[1]
        server.kill()
        terminal.keys("R")
        terminal.wait(r"offline")
        assert row in terminal.text()
        assert "┃" in terminal.text()
        assert "by itself" in terminal.text()
        assert "live" not in terminal.text()
        terminal.keys("j", "j", "g")  # still a list
        server.start()
        terminal.wait(r"· live", 25)  # nobody pressed anything
        assert "┃" not in terminal.text()
        terminal.keys("q")
        assert terminal.exit() == 0


def test_a_key_that_is_not_taken_is_said_and_never_shown(server):
    wrong = "wrong-key-abcdef"
    with program("--screen", "jobs", env={**server.environment, "XPLENTY_API_KEY": wrong}) as terminal:
        terminal.wait(r"refused")
        terminal.wait(r"could not be loaded")
        assert wrong not in terminal.text()
        terminal.keys("q")
        assert terminal.exit() == 0


def test_an_hour_of_fifty_credits_is_shared_spent_and_waited_for(poor):
    """The plan stretches, the person spends the rest, the banner counts down, and what a person does is still tried."""
    with program("--screen", "jobs", cols=80, rows=24, env=poor.environment) as terminal:
        terminal.wait(r"completed +\d+")
        terminal.wait(r"· slowed")  # ten credits an hour are all that the background may take
        left = int(terminal.wait(r"(\d+)/50 credits")[1])
        terminal.keys("$")
        terminal.wait(r"\d+ of 50")
        terminal.keys("G")
        terminal.wait(r"10 an hour \(20% of 50\)")
        terminal.wait(r"times longer")
        terminal.keys("\x1b")
        terminal.wait(r"newest|in all")
        for spent in range(1, left + 1):
            terminal.keys("R")
            terminal.wait(rf"\D{left - spent}/50 credits")
        terminal.wait(r"credits are used up|reserve of 12 is kept")
        first = int(terminal.wait(r"next free check in (\d+)s")[1])
        terminal.wait(rf"next free check in (?!{first}s)\d+s")
        assert "waiting" in terminal.text()
        assert re.search(r"(completed|failed) +\d+", terminal.text()), "the rows stay"
        terminal.keys("R")
        terminal.wait(r"credits are used up")
        assert poor.key not in terminal.text()
        terminal.keys("q")
        assert terminal.exit() == 0

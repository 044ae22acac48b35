"""The bytes that reach a real terminal when something that is watched settles: bell, plain and wrapped."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.terminal import Terminal

DEMO = [sys.executable, "-m", "xplenty_tui", "--demo", "--jobs", "60", "--speed", "30"]
"""A world in which half a minute passes in a second: what runs ends soon."""


class Raw(Terminal):
    """Keeps what was written, as it was written."""

    raw = ""

    def _feed(self, text: str) -> None:
        self.raw += text
        super()._feed(text)

    def until(self, pattern: str, seconds: float = 60.0) -> re.Match[str]:
        """Wait until the bytes match."""
        left = int(seconds / 0.05)
        while (found := re.search(pattern, self.raw)) is None:
            self.pump(0.05)
            left -= 1
            assert left and self.process.poll() is None, f"never wrote {pattern!r}; the screen:\n{self.text()}"
        return found


def configured(home: Path, text: str) -> None:
    folder = home / "config" / "xplenty-tui"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text(text)


@contextmanager
def watching(env: dict[str, str]) -> Iterator[Raw]:
    """Start the program, watch the newest job, which runs, and stop it."""
    with Raw([*DEMO, "--screen", "jobs"], cols=100, rows=30, env=env, cwd=ROOT) as terminal:
        terminal.wait(r"[✓+] completed")
        terminal.wait(r"w watch")
        terminal.keys("w")
        terminal.wait(r"Watching job \d+|1 watched|1 settled")
        terminal.keys("x")
        terminal.wait(r"\[>Cancel<\]")
        terminal.keys("tab", "enter")
        yield terminal


SAID = r"xplenty acme: job \d+ \w+ (?:completed|failed|was stopped)[^\x07\x1b]*"


@pytest.mark.parametrize(
    ("config", "env", "pattern"),
    [
        ("", {}, rf"\x1b\]9;{SAID}\x07"),
        (
            "[notify]\npassthrough = true",
            {"TERM": "tmux-256color", "TMUX": "x,1,0"},
            rf"\x1bPtmux;\x1b\x1b\]9;{SAID}\x07\x1b\\",
        ),
    ],
    ids=["plain", "tmux"],
)
def test_a_bell_and_a_notification(config: str, env: dict[str, str], pattern: str, home: Path) -> None:
    if config:
        configured(home, config)
    with watching(env) as terminal:
        found = terminal.until(pattern)
        assert terminal.raw[: found.start()].endswith("\x07"), "the bell rings before it"
        terminal.wait(r"1 settled \(@\)")
        terminal.keys("q")
        assert terminal.exit() == 0
        assert len(re.findall(pattern, terminal.raw)) == 1


def test_tmux_that_was_not_opened_gets_the_bell_alone() -> None:
    with watching({"TERM": "tmux-256color", "TMUX": "x,1,0"}) as terminal:
        terminal.wait(r"1 settled \(@\)", 60)
        terminal.keys("q")
        assert terminal.exit() == 0
        assert not re.search(r"\]9;|\]777;", terminal.raw)
        assert "\x07" in re.sub(r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)", "", terminal.raw)

"""Copying through tmux and screen, on the wire and on a real terminal; marks over a range."""

from __future__ import annotations

import re
from base64 import b64decode

import pytest

from tests.conftest import ROOT
from tests.program.test_pty import DEMO, Bytes
from tests.tui.host import running
from xplenty_tui.tui.passing import PIECE, clipboard

PLAIN = "\x1b]52;c;aGVsbG8=\x07"


@pytest.mark.parametrize(
    ("environment", "written"),
    [
        ({}, PLAIN),
        ({"TMUX": "x,1,0"}, f"{PLAIN}\x1bPtmux;\x1b{PLAIN}\x1b\\"),
        ({"STY": "1.pts"}, f"\x1bP{PLAIN}\x1b\\"),
        ({"TERM": "screen-256color", "TMUX": "x"}, f"{PLAIN}\x1bPtmux;\x1b{PLAIN}\x1b\\"),
    ],
)
def test_it_is_wrapped_for_what_lies_between(environment: dict[str, str], written: str) -> None:
    assert clipboard("hello", environment) == written


def test_screen_gets_pieces_that_it_passes_on_and_that_join_to_the_whole() -> None:
    text = "日本" * 500
    pieces = re.findall("\x1bP(.*?)\x1b\\\\", clipboard(text, {"STY": "1"}), re.DOTALL)
    assert all(len(piece) <= PIECE for piece in pieces)
    whole = "".join(pieces)
    assert b64decode(whole.removeprefix("\x1b]52;c;").removesuffix("\x07")).decode() == text


def test_a_lone_surrogate_does_not_end_the_program() -> None:
    assert clipboard("\ud800", {}) == "\x1b]52;c;Pw==\x07"


def test_on_a_terminal_inside_tmux() -> None:
    with Bytes([*DEMO, "--screen", "jobs"], cols=100, rows=30, env={"TMUX": "none,1,0"}, cwd=ROOT) as terminal:
        terminal.wait(r"live")
        terminal.keys("y")
        terminal.wait(r"clipboard")
        assert b"\x1bPtmux;\x1b\x1b]52;c;" in terminal.raw
        assert terminal.clipboard is not None
        assert terminal.clipboard.isdecimal()


async def test_a_range_is_marked_from_the_last_mark_to_the_cursor() -> None:
    async with running(screen="jobs") as host:
        await host.press("ctrl+@")
        await host.see("Mark one with space first")
        await host.press("j", "space", "j", "j", "ctrl+@")
        view = host.place.view
        await host.until(lambda: len(view.marks) == 4)
        assert view.marks == set(view.keys[1:5])
        await host.press("g", "ctrl+@")
        await host.until(lambda: view.marks == set(view.keys[0:5]))

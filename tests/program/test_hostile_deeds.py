"""Hostile strings where something is done: parts of pages, palette, question, toast, journal, export, exit message."""

from __future__ import annotations

import csv
import json
import re
import stat
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from tests.conftest import ROOT
from tests.program.test_hostile import BAD, KEPT, PAYLOADS, Hostile, framed, harmless
from tests.program.test_pty import Bytes
from xplenty_tui.core.export import FORMULA
from xplenty_tui.demo.server import serve
from xplenty_tui.demo.start import ACCOUNT, KEY, start
from xplenty_tui.resources import BY_NAME

FORMULAS = ('=HYPERLINK("http://owned.invalid")', "+1+1", "-2", "@SUM(A1)", "\t=1", "\r=1")
PARTS = """
import sys
from xplenty_tui.__main__ import main
from xplenty_tui.core.declare import Loaded
from xplenty_tui.tui.deeds import Deeds

def all_parts(self):
    front = self.places.front
    for section in front.resource.detail:
        if isinstance(section, Loaded):
            front.go_part(section.name)

Deeds.do_redraw = all_parts
sys.exit(main())
"""
"""The program, whose ctrl+l opens all parts of a page."""
ASKED_FOR = ("outputs", "instances", "watchers", "validations")
"""Kinds of which only that is listed which pages have asked for."""


def go(terminal: Bytes, title: str) -> None:
    terminal.keys(":")
    terminal.wait(r"Go to")
    terminal.type(title)
    terminal.wait(re.escape(title))
    terminal.keys("enter")
    terminal.gone(r"Go to ")
    terminal.wait(rf"^ {title}")


def parts(terminal: Bytes) -> None:
    """Open the item under the cursor and all parts of it, and see them to their end."""
    terminal.keys("enter")
    terminal.wait(r"›")
    terminal.quiet(0.15)
    terminal.keys("\x0c")
    terminal.quiet(0.3)
    for _ in range(4):
        terminal.keys("pgdn")
        terminal.quiet(0.05)
        framed(terminal)


def look(terminal: Bytes) -> None:
    for digit, wanted in (("2", "completed"), ("3", "available"), ("4", "enabled"), ("5", "active")):
        terminal.keys(digit)
        terminal.wait(rf"▸{digit} ")
        terminal.wait(r"live")
        terminal.keys("/")
        terminal.type(f"status:{wanted}\r")
        terminal.wait(rf"status:{wanted}")
        parts(terminal)
    for kind in ASKED_FOR:
        go(terminal, BY_NAME[kind].title)
        terminal.wait(r"\d in all|\d loaded")
        parts(terminal)


def act(terminal: Bytes, state: Path) -> None:
    """Disable a schedule; what is said of it, and what the journal keeps."""
    terminal.keys("4")
    terminal.wait(r"▸4 ")
    terminal.wait(r"^ Schedules")
    terminal.keys("g", "t")
    terminal.wait(r"cancels")
    framed(terminal)
    terminal.quiet()  # a question takes no yes that was typed before it could be read
    terminal.keys("y")
    terminal.wait(r"(?i)disabled")
    terminal.gone("cancels")
    terminal.keys("#")
    terminal.wait(r"^ Journal")
    terminal.wait(r"[Dd]isable")
    framed(terminal)
    (file,) = state.rglob("journal.jsonl")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    told = [str(value) for line in file.read_text().splitlines() for value in json.loads(line).values()]
    assert len(told) > 10
    assert not [text for text in told if BAD.search(text)]


def export(terminal: Bytes, file: Path) -> None:
    terminal.keys("2")
    terminal.wait(r"▸2 ")
    terminal.keys("2")
    terminal.wait(r"^   STATUS")
    terminal.keys("\x13")
    terminal.wait(r"File \*")
    terminal.type(f"\x15{file}\x13")
    terminal.wait(r"Saved to")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with file.open(newline="") as text:
        cells = [cell for row in csv.reader(text) for cell in row]
    assert any(cell.startswith(tuple(f"'{one}" for one in "=+-@")) for cell in cells), "the apostrophe was needed"
    assert not [cell for cell in cells if cell.startswith(FORMULA) or BAD.search(cell)]


def test_hostile_strings_where_something_is_done(tmp_path: Path) -> None:
    api, _ = start(7, 60, 0, time.monotonic, datetime(2026, 3, 2, 9, 30, tzinfo=UTC))
    hostile = Hostile(api, KEPT | {"permissions"}, (*PAYLOADS, *FORMULAS))
    with serve(hostile, 0) as server:  # type: ignore[arg-type]
        env = {"XPLENTY_API_URL": server.url, "XPLENTY_API_KEY": KEY, "XPLENTY_ACCOUNT_ID": ACCOUNT}
        env["XDG_STATE_HOME"] = str(tmp_path)
        with Bytes([sys.executable, "-c", PARTS], cols=100, rows=40, env=env, cwd=ROOT) as terminal:
            terminal.wait(r"live")
            look(terminal)
            act(terminal, tmp_path)
            export(terminal, tmp_path / "jobs.csv")
            terminal.keys(":")
            terminal.wait(r"Go to")
            terminal.type("o")
            terminal.quiet(0.15)
            framed(terminal)
            harmless(terminal.raw)
            assert not BAD.search(terminal.title)
            terminal.keys("\x03")
            assert terminal.exit() == 0
            harmless(terminal.raw)

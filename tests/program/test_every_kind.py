"""Every kind on a real terminal: by ``:`` to its list, to an item's page and back, and what it cost."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import pytest

from tests.program.served import Server, program
from tests.terminal import Terminal
from xplenty_tui.core.declare import Resource
from xplenty_tui.resources import ALL
from xplenty_tui.tui.commands import SECTIONS

DIGITS = {name: digit for digit, name, _ in SECTIONS}
EMPTY = {"connection_groups", "instances", "watchers", "validations"}
"""Kinds whose lists begin with nothing: they are searched, or hold what was looked at."""
WRONG = re.compile(r"Traceback|could not be (?:loaded|decoded)|is not among what is loaded|refused|offline")
"""Words that no kind says when all is well."""


@pytest.fixture
def server() -> Iterator[Server]:
    one = Server()
    yield one
    one.kill()


def spent(server: Server) -> int:
    """Return what the server has counted, from some beginning on; asking costs nothing."""
    status, told = server.ask("rate_limit_status")
    assert status == 200
    return -int(told["limits"]["remaining"])


def settled(terminal: Terminal, server: Server) -> int:
    """Wait until the screen is quiet and the server counts nothing further; returns what it has counted."""
    before = spent(server)
    while True:
        terminal.quiet(0.4)
        if (now := spent(server)) == before:
            return now
        before = now


def go(terminal: Terminal, kind: Resource[object]) -> None:
    """Go to a kind by the palette."""
    terminal.keys(":")
    terminal.wait(r"Go to")
    terminal.type(kind.title)
    title = re.escape(kind.title)
    terminal.wait(rf"│ {title} +│.*\n[^│]*│ +{title} {{2,}}")  # it stands first
    terminal.keys("enter")
    terminal.gone(r"Go to ")
    terminal.wait(rf"(?m)^ {re.escape(kind.title)}(?: |$)")


def test_every_kind_opens_by_name_and_returns_within_its_credits(server: Server) -> None:
    """A list costs at most one credit a page of 100, a page at most three before one asks for more."""
    taken: dict[str, tuple[int, int]] = {}
    with program(cols=120, rows=40, env=server.environment) as terminal:
        terminal.wait(r"▸1 Triage")
        terminal.wait(r"· live")
        terminal.quiet(0.5)
        terminal.keys("p")
        terminal.wait(r"paused")
        for kind in ALL:
            before = settled(terminal, server)
            go(terminal, kind)
            listed = settled(terminal, server)
            assert not WRONG.search(terminal.text()), (kind.name, terminal.text())
            if kind.name not in EMPTY:
                terminal.keys("enter")
                terminal.wait(rf"(?m)^ {re.escape(kind.title)} › ")
                terminal.gone(r"Loading|asking…")
            opened = settled(terminal, server)
            assert not WRONG.search(terminal.text()), (kind.name, terminal.text())
            taken[kind.name] = listed - before, opened - listed
            terminal.keys("1")
            terminal.wait(r"▸1 Triage")
        terminal.keys("q")
        assert terminal.exit() == 0
        assert "Traceback" not in terminal.text() and server.key not in terminal.text()
    told = "\n".join(f"{name:18} list {one}, page {two}" for name, (one, two) in taken.items())
    sys.stdout.write(f"{told}\n")  # pytest -rA shows it
    assert list(taken) == [kind.name for kind in ALL]
    pages = {kind.name: kind.initial_pages for kind in ALL}
    assert {name: one for name, (one, _) in taken.items() if one > pages[name]} == {}, told
    assert {name: two for name, (_, two) in taken.items() if two > 3} == {}, told

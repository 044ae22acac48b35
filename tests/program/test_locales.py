"""Terminals that show ASCII only, for real: every byte is ASCII, whatever the API's texts are made of."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.conftest import ROOT
from tests.program.served import PROGRAM
from tests.program.test_hostile import KEPT, Hostile
from tests.program.test_pty import Bytes
from xplenty_tui.demo.server import serve
from xplenty_tui.demo.start import ACCOUNT, KEY, start

NAMES = ("Köln", "Łódź", "日本語", "Ûmlaut", "“quoted” – x", "👩‍👩‍👧 x")
"""In UTF-8 they hold the bytes 9B, 9C and 9D: in a terminal of one byte a character each begins or ends a sequence."""
LOCALES = ({"LC_ALL": "C"}, {"LANG": "de_DE.ISO-8859-1"}, {"LANG": "POSIX"})


@pytest.fixture(scope="module")
def told() -> Iterator[dict[str, str]]:
    """A server whose texts are in many languages, and what the program has to know of it."""
    api, _ = start(7, 60, 0, time.monotonic, datetime(2026, 3, 2, 9, 30, tzinfo=UTC))
    with serve(Hostile(api, KEPT, NAMES), 0) as server:  # type: ignore[arg-type]
        yield {"XPLENTY_API_URL": server.url, "XPLENTY_API_KEY": KEY, "XPLENTY_ACCOUNT_ID": ACCOUNT}


@pytest.mark.parametrize("locale", LOCALES, ids=lambda one: "".join(one.values()))
def test_every_byte_is_ascii(locale: dict[str, str], told: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        monkeypatch.delenv(name, raising=False)
    with Bytes(PROGRAM, cols=100, rows=30, env={**told, **locale}, cwd=ROOT) as terminal:
        terminal.wait(r">1 Triage")
        for digit, shown in (("2", r"x failed"), ("3", "Koln|Umlaut"), ("4", "Koln|Umlaut"), ("5", "Koln|Umlaut")):
            terminal.keys(digit)
            terminal.wait(rf">{digit} ")
            terminal.wait(r"live")
            terminal.wait(shown)
            terminal.keys("enter")
            terminal.wait(rf">{digit} .*\n .*\w > ")
        terminal.keys(":")
        terminal.wait("Go to")
        terminal.type("koln")
        terminal.quiet(0.15)
        terminal.keys("esc")
        terminal.gone("Go to")
        terminal.keys("?")
        terminal.wait("KEYS HERE")
        terminal.keys("q")
        assert terminal.exit() == 0
        strange = sorted({one for one in terminal.raw.decode() if not one.isascii()})
        assert not strange, strange


def test_the_check_of_the_program_fits_the_locale_too() -> None:
    argv = [*PROGRAM, "doctor"]
    with Bytes(argv, cols=70, rows=20, env={"LC_ALL": "C"}, cwd=ROOT) as terminal:
        terminal.exit()
        assert "80x24" in terminal.text(), "the terminal is smaller"
        assert terminal.raw.decode().isascii()

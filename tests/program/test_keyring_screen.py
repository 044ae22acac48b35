"""Whatever state the keyring is in: the screen stands at once, keys are answered, and the program ends when told to.

The real Secret Service where it is installed, which it is in CI; the rest by the backends that the library may choose.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from tests.config.fake_keyrings import NAMES
from tests.config.test_secret_service import INSTALLED, OPEN
from tests.conftest import ROOT
from tests.terminal import Terminal

PROGRAM = [sys.executable, "-m", "xplenty_tui", "--screen", "jobs"]
PATIENT = 100
"""Seconds that the keyring may take here: a program that waited for it would fail every test of this file."""
PLAIN = "from tests.config.fake_keyrings import Good\nclass PlaintextKeyring(Good):\n    priority = 1\n"
OWNER = (
    "dbus-send --session --print-reply=literal --dest=org.freedesktop.DBus / "
    "org.freedesktop.DBus.GetConnectionUnixProcessID string:org.freedesktop.secrets"
)
REAL = f"""
printf '\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
set -- $({OWNER})
kill -STOP "$2"
"$PYTHON" -m xplenty_tui --screen jobs
status=$?
kill -KILL "$2"
exit $status
"""


@pytest.fixture
def env(home: Path, tmp_path: Path) -> dict[str, str]:
    settings = home / "config" / "xplenty-tui" / "config.toml"
    settings.parent.mkdir(mode=0o700)
    settings.write_text(
        f'[keyring]\ntimeout_seconds = {PATIENT}\nallow = "{NAMES}Hang"\n[profiles.prod]\naccount = "acme"\n'
        'url = "http://127.0.0.1:9"\n'
    )
    plain = tmp_path / "keyrings" / "alt"
    plain.mkdir(parents=True)
    (plain / "file.py").write_text(PLAIN)
    return {"PYTHONPATH": f"{tmp_path}:{ROOT}", "PYTHON": sys.executable}


@pytest.mark.parametrize(
    ("backend", "words"),
    [
        ("", "This host has no keyring service, which is normal on a server"),
        ("keyring.backends.null.Keyring", "The keyring is switched off here"),
        ("no.such.module.Keyring", "cannot be loaded"),
        ("keyrings.alt.file.PlaintextKeyring", "would keep the key in a file that anybody with access to it can read"),
    ],
)
def test_a_keyring_that_cannot_be_used_is_told_on_the_screen(backend: str, words: str, env: dict[str, str]) -> None:
    argv = PROGRAM if backend else ["env", "-u", "PYTHON_KEYRING_BACKEND", *PROGRAM]
    with Terminal(argv, cols=200, rows=24, env={**env, "PYTHON_KEYRING_BACKEND": backend}, cwd=ROOT) as terminal:
        terminal.wait(words)
        terminal.wait("API key +type or paste it")
        terminal.keys("ctrl+c")
        assert terminal.exit() == 0
        assert terminal.discipline == terminal.before


def answers_and_leaves(terminal: Terminal) -> None:
    """Press keys while the keyring hangs, and leave; all of it takes a part of the time that the keyring has."""
    start = time.monotonic()
    terminal.wait("2 Jobs")
    terminal.keys("?")
    terminal.wait("(?i)help|keys here")
    assert "no API key was found" not in terminal.text(), "the keyring has still not answered"
    terminal.keys("ctrl+c")
    assert terminal.exit() == 0
    assert terminal.discipline == terminal.before
    assert time.monotonic() - start < PATIENT / 2


def test_a_keyring_that_waits_for_a_dialog_holds_up_nothing(env: dict[str, str]) -> None:
    env |= {"PYTHON_KEYRING_BACKEND": NAMES + "Hang"}
    with Terminal(PROGRAM, cols=100, rows=24, env=env, cwd=ROOT) as terminal:
        answers_and_leaves(terminal)


if INSTALLED:

    def test_a_daemon_that_was_stopped_holds_up_nothing(env: dict[str, str], home: Path) -> None:
        env |= {
            "PYTHON_KEYRING_BACKEND": "keyring.backends.SecretService.Keyring",
            "XDG_RUNTIME_DIR": str(home / "runtime"),
        }
        argv = ["dbus-run-session", "--", "bash", "-c", REAL]
        with Terminal(argv, cols=100, rows=24, env={**os.environ, **env}, cwd=ROOT) as terminal:
            answers_and_leaves(terminal)

    def test_the_service_is_opened_as_in_the_other_tests() -> None:
        assert OPEN.split(";")[0].split(">")[0].replace('"', "'").strip() in REAL

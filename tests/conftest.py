"""What every test gets: a home of its own, no key, no keyring, no proxy, one kind of terminal."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
"""The checkout."""

FORGOTTEN = (
    "XPLENTY_",
    "TEXTUAL",
    "NO_COLOR",
    "FORCE_COLOR",
    "CLICOLOR",
    "COLUMNS",
    "LINES",
    "TMUX",
    "STY",
    "SSH_",
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "DBUS_SESSION_BUS_ADDRESS",
    "SSL_CERT_",
    "PYTHONKEYRING",
    "NETRC",
)
"""Starts of the names of variables that a person may have set and that would change what a test sees."""

SETTLED = {
    "TERM": "xterm-256color",
    "COLORTERM": "truecolor",
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
    "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
}
"""What every test sees instead. A test that wants a real keyring says so itself."""


def find_examples() -> Path | None:
    """Return the folder of the API documentation's response examples, or None where nobody has put it.

    ``XPLENTY_EXAMPLES`` names it; else it is looked for beside the checkout.
    """
    named = os.environ.get("XPLENTY_EXAMPLES")
    places = [Path(named)] if named else [ROOT.parent / "shared" / "api" / "examples"]
    return next((place for place in places if (place / "manifest.json").is_file()), None)


EXAMPLES = find_examples()
"""``from tests.conftest import EXAMPLES``: None means that a test has to do with what it wrote itself."""


def is_forgotten(name: str) -> bool:
    """Return whether a variable of the person's environment is kept from the tests."""
    return name.startswith(FORGOTTEN) or name.lower().endswith("_proxy")


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test an empty home (HOME and the XDG folders in it) and an environment that is the same everywhere."""
    folder = tmp_path_factory.mktemp("home")
    for name in list(os.environ):
        if is_forgotten(name):
            monkeypatch.delenv(name)
    for name, value in SETTLED.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("HOME", str(folder))
    for part in ("config", "data", "state", "cache", "runtime"):
        kind = "RUNTIME_DIR" if part == "runtime" else f"{part.upper()}_HOME"
        (folder / part).mkdir(mode=0o700)
        monkeypatch.setenv(f"XDG_{kind}", str(folder / part))
    if "keyring.core" in sys.modules:  # it remembers the backend of the first test that asked
        monkeypatch.setattr("keyring.core._keyring_backend", None)
    return folder


@pytest.fixture
def examples() -> Path | None:
    """Hand in ``EXAMPLES``."""
    return EXAMPLES

"""A demo API on loopback, and a keyring that outlives a process."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.config.fake_keyrings import NAMES
from xplenty_tui.demo.server import DemoServer, serve
from xplenty_tui.demo.start import start


@pytest.fixture
def api() -> Iterator[DemoServer]:
    """Serve a small world that stands still."""
    world, _ = start(7, 20, 0, time.monotonic, datetime(2026, 3, 4, 5, 6, tzinfo=UTC))
    with serve(world, 0) as server:
        yield server


@dataclass
class Kept:
    """What the program wrote: its settings, and its keys."""

    settings: Path
    keys: Path

    def stored(self) -> dict[str, str]:
        """Return the keys by service and user."""
        return json.loads(self.keys.read_text()) if self.keys.exists() else {}


@pytest.fixture
def kept(home: Path, monkeypatch: pytest.MonkeyPatch) -> Kept:
    """Set up a keyring that the settings allow."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", NAMES + "OnDisk")
    monkeypatch.setenv("FAKE_KEYRING", str(home / "keys.json"))
    settings = home / "config" / "xplenty-tui" / "config.toml"
    settings.parent.mkdir(mode=0o700)
    settings.write_text(f'[keyring]\nallow = "{NAMES}OnDisk"\ntimeout_seconds = 60\n')
    return Kept(settings, home / "keys.json")

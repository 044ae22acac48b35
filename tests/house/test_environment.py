"""No test sees the person's key, keyring, proxy, terminal or home."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import keyring
import pytest
from keyring.errors import NoKeyringError

from tests.conftest import ROOT, find_examples, is_forgotten


def test_the_home_is_empty_and_private(home: Path) -> None:
    folders = [name for name in os.environ if name.startswith("XDG_")]
    assert {"XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"} <= set(folders)
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"):
        assert Path(os.environ[name]).parent == home
        assert list(Path(os.environ[name]).iterdir()) == []
    assert Path.home() == home


def test_nothing_of_the_person_is_left() -> None:
    assert [name for name in os.environ if is_forgotten(name)] == []


@pytest.mark.parametrize("name", ["XPLENTY_API_KEY", "HTTPS_PROXY", "no_proxy", "NO_COLOR", "TEXTUAL_THEME", "TMUX"])
def test_what_is_forgotten(name: str) -> None:
    assert is_forgotten(name)


@pytest.mark.parametrize("name", ["PATH", "HOME", "TERM", "PYTHONPATH"])
def test_what_is_kept(name: str) -> None:
    assert not is_forgotten(name)


def test_the_keyring_is_out_of_reach() -> None:
    with pytest.raises(NoKeyringError):
        keyring.get_password("xplenty-tui", "nobody")


def test_the_folder_of_examples_is_named_or_beside_the_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XPLENTY_EXAMPLES", str(tmp_path))
    assert find_examples() is None
    (tmp_path / "manifest.json").write_text("[]")
    assert find_examples() == tmp_path


def test_conftest_is_imported_once(request: pytest.FixtureRequest) -> None:
    assert request.config.pluginmanager.get_plugin(str(ROOT / "tests" / "conftest.py")) is sys.modules["tests.conftest"]

"""Who may know whom: the contracts, and what a fresh interpreter really loads."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tests.house.sources import modules, packages, project

SCREEN = {"textual", "rich"}
SLOW = {"httpx", "pydantic", "keyring"}
"""Too slow to load before the first paint."""

LOADED = """
import importlib, json, sys
sys.modules["click"] = None  # httpx loads rich for its command line where click happens to be installed: a tool of ours
for name in json.loads(sys.argv[1]):
    importlib.import_module(name)
print(json.dumps(sorted({name.partition(".")[0] for name, module in sys.modules.items() if module is not None})))
"""


def loaded_by(names: list[str]) -> set[str]:
    """Return the top-level packages that a fresh interpreter has loaded after importing ``names``."""
    command = [sys.executable, "-c", LOADED, json.dumps(names)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout))


def test_the_contracts_are_kept() -> None:
    program = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_package_has_its_place_in_the_contracts() -> None:
    layers = next(each for each in project()["tool"]["importlinter"]["contracts"] if each["type"] == "layers")
    placed = {name.strip() for layer in layers["layers"] for name in layer.split("|")}
    assert {f"xplenty_tui.{name}" for name in packages()} | {"xplenty_tui.__main__"} == placed | {"xplenty_tui.demo"}


@pytest.mark.parametrize("package", sorted(set(packages()) - {"tui", "cli"}))
def test_nothing_below_tui_loads_textual(package: str) -> None:
    assert loaded_by(modules(package)) & SCREEN == set()


@pytest.mark.parametrize("package", ["config", "core"])
def test_the_wire_is_not_loaded_by_what_only_thinks(package: str) -> None:
    assert "httpx" not in loaded_by(modules(package))


@pytest.mark.parametrize("module", ["xplenty_tui", "xplenty_tui.__main__", "xplenty_tui.cli.arguments"])
def test_starting_loads_nothing_slow(module: str) -> None:
    assert loaded_by([module]) & (SLOW | SCREEN) == set()


def test_the_first_screen_is_painted_before_anything_slow_is_loaded() -> None:
    found = loaded_by(["xplenty_tui.__main__", "xplenty_tui.tui.app"])
    assert "textual" in found
    assert found & SLOW == set()


def test_what_is_loaded_is_seen() -> None:
    assert loaded_by(["httpx"]) >= {"httpx"}
    assert "rich" not in loaded_by(["httpx"])
    assert loaded_by(["textual.widgets"]) >= SCREEN

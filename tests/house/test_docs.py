"""The pages that are drawn from declarations are up to date, complete, and show what works."""

from __future__ import annotations

import re
import runpy
import tomllib
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.house.sources import sources
from xplenty_tui.config.read import parse
from xplenty_tui.core.declare import Loaded
from xplenty_tui.resources import ALL
from xplenty_tui.tui.commands import COMMANDS, Keymap

BLOCK = re.compile(r"^```toml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXAMPLES = [
    (name, block)
    for name in ("README.md", "docs/keys.md", "docs/configuration.md")
    for block in BLOCK.findall((ROOT / name).read_text("utf-8"))
]


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Hand in what the script defines, without running it."""
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    return runpy.run_path(str(ROOT / "scripts" / "write_docs"))


def test_what_is_written_is_what_is_declared(script: dict[str, Any]) -> None:
    assert script["main"](["--check"]) == 0


def test_a_page_that_differs_is_told_and_mended(script: dict[str, Any], tmp_path: Any, capsys: Any) -> None:
    (tmp_path / "docs").mkdir()
    assert script["main"]([], tmp_path) == 0
    assert script["main"](["--check"], tmp_path) == 0
    capsys.readouterr()
    page = tmp_path / "docs" / "keys.md"
    written = page.read_text("utf-8")
    page.write_text(written.replace("`ctrl+l`", "`ctrl+x`"), "utf-8")
    assert script["main"](["--check"], tmp_path) == 1
    assert capsys.readouterr().err == "docs/keys.md is not what its declarations say: run make docs.\n"
    assert script["main"]([], tmp_path) == 0
    assert page.read_text("utf-8") == written


def test_every_command_and_every_column_has_its_line() -> None:
    keys = (ROOT / "docs" / "keys.md").read_text("utf-8")
    filters = (ROOT / "docs" / "filter.md").read_text("utf-8")
    parts = [
        f"part.{kind.name}.{part.name}" for kind in ALL for part in kind.detail if isinstance(part, Loaded) and part.key
    ]
    assert parts
    assert [id_ for id_ in [*(command.id for command in COMMANDS), *parts] if f"| `{id_}` |" not in keys] == []
    for kind in ALL:
        section = filters.partition(f"\n### {kind.title}\n")[2].partition("\n### ")[0]
        assert [column.name for column in kind.columns if f"\n| `{column.name}` |" not in section] == []


@pytest.mark.parametrize(("name", "block"), EXAMPLES, ids=[name for name, _ in EXAMPLES])
def test_examples_of_settings_can_be_used(script: dict[str, Any], name: str, block: str) -> None:
    assert tomllib.loads(block)
    settings = parse(block, name)
    assert settings.keys
    assert Keymap(script["commands"](), settings.keys)


def test_an_example_that_cannot_be_used_is_refused(script: dict[str, Any], capsys: Any) -> None:
    shown = script["configuration"].__globals__
    for wrong in ('[keys]\n"table.sort" = "x"', "[refresh]\nshare_percent = 0"):
        shown["EXAMPLE"] = wrong
        assert script["main"](["--check"]) == 1
        assert "example" in capsys.readouterr().err


def test_every_variable_of_the_program_is_explained() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    texts = [source.text for source in sources() if source.part == "xplenty_tui"]
    named = {name for text in texts for name in re.findall(r"\bXPLENTY_[A-Z_]+[A-Z]\b", text)}
    assert len(named) > 2
    assert [name for name in sorted(named) if f"`{name}`" not in page] == []

"""The checkers are as strict as the house says, and the tests lie where a reader looks for them."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import ROOT
from tests.house.sources import packages, project

EXTRA_TESTS = {"house", "program"}
"""Folders of tests that belong to no one package: the rules of the house, and the program as a whole."""

RULES = {
    "E",
    "F",
    "W",
    "I",
    "B",
    "UP",
    "SIM",
    "C4",
    "RET",
    "PTH",
    "PL",
    "RUF",
    "S",
    "BLE",
    "ASYNC",
    "T20",
    "N",
    "D",
    "DTZ",
}


def has_tests(folder: Path) -> bool:
    """Return whether a folder holds a test."""
    return any(folder.rglob("test_*.py"))


def test_types_are_strict_everywhere() -> None:
    mypy = project()["tool"]["mypy"]
    assert mypy["strict"] is True
    assert mypy["packages"] == ["xplenty_tui"]
    assert not {"overrides", "exclude", "ignore_errors", "disable_error_code", "ignore_missing_imports"} & mypy.keys()
    assert (ROOT / "xplenty_tui" / "py.typed").is_file()


def test_the_linter_is_strict() -> None:
    ruff = project()["tool"]["ruff"]
    assert ruff["line-length"] == 120
    assert set(ruff["lint"]["select"]) >= RULES
    assert not {"E", "F", "B", "S", "BLE", "D"} & set(ruff["lint"]["ignore"])
    package = {
        where: what for where, what in ruff["lint"]["per-file-ignores"].items() if where.startswith("xplenty_tui")
    }
    assert not {"BLE001", "D", "S", "F"} & {rule for rules in package.values() for rule in rules}


def test_a_warning_fails_a_test() -> None:
    options = project()["tool"]["pytest"]["ini_options"]
    assert options["filterwarnings"] == ["error"]
    assert "--strict-markers" in options["addopts"]
    assert "markers" not in options


def test_the_oldest_python_is_the_same_everywhere() -> None:
    assert project()["project"]["requires-python"] == ">=3.11"
    assert project()["tool"]["ruff"]["target-version"] == "py311"
    assert project()["tool"]["mypy"]["python_version"] == "3.11"
    assert "version_info < (3, 11)" in (ROOT / "Makefile").read_text("utf-8")


def test_the_tests_mirror_the_packages() -> None:
    folders = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and has_tests(path)}
    assert folders - EXTRA_TESTS == set(packages())

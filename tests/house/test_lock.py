"""uv.lock fits what pyproject.toml asks for, names PyPI and no other place, and its licences are listed."""

from __future__ import annotations

import re
import runpy
import tomllib
from typing import Any

import pytest
from packaging.requirements import Requirement

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCK = (ROOT / "uv.lock").read_text("utf-8")


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    return runpy.run_path(str(ROOT / "scripts" / "locked"))


def test_what_is_asked_for_is_locked(script: dict[str, Any]) -> None:
    known = script["packages"]()
    asked = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    assert len(asked) > 10
    for need in map(Requirement, asked):
        assert need.specifier.contains(known[need.name]["version"]), need
    assert f'requires-python = "{PROJECT["project"]["requires-python"]}"' in LOCK
    assert known["xplenty-tui"]["version"] == PROJECT["project"]["version"]


def test_everything_comes_from_pypi_with_a_hash(script: dict[str, Any]) -> None:
    assert script["strangers"]() == set()
    files = [line for line in LOCK.splitlines() if "url =" in line]
    assert len(files) > 300
    assert [line for line in files if not re.search(r'hash = "sha256:[0-9a-f]{64}"', line)] == []


def test_a_strange_place_is_found(script: dict[str, Any], tmp_path: Any) -> None:
    odd = tmp_path / "uv.lock"
    odd.write_text('url = "https://mirror.example/x.whl"\nurl = "https://files.pythonhosted.org/y.whl"')
    script["strangers"].__globals__["LOCK"] = odd
    assert script["strangers"]() == {"https://mirror.example/x.whl"}


def test_every_package_has_its_licence(script: dict[str, Any]) -> None:
    listed = dict(re.findall(r"^\| ([\w.-]+) \| (\S+) \| \S", (ROOT / "docs" / "licences.md").read_text("utf-8"), re.M))
    listed.pop("package")
    listed.pop("---", None)
    known = script["packages"]()
    assert listed == {name: known[name]["version"] for name in script["with_it"]()}
    assert {Requirement(need).name for need in PROJECT["project"]["dependencies"]} <= set(listed)


def test_every_dependency_has_a_lowest_and_a_highest_version() -> None:
    for need in map(Requirement, [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]):
        assert {spec.operator for spec in need.specifier} == {">=", "<"}, need

"""The files of the repository as the house tests read them. No git: a bare machine has none."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.conftest import ROOT

FOLDERS = ("xplenty_tui", "tests", "scripts", "docs", ".ci", "screenshots")
"""Everything that is kept lies in one of these or is a file at the top."""

LEFT_OVER = {"__pycache__", ".pytest_cache"}


@cache
def kept_files() -> tuple[Path, ...]:
    """Return every file of the repository, in a fixed order."""
    found = [path for path in ROOT.iterdir() if path.is_file() and path.suffix != ".pyc"]
    found.remove(ROOT / "snapshot_report.html") if ROOT / "snapshot_report.html" in found else None
    for folder in FOLDERS:
        found += [path for path in (ROOT / folder).rglob("*") if path.is_file() and not LEFT_OVER & set(path.parts)]
    return tuple(sorted(found))


def is_python(path: Path) -> bool:
    """Return whether a file is Python, by its name or, for a script without an ending, by its first line."""
    if path.suffix:
        return path.suffix == ".py"
    return path.parent.name == "scripts" and "python" in path.read_text("utf-8").partition("\n")[0]


@dataclass(frozen=True)
class Source:
    """One Python file, read and parsed."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """The path from the top of the repository."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def part(self) -> str:
        """The first folder: ``xplenty_tui``, ``tests`` or ``scripts``."""
        return self.name.partition("/")[0]


@cache
def sources() -> tuple[Source, ...]:
    """Return every Python file of the package, the tests and the scripts."""
    texts = {path: path.read_text("utf-8") for path in kept_files() if is_python(path)}
    return tuple(Source(path, text, ast.parse(text, str(path))) for path, text in texts.items())


@cache
def project() -> dict[str, Any]:
    """Return pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def packages() -> list[str]:
    """Return the names of the packages directly in ``xplenty_tui``."""
    return sorted(path.parent.name for path in (ROOT / "xplenty_tui").glob("*/__init__.py"))


def modules(package: str) -> list[str]:
    """Return the dotted names of all modules of a package, itself first."""
    folder = ROOT / "xplenty_tui" / package
    names = []
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        names.append(".".join(part for part in parts if part != "__init__"))
    return sorted(names)


def named(tree: ast.AST, outer: str = "") -> Iterator[tuple[str, ast.AST]]:
    """Yield every function and class with its full name (``Store.put``), and other nodes with that of their home."""
    for node in ast.iter_child_nodes(tree):
        name = outer
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            name = f"{outer}.{node.name}" if outer else node.name
        yield name, node
        yield from named(node, name)

"""The commands: what the Makefile promises, what a machine that lacks something is told, what CI runs."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
TARGETS = (
    *("demo", "run", "test", "check", "bench", "snapshots", "screenshots", "docs", "clean", "help"),
    *("pyz", "installs", "lowest", "lock", "audit", "faults", "soak"),
)


def make(*words: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run make and return what it said."""
    return subprocess.run(
        ["make", "--no-print-directory", *words], cwd=cwd, capture_output=True, text=True, check=False, timeout=60
    )


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """Hand in a folder with the Makefile and no environment."""
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def fake_python(folder: Path, refuse: str) -> Path:
    """Make a Python that fails when its program has ``refuse`` in it."""
    fake = folder / "fake-python"
    fake.write_text(f'#!/bin/sh\ncase "$2" in *{refuse}*) exit 1;; esac\nexec {sys.executable} "$@"\n')
    fake.chmod(0o755)
    return fake


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_is_there_phony_and_explained(target: str) -> None:
    assert re.search(rf"^{target}:.* ## \S.*$", MAKEFILE, re.MULTILINE)
    phony = re.findall(r"^\.PHONY:(.*)$", MAKEFILE, re.MULTILINE)
    assert target in " ".join(phony).split()


def test_no_target_is_missing_here() -> None:
    assert set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE)) == set(TARGETS)


def test_help_is_what_a_bare_make_prints() -> None:
    said = make().stdout
    assert re.findall(r"^  make (\S+) +\S", said, re.MULTILINE) == re.findall(r"^([a-z]+):.*##", MAKEFILE, re.MULTILINE)
    assert said == make("help").stdout


def test_an_old_python_is_told_in_a_sentence(bare: Path) -> None:
    done = make("demo", f"PYTHON={fake_python(bare, 'version_info')}", cwd=bare)
    assert done.returncode != 0
    assert "needs Python 3.11 or newer" in done.stderr
    assert not (bare / ".venv").exists()


def test_a_python_without_venv_is_told_in_a_sentence(bare: Path) -> None:
    done = make("test", f"PYTHON={fake_python(bare, 'ensurepip')}", cwd=bare)
    assert done.returncode != 0
    assert "has no venv module" in done.stderr
    assert "apt install python3-venv" in done.stderr
    assert not (bare / ".venv").exists()


def test_a_better_python_further_on_is_taken(bare: Path) -> None:
    old = fake_python(bare, "version_info")
    good = bare / "good-python"
    good.write_text(
        f'#!/bin/sh\n[ "$2" = venv ] && {{ echo "venv by good" >&2; exit 7; }}\nexec {sys.executable} "$@"\n'
    )
    good.chmod(0o755)
    assert "venv by good" in make("demo", f"PYTHON=nosuch {old} {good}", cwd=bare).stderr


def test_an_environment_that_is_up_to_date_is_left_alone(bare: Path) -> None:
    (bare / ".venv" / "bin").mkdir(parents=True)
    program = bare / ".venv" / "bin" / "xplenty-tui"
    program.write_text('#!/bin/sh\necho "started $*"\n')
    program.chmod(0o755)
    (bare / ".venv" / "runtime.stamp").touch()
    assert make("demo", "ARGS=--seed 3", "PYTHON=nosuch", cwd=bare).stdout == "started --demo --seed 3\n"
    assert make("run", "ARGS=doctor", "PYTHON=nosuch", cwd=bare).stdout == "started doctor\n"


def test_the_demo_needs_no_tool_of_the_tests() -> None:
    steps = make("-n", "demo", "VENV=nowhere", cwd=ROOT).stdout
    assert "runtime.stamp" in steps
    assert "dev-needs" not in steps


def test_make_test_runs_everything_that_make_check_runs() -> None:
    assert re.search(r"^test: check\b", MAKEFILE, re.MULTILINE)
    steps = make("-n", "test", "VENV=nowhere").stdout
    wanted = ["ruff check", "ruff format --check", "lint-imports", "mypy", "write_docs --check", "screenshots --check"]
    positions = [steps.find(word) for word in [*wanted, "-m pytest"]]
    assert -1 not in positions
    assert positions == sorted(positions)


def test_ci_ends_with_the_command_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert script.splitlines()[-1] == "make test"
    assert "set -euo pipefail" in script
    assert subprocess.run(["bash", "-n", ".ci/run"], cwd=ROOT, check=False).returncode == 0
    assert "make test" in (ROOT / "README.md").read_text("utf-8")

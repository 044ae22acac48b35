"""The one-file program unpacks itself for its user alone, once, and says in a sentence where it cannot."""

from __future__ import annotations

import os
import platform
import runpy
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

TAG = "cpython-{}{}-{}-linux-gnu.so".format(*sys.version_info[:2], platform.machine())
PROGRAM = """
import os, sys
print(sys.argv[1:], os.path.dirname(__file__), oct(os.umask(0)))
def main(): return 7
"""


def build(folder: Path, *compiled: str) -> Path:
    """Make the file with the real script, around a program that says where it runs."""
    site = folder / "site"
    (site / "xplenty_tui").mkdir(parents=True)
    (site / "xplenty_tui" / "__init__.py").touch()
    (site / "xplenty_tui" / "__main__.py").write_text(PROGRAM)
    for name in compiled:
        (site / name).write_bytes(b"\x7fELF")
    target = folder / "xplenty-tui.pyz"
    runpy.run_path(str(ROOT / "scripts" / "pyz"))["pack"](site, target)
    return target


def start(file: Path, *argv: str, umask: int = 0o022) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", str(file), *argv], capture_output=True, text=True, check=False, umask=umask
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return build(tmp_path, f"a.{TAG}", "a.cpython-399-x86_64-linux-gnu.so")


def cache(home: Path) -> Path:
    return home / "cache" / "xplenty-tui"


def test_it_unpacks_once_for_its_user_alone(file: Path, home: Path) -> None:
    first = start(file, "--x", umask=0)
    assert (first.returncode, first.stderr) == (7, "")
    (folder,) = cache(home).iterdir()
    assert first.stdout == f"['--x'] {folder}/site/xplenty_tui 0o0\n", "the person's own umask is back"
    for path in (cache(home), folder, *folder.rglob("*")):
        if "__pycache__" in path.parts:
            continue  # Python makes it later, as the person's umask has it, inside folders that nobody else enters
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
    assert [path.name for path in folder.rglob("*.so")] == [f"a.{TAG}"], "what is for another Python stays packed"
    before = (folder / "site" / "xplenty_tui" / "__main__.py").stat().st_ino
    assert start(file).returncode == 7
    assert (folder / "site" / "xplenty_tui" / "__main__.py").stat().st_ino == before
    assert os.access(file, os.X_OK) and file.read_bytes().startswith(b"#!/usr/bin/env python3\n")


def test_the_same_content_is_the_same_file(tmp_path: Path) -> None:
    one, two = build(tmp_path / "one", f"a.{TAG}"), build(tmp_path / "two", f"a.{TAG}")
    assert one.read_bytes() == two.read_bytes()


def test_a_python_for_which_there_is_no_part_is_told(tmp_path: Path, home: Path) -> None:
    done = start(build(tmp_path, "a.cpython-399-x86_64-linux-gnu.so"))
    assert done.returncode == 2
    version = "{}.{}".format(*sys.version_info[:2])
    assert done.stderr == f"xplenty-tui: this file has no part for Python {version} on {platform.machine()}\n"
    assert list(cache(home).iterdir()) == []


def test_a_cache_that_others_could_fill_is_refused(file: Path, home: Path, tmp_path: Path) -> None:
    cache(home).symlink_to(tmp_path)
    done = start(file)
    assert done.returncode == 2
    assert "cannot unpack itself" in done.stderr and "is a link or belongs to another user" in done.stderr
    cache(home).unlink()
    cache(home).mkdir(mode=0o777)
    cache(home).chmod(0o777)
    assert start(file).returncode == 7
    assert stat.S_IMODE(cache(home).stat().st_mode) == 0o700


def test_two_starts_at_once_do_not_meet(file: Path, home: Path) -> None:
    running = [
        subprocess.Popen([sys.executable, "-I", str(file)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    assert [(one.communicate()[1], one.returncode) for one in running] == [(b"", 7)] * 3
    assert len(list(cache(home).iterdir())) == 1


def test_an_old_python_is_told_in_a_sentence(file: Path) -> None:
    code = f"import sys, runpy; sys.version_info = (3, 9, 1); runpy.run_path({str(file)!r}, run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "xplenty-tui: needs Python 3.11 or newer, and this is 3.9\n")

"""Tools from PyPI in an environment that is thrown away, told to use PyPI and nothing of this host's settings."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INDEX = "https://pypi.org/simple"
"""Where the lock says that everything comes from."""


def run(*words: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run a program in the checkout and return what it said; its own words go on when it fails. SystemExit then."""
    done = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{' '.join(words)}\n{done.stdout}{done.stderr}", file=sys.stderr)
        raise SystemExit(done.returncode)
    return done


def clean() -> dict[str, str]:
    """Return the environment without settings of uv and pip: they may name other places than PyPI."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("UV_", "PIP_", "VIRTUAL_ENV"))}
    return kept | {"UV_DEFAULT_INDEX": INDEX, "UV_NO_CONFIG": "1"}


@contextmanager
def tools(*needs: str) -> Iterator[Path]:
    """Install tools and hand over the folder of their programs."""
    with tempfile.TemporaryDirectory() as folder:
        run(sys.executable, "-m", "venv", folder)
        programs = Path(folder) / "bin"
        run(str(programs / "python"), "-m", "pip", "install", "--quiet", *needs)
        yield programs

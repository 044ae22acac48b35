"""The program as a person runs it: in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.conftest import ROOT


def xplenty(*argv: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run ``xplenty-tui`` with pipes instead of a terminal."""
    return subprocess.run(
        [sys.executable, "-m", "xplenty_tui", *argv],
        input=stdin,
        env={**os.environ, "PYTHONWARNINGS": "error", **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

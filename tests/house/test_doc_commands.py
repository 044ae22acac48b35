"""Every command of the documentation is run: by bash, with the real program, against a demo API and a keyring.

Programs of others (pass, op, vault, aws, git, pipx …) are stood in for: what is called with them is noted, and those
that give a key give the demo's. What opens the screen or asks on a terminal is read by the real parser and not started.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.conftest import ROOT
from xplenty_tui.cli.table import BY_NAME
from xplenty_tui.config.command import run_command
from xplenty_tui.config.read import parse
from xplenty_tui.config.settings import Profile
from xplenty_tui.demo.server import DemoServer, serve
from xplenty_tui.demo.start import KEY, start

PAGES = [ROOT / "README.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
OURS = re.compile(
    r"^ *(xplenty-tui|make|pip|pipx|uv|pass|op|vault|aws|tmux|python3?|export|read|git|scp) ", re.MULTILINE
)
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
STORES = ("pass", "op", "vault", "aws", "gpg")
OTHERS = ("git", "cd", "pip", "pipx", "uv", "scp", "ssh", "tmux", "make", "python3")

PROGRAM = f"""#!{sys.executable}
import sys
sys.path.insert(0, {str(ROOT)!r})
from xplenty_tui.cli.table import BY_NAME
words = sys.argv[1:]
screen = not words or words[0].startswith("-") and not {{"--help", "--version"}} & set(words)
if screen:
    from xplenty_tui.cli.arguments import screen_options
    screen_options(words)
elif words[0] == "demo-api" or words[0] == "login" and "--stdin" not in words:
    BY_NAME[words[0]].parser().parse(words[1:])
else:
    from xplenty_tui.__main__ import main
    sys.exit(main())
"""
STAND_IN = """#!/bin/sh
echo "${0##*/} $*" >> "$CALLED"
case "${0##*/} $1" in
  pass*|vault*|aws*|gpg*|"op read") echo "$DEMO_KEY"; echo "user: me";;
esac
"""


def blocks(kind: str) -> list[tuple[str, str]]:
    """Return page and text of every block of a kind, indented ones too."""
    found = []
    for page in PAGES:
        for indent, named, text in FENCE.findall(page.read_text("utf-8")):
            if named == kind:
                found.append((page.name, re.sub(f"^{indent}", "", text, flags=re.MULTILINE)))
    return found


@pytest.fixture(scope="module")
def api() -> Iterator[DemoServer]:
    world, _ = start(7, 20, 0, time.monotonic, datetime(2026, 3, 4, 5, 6, tzinfo=UTC))
    with serve(world, 0) as server:
        yield server


@pytest.fixture
def shell(tmp_path: Path, home: Path, api: DemoServer) -> dict[str, str]:
    """Make the programs that a block may call, and the environment that it runs in."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in (*STORES, *OTHERS):
        (programs / name).write_text(STAND_IN)
    (programs / "xplenty-tui").write_text(PROGRAM)
    for path in programs.iterdir():
        path.chmod(0o755)
    backend = "tests.config.fake_keyrings.OnDisk"
    settings = home / "config" / "xplenty-tui" / "config.toml"
    settings.parent.mkdir()
    settings.write_text(f'[keyring]\nallow = "{backend}"\ntimeout_seconds = 60\n[profiles.prod]\naccount = "acme"\n')
    (home / "keys.json").write_text(json.dumps({"xplenty-tui prod/acme": KEY}))
    return {
        "PATH": f"{programs}:/usr/bin:/bin", "HOME": str(home), "XDG_CONFIG_HOME": str(home / "config"),
        "XPLENTY_API_URL": api.url, "PYTHON_KEYRING_BACKEND": backend, "FAKE_KEYRING": str(home / "keys.json"),
        "CALLED": str(tmp_path / "called"), "DEMO_KEY": KEY, "LC_ALL": "C.UTF-8", "XPLENTY_TUI_REPOSITORY": "somewhere",
    }  # fmt: skip


@pytest.mark.parametrize(("page", "text"), blocks("sh"))
def test_every_command_runs(page: str, text: str, shell: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "xplenty-tui").mkdir()  # what a clone makes
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", text],
        env=shell, cwd=tmp_path, input=f"{KEY}\n", capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, ""), text
    called = Path(shell["CALLED"]).read_text().splitlines() if Path(shell["CALLED"]).exists() else []
    for line in called:
        if line.startswith("make"):
            assert set(re.findall(r"^[a-z]+$", "\n".join(line.split()[1:]), re.MULTILINE)) <= TARGETS, line
    assert called or "xplenty-tui" in text


def test_a_command_that_is_wrong_is_found(shell: dict[str, str], tmp_path: Path) -> None:
    for wrong in ("xplenty-tui --no-such", "xplenty-tui login --sdtin"):
        done = subprocess.run(["bash", "-euc", wrong], env=shell, cwd=tmp_path, capture_output=True, check=False)
        assert done.returncode != 0, wrong


def test_no_command_hides_in_another_block() -> None:
    for page in PAGES:
        for _, kind, text in FENCE.findall(page.read_text("utf-8")):
            assert kind in ("sh", "toml") or not OURS.search(text), f"{page.name}: {text}"
    assert len(blocks("sh")) > 15


@pytest.mark.parametrize(("page", "text"), blocks("toml"))
def test_every_profile_is_accepted_and_every_key_command_gives_a_key(
    page: str, text: str, shell: dict[str, str]
) -> None:
    for name, profile in parse(text, page).profiles.items():
        assert isinstance(profile, Profile), name
        if profile.key_command is not None:
            assert run_command(profile.key_command, shell, 30.0).get_secret_value() == KEY
            assert Path(shell["CALLED"]).read_text().split()[0] in STORES


def test_commands_named_in_a_sentence_exist() -> None:
    for page in PAGES:
        for words in re.findall(r"`xplenty-tui ([a-z][a-z-]+)[^`]*`", page.read_text("utf-8")):
            assert words in BY_NAME, f"{page.name}: {words}"


def test_symptoms_are_words_of_the_program() -> None:
    texts = " ".join(
        re.sub(r'"\s*\n\s*f?"', "", path.read_text("utf-8")) for path in (ROOT / "xplenty_tui").rglob("*.py")
    )
    page = (ROOT / "docs" / "troubleshooting.md").read_text("utf-8")
    symptoms = re.findall(r"^### `(.+)`$", page, re.MULTILINE)
    assert len(symptoms) > 15
    openssl = ": unable to get local issuer certificate"
    assert [words for words in symptoms if words.removesuffix(openssl) not in texts] == []

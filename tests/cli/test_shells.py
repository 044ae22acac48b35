"""Completion in real shells, the manual page in a real ``man``: both say what the parsers take, and nothing else."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from tests.cli.run import xplenty
from tests.conftest import ROOT
from tests.terminal import Terminal
from xplenty_tui.cli.arguments import screen_parser
from xplenty_tui.cli.completion import SHELLS, bash, fish, tables, zsh
from xplenty_tui.cli.manual import page
from xplenty_tui.cli.table import BY_NAME, COMMANDS, EXAMPLES, GROUPS
from xplenty_tui.demo.faults import FAULTS
from xplenty_tui.resources import ALL

NAMES = set(BY_NAME)
LOGIN = {"--profile", "--account", "--stdin"}
SCREEN = {"--version", "--profile", "--read-only", "--demo", "--seed", "--mouse", "--no-mouse", "--screen"}


def in_bash(line: str) -> set[str]:
    """Return what bash offers at the end of a line; a blank there begins a new word."""
    words = [*line.split(), *([""] if line.endswith(" ") else [])]
    ask = f"COMP_WORDS=({' '.join(word or chr(39) * 2 for word in words)}); COMP_CWORD={len(words) - 1}"
    script = f'{bash()}\n{ask}; _xplenty_tui; printf "%s\\n" "${{COMPREPLY[@]}}"'
    done = subprocess.run(["bash", "-uc", script], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return set(done.stdout.split())


def in_fish(line: str) -> set[str]:
    script = f"{fish()}\ncomplete -C {line!r}"
    done = subprocess.run(["fish", "--no-config", "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return {found.split("\t")[0] for found in done.stdout.splitlines()}


ASKED = [in_bash, in_fish] if shutil.which("fish") else [in_bash]


@pytest.mark.parametrize("ask", ASKED)
def test_a_shell_offers_what_can_be_typed(ask):
    assert ask("xplenty-tui ") >= NAMES
    assert ask("xplenty-tui lo") == {"login", "logout"}
    assert ask("xplenty-tui --") >= SCREEN
    assert ask("xplenty-tui login --") >= LOGIN
    assert not ask("xplenty-tui login --") & {"--demo", "--seed"}
    assert ask("xplenty-tui doctor --js") == {"--json"}
    assert ask("xplenty-tui completion ") >= set(SHELLS)
    assert ask("xplenty-tui --screen ") >= {"triage", *(kind.name for kind in ALL)}
    assert ask("xplenty-tui --screen clu") >= {"clusters"}
    assert ask("xplenty-tui demo-api --fault 50") == {name for name in FAULTS if name.startswith("50")}
    assert not ask("xplenty-tui --profile x") & NAMES


if shutil.which("zsh"):

    def test_zsh_completes_on_a_real_terminal(tmp_path):
        (tmp_path / "completion").write_text(zsh())
        env = {"ZDOTDIR": str(tmp_path), "PS1": "ready> "}
        with Terminal(["zsh", "-f", "-i"], env=env, cwd=tmp_path) as terminal:
            terminal.wait(r"^ready>")
            terminal.type("autoload -Uz compinit; compinit -u -D; source ./completion; PS1='set> '\n")
            terminal.wait(r"^set>")
            terminal.type("xplenty-tui docto\t--js\t")
            terminal.wait(r"^set> xplenty-tui doctor --json")
            terminal.type("\x15xplenty-tui completion z\t")
            terminal.wait(r"^set> xplenty-tui completion zsh")
            terminal.type("\x15xplenty-tui lo\t\t")
            terminal.wait(r"login +-- test an API key and keep it in the keyring")
            terminal.type("\x15exit\n")


def test_the_command_prints_the_script():
    done = xplenty("completion", "bash")
    assert (done.returncode, done.stderr, done.stdout) == (0, "", bash())
    refused = xplenty("completion", "tcsh")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "bash" in refused.stderr


def test_every_option_stands_in_every_script_and_on_the_page():
    names = {name for options in tables().values() for option in options for name in option.names}
    assert len(names) > 15
    for name in names:
        assert name in bash() and name in zsh() and f" -l {name[2:]}" in fish()
        assert name.replace("-", "\\-") in page()


def test_the_page_is_a_manual_page():
    done = xplenty("man")
    assert (done.returncode, done.stderr, done.stdout) == (0, "", page())
    assert (ROOT / "docs" / "xplenty-tui.1").read_text("utf-8") == page()
    for heading in ("NAME", "SYNOPSIS", "OPTIONS", "COMMANDS", "ENVIRONMENT", "FILES", "EXAMPLES"):
        assert f".SH {heading}\n" in page()


if shutil.which("man"):

    def test_a_real_man_shows_it_without_a_complaint():
        file = str(ROOT / "docs" / "xplenty-tui.1")
        done = subprocess.run(
            ["man", "--warnings", "-l", file], env={"PATH": "/usr/bin:/bin", "MANWIDTH": "80", "LC_ALL": "C.UTF-8"},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert done.stderr == ""
        shown = re.sub(".\b", "", done.stdout)
        for command in COMMANDS:
            assert f"\n   {command.name}\n" in shown
        assert "xplenty-tui login --account acme" in shown
        assert "~/.config/xplenty-tui/config.toml" in shown


@pytest.mark.parametrize("typed", [typed for _, typed in EXAMPLES])
def test_the_examples_of_the_help_are_accepted(typed):
    assert subprocess.run(["bash", "-nc", typed], check=False).returncode == 0
    for part in re.findall(r"xplenty-tui ([^|;)\"]*)", typed):
        words = part.split()
        parser = BY_NAME[words.pop(0)].parser() if words[0] in BY_NAME else screen_parser()
        parser.parse(words)


def test_the_help_is_grouped_and_fits_80_columns(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    text = screen_parser().format_help()
    for group in GROUPS:
        assert f"\n{group}:\n" in text
    for command in COMMANDS:
        assert f"xplenty-tui {command.name}" in text and command.does in text
        assert max(map(len, command.parser().format_help().splitlines())) <= 80

"""What is typed: help, exit statuses, and a key that is never taken from there nor repeated."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.cli.run import xplenty
from tests.conftest import ROOT
from tests.terminal import Terminal
from xplenty_tui import __version__
from xplenty_tui.cli.start import with_mouse


def test_version():
    done = xplenty("--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"xplenty-tui {__version__}\n", "")


def test_help_names_every_command_and_option_once_each():
    done = xplenty("--help", COLUMNS="80")
    assert (done.returncode, done.stderr) == (0, "")
    for word in (
        "login",
        "logout",
        "profiles",
        "doctor",
        "demo-api",
        "--demo",
        "--seed",
        "--jobs",
        "--speed",
        "--screen",
    ):
        assert word in done.stdout
    for word in (
        "--profile",
        "--account",
        "--read-only",
        "--version",
        "examples:",
        "XPLENTY_API_KEY",
        "XPLENTY_API_URL",
    ):
        assert word in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


@pytest.mark.parametrize("command", ["login", "logout", "profiles", "doctor", "demo-api"])
def test_every_command_explains_itself(command):
    done = xplenty(command, "--help")
    assert done.returncode == 0
    assert done.stdout.startswith(f"usage: xplenty-tui {command}")


@pytest.mark.parametrize(
    "argv",
    [
        ("login", "s3cr3t"),
        ("login", "--key", "s3cr3t"),
        ("login", "--key=s3cr3t"),
        ("login", "--api-key=s3cr3t"),
        ("login", "--stdin=s3cr3t"),
        ("login", "--token", "s3cr3t"),
        ("--api-key", "s3cr3t"),
        ("s3cr3t",),
        ("s3cr3t", "login"),
        ("doctor", "s3cr3t"),
    ],
)
def test_a_key_is_no_argument_and_is_not_repeated(argv):
    done = xplenty(*argv)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "s3cr3t" not in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (("--key", "x"), "an API key is never taken from the command line"),
        (("--colour",), "there is no option --colour"),
        (("--profile", "prod", "doctor"), "the command comes first: xplenty-tui doctor"),
        (("--seed", "3"), "--seed goes with --demo"),
        (("--demo", "--profile", "prod"), "--demo makes its own account"),
        (("--demo", "--speed", "-1"), "should be a number from 0 to 86,400"),
        (("--demo", "--speed", "nan"), "should be a number from 0 to 86,400"),
        (("--demo", "--jobs", "many"), "should be a whole number from 0 to 1,000,000"),
        (("demo-api", "--port", "70000"), "should be a port from 0 to 65,535"),
        (("demo-api", "--limit", "0"), "should be a whole number from 1 to 1,000,000"),
        (("demo-api", "--limit", "1000001"), "should be a whole number from 1 to 1,000,000"),
        (("demo-api", "--limit", "2.5"), "should be a whole number from 1 to 1,000,000"),
        (("--demo", "--limit", "50"), "there is no option --limit"),
        (("doctor", "--limit", "50"), "there is no option --limit"),
        (("logn",), "there is no such command; there are login, logout"),
        (("--dem",), "there is no option --dem"),
    ],
)
def test_what_makes_no_sense_is_told_in_a_sentence(argv, sentence):
    done = xplenty(*argv)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("argv", [(), ("--demo",), ("--screen", "jobs")])
def test_without_a_terminal_there_is_a_sentence_and_status_2(argv):
    done = xplenty(*argv)
    assert (done.returncode, done.stdout) == (2, "")
    assert "needs a terminal" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("term", ["dumb", "unknown"])
def test_a_terminal_that_can_draw_nothing_is_refused(term):
    with Terminal([sys.executable, "-m", "xplenty_tui", "--demo"], env={"TERM": term}, cwd=ROOT) as terminal:
        assert terminal.exit() == 2
        assert f"TERM={term}" in " ".join(terminal.text().split())
        assert 1049 not in terminal.modes


LAUNCH = """
import json, sys
import xplenty_tui.__main__
from xplenty_tui.cli.console import Console
from xplenty_tui.cli.arguments import screen_options
from xplenty_tui.cli.start import launch_of
console = Console(sys.stdin, sys.stdout, sys.stderr, {"XPLENTY_API_KEY": "s3cr3t"}, None, None)
launch = launch_of(screen_options(json.loads(sys.argv[1])), console)
heavy = {"pydantic", "httpx", "keyring", "tomllib", "textual", "rich", "ssl", "asyncio", "importlib.metadata"}
print(json.dumps([sorted(heavy & set(sys.modules)), repr(launch)]))
"""


def launched(*argv: str) -> tuple[list[str], str]:
    run = [sys.executable, "-c", LAUNCH, json.dumps(argv)]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True)
    heavy, shown = json.loads(done.stdout)
    return heavy, shown


@pytest.mark.parametrize("argv", [(), ("--demo", "--seed", "7", "--jobs", "50", "--speed", "0"), ("--profile", "prod")])
def test_nothing_heavy_is_imported_before_the_screen(argv):
    assert launched(*argv)[0] == []


def test_the_launch_holds_what_was_asked_for_and_shows_no_key():
    _, shown = launched("--demo", "--seed", "7", "--jobs", "50", "--speed", "0", "--screen", "jobs", "--read-only")
    assert "DemoOptions(seed=7, jobs=50, speed=0.0)" in shown
    assert "screen='jobs'" in shown
    assert "read_only=True" in shown
    assert "s3cr3t" not in shown
    _, shown = launched("--profile", "prod", "--account", "acme")
    assert "profile='prod', account='acme', demo=None" in shown


@pytest.mark.parametrize(
    ("asked", "kept", "ssh", "taken"),
    [
        (None, None, False, True),
        (None, None, True, False),
        (True, None, True, True),
        (False, None, False, False),
        (None, "on", True, True),
        (None, "off", False, False),
        (True, "off", False, True),
        (None, "auto", True, False),
        (None, "nonsense", False, True),
    ],
)
def test_the_mouse_is_taken_as_asked_and_not_over_ssh(tmp_path, asked, kept, ssh, taken):
    environment = {"XDG_CONFIG_HOME": str(tmp_path), **({"SSH_TTY": "/dev/pts/3"} if ssh else {})}
    if kept is not None:
        (tmp_path / "xplenty-tui").mkdir()
        (tmp_path / "xplenty-tui" / "config.toml").write_text(f'[look]\nmouse = "{kept}"\n')
    assert with_mouse(asked, environment) is taken


def test_a_file_that_cannot_be_read_does_not_stop_the_start(tmp_path):
    (tmp_path / "xplenty-tui").mkdir()
    (tmp_path / "xplenty-tui" / "config.toml").write_bytes(b"\xff\xfe[[")
    assert with_mouse(None, {"XDG_CONFIG_HOME": str(tmp_path)}) is True

"""A key command is run without a shell and without a terminal, and never outlives its limit."""

from __future__ import annotations

import os
import select
import sys

import pytest

from xplenty_tui.config.command import check_key, run_command
from xplenty_tui.config.errors import BadKey, CommandFailed, CommandTimedOut

LIMIT = 30.0


def sh(script: str, limit: float = LIMIT) -> str:
    return run_command(["sh", "-c", script], os.environ, limit).get_secret_value()


def test_the_first_line_is_the_key():
    assert sh("printf 's3cr3t\\nuser: me\\nurl: x\\n'") == "s3cr3t"
    assert sh("printf 's3cr3t'") == "s3cr3t"
    assert sh("printf '  s3cr3t \\r\\n'") == "s3cr3t"


def test_words_are_handed_over_as_they_are(tmp_path):
    assert (
        run_command(
            [sys.executable, "-c", "import sys; print(sys.argv[1])", "$HOME;`x`*"], os.environ, LIMIT
        ).get_secret_value()
        == "$HOME;`x`*"
    )
    with pytest.raises(CommandFailed, match="not found"):
        run_command(["echo s3cr3t | cat"], os.environ, LIMIT)


def test_it_sees_the_environment_that_was_handed_in():
    assert (
        run_command([sys.executable, "-c", "import os; print(os.environ['A'])"], {"A": "k"}, LIMIT).get_secret_value()
        == "k"
    )


def test_it_has_no_input_and_no_terminal():
    assert sh("if read line; then echo input; else echo none; fi") == "none"
    code = "import os\ntry: os.open('/dev/tty', os.O_RDWR); print('tty')\nexcept OSError: print('none')"
    assert run_command([sys.executable, "-c", code], os.environ, LIMIT).get_secret_value() == "none"


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        ("echo 'no \x1b[31mpin\x1b[0m' >&2; exit 3", "key_command (sh) failed (exit status 3): no pin"),
        ("echo s3cr3t; echo 'tried s3cr3t' >&2; exit 1", "key_command (sh) failed (exit status 1): tried ***"),
        ("exit 1", "key_command (sh) failed (exit status 1)."),
        ("kill -TERM $$", "key_command (sh) failed (signal 15)."),
        ("true", "key_command (sh) printed nothing on its first line."),
        ("echo; echo s3cr3t; echo oops >&2", "key_command (sh) printed nothing on its first line: oops"),
    ],
)  # fmt: skip
def test_what_fails_says_how(script, sentence):
    with pytest.raises(CommandFailed) as caught:
        sh(script)
    assert str(caught.value) == sentence


@pytest.mark.parametrize("printed", ["Error: not signed in", "s3cr3t:", "schlüssel", "a\x1b[0mb", "x" * 2000])
def test_what_is_no_key_is_refused_and_not_repeated(printed):
    with pytest.raises(BadKey) as caught:
        run_command([sys.executable, "-c", f"print({printed!r})"], {**os.environ, "PYTHONIOENCODING": "utf-8"}, LIMIT)
    assert printed not in str(caught.value)


def test_an_empty_key_is_no_key():
    with pytest.raises(BadKey, match="XPLENTY_API_KEY is empty"):
        check_key(" \n", "XPLENTY_API_KEY")


def test_what_cannot_be_started_says_so(tmp_path):
    folder = tmp_path / "secret-folder"
    folder.mkdir()
    with pytest.raises(CommandFailed, match=r"\(secret-folder\) could not be started: permission denied"):
        run_command([str(folder)], os.environ, LIMIT)
    with pytest.raises(CommandFailed, match=r"\(nothing\) was not found"):
        run_command([str(tmp_path / "nothing"), "s3cr3t"], os.environ, LIMIT)


def test_what_hangs_is_ended_with_its_children(tmp_path):
    pipe = tmp_path / "alive"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with pytest.raises(CommandTimedOut, match="did not end within 3 s"):
            sh(f"(echo started; exec sleep 600) > '{pipe}' & wait", limit=3.0)
        assert os.read(reader, 100) == b"started\n"
        assert select.select([reader], [], [], 20)[0], "the child still holds its end"
        assert os.read(reader, 100) == b""
    finally:
        os.close(reader)


def test_a_child_that_is_left_behind_does_not_hold_the_key_back(tmp_path):
    pipe = tmp_path / "alive"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert sh(f"exec 3> '{pipe}'; sleep 600 & echo s3cr3t") == "s3cr3t"
        assert select.select([reader], [], [], 20)[0], "the child still holds its end"
        assert os.read(reader, 100) == b""
    finally:
        os.close(reader)


def test_what_prints_without_end_is_cut_off():
    with pytest.raises(CommandFailed, match=r"signal 13"):
        sh("exec yes")


def test_it_gets_no_other_key():
    code = "import os; print(os.environ.get('XPLENTY_API_KEY', 'none'))"
    environment = {**os.environ, "XPLENTY_API_KEY": "an0ther"}
    assert run_command([sys.executable, "-c", code], environment, LIMIT).get_secret_value() == "none"


def test_what_it_prints_is_never_logged(caplog):
    with caplog.at_level(0):
        sh("echo s3cr3t; echo s3cr3t >&2")
        with pytest.raises(CommandFailed):
            sh("echo s3cr3t; echo s3cr3t >&2; exit 1")
    assert "s3cr3t" not in caplog.text

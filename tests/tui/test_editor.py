"""The person's editor on a real pseudo-terminal, and what becomes of the text in each case."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.app import App

from tests.conftest import ROOT
from tests.terminal import Terminal
from xplenty_tui.tui.editor import LARGEST, Edited, NoEditor, Sitting, command, edit

TEXT = 'name = "nightly"\n\n# ä€🙂\n'


def script(folder: Path, body: str, name: str = "editor") -> Path:
    """Make an editor; $f is the file."""
    made = folder / name
    made.write_text(f"#!/bin/sh\nfor f; do :; done\n{body}\n")
    made.chmod(0o755)
    return made


@pytest.fixture
def opened(tmp_path: Path) -> Callable[..., Terminal]:
    """Hand in a way to start the small program with an editor."""
    file = tmp_path / "given.toml"
    file.write_text(TEXT, "utf-8")

    def start(editor: str, *more: str, **env: str) -> Terminal:
        chosen = {"EDITOR": editor, "COUNT": str(tmp_path / "count"), "XPLENTY_API_KEY": "k3y", **env}
        return Terminal(
            [sys.executable, "-m", "tests.tui.editing_app", str(file), *more], cols=100, rows=24, env=chosen, cwd=ROOT
        )

    return start


def left_behind() -> list[str]:
    return [each.name for each in Path(os.environ["XDG_RUNTIME_DIR"]).iterdir()]


# On a terminal.


def test_what_is_saved_comes_back_and_nothing_is_left_behind(opened, tmp_path: Path) -> None:
    editor = script(tmp_path, 'echo "editing $#"; read word; printf "x = 1\\n" >>"$f"')
    with opened(f"'{editor}' --wait") as terminal:
        terminal.wait(r"beat \d")
        terminal.keys("e")
        terminal.wait(r"editing 2")
        assert 1049 not in terminal.modes, "the editor has the normal screen"
        assert terminal.discipline[3] == terminal.before[3], "and the terminal as it was"
        assert len(left_behind()) == 1
        terminal.type("go\n")
        terminal.wait(r'ok=True changed=True <name = "nightly"\|\|# ä€🙂\|x = 1\|>')
        assert 1049 in terminal.modes
        assert left_behind() == []
        terminal.keys("q")
        assert terminal.exit() == 0
        assert terminal.discipline == terminal.before


def test_the_loop_goes_on_and_the_screen_is_drawn_afterwards(opened, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "count")
    editor = script(tmp_path, f'read beats <"{tmp_path}/count"; echo "$beats" >"$f"')
    with opened(str(editor)) as terminal:
        terminal.wait(r"beat \d")
        terminal.keys("e")
        terminal.wait(r"ok=True changed=True <60\|>")
        drawn = terminal.wait(r"beat (\d+)")[1]
        terminal.gone(rf"beat {drawn}\b")


def test_a_new_size_is_seen_afterwards(opened, tmp_path: Path) -> None:
    editor = script(tmp_path, "echo editing; read word")
    with opened(str(editor)) as terminal:
        terminal.wait(r"width 100")
        terminal.keys("e")
        terminal.wait(r"editing")
        terminal.resize(60, 20)
        terminal.type("go\n")
        terminal.wait(r"width 60")


def test_the_editor_sees_a_private_file_the_line_and_no_key(opened, tmp_path: Path) -> None:
    say = 'stat -c "mode %a" "$f" "$(dirname "$f")"; echo "args $1 key [$XPLENTY_API_KEY] ${f##*.}"; read word'
    with opened(str(script(tmp_path, say, "vim.tiny")), "7") as terminal:
        terminal.wait(r"beat \d")
        terminal.keys("e")
        terminal.wait(r"args \+7 key \[\] toml")
        assert "mode 600\nmode 700\n" in terminal.text()
        terminal.type("\n")
        terminal.wait(r"ok=True")


def test_an_editor_that_fails_loses_nothing(opened, tmp_path: Path) -> None:
    with opened(str(script(tmp_path, 'echo "half" >"$f"; exit 3'))) as terminal:
        terminal.wait(r"beat \d")
        terminal.keys("e")
        terminal.wait(r"ok=False changed=True <half\|> editor failed \(exit status 3\)\.")


def test_ctrl_c_is_for_the_editor(opened, tmp_path: Path) -> None:
    editor = script(tmp_path, 'trap \'echo "caught" >"$f"; exit 0\' INT; echo editing; read word; read word')
    with opened(str(editor)) as terminal:
        terminal.wait(r"beat \d")
        terminal.keys("e")
        terminal.wait(r"editing")
        terminal.keys("ctrl+c")
        terminal.wait(r"ok=True changed=True <caught\|>")
        terminal.keys("q")
        assert terminal.exit() == 0


def test_the_program_leaves_with_the_editor_open(opened, tmp_path: Path) -> None:
    with opened(str(script(tmp_path, "echo editing $$; read word"))) as terminal:
        terminal.wait(r"beat \d")
        terminal.keys("e")
        editor = int(terminal.wait(r"editing (\d+)")[1])
        terminal.signal(signal.SIGTERM)
        assert terminal.exit() == 143
        assert terminal.discipline == terminal.before
        assert not terminal.modes & {1049, 1000, 1003, 1006, 2004}
        assert left_behind() == []
        with pytest.raises(ProcessLookupError):
            os.kill(editor, 0)


def test_a_cancelled_edit_gives_the_screen_back(opened, tmp_path: Path) -> None:
    editor = script(tmp_path, "echo editing; read word")
    with opened(str(editor), CANCEL_AT="30") as terminal:
        terminal.wait(r"beat \d")
        terminal.keys("e")
        terminal.wait(r"ok=False changed=False .* cancelled")
        assert 1049 in terminal.modes
        assert left_behind() == []
        terminal.keys("q")
        assert terminal.exit() == 0


def test_an_editor_that_cannot_be_found_is_told(opened) -> None:
    with opened("no-such-editor --wait") as terminal:
        terminal.wait(r"beat \d")
        terminal.keys("e")
        terminal.wait(r"ok=False changed=False .*EDITOR names no-such-editor, which is not")


# Without one.


async def test_a_screen_that_cannot_be_lent_is_told() -> None:
    app: App[None] = App()
    async with app.run_test():
        back = await edit(app, TEXT, environment={"EDITOR": "true", "PATH": os.environ["PATH"]})
    assert back == Edited(TEXT, ok=False, sentence="The terminal cannot be lent to an editor here.")


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """Hand in a folder of programs, to be the whole PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("vi", "nvim", "code", "nano", "emacs"):
        script(folder, "true", name)
    return folder


@pytest.mark.parametrize(
    ("variables", "argv"),
    [
        ({"VISUAL": "nvim -p", "EDITOR": "emacs"}, ["nvim", "-p", "+3"]),
        ({"VISUAL": "  ", "EDITOR": "emacs"}, ["emacs", "+3"]),
        ({"EDITOR": "code --wait"}, ["code", "--wait"]),
        ({"EDITOR": "nano '-x y'; rm"}, ["nano", "-x y;", "rm", "+3"]),
        ({}, ["nano", "+3"]),
    ],
)
def test_which_editor_is_started(programs: Path, variables: dict[str, str], argv: list[str]) -> None:
    assert command({"PATH": str(programs), **variables}, 3) == argv
    assert "+3" not in command({"PATH": str(programs), **variables})


def test_vi_where_there_is_no_nano_and_a_sentence_where_there_is_neither(programs: Path) -> None:
    (programs / "nano").unlink()
    assert command({"PATH": str(programs)}) == ["vi"]
    (programs / "vi").unlink()
    with pytest.raises(NoEditor, match="set VISUAL or EDITOR"):
        command({"PATH": str(programs)})


@pytest.mark.parametrize(
    ("value", "words"),
    [("'vi", "VISUAL has a quote"), ("''", "VISUAL names nothing"), ("a\x1b[31mb", r"VISUAL names a\[31mb, which")],
)
def test_a_variable_that_cannot_be_used_is_told(programs: Path, value: str, words: str) -> None:
    with pytest.raises(NoEditor, match=words):
        command({"PATH": str(programs), "VISUAL": value})


def sit(editor: Path, text: str = TEXT) -> Edited:
    return Sitting([str(editor)], text, os.environ).run()


def test_what_is_unchanged_is_told_so(tmp_path: Path) -> None:
    assert sit(script(tmp_path, "true")) == Edited(TEXT, ok=True)


def test_an_editor_that_replaces_the_file_and_writes_as_on_windows_is_understood(tmp_path: Path) -> None:
    body = 'printf "\\357\\273\\277a = 1\\r\\n" >"$f.new"; mv "$f.new" "$f"'
    assert sit(script(tmp_path, body)) == Edited("a = 1\n", ok=True, changed=True)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('rm "$f"', "saved cannot be read (no such file or directory)"),
        (f'head -c {LARGEST + 1} /dev/zero >"$f"', "larger than 4 MB"),
        ("kill -9 $$", "editor failed (signal 9)"),
    ],
)
def test_the_text_as_it_was_is_kept_when_nothing_usable_was_saved(tmp_path: Path, body: str, words: str) -> None:
    back = sit(script(tmp_path, body))
    assert (back.text, back.ok, back.changed) == (TEXT, False, False)
    assert words in back.sentence
    assert left_behind() == []


def test_what_is_not_utf8_comes_back_as_far_as_it_can_be_read(tmp_path: Path) -> None:
    back = sit(script(tmp_path, 'printf "a = 1 # \\377" >"$f"'))
    assert (back.text, back.ok) == ("a = 1 # \ufffd", False)
    assert "UTF-8" in back.sentence


def test_a_program_that_cannot_be_run_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.write_text("#!/no/such/interpreter\n")
    broken.chmod(0o755)
    assert sit(broken).sentence == "broken could not be started (no such file or directory)."


def test_no_room_for_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "full").write_text("")
    environment = {"TMPDIR": str(tmp_path / "full")}
    back = Sitting(["true"], TEXT, environment).run()
    assert back == Edited(TEXT, ok=False, sentence="The text cannot be put into a file (not a directory).")


def test_an_editor_that_does_not_listen_is_stopped(tmp_path: Path) -> None:
    started = tmp_path / "started"
    os.mkfifo(started)
    deaf = f"trap '' TERM; echo >{started}; while :; do read x <{started}; done"
    sitting = Sitting([str(script(tmp_path, deaf))], TEXT, os.environ)

    async def main() -> Edited:
        running = asyncio.create_task(asyncio.to_thread(sitting.run))
        await asyncio.to_thread(started.read_bytes)
        await asyncio.to_thread(sitting.end)
        return await running

    back = asyncio.run(main())
    assert back.sentence == "editor failed (signal 9)."
    assert left_behind() == []


def test_an_end_before_the_start_starts_nothing(tmp_path: Path) -> None:
    sitting = Sitting([str(script(tmp_path, f"touch {tmp_path}/started"))], TEXT, os.environ)
    sitting.end()
    assert sitting.run() == Edited(TEXT, ok=False, sentence="The editor was not started.")
    assert not (tmp_path / "started").exists()

"""Files that steer the program: for their owner alone, whole or not at all, believed when only we can have written."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from xplenty_tui.config import private
from xplenty_tui.config.errors import SettingsError
from xplenty_tui.config.memory import Memory, MemoryFile
from xplenty_tui.config.read import load
from xplenty_tui.config.remember import add_profile
from xplenty_tui.config.settings import Profile, Settings

ACME = Profile(account="acme")
STRANGER = os.geteuid() + 1
EVIL = '[profiles.prod]\naccount = "acme"\nkey_command = ["steal"]\n'


@pytest.fixture
def file(home: Path) -> Path:
    return home / "config" / "xplenty-tui" / "config.toml"


@pytest.fixture
def owned(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Hand in what makes a path look as if it were another user's, for whoever cannot give files away."""
    theirs: set[int] = set()
    for name, real in (("fstat", os.fstat), ("stat", os.stat)):

        def told(what: object, *args: object, real: Callable[..., os.stat_result] = real, **more: object) -> object:
            found = real(what, *args, **more)
            return os.stat_result((*found[:4], STRANGER, *found[5:])) if found.st_ino in theirs else found

        monkeypatch.setattr(os, name, told)
    return lambda path: theirs.add(path.lstat().st_ino)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("umask", [0, 0o022, 0o077])
def test_they_are_made_for_their_owner_alone_whatever_the_umask(file: Path, home: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        add_profile(file, "prod", ACME)
        MemoryFile(home / "state" / "xplenty-tui").save("prod", Memory("jobs"))
    finally:
        os.umask(before)
    for path in (file, home / "state" / "xplenty-tui" / "screen.json"):
        assert (mode(path), mode(path.parent)) == (0o600, 0o700)
        assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("at", ["write", "flush", "replace"])
def test_a_full_disk_leaves_what_was_there(file: Path, monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    add_profile(file, "prod", ACME)
    before = file.read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    where, name = {"write": (os, "fdopen"), "flush": (os, "fsync"), "replace": (Path, "replace")}[at]
    with monkeypatch.context() as spoilt:
        spoilt.setattr(where, name, full)
        with pytest.raises(SettingsError, match="no space left"):
            add_profile(file, "test", ACME)
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file], "no half file is left"


@pytest.mark.parametrize("whose", ["the file", "its folder"])
def test_settings_of_another_user_are_refused(file: Path, owned: Callable[[Path], None], whose: str) -> None:
    file.parent.mkdir()
    file.write_text(EVIL)
    owned(file if whose == "the file" else file.parent)
    with pytest.raises(SettingsError, match="belongs to another user"):
        load(file)


def test_settings_that_everybody_may_write_are_refused(file: Path) -> None:
    file.parent.mkdir()
    file.write_text(EVIL)
    file.chmod(0o666)
    with pytest.raises(SettingsError, match=r"can be written by everybody; take that away with chmod o-w"):
        load(file)
    file.chmod(0o664)
    file.parent.chmod(0o777)
    with pytest.raises(SettingsError, match="its folder can be written by everybody"):
        load(file)
    file.parent.chmod(0o1777)
    assert load(file).profiles["prod"].key_command == ["steal"], "in a folder like /tmp nobody replaces another's file"


def test_a_link_to_settings_is_as_good_as_what_it_leads_to(file: Path, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles" / "xplenty.toml"
    real.parent.mkdir()
    real.write_text(EVIL)
    file.parent.mkdir()
    file.symlink_to(real)
    assert "prod" in load(file).profiles
    real.chmod(0o646)
    with pytest.raises(SettingsError, match="can be written by everybody"):
        load(file)
    real.chmod(0o600)
    real.parent.chmod(0o777)
    with pytest.raises(SettingsError, match="its folder can be written by everybody"):
        load(file)


def test_nothing_is_written_into_a_folder_of_another_user(file: Path, owned: Callable[[Path], None]) -> None:
    file.parent.mkdir()
    owned(file.parent)
    with pytest.raises(SettingsError, match="belongs to another user"):
        add_profile(file, "prod", ACME)
    assert list(file.parent.iterdir()) == []


def test_state_behind_a_link_is_neither_read_nor_written_through(tmp_path: Path) -> None:
    memory, elsewhere = MemoryFile(tmp_path / "state"), tmp_path / "elsewhere.json"
    memory.save("prod", Memory("jobs"))
    memory.path.rename(elsewhere)
    before = elsewhere.read_bytes()
    memory.path.symlink_to(elsewhere)
    assert memory.load("prod") == Memory()
    assert memory.problem == f"What you chose here is not kept: {memory.path} is a link to another file."
    memory.save("prod", Memory("clusters"))
    assert elsewhere.read_bytes() == before and memory.path.is_symlink()


def test_state_of_another_user_is_not_believed(tmp_path: Path, owned: Callable[[Path], None]) -> None:
    memory = MemoryFile(tmp_path / "state")
    memory.save("prod", Memory("jobs"))
    owned(memory.path)
    assert memory.load("prod") == Memory()
    assert "belongs to another user" in memory.problem


def test_a_pipe_keeps_nobody_waiting(file: Path) -> None:
    file.parent.mkdir()
    os.mkfifo(file)
    with pytest.raises(SettingsError, match="is not a file"):
        load(file)


def test_without_a_file_nothing_is_set_and_nothing_is_made(file: Path) -> None:
    assert load(file) == Settings()
    assert not file.parent.exists()
    with pytest.raises(FileNotFoundError):
        private.read(file, links=True)

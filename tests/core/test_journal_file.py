"""The journal's file: what is written is read, whatever happens to the file, and a deed never fails because of it."""

from __future__ import annotations

import errno
import os
import stat
import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.entries import entry
from xplenty_tui.core.journal import KEPT, Journal, encode


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "xplenty-tui" / "journal.jsonl"


def sentences(journal: Journal, count: int = 100) -> list[str]:
    return [each.sentence for each in journal.newest(count)]


def test_what_is_written_is_read_newest_first_by_another_session(path: Path) -> None:
    journal = Journal(path)
    for number in range(5):
        journal.write(entry(number))
    assert sentences(Journal(path), 3) == ["deed 4", "deed 3", "deed 2"]
    assert Journal(path).newest(0) == ()
    assert journal.problem == ""


def test_nobody_else_can_read_it(path: Path) -> None:
    old = os.umask(0)
    try:
        Journal(path).write(entry())
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_file_that_others_could_read_is_closed_to_them(path: Path) -> None:
    Journal(path).write(entry())
    path.chmod(0o644)
    Journal(path).write(entry())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_no_journal_yet_is_no_problem(path: Path) -> None:
    journal = Journal(path)
    assert journal.newest(10) == ()
    assert journal.problem == ""
    assert not path.parent.exists(), "reading makes nothing"


@settings(max_examples=30)
@given(st.data())
def test_a_file_cut_at_any_byte_loses_its_last_line_only(tmp_path_factory: pytest.TempPathFactory, data: Any) -> None:
    path = tmp_path_factory.mktemp("cut") / "journal.jsonl"
    lines = [encode(entry(number, label="ä€🙂")) for number in range(3)]
    whole = b"".join(lines)
    at = data.draw(st.integers(0, len(whole)))
    path.write_bytes(whole[:at])
    journal = Journal(path)
    journal.write(entry(9))
    complete = [f"deed {n}" for n in range(3) if at >= sum(map(len, lines[: n + 1])) - 1]
    assert sentences(journal) == ["deed 9", *reversed(complete)]


def test_foreign_lines_are_read_over(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(b'\xff\xfe\n\n{"a": 1}\nnull\n' + encode(entry(1)) + b'{"at": \n' + encode(entry(2)) + b"\0\0")
    assert sentences(Journal(path)) == ["deed 2", "deed 1"]


def test_full_files_are_kept_aside_and_the_oldest_is_dropped(path: Path) -> None:
    size = len(encode(entry(10)))
    journal = Journal(path, rotate_at=3 * size)
    for number in range(10, 30):
        journal.write(entry(number))
    names = sorted(each.name for each in path.parent.iterdir())
    assert names == ["journal.jsonl", *(f"journal.jsonl.{age}" for age in range(1, KEPT + 1))]
    assert all(each.stat().st_size <= 3 * size for each in path.parent.iterdir())
    assert all(stat.S_IMODE(each.stat().st_mode) == 0o600 for each in path.parent.iterdir())
    assert sentences(journal) == [f"deed {number}" for number in range(29, 18, -1)]
    assert sentences(journal, 4) == [f"deed {number}" for number in range(29, 25, -1)]


def test_several_sessions_share_it_without_losing_or_mixing_a_line(path: Path) -> None:
    size = len(encode(entry(1000)))

    def session(first: int) -> None:
        journal = Journal(path, rotate_at=70 * size, kept=9)
        for number in range(first, first + 50):
            journal.write(entry(number))

    threads = [threading.Thread(target=session, args=(1000 + 50 * each,)) for each in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    reader = Journal(path, rotate_at=70 * size, kept=9)
    assert sentences(reader, 1000) == [f"deed {number}" for number in range(1399, 999, -1)]
    assert path.with_name("journal.jsonl.1").exists()


def test_a_huge_foreign_file_is_read_from_its_end(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(b"x" * 50_000 + b"\n" + encode(entry(1)))
    journal = Journal(path, rotate_at=1000)
    assert sentences(journal) == ["deed 1"]


# What goes wrong.


def test_a_folder_that_cannot_be_made_keeps_the_deed_and_tells(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where a folder should be")
    journal = Journal(tmp_path / "state" / "xplenty-tui" / "journal.jsonl")
    journal.write(entry(1))
    journal.write(entry(2))
    assert journal.problem.startswith("The journal cannot be written (not a directory): ")
    assert sentences(journal) == ["deed 2", "deed 1"]


@pytest.mark.parametrize(("number", "words"), [(errno.ENOSPC, "no space left"), (errno.EROFS, "read-only file system")])
def test_what_could_not_be_written_is_written_later(
    path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    def full(*_: Any) -> int:
        raise OSError(number, os.strerror(number))

    journal = Journal(path)
    journal.write(entry(0))
    with monkeypatch.context() as spoilt:
        spoilt.setattr(os, "write", full)
        journal.write(entry(1))
        journal.write(entry(2))
    assert words in journal.problem
    assert sentences(journal) == ["deed 2", "deed 1", "deed 0"]
    assert sentences(Journal(path)) == ["deed 0"]
    journal.write(entry(3))
    assert journal.problem == ""
    assert sentences(Journal(path)) == ["deed 3", "deed 2", "deed 1", "deed 0"]


def test_a_line_that_a_full_disk_cuts_is_written_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal, real = Journal(path), os.write
    with monkeypatch.context() as spoilt:
        spoilt.setattr(os, "write", lambda descriptor, data: real(descriptor, data[:20]))
        journal.write(entry(1))
    assert "the disk is full" in journal.problem
    journal.write(entry(2))
    assert sentences(Journal(path)) == ["deed 2", "deed 1"]


def test_a_link_is_refused_and_what_it_leads_to_is_left_alone(path: Path, tmp_path: Path) -> None:
    path.parent.mkdir(parents=True)
    precious = tmp_path / "precious"
    precious.write_text("mine")
    path.symlink_to(precious)
    journal = Journal(path)
    journal.write(entry(1))
    assert "it is a link to another file" in journal.problem
    assert precious.read_text() == "mine"
    assert sentences(journal) == ["deed 1"]


def test_a_file_of_another_user_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Journal(path).write(entry(1))
    before = path.read_bytes()
    mine = os.geteuid()
    found = os.fstat
    monkeypatch.setattr(os, "fstat", lambda number: os.stat_result((*found(number)[:4], mine + 1, *found(number)[5:])))
    journal = Journal(path)
    journal.write(entry(2))
    assert "it belongs to another user" in journal.problem
    assert path.read_bytes() == before
    assert [each.sentence for each in journal.newest(9)] == ["deed 2"]


def test_a_folder_of_another_user_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.parent.mkdir(parents=True)
    found, stranger = Path.stat, os.geteuid() + 1

    def owned_by_a_stranger(self: Path, **how: Any) -> os.stat_result:
        return os.stat_result((*found(self, **how)[:4], stranger, *found(self, **how)[5:]))

    monkeypatch.setattr(Path, "stat", owned_by_a_stranger)
    journal = Journal(path)
    journal.write(entry(1))
    assert "its folder belongs to another user" in journal.problem
    assert list(path.parent.iterdir()) == []


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_what_is_no_file_is_refused_at_once(path: Path, make: Any) -> None:
    path.parent.mkdir(parents=True)
    make(path)
    journal = Journal(path)
    journal.write(entry(1))
    assert journal.problem
    assert sentences(journal) == ["deed 1"]
    assert journal.problem.startswith("The journal cannot be written")


def test_an_old_file_that_cannot_be_read_is_told(path: Path) -> None:
    journal = Journal(path)
    journal.write(entry(1))
    path.with_name("journal.jsonl.1").mkdir()
    assert sentences(journal) == ["deed 1"]
    assert journal.problem.startswith("Not all of the journal can be read")

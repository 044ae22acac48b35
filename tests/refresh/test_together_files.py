"""Whatever lies in the folder of the sessions, and whatever the folder is: nobody is disturbed by it."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.refresh.sessions import API, BEGIN_S, MINUTE, Host, note
from xplenty_tui.refresh import together
from xplenty_tui.refresh.together import Others


@pytest.fixture
def host(tmp_path: Path) -> Host:
    return Host(tmp_path / "state" / "xplenty-tui" / "sessions")


WRONG: dict[str, Any] = {
    "empty": b"",
    "no JSON": b"{",
    "no UTF-8": b'{"version":1,"host":"\xff"}',
    "no table": [1],
    "deep": b"[" * 60_000,
    "huge": json.dumps(note()).encode() + b" " * 65_536,
    "a number too long": b'{"version":1,"beat":' + b"9" * 9000 + b"}",
    "newer": note(version=2),
    "older": note(version=0),
    "true is no version": note(version=True),
    "1.0 is no version": note(version=1.0),
    "no beat": {name: value for name, value in note().items() if name != "beat"},
    "beat of text": note(beat=str(BEGIN_S)),
    "beat of nothing": note(beat=None),
    "beat of true": note(beat=True),
    "beat without end": note(beat=float("inf")),
    "beat that is none": note(beat=float("nan")),
    "beat below 0": note(beat=-1),
    "beat of 400 digits": note(beat=10**400),
    "no minutes": note(minutes=None),
    "list of minutes": note(minutes=[MINUTE]),
    "minute of words": note(minutes={"now": 7}),
    "minute in other digits": note(minutes={str(MINUTE).translate({48 + n: 0x660 + n for n in range(10)}): 7}),
    "minute with a sign": note(minutes={f"+{MINUTE}": 7}),
    "credits of text": note(minutes={str(MINUTE): "7"}),
    "credits of true": note(minutes={str(MINUTE): True}),
    "part of a credit": note(minutes={str(MINUTE): 7.5}),
    "credits given back": note(minutes={str(MINUTE): -7}),
    "credits without end": note(minutes={str(MINUTE): 10**30}),
    "no host": note(host=None),
    "away of words": note(away="no"),
}


@pytest.mark.parametrize("content", WRONG.values(), ids=WRONG)
def test_a_file_that_is_not_understood_is_as_if_it_were_not_there(host: Host, content: Any) -> None:
    host.start().beat({MINUTE: 5}, away=False)
    path = host.put(content)
    before = path.read_bytes()
    pool = host.start()
    assert pool.beat({}, away=False) == Others(1, 5)
    assert pool.problem == ""
    assert path.read_bytes() == before


def test_the_same_file_is_counted_when_nothing_is_wrong_with_it(host: Host) -> None:
    host.put(note())
    host.put(note(), "notes.json")
    host.put(note(), "other-1.json.bak")
    host.put(note(), "other-2.json.new")
    host.put({**note(minutes={str(MINUTE): 1, str(MINUTE + 2): 2, str(MINUTE + 3): 4}), "more": 1}, "other-3.json")
    assert host.start().beat({}, away=False) == Others(2, 10)


def test_what_is_no_plain_file_is_not_touched(host: Host, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text(json.dumps(note(beat=0, minutes={})))
    host.put(note())
    (host.folder / "link-1.json").symlink_to(elsewhere)
    (host.folder / "link-2.json").symlink_to("nowhere")
    (host.folder / "folder-1.json").mkdir()
    os.mkfifo(host.folder / "pipe-1.json")
    (host.folder / "t0k3n0-100.json").symlink_to(elsewhere)
    before, pool = elsewhere.read_text(), host.start()
    assert pool.beat({}, away=False) == Others(1, 7)
    assert pool.problem == ""
    assert elsewhere.read_text() == before
    assert not (host.folder / "t0k3n0-100.json").is_symlink()
    assert len(host.files()) == 6


def test_what_a_crash_left_is_removed_after_a_day(host: Host) -> None:
    kept = [host.put(b"{", "new-1.json"), host.put(b"", "new-1.json.new"), host.put(b"", "mine.txt")]
    gone = [host.put(b"{", "old-1.json"), host.put(b"", "old-1.json.new")]
    for path in (*kept, *gone):
        os.utime(path, (0, host.now - (90_000 if path in gone or path.suffix == ".txt" else 80_000)))
    host.start().beat({}, away=False)
    assert host.files() == sorted([*(path.name for path in kept), "t0k3n0-100.json"])


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
SOUND = json.dumps(note()).encode()
ANY_FILE = st.one_of(
    st.integers(0, len(SOUND) - 1).map(lambda at: SOUND[:at]),
    st.tuples(st.integers(0, len(SOUND) - 1), st.binary(max_size=4)).map(
        lambda cut: SOUND[: cut[0]] + cut[1] + SOUND[cut[0] + len(cut[1]) :]
    ),
    st.binary(max_size=200),
    st.fixed_dictionaries({}, optional=dict.fromkeys(note(), ANY_JSON)).map(
        lambda changed: json.dumps({**note(), **changed}).encode()
    ),
)


@pytest.fixture(scope="module")
def shared() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.mark.parametrize("at", range(len(SOUND)))
def test_a_file_cut_anywhere_counts_for_nothing(host: Host, at: int) -> None:
    host.start().beat({MINUTE: 5}, away=False)
    host.put(SOUND[:at])
    assert host.start().beat({}, away=False) == Others(1, 5)


@settings(max_examples=300, deadline=None)
@given(files=st.lists(ANY_FILE, max_size=3), jump=st.sampled_from([0.0, 20.0, 61.0, -61.0, 3600.0, -3600.0]))
def test_no_file_keeps_sessions_from_dividing(shared: Path, files: list[bytes], jump: float) -> None:
    host = Host(Path(tempfile.mkdtemp(dir=shared)))
    one, two, beside = host.start("another.api"), host.start("another.api"), host.start()
    for pool in host.pools:
        pool.beat({MINUTE: 1}, away=False)
    for number, content in enumerate(files):
        host.put(content, f"any-{number}.json")
    assert two.beat({MINUTE: 1}, away=False) == Others(1, 1)
    seen = beside.beat({MINUTE: 1}, away=False)
    assert 0 <= seen.away <= seen.live <= len(files)
    assert seen.spent >= 0
    host.now += jump
    now = int(host.now // 60)
    for pool in host.pools:
        pool.beat({now: 4}, away=pool is two)
    assert one.beat({now: 4}, away=False) == Others(1, 4, away=1)
    assert two.beat({now: 4}, away=False) == Others(1, 4)
    assert {pool.problem for pool in host.pools} == {""}


# --- folders that cannot be used -------------------------------------------------------------------------------------


def alone(host: Host) -> str:
    """Return why a session goes on alone."""
    pool = host.start()
    assert pool.beat({MINUTE: 1}, away=False) == Others()
    pool.leave()
    assert str(host.folder) in pool.problem
    assert pool.problem.startswith("This session ")
    assert pool.problem.endswith(".")
    return pool.problem


def test_a_file_in_the_place_of_the_folder(host: Host) -> None:
    host.folder.parent.mkdir(parents=True)
    host.folder.write_text("mine")
    assert "exists" in alone(host)
    host.folder = host.folder / "deeper"
    assert "not a directory" in alone(host)


def test_a_link_in_the_place_of_the_folder(host: Host, tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.mkdir()
    host.folder.parent.mkdir(parents=True)
    host.folder.symlink_to(real)
    alone(host)
    assert list(real.iterdir()) == []


def test_a_folder_that_others_may_write_to_is_closed_to_them(host: Host) -> None:
    host.put(note())
    host.folder.chmod(0o777)
    assert host.start().beat({}, away=False) == Others(1, 7)
    assert stat.S_IMODE(host.folder.stat().st_mode) == 0o700


def test_a_folder_of_another_user_is_left_alone(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    host.put(note())
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert "belongs to another user" in alone(host)
    assert host.files() == ["other-1.json"]


def test_files_of_another_user_count_for_nothing(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs, old = host.put(note()), host.put(b"", "old-1.json")
    os.utime(old, (0, 0))
    before, real = theirs.read_bytes(), os.fstat

    def strange(file: int) -> os.stat_result:
        status = real(file)
        return status if stat.S_ISDIR(status.st_mode) else os.stat_result([*status[:4], status.st_uid + 1, *status[5:]])

    monkeypatch.setattr(os, "fstat", strange)
    pool = host.start()
    assert (pool.beat({}, away=False), pool.problem) == (Others(), "")
    assert theirs.read_bytes() == before


def test_a_system_without_owners(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "_POSSIBLE", False)
    assert "cannot tell whose files" in alone(host)


FULL = """
import resource, sys
from pathlib import Path
from xplenty_tui.refresh.together import Pool
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))
pool = Pool(Path(sys.argv[1]), sys.argv[2], wall=lambda: float(sys.argv[3]), pid=9, token="full")
others = pool.beat({}, away=False)
pool.leave()
print(others.live, others.spent, pool.problem)
"""


def test_a_disk_that_takes_no_more_is_told_and_others_still_count(host: Host) -> None:
    host.put(note())
    argv = [sys.executable, "-c", FULL, str(host.folder), API, str(host.now)]
    done = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("1 7 This session cannot tell the others what it spends: ")
    assert done.stdout.endswith(": file too large.\n")
    assert host.files() == ["other-1.json"]


def test_a_folder_that_may_not_be_written_is_told(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    pool, real = host.start(), os.open
    pool.beat({MINUTE: 1}, away=False)

    def refuse(path: Any, flags: int, *more: Any, **named: Any) -> int:
        if flags & os.O_CREAT:
            raise PermissionError(13, "Permission denied")
        return real(path, flags, *more, **named)

    monkeypatch.setattr(os, "open", refuse)
    assert pool.beat({MINUTE: 2}, away=False) == Others()
    assert pool.problem == f"This session cannot tell the others what it spends: {host.folder}: permission denied."
    pool.leave()
    monkeypatch.undo()
    assert host.start().beat({}, away=False) == Others(1, 1)
    again = host.start()
    assert (again.beat({}, away=False), again.problem) == (Others(2, 1), "")


def test_a_trouble_that_is_over_is_no_longer_told(host: Host) -> None:
    host.folder.parent.mkdir(parents=True)
    host.folder.write_text("mine")
    pool = host.start()
    pool.beat({}, away=False)
    assert pool.problem
    host.folder.unlink()
    pool.beat({}, away=False)
    assert pool.problem == ""
    assert host.files() == ["t0k3n0-100.json"]

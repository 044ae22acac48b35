"""Sessions of one host find each other by their files and count what each spends, however the clock goes."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.refresh.sessions import API, BEGIN_S, MINUTE, Host, note
from xplenty_tui.refresh.together import BEAT_S, Others, Pool


@pytest.fixture
def host(tmp_path: Path) -> Host:
    return Host(tmp_path / "state" / "xplenty-tui" / "sessions")


def test_a_session_alone_keeps_one_small_file_that_only_its_person_reads(host: Host) -> None:
    pool = host.start()
    assert pool.beat({MINUTE: 3, MINUTE - 1: 0, MINUTE - 59: 5, MINUTE - 61: 9, MINUTE + 3: 9}, away=True) == Others()
    (file,) = host.folder.iterdir()
    assert file.name == "t0k3n0-100.json"
    assert (stat.S_IMODE(host.folder.stat().st_mode), stat.S_IMODE(file.stat().st_mode)) == (0o700, 0o600)
    minutes = {str(MINUTE - 59): 5, str(MINUTE): 3}
    assert json.loads(file.read_text()) == {**note(), "pid": 100, "minutes": minutes, "away": True}
    assert pool.problem == ""


def test_sessions_see_each_other_and_what_they_spend(host: Host) -> None:
    one, two, three = host.start(), host.start(), host.start()
    assert one.beat({MINUTE: 1}, away=False) == Others(0, 0)
    assert two.beat({MINUTE: 10}, away=True) == Others(1, 1)
    assert three.beat({MINUTE: 100, MINUTE - 7: 200}, away=False) == Others(2, 11, away=1)
    assert one.beat({MINUTE: 2}, away=False) == Others(2, 310, away=1)
    assert two.beat({MINUTE: 10}, away=False) == Others(2, 302)


def test_sessions_at_another_api_share_nothing(host: Host) -> None:
    ours, theirs = host.start(), host.start("127.0.0.1:8080")
    ours.beat({MINUTE: 1}, away=False)
    assert theirs.beat({MINUTE: 10}, away=False) == Others()
    assert ours.beat({MINUTE: 1}, away=False) == Others()


def test_a_session_without_a_beat_is_gone_but_what_it_spent_counts_for_an_hour(host: Host) -> None:
    dead, pool = host.start(), host.start()
    dead.beat({MINUTE: 40, MINUTE - 30: 2}, away=False)
    host.now += 3 * BEAT_S - 0.1
    assert pool.beat({}, away=False) == Others(1, 42)
    host.now += 0.1
    assert pool.beat({}, away=False) == Others(0, 42)
    host.now = (MINUTE + 60 - 30) * 60 + 59.9
    assert pool.beat({}, away=False) == Others(0, 42)
    host.now += 0.1
    assert pool.beat({}, away=False) == Others(0, 40)
    host.now = (MINUTE + 61) * 60 - 0.1
    assert pool.beat({}, away=False) == Others(0, 40)
    host.now += 0.1
    assert pool.beat({}, away=False) == Others(0, 0)
    assert host.files() == ["t0k3n1-101.json"]


def test_what_was_spent_before_a_new_start_counts(host: Host) -> None:
    for count in range(5):
        pool = host.start()
        assert pool.beat({}, away=False) == Others(0, count * 10)
        pool.beat({MINUTE: 10}, away=False)
        pool.leave()
    assert [json.loads(path.read_text())["beat"] for path in host.folder.iterdir()] == [0] * 5
    host.now += 3660
    assert host.start().beat({}, away=False) == Others()
    assert host.files() == ["t0k3n5-105.json"]


def test_a_session_that_spent_nothing_leaves_nothing(host: Host) -> None:
    pool, old = host.start(), host.start()
    host.start().leave()
    assert not host.folder.exists()
    pool.beat({}, away=False)
    old.beat({MINUTE - 60: 5}, away=False)
    host.now += 60
    for each in (pool, old, pool):
        each.leave()
    assert host.files() == []


def test_who_has_ended_is_gone_even_on_a_host_whose_clock_begins_at_0(host: Host) -> None:
    host.now = 30.0
    pool = host.start()
    pool.beat({0: 1}, away=False)
    pool.leave()
    assert host.start().beat({}, away=False) == Others(0, 1)


def test_a_beat_that_comes_after_the_end_tells_nothing(host: Host) -> None:
    pool = host.start()
    pool.beat({MINUTE: 1}, away=False)
    pool.leave()
    assert pool.beat({MINUTE: 9}, away=False) == Others()
    assert host.start().beat({}, away=False) == Others(0, 1)


def test_the_end_waits_for_a_beat_that_is_under_way(host: Host) -> None:
    reached, go = threading.Event(), threading.Event()

    def wall() -> float:
        reached.set()
        assert go.wait(60)
        return host.now

    pool = Pool(host.folder, API, wall=wall, pid=7, token="slow")
    beating = threading.Thread(target=pool.beat, args=({MINUTE: 1},), kwargs={"away": False})
    beating.start()
    assert reached.wait(60)
    leaving = threading.Thread(target=pool.leave)
    leaving.start()
    go.set()
    beating.join()
    leaving.join()
    assert host.start().beat({}, away=False) == Others(0, 1)


def test_a_token_is_no_path(host: Host) -> None:
    for token in ("", "../x", "a/b", "a.b", "a" * 65, "é"):
        with pytest.raises(ValueError, match="token"):
            Pool(host.folder, API, wall=lambda: 0.0, pid=1, token=token)


# --- clocks ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("jump", [3600.0, -3600.0, 86_400.0, -86_400.0])
def test_a_clock_that_jumps_parts_nobody_for_longer_than_a_beat(host: Host, jump: float) -> None:
    dead, one, two = host.start(), host.start(), host.start()
    dead.beat({}, away=False)
    host.now += 60
    for pool in (one, two, one):
        pool.beat({}, away=False)
    host.now += jump
    assert one.beat({}, away=False).live == 0
    assert two.beat({}, away=False).live == 1
    host.now += BEAT_S
    assert (one.beat({}, away=False).live, two.beat({}, away=False).live) == (1, 1)


def test_a_clock_that_is_set_back_does_not_wake_the_dead_when_it_comes_to_their_time(host: Host) -> None:
    dead, pool = host.start(), host.start()
    dead.beat({MINUTE - 59 + n: 1 for n in range(60)}, away=False)
    assert pool.beat({}, away=False) == Others(1, 60)
    host.now -= 1800
    seen = [pool.beat({}, away=False)]
    while host.now < BEGIN_S + 3700:
        host.now += BEAT_S
        seen.append(pool.beat({}, away=False))
    assert {others.live for others in seen} == {0}
    assert seen[0].spent == 32
    assert max(others.spent for others in seen) == 60
    assert seen[-1].spent == 0


def test_a_session_that_slept_is_back_with_its_next_beat(host: Host) -> None:
    sleeper, pool = host.start(), host.start()
    sleeper.beat({MINUTE: 5}, away=False)
    host.now += 7200
    assert pool.beat({}, away=False) == Others()
    assert sleeper.beat({}, away=False) == Others(1, 0)
    assert pool.beat({}, away=False) == Others(1, 0)


# --- real processes --------------------------------------------------------------------------------------------------

SESSION = """
import json, os, secrets, sys
from pathlib import Path
from xplenty_tui.refresh.together import Pool
now = 0.0
pool = Pool(Path(sys.argv[1]), sys.argv[2], wall=lambda: now, pid=os.getpid(), token=secrets.token_urlsafe())
for line in sys.stdin:
    now, spent = json.loads(line)
    others = pool.beat({int(now // 60): spent} if spent else {}, away=False)
    print(others.live, others.spent, pool.problem, flush=True)
pool.leave()
"""


@dataclass
class Session:
    """A process of its own that beats when it is told to."""

    process: subprocess.Popen[str]

    def beat(self, now: float, spent: int) -> str:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(json.dumps([now, spent]) + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()


@pytest.fixture
def sessions(host: Host) -> Iterator[list[Session]]:
    argv = [sys.executable, "-c", SESSION, str(host.folder), API]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": ROOT}
    with subprocess.Popen(argv, **pipes) as one, subprocess.Popen(argv, **pipes) as two:
        yield [Session(one), Session(two)]
        one.kill()
        two.kill()


def test_processes_see_each_other_until_one_is_killed(host: Host, sessions: list[Session]) -> None:
    one, two = sessions
    assert one.beat(host.now, 5) == "0 0"
    assert two.beat(host.now, 7) == "1 5"
    assert one.beat(host.now, 5) == "1 7"
    two.process.kill()
    assert two.process.wait(60) == -9
    assert one.beat(host.now + 2 * BEAT_S, 5) == "1 7"
    assert one.beat(host.now + 3 * BEAT_S, 5) == "0 7"
    assert len(host.files()) == 2
    assert one.beat(host.now + 3700, 0) == "0 0"
    assert len(host.files()) == 1
    assert one.process.stdin is not None
    one.process.stdin.close()
    assert one.process.wait(60) == 0
    assert host.files() == []

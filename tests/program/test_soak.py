"""Somebody presses anything for some seconds, with every twentieth answer spoilt: nothing breaks, nothing is left."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.program import monkey

SPEED, BURSTS, LOOKS = 48.0, 10, 3


async def test_nothing_breaks_and_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.setenv("VISUAL", "true")
    monkeypatch.chdir(tmp_path)
    one = await monkey.soak(20261128, SPEED, 0.0, 0.0, bursts=BURSTS, looks=LOOKS)
    assert one.pressed > 20 and len(one.looks) == LOOKS
    assert not one.complaints
    assert len({look.tasks for look in one.looks[1:]}) == 1, one.looks
    assert max(look.fds for look in one.looks) - min(look.fds for look in one.looks) <= monkey.CONNECTIONS, one.looks
    assert max(look.share for look in one.looks) <= monkey.SHARE


def test_the_figures_tell_what_is_wrong() -> None:
    look = monkey.Look(hour=2.0, rss_mb=100.0, fds=10, tasks=20, widgets=30, share=0.1, keys=5)
    worse = monkey.Look(hour=3.0, rss_mb=106.0, fds=15, tasks=21, widgets=30, share=0.21, keys=5)
    run = monkey.Monkey(None, None, None, 48.0, 0.0, looks=[look, look])  # type: ignore[arg-type]
    assert monkey.judged(run) == []
    run.looks.append(worse)
    run.complaints.append("an exception")
    assert len(monkey.judged(run)) == 5

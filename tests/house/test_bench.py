"""The benchmark judges as the house says; measuring itself is `make bench`, on a quiet machine."""

from __future__ import annotations

import runpy
import subprocess
import sys
from typing import Any

import pytest

from tests.conftest import ROOT

GOOD = {
    "bare": 0.150,
    "paint": 0.170,
    "rows": 0.260,
    "rows_many": 0.300,
    "server": 0.320,
    "step": 1100.0,
    "row": 380.0,
    "page": 9000.0,
    "repaint": 9500.0,
    "question": 70_000.0,
    "palette": 90_000.0,
    "message": 1500.0,
    "idle_bytes": 0.0,
    "idle_core": 0.2,
    "shown": 0.030,
    "shown_many": 0.035,
    "paged": 0.010,
    "paged_many": 0.012,
    "ended": 0.010,
    "ended_many": 0.012,
    "filter_many": 0.050,
    "sort_many": 0.150,
    "sort_blocked": 0.040,
    "tick_blocked": 0.008,
    "memory": 70.0,
    "memory_bare": 45.0,
    "memory_many": 300.0,
    "quit": 0.2,
    "quit_hanging": 0.3,
    "cause": 4.3,
    "cause_credits": 5.0,
    "look": 0.018,
}


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Hand in what the script defines, without running it."""
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    return runpy.run_path(str(ROOT / "scripts" / "bench"))


def test_what_is_good_enough_holds(bench: dict[str, Any]) -> None:
    lines = bench["lines"](GOOD)
    assert len(lines) == len(bench["PROMISES"])
    assert [line.says for line in lines if not line.holds] == []


@pytest.mark.parametrize(
    ("name", "found", "words"),
    [
        ("paint", 0.175, "first paint"),
        ("rows", 0.280, "first demo rows"),
        ("rows_many", 0.400, "10,000 jobs in the account"),
        ("server", 0.340, "a server on loopback"),
        ("shown_many", 0.080, "100,000 jobs shown"),
        ("sort_blocked", 0.051, "blocked by that sort"),
        ("idle_bytes", 2001.0, "an idle minute"),
        ("memory", 80.0, "memory at 400 jobs"),
        ("quit_hanging", 0.36, "while a request hangs"),
        ("step", 1201.0, "a step of the cursor"),
        ("row", 601.0, "a changed row"),
        ("row", 0.0, "a changed row"),
        ("cause", 10.1, "failing step"),
        ("cause_credits", 11.0, "credits"),
        ("look", 0.031, "look() with 10,000 jobs"),
    ],
)
def test_what_is_not_good_enough_is_told(bench: dict[str, Any], name: str, found: float, words: str) -> None:
    broken = [line.says for line in bench["lines"]({**GOOD, name: found}) if not line.holds]
    assert len(broken) == 1
    assert words in broken[0]


def test_every_promise_is_measured_and_nothing_is_measured_in_vain(bench: dict[str, Any]) -> None:
    needed = {need for promise in bench["PROMISES"] for need in promise.needs}
    assert needed == bench["TIMES"].keys() | bench["ONCE"].keys()


def test_only_what_was_asked_for_is_measured(bench: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def never() -> float:
        raise AssertionError("measured, though nobody asked")

    for group in ("TIMES", "ONCE"):
        for name in bench[group]:
            monkeypatch.setitem(bench[group], name, never)
    monkeypatch.setitem(bench["ONCE"], "message", lambda: 900.0)
    found = bench["run"](3, ["message"])
    assert found == {"message": 900.0}
    assert [line.name for line in bench["lines"](found)] == ["message"]


def test_a_broken_promise_is_a_status_of_one(bench: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    main = bench["main"]
    found = {**GOOD, "row": 900.0}
    monkeypatch.setitem(main.__globals__, "run", lambda rounds, only: found)
    monkeypatch.setattr(sys, "argv", ["bench"])
    assert main() == 1
    monkeypatch.setattr(sys, "argv", ["bench", "--report"])
    assert main() == 0


def test_a_person_gets_from_the_start_to_the_cause_of_a_failed_workflow(bench: dict[str, Any]) -> None:
    found = bench["way"]()
    assert 0 < found["cause_keys"] <= 9
    assert 0 < found["cause_credits"] <= 10, "of seconds a busy machine says nothing"


def test_a_changed_job_is_one_line_on_the_wire(bench: dict[str, Any]) -> None:
    changed = bench["ONCE"]["row"]
    assert 0 < changed() < 600


def test_the_script_runs_by_itself() -> None:
    done = subprocess.run([sys.executable, "scripts/bench", "--help"], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0

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
    "paint": 0.180,
    "rows": 0.300,
    "rows_many": 0.350,
    "shown": 0.008,
    "shown_many": 0.024,
    "step": 1100.0,
    "row": 380.0,
    "cause": 4.3,
    "cause_keys": 9.0,
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
    assert len(lines) == 9
    assert [line.says for line in lines if not line.holds] == []


@pytest.mark.parametrize(
    ("name", "found", "words"),
    [
        ("paint", 0.190, "first paint"),
        ("rows", 0.340, "first demo rows"),
        ("rows_many", 0.400, "10,000 jobs in the account"),
        ("shown_many", 0.080, "one table of 10,000 jobs"),
        ("step", 1501.0, "a step of the cursor"),
        ("row", 801.0, "a changed row"),
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


def test_a_broken_promise_is_a_status_of_one(bench: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    main = bench["main"]
    found = {**GOOD, "row": 900.0}
    monkeypatch.setitem(main.__globals__, "run", lambda rounds, only: found)
    monkeypatch.setattr(sys, "argv", ["bench"])
    assert main() == 1
    monkeypatch.setattr(sys, "argv", ["bench", "--report"])
    assert main() == 0


def test_some_lines_alone_measure_nothing_else(bench: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    measured: list[str] = []

    def note(name: str, figure: Any) -> Any:
        return lambda: measured.append(name) or figure

    for table in ("TIMES", "BYTES", "NIGHT"):
        for name in bench[table]:
            found = {key: GOOD[key] for key in GOOD if key.startswith(name)} if table == "NIGHT" else GOOD[name]
            monkeypatch.setitem(bench[table], name, note(name, found))
    for only, needs in (("paint", ["bare", "paint"]), ("row", ["row"]), ("credits", ["cause"]), ("look", ["look"])):
        measured.clear()
        found = bench["run"](1, [only])
        assert sorted(set(measured)) == needs
        assert len(bench["lines"](found, [only])) == 1


def test_a_person_gets_from_the_start_to_the_cause_of_a_failed_workflow(bench: dict[str, Any]) -> None:
    found = bench["NIGHT"]["cause"]()
    assert 0 < found["cause_keys"] <= 9
    assert 0 < found["cause_credits"] <= 10, "of seconds a busy machine says nothing"


def test_a_changed_job_is_one_line_on_the_wire(bench: dict[str, Any]) -> None:
    changed = bench["BYTES"]["row"]
    assert 0 < changed() < 800


def test_the_script_runs_by_itself() -> None:
    done = subprocess.run([sys.executable, "scripts/bench", "--help"], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0

"""A sample of the fault matrix, held against what ``make faults`` wrote down; and what holds for all of that."""

from __future__ import annotations

import pytest

from tests.program import fault_book, fault_walk, fault_writes
from tests.program.fault_rig import in_haste
from xplenty_tui.demo.faults import FAULTS

SAMPLE = ["401", "500", "truncated"]
"""Faults after which nothing depends on what was seen before, as the countdown after a 429 does."""
SEEN = ["triage", "jobs", "page of job", "plans", "page of connection type", "timeline of a workflow"]


@pytest.fixture(autouse=True)
def _shot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.mark.parametrize("fault", SAMPLE)
async def test_what_is_seen_is_what_is_written_down(fault: str) -> None:
    book = fault_book.read()
    for name, cell in (await fault_walk.walk(fault, SEEN)).items():
        assert fault_book.seen(cell) == fault_book.of(book, fault, name), name


@pytest.mark.parametrize("fault", ["500", "wrong-type"])
@pytest.mark.parametrize("deaf", [False, True], ids=["found out", "nothing found out"])
async def test_what_is_said_of_every_write_is_true_and_what_is_written_down(fault: str, deaf: bool) -> None:
    with in_haste(fault):
        said = await fault_writes.every(fault, fault_writes.WRITES, deaf=deaf)
    assert said == fault_book.read()["writes"][fault]["deaf" if deaf else "good"]


def test_all_of_it_was_done() -> None:
    """A new fault, a screen of a new make or a new write needs ``make faults``."""
    book = fault_book.read()
    assert set(book["screens"]) == set(book["writes"]) == set(FAULTS)
    for fault, groups in book["screens"].items():
        done = {name for group in groups for name in group["screens"]}
        assert set(fault_walk.CORE) <= done <= set(fault_walk.SCREENS), fault
    for fault, both in book["writes"].items():
        for how in ("good", "deaf"):
            assert {name for group in both[how] for name in group[-1]} == set(fault_writes.WRITES), fault


def test_trouble_is_told_rows_stay_and_everything_is_well_again_by_itself() -> None:
    assert fault_book.wrong(fault_book.read(), fault_walk.SILENT, fault_walk.SOFT) == []
    for fault in fault_walk.SOFT:
        states = {(group["first"][0], group["kept"][0]) for group in fault_book.read()["screens"][fault]}
        assert states <= {("live", "live"), ("slowed", "slowed"), ("live", "slowed"), ("slowed", "live")}, fault

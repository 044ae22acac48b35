"""List and page of every kind, in a small and a wide terminal: made from the declarations, so a new kind is in it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.program.screens import FAILED, item, kind, part
from tests.program.still import Step, answered, still, walk
from xplenty_tui.resources import BY_NAME

SIZES = [pytest.param((80, 24), id="80x24"), pytest.param((120, 40), id="120x40")]
SMALL = (80, 24)
LOOKED_AT: dict[str, tuple[Step, ...]] = {
    "instances": (item("clusters", "2212"), part("instances")),
    "watchers": (item("jobs", FAILED), part("watchers")),
    "validations": (item("packages", "412"), part("validations")),
}
"""What is looked at first, of the kinds that list what was looked at."""
SEARCHED: dict[str, tuple[Step, ...]] = {"connection_groups": ("slash", *"shop", "enter", "S")}
"""How the kinds that can only be searched come by their rows."""
QUESTIONS = {"user": "K", "members": "n", "public_keys": "n", "notifications": "A"}
NOTES = os.environ["TEXTUAL_SNAPSHOT_TEMPDIR"]


@pytest.fixture(autouse=True)
def notes(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the plugin find its folder again."""
    monkeypatch.setenv("TEXTUAL_SNAPSHOT_TEMPDIR", NOTES)


def same(snap_compare: Callable[..., bool], size: tuple[int, int], *steps: Step) -> bool:
    async def before(pilot: Pilot[str]) -> None:
        await walk(pilot, steps, answered)

    return snap_compare(still(screen="jobs"), terminal_size=size, run_before=before)


def listed(name: str) -> tuple[Step, ...]:
    """Return the way to the list of a kind, with rows in it."""
    return (*LOOKED_AT.get(name, ()), kind(name), *SEARCHED.get(name, ()))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", list(BY_NAME))
def test_list(name: str, size: tuple[int, int], snap_compare: Callable[..., bool]) -> None:
    assert same(snap_compare, size, *listed(name))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", list(BY_NAME))
def test_page(name: str, size: tuple[int, int], snap_compare: Callable[..., bool]) -> None:
    assert same(snap_compare, size, *listed(name), "enter")


@pytest.mark.parametrize("name", LOOKED_AT)
def test_nothing_looked_at(name: str, snap_compare: Callable[..., bool]) -> None:
    assert same(snap_compare, SMALL, kind(name))


@pytest.mark.parametrize("name", QUESTIONS)
def test_question(name: str, snap_compare: Callable[..., bool]) -> None:
    assert same(snap_compare, SMALL, kind(name), QUESTIONS[name])

"""List and page of each kind of the account, the user and the service, in a small terminal."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.program.screens import item, kind
from tests.program.still import Step, answered, still, walk

SIZE = (80, 24)
PAGES = {
    "user": "31",
    "public_keys": "2",
    "notifications": "",
    "members": "31",
    "invoices": "4700",
    "payment_method": "account",
    "subscription": "account",
    "service_regions": "redshift",
    "time_zones": "UTC",
    "product_updates": "14",
    "help_articles": "clusters",
    "validations": "",
}
"""An item of each; none where its key depends on what else the world does."""
QUESTIONS = {"user": "K", "members": "n", "public_keys": "n", "notifications": "A"}
NOTES = os.environ["TEXTUAL_SNAPSHOT_TEMPDIR"]


@pytest.fixture(autouse=True)
def notes(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the plugin find its folder again."""
    monkeypatch.setenv("TEXTUAL_SNAPSHOT_TEMPDIR", NOTES)


def same(snap_compare: Callable[..., bool], *steps: Step) -> bool:
    async def before(pilot: Pilot[str]) -> None:
        await walk(pilot, steps, answered)

    return snap_compare(still(screen="jobs"), terminal_size=SIZE, run_before=before)


@pytest.mark.parametrize("name", PAGES)
def test_list(name: str, snap_compare: Callable[..., bool]) -> None:
    assert same(snap_compare, kind(name))


@pytest.mark.parametrize("name", [name for name, key in PAGES.items() if key])
def test_page(name: str, snap_compare: Callable[..., bool]) -> None:
    assert same(snap_compare, kind(name), item(name, PAGES[name]))


@pytest.mark.parametrize("name", QUESTIONS)
def test_question(name: str, snap_compare: Callable[..., bool]) -> None:
    assert same(snap_compare, kind(name), QUESTIONS[name])

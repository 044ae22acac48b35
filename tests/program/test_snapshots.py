"""What a person sees: every screen and every state, in a small and a wide terminal.

``make snapshots`` draws the expected pictures anew; read the difference before it is committed.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from textual.pilot import Pilot

from tests.program.screens import FAILED, SCREENS, item, on
from tests.program.still import Step, answered, asking, still, walk, without_key
from tests.program.wires import Altered, Refusing, Silent, Switched, Unplugged, with_a_bad_one
from xplenty_tui.tui.app import XplentyApp

Compare = Callable[..., bool]

SIZES = [pytest.param((80, 24), id="80x24"), pytest.param((120, 40), id="120x40")]
LISTS = ("triage", "jobs", "clusters", "schedules", "packages")
REFUSALS: dict[str, Callable[[], httpx.AsyncBaseTransport]] = {
    "500": lambda: Refusing(500, "Internal server error"),
    "401": lambda: Refusing(401, "Unauthorized"),
    "429": lambda: Refusing(429, "Rate limit exceeded"),
    "unreachable": Unplugged,
}

NOTES = os.environ["TEXTUAL_SNAPSHOT_TEMPDIR"]
"""Where the plugin collects what it reports at the end; the home of a test forgets it."""


@pytest.fixture(autouse=True)
def notes(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the plugin find its folder again."""
    monkeypatch.setenv("TEXTUAL_SNAPSHOT_TEMPDIR", NOTES)


def same(
    snap_compare: Compare,
    app: XplentyApp,
    size: tuple[int, int],
    *steps: Step,
    ready: Callable[[XplentyApp], bool] = answered,
) -> bool:
    """Compare the screen after the steps with the picture of it."""

    async def before(pilot: Pilot[str]) -> None:
        await walk(pilot, steps, ready)

    return snap_compare(app, terminal_size=size, run_before=before)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", SCREENS)
def test_screen(name: str, size: tuple[int, int], snap_compare: Compare) -> None:
    screen = SCREENS[name]
    assert same(snap_compare, still(screen=screen.section), size, *screen.steps)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("section", [*LISTS, "account"])
def test_loading(section: str, size: tuple[int, int], snap_compare: Compare) -> None:
    assert same(snap_compare, still(Silent(), screen=section), size, ready=asking)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("section", LISTS)
def test_empty(section: str, size: tuple[int, int], snap_compare: Compare) -> None:
    assert same(snap_compare, still(Altered(lambda items: []), screen=section), size)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("section", ["triage", "jobs", "account"])
@pytest.mark.parametrize("refusal", REFUSALS)
def test_refused(refusal: str, section: str, size: tuple[int, int], snap_compare: Compare) -> None:
    assert same(snap_compare, still(REFUSALS[refusal](), screen=section), size)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("section", ["triage", "jobs"])
@pytest.mark.parametrize("refusal", REFUSALS)
def test_stale(refusal: str, section: str, size: tuple[int, int], snap_compare: Compare) -> None:
    wire = Switched(REFUSALS[refusal]())

    def cut(app: XplentyApp) -> None:
        wire.broken = True

    assert same(snap_compare, still(wire, screen=section), size, cut, "R")


@pytest.mark.parametrize("size", SIZES)
def test_a_detail_whose_parts_fail(size: tuple[int, int], snap_compare: Compare) -> None:
    wire = Switched(Refusing(500, "Internal server error"))

    def cut(app: XplentyApp) -> None:
        wire.broken = True

    assert same(snap_compare, still(wire, screen="jobs"), size, cut, item("jobs", FAILED))


@pytest.mark.parametrize("size", SIZES)
def test_few_credits(size: tuple[int, int], snap_compare: Compare) -> None:
    wire = Altered(headers={"x-ratelimit-remaining": "212"})
    assert same(snap_compare, still(wire, screen="jobs"), size)


@pytest.mark.parametrize("size", SIZES)
def test_an_item_that_cannot_be_decoded(size: tuple[int, int], snap_compare: Compare) -> None:
    app = still(Altered(with_a_bad_one), screen="jobs")
    assert same(snap_compare, app, size, "G")


@pytest.mark.parametrize("size", SIZES)
def test_paused(size: tuple[int, int], snap_compare: Compare) -> None:
    assert same(snap_compare, still(screen="jobs"), size, "p")


@pytest.mark.parametrize("size", SIZES)
def test_production_and_read_only(size: tuple[int, int], snap_compare: Compare) -> None:
    app = still(screen="jobs", change=lambda prepared: replace(prepared, production=True, read_only=True))
    assert same(snap_compare, app, size)


@pytest.mark.parametrize("size", SIZES)
def test_no_key(size: tuple[int, int], snap_compare: Compare) -> None:
    assert same(snap_compare, still(change=without_key), size)


@pytest.mark.parametrize("size", SIZES)
def test_usage_without_a_cluster(size: tuple[int, int], snap_compare: Compare) -> None:
    assert same(snap_compare, still(Altered(lambda items: []), screen="triage"), size, "percent_sign")


@pytest.mark.parametrize("size", SIZES)
def test_usage_that_cannot_be_loaded(size: tuple[int, int], snap_compare: Compare) -> None:
    assert same(snap_compare, still(Refusing(500, "Internal server error"), screen="triage"), size, "percent_sign")


@pytest.mark.parametrize("size", SIZES)
def test_what_settled(size: tuple[int, int], snap_compare: Compare) -> None:
    def settle(app: XplentyApp) -> None:
        session = app.session
        assert session is not None
        job = session.store.get("jobs", "90435")
        ended = job.model_copy(update={"status": "failed", "errors": "Access Denied on s3://acme-raw/invoices (403)"})
        session.store.put("jobs", [("90435", ended)], session.now())

    assert same(snap_compare, still(screen="jobs"), size, on("90435"), "w", "3", settle)

"""A job's page: why it failed, which step of a workflow did, what changed, what it wrote, and what runs."""

from __future__ import annotations

import pytest

from tests.program.screens import FAILED, RUNNING, item, part, scroll
from tests.program.still import Step, still
from tests.program.test_snapshots import SIZES, Compare, notes, same

__all__ = ["notes"]

FLOW, SALESFORCE, RETRIED, SMALL = "90258", "90412", "90430", "90380"
"""A workflow that failed, a run with other variables, one that was tried again, and one that wrote next to nothing."""

PAGES: dict[str, tuple[Step, ...]] = {
    "failed": (item("jobs", FAILED),),
    "failed-workflow": (item("jobs", FLOW),),
    "failed-workflow-children": (item("jobs", FLOW), scroll("children")),
    "other-variables": (item("jobs", SALESFORCE), scroll("changed")),
    "retried": (item("jobs", RETRIED),),
    "what-now": (item("jobs", FAILED), scroll("next")),
    "little-written": (item("jobs", SMALL),),
    "running": (item("jobs", RUNNING),),
    "running-followed": (item("jobs", RUNNING), "F"),
    "resolved": (item("jobs", FAILED), part("resolved"), scroll("resolved")),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("page", PAGES)
def test_why(page: str, size: tuple[int, int], snap_compare: Compare) -> None:
    assert same(snap_compare, still(screen="jobs"), size, *PAGES[page])

"""The golden answers of the fault matrix: what was seen, written down by ``make faults`` and held against a sample."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.program.fault_walk import Cell

PLACE = Path(__file__).with_name("fault_matrix.json")
"""From it scripts/write_docs draws docs/faults.md."""

Seen = dict[str, Any]
SOON_S = 602
"""All is well again so soon after a fault ended: two of the longest waits. Who of several comes first is no news."""


def seen(cell: Cell) -> Seen:
    """Return what is the same in each run: words, whether there are rows, how long until it is well."""
    first, kept = cell.first, cell.kept
    return {
        "first": [first.state, first.says, bool(first.rows)],
        "kept": [kept.state, kept.says, cell.lost == 0],
        "well": [0 <= one <= SOON_S for one in cell.after_s],
    }


def entry(cells: Mapping[str, Cell]) -> list[Seen]:
    """Return what one fault does: the screens on which it does the same together, each with its requests."""
    found: list[Seen] = []
    for name, cell in cells.items():
        one = seen(cell)
        same = next((each for each in found if {key: each[key] for key in one} == one), None)
        if same is None:
            found.append(same := {**one, "screens": {}})
        same["screens"][name] = [cell.first.asks, cell.kept.asks]
    return found


def of(book: Mapping[str, Any], fault: str, screen: str) -> Seen:
    """Return what was written down of a screen."""
    group = next(one for one in book["screens"][fault] if screen in one["screens"])
    return {key: group[key] for key in ("first", "kept", "well")}


NONE = {"payment_method", "subscription"}
"""Of these a 404 says that the account has none."""


def wrong(book: Mapping[str, Any], silent: Collection[str], soft: Collection[str]) -> list[str]:
    """Return what is not as it should be: trouble that is not told, rows that went, a screen that stays broken."""
    found = []
    for fault, groups in book["screens"].items():
        for group in groups:
            names = sorted(set(group["screens"]) - set(silent) - (NONE if fault == "404" else set()))
            first, kept = group["first"], group["kept"]
            if fault in soft or not names:
                continue
            if not (first[1] and kept[1]):
                found.append(f"{fault}: nothing is told on {names}")
            if not kept[2]:
                found.append(f"{fault}: rows went on {names}")
            if not all(group["well"]):
                found.append(f"{fault}: it is not well again by itself on {names}")
    return found


def read() -> dict[str, Any]:
    """Read the book."""
    found: dict[str, Any] = json.loads(PLACE.read_text("utf-8"))
    return found


def write(book: Mapping[str, Any]) -> None:
    """Write the book."""
    PLACE.write_text(json.dumps(book, indent=1, ensure_ascii=False, sort_keys=True) + "\n", "utf-8")

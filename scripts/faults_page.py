"""docs/faults.md, drawn from what ``make faults`` and ``make soak`` saw (tests/program/fault_matrix.json)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from tests.program import fault_book
from xplenty_tui.demo.faults import FAULTS

Table = Callable[[Sequence[str], Sequence[Sequence[str]]], str]

ABOUT = (
    "Everything below was seen, not written: `make faults` runs the real program before `xplenty-tui demo-api` over "
    "HTTP on loopback, spoils **every** answer in one way, goes to every screen and does every write, and writes down "
    "what a person sees. A sample of it is done again by each `make check`. Waits of 20 and 30 seconds are shortened "
    "twenty times for it. To see one yourself: `xplenty-tui demo-api --fault 500@5%`, and then `xplenty-tui` with the "
    "address, account and key of its first line.",
    "What holds for all of them, and fails the run where it does not: rows that were there stay, with their age; what "
    "could not be loaded is never shown as an empty list; the keys answer; once the fault is over the screen is well "
    "again by itself, at the latest ten minutes later, without a key; a write is sent once, and what is said of it is "
    "what happened.",
)
SCREENS = (
    "*Nothing known*: the screen is opened while every answer is spoilt from the first one on. *Asked again*: `R` with "
    "old rows, after more than six minutes of the fault. The word in brackets is that of the state line. *Requests* "
    "are those that opening took, and those of `R` together with what was due in the background by then. A dash: "
    "nothing is said, because nothing is wrong with what came. What stands in the program, or is only ever part of "
    "other pages, asks for nothing. `make faults` does all screens; faults of which fewer are told here were last run "
    "on screens of every make (`--part core`)."
)
WRITES = (
    "*Found out*: the answer to the write is spoilt, reading back is not. *Nothing found out*: reading back is spoilt "
    "as well. The number is that of the writes of which it is said."
)


def blocks(table: Table) -> Iterator[str]:
    """Yield the parts of the page."""
    book = fault_book.read()
    yield from ABOUT
    yield from _soak(book.get("soak", {}), table)
    yield "## Screens"
    yield SCREENS
    for word, groups in _in_order(book["screens"]):
        yield f"### `{word}`"
        yield FAULTS[word].says
        heads = ("screens", "nothing known", "asked again", "rows stay", "requests", "well by itself")
        yield table(heads, [_screens(one) for one in groups])
    yield "## Writes"
    yield WRITES
    rows = [row for word, both in _in_order(book["writes"]) for row in _writes(word, both)]
    yield table(("fault", "reading back", "outcome", "says", "writes"), rows)


def _in_order(found: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [(word, found[word]) for word in FAULTS if word in found]


def _said(state: str, says: str) -> str:
    return f"{_text(says)} ({state})" if says else f"– ({state})"


def _text(says: str) -> str:
    return says.replace("┃ ", "").removeprefix("/ ").replace("<", "&lt;")


def _screens(group: Mapping[str, Any]) -> tuple[str, ...]:
    names, (first, kept) = group["screens"], (group["first"], group["kept"])
    asks = [_span(min(each), max(each)) for each in zip(*names.values(), strict=True)]
    well = "yes" if all(group["well"]) else "with the next regular look"
    return (
        ", ".join(sorted(names)),
        _said(first[0], first[1]),
        _said(kept[0], kept[1]),
        "yes" if kept[2] else "fewer",
        " / ".join(asks),
        well,
    )


def _span(least: int, most: int) -> str:
    return f"{least}–{most}" if least < most else f"{least}"


def _writes(word: str, both: Mapping[str, list[list[Any]]]) -> Iterator[tuple[str, ...]]:
    for how, title in (("good", "found out"), ("deaf", "nothing found out")):
        if how == "deaf" and both["deaf"] == both["good"]:
            continue
        for outcome, says, following, names in both[how]:
            said = f"{_text(says)} {_text(following)}".strip()
            which = f"{len(names)}: {', '.join(sorted(names))}" if len(names) < 8 else f"{len(names)}"
            yield f"`{word}`", "either" if both["deaf"] == both["good"] else title, outcome, said, which


def _soak(found: Mapping[str, Any], table: Table) -> Iterator[str]:
    if not found:
        return
    yield "## Soak"
    yield str(found["how"])
    yield table(("figure", "was", "may be"), [tuple(map(str, one)) for one in found["figures"]])

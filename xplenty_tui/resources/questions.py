"""What questions of several kinds say alike: lines, differences, how much of a list is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any, TypeVar

from xplenty_tui.core import words
from xplenty_tui.core.action import Line, Question, Values
from xplenty_tui.core.declare import Context, Tone
from xplenty_tui.core.fields_check import check

T = TypeVar("T")

SHOWN = 5
"""Subjects that a question lists one by one; the rest is counted. All of it fits a small terminal."""
OLD = timedelta(minutes=2)
"""From here a question says how old the list is that it speaks of."""


def line(text: str, tone: Tone = Tone.PLAIN) -> Line:
    """Return a line of one piece."""
    return ((text, tone),)


def sometimes(ask: Callable[[Sequence[T], Any, Context], Question | None]) -> Any:
    """Return an ``Action.ask`` that may answer None: harmless this time, done at once."""
    return ask


def one_line(text: str) -> str:
    """Return a name as it is said and typed: its spaces and line ends collapsed."""
    return " ".join(text.split())


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Line]:
    """Return one line for each thing that changes: ``nodes  4 → 8``."""
    width = max((words.cells(name) for name in after), default=0)
    for name, new in after.items():
        old = before.get(name) or words.NONE
        yield (
            (words.pad(name.replace("_", " "), width) + "  ", Tone.DIM),
            (words.shorten(old, 24), Tone.PLAIN),
            (" → ", Tone.DIM),
            (words.shorten(new or words.NONE, 24), Tone.STRONG),
        )


def some(lines: Iterable[Line], noun: str) -> Iterator[Line]:
    """Return the first lines, and how many more there are."""
    every = list(lines)
    yield from every[:SHOWN]
    if len(every) > SHOWN:
        yield line(f"  and {words.count(len(every) - SHOWN, 'more ' + noun)}")


def promised(model: type[Any], promise: Callable[[Any, Context], Iterable[Line]]) -> Callable[..., Sequence[Line]]:
    """Return a ``Fill.preview`` that says what a form would make; nothing while something in it is wrong."""

    def preview(values: Values, ctx: Context) -> Sequence[Line]:
        draft = check(model, values, zone=ctx.zone).value
        return tuple(promise(draft, ctx)) if draft is not None else ()

    return preview


def gaps(kind: str, ctx: Context) -> Iterator[Line]:
    """Say what is not known of a list: that it was never loaded, is old, or holds only the newest."""
    held = ctx.store.of(kind)
    if held.loaded_at is None:
        yield line(f"The {kind} are not loaded: what is said of them here is not all.", Tone.WARN)
        return
    if ctx.now - held.loaded_at > OLD:
        again = ", and asking again failed" if held.error is not None else ""
        yield line(f"The list of {kind} is {words.ago(held.loaded_at, ctx.now)} old{again}.", Tone.WARN)
    if held.more:
        yield line(f"Only {words.count(len(held.items), kind[:-1])} are loaded; older ones are not known.", Tone.DIM)

"""One line a deed: its end stands for it, and what never ended is unknown."""

from __future__ import annotations

from tests.core.entries import entry
from xplenty_tui.core.journal import Outcome
from xplenty_tui.core.journal_deeds import UNSEEN, by_deed


def test_the_end_of_a_deed_stands_for_it() -> None:
    asked = entry(1, deed="a", outcome=Outcome.ASKED, variables=("day",))
    done = entry(2, deed="a", outcome=Outcome.DONE, credits=2, request_id="r-1")
    other = entry(3, deed="b", outcome=Outcome.DONE)
    said = entry(4, outcome=Outcome.CANCELLED)
    found = by_deed([said, other, done, asked])
    assert [one.outcome for one in found] == [Outcome.CANCELLED, Outcome.DONE, Outcome.DONE]
    assert (found[2].at, found[2].variables, found[2].credits, found[2].request_id) == (done.at, ("day",), 2, "r-1")


def test_what_went_wrong_afterwards_is_the_word_that_counts() -> None:
    lines = [
        entry(3, deed="a", outcome=Outcome.FAILED),
        entry(2, deed="a", outcome=Outcome.DONE, credits=1),
        entry(1, deed="a", outcome=Outcome.ASKED),
    ]
    (found,) = by_deed(lines)
    assert (found.outcome, found.credits) == (Outcome.FAILED, 1)


def test_a_deed_without_an_end_is_unknown_unless_it_is_under_way() -> None:
    asked = entry(1, deed="a", outcome=Outcome.ASKED)
    (lost,) = by_deed([asked])
    assert (lost.outcome, lost.sentence) == (Outcome.UNKNOWN, UNSEEN)
    assert by_deed([asked], {"a"}) == [asked]


def test_lines_that_name_no_deed_are_never_put_together() -> None:
    lines = [entry(2, outcome=Outcome.DONE), entry(1, outcome=Outcome.CANCELLED)]
    assert by_deed(lines) == lines

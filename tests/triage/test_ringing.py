"""New problems ring once, and a storm of them once for all."""

from __future__ import annotations

from xplenty_tui.triage.ringing import FORGET_S, Ringing, sentence

A, B, C = {"a": "orders failed"}, {"b": "invoices failed"}, {"c": "cluster in error"}


def begun(quiet_s: float = 60.0, **found: str) -> Ringing:
    ringing = Ringing(quiet_s)
    assert ringing.look(found, 0.0) == ""
    return ringing


def test_what_is_there_at_the_start_rings_nothing_then_or_later() -> None:
    ringing = begun(**A)
    assert ringing.look(A, 100.0) == ""


def test_a_new_problem_rings_once() -> None:
    ringing = begun()
    assert ringing.look(A, 1.0) == "orders failed"
    assert ringing.look(A, 2.0) == "" and ringing.look(A, 500.0) == ""


def test_a_storm_rings_once_and_says_how_many() -> None:
    ringing = begun()
    storm = {str(number): f"job {number} failed" for number in range(200)}
    assert ringing.look(storm, 1.0) == "200 new problems: job 0 failed; job 1 failed and 198 more"
    for second in range(2, 60):
        storm[f"more {second}"] = "another"
        assert ringing.look(storm, float(second)) == ""


def test_what_was_new_in_the_quiet_time_rings_when_it_is_over() -> None:
    ringing = begun()
    assert ringing.look(A, 1.0)
    assert ringing.look(A | B, 2.0) == "" and ringing.waiting
    assert ringing.look(A | B | C, 61.0) == "2 new problems: invoices failed; cluster in error"
    assert not ringing.waiting


def test_what_is_over_before_the_quiet_time_is_does_not_ring() -> None:
    ringing = begun()
    assert ringing.look(A, 1.0)
    assert ringing.look(A | B, 2.0) == ""
    assert ringing.look(A, 61.0) == "" and not ringing.waiting


def test_what_came_while_nobody_wanted_to_hear_is_known_afterwards() -> None:
    ringing = begun()
    assert ringing.look(A, 1.0, wanted=False) == ""
    assert ringing.look(A, 2.0) == ""
    assert ringing.look(A | B, 3.0) == "invoices failed"


def test_somebody_who_looks_is_not_told_of_what_waited() -> None:
    ringing = begun()
    assert ringing.look(A, 1.0)
    assert ringing.look(A | B, 2.0) == ""
    assert ringing.look(A | B, 3.0, wanted=False) == "" and not ringing.waiting
    assert ringing.look(A | B, 100.0) == ""


def test_older_pages_bring_no_news() -> None:
    ringing = begun()
    assert ringing.look(A, 1.0, news=False) == ""
    assert ringing.look(A | B, 2.0) == "invoices failed"


def test_one_that_comes_and_goes_is_the_same_and_one_that_comes_back_later_is_new() -> None:
    ringing = begun()
    assert ringing.look(A, 1.0)
    assert ringing.look({}, 100.0) == "" and ringing.look(A, 200.0) == ""
    assert ringing.look({}, 300.0) == ""
    assert ringing.look(A, 201.0 + FORGET_S) == "orders failed"


def test_one_problem_is_said_as_it_is_and_two_are_both_named() -> None:
    assert sentence(1, ["x failed"]) == "x failed"
    assert sentence(2, ["x failed", "y late"]) == "2 new problems: x failed; y late"


def test_words_are_read_of_the_named_ones_alone() -> None:
    """Words cost more than keys, and a storm has many."""
    read: list[str] = []

    class Told(dict[str, str]):
        def __getitem__(self, key: str) -> str:
            read.append(key)
            return super().__getitem__(key)

    ringing = begun()
    storm = Told({str(number): f"job {number} failed" for number in range(200)})
    assert ringing.look(storm, 1.0).startswith("200 new problems")
    assert ringing.look(storm, 2.0) == "" and read == ["0", "1"]

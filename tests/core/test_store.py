"""What is known, and who is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.core.things import NOW, Thing
from xplenty_tui.core.store import Odd, Store

LATER = NOW + timedelta(seconds=15)


def one(number: int, name: str = "orders") -> tuple[str, Thing]:
    return str(number), Thing(number, name)


def test_nothing_is_known_at_first() -> None:
    held = Store().of("jobs")
    assert held.empty
    assert (held.items, held.version, held.loaded_at, held.error, held.more) == ({}, 0, None, None, False)


def test_an_answer_is_taken_in() -> None:
    store = Store()
    store.put("jobs", [one(1), one(2)], NOW)
    held = store.of("jobs")
    assert not held.empty
    assert held.loaded_at == NOW
    assert store.get("jobs", 1) == store.get("jobs", "1") == Thing(1)
    assert store.get("jobs", 3) is None
    assert store.get("jobs", None) is None
    assert store.good("jobs") == [Thing(1), Thing(2)]
    assert store.of("clusters").empty


def test_an_empty_answer_is_not_an_unknown_one() -> None:
    store = Store()
    store.put("jobs", [], NOW)
    assert not store.of("jobs").empty


def test_an_equal_item_stays_the_same_object() -> None:
    store = Store()
    store.put("jobs", [one(1)], NOW)
    before = store.get("jobs", 1)
    store.put("jobs", [one(1)], LATER)
    assert store.get("jobs", 1) is before
    assert store.of("jobs").changed_at == {}


def test_what_changed_since_the_first_answer_is_marked() -> None:
    store = Store()
    store.put("jobs", [one(1), one(2)], NOW)
    assert store.of("jobs").changed_at == {}
    store.put("jobs", [one(1, "other"), one(2), one(3)], LATER)
    assert store.of("jobs").changed_at == {"1": LATER, "3": LATER}


def test_older_pages_are_no_news() -> None:
    store = Store()
    store.put("jobs", [one(2)], NOW)
    store.put("jobs", [one(1)], LATER, news=False)
    assert store.of("jobs").changed_at == {}
    assert store.get("jobs", 1) == Thing(1)


def test_a_whole_answer_drops_what_is_not_in_it() -> None:
    store = Store()
    store.put("jobs", [one(1), one(2)], NOW)
    store.put("jobs", [one(2, "other"), one(1, "other")], LATER)
    store.put("jobs", [one(2, "other")], LATER, whole=True)
    assert store.good("jobs") == [Thing(2, "other")]
    assert store.of("jobs").changed_at == {"2": LATER}


def test_merge_keeps_what_an_answer_lacks() -> None:
    store = Store()
    store.put("jobs", [one(1, "orders")], NOW)
    store.put("jobs", [("1", Thing(1, None))], LATER, merge=lambda old, new: old if new.name is None else new)
    assert store.get("jobs", 1) == Thing(1, "orders")


def test_merge_is_never_asked_about_odd_items() -> None:
    def merge(old: Any, new: Any) -> Any:
        raise AssertionError("odd items cannot be merged")

    store = Store()
    odd = Odd("1", "why")
    store.put("jobs", [("1", odd)], NOW, merge=merge)
    assert store.get("jobs", 1) is None
    assert store.good("jobs") == []
    assert store.of("jobs").items == {"1": odd}
    store.put("jobs", [one(1)], NOW, merge=merge)
    assert store.get("jobs", 1) == Thing(1)
    store.put("jobs", [("1", odd)], NOW, merge=merge)
    assert store.get("jobs", 1) is None


def test_a_failure_keeps_the_rows_and_a_good_answer_ends_it() -> None:
    store, error = Store(), RuntimeError("unreachable")
    store.fail("jobs", error)
    assert store.of("jobs").error is error
    assert not store.of("jobs").empty
    store.put("jobs", [one(1)], NOW)
    assert store.of("jobs").error is None
    store.fail("jobs", error)
    assert store.good("jobs") == [Thing(1)]
    assert store.of("jobs").loaded_at == NOW


def test_paging_and_asking_are_noted() -> None:
    store = Store()
    store.asked("jobs", NOW)
    store.paged("jobs", more=True, next_offset=100)
    held = store.of("jobs")
    assert (held.asked_at, held.more, held.next_offset) == (NOW, True, 100)


def test_removing() -> None:
    store = Store()
    store.put("jobs", [one(1), one(2)], NOW)
    store.put("jobs", [one(1, "other")], LATER)
    store.remove("jobs", "1")
    assert store.good("jobs") == [Thing(2)]
    assert store.of("jobs").changed_at == {}
    version = store.of("jobs").version
    store.remove("jobs", "1")
    assert store.of("jobs").version == version


def test_listeners_are_told_which_kind_until_they_stop() -> None:
    store, told = Store(), list[str]()
    stop = store.subscribe(told.append)
    store.put("jobs", [one(1)], NOW)
    store.fail("clusters", RuntimeError())
    store.paged("packages", more=False, next_offset=0)
    store.remove("jobs", "1")
    store.remove("jobs", "1")
    store.asked("jobs", NOW)
    assert told == ["jobs", "clusters", "packages", "jobs"]
    stop()
    store.put("jobs", [one(1)], NOW)
    assert len(told) == 4


def test_a_listener_may_stop_while_it_is_told() -> None:
    store, told = Store(), list[str]()

    def once(kind: str) -> None:
        told.append(kind)
        stop()

    stop = store.subscribe(once)
    store.subscribe(told.append)
    store.put("jobs", [], NOW)
    store.put("jobs", [one(1)], NOW)
    assert told == ["jobs", "jobs", "jobs"]


def test_an_answer_without_news_makes_what_is_known_younger_and_tells_nobody() -> None:
    store, told = Store(), list[str]()
    store.put("jobs", [one(1), one(2)], NOW)
    version = store.of("jobs").version
    store.subscribe(told.append)
    for items, whole in (([one(1), one(2)], True), ([one(2)], False), ([], False)):
        store.put("jobs", items, LATER, whole=whole)
    assert (told, store.of("jobs").version, store.of("jobs").loaded_at) == ([], version, LATER)


def test_an_answer_is_told_when_it_is_the_first_changes_something_or_ends_a_failure() -> None:
    store, told = Store(), list[str]()
    store.subscribe(told.append)
    store.put("jobs", [], NOW)
    assert len(told) == 1  # the first: there is nothing, and that is news
    store.put("jobs", [one(1)], NOW)
    assert len(told) == 2
    store.put("jobs", [one(1, "other")], NOW)
    assert len(told) == 3
    store.fail("jobs", RuntimeError())
    store.put("jobs", [one(1, "other")], NOW)
    assert len(told) == 5
    store.put("jobs", [], NOW, whole=True)
    assert len(told) == 6


def test_a_listener_sees_the_new_version() -> None:
    store, seen = Store(), list[tuple[int, int]]()
    store.subscribe(lambda kind: seen.append((store.of(kind).version, len(store.of(kind).items))))
    store.put("jobs", [one(1)], NOW)
    assert seen == [(1, 1)]


def test_what_is_derived_is_built_once_a_version() -> None:
    store, built = Store(), list[int]()

    def count(items: list[Any]) -> int:
        built.append(len(items))
        return len(items)

    store.put("jobs", [one(1), ("x", Odd("x", "why"))], NOW)
    assert store.derive("jobs", "count", count) == store.derive("jobs", "count", count) == 1
    store.put("clusters", [one(1)], NOW)
    assert store.derive("jobs", "count", count) == 1
    store.put("jobs", [one(2)], NOW)
    assert store.derive("jobs", "count", count) == 2
    assert store.derive("jobs", "names", lambda items: [item.name for item in items]) == ["orders", "orders"]
    assert built == [1, 2]


@given(st.lists(st.tuples(st.lists(st.tuples(st.integers(1, 6), st.sampled_from("ab"))), st.booleans())))
def test_the_last_answer_wins(answers: list[tuple[list[tuple[int, str]], bool]]) -> None:
    store, known = Store(), dict[str, Thing]()
    for items, whole in answers:
        answer = {str(number): Thing(number, name) for number, name in items}
        version, before, first = store.of("jobs").version, known, store.of("jobs").loaded_at is None
        store.put("jobs", [(str(number), Thing(number, name)) for number, name in items], NOW, whole=whole)
        known = answer if whole else known | answer
        assert store.of("jobs").items == known
        assert (store.of("jobs").version > version) == (first or known != before)
        assert store.of("jobs").changed_at.keys() <= known.keys()


def test_what_is_learnt_beside_the_list_leaves_its_age_and_its_error_alone():
    store, trouble = Store(), RuntimeError("no answer")
    store.put("jobs", [("1", "old")], NOW)
    store.fail("jobs", trouble)
    told: list[str] = []
    store.subscribe(told.append)
    store.learn("jobs", [("1", "new"), ("2", "found")])
    held = store.of("jobs")
    assert held.items == {"1": "new", "2": "found"}
    assert (held.loaded_at, held.error, held.changed_at) == (NOW, trouble, {})
    assert told == ["jobs"]
    store.learn("clusters", [("9", "one")])
    assert store.of("clusters").empty

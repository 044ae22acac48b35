"""Declaration, item and what was fetched → a page: every sort of part in every state."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from typing import Any

import pytest

from tests.core.things import NOW, THINGS, Thing, context, put
from tests.demo.asking import BEGIN, asker
from tests.resources.samples import decode
from xplenty_tui.core.assemble import SHOWN, Part, blocks, related_items
from xplenty_tui.core.declare import Context, Facts, Loaded, Related, Resource, Row, Tone
from xplenty_tui.core.page import Block, Heading, Listing
from xplenty_tui.core.store import Odd, Store
from xplenty_tui.resources import BY_NAME


async def ask(*_: Any) -> Any:
    raise AssertionError("drawing asks nothing")


FACTS: Facts[Thing] = Facts("facts", "Facts", lambda thing, ctx: [Row(thing.name)] if thing.name else [])
LOG: Loaded[Thing, list[str]] = Loaded(
    "log", "Log", ask, lambda lines, thing, ctx: [Row(f"{thing.id} {line}") for line in lines], none="It is empty.",
    when=lambda thing: thing.status != "idle",
)  # fmt: skip
NEAR: Related[Thing] = Related(
    "near", "Near", "things", lambda thing, other: other.place_id == thing.id, columns=("name",), none="None near.",
    when=lambda thing: thing.status != "idle",
)  # fmt: skip
CHILDREN: Related[Thing] = Related(
    "children", "Children", "things", lambda thing, other: False, load=ask, none="It has none."
)


def page(*sections: Any, parts: dict[str, Part] | None = None, thing: Thing | None = None, ctx: Any = None) -> Any:
    resource = replace(THINGS, detail=sections)
    found: list[Block] = blocks(
        resource, thing or Thing(1), parts or {}, ctx or context(), resources={"things": resource},
        explain=lambda error: f"It went wrong: {error}.",
    )  # fmt: skip
    return found


def around(*others: Any) -> Context:
    store = Store()
    put(store, others)
    return context(store)


def hint(*sections: Any, **known: Any) -> str:
    return str(page(*sections, **known)[0].hint)


def test_facts_are_drawn_and_left_out_when_there_are_none() -> None:
    assert page(FACTS) == [Heading("facts", "Facts"), Row("orders")]
    assert page(FACTS, thing=Thing(1, name=None)) == []


def test_parts_come_in_their_order_and_only_those_that_the_item_has() -> None:
    names = [block.name for block in page(NEAR, FACTS, LOG) if isinstance(block, Heading)]
    assert names == ["near", "facts", "log"]
    idle = page(NEAR, FACTS, LOG, thing=Thing(1, status="idle"))
    assert [block.name for block in idle if isinstance(block, Heading)] == ["facts"]


FAILED = Row("It went wrong: no.", tone=Tone.BAD, bullet="✗")
LOADED: list[tuple[str, Part | None, Heading, list[Row]]] = [
    ("never opened", None, Heading("log", "Log", "1 credit", open=False), []),
    ("folded", Part(), Heading("log", "Log", "1 credit", open=False), []),
    ("folded again", Part(value=["a"], had=True), Heading("log", "Log", open=False), []),
    ("under way", Part(open=True, loading=True), Heading("log", "Log", "loading…", open=True), []),
    ("had", Part(open=True, value=["a", "b"], had=True), Heading("log", "Log", open=True), [Row("1 a"), Row("1 b")]),
    (
        "had nothing",
        Part(open=True, value=[], had=True),
        Heading("log", "Log", open=True),
        [Row("It is empty.", tone=Tone.DIM)],
    ),
    ("failed", Part(open=True, error=ValueError("no")), Heading("log", "Log", open=True), [FAILED]),
    (
        "asked again",
        Part(open=True, loading=True, value=["a"], had=True),
        Heading("log", "Log", "loading…", open=True),
        [Row("1 a")],
    ),
    (
        "failed after it was had",
        Part(open=True, value=["a"], had=True, error=ValueError("no")),
        Heading("log", "Log", open=True),
        [FAILED, Row("1 a")],
    ),
]


@pytest.mark.parametrize(("part", "heading", "rows"), [row[1:] for row in LOADED], ids=[row[0] for row in LOADED])
def test_a_part_that_costs_a_credit(part: Part | None, heading: Heading, rows: list[Row]) -> None:
    assert page(LOG, parts={"log": part} if part else {}) == [heading, *rows]


def test_what_is_loaded_alone_costs_nothing_and_says_so_when_there_is_none() -> None:
    assert page(NEAR) == [Heading("near", "Near"), Row("None near.", tone=Tone.DIM)]


def test_related_ones_are_listed_with_their_own_columns() -> None:
    mine = [Thing(number, place_id=1) for number in range(10, 13)]
    heading, listing = page(NEAR, ctx=around(*mine, Thing(20, place_id=2), Odd("9", "why")))
    assert heading == Heading("near", "Near", "3 loaded")
    assert isinstance(listing, Listing)
    assert (listing.items, listing.columns) == (tuple(mine[::-1]), ("name",))


def test_no_more_than_a_few_are_drawn_and_enter_lists_the_rest() -> None:
    heading, listing = page(NEAR, ctx=around(*(Thing(number, place_id=1) for number in range(10, 38))))
    assert heading.hint == "28 loaded · enter lists them"
    assert len(listing.items) == SHOWN


def test_nobody_says_none_of_what_was_not_asked_for() -> None:
    assert page(CHILDREN) == [Heading("children", "Children", "enter asks for them, 1 credit")]
    loading = {"children": Part(loading=True)}
    assert page(CHILDREN, parts=loading) == [Heading("children", "Children", "loading…")]
    none = {"children": Part(had=True)}
    assert page(CHILDREN, parts=none) == [Heading("children", "Children"), Row("It has none.", tone=Tone.DIM)]


def test_what_the_server_named_is_listed() -> None:
    ctx = around(*(Thing(number) for number in range(1, 30)))
    parts = {"children": Part(had=True, keys=("7", "8", "99"))}
    heading, listing = page(CHILDREN, parts=parts, ctx=ctx)
    assert heading.hint == "2 loaded · enter lists them"
    assert listing.items == (Thing(8), Thing(7))
    parts["children"].more = 100
    assert hint(CHILDREN, parts=parts, ctx=ctx) == "2 loaded+ · enter lists them"


def test_what_enter_does_is_said_truly() -> None:
    both = replace(NEAR, load=ask)
    ctx = around(Thing(10, place_id=1))
    assert hint(both, ctx=ctx) == "1 loaded · enter asks for them, 1 credit"
    assert hint(both, ctx=ctx, parts={"near": Part(loading=True)}) == "1 loaded · loading…"
    assert hint(both, ctx=ctx, parts={"near": Part(had=True)}) == "1 loaded · enter lists them"


def test_related_ones_that_could_not_be_asked_for() -> None:
    parts = {"children": Part(error=ValueError("no"))}
    assert page(CHILDREN, parts=parts) == [Heading("children", "Children", "enter asks again, 1 credit"), FAILED]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        (("id", "asc"), [1, 2, 3, 4]),
        (("name", "asc"), [2, 4, 1, 3]),
        (("name", "desc"), [1, 2, 4, 3]),
        (("started", "desc"), [3, 1, 2, 4]),
        (("share", "asc"), [4, 1, 2, 3]),
    ],
)
def test_related_ones_are_ordered_as_their_list_is(sort: Any, order: list[int]) -> None:
    """Texts without regard to case; what has no value comes last whatever the direction, not a number too."""
    things = [
        Thing(1, "b", started=NOW, share=0.5),
        Thing(2, "A", share=float("nan")),
        Thing(3, None, started=NOW.replace(hour=4)),
        Thing(4, "a", share=0.1),
    ]
    everything = replace(NEAR, where=lambda thing, other: True)
    found = related_items(everything, replace(THINGS, sort=sort), Thing(1), None, around(*things))
    assert [thing.id for thing in found] == order


def test_an_order_that_no_column_has_is_that_of_arrival() -> None:
    everything = replace(NEAR, where=lambda thing, other: True)
    resource: Resource[Any] = replace(THINGS, sort=("arrival", "desc"))
    assert related_items(everything, resource, Thing(1), None, around(Thing(5), Thing(9))) == [Thing(5), Thing(9)]


def test_the_pages_of_the_demo() -> None:
    """Every item of every main kind has a page before anything was asked; what it lists belongs to it."""
    demo, store = asker(jobs=150), Store()
    kinds = ("jobs", "clusters", "schedules", "packages")
    for kind in kinds:
        found = [decode(kind, raw) for raw in demo.all(kind)]
        store.put(kind, [(BY_NAME[kind].key(item), item) for item in found], BEGIN)
    ctx = Context(BEGIN, store, UTC, "acme")
    listed = 0
    for kind in kinds:
        for item in store.good(kind):
            drawn = blocks(BY_NAME[kind], item, {}, ctx, resources=BY_NAME)
            assert isinstance(drawn[0], Heading)
            heads = [block.name for block in drawn if isinstance(block, Heading)]
            assert heads == [part.name for part in BY_NAME[kind].detail if part.name in heads]
            listed += sum(len(block.items) for block in drawn if isinstance(block, Listing))
    assert listed > 50


def test_a_part_says_what_other_parts_that_were_had_know() -> None:
    def known(thing: Thing, answers: Any, ctx: Context) -> list[Row]:
        return [Row(f"{thing.id} {answers.get('log')} {[one.id for one in answers.get('near', ())]}")]

    why = replace(FACTS, known=known)
    said = page(why, LOG, NEAR, parts={"log": Part(open=True)}, ctx=around(Thing(2, place_id=1)))
    assert said[2] == Row("1 None []"), "what was not asked for says nothing"
    had = {"log": Part(value=["a"], had=True), "near": Part(had=True)}
    assert page(why, LOG, NEAR, parts=had, ctx=around(Thing(2, place_id=1)))[2] == Row("1 ['a'] [2]")
    assert page(replace(why, rows=lambda thing, ctx: ()), LOG)[:2] == [Heading("facts", "Facts"), Row("1 None []")]


def test_a_part_that_is_given_something_is_there_only_when_there_is_something() -> None:
    both = replace(LOG, given=lambda thing, ctx: ctx.store.get("things", "2"), credits=2)
    assert page(both) == []
    assert page(both, ctx=around(Thing(2)))[0] == Heading("log", "Log", "2 credits", open=False)

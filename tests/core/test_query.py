"""The filter language, over a kind with a column of every type."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.core.things import COLUMNS, NOW, THINGS, Place, Thing, context, put
from xplenty_tui.core.declare import Context
from xplenty_tui.core.query import Query
from xplenty_tui.core.store import Odd, Store
from xplenty_tui.core.view import View


def ago(**length: float) -> datetime:
    return NOW - timedelta(**length)


ITEMS: tuple[Thing | Odd, ...] = (
    Thing(1, "orders_to_redshift", "failed", 7, 4, 0.42, 724, ago(minutes=46), True),
    Thing(2, "Orders Backfill", "stopped", 8, 40, 0.5, 10861, ago(days=5), False),
    Thing(3, "invoices", "completed", 7, 2, 1.0, 240, ago(hours=3), None),
    Thing(4, "clickstream", "running", None, 8, 0.78, None, ago(hours=2, minutes=30), True),
    Thing(5, None, "pending_terminate", 9, None, None, None, None, None),
    Thing(6, "nonesuch", "queued", 8, 0, 0.0, 0, NOW + timedelta(minutes=90), False),
    Odd("x9", "status: expected text"),
)


def a_context() -> Context:
    store = Store()
    put(store, ITEMS)
    put(store, [Place(7, "nightly-4"), Place(8, "adhoc"), Place(9, "none")], kind="places")
    return context(store)


def found(text: str, ctx: Context | None = None) -> str:
    """Return the keys that a filter leaves, ascending."""
    ctx = ctx or a_context()
    view = View(THINGS)
    view.set_filter(text, ctx)
    return " ".join(sorted(view.keys))


ALL = "1 2 3 4 5 6 x9"

TEXT = [
    ("", ALL),
    ("  ", ALL),
    ("orders", "1 2"),
    ("ORDERS", "1 2"),
    ("orders redshift", "1"),
    ('"orders to"', "1"),
    ('"to orders"', ""),
    ("-orders", "3 4 5 6 x9"),
    ('-"orders backfill"', "1 3 4 5 6 x9"),
    ("orders -redshift", "2"),
    ("nightly", "1 3"),
    ("42%", "1"),
    ("12m04", "1"),
    ("2026-11-17", "2"),
    ("x9", "x9"),
    ("expected", "x9"),
    ("name:orders", "1 2"),
    ("Name:orders", "1 2"),
    ("name:orders_b", "2"),
    ('name:"orders to"', "1"),
    ("name:orders name:inv", "1 2 3"),
    ("name:orders status:failed", "1"),
    ("-name:orders", "3 4 5 6 x9"),
    ("-name:orders -name:inv", "4 5 6 x9"),
    ("name:orders -name:redshift", "2"),
    ("status:failed status:stopped", "1 2"),
    ("status:pending_terminate", "5"),
    ('status:"pending terminate"', "5"),
    ("status:pending", "5"),
    ("status:✗", "1"),
    ("-status:failed", "2 3 4 5 6 x9"),
    ("place:nightly", "1 3"),
    ("package:orders", "1 2"),
    ("name:none", "5"),
    ('name:""', "5"),
    ("-name:none", "1 2 3 4 6 x9"),
    ('name:"none"', "6"),
    ("name:nones", "6"),
    ("place:none", "4 5"),
    ("nodes:none", "5"),
    ("nodes:none nodes:4", "1 5"),
    ("name:>o", "1 2"),
    ("name:<d", "4"),
]
NUMBERS = [
    ("nodes:4", "1"),
    ("nodes:0", "6"),
    ("nodes:>8", "2 4"),
    ("nodes:>=8", "2 4"),
    ("nodes:<4", "1 3 6"),
    ("nodes:>4 nodes:<8", "1 4"),
    ("nodes:4 nodes:8", "1 4"),
    ("-nodes:4", "2 3 4 5 6 x9"),
    ("-nodes:>4", "3 5 6 x9"),
    ("id:2", "2"),
    ("id:>5", "5 6"),
    ("share:42%", "1"),
    ("share:>50%", "2 3 4"),
    ("share:>0.5", "2 3 4"),
    ("nodes:4x ", ""),
    ("nodes:>lots ", ""),
    ("overlap:yes", "1 4"),
    ("overlap:true", "1 4"),
    ("overlap:no", "2 6"),
    ("-overlap:yes", "2 3 5 6 x9"),
    ("overlap:none", "3 5"),
    ("overlap:maybe", ""),
    ("overlap:>yes ", ""),
]
TIMES = [
    ("runtime:12m", "1"),
    ("runtime:724", "1"),
    ("runtime:12m05", ""),
    ("runtime:>2h", "2 4"),
    ("runtime:>2h30m", "2 4"),
    ("runtime:>2h31m", "2"),
    ("runtime:<5m", "3 6"),
    ("runtime:>3m runtime:<20m", "1 3"),
    ("-runtime:>2h", "1 3 5 6 x9"),
    ("runtime:none", "5"),
    ("runtime:>yesterday ", ""),
    ("started:2026-11-22", "1 3 4 6"),
    ("started:2026-11", "1 2 3 4 6"),
    ("started:2025", ""),
    ("started:>2026-11-22", "1 3 4 6"),
    ("started:<2026-11-17", "2"),
    ("started:<2026-11-16", ""),
    ("started:today", "1 3 4 6"),
    ("started:<yesterday", "2"),
    ("started:tue", "2"),
    ("started:02:14", "1"),
    ("started:>02:14", "1"),
    ("started:>2h", "1"),
    ("started:<2h", "2 3 4 6"),
    ("started:>-2h", "1 6"),
    ("started:<-2h", "2 3 4"),
    ("started:>+1h", "6"),
    ("started:2h", "1 6"),
    ("started:<now", "1 2 3 4"),
    ('started:"2026-11-22 02:14"', "1"),
    ("started:2026-11-22T02:14:00Z", "1"),
    ('started:"17 nov"', "2"),
    ("started:11-17", "2"),
    ("-started:today", "2 5 x9"),
    ("started:none", "5"),
    ("started:>soon ", ""),
    ('started:>"soon"', ""),
]
TYPING = [
    ("status:", ALL),
    ("-status:", ALL),
    ("-", ALL),
    ('"', ALL),
    ('""', ALL),
    ('status:"', ALL),
    ("runtime:>", ALL),
    ("runtime:>=", ALL),
    ("started:>2026-1", "1 2 3 4 6"),
    ("started:>2026-11-", "1 2 3 4 6"),
    ("started:>yes", "1 2 3 4 6"),
    ("nodes:>x", "1 2 3 4 6"),
    ("status:failed runtime:>", "1"),
    ('name:"orders t', "1"),
    ("stat:", ALL),
    ("overlap:tr", "1 4"),
]


@pytest.mark.parametrize(("text", "keys"), TEXT + NUMBERS + TIMES + TYPING)
def test_a_filter_finds(text: str, keys: str) -> None:
    assert found(text) == keys


def test_next_times_are_compared_on_their_side_of_now() -> None:
    store = Store()
    put(store, [Thing(number, started=NOW + timedelta(hours=number)) for number in range(1, 6)])
    assert found("started:<2h", context(store)) == "1 2"
    assert found("started:>4h", context(store)) == "4 5"
    assert found("started:2h", context(store)) == "1 2"
    assert found("started:<05:00", context(store)) == "1 2"


def test_days_and_clock_times_are_those_of_the_person() -> None:
    store = Store()
    put(store, [Thing(1, started=datetime(2026, 11, 21, 23, 14, tzinfo=UTC))])
    here = replace(context(store), zone=ZoneInfo("Europe/Berlin"))
    assert found("started:today", here) == "1"
    assert found("started:00:14", here) == "1"
    assert found("started:yesterday", here) == ""
    assert found("started:yesterday", context(store)) == "1"


def test_a_time_without_a_zone_counts_as_utc() -> None:
    store = Store()
    put(store, [Thing(1, started=datetime(2026, 11, 22, 2, 0)), Thing(2, started=ago(days=2))])  # noqa: DTZ001
    assert found("started:>2h", context(store)) == "1"


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("status:failed", ()),
        ("stat:failed", ('no column "stat"; did you mean "status"?',)),
        ("statsu:", ('no column "statsu"; did you mean "status"?',)),
        ("qqq:failed", ('no column "qqq"',)),
        ("qqq:a qqq:b", ('no column "qqq"',)),
        ("status: failed", ('nothing after "status:"',)),
        ("runtime:> 2h", ('nothing after "runtime:>"',)),
        ("status:", ()),
        ("s3://acme-raw/orders", ()),
        ("02:14", ()),
        ("duration:>2h", ()),
        ("DURATION:>2h", ()),
    ],
)
def test_problems(text: str, problems: tuple[str, ...]) -> None:
    assert Query.parse(text, COLUMNS).problems == problems


def test_an_unknown_attribute_is_searched_as_text() -> None:
    store = Store()
    put(store, [Thing(1, "see log:timeout here"), Thing(2, "timeout")])
    assert found("log:timeout", context(store)) == "1"
    assert found("-log:timeout", context(store)) == "2"


def test_an_address_is_text() -> None:
    store = Store()
    put(store, [Thing(1, "s3://acme/orders"), Thing(2, "acme")])
    assert found("s3://acme", context(store)) == "1"
    assert found("-s3://acme", context(store)) == "2"
    assert found("name:s3://acme", context(store)) == "1"


@pytest.mark.parametrize(
    ("text", "relative"),
    [("", False), ("2h", False), ("name:today", True), ("started:2026-11-20", False), ("started:>2h", True)],
)
def test_whether_it_moves_with_the_time(text: str, relative: bool) -> None:
    assert Query.parse(text, COLUMNS).relative is relative


tokens = st.sampled_from(
    [
        *(text for text, _ in TEXT + NUMBERS + TIMES + TYPING),
        "-",
        ":",
        '"',
        ">",
        "name",
        " ",
        "\n",
        "::",
        "a:b:c",
        "\\",
        "“x”",
    ]
)


@given(
    st.one_of(
        st.text(max_size=40), st.lists(tokens, max_size=6).map("".join), st.lists(tokens, max_size=4).map(" ".join)
    )
)
@example("a" * 5000 + ":")
@example('"' * 999)
@example("name:>" * 300)
@example("x:" * 2000 + "<")
def test_anything_can_be_typed(text: str) -> None:
    ctx = a_context()
    query = Query.parse(text, COLUMNS)
    assert query.text == text
    assert set(found(text, ctx).split()) <= set(ALL.split())
    sent, notes = query.for_server(COLUMNS, ctx)
    assert isinstance(sent, str)
    assert all(notes)


@given(st.sampled_from([text for text, _ in TEXT + NUMBERS + TIMES]))
def test_what_is_negated_is_the_rest(text: str) -> None:
    terms = Query.parse(text, COLUMNS).terms
    if len(terms) != 1:
        return
    other = text[1:] if text.startswith("-") else f"-{text}"
    one, rest = set(found(text).split()), set(found(other).split())
    assert one | rest == set(ALL.split())
    assert not one & rest


singles = [text for text, _ in TEXT + NUMBERS + TIMES if text.strip() and " " not in text]


@given(st.sampled_from(singles), st.sampled_from(singles))
def test_two_conditions_are_either_or_both(one: str, other: str) -> None:
    first, second = (Query.parse(f"{text} ", COLUMNS).terms for text in (one, other))
    left, right = set(found(f"{one} ").split()), set(found(f"{other} ").split())
    either = first and second and first[0].group == second[0].group and not first[0].negative
    assert set(found(f"{one} {other} ").split()) == (left | right if either else left & right)


@given(st.lists(st.sampled_from(singles), min_size=1, max_size=4), st.randoms())
def test_the_order_of_conditions_does_not_matter(texts: list[str], random: object) -> None:
    mixed = list(texts)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert found(" ".join(texts) + " ") == found(" ".join(mixed) + " ")


@given(st.text(st.characters(blacklist_characters='"', blacklist_categories=["Cs"]), min_size=1, max_size=12))
def test_any_name_is_found_by_itself(name: str) -> None:
    store = Store()
    put(store, [Thing(1, name), Thing(2, "another")])
    if name.strip():
        assert "1" in found(f'name:"{name}"', context(store)).split()
        assert "1" in found(f'"{name}"', context(store)).split()

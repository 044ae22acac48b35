"""Whatever is typed: no error, and the rules of the language hold."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from tests.core.filters import ALL, NUMBERS, TEXT, TIMES, TYPING, a_context, found
from tests.core.things import COLUMNS, Thing, context, put
from xplenty_tui.core.query import Query
from xplenty_tui.core.store import Store

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

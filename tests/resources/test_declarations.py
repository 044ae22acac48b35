"""What holds for every kind: helped, named, drawable from any item, and what matters most fits a small terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.resources.samples import FAR_EAST, FULL, NOW, context, decode, items_of
from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Facts, Loaded, Related, Resource, Row, Tone
from xplenty_tui.resources import ALL, BY_NAME

SMALL = 77
"""Cells of an 80-cell terminal beside the gutter."""
GAP = 2
by_kind = pytest.mark.parametrize("resource", ALL, ids=lambda resource: resource.name)


def contexts() -> Iterator[Context]:
    yield context()
    yield context(zone=FAR_EAST, ascii=True, **{kind: [decode(kind, raw)] for kind, raw in FULL.items()})


def rank_width(resource: Resource[Any], rank: int) -> int:
    widths = [column.width for column in resource.columns if column.rank <= rank]
    return sum(widths) + GAP * (len(widths) - 1)


def test_the_sections_have_their_digits() -> None:
    assert {resource.digit: resource.name for resource in ALL if resource.digit} == {
        "2": "jobs",
        "3": "clusters",
        "4": "schedules",
        "5": "packages",
        "6": "accounts",
    }


def test_every_name_leads_to_one_kind() -> None:
    names = Counter(name for resource in ALL for name in (resource.name, *resource.aliases))
    assert [name for name, times in names.items() if times > 1] == []
    assert list(BY_NAME.values()) == list(ALL)


@by_kind
def test_column_names_are_unique_and_helped(resource: Resource[Any]) -> None:
    assert max(Counter(column.name for column in resource.columns).values()) == 1
    for column in resource.columns:
        assert column.name.isidentifier(), column.name
        assert column.title.isupper()
        assert column.help.endswith("."), column.name
        assert len(column.help) <= 100, column.name
        assert words.cells(column.title) <= column.width, f"the head of {column.name} would be cut"


@by_kind
def test_the_sort_is_a_column(resource: Resource[Any]) -> None:
    assert resource.column(resource.sort[0]) is not None


@by_kind
def test_section_names_are_unique_and_keys_have_help(resource: Resource[Any]) -> None:
    assert all(times == 1 for times in Counter(section.name for section in resource.detail).values())
    keys = [section.key for section in resource.detail if isinstance(section, Loaded) and section.key]
    assert len(keys) == len(set(keys))
    for section in resource.detail:
        assert section.title
        if isinstance(section, Loaded):
            assert section.help.endswith("."), section.name
            assert not section.kind or section.kind in BY_NAME
        if isinstance(section, Loaded | Related):
            assert section.none.endswith("."), section.name


@by_kind
def test_related_kinds_and_their_columns_exist(resource: Resource[Any]) -> None:
    for section in resource.detail:
        if isinstance(section, Related):
            other = BY_NAME[section.kind]
            assert [name for name in section.columns if other.column(name) is None] == []


@by_kind
def test_the_first_rank_is_whole_in_80_cells(resource: Resource[Any]) -> None:
    assert rank_width(resource, 1) <= SMALL


@by_kind
def test_all_of_it_is_whole_in_160_cells(resource: Resource[Any]) -> None:
    assert rank_width(resource, 9) <= SMALL + 80


@by_kind
def test_more_is_shown_in_120_cells(resource: Resource[Any]) -> None:
    ranks = {column.rank for column in resource.columns}
    assert ranks == {1} or rank_width(resource, 2) <= SMALL + 40


@by_kind
def test_it_tells_what_it_is_and_what_empty_means(resource: Resource[Any]) -> None:
    assert resource.about.endswith(".")
    assert resource.none.endswith(".")
    for action in resource.actions:
        assert action.help.endswith(".")
        assert 0 < len(action.title.split()) <= 3


@by_kind
def test_any_item_is_drawn_in_the_list(resource: Resource[Any]) -> None:
    for ctx in contexts():
        for item in items_of(resource):
            assert resource.key(item)
            assert isinstance(resource.label(item), str)
            for column in resource.columns:
                value = column.value(item, ctx)
                text = column.show(value, ctx) if column.show and value is not None else words.plain(value, ctx)
                assert isinstance(text, str)
                assert "None" not in text, column.name
                assert column.tone is None or isinstance(column.tone(item, ctx), Tone)
                if column.show:
                    assert column.show(None, ctx) == words.NONE, column.name
            if resource.status:
                assert words.status(resource.status(item))
            if resource.note:
                assert "\n" not in resource.note(item, ctx)


@by_kind
def test_values_of_a_column_can_be_sorted_together(resource: Resource[Any]) -> None:
    ctx = context(**{kind: [decode(kind, raw)] for kind, raw in FULL.items()})
    for column in resource.columns:
        values = [column.value(item, ctx) for item in items_of(resource)]
        sorted(value for value in values if value is not None)


@by_kind
def test_any_item_has_a_detail(resource: Resource[Any]) -> None:
    for ctx in contexts():
        for item in items_of(resource):
            for section in resource.detail:
                if isinstance(section, Facts):
                    for row in section.rows(item, ctx):
                        assert isinstance(row, Row)
                        assert "\n" not in row.text + row.label
                        assert "None" not in row.text, (section.name, row)
                else:
                    assert section.when(item) in (True, False)
                if isinstance(section, Loaded):
                    assert section.eager(item) in (True, False)
                if isinstance(section, Related):
                    others = items_of(BY_NAME[section.kind])
                    assert {section.where(item, other) for other in others} <= {True, False}


@by_kind
def test_a_page_costs_at_most_three_credits_before_one_asks_for_more(resource: Resource[Any]) -> None:
    for item in items_of(resource):
        cost = 0 if resource.get is None else 1
        for section in resource.detail:
            if isinstance(section, Loaded) and section.when(item) and section.eager(item):
                cost += section.credits
            elif isinstance(section, Related) and section.when(item) and section.eager(item, context()):
                cost += 1
        assert cost <= 3


@by_kind
def test_who_made_a_thing_is_a_link(resource: Resource[Any]) -> None:
    ctx = context()
    for item in items_of(resource):
        if getattr(item, "owner_id", None) is None:
            continue
        rows = [row for section in resource.detail if isinstance(section, Facts) for row in section.rows(item, ctx)]
        mine = getattr(item, "is_owner", False)
        assert mine or {row.link.kind for row in rows if row.link} & {"members", "schedules"}


@by_kind
def test_the_console_address_is_the_items_own(resource: Resource[Any]) -> None:
    for item in items_of(resource):
        address = resource.web(item)
        assert not address or address.startswith("https://")


def test_the_context_is_at_the_time_that_was_handed_in() -> None:
    assert {ctx.now for ctx in contexts()} == {NOW}

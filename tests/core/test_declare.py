"""A declaration can be short: what is not said has a sensible meaning. What is declared does not change."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from types import SimpleNamespace
from typing import Any

import pytest

from tests.core.things import COLUMNS, THINGS, Thing, context, load
from xplenty_tui.core import words
from xplenty_tui.core.declare import Column, Facts, Link, Loaded, Refresh, Related, Resource, Row, Tone
from xplenty_tui.core.page import Heading, Listing


def test_a_column_is_found_by_its_name() -> None:
    assert THINGS.column("status") is COLUMNS[0]
    assert THINGS.column("no such column") is None


def test_what_a_resource_means_without_being_told() -> None:
    short: Resource[Any] = Resource(
        "things", "Things", "thing", "Something.", Thing, load, COLUMNS, lambda thing: thing.name
    )
    thing, other = Thing(7), Thing(7, "newer")
    assert short.key(thing) == "7"
    assert short.key(SimpleNamespace()) == ""
    assert short.merge(thing, other) is other
    assert short.web(thing) is None
    assert short.web(SimpleNamespace(html_url="https://example.test/7")) == "https://example.test/7"
    assert short.sort == ("id", "desc")
    assert (short.get, short.search, short.status, short.note, short.detail) == (None, None, None, None, ())
    assert short.refresh == Refresh(visible=60, hidden=None)
    assert short.initial_pages == 1


def test_what_a_section_means_without_being_told() -> None:
    async def ask(client: Any, thing: Thing) -> int:
        return 1

    loaded = Loaded[Thing, int]("log", "Log", ask, lambda answer, thing, ctx: [Row(str(answer))])
    related = Related[Thing]("jobs", "Jobs", "jobs", lambda thing, other: True)
    facts = Facts[Thing]("task", "Task", lambda thing, ctx: ())
    assert loaded.when(Thing(1))
    assert not loaded.eager(Thing(1))
    assert loaded.keeps
    assert related.when(Thing(1))
    assert related.load is None
    assert list(facts.rows(Thing(1), context())) == []


def test_a_row_is_plain_text() -> None:
    row = Row("text")
    assert (row.label, row.tone, row.link, row.secret, row.bullet) == ("", Tone.PLAIN, None, None, "")


@pytest.mark.parametrize(
    "made", [COLUMNS[0], THINGS, context(), Row("text"), Link("jobs", "1"), Heading("log", "Log"), Listing(THINGS, ())]
)
def test_what_is_declared_does_not_change(made: Any) -> None:
    name = next(iter(made.__dataclass_fields__))
    with pytest.raises(FrozenInstanceError):
        setattr(made, name, "other")


def test_a_column_without_a_way_to_show_is_shown_plainly() -> None:
    column: Column[Thing] = Column("id", "Id", lambda thing, ctx: thing.id, "Its number.")
    assert column.show is None
    assert words.plain(column.value(Thing(90412), context()), context()) == "90412"


def test_a_heading_is_open_or_folded_or_neither() -> None:
    always = Heading("log", "Log")
    assert always.open is None
    assert replace(always, open=True) != replace(always, open=False) != always


def test_equal_pages_are_equal() -> None:
    one = [Heading("log", "Log", "1 credit"), Row("text", link=Link("jobs", "1")), Listing(THINGS, (Thing(1),))]
    other = [Heading("log", "Log", "1 credit"), Row("text", link=Link("jobs", "1")), Listing(THINGS, (Thing(1),))]
    assert one == other


def test_every_tone_has_a_name_of_its_own() -> None:
    assert len({tone.value for tone in Tone}) == len(Tone) == len({str(tone) for tone in Tone})

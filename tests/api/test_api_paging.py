"""Pages: the Link header says whether there is more, offsets count items, nothing is walked for ever."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xplenty_tui.api.errors import UndecodableAnswer
from xplenty_tui.api.jobs import Job
from xplenty_tui.api.link import has_next, parse
from xplenty_tui.api.paging import page, walk, window
from xplenty_tui.api.wire import Answer, Page, Undecodable

DOCUMENTED = (
    '<https://api.example.com/acme/api/jobs?offset=4&limit=10>; rel="next",\n'
    '<https://api.example.com/acme/api/jobs?offset=2&limit=10>; rel="prev"'
)


@pytest.mark.parametrize(
    ("header", "rels"),
    [
        (DOCUMENTED, [{"next"}, {"prev"}]),
        (DOCUMENTED.replace(",\n", ","), [{"next"}, {"prev"}]),
        (DOCUMENTED.replace(",\n", "\n"), [{"next"}, {"prev"}]),
        ("<a>; rel=next", [{"next"}]),
        ("<a>;REL=NeXt", [{"next"}]),
        ('<a>; rel="prev next"', [{"prev", "next"}]),
        ('<a>; title="x, y; <b>; rel=prev"; rel="next"', [{"next"}]),
        (r'<a>; title="say \"hi\" \\"; rel=next', [{"next"}]),
        ("<a>; rel=first; rel=next", [{"first"}]),
        ("<a>; flag; rel=next", [{"next"}]),
        ("<a> ; rel = next", [{"next"}]),
        ("<a,b;c>; rel=next", [{"next"}]),
        ("<>; rel=next", [{"next"}]),
        (",, <a>; rel=next ,,", [{"next"}]),
        ("<a>; title*=UTF-8''n%c3%a4chste; rel=next", [{"next"}]),
        ('<a>; anchor="#x"; rel=next, <b>', [{"next"}, set()]),
        ("<a>", [set()]),
        ("<a>; rel=", [set()]),
        ('<a>; rel=""', [set()]),
        ('<a>; rel="next', [set()]),
        ("rel=next", []),
        ("<a; rel=next", []),
        ("", []),
    ],
)
def test_links_are_read_as_the_standard_says(header: str, rels: list[set[str]]) -> None:
    assert [set(link.rels) for link in parse(header)] == rels
    assert has_next(header) is any("next" in rel for rel in rels)


def test_targets_are_kept_as_sent() -> None:
    assert [link.target for link in parse("< /a?b=1,2 >; rel=next, <c>")] == ["/a?b=1,2", "c"]


@settings(max_examples=500)
@given(st.text() | st.text(st.sampled_from("<>;,=\"\\ \nrelnxt'*")))
def test_garbage_never_raises(header: str) -> None:
    for link in parse(header):
        assert "<" not in link.target and ">" not in link.target


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(categories=("L", "N"), include_characters="/?&=,;:% ")),
            st.lists(st.sampled_from(["next", "prev", "first", "last"]), min_size=1, unique=True),
            st.text(st.characters(exclude_categories=("Cs",))),
        ),
        max_size=5,
    ),
    st.sampled_from([", ", ",", "\n", ",\n", ",,"]),
)
def test_what_is_written_well_is_read_back(links: list[tuple[str, list[str], str]], separator: str) -> None:
    def quoted(text: str) -> str:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    header = separator.join(
        f'<{target}>; title={quoted(title)}; rel="{" ".join(rels)}"' for target, rels, title in links
    )
    assert [(link.target, set(link.rels)) for link in parse(header)] == [(t.strip(), set(r)) for t, r, _ in links]


@pytest.mark.parametrize("piece", ["<", "<a", "<a>;", '<a>;x="', "<a>;x=\\", '\\"', "; ", "<a>; rel=next, "])
def test_reading_takes_no_longer_for_malice(piece: str) -> None:
    start = time.perf_counter()
    parse(piece * 20_000)
    assert time.perf_counter() - start < 3


def answer(data: Any, link: str = "") -> Answer:
    return Answer(200, {"link": link} if link else {}, data, "host", "GET", "/jobs")


NEXT = '<x>; rel="next"'


def test_the_next_page_starts_after_what_was_received() -> None:
    got = page(Job, answer([{"id": 1}, {"id": 2}, "junk"], DOCUMENTED), 40)
    assert ([job.id for job in got.items], got.received, got.next_offset) == ([1, 2], 3, 43)
    assert got.undecodable[0].key == "#42"


def test_without_a_link_there_is_no_more() -> None:
    assert page(Job, answer([{"id": 1}]), 0).next_offset is None
    assert page(Job, answer([{"id": 1}], '<x>; rel="prev"'), 0).next_offset is None


def test_an_empty_page_is_the_last_whatever_it_says() -> None:
    assert page(Job, answer([], NEXT), 20) == Page((), (), None, 0)


@pytest.mark.parametrize("data", [None, {}, {"jobs": []}, "x", 5, True])
def test_what_is_no_list_is_told(data: Any) -> None:
    with pytest.raises(UndecodableAnswer, match="list") as caught:
        page(Job, answer(data))
    assert (caught.value.path, caught.value.method) == ("/jobs", "GET")


@pytest.mark.parametrize(("offset", "limit"), [(-1, 10), (0, 0), (0, 101), (0, -5)])
def test_windows_that_the_api_does_not_have_are_refused(offset: int, limit: int) -> None:
    with pytest.raises(ValueError, match="must"):
        window(offset, limit)


class Listing:
    """A list on a server, which may change while it is read."""

    def __init__(self, ids: list[Any], size: int = 3) -> None:
        self.ids, self.size, self.asked = ids, size, list[int]()
        self.ignores_offset = False
        self.arriving = 0

    async def __call__(self, offset: int) -> Page[Job]:
        self.asked.append(offset)
        assert len(self.asked) < 20, "walked for ever"
        start = 0 if self.ignores_offset else offset
        part = self.ids[start : start + self.size]
        more = self.ignores_offset or start + self.size < len(self.ids)
        for _ in range(self.arriving):
            self.ids.insert(0, self.ids[0] + 1)
        items = [{"id": id_} if isinstance(id_, int) else id_ for id_ in part]
        return page(Job, answer(items, NEXT if more else ""), offset)


async def ids_of(listing: Listing, pages: int | None = None, offset: int = 0) -> list[list[int]]:
    return [[job.id for job in got.items] async for got in walk(listing, pages, offset=offset)]


async def test_all_pages_are_walked() -> None:
    listing = Listing(list(range(8, 0, -1)))
    assert await ids_of(listing) == [[8, 7, 6], [5, 4, 3], [2, 1]]
    assert listing.asked == [0, 3, 6]


async def test_a_walk_may_be_short_or_start_later() -> None:
    assert await ids_of(Listing([5, 4, 3, 2, 1]), pages=1) == [[5, 4, 3]]
    assert await ids_of(Listing([5, 4, 3, 2, 1]), offset=3) == [[2, 1]]
    assert await ids_of(Listing([5, 4, 3, 2, 1]), pages=0) == []


async def test_items_that_shifted_come_once() -> None:
    listing = Listing([6, 5, 4, 3, 2, 1])
    listing.arriving = 1
    found = await ids_of(listing)
    assert found == [[6, 5, 4], [3, 2], [1]]


async def test_an_empty_list_is_one_empty_page() -> None:
    assert await ids_of(Listing([])) == [[]]


@pytest.mark.parametrize("ids", [[1, 2, 3], ["junk", {"no": "id"}, None], [{"id": 5, "outputs": 1}], []])
async def test_a_page_that_repeats_itself_ends_the_walk(ids: list[Any]) -> None:
    listing = Listing(ids)
    listing.ignores_offset = True
    pages = [got async for got in walk(listing)]
    assert len(pages) <= 2
    assert pages[-1].next_offset is None
    assert sum(len(got.items) + len(got.undecodable) for got in pages) == len(ids)


async def test_an_offset_that_does_not_move_ends_the_walk() -> None:
    async def fetch(offset: int) -> Page[Job]:
        assert len(asked) < 20, "walked for ever"
        return Page((Job(id=1 + len(asked)),), (), offset, 1) if not asked.append(offset) else Page()

    asked: list[int] = []
    assert [got.next_offset async for got in walk(fetch)] == [None]


async def test_undecodable_items_of_different_pages_are_kept_apart() -> None:
    odd = [Undecodable("7", "x", {"id": 7}), Undecodable("#1", "x", {"a": 1}), Undecodable("#2", "x", {"a": 2})]
    pages = iter([Page((), (odd[0], odd[1]), 2, 2), Page((), (odd[0], odd[2]), None, 2)])

    async def fetch(_offset: int) -> Page[Job]:
        return next(pages)

    assert [got.undecodable async for got in walk(fetch)] == [(odd[0], odd[1]), (odd[2],)]

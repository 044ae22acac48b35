"""Going places: sections, items and back, any kind by name, help; what each way costs."""

from __future__ import annotations

import pytest

from tests.tui.host import running
from xplenty_tui.core.page import Heading
from xplenty_tui.resources import ALL
from xplenty_tui.tui.commands import SECTIONS
from xplenty_tui.tui.widgets.chooser import Chooser


async def test_the_six_sections():
    async with running() as host:
        for digit, name, title in SECTIONS:
            await host.press(digit)
            await host.until(lambda name=name: host.app.places.section == name)
            await host.settle()
            assert f"▸{digit} {title}" in host.bar("nav")
            assert host.state == "live", name
            assert "acme" in host.status
            assert "credits" in host.status
        assert set(host.line.accounts) == {"acme", ""}, "of this account, or of the key and no account"


async def test_a_section_again_asks_nothing_and_has_its_cursor():
    async with running(screen="jobs") as host:
        await host.press("j", "j", "j")
        key = host.place.view.keys[3]
        await host.open("3", "clusters")
        asked = len(host.line.asked)
        await host.open("2", "jobs")
        assert len(host.line.asked) == asked
        assert host.place.view.keys[host.place.table.cursor] == key


async def test_enter_opens_and_escape_comes_back_to_the_same_row():
    async with running(screen="jobs") as host:
        await host.press(*["j"] * 7)
        place, key = host.place, host.place.view.keys[7]
        await host.press("enter")
        await host.until(lambda: host.depth == 2)
        await host.settle()
        assert host.place.key == key
        assert f"Jobs › {key}" in host.text
        await host.press("escape")
        await host.until(lambda: host.place is place)
        assert place.view.keys[place.table.cursor] == key
        await host.press("escape", "escape")
        await host.pilot.pause()
        assert host.place is place, "escape never leaves a section"
        assert host.app.is_running


async def test_the_same_digit_goes_back_to_the_first_page():
    async with running(screen="jobs") as host:
        place = host.place
        await host.press("enter")
        await host.until(lambda: host.depth == 2)
        await host.press("question_mark")
        await host.until(lambda: host.depth == 3)
        await host.press("2")
        await host.until(lambda: host.place is place and host.depth == 1)


async def test_a_detail_is_kept_while_another_section_is_seen():
    async with running(screen="jobs") as host:
        await host.press("enter")
        await host.until(lambda: host.depth == 2)
        detail = host.place
        await host.open("5", "packages")
        await host.press("2")
        await host.until(lambda: host.place is detail)
        await host.settle()
        assert detail.page.has_focus


FREE = {"connection_groups", "instances", "watchers", "service_regions", "validations", "help_articles"}
"""Kinds that the API does not list as a whole: they begin with what is known, and ask when something is opened."""


@pytest.mark.parametrize("resource", ALL, ids=lambda one: one.name)
async def test_the_palette_goes_to_every_kind_for_one_credit_and_back(resource):
    async with running(screen="triage") as host:
        before = host.place
        known = host.held(resource.name).loaded_at is not None
        asked = len(host.line.asked)
        await host.press("colon")
        await host.until(lambda: host.app.query(Chooser) and host.app.query_one(Chooser)._input.has_focus)
        box = host.app.query_one(Chooser)
        box._input.value = resource.title
        await host.until(lambda: box._lines.options and box._lines.options[0].title == resource.title)
        await host.press("enter")
        await host.until(lambda: host.place is not before)
        await host.until(lambda: host.place.name_ == resource.name and host.held(resource.name).loaded_at)
        await host.settle()
        pages = 0 if known or resource.name in FREE else 1
        assert len(host.line.asked) - asked == pages, host.line.asked[asked:]
        assert host.state in ("live", "still")
        assert not host.app.query(Chooser)
        if resource.name not in {name for _, name, _ in SECTIONS}:
            await host.press("escape")
            await host.until(lambda: host.place is before)


async def test_the_palette_closes_on_escape_and_gives_the_keys_back():
    async with running(screen="jobs") as host:
        asked = len(host.line.asked)
        await host.press("colon")
        await host.until(lambda: host.app.query(Chooser))
        await host.until(lambda: host.app.query_one(Chooser)._input.has_focus)
        await host.press(*"qRp12")
        assert host.app.is_running
        assert host.app.query_one(Chooser)._input.value == "qRp12"
        await host.press("escape")
        await host.until(lambda: not host.app.query(Chooser) and host.place.table.has_focus)
        await host.press("j")
        await host.until(lambda: host.place.table.cursor == 1)
        assert len(host.line.asked) == asked
        assert not host.app.session.loop.paused


async def test_help_names_the_keys_of_the_place_it_was_asked_in():
    async with running(screen="jobs") as host:
        await host.press("question_mark")
        await host.until(lambda: host.depth == 2)
        await host.see("KEYS HERE")
        headings = [one.name for one in host.place._said if isinstance(one, Heading)]
        assert headings == ["about", "keys", "columns", "filter", "signs", "clipboard"]
        await host.press("question_mark")
        await host.pilot.pause()
        assert host.depth == 2, "help has no help of its own"
        await host.press("slash", *"clipboard", "enter")
        await host.until(lambda: host.place.page.has_focus)
        assert host.place.page.current_text().startswith("Copy the id"), (
            "the first line with it, not the ninth letter's"
        )
        await host.press("n")
        await host.until(lambda: host.place.page.current_text().startswith("Copy the item"))
        await host.press("N")
        await host.until(lambda: host.place.page.current_text().startswith("Copy the id"))
        await host.press("escape", "escape")
        await host.until(lambda: host.depth == 1)


async def test_tab_goes_from_part_to_part():
    async with running() as host:
        page = host.place.page
        first = page.current_part()
        await host.press("tab")
        await host.until(lambda: page.current_part() != first)
        second = page.current_part()
        await host.press("tab")
        await host.until(lambda: page.current_part() not in (first, second))
        await host.press("shift+tab")
        await host.until(lambda: page.current_part() == second)


async def test_resize_storm():
    async with running(screen="jobs", size=(120, 40)) as host:
        await host.press("j", "j")
        key = host.place.view.keys[host.place.table.cursor]
        for width, height in ((80, 24), (40, 10), (200, 60), (1, 1), (20, 5), (79, 23), (120, 40)) * 3:
            await host.pilot.resize_terminal(width, height)
        await host.press("colon")
        await host.until(lambda: host.app.query(Chooser))
        for width, height in ((30, 8), (2, 2), (160, 50), (80, 24)):
            await host.pilot.resize_terminal(width, height)
        await host.press("escape")
        await host.until(lambda: not host.app.query(Chooser))
        await host.see(key)
        assert host.place.view.keys[host.place.table.cursor] == key
        assert all(len(line) <= 80 for line in host.text.splitlines())
        assert ": go" in host.text
        assert "? help" in host.text

"""The palette finds items by name and id, goes to ids that are not loaded, switches accounts; back and forward."""

from __future__ import annotations

import pytest
from textual import events

from tests.tui.host import Host, running
from xplenty_tui.tui.widgets.chooser import Chooser


async def typed(host: Host, text: str) -> Chooser:
    """Open the palette and type."""
    await host.press("colon")
    await host.until(lambda: host.app.query(Chooser) and host.app.query_one(Chooser)._input.has_focus)
    box = host.app.query_one(Chooser)
    box._input.value = text
    await host.until(lambda: box._input.value == text)
    await host.pilot.pause()
    return box


def titles(box: Chooser) -> list[str]:
    return [option.title for option in box._lines.options]


async def test_a_kind_and_an_id_opens_the_loaded_item_for_what_opening_costs():
    async with running(screen="jobs") as host:
        key = host.place.view.keys[20]
        await typed(host, f"job {key}")
        await host.press("enter")
        await host.until(lambda: host.depth == 2)
        assert (host.place.name_, host.place.key) == ("jobs", key)


async def test_an_id_alone_is_enough():
    async with running(screen="jobs") as host:
        key = host.place.view.keys[20]
        box = await typed(host, key)
        assert titles(box)[0].startswith(key)
        await host.press("enter")
        await host.until(lambda: host.depth == 2)
        assert host.place.key == key


async def test_a_kind_and_part_of_a_name():
    async with running(screen="clusters") as host:
        name = next(one.name for one in host.app.session.store.good("clusters") if one.name)
        box = await typed(host, f"cluster {name[2:].upper()}")
        assert name in titles(box)[0]
        await host.press("enter")
        await host.until(lambda: host.depth == 2)
        assert host.place.name_ == "clusters"


async def test_an_id_that_is_not_loaded_is_fetched_for_one_credit():
    async with running(screen="jobs", jobs=150) as host:
        store = host.app.session.store
        key = next(str(job.id) for job in store.good("jobs") if job.status == "completed")
        store.remove("jobs", key)
        asked = len(host.line.asked)
        box = await typed(host, f"job {key}")
        assert titles(box) == [f"job {key}"]
        assert "1 credit" in box._lines.options[0].about
        await host.press("enter")
        await host.until(lambda: host.depth == 2 and host.place.item is not None)
        await host.settle()
        assert [path for path in host.line.asked[asked:] if path == f"/jobs/{key}"] == [f"/jobs/{key}"]


async def test_an_id_that_does_not_exist_says_so():
    async with running(screen="jobs") as host:
        await typed(host, "job 1")
        await host.press("enter")
        await host.until(lambda: host.depth == 2)
        await host.settle()
        assert "1" in host.place.path()[-1]
        assert host.place.item is None
        assert host.place.problem() is not None


@pytest.mark.parametrize("word", ["acct", "account", "profile"])
async def test_an_account_by_its_name(word):
    async with running(screen="jobs") as host:
        await host.press("a")
        await host.until(lambda: host.held("accounts").loaded_at)
        other = next(one.account_id for one in host.app.session.store.good("accounts") if one.account_id != "acme")
        await host.press("escape")
        await host.until(lambda: not host.app.query(Chooser))
        await typed(host, f"{word} {other}")
        await host.press("enter")
        await host.until(lambda: host.app.session is not None and host.app.session.account == other)
        await host.settle()


async def test_letters_find_names_and_commands_come_before_what_only_holds_them():
    async with running(screen="packages") as host:
        name = next(one.name for one in host.app.session.store.good("packages") if len(one.name) > 6)
        box = await typed(host, name[1:-1])
        assert any(name in title for title in titles(box))
        assert len({option.id for option in box._lines.options}) == len(box._lines.options)


async def test_nothing_typed_offers_the_last_places_first():
    async with running(screen="jobs") as host:
        await host.press("enter")
        await host.until(lambda: host.depth == 2)
        label = host.place.path()[-1]
        await host.open("3", "clusters")
        box = await typed(host, "")
        assert titles(box)[:2] == [label, "Jobs"]
        assert [option.hint for option in box._lines.options[:3]] == ["recent", "recent", "1"]
        await host.press("enter")
        await host.until(lambda: host.place.path()[-1] == label)


async def test_back_and_forward_cross_sections_and_open_what_was_closed():
    async with running(screen="jobs") as host:
        await host.press("j", "enter")
        await host.until(lambda: host.depth == 2)
        key = host.place.key
        await host.press("escape")
        await host.until(lambda: host.depth == 1)
        await host.open("4", "schedules")
        await host.press("left_square_bracket")
        await host.until(lambda: host.place.name_ == "jobs" and host.depth == 1)
        await host.press("left_square_bracket")
        await host.until(lambda: host.depth == 2 and host.place.key == key)
        await host.press("left_square_bracket")
        await host.until(lambda: host.depth == 1 and host.place.name_ == "jobs")
        await host.press("left_square_bracket")
        await host.see("There is no place before this one")
        await host.press("right_square_bracket")
        await host.until(lambda: host.depth == 2 and host.place.key == key)
        await host.press("right_square_bracket", "right_square_bracket")
        await host.until(lambda: host.place.name_ == "schedules")
        await host.press("right_square_bracket")
        await host.see("There is no place after this one")


async def test_another_account_has_no_trail_of_this_one():
    async with running(screen="jobs") as host:
        await host.press("enter")
        await host.until(lambda: host.depth == 2)
        await typed(host, "acct globex")
        await host.press("enter")
        await host.until(lambda: host.app.session is not None and host.app.session.account != "acme")
        await host.settle()
        await host.press("left_square_bracket")
        await host.see("There is no place before this one")


async def test_enter_right_behind_the_letters_takes_what_was_typed():
    async with running(screen="triage") as host:
        await host.press("colon")
        await host.until(lambda: host.app.query(Chooser) and host.app.query_one(Chooser)._input.has_focus)
        host.type("Connections")
        host.app.post_message(events.Key("enter", None))
        await host.until(lambda: not host.app.query(Chooser))
        await host.until(lambda: host.place.name_ == "connections")


async def test_a_kind_goes_before_an_item_that_is_called_as_it_is():
    async with running(screen="triage") as host:
        await host.open("", "outputs")
        assert any(one.name == "invoices" for one in host.app.session.store.good("outputs"))
        box = await typed(host, "invoices")
        assert titles(box)[0] == "Invoices"
        await host.press("escape")
        await host.open("", "help_articles")
        assert host.app.session.store.get("help_articles", "clusters"), "the topic has the kind's name as its id"
        box = await typed(host, "clusters")
        assert titles(box)[0] == "Clusters"

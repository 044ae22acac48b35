"""Kinds that the API lists by another item only: what was looked at stands in their lists, for no further credit."""

from __future__ import annotations

import pytest

from tests.tui.host import running
from xplenty_tui.resources import BY_NAME
from xplenty_tui.tui.commands import SECTIONS


@pytest.mark.parametrize(
    ("owner", "part", "kind", "seen"),
    [
        ("clusters", "instances", "instances", r"master +nightly-4"),
        ("packages", "validations", "validations", r"orders_to_redshift"),
        ("jobs", "watchers", "watchers", r"job "),
    ],
)
async def test_what_a_part_brought_stands_in_the_list_of_its_kind(owner: str, part: str, kind: str, seen: str) -> None:
    digits = {name: digit for digit, name, _ in SECTIONS}
    async with running(screen="triage") as host:
        await host.open(digits[owner], owner)
        world = host.line.api.world.accounts["acme"]
        if owner == "clusters":
            key = next(str(one.id) for one in host.app.session.store.good("clusters") if one.name == "nightly-4")
        elif owner == "packages":
            key = "412"
        else:
            key = host.place.view.keys[0]
            world.watchers["jobs", int(key)] = {world.me.id}
        host.app.open_item(BY_NAME[owner], key)
        await host.until(lambda: host.depth == 2)
        await host.settle()
        host.place.open_part(part)
        await host.until(lambda: host.held(kind).items)
        await host.settle()
        asked = len(host.line.asked)
        await host.open("", kind)
        await host.see(seen)
        await host.press("enter")
        await host.until(lambda: host.place.name_ == kind and host.place.spot())
        await host.settle()
        assert len(host.line.asked) - asked == (1 if BY_NAME[kind].get else 0)
        assert "not among what is loaded" not in host.text

"""``Z``: times in this host's zone, in UTC, in the account's, and always labelled."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import UTC
from pathlib import Path

from tests.tui.host import Host, running

USER = r"/user$"


def began(host: Host) -> str:
    """Return when the newest job that has begun did so, as the list shows it."""
    found = re.search(r"(?:completed|failed|running).* (\d\d:\d\d) ", host.text)
    assert found is not None, host.text
    return found[1]


async def cycle(host: Host, name: str) -> None:
    await host.press("Z")
    await host.until(lambda: host.app.zone_name == name and not host.app._zone_asked)
    await host.settle()


async def test_the_three_in_turn_each_labelled_and_the_account_asked_once() -> None:
    async with running(screen="jobs") as host:
        await cycle(host, "UTC")
        assert " · UTC · " in host.status
        in_utc = began(host)
        asked = len(host.line.asked)
        await cycle(host, "account")
        assert "Times are shown in the account's zone America/Phoenix (MST)." in host.bar("status")
        assert host.line.asked[asked:] == ["/user"], "one credit"
        assert " · MST · " in host.status
        hour, minute = map(int, in_utc.split(":"))
        assert began(host) == f"{(hour - 7) % 24:02}:{minute:02}"
        await host.press("enter")
        await host.until(lambda: host.depth == 2)
        assert re.search(r"\d\d:\d\d:\d\d MST", host.text), "a page says it with every time"
        await host.press("escape")
        for name in ("local", "UTC", "account"):
            await cycle(host, name)
        assert host.line.asked.count("/user") == 1


async def test_it_is_there_again_at_the_next_start_for_no_credit(tmp_path: Path) -> None:
    async with running(screen="jobs", state=tmp_path) as host:
        await cycle(host, "UTC")
        await cycle(host, "account")
    async with running(screen="jobs", state=tmp_path) as host:
        await host.until(lambda: host.app.zone_name == "account")
        assert " · MST · " in host.status
        assert "/user" not in host.line.asked
        await cycle(host, "local")


async def test_while_it_is_waited_for_the_key_goes_on_and_a_late_answer_changes_nothing() -> None:
    async with running(screen="jobs") as host:
        await cycle(host, "UTC")
        host.line.held[USER] = gate = asyncio.Event()
        await host.press("Z")
        await host.see("Asking for the account's zone")
        assert " · UTC · " in host.status
        await host.press("Z")
        await host.see("Times are shown in this host's zone")
        gate.set()
        await host.until(lambda: host.held("user").loaded_at)
        await host.settle()
        assert host.app.zone_name == "local"


async def test_a_zone_that_cannot_be_had_is_said_and_the_next_one_taken() -> None:
    strange = json.dumps({"id": 1, "time_zone": "Mars", "time_zone_info": {"identifier": "Mars/Base"}}).encode()
    for answer, why in ((500, "did not tell it"), (strange, "tells none that this host knows")):
        async with running(screen="jobs", spoilt={USER: answer}) as host:
            await cycle(host, "UTC")
            await host.press("Z")
            await host.see(f"Times are shown in this host's zone .* the API {why}")
            assert host.app.zone_name == "local"


async def test_a_zone_that_was_changed_meanwhile_is_taken() -> None:
    async with running(screen="jobs") as host:
        await cycle(host, "UTC")
        await cycle(host, "account")
        moved = {"id": 12, "name": "A", "time_zone": "Kathmandu", "time_zone_info": {"offset": "+0545"}}
        host.line.spoilt[USER] = json.dumps(moved).encode()
        host.app.session.loop.force({"user"})
        await host.see(r"the account's zone \+0545 \(UTC\+05:45\)")
        assert host.app.zone.utcoffset(host.app.session.now()) != UTC.utcoffset(None)

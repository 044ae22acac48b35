"""Members, notifications, public keys, the user and the rest of group B, with keys only."""

from __future__ import annotations

import pytest

from tests.tui.deed_keys import at_once, on, question, told, world, yes
from tests.tui.form_keys import formed, over, since, to, write
from tests.tui.host import Host, running
from xplenty_tui.core.declare import Link
from xplenty_tui.core.journal import Outcome
from xplenty_tui.demo.start import KEY
from xplenty_tui.resources import ALL
from xplenty_tui.tui.widgets.ask import Ask

pytestmark = pytest.mark.usefixtures("at_once")
__all__ = ["at_once"]


async def opened(host: Host, kind: str) -> None:
    await host.open("", kind)


async def test_every_kind_opens_for_a_credit_and_is_left_again() -> None:
    async with running() as host:
        for resource in ALL:
            depth, asked = host.depth, since(host)
            host.app.open_kind(resource.name)
            await host.until(lambda name=resource.name: host.place.name_ == name and host.held(name).loaded_at)
            await host.settle()
            own = 2 if resource.name == "packages" else 1
            assert len(asked()) <= own + len(resource.also), (resource.name, asked())
            assert host.held(resource.name).error is None
            await host.press("escape")
            await host.until(lambda depth=depth: host.depth == depth)


async def test_a_notification_leads_to_what_it_is_about() -> None:
    async with running() as host:
        await opened(host, "notifications")
        await host.press("enter")
        await host.see(r"NOTIFICATION")
        await host.settle()
        note = host.place.item
        links = [row.link for section in host.place.resource.detail for row in section.rows(note, host.app.context())]
        (link,) = [one for one in links if isinstance(one, Link)]
        assert link.kind in ("jobs", "clusters")
        while host.place.page.current() is None or getattr(host.place.page.current(), "link", None) != link:
            before = host.place.page.cursor
            await host.press("down")
            assert host.place.page.cursor != before, host.text
        await host.press("enter")
        await host.until(lambda: host.place.name_ != "notifications" and host.place.key == link.key)


async def test_all_are_marked_as_read_with_one_request() -> None:
    async with running() as host:
        await opened(host, "notifications")
        assert host.held("notifications").items
        asked = since(host)
        await host.press("A")
        await question(host, "Mark all notifications as read", "will count as read")
        await yes(host)
        await host.until(lambda: not host.held("notifications").items)
        assert [one for one in asked() if one.startswith("POST")] == ["POST /user/notifications/mark"]
        assert told(host) == ("notifications.read_all", "", "All notifications are marked as read.")
        assert all(note.read for note in world(host).notifications)


async def test_nobody_removes_themselves_and_who_they_are_is_asked_only_then() -> None:
    async with running() as host:
        await opened(host, "members")
        assert host.held("user").empty
        mine = str(world(host).me.id)
        await on(host, mine)
        asked = since(host)
        await host.press("D")
        await host.see(r"this is you: another administrator can remove you")
        assert not host.app.boxes()
        assert "/user" in asked() and not [one for one in asked() if one.startswith("DELETE")]
        assert not host.app.entries


async def test_a_key_is_pasted_and_its_page_opens() -> None:
    async with running() as host:
        await opened(host, "public_keys")
        await host.press("n")
        await formed(host)
        await to(host, "pasted")
        await write(host, "ssh-ed25519 AAAAC3Nz new@host")
        await host.press("ctrl+s")
        await over(host)
        await host.until(lambda: host.place.name_ == "public_keys" and host.depth == 3)
        assert host.line.bodies == [{"public_key": "ssh-ed25519 AAAAC3Nz new@host"}]
        assert told(host)[0] == "public_keys.add"


async def test_the_password_is_masked_and_goes_nowhere_but_to_the_server() -> None:
    async with running() as host:
        await opened(host, "user")
        await host.press("e")
        await formed(host)
        await to(host, "current_password")
        await write(host, "open sesame")
        assert "open sesame" not in host.text
        await to(host, "location")
        await write(host, "Phoenix")
        await host.press("ctrl+s")
        await question(host, "Change your settings", "Phoenix")
        await yes(host)
        await host.until(lambda: host.line.bodies)
        assert host.line.bodies == [{"current_password": "open sesame", "location": "Phoenix"}]
        await host.until(lambda: next(iter(host.held("user").items.values())).location == "Phoenix")
        assert "open sesame" not in repr(host.app.entries) + repr(host.app.drafts) + host.text


async def test_after_a_rotation_the_program_goes_on_with_the_new_key() -> None:
    async with running() as host:
        await opened(host, "user")
        await host.press("K")
        box = await question(host, "Rotate my API key", "stops working at once", "never shown")
        host.type(str(box._question.typed))
        await host.until(lambda: box._matches)
        await host.press("tab", "enter")
        await host.see("Whatever used the old key needs the new one")
        await host.settle()
        new = host.line.api.world.key
        assert new and new != KEY
        assert [one for one in host.line.asked if one.startswith("POST")] == ["POST /user/regenerate-tokens"]
        entries = [(one.action, one.outcome) for one in host.app.entries]
        assert entries == [("user.rotate", Outcome.ASKED), ("user.rotate", Outcome.DONE)]
        assert new not in host.text + repr(host.app.entries) + repr(host.held("user").items)
        await host.press("escape")
        await host.until(lambda: not any(isinstance(one, Ask) for one in host.app.boxes()))
        await host.open("2", "jobs")
        await host.press("R")
        await host.settle()
        assert host.held("jobs").error is None


async def test_a_rotation_whose_answer_is_lost_says_where_the_new_key_is() -> None:
    async with running() as host:
        await opened(host, "user")
        host.line.after["POST /user/regenerate-tokens"] = 502
        await host.press("K")
        box = await question(host)
        host.type(str(box._question.typed))
        await host.until(lambda: box._matches)
        await host.press("tab", "enter")
        await host.see("The old key does not work any more")
        said = " ".join(host.text.replace("│", " ").split())
        assert "can be read in the web console" in said and "`xplenty-tui login` stores it" in said, host.text
        assert host.app.entries[-1].outcome is Outcome.UNKNOWN


async def test_a_validation_of_a_package_has_a_page_and_is_listed() -> None:
    async with running() as host:
        host.app.open_link(Link("packages", "412"))
        await host.see("VALIDATIONS")
        await host.press("v")
        await host.settle()
        check = host.line.api.world.accounts["acme"].validations[412][-1]
        host.app.open_link(Link("validations", f"412/{check.id}"))
        await host.until(lambda: host.held("validations").items)
        await host.see(r"package +\S+ ›")
        await opened(host, "validations")
        await host.see(rf"{check.id}")

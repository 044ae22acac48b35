"""What is done to connections, hooks and deliveries with keys only: what is asked, what is sent, what is known then."""

from __future__ import annotations

from typing import Any

import pytest

from tests.tui.acting import asked, at, outcomes, writes
from tests.tui.deed_keys import DONE, at_once
from tests.tui.form_keys import formed, over, to, write, wrote
from tests.tui.host import Host, running
from xplenty_tui.core.journal import Outcome
from xplenty_tui.tui.screens.detail import DetailPlace
from xplenty_tui.tui.screens.results import AnswerPlace
from xplenty_tui.tui.widgets.chooser import Awaited

__all__ = ["at_once"]
pytestmark = pytest.mark.usefixtures("at_once")
SECRET = "what-nobody-may-read"


def stored(host: Host, kind: str, key: str) -> Any:
    return host.app.session.store.get(kind, key)


async def choose(host: Host, type_: str) -> None:
    """Choose what the form depends on."""
    await host.until(lambda: any(isinstance(box, Awaited) and box.ready for box in host.app.boxes()))
    host.type(type_)
    await host.until(lambda: host.app.boxes()[-1]._input.value == type_)
    await host.press("enter")


async def agree(host: Host, typed: str = "") -> str:
    """Say yes to the question, and return what it said."""
    box = await asked(host)
    said = host.text
    if typed:
        host.type(typed)
        await host.until(lambda: box._matches)
    await host.press("tab", "enter")
    await host.until(lambda: len(outcomes(host)) >= 2)
    await host.settle()
    return said


async def test_a_new_connection_has_the_form_of_its_type_and_its_secret_is_sent_and_nowhere_else():
    async with running() as host:
        await host.open("", "connections")
        await host.press("n")
        await choose(host, "mysql")
        form = await formed(host)
        assert "New connection: mysql" in form.text
        for name, text in (("name", "books"), ("username", "etl"), ("password", SECRET), ("host", "db.acme.example")):
            await to(host, name)
            await write(host, text)
        assert SECRET not in host.text and "•••" in host.text
        await host.press("ctrl+s")
        await over(host)
        body = {"name": "books", "username": "etl", "password": SECRET, "host": "db.acme.example"}
        assert wrote(host) == [("POST /connections/mysql", body)]
        assert isinstance(host.place, DetailPlace) and host.place.key == "mysql/8"
        assert stored(host, "connections", "mysql/8").host == "db.acme.example"
        assert outcomes(host) == DONE and SECRET not in repr(host.app.entries) + host.text


async def test_what_was_typed_is_kept_but_for_the_secret():
    async with running() as host:
        await host.open("", "connections")
        for again in (False, True):
            await host.press("n")
            await choose(host, "s3")
            form = await formed(host)
            if again:
                assert form.values["name"] == "half" and form.values["password"] == ""
                return
            for name, text in (("name", "half"), ("password", SECRET)):
                await to(host, name)
                await write(host, text)
            await host.press("escape")
            await host.until(lambda: not host.app.boxes())
            assert SECRET not in repr(host.app.drafts)


async def test_a_new_hook_has_the_form_of_its_type():
    async with running() as host:
        await host.open("", "hooks")
        await host.press("n")
        await choose(host, "email")
        await formed(host)
        await to(host, "settings.emails")
        await write(host, "oncall@acme.example")
        await host.press("ctrl+s")
        await over(host)
        settings = {"emails": "oncall@acme.example"}
        body = {"type": "email", "active": True, "events": ["job.failed"], "settings": settings}
        assert wrote(host) == [("POST /hooks", body)]
        assert host.place.key == "3" and stored(host, "hooks", "3").active


async def test_leaving_the_choice_of_a_type_sends_nothing():
    async with running() as host:
        await host.open("", "hooks")
        await host.press("n")
        await host.until(lambda: any(isinstance(box, Awaited) and box.ready for box in host.app.boxes()))
        await host.press("escape")
        await host.until(lambda: not host.app.boxes())
        await host.settle()
        assert not writes(host) and not outcomes(host)


async def test_a_test_that_fails_stays_on_the_screen_until_it_is_read():
    async with running() as host:
        await host.open("", "connections")
        await at(host, "s3/53")
        await host.press("t")
        await host.see(r"acme-raw bucket works\.")
        await host.settle()
        await at(host, "salesforce/12")
        await host.press("t")
        await asked(host)
        assert "CRM does not work" in host.text and "Nothing was changed." in host.text
        assert writes(host) == ["POST /connections/s3/53/test", "POST /connections/salesforce/12/test"]
        assert outcomes(host) == [*DONE, *DONE]


async def test_only_what_differs_is_changed_and_the_password_only_when_typed():
    async with running() as host:
        await host.open("", "connections")
        await at(host, "redshift/12")
        await host.press("e")
        await formed(host)
        for name, text in (("name", "warehouse 2"), ("password", SECRET)):
            await to(host, name)
            await write(host, text)
        await host.press("ctrl+s")
        said = await agree(host)
        assert "(a new one)" in said and SECRET not in said and "Every package and delivery" in said
        assert wrote(host) == [("PUT /connections/redshift/12", {"name": "warehouse 2", "password": SECRET})]
        assert stored(host, "connections", "redshift/12").name == "warehouse 2"


async def test_a_schema_opens_a_page_and_is_allowed_in_read_only():
    async with running() as host:
        await host.open("", "connections")
        await at(host, "mysql/7")
        await host.press("exclamation_mark", "s")
        await formed(host)
        await to(host, "table")
        await write(host, "orders")
        await host.press("ctrl+s")
        await host.until(lambda: isinstance(host.place, AnswerPlace))
        await host.see(r"qty +double")
        assert "/connections/mysql/7/schema?access_mode=table&table=orders&lines=20" in host.line.asked
        assert not writes(host) and not outcomes(host)


async def test_deleting_a_connection_names_what_uses_it_and_takes_its_name():
    async with running() as host:
        await host.open("", "connections")
        await at(host, "redshift/12")
        await host.press("D")
        said = await agree(host, "warehouse")
        assert "2 deliveries that then cannot run" in said and "CRM to warehouse" in said and "REDSHIFT_" in said
        assert writes(host) == ["DELETE /connections/redshift/12"]
        assert stored(host, "connections", "redshift/12") is None and stored(host, "connections", "salesforce/12")


async def test_an_address_is_read_without_a_connection():
    async with running() as host:
        await host.open("", "connections")
        await host.press("c")
        await formed(host)
        await to(host, "url")
        await write(host, "https://shop.example/orders")
        await host.press("ctrl+s")
        await host.until(lambda: isinstance(host.place, AnswerPlace))
        assert writes(host) == ["/connections/curl/schema"] and "headers" in host.text


async def test_a_ping_asks_and_goes_out_once():
    async with running() as host:
        await host.open("", "hooks")
        await at(host, "1")
        before = list(host.line.asked)
        await host.press("P")
        said = await agree(host)
        assert "A test notification goes out now" in said
        assert [path for path in host.line.asked[len(before) :] if "ping" in path] == ["/hooks/1/ping"]
        assert stored(host, "hooks", "1").events == ("job.failed", "cluster.error")
        host.line.after[r"/hooks/1/ping"] = 500
        await host.press("P")
        await asked(host)
        await host.press("tab", "enter")
        await host.see("Nobody knows whether it was done")
        assert host.line.asked.count("/hooks/1/ping") == 2
        assert outcomes(host)[-1] is Outcome.UNKNOWN


async def test_a_changed_hook_says_that_its_events_are_replaced():
    async with running() as host:
        await host.open("", "hooks")
        await at(host, "2")
        await host.press("e")
        form = await formed(host)
        form.fill({"events.0.event": "job.failed"})
        await host.press("ctrl+s")
        said = await agree(host)
        assert "replace all that were there" in said and "+ job.failed" in said and "- job: not told" in said
        (_, body), = wrote(host)  # fmt: skip
        assert body["events"] == ["job.failed"]
        assert body["settings"] == {"emails": "data@acme.example,oncall@acme.example"}
        assert stored(host, "hooks", "2").events == ("job.failed",)


async def test_a_hook_is_enabled_unasked_and_disabled_with_a_question():
    async with running() as host:
        await host.open("", "hooks")
        await at(host, "2")
        await host.press("t")
        await host.until(lambda: len(outcomes(host)) == 2)
        await host.settle()
        assert stored(host, "hooks", "2").active is True
        await at(host, "1")
        await host.press("t")
        said = await agree(host)
        await host.until(lambda: len(outcomes(host)) == 4)
        assert "Nobody is told by it any more" in said and stored(host, "hooks", "1").active is False
        assert wrote(host)[1] == ("PUT /hooks/1", {"active": False}), "a password that is kept back is not overwritten"


@pytest.mark.parametrize("newer", [False, True], ids=["reset_salt", "reset"])
async def test_another_salt_is_fetched_in_either_dialect(newer: bool):
    async with running() as host:
        await host.open("", "hooks")
        await at(host, "1")
        before = stored(host, "hooks", "1").salt
        if newer:
            host.line.spoilt[r"PUT /hooks/1/reset_salt"] = 404
        await host.press("X")
        said = await agree(host, "On-call alerts")
        assert "refuses every call" in said and stored(host, "hooks", "1").salt != before
        assert writes(host) == ["PUT /hooks/1/reset_salt", "PUT /hooks/1/reset"][: 2 if newer else 1]


async def test_a_delivery_is_made_of_two_connections_and_deleted_by_name():
    async with running() as host:
        await host.open("", "deliveries")
        await host.press("n")
        form = await formed(host)
        form.fill({"name": "raw to stock", "source": "s3/53", "destination": "postgres/9"})
        await host.press("ctrl+s")
        said = await agree(host)
        assert "acme-raw bucket" in said and "no call to disable" in said.replace("\n", " ")
        (sent, body), = wrote(host)  # fmt: skip
        assert sent == "POST /deliveries" and body["destination"]["connection"] == {"type": "postgres", "id": 9}
        assert host.place.key == "4" and stored(host, "deliveries", "4").status == "idle"
        await host.press("D")
        await agree(host, "raw to stock")
        await host.until(lambda: len(outcomes(host)) == 4)
        assert writes(host)[-1] == "DELETE /deliveries/4" and stored(host, "deliveries", "4") is None

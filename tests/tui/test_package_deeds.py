"""Every action of packages with keys only: what is asked, exactly what is sent, and what is known afterwards."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from tests.tui.acting import asked, at, outcomes
from tests.tui.form_keys import Refusing, formed, over, pick, since, to, without_lists, write, wrote
from tests.tui.host import Host, running
from xplenty_tui.api.drafts import NewCluster, NewJob
from xplenty_tui.core.fields_model import fields_of
from xplenty_tui.core.journal import Outcome
from xplenty_tui.demo import checks
from xplenty_tui.tui import following, sending
from xplenty_tui.tui.screens.detail import DetailPlace
from xplenty_tui.tui.widgets.chooser import Option
from xplenty_tui.tui.widgets.form import Form

BAD, GOOD = "412", "415"
"""A package that the world finds invalid, and one that it finds valid."""
ABOUT = "Orders and their lines from S3 into redshift.orders"


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be waited for, and look once at what was set going."""
    monkeypatch.setattr(sending, "AGAIN_S", 0.0)
    monkeypatch.setattr(following, "PACES_S", (0.0,))
    monkeypatch.setattr(following, "LOOKS", 1)


def world(host: Host):
    return host.line.api.world.accounts["acme"]


def package(host: Host, key: str = BAD):
    return world(host).packages[int(key)]


async def opened(host: Host, key: str, id_: str = BAD):
    """Open the form of an action on a package."""
    await at(host, id_)
    await host.press(key)
    return await formed(host)


async def test_a_package_is_run_with_its_variables():
    async with running(screen="packages") as host:
        asked_then = since(host)
        form = await opened(host, "r", "421")
        for said in ("un 421 invoices_export", "acme / demo", "1 credit", "expressions Format = 'csv'"):
            assert said in form.text
        cluster = int(form.values["cluster_id"])
        await host.press("ctrl+s")
        await over(host)
        assert without_lists(asked_then()) == ["/packages/421", "POST /jobs", "/jobs/90441"]
        body = {"Format": "'csv'", "Period": "'day'", "sftp_password": "'hunter2'"}
        assert wrote(host) == [("POST /jobs", {"cluster_id": cluster, "package_id": 421, "dynamic_variables": body})]
        assert isinstance(host.place, DetailPlace) and host.place.key == "90441"
        assert host.app.entries[-1].variables == ("Format", "Period", "sftp_password")
        assert "hunter2" not in repr(host.app.entries) and "hunter2" not in host.text


async def test_validation_waits_for_the_result_and_shows_the_errors():
    async with running(screen="packages") as host:
        form = await opened(host, "V")
        assert "1 credit" in form.text
        await to(host, "wait_s")
        await write(host, "30")
        asked_then = since(host)
        await host.press("ctrl+s")
        await over(host)
        assert wrote(host) == [(f"POST /packages/{BAD}/validate", None)]
        assert not [path for path in asked_then() if "/validations/" in path], "the answer was the result"
        assert isinstance(host.place, DetailPlace) and host.place.key == BAD
        assert "orders_to_redshift is not valid (2 errors" in host.app.entries[-1].sentence
        await host.press("v")
        await host.until(lambda: all(error in host.text for error in checks.ERRORS))
        assert outcomes(host) == [Outcome.ASKED, Outcome.DONE]


async def test_validation_goes_on_in_the_background_and_is_told_later():
    async with running(screen="packages") as host:
        gate = host.line.held[f"/packages/{GOOD}/validations/"] = asyncio.Event()
        await opened(host, "V", GOOD)
        await host.press("space", "ctrl+s")
        await host.see("clickstream_sessions is being validated")
        await host.until(lambda: any(path.startswith(f"/packages/{GOOD}/validations/") for path in host.line.asked))
        checks.finish(world(host), world(host).validations[int(GOOD)][-1], 0)
        gate.set()
        await host.see("clickstream_sessions is valid")
        assert [path for path, _ in wrote(host)] == [f"POST /packages/{GOOD}/validations"]


async def test_an_export_is_a_private_file_and_replaces_none(tmp_path: Path):
    file = tmp_path / "orders.json"
    async with running(screen="packages") as host:
        await opened(host, "X")
        await write(host, str(file))
        asked_then = since(host)
        await host.press("ctrl+s")
        await over(host)
        assert without_lists(asked_then()) == [f"/packages/{BAD}/export"]
        assert f"orders_to_redshift is in {file}"[:40] in host.text
        assert file.stat().st_mode & 0o777 == 0o600
        assert json.loads(file.read_text())["name"] == "orders_to_redshift"
        assert not host.app.entries, "nothing was changed in the account"
        file.write_text("mine")
        form = await opened(host, "X")
        await write(host, str(file))
        before = len(host.line.asked)
        await host.press("ctrl+s")
        await host.see("exists already")
        assert file.read_text() == "mine" and form.values["path"] == str(file) and form.row.name == "path"
        assert len(host.line.asked) == before
        await to(host, "overwrite")
        await host.press("space", "ctrl+s")
        await over(host)
        assert json.loads(file.read_text())["variables"]["Schema"] == "'public'"
        assert not wrote(host)


async def test_only_what_was_edited_is_sent():
    async with running(screen="packages") as host:
        form = await opened(host, "e")
        assert form.values == {"name": "orders_to_redshift", "description": ABOUT}
        assert "At least 1" not in form.text
        await to(host, "description")
        await write(host, "Orders, hourly")
        await host.press("ctrl+s")
        await over(host)
        assert wrote(host) == [(f"PUT /packages/{BAD}", {"description": "Orders, hourly"})]
        assert host.held("packages").items[BAD].description == "Orders, hourly"
        assert "orders_to_redshift is changed." in host.text
        assert outcomes(host) == [Outcome.ASKED, Outcome.DONE]


async def test_refused_fields_say_why_nothing_typed_is_lost_and_a_draft_stays():
    async with running(screen="packages") as host:
        form, good = await opened(host, "e"), host.line.world
        await write(host, "orders")
        host.line.world = Refusing(host.line, {"name": ["has been taken"]})
        await host.press("ctrl+s")
        await host.see("has been taken")
        assert form.row.name == "name" and form.values["name"] == "orders"
        assert outcomes(host) == [Outcome.ASKED, Outcome.REFUSED]
        await host.press("escape")
        await over(host)
        host.line.world = good
        form = await opened(host, "e")
        assert form.values == {"name": "orders", "description": ABOUT}
        await host.press("ctrl+s")
        await over(host)
        assert wrote(host)[1:] == [(f"PUT /packages/{BAD}", {"name": "orders"})]
        assert not host.app.drafts


async def test_a_package_is_made_from_a_template():
    async with running(screen="packages") as host:
        await host.press("n")
        form = await formed(host)
        await write(host, "fresh")
        await host.press("ctrl+s")
        assert "Needed" in form.text and form.row.name == "package_template_id" and not wrote(host)
        await host.press("enter", "enter")
        assert "makes fresh from the template " in form.text
        template = int(form.values["package_template_id"])
        await host.press("ctrl+s")
        await over(host)
        assert [path for path, _ in wrote(host)] == ["POST /packages"]
        body = wrote(host)[0][1]
        assert body.keys() == {"name", "package_template_id"} and int(body["package_template_id"]) == template
        new = str(max(world(host).packages))
        assert isinstance(host.place, DetailPlace) and host.place.key == new
        assert f"Package fresh is made ({new})." in host.text


async def test_a_package_is_copied_unless_its_origin_is_refused():
    async with running(screen="packages") as host:
        await host.press("n")
        form = await formed(host)
        await write(host, "again")
        await to(host, "source")
        await host.press("space")
        await to(host, "source_package_id")
        await pick(host, "dim", "dim_customers")
        taken = world(host).packages.pop(433)
        await host.press("ctrl+s")
        await host.see("source_package_id is not a package")
        assert form.row.name == "source_package_id" and form.values["name"] == "again"
        world(host).packages[433] = taken
        await host.press("ctrl+s")
        await over(host)
        (_, first), (path, body) = wrote(host)
        assert first == body and (path, body["name"], int(body["source_package_id"])) == (
            "POST /packages",
            "again",
            433,
        )


async def test_a_package_is_made_from_an_exported_file(tmp_path: Path):
    file = tmp_path / "one.json"
    file.write_text("no")
    async with running(screen="packages") as host:
        await host.press("n")
        form = await formed(host)
        await write(host, "back")
        await to(host, "source")
        await host.press("f")
        await to(host, "path")
        await write(host, str(file))
        await host.press("ctrl+s")
        await host.see("holds no JSON")
        assert form.row.name == "path" and not wrote(host)
        file.write_text("7")
        await host.press("ctrl+s")
        await host.see("holds is no package")
        file.write_text(
            json.dumps({"name": "x", "variables": {"A": "'b'"}, "flow_type": "dataflow", "data_flow_json": {}})
        )
        await host.press("ctrl+s")
        await over(host)
        assert wrote(host)[0][1].items() >= {"name": "back", "variables": {"A": "'b'"}}.items()


async def test_archiving_wants_the_name_typed():
    async with running(screen="packages") as host:
        await at(host, BAD)
        await host.press("D")
        box, asked_then = await asked(host), since(host)
        for said in (
            "DANGER",
            "Archive package orders_to_redshift",
            "acme / demo",
            "nightly_orders",
            "Costs 2 credits.",
        ):
            assert said in box.text
        host.type("orders_to_redshif")
        await host.press("tab", "enter")
        await over(host)
        assert not wrote(host) and outcomes(host) == [Outcome.CANCELLED]
        await host.press("D")
        await asked(host)
        host.type("orders_to_redshift")
        await host.press("tab", "enter")
        await over(host)
        assert asked_then()[:2] == [f"/packages/{BAD}", f"DELETE /packages/{BAD}"] and len(wrote(host)) == 1
        assert package(host).status == "archived"
        assert "orders_to_redshift is archived." in host.text
        assert outcomes(host) == [Outcome.CANCELLED, Outcome.ASKED, Outcome.DONE]


@pytest.mark.parametrize("key", ["r", "V", "e", "E", "n", "D"])
async def test_read_only_refuses_each_with_the_reason(key: str):
    async with running(screen="packages") as host:
        await at(host, BAD)
        await host.press("exclamation_mark", key)
        await host.see(": read-only")
        assert not host.app.boxes() and not host.app.entries and not wrote(host)


async def test_nothing_silly_is_said_of_the_size_of_numbers_of_things_and_of_what_is_chosen():
    fields = {one.name: one for one in (*fields_of(NewJob), *fields_of(NewCluster))}
    assert fields["package_id"].bounds == "at least 1"
    form = Form("", list(fields.values()), {}, submit=id, check=lambda _: {}, choices={"nodes": [Option("2", "two")]})
    async with running(screen="packages") as host:
        host.app.box(form)
        await formed(host)
        assert "The package to run." in form.text and "At least 1" not in form.text
        await to(host, "nodes")
        assert "Number of nodes" in form.text and "At least 1" not in form.text
        await to(host, "time_to_idle")
        assert "At least 1." in form.text, "a number that is typed has bounds"

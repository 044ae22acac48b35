"""A job's page with keys: what it asks for, how it leads to the failing step, and what its lines do."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.tui.acting import asked
from tests.tui.form_keys import formed, since, without_lists, wrote
from tests.tui.host import Host, running
from xplenty_tui.core.declare import Row
from xplenty_tui.resources import BY_NAME

FLOW, STEP = "90299", "90307"
"""A workflow that failed, and the step that is why."""
FAILED, SALESFORCE = "90428", "90412"
"""orders_to_redshift; crm_contacts_sync, with other variables than before."""


async def opened(host: Host, key: str) -> None:
    host.app.open_item(BY_NAME["jobs"], key)
    await host.until(lambda: host.depth == 2)
    await host.settle()


async def on(host: Host, wanted: str) -> Row:
    """Put the cursor on the row with this text, and return it."""
    page = host.place.page

    def row(line: int) -> Any:
        return page._sheet.blocks[page._sheet.at(line)[0]]

    found = [line for line in range(page.count()) if isinstance(row(line), Row) and wanted in row(line).text]
    assert found, host.text
    page.go(found[0])
    await host.pilot.pause()
    return row(found[0])


async def test_a_failed_workflow_names_the_failing_step_for_three_credits():
    async with running(screen="jobs") as host:
        asked_then = since(host)
        await opened(host, FLOW)
        sent = [one for one in asked_then() if one.startswith(f"/jobs/{FLOW}")]
        assert len(sent) == 3, sent
        assert sum("/children" in one for one in sent) == 1
        row = await on(host, f"run_campaign_attribution ({STEP}) failed: ")
        assert row.label == "step"
        await host.press("enter")
        await host.until(lambda: host.depth == 3 and host.place.key == STEP)
        await host.settle()
        assert "✗ failed" in host.text


async def test_a_failed_dataflow_does_not_ask_for_children():
    async with running(screen="jobs") as host:
        await host.open("5", "packages")
        await host.open("2", "jobs")
        asked_then = since(host)
        await opened(host, FAILED)
        sent = [one for one in asked_then() if one.startswith(f"/jobs/{FAILED}")]
        assert len(sent) == 2 and not any("/children" in one for one in sent), sent


async def test_nothing_jumps_under_the_cursor_when_parts_arrive():
    async with running(screen="jobs", size=(80, 24)) as host:
        gate = asyncio.Event()
        host.line.held[rf"/jobs/{FLOW}/children|/jobs/{FLOW}\?include"] = gate
        host.app.open_item(BY_NAME["jobs"], FLOW)
        await host.until(lambda: host.depth == 2)
        await host.see("CHANGED SINCE THE LAST SUCCESS")
        await on(host, "no successful run")
        page = host.place.page
        before = page.current(), page.cursor - page.top
        gate.set()
        await host.settle()
        assert "campaign_attribution" in " ".join(one.text for one in page.blocks if isinstance(one, Row))
        assert (page.current(), page.cursor - page.top) == before


async def test_the_line_run_again_opens_the_form_and_the_line_elsewhere_leaves_the_cluster_open():
    async with running(screen="jobs") as host:
        await opened(host, FAILED)
        assert (await on(host, "run again with the same")).label == "r"
        await host.press("enter")
        form = await formed(host)
        assert form.values["cluster_id"] == "2212"
        await host.press("escape")
        await host.until(lambda: not host.app.boxes())
        assert (await on(host, "run again on another cluster")).label == "A"
        await host.press("enter")
        form = await formed(host)
        assert form.values["cluster_id"] == ""
        assert "InputPath" in form.values["dynamic_variables"] + form.values["variables"]
        assert not wrote(host)


async def test_a_deed_on_another_item_asks_for_it_first_when_it_is_not_loaded():
    async with running(screen="jobs") as host:
        await opened(host, FAILED)
        store = host.app.session.store
        key = str(store.get("jobs", FAILED).package_id)
        store.remove("packages", key)
        await host.settle()
        await on(host, "validate package")
        asked_then = since(host)
        await host.press("enter")
        form = await formed(host)
        assert "validate" in form.text.lower()
        assert without_lists(asked_then())[0] == f"/packages/{key}"
        await host.press("ctrl+s")
        await host.until(lambda: wrote(host))
        assert wrote(host)[0][0].startswith(f"POST /packages/{key}/validate")


async def test_a_deed_on_an_item_that_cannot_be_had_says_so_and_does_nothing():
    async with running(screen="jobs") as host:
        await opened(host, FAILED)
        key = str(host.app.session.store.get("jobs", FAILED).package_id)
        host.app.session.store.remove("packages", key)
        host.line.spoilt[rf"/packages/{key}$"] = 404
        await on(host, "validate package")
        await host.press("enter")
        await host.see("Nothing was done")
        assert not host.app.boxes() and not wrote(host)


async def test_the_cluster_of_a_job_is_terminated_only_after_its_question():
    async with running(screen="jobs") as host:
        store = host.app.session.store
        await host.open("3", "clusters")
        wasteful = next(one for one in store.good("clusters") if one.name == "adhoc-1")
        await host.open("2", "jobs")
        job = next(one for one in store.good("jobs") if one.cluster_id == wasteful.id)
        await opened(host, str(job.id))
        row = await on(host, "terminate cluster adhoc-1: idle for ")
        assert row.label == "enter"
        await host.press("enter")
        box = await asked(host)
        assert "adhoc-1" in box.text and not wrote(host)
        await host.press("escape")
        await host.until(lambda: not host.app.boxes())
        assert not wrote(host)


async def test_what_cannot_be_done_says_why_on_its_line_and_does_nothing():
    async with running(screen="jobs") as host:
        await opened(host, FAILED)
        host.app.session.client.read_only = True
        host.place.draw()
        row = await on(host, "run again with the same")
        assert "(not now: read-only" in row.text
        await on(host, "validate package")
        await host.press("enter")
        await host.see("validate: read-only")
        assert not host.app.boxes()


async def test_changed_variables_are_said_and_secret_ones_only_that_they_changed():
    async with running(screen="jobs") as host:
        await opened(host, SALESFORCE)
        said = "\n".join(one.text for one in host.place.page.blocks if isinstance(one, Row))
        assert "Since: 'P1D' → 'P3D'" in said
        assert "sf_refresh_token added (masked)" in said
        assert "5Aep861TSES" not in said


async def test_the_connection_that_the_error_names_is_found_in_their_list_and_then_opened():
    async with running(screen="jobs") as host:
        await opened(host, SALESFORCE)
        await on(host, "list the connections: the error names CRM (12)")
        await host.press("enter")
        await host.until(lambda: host.place.name_ == "connections" and host.held("connections").loaded_at)
        await host.settle()
        await host.press("escape")
        await host.until(lambda: host.place.name_ == "jobs")
        await on(host, "open connection CRM (12)")
        await host.press("enter")
        await host.until(lambda: host.place.name_ == "connections" and host.place.key == "salesforce/12")
        await host.settle()
        assert "CRM" in host.text


async def test_the_resolved_variables_of_both_runs_cost_two_credits():
    async with running(screen="jobs") as host:
        await opened(host, FAILED)
        host.place.page.goto("resolved")
        assert "2 credits" in host.text
        asked_then = since(host)
        await host.press("enter")
        await host.until(lambda: host.place._parts["resolved"].had)
        await host.settle()
        sent = [one for one in asked_then() if one.endswith("/variables")]
        assert len(sent) == 2 and sent[1] == f"/jobs/{FAILED}/variables", sent
        said = "\n".join(one.text for one in host.place.page.blocks if isinstance(one, Row))
        assert "InputPath: /2026-02-" in said

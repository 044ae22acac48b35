"""The page of an item: what it costs, its parts, its secrets."""

from __future__ import annotations

import pytest

from tests.tui.deed_keys import world
from tests.tui.host import running
from xplenty_tui.core.declare import Row
from xplenty_tui.resources import BY_NAME


async def opened(host, status: str) -> str:
    """Open the newest job of a status; returns its id."""
    job = max((one for one in host.app.session.store.good("jobs") if one.status == status), key=lambda one: one.id)
    host.line.asked.clear()
    host.app.open_item(BY_NAME["jobs"], str(job.id))
    await host.until(lambda: host.depth == 2)
    await host.settle()
    return str(job.id)


async def test_a_failed_job_costs_at_most_three_requests_and_says_why():
    async with running(screen="jobs") as host:
        key = await opened(host, "failed")
        assert 1 <= len(host.line.asked) <= 3, host.line.asked
        assert all(one.startswith(f"/jobs/{key}") for one in host.line.asked)
        assert sum("log_summary" in one for one in host.line.asked) >= 1
        assert "WHAT THE LOG SAYS" in host.text
        assert host.app.session.store.get("jobs", key).errors.splitlines()[0][:30] in host.text
        assert "✗ failed" in host.text


async def test_a_name_with_line_ends_and_tabs_stays_on_the_line_of_the_title():
    async with running(screen="packages") as host:
        package = next(iter(world(host).packages.values()))
        package.name = "tab\there\r\nand there"
        host.app.open_item(BY_NAME["packages"], str(package.id))
        await host.until(lambda: "tab" in host.text.splitlines()[1])
        raw = "\n".join(strip.text for strip in host.app.screen._compositor.render_strips()[:2])
        assert "\t" not in raw and "\r" not in raw and raw.count("\n") == 1
        assert "tab here" in raw


async def test_a_completed_job_costs_one_request():
    async with running(screen="jobs") as host:
        key = await opened(host, "completed")
        assert host.line.asked == [f"/jobs/{key}"]


async def test_the_log_is_asked_for_once():
    async with running(screen="jobs") as host:
        key = await opened(host, "failed")
        host.line.asked.clear()
        await host.press("l")
        await host.until(lambda: host.line.asked)
        await host.settle()
        assert host.place.page.current_part() == "log"
        assert host.line.asked == [f"/jobs/{key}/log"]
        await host.press("g", "l")
        await host.until(lambda: host.place.page.current_part() == "log")
        await host.press("enter")
        await host.until(lambda: not host.place._parts["log"].open)
        await host.press("enter")
        await host.until(lambda: host.place._parts["log"].open)
        await host.settle()
        assert host.line.asked == [f"/jobs/{key}/log"]


async def test_a_log_that_cannot_be_had_says_so_and_can_be_asked_for_again():
    async with running(screen="jobs") as host:
        key = await opened(host, "failed")
        host.line.spoilt[r"/jobs/\d+/log$"] = 503
        await host.press("l")
        await host.settle()
        assert host.place._parts["log"].error is not None
        assert any("tried again" in one.text for one in host.place.page._blocks if isinstance(one, Row))
        host.line.spoilt.clear()
        host.line.asked.clear()
        await host.press("R")
        await host.until(lambda: host.place._parts["log"].had)
        await host.settle()
        assert f"/jobs/{key}/log" in host.line.asked
        assert host.place._parts["log"].error is None


async def test_secrets_are_masked_and_one_is_revealed_at_a_time():
    async with running(screen="packages") as host:
        secrets: list[str] = []
        for package in sorted(host.app.session.store.good("packages"), key=lambda one: one.id):
            host.app.open_item(BY_NAME["packages"], str(package.id))
            await host.until(lambda: host.depth == 2)
            await host.settle()
            rows = [one for one in host.place.page._blocks if isinstance(one, Row) and one.secret]
            secrets = [one.secret for one in rows if one.secret]
            if secrets:
                break
            await host.press("escape")
            await host.until(lambda: host.depth == 1)
        assert secrets, "the demo has a package with a password"
        page = host.place.page
        assert not any(one in host.text for one in secrets)
        index = next(line for line in range(page.count()) if page._sheet.blocks[page._sheet.at(line)[0]] is rows[0])
        page.go(index)
        await host.pilot.pause()
        await host.press("y")
        assert host.app._clipboard not in secrets, "what is masked is copied masked"
        await host.press("M")
        await host.until(lambda: secrets[0] in host.text)
        assert not any(one in host.text for one in secrets[1:] if one != secrets[0])
        await host.press("M")
        await host.until(lambda: secrets[0] not in host.text)
        await host.press("M", "J")
        await host.until(lambda: host.depth == 3)
        assert not any(one in host.place.text() for one in secrets), "the JSON keeps them masked"


async def test_children_are_asked_for_by_enter():
    async with running(screen="jobs", jobs=300) as host:
        key = await opened(host, "completed")
        host.line.asked.clear()
        assert host.place.page.goto("children") or host.app.session.store.get("jobs", key).package.flow_type
        if host.place.page.current_part() == "children":
            await host.press("enter")
            await host.until(lambda: host.line.asked)
            await host.settle()
            assert len(host.line.asked) == 1
            assert host.line.asked[0].startswith(f"/jobs/{key}/children")


@pytest.mark.parametrize("status", [401, 404, 500])
async def test_an_item_that_cannot_be_had_says_why(status):
    async with running(screen="jobs") as host:
        host.line.spoilt[r"/jobs/\d+"] = status
        host.app.open_item(BY_NAME["jobs"], "1")
        await host.until(lambda: host.depth == 2)
        await host.settle()
        assert "✗" in host.text
        assert "not among what is loaded" not in host.text
        assert "Loading" not in host.text
        assert host.state != "live"


async def test_a_known_item_stays_when_it_cannot_be_fetched_again():
    async with running(screen="jobs") as host:
        host.line.spoilt[r"/jobs/\d+"] = 503
        key = host.place.view.keys[0]
        await host.press("enter")
        await host.until(lambda: host.depth == 2)
        await host.settle()
        assert f"{key}" in host.text
        assert "TIMELINE" in host.text
        assert "┃" in host.text, "a banner says why it may be old"
        assert host.state == "trouble"


async def test_the_account_page():
    async with running(screen="account") as host:
        await host.see("acme")
        host.place.page.goto("credits")
        await host.see("spent by us")
        assert "the demo" in host.text
        assert "demo-key" not in host.text

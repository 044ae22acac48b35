"""History and timeline: opened where the cursor is, drawn from what is loaded, and asking only by a key."""

from __future__ import annotations

import re

import pytest

from tests.tui.host import Host, running
from xplenty_tui.core.declare import Link
from xplenty_tui.resources import history
from xplenty_tui.tui.screens.history import HistoryPlace
from xplenty_tui.tui.screens.timeline import TimelinePlace


async def past(host: Host, kind: str, key: str) -> None:
    host.line.asked.clear()
    await host.press("h" if kind is HistoryPlace else "L")
    await host.until(lambda: isinstance(host.place, kind))
    await host.settle()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("screen", ["jobs", "packages", "schedules"])
async def test_h_shows_the_last_runs_and_opens_one(screen, size):
    async with running(screen=screen, size=size) as host:
        await past(host, HistoryPlace, "h")
        await host.see(r"runs +[✓✗▶◷■◌…?]+")
        await host.see(r"runtime +[▁▂▃▄▅▆▇█.]+")
        await host.see(r"failed +(\d+ of \d+ runs? \(\d+%\)|none is over yet)")
        assert not any("package_id" in path or "children" in path for path in host.line.asked)
        await host.press("G", "enter")
        await host.until(lambda: not isinstance(host.place, HistoryPlace))
        assert host.place.resource.name == "jobs"


async def test_m_asks_once_for_older_jobs_of_the_package():
    async with running(screen="packages", jobs=900) as host:
        await past(host, HistoryPlace, "h")
        await host.see(r"m: 100 older jobs of the package, 1 credit")
        host.line.asked.clear()
        await host.press("m")
        await host.settle()
        assert len([path for path in host.line.asked if "package_id=" in path]) == 1


WORKFLOW = "90432"


async def test_a_timeline_of_a_workflow_costs_one_credit_and_opens_its_jobs():
    async with running(screen="jobs") as host:
        host.app.push(TimelinePlace(Link("jobs", WORKFLOW)))
        await host.see(r"run_email_events +·?█+")
        assert [path.partition("?")[0] for path in host.line.asked].count(f"/jobs/{WORKFLOW}/children") == 1
        await host.press("G", "enter")
        await host.until(lambda: not isinstance(host.place, TimelinePlace))
        assert host.place.resource.name == "jobs"


async def test_l_on_a_job_of_a_workflow_shows_its_steps_also_before_the_packages_are_known():
    async with running(screen="jobs") as host:
        host.place.view.to(host.place.view.keys.index(WORKFLOW))
        assert host.held("packages").loaded_at is None, "nothing tells yet that it is a workflow"
        await host.press("L")
        await host.see(rf"Jobs › {WORKFLOW} marketing_workflow ›.* Timeline")
        await host.see(r"run_email_events +·?█+")
        await host.settle()
        assert [path.partition("?")[0] for path in host.line.asked].count(f"/jobs/{WORKFLOW}/children") == 1


async def test_a_timeline_of_a_cluster_costs_nothing_and_shows_less_or_more():
    async with running(screen="jobs") as host:
        host.app.push(TimelinePlace(Link("clusters", "2214")))
        await host.until(lambda: isinstance(host.place, TimelinePlace))
        await host.settle()
        host.line.asked.clear()
        await host.see("At most 6h00m of")
        await host.press("plus")
        await host.see("At most 3h00m of")
        await host.press("minus", "minus")
        await host.see("At most 12h00m of")
        assert host.line.asked == []


async def test_steps_of_runs_are_asked_for_by_enter_alone_one_credit_a_run():
    async with running(screen="jobs") as host:
        package = history.package_key(host.held("jobs").items[WORKFLOW])
        host.app.push(HistoryPlace(Link("packages", package)))
        await host.see(r"STEPS BY RUN +enter asks for the last 5 runs: 5 credits")
        await host.settle()
        host.line.asked.clear()
        host.place.page.goto("steps")
        await host.press("enter")
        await host.see(r"run_email_events +✓ +✓ +✓ +✓ +✓")
        assert len(host.line.asked) == 5 and all("/children" in path for path in host.line.asked)
        await host.press("down", "down", "enter")
        await host.see(r"failed +90307")


async def test_steps_that_do_not_come_say_so():
    async with running(screen="jobs", spoilt={"/jobs/[0-9]+/children": 500}) as host:
        package = history.package_key(host.held("jobs").items[WORKFLOW])
        host.app.push(HistoryPlace(Link("packages", package)))
        await host.see("STEPS BY RUN")
        host.place.page.goto("steps")
        await host.press("enter")
        await host.see(r"Steps could not be loaded: .*tries again")


async def test_where_there_is_nothing_of_that_kind_it_says_why():
    async with running(screen="packages") as host:
        await host.press("L")
        await host.see("there is no cluster or job under the cursor")
        assert re.search("Packages", host.text)


async def test_h_on_a_problem_shows_the_last_runs_of_its_package_and_esc_comes_back_to_it():
    async with running() as host:
        await host.see("orders_to_redshift +failed 3 times in a row")
        place, on = host.place, host.place.page.current()
        await past(host, HistoryPlace, "h")
        await host.see(r"Packages ›.* orders_to_redshift ›.* History")
        await host.see(r"runs +[✓✗▶◷■◌…?]*✗✗✗\n")
        assert host.line.asked == [], "it is drawn from what is loaded"
        await host.press("escape")
        await host.until(lambda: host.place is place)
        assert host.place.page.current() == on

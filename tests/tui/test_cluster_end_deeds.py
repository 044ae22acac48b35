"""Clusters are terminated with keys only: what dies with them is asked about, and never what somebody else changed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.tui.acting import asked, outcomes
from tests.tui.deed_keys import DONE, at_once, on, question, told, world, yes
from tests.tui.form_keys import over, since, without_lists, wrote
from tests.tui.host import Host, running
from xplenty_tui.core.journal import Outcome
from xplenty_tui.demo import fleet
from xplenty_tui.tui.screens.results import ResultsPlace

__all__ = ["at_once"]

pytestmark = pytest.mark.usefixtures("at_once")

IDLE, BUSY, CLICKS, BROKEN, INVENTORY = "2216", "2212", "2218", "2217", "2200"
"""adhoc-1, nightly-4 with 3 jobs, clickstream-86, backfill-2 in error, inventory-1."""
COMING, GONE, NEXT = "2219", "2215", "2220"


def stored(host: Host, key: str) -> Any:
    return host.app.session.store.get("clusters", key)


async def test_an_idle_cluster_is_terminated_without_its_name():
    async with running(screen="clusters") as host:
        await on(host, IDLE)
        then = since(host)
        await host.press("T")
        box = await question(
            host, "DANGER Terminate cluster adhoc-1", "No loaded job runs there or waits.",
            "8 production nodes are released. It cannot be undone.", "Costs 2 credits.",
        )  # fmt: skip
        assert "Type the name" not in box.text
        await host.press("y")
        assert host.app.boxes() == [box] and without_lists(then()) == [], "a letter confirms no danger"
        await yes(host)
        assert without_lists(then()) == [f"/clusters/{IDLE}", f"DELETE /clusters/{IDLE}", f"/clusters/{IDLE}"]
        assert any(path.startswith("/jobs?") for path in then()), "its jobs change with it"
        assert stored(host, IDLE).status == "pending_terminate" and outcomes(host) == DONE
        assert told(host) == ("clusters.terminate", "adhoc-1", "adhoc-1 was told to terminate.")


async def test_a_cluster_with_jobs_lists_those_that_die_and_wants_its_name():
    async with running(screen="clusters") as host:
        await on(host, BUSY)
        then = since(host)
        await host.press("T")
        jobs = [
            job for job in world(host).jobs.values() if job.cluster.id == 2212 and job.status in ("running", "queued")
        ]
        box = await question(
            host, "Terminate cluster nightly-4", "This ends 3 running and 2 waiting jobs for good:",
            *(f"{job.id} {job.package.name}" for job in jobs), "Type the name to confirm: nightly-4",
            "Terminate (name does not match)",
        )  # fmt: skip
        assert len(jobs) == 5
        host.type("nightly-3")
        await host.press("tab", "enter")
        await over(host)
        assert without_lists(then()) == [] and outcomes(host) == [Outcome.CANCELLED], "the wrong name cannot confirm"
        await host.press("T")
        box = await question(host)
        host.type("nightly-4")
        await host.until(lambda: "[ Terminate ]" in box.text)
        await yes(host)
        assert [path for path, _ in wrote(host)] == [f"DELETE /clusters/{BUSY}"]
        assert outcomes(host)[1:] == DONE


async def test_a_production_profile_wants_the_name_always():
    async with running(screen="clusters", production=True) as host:
        await on(host, IDLE)
        await host.press("T")
        box = await asked(host)
        assert "acme / DEMO" in box.text and "Type the name to confirm: adhoc-1" in box.text
        await host.press("tab", "enter")
        await over(host)
        assert not wrote(host)


async def test_marked_clusters_get_one_question_and_those_that_are_over_are_left_out():
    async with running(screen="clusters") as host:
        for key in (IDLE, GONE, INVENTORY):
            await on(host, key)
            await host.press("space")
        await host.press("T")
        await question(
            host, "Terminate 2 clusters", "adhoc-1 8 nodes, 0 jobs", "12 production nodes", "Costs 4 credits."
        )
        await host.press("tab", "enter")
        await host.until(lambda: isinstance(host.place, ResultsPlace))
        await host.see("2 OF 2 DONE")
        assert sorted(path for path, _ in wrote(host)) == [f"DELETE /clusters/{key}" for key in (INVENTORY, IDLE)]
        assert outcomes(host) == DONE * 2


@pytest.mark.parametrize(("change", "said"), [("job", "changed while you were asked"), ("end", "Nothing is left to")])
async def test_a_cluster_that_somebody_else_changed_meanwhile_is_not_terminated_unasked(change, said):
    async with running(screen="clusters") as host:
        await on(host, IDLE)
        await host.press("T")
        await question(host, "adhoc-1")
        cluster = world(host).clusters[int(IDLE)]
        if change == "end":
            fleet.terminate(world(host), cluster)
        else:
            cluster.running.append(world(host).clusters[int(BUSY)].running[0])
        await host.press("tab", "enter")
        await host.see(said)
        assert not wrote(host)
        if change == "job":
            assert "1 job runs there, not loaded here" in host.text and "Type the name to confirm: adhoc-1" in host.text
        await host.press("enter")
        await over(host)
        assert not wrote(host) and Outcome.DONE not in outcomes(host)

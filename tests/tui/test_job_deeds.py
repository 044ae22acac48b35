"""Every action of jobs with keys only: what is asked, exactly what is sent, and what is known afterwards."""

from __future__ import annotations

import pytest

from tests.tui.acting import RUNNING, asked, at, outcomes
from tests.tui.form_keys import formed, over, pair, pick, since, to, without_lists, write, wrote
from tests.tui.host import Host, running
from xplenty_tui.core.fields import pairs_of
from xplenty_tui.core.journal import Outcome
from xplenty_tui.tui import following, sending
from xplenty_tui.tui.screens.detail import DetailPlace
from xplenty_tui.tui.screens.results import ResultsPlace

OLD = "90434"
"""A job that has completed, without variables."""
QUOTED = "90439"
"""A job with variables."""
NEWEST = "90441"
"""The number that the world gives to the next job."""


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be waited for, and look once at what was set going."""
    monkeypatch.setattr(sending, "AGAIN_S", 0.0)
    monkeypatch.setattr(following, "PACES_S", (0.0,))
    monkeypatch.setattr(following, "LOOKS", 1)


def world(host: Host):
    return host.line.api.world.accounts["acme"]


def stored(host: Host, key: str):
    return host.app.session.store.get("jobs", key)


async def test_a_new_run_sends_values_and_expressions_apart_and_goes_to_the_job():
    async with running(screen="jobs") as host:
        await host.press("n")
        form, asked_then = await formed(host), since(host)
        for said in ("New job", "acme / demo", "1 credit", "which package?"):
            assert said in form.text
        await pick(host, "invoices", "invoices_export")
        await host.until(lambda: "Format" in form.values["dynamic_variables"])
        await pick(host, "nightly", "nightly-4")
        await pair(host, "variables", "Mode", "full")
        await pair(host, "dynamic_variables", "Day", "CurrentTime()")
        for said in ("runs invoices_export on nightly-4", "values Mode = full", "sftp_password = ••••", "Day = Curr"):
            assert said in form.text
        assert "hunter2" not in host.text
        await host.press("ctrl+s")
        await over(host)
        assert without_lists(asked_then()) == ["/packages/421", "POST /jobs", f"/jobs/{NEWEST}"]
        assert wrote(host) == [("POST /jobs", {
            "cluster_id": 2212,
            "package_id": 421,
            "variables": {"Mode": "full"},
            "dynamic_variables": {
                "Format": "'csv'", "Period": "'day'", "sftp_password": "'hunter2'", "Day": "CurrentTime()",
            },
        })]  # fmt: skip
        assert isinstance(host.place, DetailPlace) and host.place.key == NEWEST
        assert f"Job {NEWEST} is started: invoices_export on nightly-4." in host.text
        assert stored(host, NEWEST).package_id == 421
        assert outcomes(host) == [Outcome.ASKED, Outcome.DONE]
        assert host.app.entries[-1].variables == ("Day", "Format", "Mode", "Period", "sftp_password")
        assert not any(value in repr(host.app.entries) for value in ("hunter2", "csv", "full", "CurrentTime"))


async def test_a_new_run_creates_the_cluster_that_it_wants_first():
    async with running(screen="jobs") as host:
        await host.press("n")
        form = await formed(host)
        await pick(host, "ads", "ads_spend_load")
        await pick(host, "new cl", "new cluster")
        await to(host, "nodes")
        await write(host, "1")
        await to(host, "name")
        assert "at least 2 nodes" in form.text
        await host.press("ctrl+s")
        assert form.row.name == "nodes" and not wrote(host)
        await write(host, "3")
        await to(host, "name")
        await write(host, "tonight")
        assert "first creates production cluster tonight of 3 nodes, ends when idle" in form.text
        assert "2 credits" in form.text
        await host.press("ctrl+s")
        await over(host)
        new = max(world(host).clusters)
        assert wrote(host) == [
            ("POST /clusters", {"type": "production", "nodes": 3, "name": "tonight", "terminate_on_idle": True}),
            ("POST /jobs", {"cluster_id": new, "package_id": 451}),
        ]
        assert host.place.key == NEWEST
        assert outcomes(host) == [Outcome.ASKED, Outcome.DONE]


async def test_a_cluster_that_was_created_stands_in_the_form_when_its_job_is_refused():
    async with running(screen="jobs") as host:
        host.line.spoilt["POST /jobs"] = 422
        await host.press("n")
        form = await formed(host)
        await pick(host, "ads", "ads_spend_load")
        await pick(host, "new cl", "new cluster")
        await host.press("ctrl+s")
        await host.see("exists now and costs money")
        assert form.values["cluster_id"] == str(max(world(host).clusters))
        host.line.spoilt.clear()
        await host.press("ctrl+s")
        await over(host)
        assert [path for path, _ in wrote(host)] == ["POST /clusters", "POST /jobs", "POST /jobs"]
        assert outcomes(host) == [Outcome.ASKED, Outcome.REFUSED, Outcome.ASKED, Outcome.DONE]


async def test_the_values_of_the_last_run_are_one_key_away():
    async with running(screen="jobs") as host:
        last = max((job for job in world(host).jobs.values() if job.package.id == 412), key=lambda job: job.id)
        last.variables = {"InputPath": "'/' + ToString(Now())", "Rows": "10", "Schema": "'s'"}
        await host.press("n")
        form, asked_then = await formed(host), since(host)
        await host.press("ctrl+l")
        await host.see("There are none: last run's values")
        await pick(host, "orders_to", "orders_to_redshift")
        await host.until(lambda: "Region" in form.values["dynamic_variables"])
        await host.press("ctrl+l")
        await host.until(lambda: "Rows" in form.values["variables"])
        assert asked_then() == ["/packages/412", "/jobs?package_id=412&offset=0&limit=1"]
        assert pairs_of(form.values["variables"]) == (("Rows", "10"),)
        assert dict(pairs_of(form.values["dynamic_variables"])) == {
            "InputPath": "'/' + ToString(Now())", "Schema": "'s'",
        }  # fmt: skip
        assert not wrote(host)


async def test_run_again_sends_quoted_values_as_expressions():
    async with running(screen="jobs") as host:
        world(host).jobs[int(QUOTED)].variables = {"Quarter": "'2024Q1'", "Resume": "false"}
        await host.press("R")
        await host.until(lambda: stored(host, QUOTED).variables["Resume"] == "false")
        await at(host, QUOTED)
        await host.press("r")
        form = await formed(host)
        for said in (
            f"un again {QUOTED} orders_backfill",
            "acme / demo",
            "1 credit",
            "values Resume = false",
            "expressions Quarter = '2024Q1'",
        ):
            assert said in form.text
        cluster = int(form.values["cluster_id"])
        await host.press("ctrl+s")
        await over(host)
        assert wrote(host) == [("POST /jobs", {
            "cluster_id": cluster, "package_id": 444,
            "variables": {"Resume": "false"}, "dynamic_variables": {"Quarter": "'2024Q1'"},
        })]  # fmt: skip
        assert host.place.key == NEWEST
        assert [(entry.action, entry.key) for entry in host.app.entries] == [("jobs.again", QUOTED)] * 2
        assert "2024Q1" not in repr(host.app.entries)


async def test_run_again_takes_a_usable_cluster_when_the_old_one_is_gone():
    async with running(screen="jobs") as host:
        job = next(one for one in world(host).jobs.values() if one.cluster and one.cluster.id == 2217)
        await at(host, str(job.id))
        await host.press("r")
        form = await formed(host)
        assert form.values["cluster_id"] == "2216", "the idlest that is up"
        assert "on adhoc-1" in form.text


async def test_what_the_server_refuses_stands_at_its_field_and_nothing_is_lost():
    async with running(screen="jobs") as host:
        await at(host, OLD)
        await host.press("r")
        form = await formed(host)
        await pair(host, "variables", "Mode", "full")
        before = form.values
        world(host).clusters[int(before["cluster_id"])].status = "terminated"
        await host.press("ctrl+s")
        await host.see("cluster_id is not an active cluster")
        assert form.row.name == "cluster_id" and form.values == before
        assert outcomes(host) == [Outcome.ASKED, Outcome.REFUSED]
        await pick(host, "inventory", "inventory-1")
        assert "not an active" not in form.text
        await host.press("ctrl+s")
        await over(host)
        assert wrote(host)[-1] == ("POST /jobs", {"cluster_id": 2200, "package_id": 452, "variables": {"Mode": "full"}})
        assert len(wrote(host)) == 2


async def test_leaving_keeps_a_draft_and_only_of_what_was_typed():
    async with running(screen="jobs") as host:
        await at(host, OLD)
        await host.press("r")
        await formed(host)
        await host.press("escape")
        await over(host)
        assert not host.app.drafts
        await host.press("r")
        await formed(host)
        await pair(host, "variables", "Mode", "full")
        await host.press("escape")
        await over(host)
        await host.press("r")
        form = await formed(host)
        assert pairs_of(form.values["variables"]) == (("Mode", "full"),)
        await host.press("ctrl+s")
        await over(host)
        assert len(wrote(host)) == 1 and not host.app.drafts


async def test_a_job_is_stopped_and_followed():
    async with running(screen="jobs") as host:
        await at(host)
        await host.press("x")
        box, asked_then = await asked(host), since(host)
        for said in (
            "DANGER",
            f"Stop job {RUNNING} invoices_export",
            "acme / demo",
            "of work is lost",
            "Costs 2 credits.",
        ):
            assert said in box.text
        await host.press("tab", "enter")
        await over(host)
        assert without_lists(asked_then()) == [f"/jobs/{RUNNING}", f"DELETE /jobs/{RUNNING}", f"/jobs/{RUNNING}"]
        assert wrote(host) == [(f"DELETE /jobs/{RUNNING}", None)]
        assert stored(host, RUNNING).status in ("pending_stoppage", "stopping", "stopped")
        assert outcomes(host) == [Outcome.ASKED, Outcome.DONE]
        assert host.app.entries[-1].sentence == f"Job {RUNNING} invoices_export is asked to stop."


async def test_all_marked_jobs_are_stopped_with_one_question():
    async with running(screen="jobs") as host:
        keys = ["90439", "90435", "90427"]
        for key in keys:
            await at(host, key)
            await host.press("space")
        await host.press("x")
        box = await asked(host)
        for said in ("Stop 3 jobs", *keys, "Costs 6 credits."):
            assert said in box.text
        await host.press("tab", "enter")
        await host.until(lambda: isinstance(host.place, ResultsPlace))
        await host.see("3 OF 3 DONE")
        assert [path for path, _ in wrote(host)] == [f"DELETE /jobs/{key}" for key in keys]


async def test_the_service_begins_and_ends_to_watch_without_a_question():
    async with running(screen="jobs") as host:
        await at(host)
        await host.press("ctrl+w")
        await host.see(f"The service does not watch job {RUNNING} invoices_export for you any more")
        await host.settle()
        await host.press("W")
        await host.see(f"The service watches job {RUNNING} invoices_export for you: it tells you")
        await host.settle()
        path = f"/jobs/{RUNNING}/watchers"
        assert wrote(host) == [(f"DELETE {path}", None), (f"POST {path}", None)]
        assert world(host).me.id in world(host).watchers["jobs", int(RUNNING)]
        assert [entry.action for entry in host.app.entries[::2]] == ["jobs.unwatch", "jobs.watch"]


@pytest.mark.parametrize(("key", "title"), [("r", "run again"), ("x", "stop"), ("n", "new run"), ("W", "notify me")])
async def test_read_only_refuses_each_with_the_reason(key: str, title: str):
    async with running(screen="jobs") as host:
        await at(host)
        await host.press("exclamation_mark", key)
        await host.see(f"{title}: read-only")
        assert not host.app.boxes() and not host.app.entries and not wrote(host)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("x", "stop: the job has completed"),
        ("W", "notify me: the job has completed"),
        ("w", "watch: the job has completed"),
    ],
)
async def test_what_has_ended_is_not_stopped_or_watched(key: str, said: str):
    async with running(screen="jobs") as host:
        await at(host, OLD)
        await host.press(key)
        await host.see(said)
        assert not host.app.boxes() and not wrote(host)

"""When a watched job, cluster or schedule has settled, and what is said of it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.resources.samples import NOW, at, context, decode, items_of, one
from xplenty_tui.core.declare import Context
from xplenty_tui.core.store import Odd
from xplenty_tui.resources import BY_NAME
from xplenty_tui.resources.settling import look
from xplenty_tui.resources.watched import DRAWS, Settled, Watched, begin, unwatchable

RUN: dict[str, Any] = {"status": "running", "errors": "", "completed_at": None, "runtime_in_seconds": None}


def follow(kind: str, before: Any, after: Any, **beside: Any) -> Watched | Settled:
    watched = begin(kind, before, context(**{kind: [before]}))
    return look(watched, context(**{kind: [after], **beside}))


def settled(kind: str, before: Any, after: Any, **beside: Any) -> tuple[str, bool]:
    found = follow(kind, before, after, **beside)
    assert isinstance(found, Settled)
    assert found.at == NOW
    return found.sentence, found.good


# Jobs.


@pytest.mark.parametrize("status", ["idle", "pending", "queued", "running", "stopping", "levitating"])
def test_a_job_that_has_not_ended_is_followed_further(status: str) -> None:
    found = follow("jobs", one("jobs", **RUN), one("jobs", **{**RUN, "status": status}))
    assert isinstance(found, Watched) and found.status == status


def test_a_job_that_ended_says_how_and_after_how_long() -> None:
    before = one("jobs", **RUN)
    assert settled("jobs", before, one("jobs", status="completed", errors="")) == (
        "job 90412 orders_to_redshift completed in 12m04.",
        True,
    )
    assert settled("jobs", before, one("jobs")) == (
        "job 90412 orders_to_redshift failed after 12m04: Access Denied on s3://acme-raw/orders/ (403).",
        False,
    )
    assert settled("jobs", before, one("jobs", status="stopped", errors="")) == (
        "job 90412 orders_to_redshift was stopped after 12m04.",
        False,
    )


def test_a_job_that_never_ran_has_no_length() -> None:
    after = one("jobs", started_at=None, runtime_in_seconds=0, errors="")
    assert settled("jobs", one("jobs", **RUN), after)[0] == "job 90412 orders_to_redshift failed."


def test_secrets_in_an_error_are_not_told() -> None:
    said, _ = settled("jobs", one("jobs", **RUN), one("jobs", errors="no hunter2 at ftp://u:pw@h, token=abcd"))
    assert said.endswith("no ******** at ftp://********@h, token=********")


# Clusters.


@pytest.mark.parametrize(
    ("before", "after", "said", "good"),
    [
        ("creating", "available", "cluster nightly-4 is available with 4 nodes.", True),
        ("pending", "idle", "cluster nightly-4 is available with 4 nodes.", True),
        ("creating", "error", "cluster nightly-4 is in error: its jobs fail or wait.", False),
        ("available", "error", "cluster nightly-4 is in error: its jobs fail or wait.", False),
        ("available", "terminated", "cluster nightly-4 is terminated.", True),
        ("error", "terminated", "cluster nightly-4 is terminated.", True),
        ("terminating", "terminated", "cluster nightly-4 is terminated.", True),
    ],
)
def test_a_cluster_that_arrived(before: str, after: str, said: str, good: bool) -> None:
    assert settled("clusters", one("clusters", status=before), one("clusters", status=after)) == (said, good)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("pending", "creating"),
        ("available", "available"),
        ("idle", "available"),
        ("available", "idle"),
        ("scaling", "available"),
        ("available", "pending_terminate"),
        ("error", "error"),
        ("available", "flying"),
    ],
)
def test_a_cluster_on_its_way(before: str, after: str) -> None:
    assert isinstance(follow("clusters", one("clusters", status=before), one("clusters", status=after)), Watched)


def test_a_cluster_is_judged_from_where_it_was_last_seen() -> None:
    """One that came up and went back to work on its way is not told to be available when it only became busy."""
    watched: Watched | Settled = begin("clusters", one("clusters", status="available"), context())
    for status in ("scaling", "available", "idle"):
        assert isinstance(watched, Watched)
        watched = look(watched, context(clusters=[one("clusters", status=status)]))
    assert isinstance(watched, Watched) and watched.status == "idle"


# Schedules.


def run(id_: int, status: str, minutes: float = -1.0, **more: Any) -> Any:
    """Return a job of the schedule that was created so long before NOW."""
    how = {"status": status, "errors": "" if status != "failed" else "No such table", **more}
    return one("jobs", id=id_, created_at=at(minutes), **how)


def test_a_schedule_that_is_turned_off_or_on() -> None:
    on, off = one("schedules"), one("schedules", status="disabled")
    assert settled("schedules", on, off) == ("schedule nightly_orders is disabled.", False)
    assert settled("schedules", off, on) == ("schedule nightly_orders is enabled.", True)
    assert isinstance(follow("schedules", on, one("schedules", status="sulking")), Watched)


def test_a_schedule_ran_when_the_job_that_it_started_has_ended() -> None:
    item = one("schedules")
    assert isinstance(follow("schedules", item, item), Watched)
    assert isinstance(follow("schedules", item, item, jobs=[run(9, "running")]), Watched)
    assert isinstance(follow("schedules", item, item, jobs=[run(9, "failed", 50)]), Watched), "it ran before"
    assert settled("schedules", item, item, jobs=[run(9, "completed")]) == (
        "schedule nightly_orders ran: job 9 completed in 12m04.",
        True,
    )
    assert settled("schedules", item, item, jobs=[run(9, "failed")]) == (
        "schedule nightly_orders ran: job 9 failed after 12m04: No such table",
        False,
    )


def test_a_schedule_of_several_packages_waits_for_all_of_them() -> None:
    item = one("schedules")
    both = [run(9, "completed"), run(10, "running")]
    assert isinstance(follow("schedules", item, item, jobs=both), Watched)
    both[1] = run(10, "completed")
    assert settled("schedules", item, item, jobs=both)[0] == "schedule nightly_orders ran: 2 jobs completed."
    both[1] = run(10, "failed")
    assert settled("schedules", item, item, jobs=both) == (
        "schedule nightly_orders ran: 1 of 2 jobs did not complete; job 10 failed after 12m04: No such table",
        False,
    )


def test_a_run_that_was_under_way_when_watching_began_counts() -> None:
    item = one("schedules")
    watched = begin("schedules", item, context(schedules=[item], jobs=[run(9, "running", 30)]))
    found = look(watched, context(schedules=[item], jobs=[run(9, "completed", 30)]))
    assert isinstance(found, Settled) and found.good


def test_without_its_jobs_the_schedule_itself_tells() -> None:
    before, after = one("schedules"), one("schedules", last_run_at=at(0), last_run_status="failed")
    assert settled("schedules", before, after) == ("schedule nightly_orders ran: failed.", False)
    going = one("schedules", last_run_at=at(0), last_run_status="running")
    assert isinstance(follow("schedules", before, going), Watched)


# All kinds.


@pytest.mark.parametrize("kind", DRAWS)
def test_what_is_gone_is_said(kind: str) -> None:
    watched = begin(kind, one(kind), context())
    found = look(watched, context(**{kind: []}))
    assert isinstance(found, Settled) and found.sentence.endswith(" is gone: nothing is left to watch.")


def test_one_whose_last_answer_could_not_be_read_is_followed_further() -> None:
    watched = begin("jobs", one("jobs", **RUN), context())
    ctx = context()
    ctx.store.put("jobs", [("90412", Odd("90412", "odd"))], NOW)
    assert look(watched, ctx) == watched


def test_what_has_ended_cannot_be_watched() -> None:
    assert unwatchable("jobs", one("jobs")) == "the job has failed"
    assert unwatchable("jobs", one("jobs", status="stopped")) == "the job was stopped"
    assert unwatchable("jobs", one("jobs", status="running")) is None
    assert unwatchable("clusters", one("clusters", status="terminated")) == "the cluster is terminated"
    assert unwatchable("clusters", one("clusters", status="error")) is None
    assert unwatchable("schedules", one("schedules", status="disabled")) is None
    assert unwatchable("packages", one("packages")) == "only jobs, clusters and schedules can be watched"


@pytest.mark.parametrize("kind", DRAWS)
def test_nothing_that_a_server_may_send_breaks_it(kind: str) -> None:
    items = items_of(BY_NAME[kind])
    for before in items:
        for after in items:
            ctx: Context = context(**{kind: [after]})
            found = look(begin(kind, before, ctx), ctx)
            assert isinstance(found, Watched | Settled)


def test_a_job_without_a_package_is_called_by_its_number() -> None:
    bare = decode("jobs", {"id": 5, "status": "running"})
    assert begin("jobs", bare, context()).name == "job 5"
    assert begin("schedules", one("schedules", name=""), context()).name == "schedule 3"
